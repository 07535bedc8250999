"""Years, lengths and ages as people write them."""

import re
from typing import NamedTuple

from bot.lists.filters import Runtime, Years
from bot.lists.wishes.tokens import BOUND, DURATION, FROM, LIMIT, MINUTES, NEGATED, ONWARD, YEAR

FIRST_YEAR, LAST_YEAR = 1870, 2099
"""Four digits outside of these are no year of a film."""
AROUND_MIN = 15
"""Minutes that `around 90 minutes` may be off."""
KID_UNTIL = 12

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)}
_TENS = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "noughties": 0,
}  # fmt: skip
_SLIPS = {"tys": "ties", "fourt": "fort", "nint": "ninet"}
_PARTS = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}
_AFTER, _BEFORE = ("after", "newer", "later", "more", "post"), ("before", "prior", "older", "earlier", "pre")
_OPPOSITE = {"since": "before", "after": "until", "before": "since", "until": "after"}
_YEARS = re.compile(
    rf"(?P<no>{NEGATED}){FROM}(?P<bound>between|{BOUND})?\s*[:=]?\s*(?:the\s+|-\s*)?(?P<first>{YEAR})"
    rf"(?:\s*(?:[-–—]|\w+)\s*(?:the\s+)?(?P<last>{YEAR}|\d\d)|(?P<onward>{ONWARD}))?",
    re.IGNORECASE,
)
_RUNTIME = re.compile(
    rf"(?P<no>{NEGATED})(?:(?P<limit>{LIMIT})\s+)?(?P<time>{DURATION})(?:\s+(?P<after>[\w ]+))?", re.IGNORECASE
)
_TIME = re.compile(
    r"(?:(?P<hours>[\d.,]+|\w+|half an)(?P<half> and a half)?\s*-?(?:hours?|hrs?|h)(?![a-z]))?"
    r"\s*(?:and\s+)?(?:(?P<minutes>\d+)|(?P<end>a half))?",
    re.IGNORECASE,
)


class Dated(NamedTuple):
    """`since`, `after`, `before`, `until` or nothing, and the first and last year that are named.

    `is_out`: films that are so are not wanted.
    """

    bound: str
    first: int
    last: int
    is_out: bool = False


def years_of(text: str, last_year: int) -> Dated | None:
    """What is said of years.

    `90s` is the latest decade of that name that has begun in the catalogue; a stretch may be written from its end. None
    where no years can be meant.
    """
    match = _YEARS.fullmatch(text)
    first = _side(match["first"], last_year) if match else None
    if match is None or first is None:
        return None
    last = first
    if (end := match["last"]) is not None:
        last = _side(match["first"][:2] + end if re.fullmatch(r"\d\d", end) else end, last_year) or first
    bound = _bound((match["bound"] or "").lower())
    if onward := match["onward"]:
        bound = "until" if onward.split()[-1] in ("earlier", "before", "older") else "since"
    bound = "" if bound == "from" else bound
    return Dated(bound, min(first[0], last[0]), max(first[1], last[1]), bool(match["no"]))


def back_to(text: str, last_year: int) -> Dated:
    """The `last 10 years`, `this decade`, `not older than a decade`."""
    folded = text.lower()
    if folded == "this decade":
        return Dated("since", last_year // 10 * 10, last_year)
    words = re.split(" than |last |past ", folded)[-1].split()
    count = int(words[0]) if words[0].isdigit() else (NUMBERS | _TENS).get(words[0], 1)
    first = last_year + 1 - count * (10 if "decade" in folded else 1)
    is_out = " than " in folded and not folded.startswith(("older", "younger", "newer", "more", "less"))
    return Dated("before" if re.search("(older|more) than", folded) else "since", first, first, is_out)


def bounded(bound: str, first: int, last: int, *, is_out: bool = False) -> Years:
    """What a bound leaves of all years, or leaves out of them."""
    match _OPPOSITE[bound] if is_out else bound:
        case "since":
            return Years(first, None)
        case "after":
            return Years(last + 1, None)
        case "before":
            return Years(None, first - 1)
        case "until":
            return Years(None, last)
    return Years(first, last)


def runtime_of(text: str, *, is_out: bool = False) -> Runtime | None:
    """`under 2h`, `nothing over two hours`, `90 minutes or less`; a length alone is the most, `not 3 hours` too."""
    if (ends := re.fullmatch(r"\D*(\d+)\D+(\d+)\D+", text)) and re.fullmatch(MINUTES, text, re.IGNORECASE):
        return Runtime(*sorted(map(int, ends.groups())))
    match = _RUNTIME.fullmatch(text)
    minutes = _minutes(match["time"]) if match else 0
    if match is None or not minutes:
        return None
    limit, after = (match["limit"] or "").lower(), (match["after"] or "").lower()
    if limit in ("around", "about", "roughly"):
        return Runtime(minutes - AROUND_MIN, minutes + AROUND_MIN)
    is_least = limit.startswith(("over", "more", "longer", "above", "at least", "min", "exceed", "beyond"))
    is_least |= after.endswith(("more", "longer"))
    is_not = (is_out or bool(match["no"])) and bool(limit or after)
    return Runtime(minutes, None) if is_least != is_not else Runtime(None, minutes)


def is_for_kids(text: str) -> bool:
    """Whether an age is a child's."""
    found = re.match(r"\d+", text)
    return found is not None and int(found[0]) <= KID_UNTIL


def _bound(word: str) -> str:
    if word in ("", "since", "from", "between"):
        return "" if word == "between" else word
    if word.startswith(_AFTER):
        return "after"
    return "before" if word.startswith(_BEFORE) else "until"


def _side(text: str, last_year: int) -> tuple[int, int] | None:
    """First and last year of `1994`, `90s`, `the nineties`, `early 2000s`."""
    *part, name = re.sub("['’]", "", text.lower()).replace("-", " ").split()
    for slip, meant in _SLIPS.items():
        name = name.replace(slip, meant)
    first = None
    if name in _DECADES or re.fullmatch("[0-9]0s", name):
        first = 2000 + (_DECADES[name] if name in _DECADES else int(name[:2]))
        first -= 100 if first > last_year else 0
    elif re.fullmatch("[0-9]{4}s?", name):
        first = int(name[:4])
    elif re.fullmatch("[0-9]{2}", name):
        first = 2000 + int(name) - 100 * (2000 + int(name) > last_year)
    if first is None or not FIRST_YEAR <= first <= LAST_YEAR:
        return None
    is_decade = name.endswith("s")
    begin, end = _PARTS[part[0]] if part and is_decade else (0, 9 if is_decade else 0)
    return first + begin, first + end


def _minutes(text: str) -> int:
    if whole := re.fullmatch(r"(\d{1,3})\s*-?m\w*", text, re.IGNORECASE):
        return int(whole[1])
    match = _TIME.match(
        text.lower().replace("hour and a half", "1 hour and a half") if text[:1] in "hH" else text.lower()
    )
    if match is None or match["hours"] is None:
        return 0
    word = match["hours"]
    hours = 0.5 if word == "half an" else NUMBERS.get(word, 1 if word in ("a", "an") else 0)
    if word[0].isdigit():
        hours = float(word.replace(",", "."))
    return round(60 * (hours + 0.5 * bool(match["half"] or match["end"]))) + int(match["minutes"] or 0)
