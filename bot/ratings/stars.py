"""Reading stars: `4.5`, `9/10`, `90%`, `★★★★½`, `4 stars`, alone or at the end of a line that names a film.

`float()` is not asked: it takes `nan`, `1e1`, `1_0` and the digits of every script. Text is folded by NFKC
first, so full-width digits and signs are read, but vulgar fractions stay: NFKC makes `4½` and `41/2` alike.
"""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from bot.errors import UserError

MAX_LINES = 20  # films in one message

HALF_STARS = tuple(halves / 2 for halves in range(1, 11))
"""What a film can be given: 0.5, 1, … 5."""
_DENOMINATORS = (5, 10)
_LONGEST_TAIL = 100  # characters; only so many at the end of a line are searched for stars
_LONGEST_COUNT = 3  # digits of a bare number: `1995` and `2049` are a year and a title, not wrong stars

_GLYPHS = "★⭐"
_SEPARATORS = "-–—−:|="
_NUMBER = r"(?:[0-9]{1,9}(?:[.,][0-9]{1,9})?|[.,][0-9]{1,9}|(?:[0-9]{1,9}|[0-9]\s+)?½)"
_STARS = re.compile(
    rf"""(?P<sign>[-+−](?=[0-9.,½]))?
    (?: (?P<count>{_NUMBER}) (?:\s*stars?|[{_GLYPHS}])?
      | (?P<part>{_NUMBER}) (?:\s*[/⁄]\s*|\s+out\s+of\s+) (?P<whole>[0-9]{{1,9}}) (?:\s+stars?)?
      | (?P<percent>{_NUMBER}) \s*%
      | (?P<glyphs>[{_GLYPHS}](?:\s*[{_GLYPHS}])*)? (?P<half>\s*½)? (?P<empty>(?:\s*☆)*)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ID_PREFIX = re.compile(r"\bid:$", re.IGNORECASE)  # `id:318` names a film by its number
_ALL_BUT_FRACTIONS = re.compile("[^¼-¾⅐-⅟↉]+")


@dataclass(eq=False)
class InvalidStarsError(UserError):
    """A rating off the scale or off the half-star grid."""

    text: str


@dataclass(eq=False)
class TooManyLinesError(UserError):
    """More films in one message than are taken at once."""

    given: int
    limit: int


@dataclass(frozen=True, slots=True)
class RatingRequest:
    """One line that names a film, with or without stars.

    `whole` is the line, folded and stripped. If it ends in stars, `title` is what stands before them (empty
    where nothing does) and either `stars` are set, or `stars_error` is the text that looks like stars and is
    off the scale or off the half-star grid. If it does not, `title` is the whole line. `longer_titles` are what
    stands before shorter tails that are stars too: `Toy Story 2` in `Toy Story 2 / 5`.

    Only the catalogue can tell `Apollo 13` and `Toy Story 2` from a film with stars, so neither is raised
    here: the caller looks first whether `whole` is a title.
    """

    title: str
    stars: float | None
    whole: str
    stars_error: str | None = None
    longer_titles: tuple[str, ...] = ()


def parse_stars(text: str) -> float | None:
    """The stars that a text says, 0.5 to 5 in half steps; None if it does not look like stars at all.

    Raises `InvalidStarsError` if it looks like stars off the scale or off the half-star grid.
    """
    return _parse(_fold(text))


def split_rating(text: str) -> RatingRequest:
    """Split a line into film and stars: the longest tail that looks like stars is the rating.

    A tail begins at the start of the line, after a blank, at a star sign, or after one of
    `- – — − : | =`, unless that is squeezed between two digits (`2:22`, `4-5`) or belongs to `id:318`. A
    minus after a blank and before a digit is a sign, and there are no negative stars.
    """
    whole = _fold(text)
    found: list[tuple[str, float]] = []
    for start in range(max(0, len(whole) - _LONGEST_TAIL), len(whole)):
        if not _may_begin(whole, start):
            continue
        title = whole[:start].rstrip(_SEPARATORS + ", \t")
        try:
            stars = _parse(whole[start:])
        except InvalidStarsError as error:
            if not found:
                return RatingRequest(title, None, whole, stars_error=error.text)
            continue
        if stars is not None:
            found.append((title, stars))
    if not found:
        return RatingRequest(whole, None, whole)
    (title, stars), *shorter = found
    return RatingRequest(title, stars, whole, longer_titles=tuple(longer.rstrip("/⁄ ") for longer, _ in shorter))


def find_rating(text: str) -> tuple[str, float] | None:
    """The first stars among words, and the words before them, or where there are none those behind; or None."""
    words = _fold(text).split()
    for at, word in enumerate(words):
        try:
            stars = _parse(word.strip("()[]!.,;:"))
        except InvalidStarsError:
            continue
        title = " ".join(words[:at] or words[at + 1 :]).strip(_SEPARATORS + ", ")
        if stars is not None and title:
            return title, stars
    return None


def split_lines(text: str) -> tuple[RatingRequest, ...]:
    """One film per line, blank lines skipped; raises `TooManyLinesError` above `MAX_LINES`."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_LINES:
        raise TooManyLinesError(len(lines), MAX_LINES)
    return tuple(split_rating(line) for line in lines)


def _fold(text: str) -> str:
    folded = _ALL_BUT_FRACTIONS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return folded.replace("\N{VARIATION SELECTOR-16}", "").strip()


def _parse(text: str) -> float | None:
    """Stars of a folded text."""
    match = _STARS.fullmatch(text)
    if match is None or not text or (text.isdecimal() and len(text) > _LONGEST_COUNT):
        return None
    value = None if match["sign"] else _value(match)
    if value is None or value not in HALF_STARS:
        raise InvalidStarsError(text)
    return float(value)


def _value(match: re.Match[str]) -> Fraction | None:
    """How many stars a match says, on the scale of five; None for a scale that is not ours."""
    if match["count"]:
        return _number(match["count"])
    if match["percent"]:
        return _number(match["percent"]) / 20
    if match["part"]:
        whole = int(match["whole"])
        return _number(match["part"]) * 5 / whole if whole in _DENOMINATORS else None
    full = sum(match["glyphs"].count(glyph) for glyph in _GLYPHS) if match["glyphs"] else 0
    return full + (Fraction(1, 2) if match["half"] else Fraction(0))


def _number(text: str) -> Fraction:
    if text.endswith("½"):
        return Fraction(text[:-1].strip() or 0) + Fraction(1, 2)
    return Fraction(text.replace(",", "."))


def _may_begin(whole: str, start: int) -> bool:
    """Whether stars may begin at this place of a line."""
    if start == 0 or whole[start - 1].isspace() or whole[start] in _GLYPHS:
        return True
    if whole[start - 1] not in _SEPARATORS or _ID_PREFIX.search(whole, 0, start):
        return False
    return not (start >= 2 and whole[start - 2].isdecimal() and whole[start].isdecimal())
