"""A board's buttons mean the same genres whatever else a catalogue comes to hold."""

from dataclasses import replace

import pytest

from bot.boards.query import GENRES, BoardQuery, unwritten, written
from bot.errors import StaleComponentError
from bot.lists.filters import PLAIN, Years

QUERY = BoardQuery(
    "gems",
    filters=replace(
        PLAIN, genres=("Comedy",), every=("Sport", "War"), without=("Horror",), years=Years(1980, 2019, ((1990, 1999),))
    ),
)


def test_genres_are_those_that_were_asked_for_in_any_catalogue() -> None:
    kind, text = written(QUERY)
    for catalogue in ((*GENRES, "Sport"), ("Aardvark", "Comedy", "Horror", "Sport", "War")):
        found = unwritten("gems", text, catalogue)
        assert kind == "gems"
        assert replace(found.filters, every=()) == replace(QUERY.filters, every=())
        assert {*found.filters.every} == {"Sport", "War"}
    with pytest.raises(StaleComponentError):
        unwritten("gems", text, GENRES)


def test_a_button_of_before_reads_its_genres_by_their_place() -> None:
    old = unwritten("films", "1.2.4.7c6.0", ("Action", "Comedy", "Horror"))
    assert old == BoardQuery(
        "films",
        everywhere=True,
        filters=replace(PLAIN, genres=("Comedy",), without=("Horror",), years=Years(1990, None)),
    )
    for text in ("1.8.0.0.0", "1.0.0", "1.-1.0.0.0", "x.0.0.0.0"):
        with pytest.raises(StaleComponentError):
            unwritten("films", text, ("Action", "Comedy", "Horror"))


def test_the_longest_fits_into_a_custom_id() -> None:
    others = tuple(f"Genre {number}" for number in range(99))
    filters = replace(PLAIN, genres=others, every=others, without=others, years=Years(1900, 2019, ((1980, 1999),)))
    kind, text = written(BoardQuery("divisive", filters=filters))
    assert len(f"b1:board_page:{2**63 - 1}:{kind}:{text}:99") <= 100
