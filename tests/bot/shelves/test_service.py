"""Putting films on the watchlist and hiding them, and taking each step back."""

import pytest

from bot.chat.pages import Page
from bot.movies.search import Choice, UnknownTitleError
from bot.shelves.service import AlreadyRatedError, NotShelvedError, ShelfChangedError, Shelved
from bot.wiring import Services
from data import Movie
from data.store import Shelf, Spot
from data.store.shelves import ShelvedFilm
from tests.shelved import shelve

ALICE, BOB = 111, 222
NOW = 1_700_000_000
HEAT, ALIEN, SABRINA_NEW, SABRINA_OLD = 10, 20, 160, 250


def film(services: Services, movie_id: int = HEAT) -> Movie:
    return services.search.by_id(movie_id)


async def on(services: Services, shelf: Shelf, member: int = ALICE) -> list[int]:
    profile = await services.store.profiles.find(member)
    return [one.movie_id for one in await services.store.shelves.of(profile.user_id, shelf)] if profile else []


async def test_a_film_goes_on_and_off_and_says_whether_anything_changed(services: Services) -> None:
    put = await services.shelves.put(ALICE, "watchlist", film(services).movie_id, NOW)
    assert put == Shelved(film(services), "watchlist", True, put.change_id)
    again = await services.shelves.put(ALICE, "watchlist", film(services).movie_id, NOW + 5)
    assert again == Shelved(film(services), "watchlist", True)
    taken = await services.shelves.take(ALICE, "watchlist", film(services).movie_id, NOW + 6)
    assert (taken.is_on, taken.left) == (False, "watchlist")
    assert (await services.shelves.take(ALICE, "watchlist", film(services).movie_id, NOW + 7)).change_id is None
    assert await on(services, "watchlist") == []


async def test_hiding_takes_a_film_off_the_watchlist_and_undo_puts_it_back_in_its_place(services: Services) -> None:
    for n, movie_id in enumerate((HEAT, ALIEN)):
        await services.shelves.put(ALICE, "watchlist", movie_id, NOW + n)
    hidden = await services.shelves.put(ALICE, "hidden", HEAT, NOW + 9)
    assert hidden.left == "watchlist"
    assert hidden.change_id is not None
    for _ in range(2):
        assert (await on(services, "watchlist"), await on(services, "hidden")) == ([ALIEN], [HEAT])
        await services.journal.undo(ALICE, hidden.change_id)
        assert (await on(services, "watchlist"), await on(services, "hidden")) == ([ALIEN, HEAT], [])
        await services.journal.restore(ALICE, hidden.change_id)


async def test_buttons_of_earlier_versions_go_back_where_nothing_was_changed_since(services: Services) -> None:
    await services.shelves.put(ALICE, "watchlist", HEAT, NOW)
    await services.shelves.put(ALICE, "hidden", HEAT, NOW + 9)
    was, now = Spot("watchlist", NOW), Spot("hidden", NOW + 9)
    with pytest.raises(ShelfChangedError):
        await services.shelves.go_back(ALICE, HEAT, Spot("hidden", NOW), was, NOW + 10)
    assert (await services.shelves.go_back(ALICE, HEAT, now, was, NOW + 10)).shelf == "watchlist"
    assert not (await services.shelves.go_back(ALICE, HEAT, was, None, NOW + 11)).is_on
    assert (await services.shelves.go_back(ALICE, HEAT, None, now, NOW + 12)).shelf == "hidden"
    with pytest.raises(ShelfChangedError):
        await services.shelves.go_back(BOB, HEAT, None, Spot("hidden", 0), NOW)
    assert await services.store.profiles.find(BOB) is None


async def test_putting_a_film_twice_changes_nothing(services: Services) -> None:
    first = await services.shelves.put(ALICE, "hidden", HEAT, NOW)
    again = await services.shelves.put(ALICE, "hidden", HEAT, NOW + 1)
    assert (first.change_id is None, again.change_id is None) == (False, True)
    assert await on(services, "hidden") == [HEAT]


async def test_the_watchlist_takes_no_film_that_was_rated(services: Services) -> None:
    await services.ratings.rate(ALICE, film(services).movie_id, 4.0, NOW)
    with pytest.raises(AlreadyRatedError) as caught:
        await services.shelves.put(ALICE, "watchlist", film(services).movie_id, NOW)
    assert caught.value.stars == 4.0
    assert (await services.shelves.put(ALICE, "hidden", film(services).movie_id, NOW)).change_id


async def test_a_film_is_looked_up_among_those_on_the_shelf(services: Services) -> None:
    for movie_id in (HEAT, SABRINA_OLD):
        await services.shelves.put(ALICE, "watchlist", film(services, movie_id).movie_id, NOW)
    assert await services.shelves.look_up(ALICE, "watchlist", "heat") == film(services)
    assert await services.shelves.look_up(ALICE, "watchlist", "sabrina") == film(services, SABRINA_OLD)
    for text in ("Alien", "Toy Story", "id:20"):
        with pytest.raises(NotShelvedError):
            await services.shelves.look_up(ALICE, "watchlist", text)
    with pytest.raises(NotShelvedError):
        await services.shelves.look_up(BOB, "hidden", "heat")
    with pytest.raises(UnknownTitleError):
        await services.shelves.look_up(ALICE, "watchlist", "qqqqqzzzz")
    await services.shelves.put(ALICE, "watchlist", film(services, SABRINA_NEW).movie_id, NOW)
    found = await services.shelves.look_up(ALICE, "watchlist", "sabrina")
    assert isinstance(found, Choice)
    assert {movie.movie_id for movie in found.candidates} == {SABRINA_NEW, SABRINA_OLD}


async def test_completion_offers_what_is_on_the_shelf(services: Services) -> None:
    for n, movie_id in enumerate((HEAT, ALIEN, SABRINA_NEW, SABRINA_OLD)):
        await services.shelves.put(ALICE, "hidden", film(services, movie_id).movie_id, NOW + n)

    async def offered(text: str, limit: int = 25, member: int = ALICE) -> list[int]:
        return [movie.movie_id for movie in await services.shelves.complete(member, "hidden", text, limit)]

    assert await offered("") == [SABRINA_OLD, SABRINA_NEW, ALIEN, HEAT]
    assert await offered("sab") == [SABRINA_OLD, SABRINA_NEW]
    assert await offered("1954 SABR") == [SABRINA_OLD]
    assert await offered("abrina") == await offered("heat", member=BOB) == []
    assert await offered("", limit=1) == [SABRINA_OLD]


async def test_pages_of_hidden_films(services: Services) -> None:
    for n in range(12):
        await services.shelves.put(ALICE, "hidden", film(services, 10 * (n + 1)).movie_id, NOW + n)
    profile = await services.store.profiles.get_or_create(ALICE, NOW)
    await shelve(services.store, profile.user_id, "hidden", [999_999], NOW)  # of another catalogue
    last = await services.shelves.page(ALICE, "hidden", 7)
    assert (last.page, [movie.movie_id for movie in last.movies]) == (Page(1, 2, 13), [20, 10, 999_999])
    assert (await services.shelves.page(BOB, "hidden", 0)).page == Page(0, 1, 0)
    assert ShelvedFilm(999_999, NOW) in await services.store.shelves.of(profile.user_id, "hidden")
