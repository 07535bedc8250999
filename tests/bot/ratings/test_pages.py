"""Pages of ratings, one's own and those of others."""

from dataclasses import replace

import pytest

from bot.chat.pages import PAGE, Page
from bot.members import HiddenProfileError
from bot.ratings.service import RatedMovie, RatingsPage
from bot.wiring import Services

ALICE, BOB = 111, 222
NOW = 1_700_000_000


async def rate(services: Services, films: int, member: int = ALICE) -> None:
    """Rate the first films of the catalogue, a second apart."""
    profile = await services.store.profiles.get_or_create(member, NOW)
    for n in range(films):
        await services.store.ratings.rate(profile.user_id, [(10 * (n + 1), 0.5 + (n % 10) / 2)], NOW + n)


async def page(services: Services, number: int, order: str = "newest", owner: int = ALICE) -> RatingsPage:
    return await services.ratings.page(owner, owner, order, number, in_guild=True)  # type: ignore[arg-type]


async def test_pages_of_ratings(services: Services) -> None:
    await rate(services, 13)
    newest = await page(services, 0)
    assert newest.page == Page(0, 2, 13)
    assert len(newest.rows) == PAGE
    assert newest.rows[0] == RatedMovie(services.search.by_id(130), 1.5, NOW + 12)
    last = await page(services, 99)
    assert (last.page.number, len(last.rows)) == (1, 3)
    assert await page(services, -5) == newest
    highest = [row.stars for row in (await page(services, 0, "highest")).rows]
    assert highest == sorted(highest, reverse=True)
    empty = await page(services, 0, owner=BOB)
    assert (empty.page, empty.rows) == (Page(0, 1, 0), ())


async def test_a_film_the_catalogue_has_no_more_keeps_its_line(services: Services) -> None:
    profile = await services.store.profiles.get_or_create(ALICE, NOW)
    await services.store.ratings.rate(profile.user_id, [(999_999, 4.0)], NOW)
    assert [row.movie.label for row in (await page(services, 0)).rows] == ["Film 999999"]


async def test_pages_of_others_are_for_members_of_the_same_server(services: Services) -> None:
    await rate(services, 1)
    seen = await services.ratings.page(BOB, ALICE, "newest", 0, in_guild=True)
    assert replace(seen, owner_id=ALICE) == await page(services, 0)
    with pytest.raises(HiddenProfileError):
        await services.ratings.page(BOB, ALICE, "newest", 0, in_guild=False)
    with pytest.raises(HiddenProfileError):
        await services.ratings.page(ALICE, BOB, "newest", 0, in_guild=True)
    assert (await services.ratings.page(ALICE, ALICE, "newest", 0, in_guild=False)).page.total == 1


async def test_ten_thousand_ratings(services: Services) -> None:
    profile = await services.store.profiles.get_or_create(ALICE, NOW)
    await services.store.ratings.rate(profile.user_id, [(movie_id, 4.0) for movie_id in range(10_000)], NOW)
    last = await page(services, 999)
    assert (last.page, len(last.rows)) == (Page(999, 1_000, 10_000), PAGE)
    assert last.rows[-1].movie.movie_id == 9_999
