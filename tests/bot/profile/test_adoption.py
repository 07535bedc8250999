"""Starting from a MovieLens user: even users love action, odd ones romance."""

import pytest

from bot.errors import StaleComponentError
from bot.lists.filters import PLAIN
from bot.members.feedback import Feedback
from bot.profile.adoption import LEAST_RATINGS, Dropped, UnknownUserError
from bot.wiring import Services
from data.users import ratings_of
from tests.bot.lists.test_service import ids, love

ALICE, BOB = 111, 222
NOW = 1_700_000_000
ACTION_FAN, ROMANCE_FAN = 2, 3


async def taste_of(services: Services) -> Feedback:
    return await services.feedback.of(ALICE)


@pytest.mark.parametrize(("user_id", "genre"), [(ACTION_FAN, "Action"), (ROMANCE_FAN, "Romance")])
async def test_a_list_is_made_for_the_adopted_taste_and_leaves_out_what_it_has_rated(
    services: Services, user_id: int, genre: str
) -> None:
    adopted = await services.adoption.adopt(ALICE, user_id, NOW)
    known = ratings_of(services.dataset, user_id)
    assert (adopted.user_id, adopted.films, adopted.own, adopted.before) == (user_id, len(known), 0, None)
    assert [known[movie.movie_id] for movie in adopted.favourites] == sorted(known.values(), reverse=True)[:3]
    films = await services.lists.make(ALICE, PLAIN, NOW)
    assert set(ids(films)).isdisjoint(known)
    loved = {movie.movie_id for movie in services.search.catalogue.values() if genre in movie.genres}
    unseen = loved - set(known)
    assert unseen <= set(ids(films))
    assert set(ids(films)[:2]) <= unseen


async def test_every_answer_sees_the_adopted_ratings_and_own_stars_win(services: Services) -> None:
    await services.adoption.adopt(ALICE, ACTION_FAN, NOW)
    taste = await taste_of(services)
    known = ratings_of(services.dataset, ACTION_FAN)
    assert (taste.adopted, taste.rated, taste.ratings) == (known, {}, known)
    liked = next(movie_id for movie_id, stars in known.items() if stars == 5.0)
    await services.ratings.rate(ALICE, services.search.by_id(liked).movie_id, 0.5, NOW)
    taste = await taste_of(services)
    assert taste.ratings == known | {liked: 0.5}
    assert taste.rated == {liked: 0.5}


async def test_a_film_of_the_adopted_user_is_no_guess(services: Services) -> None:
    await services.adoption.adopt(ALICE, ACTION_FAN, NOW)
    known = ratings_of(services.dataset, ACTION_FAN)
    new = next(movie for movie in services.search.catalogue.values() if movie.movie_id not in known)
    assert (
        await services.ratings.rate(ALICE, services.search.by_id(next(iter(known))).movie_id, 3.0, NOW)
    ).guess is None
    assert (await services.ratings.rate(ALICE, new.movie_id, 3.0, NOW)).guess is not None
    profile = await services.store.profiles.find(ALICE)
    assert profile is not None
    assert [one.movie_id for one in await services.store.guesses.of(profile.user_id)] == [new.movie_id]


async def test_adopted_ratings_are_neither_stored_nor_counted_nor_trained_on(services: Services) -> None:
    await services.adoption.adopt(ALICE, ACTION_FAN, NOW)
    await services.ratings.rate(ALICE, services.search.by_id(10).movie_id, 4.0, NOW)
    frame = await services.store.ratings.training_frame()
    assert frame[["movie_id", "rating"]].values.tolist() == [[10, 4.0]]
    card = await services.profiles.card(ALICE, ALICE, NOW, in_guild=True)
    assert (card.rated, card.mean, sum(card.histogram)) == (1, 4.0, 1)
    assert card.adoption is not None
    assert (card.adoption.user_id, card.adoption.films) == (ACTION_FAN, len(ratings_of(services.dataset, ACTION_FAN)))
    assert (await services.ratings.page(ALICE, ALICE, "newest", 0, in_guild=True)).page.total == 1


async def test_one_user_takes_the_place_of_another_and_it_can_be_taken_back(services: Services) -> None:
    await services.adoption.adopt(ALICE, ACTION_FAN, NOW)
    assert (await services.adoption.adopt(ALICE, ROMANCE_FAN, NOW)).before == ACTION_FAN
    back = await services.adoption.go_back(ALICE, ROMANCE_FAN, ACTION_FAN, NOW)
    assert back.user_id == ACTION_FAN
    with pytest.raises(StaleComponentError):  # a second press
        await services.adoption.go_back(ALICE, ROMANCE_FAN, ACTION_FAN, NOW)
    assert await services.adoption.go_back(ALICE, ACTION_FAN, None, NOW) == Dropped(ALICE, ACTION_FAN, 0)
    for member, user_id in ((ALICE, ACTION_FAN), (BOB, ACTION_FAN)):
        with pytest.raises(StaleComponentError):
            await services.adoption.go_back(member, user_id, None, NOW)


async def test_an_unknown_user_is_told_the_range_and_changes_nothing(services: Services) -> None:
    await services.adoption.adopt(ALICE, ACTION_FAN, NOW)
    with pytest.raises(UnknownUserError) as caught:
        await services.adoption.adopt(ALICE, 61, NOW)
    assert (caught.value.given, caught.value.first, caught.value.last) == (61, 1, 60)
    profile = await services.store.profiles.find(ALICE)
    assert profile is not None
    assert profile.adopted_user_id == ACTION_FAN


async def test_a_user_whom_this_data_set_lacks_is_kept_and_ignored(services: Services) -> None:
    plain = ids(await services.lists.make(ALICE, PLAIN, NOW))
    profile = await services.store.profiles.find(ALICE)
    assert profile is not None
    await services.store.profiles.adopt(profile.user_id, 138_493, 0)
    assert ids(await services.lists.make(ALICE, PLAIN, NOW)) == plain
    card = await services.profiles.card(ALICE, ALICE, NOW, in_guild=True)
    assert card.adoption is not None
    assert (card.adoption.user_id, card.adoption.films) == (138_493, 0)


async def test_those_who_rate_alike_are_suggested(services: Services) -> None:
    await love(services, "Romance")
    found = await services.adoption.suggest(ALICE)
    assert (found.rated, found.first, found.last) == (8, 1, 60)
    assert len(found.users) == 3
    for one in found.users:
        assert one.user_id % 2 == 1
        assert one.films == len(ratings_of(services.dataset, one.user_id))
        assert 1 <= one.common <= 8
        assert one.apart < 1


async def test_nobody_is_suggested_before_a_few_ratings(services: Services) -> None:
    for movie in [*services.search.catalogue.values()][: LEAST_RATINGS - 1]:
        await services.ratings.rate(ALICE, movie.movie_id, 4.0, NOW)
    assert (await services.adoption.suggest(ALICE)).users == ()
    assert (await services.adoption.suggest(BOB)).rated == 0
    assert await services.store.profiles.find(BOB) is None
