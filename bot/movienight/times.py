"""Times as people write them, for who says how far from UTC they live: `20:30`, `tomorrow 20:00`, `fri 8pm`.

German is read too: `morgen 20:00`, `Fr 20 Uhr`, `24.12. 20:00`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from bot.errors import UserError

FARTHEST = timedelta(days=365)
LEAST_OFFSET, MOST_OFFSET = -12 * 60, 14 * 60

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TAGE = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_NEAR_DAYS = {"today": 0, "tonight": 0, "heute": 0, "tomorrow": 1, "tmrw": 1, "morgen": 1, "übermorgen": 2}
_EVENING, _AFTERNOON = range(17, 24), range(12, 18)
_PARTS = {
    "morning": range(5, 12),
    "afternoon": _AFTERNOON,
    "nachmittag": _AFTERNOON,
    "evening": _EVENING,
    "night": _EVENING,
    "tonight": _EVENING,
    "abend": _EVENING,
    "abends": _EVENING,
}
"""The hours of a part of a day, in which an hour up to twelve is looked for."""

_OFFSET = re.compile(
    r"(?:(?<![a-z])(?:utc|gmt)\s*)(?:([+\-−])\s*(\d{1,2})(?::?(\d{2}))?)?(?!\w)|(?<=\s)([+\-−])(\d{1,2}):?(\d{2})?$"
)
_NAMED_ZONE = (
    r"(?:(?:africa|america|asia|atlantic|australia|europe|pacific)/[a-z_]+(?:/[a-z_]+)?"
    r"|[ecmp][ds]?t|cest|mesz|mez|bst|aest|aedt|jst)\b"
)
"""Zones that are not kept here: how far they are from UTC changes over the year, or from country to country."""

_CLOCK = re.compile(r"(?<![\d.:-])(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|uhr)?(?![\d.:-]\d|\w)")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_GERMAN_DAY = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})(?!\d))?")
_SLASH_DAY = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?![\d/])")
_IN = re.compile(
    r"in\s+(\d{1,3}|an(?= hour)|one(?= hour)|einer(?= stunde))\s*"
    r"(min|mins|minutes?|minuten|h|hours?|std|stunden?|d|days?|tag|tagen)"
)
_STAMP = re.compile(r"<t:(\d{1,12})(?::\w)?>")

_PART = rf"(?:{'|'.join(_PARTS)})"
_WEEKDAY = rf"(?:mon|tues?|wed(?:nes)?|weds|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|{'|'.join(_TAGE)}"
_DATE = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?"
_LED = r"(?:(?:on|at|this|next|the|am|diesen|nächsten|kommenden) ){0,2}"
_LONE_DAY = rf"(?:{_LED}(?:{'|'.join(_NEAR_DAYS)}|weekend|wochenende|{_WEEKDAY}|{_DATE})(?: {_PART})?|this {_PART})"
_DAY = rf"(?:{_LONE_DAY}|{_LED}(?:mo|di|mi|do|fr|sa|so|\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?)(?: {_PART})?)"
_HOUR = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)"
)
_PLAIN_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d{2})? ?(?:[ap]m|[ap]\.m\.|uhr)|\d{1,2}:\d{2}"
    rf"|{_HOUR} o['’]clock|(?:half past|quarter (?:past|to)|halb|viertel (?:vor|nach)) {_HOUR})"
)
_BARE_CLOCK = r"(?:[01]?\d|2[0-4])(?:[.h]\d{2})?(?![.:]\d| ?(?:%|\*|★|percent|stars?|min))"
_ZONE = (
    rf"(?:(?: ?(?:utc|gmt)(?: ?[+\-−]\d{{1,2}}(?::?\d{{2}})?)?| [+\-−]\d{{1,2}}(?::?\d{{2}})?| {_NAMED_ZONE})(?!\w))"
)
_AMONG_WORDS = re.compile(
    rf"(?<!\S)(?:{_IN.pattern}|{_STAMP.pattern}|(?:(?:{_DAY}[\s,]+)?(?:(?:at|um|around|gegen|ab) )?{_PLAIN_CLOCK}"
    rf"|(?:{_DAY}[\s,]+(?:at|um)|at) {_BARE_CLOCK}|um {_BARE_CLOCK}(?= {_DAY}(?!\w)))(?!\w)(?:[-–]\d\S*)?"
    rf"{_ZONE}?(?:,? {_DAY}(?!\w))?{_ZONE}?)(?!\w)",
    re.IGNORECASE,
)
_DAY_AMONG_WORDS = re.compile(rf"(?<!\S)(?<!\ba )(?<!\bein )(?<!\beinen ){_LONE_DAY}(?![\w'’])", re.IGNORECASE)
_TODAY = re.compile(rf"(?:today|tonight|heute|this {_PART})(?: {_PART})?", re.IGNORECASE)
_FILLERS = re.compile(
    rf"\b(?:at|on|this|next|the|around|o['’]clock|am|um|gegen|ab|diesen|nächsten|kommenden|{_PART})\b|,"
)


@dataclass(eq=False)
class UnreadTimeError(UserError):
    """Not a time that could be read."""

    given: str


@dataclass(eq=False)
class NoHourError(UserError):
    """A day without an hour."""

    given: str


@dataclass(eq=False)
class NoOffsetError(UserError):
    """Nobody knows when that is without an offset from UTC."""


@dataclass(eq=False)
class UnreadOffsetError(UserError):
    """Not an offset from UTC."""

    given: str


@dataclass(eq=False)
class TimeOutOfReachError(UserError):
    """It is over, or more than a year ahead; epoch seconds."""

    at: int


@dataclass(frozen=True, slots=True)
class When:
    """`at` in epoch seconds; the offset in minutes that it was read with, None where it needed none."""

    at: int
    utc_offset: int | None


def read_offset(text: str) -> int | None:
    """Minutes of `+2`, `UTC-5`, `+05:30`, `utc`; None of nothing. Raises UnreadOffsetError."""
    typed = text.strip().casefold().replace("−", "-")
    if not typed:
        return None
    found = re.fullmatch(r"(?:utc|gmt|z)?\s*(?:([+-]?)\s*(\d{1,2})(?::?(\d{2}))?)?", typed)
    if found is None:
        raise UnreadOffsetError(text)
    return _minutes(text, found[1], found[2], found[3])


def read_time(text: str, now: int, utc_offset: int | None) -> When:
    """The next such moment; an offset in the text goes before the one given.

    Raises UnreadTimeError, NoHourError, NoOffsetError, UnreadOffsetError and TimeOutOfReachError.
    """
    typed = " ".join(text.casefold().replace("−", "-").split())
    if (span := _IN.fullmatch(typed)) is not None:
        seconds = {"m": 60, "h": 3600, "s": 3600}.get(span[2][0], 86_400)
        return _within_reach(now + (int(span[1]) if span[1].isdigit() else 1) * seconds, now, None)
    if _DAY_AMONG_WORDS.fullmatch(typed):
        raise NoHourError(text)
    if (stamp := _STAMP.fullmatch(typed)) is not None:
        return _within_reach(int(stamp[1]), now, None)
    if (found := _OFFSET.search(typed)) is not None:
        sign, hours_, minutes = found.group(1, 2, 3) if found[2] or not found[5] else found.group(4, 5, 6)
        utc_offset = _minutes(text, sign, hours_, minutes)
        typed = (typed[: found.start()] + typed[found.end() :]).strip()
    if (named := re.search(rf"\b{_NAMED_ZONE}", text, re.IGNORECASE)) is not None:
        raise UnreadOffsetError(named[0])
    part = next((hours for word, hours in _PARTS.items() if re.search(rf"\b{word}\b", typed)), None)
    zone = timezone(timedelta(minutes=utc_offset or 0))
    here = datetime.fromtimestamp(now, UTC).astimezone(zone)
    day, typed, is_named = _day(text, typed, here.date())
    clock = _CLOCK.search(typed)
    if clock is None or _FILLERS.sub("", typed[: clock.start()] + typed[clock.end() :]).strip():
        raise UnreadTimeError(text)
    at = datetime.combine(day, _clock(text, clock, part), zone)
    if utc_offset is None:
        raise NoOffsetError
    if at <= here and not is_named:
        at += timedelta(days=1)
    elif at <= here and is_named == "weekday":
        at += timedelta(days=7)
    return _within_reach(int(at.timestamp()), now, utc_offset)


def time_among(text: str) -> tuple[str, str]:
    """The time that stands among other words, as it is written, and the words without it: `comedy tomorrow 8pm`."""
    found = _AMONG_WORDS.search(text)
    return (found[0], f"{text[: found.start()]} {text[found.end() :]}") if found is not None else ("", text)


def day_among(text: str) -> tuple[str, str]:
    """The same for a day alone: `comedy on friday`."""
    found = _DAY_AMONG_WORDS.search(text)
    return (found[0], f"{text[: found.start()]} {text[found.end() :]}") if found is not None else ("", text)


def is_today(day: str) -> bool:
    """Whether a day was said as today, which goes without saying."""
    return _TODAY.fullmatch(day) is not None


def date_of(day: str, at: int, utc_offset: int) -> date | None:
    """The date of a day that was said at that moment; None of what is no single day, as a weekend."""
    today = datetime.fromtimestamp(at, timezone(timedelta(minutes=utc_offset))).date()
    found, _, how = _day(day, day.casefold(), today)
    return found if how else None


def _day(text: str, typed: str, today: date) -> tuple[date, str, str]:
    """The day that is named, what is left of the text, and how it is named; today where none is."""
    if (iso := _ISO_DAY.search(typed)) is not None:
        named = _date(text, int(iso[1]), int(iso[2]), int(iso[3]))
        return named, typed[: iso.start()] + typed[iso.end() :], "date"
    if (german := _GERMAN_DAY.search(typed)) is not None:
        named = _next_date(text, german[3], int(german[2]), int(german[1]), today)
        return named, typed[: german.start()] + typed[german.end() :], "date"
    if (slashed := _SLASH_DAY.search(typed)) is not None:
        first, second = int(slashed[1]), int(slashed[2])
        if max(first, second) <= 12 and first != second:  # 4/5 is another day in London and in Boston
            raise UnreadTimeError(text)
        named = _next_date(text, slashed[3], min(first, second), max(first, second), today)
        return named, typed[: slashed.start()] + typed[slashed.end() :], "date"
    for word in re.findall(r"[a-zäöü]+", typed):
        rest = re.sub(rf"\b{word}\b", "", typed, count=1)
        if word in _NEAR_DAYS:
            return today + timedelta(days=_NEAR_DAYS[word]), rest, "near"
        names = _DAYS if len(word) > 2 else ()
        number = next(
            (at % 7 for at, name in enumerate((*_TAGE, *names)) if len(word) > 1 and name.startswith(word)), None
        )
        number = {"tues": 1, "weds": 2, "thurs": 3}.get(word, number)
        if number is not None:
            return today + timedelta(days=(number - today.weekday()) % 7), rest, "weekday"
    return today, typed, ""


def _next_date(text: str, year: str | None, month: int, day: int, today: date) -> date:
    """Of this year or, where that is over and no year is said, of the next."""
    is_over = not year and (month, day) < (today.month, today.day)
    return _date(text, int(year or today.year) + is_over, month, day)


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadTimeError(text) from None


def _clock(text: str, found: re.Match[str], part: range | None) -> time:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    is_halved = half in ("am", "pm")
    if is_halved and not 1 <= hour <= 12:
        raise UnreadTimeError(text)
    if is_halved:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif part is not None and hour <= 12:
        hour = next((one for one in (hour, hour + 12) if one in part), 24)
    elif not half and found[2] is None:  # a bare `8` is morning or evening
        raise UnreadTimeError(text)
    if hour > 23 or minute > 59:
        raise UnreadTimeError(text)
    return time(hour, minute)


def _minutes(text: str, sign: str | None, hours: str | None, minutes: str | None) -> int:
    offset = (int(hours or 0) * 60 + int(minutes or 0)) * (-1 if sign in ("-", "−") else 1)
    if not LEAST_OFFSET <= offset <= MOST_OFFSET or int(minutes or 0) > 59:
        raise UnreadOffsetError(text)
    return offset


def _within_reach(at: int, now: int, utc_offset: int | None) -> When:
    if not now < at <= now + FARTHEST.total_seconds():
        raise TimeOutOfReachError(at)
    return When(at, utc_offset)


def offset_words(utc_offset: int) -> str:
    """`UTC+2`, `UTC-3:30`, `UTC`."""
    if not utc_offset:
        return "UTC"
    hours, minutes = divmod(abs(utc_offset), 60)
    return f"UTC{'+' if utc_offset > 0 else '-'}{hours}" + (f":{minutes:02}" if minutes else "")
