"""Genres, years, lengths, people, origins and tags of films as columns."""

import numpy as np

from data import Movie
from data.facets import Facets, Mask


def film(movie_id: int, year: int | None, *genres: str, **facts: object) -> Movie:
    return Movie(movie_id, f"Film {movie_id}", year, genres, f"Film {movie_id}", **facts)  # type: ignore[arg-type]


FACETS = Facets(
    [
        film(7, 1994, "Comedy", "Romance", runtime_min=90, directors=("Nora Ephron",), leads=("Tom Hanks", "Meg Ryan")),
        film(3, 1999, "Drama", runtime_min=150, directors=("Tom Nolan",), ratings_count=5, tags=("prison",)),
        film(9, None, "Comedy", languages=("Korean",), countries=("South Korea",)),
        film(5, 2004, directors=("Christopher Nolan",), ratings_count=900, tags=("twist", "prison")),
        film(1, 1989, "Drama", "Comedy", runtime_min=120, leads=("Tom Hanks",), countries=("France",)),
    ]
)


def ids(kept: Mask) -> list[int]:
    return [int(one) for one in FACETS.ids[kept]]


def test_genres_any_of_them_or_all() -> None:
    assert ids(FACETS.any_of(["Drama", "Romance"])) == [7, 3, 1]
    assert ids(FACETS.all_of(["Drama", "Comedy"])) == [1]
    assert ids(FACETS.all_of([])) == [7, 3, 9, 5, 1]
    assert ids(FACETS.any_of(["Polka"])) == ids(FACETS.all_of(["Polka", "Comedy"])) == ids(FACETS.any_of([])) == []


def test_years_and_lengths_that_are_unknown_are_in_no_range() -> None:
    assert ids(FACETS.dated(1990, 1999)) == [7, 3]
    assert ids(FACETS.dated(1999, None)) == [3, 5]
    assert ids(FACETS.dated(None, 1994)) == [7, 1]
    assert ids(FACETS.lasting(None, 120)) == [7, 1]
    assert ids(FACETS.lasting(120, None)) == [3, 1]
    assert FACETS.has_runtimes
    assert not Facets([film(1, 1990)]).has_runtimes


def test_people_by_what_they_did_and_by_the_end_of_their_name() -> None:
    people = FACETS.people
    assert people.named("nolan", "director") == "Christopher Nolan"  # the best known one
    assert people.named("Tom  NOLAN", "director") == "Tom Nolan"
    assert people.named("hanks", "lead") == "Tom Hanks"
    assert people.named("hanks", "director") is None
    assert people.is_whole("tom hanks", "lead")
    assert not people.is_whole("hanks", "lead")
    assert ids(FACETS.of_person("Tom Hanks", ["director", "lead"])) == [7, 1]
    assert ids(FACETS.of_person("Tom Hanks", ["director"])) == []


def test_any_of_several_people() -> None:
    assert ids(FACETS.any_of_people([("Tom Nolan", ("director",)), ("Meg Ryan", ("lead", "director"))])) == [7, 3]


def test_origins_and_tags() -> None:
    assert ids(FACETS.from_any(["korean", "france"])) == [9, 1]
    assert ids(FACETS.tagged(["prison"])) == [3, 5]
    assert ids(FACETS.tagged(["unheard of"])) == []
    assert len(FACETS.tags) == 2
    much = Facets([film(1, 1994, tags=("a", "b", "c", "d", "e", "violent")), film(2, 1995, tags=("violent",))])
    assert much.ids[much.tagged(["violent"])].tolist() == [2]
    assert much.ids[much.tagged(["violent"], by_few=True)].tolist() == [1, 2]


def test_where_films_come_from_may_be_told_later() -> None:
    facets = Facets([film(1, 1994), film(2, 1995, countries=("France",)), film(3, 1996)])
    assert facets.has_origin.tolist() == [False, True, False]
    facets.tell_origins({3: ("Korean", "South Korea"), 4: ("Thai",)})
    assert facets.from_any(["korean", "france", "thai"]).tolist() == facets.has_origin.tolist() == [False, True, True]
    facets.tell_origins({})
    assert facets.from_any(["korean", "france"]).tolist() == [False, True, False]


def test_decades_that_have_films() -> None:
    assert FACETS.decades() == (1980, 1990, 2000)


def test_no_films() -> None:
    empty = Facets([])
    assert empty.decades() == ()
    assert not empty.people.are_known("director")
    assert empty.ids[empty.any_of(["Comedy"]) & empty.dated(1990, 1999) & empty.tagged(["x"])].tolist() == []


def test_those_that_people_rate_best_stand_highest_and_few_ratings_say_little() -> None:
    facets = Facets(
        [
            film(1, 1990, ratings_count=1000, ratings_mean=3.0),
            film(2, 1990, ratings_count=1, ratings_mean=5.0),
            film(3, 1990, ratings_count=400, ratings_mean=4.5),
            film(4, 2025, source_mean=9.6, source_votes=800_000),
            film(5, 2025, source_mean=4.0, source_votes=800_000),
            film(6, 1990),
            film(7, 1990, ratings_count=2, ratings_mean=5.0, source_mean=4.0, source_votes=800_000),
        ],
        lambda one: 800.0 if one.source_votes else one.ratings_count,
    )
    standing = facets.standing(facets.ids)
    assert facets.ids[np.argsort(-standing)].tolist() == [4, 3, 2, 6, 1, 7, 5]
    assert facets.standing(np.array([6, 5, 3])).tolist() == standing[[5, 4, 2]].tolist()
    assert standing.max() < 5
    assert standing.min() > 2
    assert Facets([]).standing(np.array([], dtype=np.int64)).tolist() == []
