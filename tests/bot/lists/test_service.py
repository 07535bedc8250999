"""Lists: fold-ins of the ratings as they are now, in a world where people love action or romance, never both."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import StaleComponentError
from bot.lists.filters import LIST_LENGTH, PLAIN, Filters, Years
from bot.lists.service import FilmList, Loosening
from bot.wiring import Household

ALICE, BOB = 111, 222
NOW = 1_700_000_000
OTHER = {"Action": "Romance", "Romance": "Action"}


def ids(films: FilmList) -> list[int]:
    return [one.movie.movie_id for one in films.films]


async def love(house: Household, genre: str, member: int = ALICE, films: int = 4) -> list[int]:
    """Give five stars to films of one genre and one to as many of the other."""
    rated = []
    for wanted, stars in ((genre, 5.0), (OTHER[genre], 1.0)):
        chosen = [movie for movie in house.films.catalogue.values() if wanted in movie.genres][:films]
        for movie in chosen:
            await house.rating.rate(member, movie, stars, NOW)
            rated.append(movie.movie_id)
    return rated


@pytest.mark.parametrize("genre", ["Action", "Romance"])
async def test_the_list_is_what_the_camp_loves_and_nothing_rated(house: Household, genre: str) -> None:
    rated = await love(house, genre)
    films = await house.listing.make(ALICE, PLAIN, NOW)
    assert films.rated == 8
    assert set(ids(films)).isdisjoint(rated)
    assert [one.rank for one in films.films] == list(range(1, LIST_LENGTH + 1))
    others = [movie for movie in house.films.catalogue.values() if genre in movie.genres]
    unseen = {movie.movie_id for movie in others} - set(rated)
    assert set(ids(films)[: len(unseen)]) == unseen
    for one in films.films:
        card = await house.recommending.card(ALICE, one.movie)
        assert one.stars == pytest.approx(card.predicted)
        assert one.stars_sd == pytest.approx(card.predicted_sd)
        assert one.support == card.support > 0


async def test_the_same_call_gives_the_same_list_until_something_is_rated(house: Household) -> None:
    await love(house, "Action", films=2)
    first, second = await house.listing.make(ALICE, PLAIN, NOW), await house.listing.make(ALICE, PLAIN, NOW + 1)
    assert ids(first) == ids(second)
    assert first.list_id != second.list_id
    await house.rating.rate(ALICE, first.films[0].movie, 5.0, NOW + 2)
    assert first.films[0].movie.movie_id not in ids(await house.listing.make(ALICE, PLAIN, NOW + 3))


async def test_somebody_new_gets_a_list(house: Household) -> None:
    films = await house.listing.make(ALICE, PLAIN, NOW)
    assert (len(films.films), films.rated) == (LIST_LENGTH, 0)


@pytest.mark.parametrize("n", [1, 3, 10])
async def test_as_many_as_asked_for(house: Household, n: int) -> None:
    films = await house.listing.make(ALICE, Filters(count=n), NOW)
    assert len(films.films) == n
    assert len((await house.listing.more(ALICE, films.list_id)).films) == n


# More


async def test_more_goes_through_the_whole_catalogue_without_repeating(house: Household) -> None:
    first = await house.listing.make(ALICE, PLAIN, NOW)
    shown = ids(first)
    while True:
        more = await house.listing.more(ALICE, first.list_id)
        if not more.films:
            break
        assert more.films[0].rank == len(shown) + 1
        shown += ids(more)
    assert len(shown) == len(set(shown)) == len(house.films.catalogue)


async def test_more_leaves_out_what_was_rated_since(house: Household) -> None:
    first = await house.listing.make(ALICE, Filters(count=3), NOW)
    following = await house.listing.make(ALICE, Filters(count=6), NOW)
    next_one = following.films[3].movie
    await house.rating.rate(ALICE, next_one, 0.5, NOW + 1)
    more = await house.listing.more(ALICE, first.list_id)
    assert set(ids(more)).isdisjoint({*ids(first), next_one.movie_id})


async def test_two_presses_at_once_show_nothing_twice(house: Household) -> None:
    first = await house.listing.make(ALICE, Filters(count=3), NOW)
    one, other = await asyncio.gather(*(house.listing.more(ALICE, first.list_id) for _ in range(2)))
    assert set(ids(one)).isdisjoint(ids(other))


async def test_only_its_owner_goes_on_with_a_list(house: Household) -> None:
    first = await house.listing.make(ALICE, PLAIN, NOW)
    await house.listing.make(BOB, PLAIN, NOW)
    for member in (BOB, 333):
        with pytest.raises(StaleComponentError):
            await house.listing.more(member, first.list_id)
    with pytest.raises(StaleComponentError):
        await house.listing.more(ALICE, 10**9)


async def test_lists_shown_long_ago_are_forgotten(house: Household) -> None:
    old = await house.listing.make(ALICE, PLAIN, NOW)
    await house.tidy(NOW + 181 * 86_400)
    with pytest.raises(StaleComponentError):
        await house.listing.more(ALICE, old.list_id)


async def test_films_outside_the_catalogue_are_never_listed(house: Household) -> None:
    """As with a model trained on a larger data set than the one in use."""
    hidden = ids(await house.listing.make(ALICE, Filters(count=3), NOW))
    house.shelf._serving = replace(house.shelf.serving, outside_catalogue=tuple(hidden))
    first = await house.listing.make(ALICE, PLAIN, NOW)
    more = await house.listing.more(ALICE, first.list_id)
    assert set(hidden).isdisjoint({*ids(first), *ids(more)})


# Filters


async def test_a_list_says_what_would_fill_it(house: Household) -> None:
    empty = await house.listing.make(ALICE, Filters(("Romance",), years=Years(1954, 1954)), NOW)
    assert empty.films == ()
    assert empty.loosen == Loosening("years", 10)
    empty = await house.listing.make(ALICE, Filters(("Comedy",), years=Years(1900, 1960), source="watchlist"), NOW)
    assert empty.loosen == Loosening("source", 1)
    empty = await house.listing.make(ALICE, Filters(("Romance",), source="watchlist", years=Years(1954, 1954)), NOW)
    assert empty.loosen is None


async def test_the_watchlist_as_a_source(house: Household) -> None:
    for movie_id in (10, 20, 30):
        await house.shelves.put(ALICE, "watchlist", house.films.by_id(movie_id), NOW)
    await house.rating.rate(ALICE, house.films.by_id(20), 4.0, NOW)
    films = await house.listing.make(ALICE, Filters(source="watchlist"), NOW)
    assert set(ids(films)) == {10, 30}
    assert (await house.listing.more(ALICE, films.list_id)).loosen == Loosening("source", 22)


async def test_what_is_hidden_is_on_no_list_until_it_is_not(house: Household) -> None:
    first = await house.listing.make(ALICE, PLAIN, NOW)
    film = first.films[0].movie
    await house.shelves.put(ALICE, "hidden", film, NOW)
    assert film.movie_id not in ids(await house.listing.make(ALICE, PLAIN, NOW))
    await house.shelves.take(ALICE, "hidden", film, NOW)
    assert ids(await house.listing.make(ALICE, PLAIN, NOW)) == ids(first)


async def test_reasons_name_what_was_liked_or_only_seen(house: Household) -> None:
    assert all(one.because is None for one in (await house.listing.make(ALICE, PLAIN, NOW)).films)
    rated = await love(house, "Action")
    reasons = [one.because for one in (await house.listing.make(ALICE, PLAIN, NOW)).films]
    assert any(reasons)
    for because in reasons:
        assert because is None or because.movie.movie_id in rated
        assert because is None or because.is_liked == ("Action" in because.movie.genres)


async def test_the_films_of_one_message(house: Household) -> None:
    first = await house.listing.make(ALICE, Filters(count=3), NOW)
    more = await house.listing.more(ALICE, first.list_id)
    assert [one.movie_id for one in await house.listing.page(ALICE, first.list_id, 0)] == ids(first)
    assert [one.movie_id for one in await house.listing.page(ALICE, first.list_id, 3)] == ids(more)
    with pytest.raises(StaleComponentError):
        await house.listing.page(ALICE, first.list_id, 6)
