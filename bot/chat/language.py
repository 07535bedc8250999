"""What is said, in the language of whom it is said to.

Sentences stand in English where they are said. The `de.po` beside them has them in German, in the form of GNU gettext;
`make messages` keeps it complete. Which language an ask is answered in goes with its task.
"""

import gettext as gnu
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

from babel.lists import format_list
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["en", "de"]

Named = Literal["english", "deutsch", "auto"]
"""How somebody chooses one."""

LANGUAGES: tuple[Language, ...] = get_args(Language)
ENGLISH: Language = "en"
CHOSEN: dict[Named, Language | None] = {"english": "en", "deutsch": "de", "auto": None}
_FOLDER = Path(__file__).parents[1]
_COMMAS: dict[Language, dict[int, str]] = {"en": {}, "de": {ord(","): ".", ord("."): ","}}
_LISTS: dict[Language, str] = {"en": "en_GB", "de": "de"}  # British lists have no comma before the `and`

_language: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def language() -> Language:
    """The one that is spoken here."""
    return _language.get()


def known(chosen: str | None) -> Language | None:
    """The language of that code; None for none, and for one that another version may have had."""
    return next((one for one in LANGUAGES if one == chosen), None)


def speak(chosen: Language) -> None:
    """Speak it from now on, in this task and those it begins."""
    _language.set(chosen)


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Speak it within: what many read, or the bot says by itself."""
    before = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(before)


def gettext(message: str, /, **values: object) -> str:
    """The message with `values` in its places: `gettext("{film} is hidden.", film=bold(movie))`."""
    said = _catalogue(_language.get()).gettext(message)
    return said.format(**values) if values else said


def pgettext(context: str, message: str, /, **values: object) -> str:
    """The same where a word alone could mean two things: `pgettext("of a film", "new")`."""
    said = _catalogue(_language.get()).pgettext(context, message)
    return said.format(**values) if values else said


def ngettext(one: str, more: str, n: int, /, **values: object) -> str:
    """The form for so many, which are `{n}` in it: `ngettext("{n} film", "{n} films", 1204)`."""
    return _catalogue(_language.get()).ngettext(one, more, n).format(n=format_number(n), **values)


def gettext_noop(message: str) -> str:
    """A message that is named here and said elsewhere, by `gettext` with a name in place of words."""
    return message


def format_number(value: float, places: int = 0) -> str:
    """`1,204` or `4.5` as it is written in the language."""
    return f"{value:,.{places}f}".translate(_COMMAS[_language.get()])


def listed(words: Sequence[str], joined_by: Literal["and", "or"] = "and") -> str:
    """`Drama, Crime and War`."""
    return format_list(words, "or" if joined_by == "or" else "standard", locale=_LISTS[_language.get()])


def load_catalogues() -> None:
    """Read them before somebody waits for that."""
    for chosen in LANGUAGES:
        _catalogue(chosen)


@cache
def _catalogue(chosen: Language) -> gnu.NullTranslations:
    """All topics' messages in that language."""
    if chosen == ENGLISH:
        return gnu.NullTranslations()
    merged = Catalog(locale=chosen)
    for path in sorted(_FOLDER.rglob(f"{chosen}.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=chosen):
                if message.id:
                    merged[message.id] = message
    packed = BytesIO()
    write_mo(packed, merged)
    packed.seek(0)
    return gnu.GNUTranslations(packed)
