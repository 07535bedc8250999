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
_OFFSET = re.compile(
    r"(?:(?<![a-z])(?:utc|gmt)\s*)(?:([+\-−])\s*(\d{1,2})(?::?(\d{2}))?)?(?!\w)|(?<=\s)([+\-−])(\d{1,2}):?(\d{2})?$"
)
_CLOCK = re.compile(r"(?<![\d.:-])(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|uhr)?(?![\d.:-]\d|\w)")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_GERMAN_DAY = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4})(?!\d))?")
_IN = re.compile(r"in\s+(\d{1,3})\s*(h|hours?|std|stunden?|d|days?|tag|tagen)")
_NAMED_DAY = (
    rf"(?:{'|'.join(_NEAR_DAYS)}|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|{'|'.join(_TAGE)}|mo|di|mi|do|fr|sa|so"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\s?\d{1,2}\.)"
)
_AMONG_WORDS = re.compile(
    rf"(?<!\S)(?:(?:(?:on|next|am) )?{_NAMED_DAY}(?: abend)?[\s,]+)?(?:(?:at|um) )?"
    r"(?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|uhr)|\d{1,2}:\d{2})(?!\w)"
    rf"(?: (?:on )?{_NAMED_DAY}(?!\w))?(?: ?(?:utc|gmt)(?: ?[+-]\d{{1,2}}(?::?\d{{2}})?)?)?",
    re.IGNORECASE,
)
_FILLERS = re.compile(r"\b(?:at|on|next|o'clock|am|um|abend)\b|,")


@dataclass(eq=False)
class UnreadTimeError(UserError):
    """Not a time that could be read."""

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

    Raises UnreadTimeError, NoOffsetError, UnreadOffsetError and TimeOutOfReachError.
    """
    typed = " ".join(text.casefold().replace("−", "-").split())
    if (span := _IN.fullmatch(typed)) is not None:
        hours = int(span[1]) * (24 if span[2].startswith(("d", "t")) else 1)
        return _within_reach(now + hours * 3600, now, None)
    if (stamp := re.fullmatch(r"<t:(\d{1,12})(?::\w)?>", typed)) is not None:
        return _within_reach(int(stamp[1]), now, None)
    if (found := _OFFSET.search(typed)) is not None:
        sign, hours_, minutes = found.group(1, 2, 3) if found[2] or not found[5] else found.group(4, 5, 6)
        utc_offset = _minutes(text, sign, hours_, minutes)
        typed = (typed[: found.start()] + typed[found.end() :]).strip()
    if utc_offset is None:
        raise NoOffsetError
    zone = timezone(timedelta(minutes=utc_offset))
    here = datetime.fromtimestamp(now, UTC).astimezone(zone)
    day, typed, is_named = _day(text, typed, here.date())
    clock = _CLOCK.search(typed)
    if clock is None or _FILLERS.sub("", typed[: clock.start()] + typed[clock.end() :]).strip():
        raise UnreadTimeError(text)
    at = datetime.combine(day, _clock(text, clock), zone)
    if at <= here and not is_named:
        at += timedelta(days=1)
    elif at <= here and is_named == "weekday":
        at += timedelta(days=7)
    return _within_reach(int(at.timestamp()), now, utc_offset)


def time_among(text: str) -> tuple[str, str]:
    """The time that stands among other words, as it is written, and the words without it: `comedy tomorrow 8pm`."""
    found = _AMONG_WORDS.search(text)
    return (found[0], f"{text[: found.start()]} {text[found.end() :]}") if found is not None else ("", text)


def _day(text: str, typed: str, today: date) -> tuple[date, str, str]:
    """The day that is named, what is left of the text, and how it is named; today where none is."""
    if (iso := _ISO_DAY.search(typed)) is not None:
        try:
            named = date(int(iso[1]), int(iso[2]), int(iso[3]))
        except ValueError:
            raise UnreadTimeError(text) from None
        return named, typed[: iso.start()] + typed[iso.end() :], "date"
    if (german := _GERMAN_DAY.search(typed)) is not None:
        day, month, year = int(german[1]), int(german[2]), int(german[3] or today.year)
        try:
            named = date(year if german[3] or (month, day) >= (today.month, today.day) else year + 1, month, day)
        except ValueError:
            raise UnreadTimeError(text) from None
        return named, typed[: german.start()] + typed[german.end() :], "date"
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


def _clock(text: str, found: re.Match[str]) -> time:
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    is_halved = half in ("am", "pm")
    if (is_halved and not 1 <= hour <= 12) or (not half and found[2] is None):  # a bare `8` is morning or evening
        raise UnreadTimeError(text)
    if is_halved:
        hour = hour % 12 + (12 if half == "pm" else 0)
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
