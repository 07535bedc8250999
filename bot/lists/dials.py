"""Dials under a list: films like these, but less known, newer, lighter."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median_low
from typing import Literal, get_args

from bot.lists.filters import Depth, Filters, Years
from data import Movie

Dial = Literal["less_known", "better_known", "newer", "older", "lighter", "darker", "without_my_defaults"]
DIALS: dict[str, Dial] = {dial: dial for dial in get_args(Dial)}

_DEPTHS: tuple[Depth, ...] = ("popular", "balanced", "deep")
LIGHT, DARK = "feel-good", "dark"
"""Moods of `everyday.toml`."""


def turned(filters: Filters, dial: Dial, movies: Sequence[Movie], last_year: int | None = None) -> Filters:
    """What is asked for next; newer and older than half of the `movies` that were shown, but never than all there are.

    `last_year` is that of the catalogue's newest film.
    """
    depth = _DEPTHS.index(filters.depth)
    years = [movie.year for movie in movies if movie.year is not None]
    match dial:
        case "less_known":
            return replace(filters, depth=_DEPTHS[min(depth + 1, len(_DEPTHS) - 1)])
        case "better_known":
            return replace(filters, depth=_DEPTHS[max(depth - 1, 0)])
        case "newer" if years:
            newer = filters.years.within(Years(median_low(years) + 1, None))
            newer = newer or Years((filters.years.last or 0) + 1, None)
            is_past_the_end = last_year is not None and (newer.first or 0) > last_year
            return filters if is_past_the_end else replace(filters, years=newer)
        case "older" if years:
            older = filters.years.within(Years(None, median_low(years) - 1))
            return replace(filters, years=older or Years(None, (filters.years.first or 0) - 1))
        case "lighter":
            return _in_mood(filters, LIGHT, instead_of=DARK)
        case "darker":
            return _in_mood(filters, DARK, instead_of=LIGHT)
        case "without_my_defaults":
            return replace(filters, with_defaults=False)
        case _:
            return filters


def open_dials(
    filters: Filters, movies: Sequence[Movie], last_year: int | None = None, *, has_defaults: bool = False
) -> list[Dial]:
    """Those that would change anything; `has_defaults` tells whether the list keeps to defaults."""
    changing = [dial for dial in DIALS.values() if turned(filters, dial, movies, last_year) != filters]
    return [dial for dial in changing if has_defaults or dial != "without_my_defaults"]


def _in_mood(filters: Filters, mood: str, *, instead_of: str) -> Filters:
    moods = tuple(dict.fromkeys([*(one for one in filters.moods if one != instead_of), mood]))
    without = tuple(one for one in filters.without_moods if one != mood)
    return replace(filters, moods=moods, without_moods=without)
