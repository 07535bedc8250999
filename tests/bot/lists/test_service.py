"""Lists: fold-ins of the ratings as they are now, in a world where people love action or romance, never both."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import StaleComponentError
from bot.lists.filters import LIST_LENGTH, PLAIN, Filters, Liked, Years
from bot.lists.replies import recommendations
from bot.lists.service import Loosening, MovieList
from bot.wiring import Services

ALICE, BOB = 111, 222
NOW = 1_700_000_000
KNOWN = ("Heat", "Alien", "Die Hard", "Speed", "Predator")
OTHER = {"Action": "Romance", "Romance": "Action"}


def ids(films: MovieList) -> list[int]:
    return [one.movie.movie_id for one in films.movies]


async def love(services: Services, genre: str, member: int = ALICE, films: int = 4) -> list[int]:
    """Give five stars to films of one genre and one to as many of the other."""
    rated = []
    for wanted, stars in ((genre, 5.0), (OTHER[genre], 1.0)):
        chosen = [movie for movie in services.search.catalogue.values() if wanted in movie.genres][:films]
        for movie in chosen:
            await services.ratings.rate(member, movie.movie_id, stars, NOW)
            rated.append(movie.movie_id)
    return rated


@pytest.mark.parametrize("genre", ["Action", "Romance"])
async def test_the_list_is_what_the_camp_loves_and_nothing_rated(services: Services, genre: str) -> None:
    rated = await love(services, genre)
    films = await services.lists.make(ALICE, PLAIN, NOW)
    assert films.rated == 8
    assert set(ids(films)).isdisjoint(rated)
    assert [one.rank for one in films.movies] == list(range(1, LIST_LENGTH + 1))
    others = [movie for movie in services.search.catalogue.values() if genre in movie.genres]
    unseen = {movie.movie_id for movie in others} - set(rated)
    assert unseen <= set(ids(films))
    assert set(ids(films)[:3]) <= unseen
    for one in films.movies:
        card = await services.movies.card(ALICE, one.movie.movie_id)
        assert one.stars == pytest.approx(card.predicted)
        assert one.stars_sd == pytest.approx(card.predicted_sd)
        assert one.support == card.support > 0


async def test_the_same_call_gives_the_same_list_until_something_is_rated(services: Services) -> None:
    await love(services, "Action", films=2)
    first, second = await services.lists.make(ALICE, PLAIN, NOW), await services.lists.make(ALICE, PLAIN, NOW + 1)
    assert ids(first) == ids(second)
    assert first.list_id != second.list_id
    await services.ratings.rate(ALICE, first.movies[0].movie.movie_id, 5.0, NOW + 2)
    assert first.movies[0].movie.movie_id not in ids(await services.lists.make(ALICE, PLAIN, NOW + 3))


async def test_somebody_new_gets_a_list(services: Services) -> None:
    films = await services.lists.make(ALICE, PLAIN, NOW)
    assert (len(films.movies), films.rated) == (LIST_LENGTH, 0)


@pytest.mark.parametrize("n", [1, 3, 10])
async def test_as_many_as_asked_for(services: Services, n: int) -> None:
    films = await services.lists.make(ALICE, Filters(count=n), NOW)
    assert len(films.movies) == n
    assert len((await services.lists.more(ALICE, films.list_id)).movies) == n


async def test_a_list_like_a_film_or_of_a_mood_goes_on_past_the_nearest_films(services: Services) -> None:
    heat = next(movie for movie in services.search.catalogue.values() if movie.title == "Heat")
    like = await services.lists.make(ALICE, Filters(like=(Liked(heat.movie_id, heat.label),), count=3), NOW)
    assert all("Action" in one.movie.genres for one in like.movies)
    assert heat.movie_id not in ids(like)
    mood = await services.lists.make(ALICE, Filters(moods=("slapstick",), count=5), NOW)
    assert all("Comedy" in one.movie.genres for one in mood.movies)  # without tags a mood goes by genres
    pages = [mood]
    while (more := await services.lists.more(ALICE, mood.list_id)).movies:
        pages.append(more)
    seen = [one for page in pages for one in ids(page)]
    assert len(seen) == len({*seen}) == len(services.search.catalogue)
    lines = [one for page in pages for one in page.movies]
    assert [one.is_close for one in lines] == ["Comedy" not in one.movie.genres for one in lines]
    assert [one.is_close for one in lines] == sorted(one.is_close for one in lines)


# More


async def test_more_goes_through_the_whole_catalogue_without_repeating(services: Services) -> None:
    first = await services.lists.make(ALICE, PLAIN, NOW)
    shown = ids(first)
    while True:
        more = await services.lists.more(ALICE, first.list_id)
        if not more.movies:
            break
        assert more.movies[0].rank == len(shown) + 1
        shown += ids(more)
    assert len(shown) == len(set(shown)) == len(services.search.catalogue)


async def test_more_leaves_out_what_was_rated_since(services: Services) -> None:
    first = await services.lists.make(ALICE, Filters(count=3), NOW)
    following = await services.lists.make(ALICE, Filters(count=6), NOW)
    next_one = following.movies[3].movie
    await services.ratings.rate(ALICE, next_one.movie_id, 0.5, NOW + 1)
    more = await services.lists.more(ALICE, first.list_id)
    assert set(ids(more)).isdisjoint({*ids(first), next_one.movie_id})


async def test_two_presses_at_once_show_nothing_twice(services: Services) -> None:
    first = await services.lists.make(ALICE, Filters(count=3), NOW)
    one, other = await asyncio.gather(*(services.lists.more(ALICE, first.list_id) for _ in range(2)))
    assert set(ids(one)).isdisjoint(ids(other))


async def test_only_its_owner_goes_on_with_a_list(services: Services) -> None:
    first = await services.lists.make(ALICE, PLAIN, NOW)
    await services.lists.make(BOB, PLAIN, NOW)
    for member in (BOB, 333):
        with pytest.raises(StaleComponentError):
            await services.lists.more(member, first.list_id)
    with pytest.raises(StaleComponentError):
        await services.lists.more(ALICE, 10**9)


async def test_lists_shown_long_ago_are_forgotten(services: Services) -> None:
    old = await services.lists.make(ALICE, PLAIN, NOW)
    await services.operating.tidy(NOW + 181 * 86_400, [])
    with pytest.raises(StaleComponentError):
        await services.lists.more(ALICE, old.list_id)


async def test_films_outside_the_catalogue_are_never_listed(services: Services) -> None:
    """As with a model trained on a larger data set than the one in use."""
    hidden = ids(await services.lists.make(ALICE, Filters(count=3), NOW))
    services.models.serving = replace(services.models.serving, outside_catalogue=tuple(hidden))
    first = await services.lists.make(ALICE, PLAIN, NOW)
    more = await services.lists.more(ALICE, first.list_id)
    assert set(hidden).isdisjoint({*ids(first), *ids(more)})


# Filters


async def test_a_list_says_what_would_fill_it(services: Services) -> None:
    empty = await services.lists.make(ALICE, Filters(("Romance",), years=Years(1954, 1954)), NOW)
    assert empty.movies == ()
    assert empty.loosen == Loosening("years", 10)
    empty = await services.lists.make(ALICE, Filters(("Comedy",), years=Years(1900, 1960), source="watchlist"), NOW)
    assert empty.loosen == Loosening("source", 1)
    empty = await services.lists.make(ALICE, Filters(("Romance",), source="watchlist", years=Years(1954, 1954)), NOW)
    assert empty.loosen is None


async def test_the_watchlist_as_a_source(services: Services) -> None:
    for movie_id in (10, 20, 30):
        await services.shelves.put(ALICE, "watchlist", services.search.by_id(movie_id).movie_id, NOW)
    await services.ratings.rate(ALICE, services.search.by_id(20).movie_id, 4.0, NOW)
    films = await services.lists.make(ALICE, Filters(source="watchlist"), NOW)
    assert set(ids(films)) == {10, 30}
    assert (await services.lists.more(ALICE, films.list_id)).loosen == Loosening("source", 22)


async def test_what_is_hidden_is_on_no_list_until_it_is_not(services: Services) -> None:
    first = await services.lists.make(ALICE, PLAIN, NOW)
    film = first.movies[0].movie
    await services.shelves.put(ALICE, "hidden", film.movie_id, NOW)
    assert film.movie_id not in ids(await services.lists.make(ALICE, PLAIN, NOW))
    await services.shelves.take(ALICE, "hidden", film.movie_id, NOW)
    assert ids(await services.lists.make(ALICE, PLAIN, NOW)) == ids(first)


async def test_reasons_name_what_was_liked_or_only_seen(services: Services) -> None:
    assert all(one.because is None for one in (await services.lists.make(ALICE, PLAIN, NOW)).movies)
    rated = await love(services, "Action")
    reasons = [one.because for one in (await services.lists.make(ALICE, PLAIN, NOW)).movies]
    assert any(reasons)
    for because in reasons:
        assert because is None or because.movie.movie_id in rated
        assert because is None or because.is_liked == ("Action" in because.movie.genres)


async def test_the_films_of_one_message(services: Services) -> None:
    first = await services.lists.make(ALICE, Filters(count=3), NOW)
    more = await services.lists.more(ALICE, first.list_id)
    assert [one.movie_id for one in await services.lists.page(ALICE, first.list_id, 0)] == ids(first)
    assert [one.movie_id for one in await services.lists.page(ALICE, first.list_id, 3)] == ids(more)
    with pytest.raises(StaleComponentError):
        await services.lists.page(ALICE, first.list_id, 6)


async def test_films_somebody_knows_are_listed_where_they_are_asked_for(services: Services) -> None:
    heat, alien, die_hard, speed, predator, titanic = (
        one.movie_id for one in services.search.catalogue.values() if one.title in (*KNOWN, "Titanic")
    )
    for at, (movie_id, stars) in enumerate(((alien, 5.0), (heat, 5.0), (die_hard, 4.0), (titanic, 1.0))):
        await services.ratings.rate(ALICE, movie_id, stars, NOW + at)
    await services.shelves.put(ALICE, "seen", speed, NOW)
    await services.shelves.put(ALICE, "watchlist", predator, NOW)
    known = await services.lists.make(ALICE, Filters(seen="seen", count=3), NOW)
    assert ids(known)[:2] == [alien, heat]  # as many stars, and longer ago
    assert (known.movies[0].stars, known.movies[0].own, known.movies[0].is_known) == (5.0, 5.0, True)
    known = replace(known, movies=(*known.movies, *(await services.lists.more(ALICE, known.list_id)).movies))
    assert {*ids(known)} == {heat, alien, die_hard, speed}  # not what was disliked
    assert next(one for one in known.movies if one.movie.movie_id == speed).own is None
    text = str(recommendations(replace(known, movies=known.movies[:3]), "!").layout.to_components())
    assert "## Films you know'" in text
    assert "your own stars" in text
    mixed = await services.lists.make(ALICE, Filters(("Action",), seen="any", count=6), NOW)
    assert [one.is_known for one in mixed.movies] == [False, True] * 3
    assert ids(mixed)[1::2] == ids(known)[:3]
    no_list = await services.lists.make(ALICE, Filters(("Romance",), seen="seen"), NOW)
    assert (no_list.movies, no_list.loosen and no_list.loosen.part) == ((), "seen")
    elsewhere = await services.lists.make(ALICE, Filters(("Action",), source="not on watchlist"), NOW)
    assert predator not in ids(elsewhere)
    assert len(ids(elsewhere)) == 10 - 5
