"""Beginning anew, and taking that back."""

import pytest

from bot.errors import StaleComponentError
from bot.lists.filters import PLAIN
from bot.profile.resetting import Reset, ResetChoice
from bot.wiring import Services
from data.store.errors import AlreadySoError
from tests.bot.lists.test_service import ids, love

ALICE, BOB = 111, 222
NOW = 1_700_000_000


async def test_lists_begin_anew_and_come_back(services: Services) -> None:
    plain = ids(await services.lists.make(ALICE, PLAIN, NOW))
    await love(services, "Romance")
    await services.adoption.adopt(ALICE, 3, NOW)
    personal = ids(await services.lists.make(ALICE, PLAIN, NOW))
    assert await services.resets.choice(ALICE) == ResetChoice(ALICE, 3, 8)
    done = await services.resets.forget(ALICE, 8, 3, NOW + 9)
    assert isinstance(done, Reset)
    assert (done.adopted_user_id, done.rated) == (3, 8)
    assert ids(await services.lists.make(ALICE, PLAIN, NOW)) == plain
    assert await services.resets.choice(ALICE) == ResetChoice(ALICE, None, 0)
    await services.journal.undo(ALICE, done.entry_id)
    assert await services.resets.choice(ALICE) == ResetChoice(ALICE, 3, 8)
    assert ids(await services.lists.make(ALICE, PLAIN, NOW)) == personal
    with pytest.raises(AlreadySoError):  # a second press
        await services.journal.undo(ALICE, done.entry_id)


async def test_more_than_was_agreed_to_is_asked_about_again(services: Services) -> None:
    await love(services, "Romance")
    for rated, adopted in ((7, None), (8, 3)):
        assert await services.resets.forget(ALICE, rated, adopted, NOW) == ResetChoice(ALICE, None, 8)
    assert (await services.resets.choice(ALICE)).rated == 8
    for member, rated in ((ALICE, 0), (BOB, 3)):
        with pytest.raises(StaleComponentError):
            await services.resets.forget(member, rated, None, NOW)


async def test_whom_a_member_adopted_since_stays(services: Services) -> None:
    await love(services, "Romance")
    await services.adoption.adopt(ALICE, 3, NOW)
    await services.resets.forget(ALICE, 8, 3, NOW)
    await services.adoption.adopt(ALICE, 2, NOW)
    (told,) = (await services.journal.undo_removal(ALICE, NOW)).entries  # as old buttons did
    assert (told.entry.counts, told.entry.left) == ({("rating", False): 8}, 1)
    assert await services.resets.choice(ALICE) == ResetChoice(ALICE, 2, 8)


async def test_the_record_comes_back_with_the_ratings(services: Services) -> None:
    await love(services, "Romance")
    before = await services.profiles.card(ALICE, ALICE, NOW, in_guild=True)
    assert before.accuracy is not None
    await services.resets.forget(ALICE, 8, None, NOW)
    assert (await services.profiles.card(ALICE, ALICE, NOW, in_guild=True)).accuracy is None
    await services.journal.undo_last(ALICE)
    assert await services.profiles.card(ALICE, ALICE, NOW, in_guild=True) == before


async def test_nothing_is_there_to_forget(services: Services) -> None:
    assert await services.resets.choice(BOB) == ResetChoice(BOB, None, 0)
    assert await services.store.profiles.find(BOB) is None
    with pytest.raises(StaleComponentError):
        await services.journal.undo_removal(BOB, NOW)
