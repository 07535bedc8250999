"""Thousands of random lists: nothing seen, hidden, repeated or unwanted, and never shorter than they must be."""

import random
from dataclasses import replace

import numpy as np

from benchmarks.lists import may_be_listed, people_of, play, random_feedback, random_filters
from bot.lists.choosing import choose, fitting, left
from bot.lists.filters import PLAIN, Filters, Liked, Years
from bot.lists.wishes.everyday import BEST_RATED
from bot.lists.wishes.moods import carriers, nearest
from bot.members.feedback import Feedback
from bot.wiring import Services
from data.facets import Facets
from tests.bot.hostile import film

LISTS = 2_000


async def test_random_lists_and_all_their_more(services: Services) -> None:
    people = people_of(services.dataset.load_ratings())
    counts = play(services.models.serving, services.search.catalogue, people, LISTS).counts
    assert counts.violations == 0
    assert counts.lists == LISTS
    assert min(counts.full, counts.ended) > LISTS // 10


async def test_how_many_are_left_is_what_a_list_could_hold(services: Services) -> None:
    rng, catalogue = random.Random(3), services.search.catalogue
    people = people_of(services.dataset.load_ratings())
    for _ in range(200):
        taste, filters = random_feedback(rng, people, list(catalogue)), random_filters(rng, catalogue)
        shown = rng.sample(list(catalogue), 3)
        allowed = {one for one, movie in catalogue.items() if may_be_listed(movie, taste, filters)}
        assert left(services.models.serving, services.search.facets, taste, filters, shown) == len(allowed - {*shown})


def test_a_mood_is_what_most_say_of_a_film_and_left_out_is_what_anybody_says() -> None:
    tags = ("cult film", "dialogue", "drugs", "crime", "twist", "violent")
    facets = Facets([film("Pulp Fiction", 1, tags=tags), film("Saw", 2, tags=("violent",)), film("Up", 3)])
    assert facets.ids[carriers(facets, "violent")].tolist() == [2]
    assert facets.ids[fitting(facets, Filters(without_moods=("violent",)))].tolist() == [3]


async def test_the_best_rated_are_those_of_what_is_asked_for(services: Services) -> None:
    serving, facets = services.models.serving, services.search.facets
    ids = facets.ids[facets.any_of(["Comedy"])]
    comedies = [one for one in ids[np.argsort(-facets.standing(ids), kind="stable")] if one in serving.model.movie_ids]
    shown: list[int] = []
    while page := choose(serving, facets, Feedback(), Filters(("Comedy",), moods=(BEST_RATED,), count=1), shown):
        assert page[0].movie_id in [one for one in comedies if one not in shown][:2]
        shown.append(page[0].movie_id)
    assert {*shown} == {*comedies}


async def test_near_to_the_acclaimed_are_those_that_people_rate_best(services: Services) -> None:
    model, catalogue = services.models.serving.model, services.search.catalogue
    prized, *others = sorted(catalogue.values(), key=lambda one: one.ratings_mean or 0.0)
    facets = Facets([replace(prized, tags=("oscar",)), *others])
    found = nearest(model, facets, facets.ids, Filters(moods=("acclaimed",), count=3)).tolist()
    learned = [one for one in others if one.movie_id in model.movie_ids]
    best = sorted(learned, key=lambda one: -facets.standing(np.array([one.movie_id]))[0])
    assert found == [prized.movie_id, best[0].movie_id, best[1].movie_id]


def test_the_best_rated_of_all_are_left_out_where_they_are_not_wanted() -> None:
    films = [film(f"Film {n}", n, ratings_count=100, ratings_mean=1 + n / 30) for n in range(1, 81)]
    facets = Facets(films)
    assert facets.ids[~fitting(facets, Filters(without_moods=(BEST_RATED,)))].tolist() == [79, 80]


async def test_a_list_among_some_films_only(services: Services) -> None:
    def ids(filters: Filters) -> set[int]:
        chosen = choose(
            services.models.serving, services.search.facets, Feedback({10: 5.0}), filters, [20], [10, 20, 30, 110, 120]
        )
        return {one.movie_id for one in chosen}

    assert ids(PLAIN) == {30, 110, 120}
    assert ids(Filters(genres=("Romance",))) == {110, 120}


def test_years_that_are_left_out_leave_the_others_and_what_has_none() -> None:
    facets = Facets(film(str(year), n, year) for n, year in enumerate((1979, 1980, 1989, 1994, None)))
    kept = fitting(facets, Filters(without_years=(Years(1980, 1989), Years(1994, 1994))))
    assert facets.ids[kept].tolist() == [0, 4]
    assert facets.ids[fitting(facets, Filters(without_films=(Liked(2, ""),)))].tolist() == [0, 1, 3, 4]
    facets.tell_origins({1: ("English", "United States"), 2: ("Korean", "South Korea")})
    kept = fitting(facets, Filters(without_origins=("American",)))
    assert facets.ids[kept].tolist() == [2], "the others may be American"
