"""Single values as the sites write them: numbers, times, and stars on any scale."""

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime

SCALES = (5, 10, 100)
FITTING_SHARE = 0.95
"""Of a file's ratings that must lie on a scale; what lies off it is a slip in single rows."""

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?", re.ASCII)
_ID = re.compile(r"(?:tt)?0*(\d{1,10})(?:\.0)?", re.ASCII)
_OLD_IMDB_TIME = "%a %b %d %H:%M:%S %Y"
_LATEST = 253_402_300_799  # the year 9999
_FORMULA = re.compile(r"'(?=[=+\-@\t\r'])")


def number(text: str) -> float | None:
    """A rating as a number; None where there is none. A decimal comma is a point."""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text := text.strip()) else None


def identity(text: str) -> int | None:
    """A number of a film: `318`, `0111161`, `tt0111161`, or `862.0` as pandas writes it."""
    match = _ID.fullmatch(text.strip())
    return int(match[1]) or None if match else None


def year(text: str) -> int | None:
    text = text.strip().removesuffix(".0")
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() else None


def moment(text: str) -> int | None:
    """Epoch seconds of an ISO date or time (UTC unless it says otherwise), of epoch seconds, or as IMDb once wrote."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text) if 0 < int(text[:12]) <= _LATEST and len(text) <= 12 else None
    for read in (datetime.fromisoformat, lambda old: datetime.strptime(old, _OLD_IMDB_TIME)):
        try:
            when = read(text)
            seconds = int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())
        except (ValueError, OverflowError):
            continue
        return seconds if seconds > 0 else None
    return None


def scale_of(ratings: Sequence[float], usual: int) -> int:
    """The scale of a file: its site's, or the next larger one that nearly all of its ratings fit.

    Sites do not change their scale, but tools between them do: a list of Letterboxd's columns with ratings up
    to 10 or 100 is read as what it is.
    """
    for scale in SCALES:
        if scale >= usual and sum(one <= scale for one in ratings) >= FITTING_SHARE * len(ratings):
            return scale
    return SCALES[-1]


def stars_of(rating: float, scale: int) -> float | None:
    """Half stars: the nearest, upwards from the middle (9 of 10 is ★★★★½, 95 of 100 is ★★★★★); None off the scale."""
    if not 0 < rating <= scale:
        return None
    return max(0.5, math.floor(rating * 10 / scale + 0.5) / 2)


def as_written(cell: str) -> str:
    """A cell of our own export without the `'` that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if _FORMULA.match(cell) else cell
