"""What a rating does to the lists."""

import pytest

from bot.lists import PLAIN
from bot.members import Feedback
from bot.ratings.impact import impact
from bot.wiring import Services
from tests.bot.lists.test_service import ALICE, NOW, ids, love


async def test_the_impact_of_a_rating(services: Services) -> None:
    await love(services, "Action", films=2)
    film = services.search.by_id(90)
    profile = await services.store.profiles.find(ALICE)
    assert profile is not None
    before = await services.store.ratings.ratings_of(profile.user_id)
    caused = impact(
        services.models.serving,
        services.search,
        Feedback(before),
        Feedback(before | {90: 5.0}),
        [90, next(iter(before))],
    )
    assert set(caused.guesses) == {90}  # no guess for what was rated already
    assert caused.guesses[90] == pytest.approx((await services.movies.card(ALICE, film.movie_id)).predicted)
    assert any(one.was is None for one in caused.moves)  # the rated film's place is free
    assert film not in [one.movie for one in caused.moves]
    assert all(one.was is None or one.now < one.was for one in caused.moves)


async def test_nothing_moves_without_a_rating(services: Services) -> None:
    caused = impact(services.models.serving, services.search, Feedback(), Feedback(), [])
    assert (caused.guesses, caused.moves) == ({}, ())


async def test_what_entered_the_ten_is_what_the_list_shows(services: Services) -> None:
    before = ids(await services.lists.make(ALICE, PLAIN, NOW))
    result = await services.ratings.rate(ALICE, services.search.by_id(20).movie_id, 5.0, NOW)
    after = ids(await services.lists.make(ALICE, PLAIN, NOW))
    assert [one.movie.movie_id for one in result.moves if one.was is None] == [
        one for one in after if one not in before
    ]
