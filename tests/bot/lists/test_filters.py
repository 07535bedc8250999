"""Filters as a value that is kept with a list."""

import pytest

from bot.lists.filters import ANY_YEAR, CONSTRAINTS, PLAIN, Filters, Years

FULL = Filters(("Comedy", "Drama"), ("Romance",), Years(1990, None), "deep", "watchlist", 3)


@pytest.mark.parametrize("filters", [PLAIN, FULL, Filters(years=Years(None, 1979)), Filters(depth="popular", count=1)])
def test_what_is_kept_reads_back(filters: Filters) -> None:
    assert Filters.from_json(filters.to_json()) == filters


def test_a_list_of_the_days_when_only_its_length_was_kept() -> None:
    assert Filters.from_json('{"n": 7}') == Filters(count=7)
    assert PLAIN.to_json() == '{"n": 10}'


def test_loosening_takes_one_filter_away() -> None:
    assert FULL.loosened("genres").genres == ()
    assert FULL.loosened("years").years == ANY_YEAR
    assert [part for part in CONSTRAINTS if FULL.has(part)] == list(CONSTRAINTS)
    everything = FULL
    for part in CONSTRAINTS:
        everything = everything.loosened(part)
    assert everything == Filters(depth="deep", count=3)
    assert everything.admits_all
    assert not everything.is_plain
    assert Filters(count=3).is_plain
