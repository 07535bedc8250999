"""Filters as a value that is kept with a list."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.lists.filters import ANY_YEAR, CONSTRAINTS, PLAIN, Filters, Liked, Person, Runtime, Years

FULL = Filters(
    genres=("Comedy", "Drama"),
    without=("Romance",),
    years=Years(1990, None, ((2000, 2009),)),
    depth="deep",
    source="watchlist",
    count=3,
    every=("Crime",),
    runtime=Runtime(None, 120),
    people=(Person("Christopher Nolan", "director"), Person("Tom Hanks")),
    either_people=(Person("Al Pacino"),),
    without_people=(Person("Adam Sandler", "lead"),),
    origins=("Korean",),
    without_origins=("American",),
    moods=("dark",),
    without_moods=("violent",),
    like=(Liked(68954, "Up (2009)"),),
    seen="seen",
    with_defaults=False,
    without_films=(Liked(6, "Heat (1995)"),),
    without_years=(Years(1994, 1994), Years(1995, 1999)),
)


@pytest.mark.parametrize("filters", [PLAIN, FULL, Filters(years=Years(None, 1979)), Filters(depth="popular", count=1)])
def test_what_is_kept_reads_back(filters: Filters) -> None:
    assert Filters.from_json(filters.to_json()) == filters


def test_a_list_of_the_days_when_only_its_length_was_kept() -> None:
    assert Filters.from_json('{"n": 7}') == Filters(count=7)
    assert PLAIN.to_json() == '{"n": 10}'
    assert Filters.from_json('{"n": 5, "genres": ["Comedy"], "years": [1990, null], "depth": "deep"}') == Filters(
        ("Comedy",), years=Years(1990, None), depth="deep", count=5
    )


ENDS = st.none() | st.integers(1, 12)
STRETCHES = st.tuples(ENDS, ENDS).filter(lambda ends: None in ends or ends[0] <= ends[1])  # type: ignore[operator]
SPANS = st.lists(STRETCHES.map(lambda ends: Years(*ends)), min_size=1, max_size=4)


@given(SPANS, SPANS)
def test_years_of_several_stretches(some: list[Years], others: list[Years]) -> None:
    def held(*stretches: Years) -> set[int]:
        return {year for year, one in product(range(15), stretches) if (one.first or 0) <= year <= (one.last or 99)}

    one, other = Years.any_of(some), Years.any_of(others)
    assert held(*one.stretches) == held(*some)
    assert held(Years(one.first, one.last)) - held(*(Years(*gap) for gap in one.gaps)) == held(*some)
    common = one.within(other)
    assert held(*(common.stretches if common is not None else ())) == held(*some) & held(*others)
    assert Filters.from_json(Filters(years=one).to_json()).years == one


def test_loosening_takes_one_filter_away() -> None:
    assert FULL.loosened("genres").genres == ()
    assert FULL.loosened("years").years == ANY_YEAR
    assert [part for part in CONSTRAINTS if FULL.has(part)] == list(CONSTRAINTS)
    everything = FULL
    for part in CONSTRAINTS:
        everything = everything.loosened(part)
    assert everything == Filters(depth="deep", count=3, moods=FULL.moods, like=FULL.like, with_defaults=False)
    assert Filters(depth="deep", count=3).admits_all
    assert not everything.is_plain
    assert Filters(count=3).is_plain


def test_two_filters_joined_ask_for_all_that_either_asks_for() -> None:
    assert PLAIN.joined(FULL) == FULL.joined(PLAIN) == FULL.joined(FULL) == FULL
    joined = Filters(("Comedy",), years=Years(1990, 1999)).joined(Filters(("Drama",), years=Years(2000, None)))
    assert joined == Filters(("Comedy", "Drama"), years=Years(2000, None))
