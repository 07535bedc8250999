"""Putting films on the watchlist and hiding them, and taking each step back."""

import pytest

from bot.chat.pages import Page
from bot.errors import AlreadyRatedError, NotShelvedError, ShelfChangedError, UnknownTitleError
from bot.movies.search import Choice
from bot.shelves.service import Shelved
from bot.wiring import Household
from data import Movie
from data.store import Shelf, ShelvedFilm, Spot
from tests.shelved import shelve

ALICE, BOB = 111, 222
NOW = 1_700_000_000
HEAT, ALIEN, SABRINA_NEW, SABRINA_OLD = 10, 20, 160, 250


def film(house: Household, movie_id: int = HEAT) -> Movie:
    return house.films.by_id(movie_id)


async def on(house: Household, shelf: Shelf, member: int = ALICE) -> list[int]:
    profile = await house.store.profiles.find(member)
    return [one.movie_id for one in await house.store.shelves.of(profile.user_id, shelf)] if profile else []


async def take_back(house: Household, result: Shelved) -> Shelved:
    return await house.shelves.undo(ALICE, result.movie, result.now, result.before)


async def test_a_film_goes_on_and_off_and_says_whether_anything_changed(house: Household) -> None:
    put = await house.shelves.put(ALICE, "watchlist", film(house), NOW)
    assert put == Shelved(film(house), "watchlist", True, True, None, Spot("watchlist", NOW))
    again = await house.shelves.put(ALICE, "watchlist", film(house), NOW + 5)
    assert (again.changed, again.now) == (False, Spot("watchlist", NOW))
    taken = await house.shelves.take(ALICE, "watchlist", film(house), NOW + 6)
    assert (taken.is_on, taken.changed, taken.before) == (False, True, Spot("watchlist", NOW))
    assert not (await house.shelves.take(ALICE, "watchlist", film(house), NOW + 7)).changed
    assert await on(house, "watchlist") == []


async def test_hiding_takes_a_film_off_the_watchlist_and_undo_puts_it_back_in_its_place(house: Household) -> None:
    for n, movie_id in enumerate((HEAT, ALIEN)):
        await house.shelves.put(ALICE, "watchlist", film(house, movie_id), NOW + n)
    hidden = await house.shelves.put(ALICE, "hidden", film(house), NOW + 9)
    assert (await on(house, "watchlist"), await on(house, "hidden")) == ([ALIEN], [HEAT])
    undone = await take_back(house, hidden)
    assert (undone.shelf, undone.is_on) == ("watchlist", True)
    assert (await on(house, "watchlist"), await on(house, "hidden")) == ([ALIEN, HEAT], [])
    restored = await take_back(house, undone)
    assert (restored.shelf, restored.is_on, await on(house, "hidden")) == ("hidden", True, [HEAT])


async def test_a_step_is_not_taken_back_over_a_later_one(house: Household) -> None:
    put = await house.shelves.put(ALICE, "watchlist", film(house), NOW)
    assert (await take_back(house, put)).is_on is False
    assert (await take_back(house, put)).is_on is False, "a second press of the same button"
    await house.shelves.put(ALICE, "hidden", film(house), NOW + 9)
    with pytest.raises(ShelfChangedError):
        await take_back(house, put)
    assert await on(house, "hidden") == [HEAT]
    with pytest.raises(ShelfChangedError):
        await house.shelves.undo(BOB, film(house), None, Spot("hidden", 0))
    assert await house.store.profiles.find(BOB) is None


async def test_putting_a_film_twice_changes_nothing(house: Household) -> None:
    first = await house.shelves.put(ALICE, "hidden", film(house), NOW)
    again = await house.shelves.put(ALICE, "hidden", film(house), NOW + 1)
    assert (first.changed, again.changed) == (True, False)
    assert again.now == first.now == Spot("hidden", NOW)
    assert not (await house.shelves.undo(ALICE, film(house), again.now, None)).is_on
    assert await on(house, "hidden") == []


async def test_the_watchlist_takes_no_film_that_was_rated(house: Household) -> None:
    await house.rating.rate(ALICE, film(house), 4.0, NOW)
    with pytest.raises(AlreadyRatedError) as caught:
        await house.shelves.put(ALICE, "watchlist", film(house), NOW)
    assert caught.value.stars == 4.0
    assert (await house.shelves.put(ALICE, "hidden", film(house), NOW)).changed


async def test_a_film_is_looked_up_among_those_on_the_shelf(house: Household) -> None:
    for movie_id in (HEAT, SABRINA_OLD):
        await house.shelves.put(ALICE, "watchlist", film(house, movie_id), NOW)
    assert await house.shelves.look_up(ALICE, "watchlist", "heat") == film(house)
    assert await house.shelves.look_up(ALICE, "watchlist", "sabrina") == film(house, SABRINA_OLD)
    for text in ("Alien", "Toy Story", "id:20"):
        with pytest.raises(NotShelvedError):
            await house.shelves.look_up(ALICE, "watchlist", text)
    with pytest.raises(NotShelvedError):
        await house.shelves.look_up(BOB, "hidden", "heat")
    with pytest.raises(UnknownTitleError):
        await house.shelves.look_up(ALICE, "watchlist", "qqqqqzzzz")
    await house.shelves.put(ALICE, "watchlist", film(house, SABRINA_NEW), NOW)
    found = await house.shelves.look_up(ALICE, "watchlist", "sabrina")
    assert isinstance(found, Choice)
    assert {movie.movie_id for movie in found.candidates} == {SABRINA_NEW, SABRINA_OLD}


async def test_completion_offers_what_is_on_the_shelf(house: Household) -> None:
    for n, movie_id in enumerate((HEAT, ALIEN, SABRINA_NEW, SABRINA_OLD)):
        await house.shelves.put(ALICE, "hidden", film(house, movie_id), NOW + n)

    async def offered(text: str, limit: int = 25, member: int = ALICE) -> list[int]:
        return [movie.movie_id for movie in await house.shelves.complete(member, "hidden", text, limit)]

    assert await offered("") == [SABRINA_OLD, SABRINA_NEW, ALIEN, HEAT]
    assert await offered("sab") == [SABRINA_OLD, SABRINA_NEW]
    assert await offered("1954 SABR") == [SABRINA_OLD]
    assert await offered("abrina") == await offered("heat", member=BOB) == []
    assert await offered("", limit=1) == [SABRINA_OLD]


async def test_pages_of_hidden_films(house: Household) -> None:
    for n in range(12):
        await house.shelves.put(ALICE, "hidden", film(house, 10 * (n + 1)), NOW + n)
    profile = await house.store.profiles.get_or_create(ALICE, NOW)
    await shelve(house.store, profile.user_id, "hidden", [999_999], NOW)  # of another catalogue
    last = await house.shelves.hidden(ALICE, 7)
    assert (last.page, [movie.movie_id for movie in last.movies]) == (Page(1, 2, 12), [20, 10])
    assert (await house.shelves.hidden(BOB, 0)).page == Page(0, 1, 0)
    assert ShelvedFilm(999_999, NOW) in await house.store.shelves.of(profile.user_id, "hidden")
