"""Films in the store: taken in from a data set, named when they are gone, added by hand."""

from pathlib import Path

import pytest

from data import Movie
from data.store import RETRAIN_WANTED, Store
from tests.data.store.old_databases import rows_in

HEAT = Movie(6, "Heat", 1995, ("Action", "Crime"), "Heat (1995)", imdb_id=113277, tmdb_id=949)
MATRIX = Movie(3, "The Matrix", 1999, ("Sci-Fi",), "Matrix, The (1999)", imdb_id=133093)
LATER = Movie(200_001, "Oppenheimer", 2023, ("Drama",), "Oppenheimer (2023)", imdb_id=15398776)
OWN_ID = 115_398_776


async def test_a_data_set_is_taken_in_once(store: Store) -> None:
    assert await store.films.take_in("a", [HEAT, MATRIX]) is not None
    mark = await store.films.mark()
    assert mark
    assert await store.films.take_in("a", []) is None
    assert await store.films.mark() == mark
    assert await store.films.known() == ()
    assert (await store.films.counts()).dataset == 2
    assert await store.facts.get(RETRAIN_WANTED) is None  # the first training comes by itself


async def test_a_film_that_a_new_data_set_lacks_keeps_its_name_and_comes_back(store: Store) -> None:
    await store.films.take_in("a", [HEAT, MATRIX])
    await store.films.take_in("b", [MATRIX])
    (former,) = await store.films.known()
    assert (former.label, former.genres, former.imdb_id, former.is_former) == ("Heat (1995)", HEAT.genres, 113277, True)
    assert (await store.films.counts()).former == 1
    assert await store.facts.get(RETRAIN_WANTED) is not None
    await store.films.take_in("a", [HEAT, MATRIX])
    assert await store.films.known() == ()


async def test_a_data_set_without_links_takes_no_number_away(store: Store, path: Path) -> None:
    await store.films.take_in("a", [HEAT])
    await store.films.take_in("b", [Movie(6, "Heat", 1995, (), "Heat (1995)")])
    assert [row[11:13] for row in rows_in(path)["films"]] == [(113277, 949)]


async def test_a_film_added_by_hand_has_the_id_of_its_imdb_number(store: Store) -> None:
    assert await store.films.add("Oppenheimer", 2023, ["Drama"], 15398776) == (OWN_ID, True)
    assert await store.films.add("Oppenheimer", 2023, ["Drama", "History"], 15398776) == (OWN_ID, False)
    (film,) = await store.films.known()
    assert (film.label, film.genres, film.source, film.is_former) == (
        "Oppenheimer (2023)",
        ("Drama", "History"),
        "hand",
        False,
    )
    assert await store.facts.get(RETRAIN_WANTED) is not None


async def test_a_film_without_a_number_gets_one_later(store: Store, ann: int) -> None:
    first, _ = await store.films.add("My Home Movie", 2024, [], None)
    second, _ = await store.films.add("Another", 2024, [], None)
    assert (first, second) == (2_000_000_000, 2_000_000_001)
    assert await store.films.add("My Home Movie", 2024, [], None) == (first, False)
    await store.ratings.rate(ann, [(first, 4.0)], 5)
    assert await store.films.add("My Home Movie", 2024, [], 77) == (100_000_077, False)
    assert await store.ratings.ratings_of(ann) == {100_000_077: 4.0}
    assert [film.movie_id for film in await store.films.known()] == [100_000_077, second]


async def test_a_film_that_the_data_set_has_is_not_added_again(store: Store) -> None:
    await store.films.take_in("a", [HEAT])
    assert await store.films.add("Heat", 1995, ["Action"], 113277) == (6, False)
    assert await store.films.known() == ()


async def test_what_was_kept_about_our_own_moves_when_a_data_set_has_the_film(store: Store, ann: int) -> None:
    await store.films.take_in("a", [HEAT])
    await store.films.add("Oppenheimer", 2023, ["Drama"], 15398776)
    await store.ratings.rate(ann, [(OWN_ID, 4.5)], 5, guesses={OWN_ID: 4.0})
    twin = Movie(200_002, "Oppenheimer", 2023, (), "Oppenheimer (2023)", imdb_id=15398776, ratings_count=3)
    taken = await store.films.take_in("b", [HEAT, LATER, twin])
    assert taken is not None
    assert taken.moved == {OWN_ID: 200_002}  # the better known of the two that the data set lists
    assert await store.ratings.ratings_of(ann) == {200_002: 4.5}
    await store.films.take_in("a", [HEAT])  # and back
    assert {film.movie_id: film.label for film in await store.films.known()} == {
        200_001: "Oppenheimer (2023)",
        200_002: "Oppenheimer (2023)",
    }


@pytest.mark.parametrize("number", [0, 2**31])
async def test_no_film_has_a_number_that_no_other_program_takes(store: Store, number: int) -> None:
    with pytest.raises(Exception, match="CHECK constraint"):
        await store.films.take_in("a", [Movie(number, "x", 2000, (), "x (2000)")])
