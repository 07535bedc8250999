"""Thousands of random lists: nothing seen, hidden, repeated or unwanted, and never shorter than they must be."""

import random
from collections.abc import Sequence

from bot.services.choosing import choose, left
from bot.services.filters import ANY_YEAR, Filters, Years
from bot.services.household import Household
from bot.services.tastes import Taste
from data import Movie

LISTS = 2_000


def some(rng: random.Random, ids: Sequence[int], most: int) -> list[int]:
    return rng.sample(ids, rng.randint(0, most))


def random_taste(rng: random.Random, ids: Sequence[int]) -> Taste:
    def stars(films: list[int]) -> dict[int, float]:
        return {film: rng.randint(1, 10) / 2 for film in films}

    return Taste(
        rated=stars(some(rng, ids, 15)),
        adopted=stars(some(rng, ids, 5)),
        hidden=frozenset(some(rng, ids, 6)),
        watchlist=tuple(some(rng, ids, 12)),
    )


def random_filters(rng: random.Random, genres: Sequence[str]) -> Filters:
    first, last = sorted((rng.randint(1994, 2020), rng.randint(1994, 2020)))
    years = rng.choice([ANY_YEAR, ANY_YEAR, Years(first, last), Years(first, None), Years(None, last)])
    return Filters(
        genres=tuple(some(rng, genres, 2)),
        without=tuple(some(rng, genres, 1)),
        years=years,
        depth=rng.choice(["popular", "balanced", "deep"]),
        source=rng.choice(["all", "all", "watchlist"]),
        count=rng.randint(1, 10),
    )


def may_be_listed(movie: Movie, taste: Taste, filters: Filters) -> bool:
    """By the words of the contract, film by film."""
    first = filters.years.first if filters.years.first is not None else -1
    last = filters.years.last if filters.years.last is not None else 9999
    return (
        movie.movie_id not in {*taste.rated, *taste.adopted, *taste.hidden}
        and (not filters.genres or any(genre in filters.genres for genre in movie.genres))
        and not any(genre in filters.without for genre in movie.genres)
        and (filters.years == ANY_YEAR or (movie.year is not None and first <= movie.year <= last))
        and (filters.source == "all" or movie.movie_id in taste.watchlist)
    )


async def test_random_lists_and_all_their_more(house: Household) -> None:
    rng = random.Random(11)
    serving, films = house.shelf.serving, house.films
    ids, genres = list(films.catalogue), films.catalogue.genres
    made = full = 0
    while made < LISTS:
        taste, filters = random_taste(rng, ids), random_filters(rng, genres)
        shown: list[int] = []
        for _ in range(rng.randint(1, 4)):
            allowed = {one for one, movie in films.catalogue.items() if may_be_listed(movie, taste, filters)}
            allowed -= set(shown)
            chosen = [one.movie_id for one in choose(serving, films.facets, taste, filters, shown)]
            assert set(chosen) <= allowed
            assert len(set(chosen)) == len(chosen) == min(filters.count, len(allowed))
            assert left(serving, films.facets, taste, filters, shown) == len(allowed)
            full += len(chosen) == filters.count
            shown += chosen
            made += 1
    assert full > LISTS // 5
