"""What the model thinks of one film, and what a rating does to the lists."""

import pytest

from bot.lists.filters import PLAIN
from bot.members.feedback import Taste
from bot.wiring import Household
from tests.bot.lists.test_service import ALICE, NOW, ids, love


async def test_a_card_guesses_as_if_the_film_were_unrated(house: Household) -> None:
    await love(house, "Action", films=3)
    film = next(movie for movie in house.films.catalogue.values() if movie.title == "Gladiator")
    before = await house.recommending.card(ALICE, film)
    assert before.own_stars is None
    await house.rating.rate(ALICE, film, 0.5, NOW + 1)
    after = await house.recommending.card(ALICE, film)
    assert after.own_stars == 0.5
    assert after.predicted == pytest.approx(before.predicted)
    assert (after.predicted_sd, after.support) == (pytest.approx(before.predicted_sd), before.support)


async def test_similar_films_are_of_the_same_camp(house: Household) -> None:
    film = next(movie for movie in house.films.catalogue.values() if movie.title == "Titanic")
    near = await house.recommending.similar(ALICE, film)
    assert near.movie == film
    assert film.movie_id not in [one.movie.movie_id for one in near.films]
    assert all("Romance" in one.movie.genres for one in near.films[:5])


async def test_the_impact_of_a_rating(house: Household) -> None:
    await love(house, "Action", films=2)
    film = house.films.by_id(90)
    profile = await house.store.profiles.find(ALICE)
    assert profile is not None
    before = await house.store.ratings.ratings_of(profile.user_id)
    impact = await house.recommending.impact(Taste(before), Taste(before | {90: 5.0}), [90, next(iter(before))])
    assert set(impact.guesses) == {90}  # no guess for what was rated already
    assert impact.guesses[90] == pytest.approx((await house.recommending.card(ALICE, film)).predicted)
    assert any(one.was is None for one in impact.moves)  # the rated film's place is free
    assert film not in [one.movie for one in impact.moves]
    assert all(one.was is None or one.now < one.was for one in impact.moves)


async def test_nothing_moves_without_a_rating(house: Household) -> None:
    impact = await house.recommending.impact(Taste(), Taste(), [])
    assert (impact.guesses, impact.moves) == ({}, ())


async def test_what_entered_the_ten_is_what_the_list_shows(house: Household) -> None:
    before = ids(await house.listing.make(ALICE, PLAIN, NOW))
    result = await house.rating.rate(ALICE, house.films.by_id(20), 5.0, NOW)
    after = ids(await house.listing.make(ALICE, PLAIN, NOW))
    assert [one.movie.movie_id for one in result.moves if one.was is None] == [
        one for one in after if one not in before
    ]
