"""The stars of others that move a film at once: whose count, and that none is left of what was taken back."""

import pytest

from bot.journal.service import TakenBack
from bot.servers.film_stars import FilmStarsReader
from bot.wiring import Services
from recommender.film_stars import MOST_SUPPORT

DISCORD_EPOCH_S = 1_420_070_400
NOW = DISCORD_EPOCH_S + 100 * 86_400
ANN, BOB, CAL = 1, 2, 3
YOUNG = (100 * 86_400 - 60) * 1000 << 22
"""An account that is a minute old."""


@pytest.fixture
def comedy(services: Services) -> int:
    """A film that few have rated."""
    model = services.models.serving.model
    found = min((int(one) for one in model.movie_ids), key=model.support)
    assert model.support(found) < MOST_SUPPORT
    return found


async def user_id(services: Services, discord_id: int) -> int:
    return (await services.store.profiles.get_or_create(discord_id, NOW)).user_id


async def test_whose_stars_count(services: Services) -> None:
    reader = FilmStarsReader(services.store, lambda: services.models.serving.last_write_id, clock=lambda: NOW)
    ann, bob, cal = [await user_id(services, one) for one in (ANN, BOB, CAL)]
    assert await reader.of_others(ann) == {}
    await services.ratings.rate_text(BOB, "Heat 5\nAlien 2", NOW)
    await services.ratings.rate_text(CAL, "Heat 3", NOW)
    await services.ratings.rate_text(YOUNG, "Heat 1\nAlien 1", NOW)
    assert await reader.of_others(ann) == {10: (8.0, 2), 20: (2.0, 1)}
    assert await reader.of_others(None) == {10: (8.0, 2), 20: (2.0, 1)}
    assert await reader.of_others(bob) == {10: (3.0, 1)}

    undone = await services.journal.undo_last(CAL)
    assert isinstance(undone, TakenBack)
    assert await reader.of_others(ann) == {10: (5.0, 1), 20: (2.0, 1)}
    await services.journal.restore(CAL, undone.entries[0].entry.entry_id)
    assert await reader.of_others(bob) == {10: (3.0, 1)}
    await services.ratings.rate_text(CAL, "Heat 4", NOW)
    await services.store.profiles.set_trains(bob, False, NOW)
    assert await reader.of_others(ann) == {10: (4.0, 1)}
    await services.store.profiles.set_trains(bob, True, NOW)
    await services.store.profiles.quarantine(CAL, NOW)
    assert await reader.of_others(ann) == {10: (5.0, 1), 20: (2.0, 1)}
    await services.store.profiles.release(CAL)
    forgotten = await services.store.ratings.forget(bob, NOW)
    assert await reader.of_others(ann) == {10: (4.0, 1)}
    await services.journal.undo(BOB, forgotten[0].entry_id)
    assert await reader.of_others(ann) == {10: (9.0, 2), 20: (2.0, 1)}
    await services.store.personal.delete(BOB, NOW)
    assert await reader.of_others(ann) == {10: (4.0, 1)}
    assert await reader.of_others(cal) == {}


async def test_of_members_who_have_rated_far_less_than_the_others_nothing_counts(services: Services) -> None:
    reader = FilmStarsReader(services.store, lambda: 0, clock=lambda: NOW)
    ids = [int(one) for one in services.models.serving.model.movie_ids[:20]]
    for discord_id in (ANN, BOB):
        await services.store.ratings.rate(await user_id(services, discord_id), [(one, 3.0) for one in ids], NOW)
    await services.store.ratings.rate(await user_id(services, CAL), [(ids[0], 5.0)], NOW)
    assert (await reader.of_others(None))[ids[0]] == (6.0, 2)


async def test_a_model_that_does_not_say_what_it_knows_of_is_moved_by_nothing(services: Services) -> None:
    await services.ratings.rate_text(BOB, "Heat 5", NOW)
    assert await FilmStarsReader(services.store, lambda: None, clock=lambda: NOW).of_others(None) == {}


async def test_stars_of_others_move_a_film_of_few_ratings_everywhere_at_once(services: Services, comedy: int) -> None:
    before = await services.movies.card(ANN, comedy)
    for discord_id in (BOB, CAL):
        await services.ratings.rate(discord_id, comedy, 0.5, NOW)
    card, why = await services.movies.card(ANN, comedy), await services.why.why(ANN, comedy)
    assert before.predicted is not None
    assert card.predicted is not None
    assert card.predicted < before.predicted - 0.1
    assert why.stars == pytest.approx(card.predicted)
    assert why.place is not None
    own = await services.movies.card(BOB, comedy)  # whose own stars are told apart
    assert own.predicted is not None
    assert card.predicted < own.predicted < before.predicted
    for discord_id in (BOB, CAL):
        await services.ratings.unrate(discord_id, comedy, NOW)
    assert (await services.movies.card(ANN, comedy)).predicted == before.predicted
