"""A wish taken apart: words, what joins and what ends them, years, lengths and numbers."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

Kind = Literal["word", "and", "or", "comma", "stop", "minus", "years", "runtime", "age", "number", "back"]


@dataclass(frozen=True, slots=True)
class Token:
    """`text` as it was typed, from `start` to `end` of the whole."""

    kind: Kind
    text: str
    start: int
    end: int


_NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten"
_DECADE_WORDS = r"(?:twent|thirt|fou?rt|fift|sixt|sevent|eight|nine?t)(?:ies|ys)|noughties"
YEAR = rf"(?:(?:early|mid|late)[ -]+)?(?:(?:1[89]|20)\d\d(?:['’]?s)?|['’]?\d0['’]?s|['’]\d\d|{_DECADE_WORDS})(?!\w)"
BOUND = (
    r"since|after|before|until|till|up to|prior to|newer than|older than|earlier than|later than|more recent than|"
    r"post|pre|from"
)
BETWEEN = rf"between\s+(?:the\s+)?{YEAR}\s+and\s+(?:the\s+)?(?:{YEAR}|\d\d(?!\w))"
FROM = r"(?:(?:from|made|released)\s+)?"
ONWARD = (
    r"(?:\s*\+|\s+(?:and |or )?(?:on|onwards?|later|after|newer|up|forward)(?!\w|\s+['’]?\d)"
    r"|\s+(?:and|or) (?:earlier|before|older)(?!\w|\s+['’]?\d))"
)
_AMOUNT = rf"(?:\d{{1,3}}(?:[.,]\d)?|{_NUMBER_WORDS}|an?|half an)"
_HOURS = (
    rf"{_AMOUNT}(?: and a half)?\s*-?(?:hours?|hrs?|h)"
    r"(?:\s*(?:and\s+)?(?:\d{1,2}\s*(?:minutes?|mins?|m)?(?!\w)|a half))?(?!\w)"
)
DURATION = rf"(?:{_HOURS}|hour and a half|\d{{1,3}}\s*-?(?:minutes?|mins?|m)(?!\w))"
MINUTES = r"(?:between\s+)?\d{2,3}\s*(?:-|–|to|and)\s*\d{2,3}\s*(?:minutes|mins?)(?!\w)"
LIMIT = (
    r"under|less than|below|shorter than|max(?:imum)?(?: of)?|at most|within|up to|over|more than|longer than|above|"
    r"at least|min(?:imum)?(?: of)?|around|about|roughly|exceeding|beyond"
)
NEGATED = r"(?:(?:no|not|nothing|isn['’]?t|aren['’]?t|not anything|without anything)\s+(?:much\s+)?)?"
SPAN = rf"(?:(?:\d{{1,2}}|an?|{_NUMBER_WORDS}|fifteen|twenty|thirty|forty|fifty) )?(?:years?|yrs?|decades?)"
BACK = (
    rf"(?<!\w)(?:this decade|(?:last|past) {SPAN}|{NEGATED}(?:less|more) than {SPAN} old"
    rf"|{NEGATED}(?:older|younger|newer|more recent) than {SPAN}(?: (?:old|ago))?)(?!\w)"
)

_TOKEN = re.compile(
    rf"(?P<age>\b\d{{1,2}}[ -]*(?:(?:years?|yrs?|yr)[ -]*olds?|yo|y/o)\b)"
    rf"|(?P<runtime>(?<!\w){MINUTES}|(?<!\w){NEGATED}(?:(?:{LIMIT})\s+)?{DURATION}"
    r"(?:\s+(?:or (?:less|under|shorter|more|longer)|max|tops|long))?)"
    rf"|(?P<back>{BACK})"
    rf"|(?P<years>(?<![\w-]){NEGATED}(?:{BETWEEN}|(?:between\s+(?:the\s+)?|{FROM}(?:{BOUND})\s*[:=]?\s*(?:the\s+|-\s*)?)?{YEAR}"
    rf"(?:\s*(?:[-–—]|\b(?:to|till|until)\b)\s*(?:the\s+)?(?:{YEAR}|\d\d(?!\w))|{ONWARD})?))"
    r"|(?P<number>(?<!\w)[+-]?\d(?:[\d.,e_]*\d)?(?:/\d+)?(?![^\W_]))"
    r"|(?P<stop>[.!?;:()\[\]\n…]+)"
    r"|(?P<comma>,)"
    r"|(?P<or>/|\|)"
    r"|(?P<and>[&+])"
    r"|(?P<minus>(?:(?<!\S)-(?=[^\W\d])|(?<!\w)(?:without|not?|-):\s*))"
    r"|(?P<word>(?<!\w)w/o?(?!\w)|@?[^\W_]+(?:['’‘][^\W\d_]+)*|[\U0001F000-\U0001FAFF\u2600-\u27bf❤]\ufe0f?)",
    re.IGNORECASE,
)


def tokens(text: str) -> Iterator[Token]:
    """What a wish is made of, in order; signs that say nothing are left out."""
    for match in _TOKEN.finditer(text):
        yield Token(cast("Kind", match.lastgroup), match[0].strip(), match.start(), match.end())


def typed(text: str) -> str:
    """The text in plain signs and spaces, without quotes and markdown around words."""
    return re.sub(r"[\"“”„«»*`~]", " ", unicodedata.normalize("NFKC", text))
