"""How MovieLens writes titles.

The files move the article to the end, put original and other titles in brackets and the year last:
`City of Lost Children, The (Cité des enfants perdus, La) (1995)`. `read_title` takes such a line apart.
"""

import re
from dataclasses import dataclass

_YEAR_AT_END = re.compile(r"\((\d{4})\s*(?:[-–—]\s*(?:\d{4}|\d{2})?\s*)?\)$", re.ASCII)
# Articles that are no English word are dropped where they lead: "Die Hard" and "I, Robot" keep theirs.
_LEADING_ARTICLES = frozenset(
    ("the", "a", "an", "les", "le", "la", "el", "los", "las", "il", "der", "das", "un", "une")
)
_MOVED_ARTICLES = _LEADING_ARTICLES | frozenset(
    ("l'", "lo", "gli", "i", "una", "uno", "die", "ein", "eine", "det", "den", "de", "en", "o", "os", "as")
)
_ALSO_KNOWN = re.compile(r"^a\.?\s?k\.?\s?a\.?\s*:?\s+", re.IGNORECASE)
_UNFINISHED = re.compile(r"(?:\bor|[:,–-])$", re.IGNORECASE)
_BREAKS = (": ", " - ", " – ", " — ", " :", "or,")
_SUBTITLE = re.compile(r" ?:\s+(?:or\s+)?| [-–—] |,? or[:,] ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A title as a person says it ("The Matrix") and without its article ("Matrix")."""

    text: str
    bare: str


@dataclass(frozen=True, slots=True)
class TitleParts:
    """A title of the data set taken apart; `others` are the titles given in brackets."""

    main: Name
    year: int | None
    others: tuple[Name, ...]


def read_title(raw: str) -> TitleParts:
    """Take `raw` apart; of a span of years such as `(2006–2007)` the first one counts."""
    text = raw.strip()
    year = None
    if match := _YEAR_AT_END.search(text):
        year = int(match[1])
        text = text[: match.start()].rstrip() or text
    others: list[Name] = []
    while (split := _split_last_bracket(text)) is not None:
        text, inner = split
        if inner:
            others.append(read_name(inner))
    return TitleParts(read_name(text), year, tuple(reversed(others)))


def read_name(text: str) -> Name:
    """Put a moved article first: `Matrix, The` is The Matrix, `Avventura, L'` is L'Avventura."""
    rest, comma, article = text.rpartition(",")
    if comma and (article := article.strip()).lower() in _MOVED_ARTICLES:
        return Name(f"{article}{rest}" if article.endswith("'") else f"{article} {rest}", rest)
    article, _, rest = text.partition(" ")
    if rest and article.lower() in _LEADING_ARTICLES:
        return Name(text, rest)
    if text[:2].lower() == "l'":
        return Name(text, text[2:].lstrip())
    return Name(text, text)


def split_subtitle(title: str) -> list[str]:
    """The parts of `Star Wars: Episode V - The Empire Strikes Back`; one part where there is no break."""
    if not any(mark in title for mark in _BREAKS):
        return [title]
    return [part for part in _SUBTITLE.split(title) if part]


def _split_last_bracket(text: str) -> tuple[str, str] | None:
    """Split `A (a.k.a. B)` into A and B; None where no bracket ends the text or it belongs to the title.

    It belongs where nothing stands before it or what stands there is unfinished: `Birdman: Or (The …)`.
    """
    if not text.endswith(")"):
        return None
    depth = 0
    for at in range(len(text) - 1, 0, -1):
        depth += (text[at] == ")") - (text[at] == "(")
        if depth == 0:
            before = text[:at].rstrip()
            if not text[at - 1].isspace() or not before or _UNFINISHED.search(before):
                return None
            return before, _ALSO_KNOWN.sub("", text[at + 1 : -1]).strip()
    return None
