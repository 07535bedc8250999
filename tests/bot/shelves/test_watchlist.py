"""The watchlist in order, and a pick from it."""

from collections import Counter
from random import Random

import pytest

from bot.chat.pages import Page
from bot.shelves.watchlist import EmptyWatchlistError, WatchlistService
from bot.wiring import Services
from tests.bot.lists.test_service import ALICE, NOW, love

BOB = 222


async def want(services: Services, *movie_ids: int, member: int = ALICE) -> None:
    for n, movie_id in enumerate(movie_ids):
        await services.shelves.put(member, "watchlist", services.search.by_id(movie_id).movie_id, NOW + n)


async def test_the_newest_first_with_what_we_think_of_each(services: Services) -> None:
    await want(services, 200, 100, 90)
    shown = await services.watchlist.page(ALICE, "newest", 0)
    assert (shown.page, [one.movie.movie_id for one in shown.movies]) == (Page(0, 1, 3), [90, 100, 200])
    for one in shown.movies:
        card = await services.movies.card(ALICE, one.movie.movie_id)
        assert (one.stars, one.stars_sd) == pytest.approx((card.predicted, card.predicted_sd))


async def test_the_best_first_is_the_order_of_the_members_list(services: Services) -> None:
    await love(services, "Romance")
    wanted = [90, 200, 100, 190]  # two of each kind
    await want(services, *wanted)
    shown = await services.watchlist.page(ALICE, "best", 0)
    profile = await services.store.profiles.get_or_create(ALICE, NOW)
    ratings = await services.store.ratings.ratings_of(profile.user_id)
    whole = [one.movie_id for one in services.models.serving.model.recommend(ratings, 100)]
    assert [one.movie.movie_id for one in shown.movies] == sorted(wanted, key=whole.index)
    assert {one.movie.movie_id for one in shown.movies[:2]} == {200, 190}


async def test_what_was_rated_is_left_out_until_it_is_unrated(services: Services) -> None:
    await want(services, 10, 20)
    rated = await services.ratings.rate(ALICE, services.search.by_id(10).movie_id, 4.0, NOW)
    shown = await services.watchlist.page(ALICE, "best", 0)
    assert ([one.movie.movie_id for one in shown.movies], shown.rated) == ([20], 1)
    await services.journal.undo(ALICE, rated.change_id)
    shown = await services.watchlist.page(ALICE, "best", 0)
    assert (len(shown.movies), shown.rated) == (2, 0)


async def test_pages(services: Services) -> None:
    await want(services, *range(10, 250, 10))
    shown = await services.watchlist.page(ALICE, "newest", 9)
    assert shown.page == Page(2, 3, 24)
    assert [one.movie.movie_id for one in shown.movies] == [40, 30, 20, 10]
    best = [one for number in range(3) for one in (await services.watchlist.page(ALICE, "best", number)).movies]
    assert {one.movie.movie_id for one in best} == set(range(10, 250, 10))
    assert (await services.watchlist.page(BOB, "best", 0)).page == Page(0, 1, 0)


async def test_a_pick_favours_what_they_would_like(services: Services) -> None:
    await want(services, 10, 120, 210)
    watchlist = WatchlistService(services.search, services.models, services.watchlist._feedback, Random(7))
    best = [one.movie.movie_id for one in (await watchlist.page(ALICE, "best", 0)).movies]
    picks = [await watchlist.pick(ALICE) for _ in range(300)]
    assert {pick.among for pick in picks} == {3}
    counts = Counter(pick.film.movie.movie_id for pick in picks)
    assert [movie_id for movie_id, _ in counts.most_common()] == best
    assert counts[best[0]] == pytest.approx(300 * 6 / 11, abs=40)
    others = [await watchlist.pick(ALICE, best[0]) for _ in range(20)]
    assert {pick.film.movie.movie_id for pick in others} == set(best[1:])


async def test_a_pick_from_one_and_from_none(services: Services) -> None:
    with pytest.raises(EmptyWatchlistError):
        await services.watchlist.pick(ALICE)
    await want(services, 10)
    assert (await services.watchlist.pick(ALICE, 10)).film.movie.movie_id == 10
    await services.ratings.rate(ALICE, services.search.by_id(10).movie_id, 4.0, NOW)
    with pytest.raises(EmptyWatchlistError):
        await services.watchlist.pick(ALICE)
