"""Beginning anew, and taking that back."""

import pytest

from bot.errors import StaleComponentError
from bot.lists.filters import PLAIN
from bot.profile.resetting import Reset, ResetChoice, Restored
from bot.wiring import Household
from tests.bot.lists.test_service import ids, love

ALICE, BOB = 111, 222
NOW = 1_700_000_000


async def test_lists_begin_anew_and_come_back(house: Household) -> None:
    plain = ids(await house.listing.make(ALICE, PLAIN, NOW))
    await love(house, "Romance")
    await house.adopting.adopt(ALICE, 3, NOW)
    personal = ids(await house.listing.make(ALICE, PLAIN, NOW))
    assert await house.resetting.choice(ALICE) == ResetChoice(ALICE, 3, 8)
    assert await house.resetting.forget(ALICE, 8, 3, NOW + 9) == Reset(ALICE, 3, 8, NOW + 9)
    assert ids(await house.listing.make(ALICE, PLAIN, NOW)) == plain
    assert await house.resetting.choice(ALICE) == ResetChoice(ALICE, None, 0, 8, NOW + 9)
    assert await house.resetting.restore(ALICE, NOW + 9, 3) == Restored(ALICE, 3, 8)
    assert ids(await house.listing.make(ALICE, PLAIN, NOW)) == personal
    with pytest.raises(StaleComponentError):  # a second press
        await house.resetting.restore(ALICE, NOW + 9, 3)


async def test_more_than_was_agreed_to_is_asked_about_again(house: Household) -> None:
    await love(house, "Romance")
    for rated, adopted in ((7, None), (8, 3)):
        assert await house.resetting.forget(ALICE, rated, adopted, NOW) == ResetChoice(ALICE, None, 8)
    assert (await house.resetting.choice(ALICE)).rated == 8
    for member, rated in ((ALICE, 0), (BOB, 3)):
        with pytest.raises(StaleComponentError):
            await house.resetting.forget(member, rated, None, NOW)


async def test_whom_a_member_adopted_since_stays(house: Household) -> None:
    await love(house, "Romance")
    await house.adopting.adopt(ALICE, 3, NOW)
    await house.resetting.forget(ALICE, 8, 3, NOW)
    await house.adopting.adopt(ALICE, 2, NOW)
    assert await house.resetting.restore(ALICE, NOW, 3) == Restored(ALICE, None, 8)
    assert (await house.resetting.choice(ALICE)).adopted_user_id == 2


async def test_the_record_comes_back_with_the_ratings(house: Household) -> None:
    await love(house, "Romance")
    before = await house.profiles.card(ALICE, ALICE, NOW, in_guild=True)
    assert before.record is not None
    await house.resetting.forget(ALICE, 8, None, NOW)
    assert (await house.profiles.card(ALICE, ALICE, NOW, in_guild=True)).record is None
    await house.resetting.restore(ALICE, NOW, None)
    assert await house.profiles.card(ALICE, ALICE, NOW, in_guild=True) == before


async def test_a_single_rating_taken_back_is_no_reset(house: Household) -> None:
    await love(house, "Romance")
    film = house.films.by_id(10)
    await house.rating.unrate(ALICE, film, NOW + 1)
    assert (await house.resetting.choice(ALICE)).restorable == 0


async def test_nothing_is_there_to_forget(house: Household) -> None:
    assert await house.resetting.choice(BOB) == ResetChoice(BOB, None, 0)
    assert await house.store.profiles.find(BOB) is None
    with pytest.raises(StaleComponentError):
        await house.resetting.restore(BOB, NOW, None)
