"""How MovieLens writes titles.

The files move the article to the end, put original and other titles in brackets and the year last:
`City of Lost Children, The (Cité des enfants perdus, La) (1995)`. `read_title` takes such a line apart.
"""

import re
from dataclasses import dataclass

_YEAR_AT_END = re.compile(r"\s*\((\d{4})\s*(?:[-–—]\s*(?:\d{4}|\d{2})?\s*)?\)\s*$", re.ASCII)
_MOVED_ARTICLE = re.compile(
    r"^(?P<rest>.+), ?(?P<article>the|an?|les?|la|l'|el|l[oa]s|lo|il|gli|i|une?|una|uno"
    r"|der|die|das|eine?|det?|den|en|os?|as)$",
    re.IGNORECASE,
)
# Only articles that are no English word: "Die Hard" and "I, Robot" keep theirs.
_LEADING_ARTICLE = re.compile(
    r"^(?:(?:the|an?|les?|la|el|l[oa]s|il|der|das|une?)\s+|l'\s*)(?P<rest>\S.*)$", re.IGNORECASE
)
_ALSO_KNOWN = re.compile(r"^a\.?\s?k\.?\s?a\.?\s*:?\s+", re.IGNORECASE)
_UNFINISHED = re.compile(r"(?:\bor|[:,–-])$", re.IGNORECASE)
_SUBTITLE = re.compile(r"\s*:\s+(?:or\s+)?|\s+[-–—]\s+|,?\s+or[:,]\s+", re.IGNORECASE)


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
        text = text[: match.start()] or text
    others: list[Name] = []
    while (split := _split_last_bracket(text)) is not None:
        text, inner = split
        if inner:
            others.append(read_name(inner))
    return TitleParts(read_name(text), year, tuple(reversed(others)))


def read_name(text: str) -> Name:
    """Put a moved article first: `Matrix, The` is The Matrix, `Avventura, L'` is L'Avventura."""
    if "," in text and (moved := _MOVED_ARTICLE.match(text)):
        article, rest = moved["article"], moved["rest"]
        return Name(f"{article}{rest}" if article.endswith("'") else f"{article} {rest}", rest)
    if leading := _LEADING_ARTICLE.match(text):
        return Name(text, leading["rest"])
    return Name(text, text)


def split_subtitle(title: str) -> list[str]:
    """The parts of `Star Wars: Episode V - The Empire Strikes Back`; one part where there is no break."""
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
