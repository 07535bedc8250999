"""Who belongs to a server, who of them may be seen, and what they rated."""

import pytest

from data.store import Store
from data.store.memberships import NOTED_EVERY_S

GUILD, OTHER, AT = 987, 654, 1_800_000_000
ANN, BOB, CLEO = 11, 22, 33


@pytest.fixture(autouse=True)
async def people(store: Store) -> None:
    for discord_id in (ANN, BOB, CLEO):
        await store.profiles.get_or_create(discord_id, AT)
        assert await store.memberships.note(GUILD, discord_id, AT)


async def shown(store: Store, guild_id: int = GUILD) -> list[int]:
    found = [member.discord_id for member in await store.memberships.visible(guild_id)]
    for discord_id in (ANN, BOB, CLEO):
        assert (await store.memberships.find(guild_id, discord_id) is not None) == (discord_id in found)
    return found


async def user_id(store: Store, discord_id: int) -> int:
    profile = await store.profiles.find(discord_id)
    assert profile is not None
    return profile.user_id


async def test_whoever_has_no_profile_is_no_member(store: Store) -> None:
    assert not await store.memberships.note(GUILD, 44, AT)
    assert await shown(store) == [ANN, BOB, CLEO]
    assert await shown(store, OTHER) == []


async def test_those_who_keep_to_themselves_are_not_shown(store: Store) -> None:
    await store.profiles.set_visibility(await user_id(store, ANN), "private", AT)
    assert await shown(store) == [BOB, CLEO]
    await store.profiles.set_visibility(await user_id(store, ANN), "public", AT)
    assert await shown(store) == [ANN, BOB, CLEO]


async def test_who_has_left_is_back_with_the_next_word(store: Store) -> None:
    await store.memberships.leave(GUILD, [ANN, BOB], AT)
    assert await shown(store) == [CLEO]
    await store.memberships.note(GUILD, BOB, AT + 1)
    assert await shown(store) == [BOB, CLEO]


async def test_the_last_word_is_noted_once_a_day(store: Store) -> None:
    async def seen_at() -> object:
        everything = await store.personal.everything(ANN)
        return everything.tables["memberships"][0]["seen_at"]

    assert await store.memberships.note(GUILD, ANN, AT + NOTED_EVERY_S - 1)
    assert await seen_at() == AT
    assert await store.memberships.note(GUILD, ANN, AT + NOTED_EVERY_S)
    assert await seen_at() == AT + NOTED_EVERY_S


async def test_a_block_holds_in_its_server_until_it_is_taken_back(store: Store) -> None:
    await store.memberships.note(OTHER, ANN, AT)
    assert await store.memberships.block(GUILD, ANN, AT)
    assert await store.memberships.block(GUILD, BOB, AT + 1)
    assert not await store.memberships.block(GUILD, 44, AT)
    await store.memberships.leave(GUILD, [ANN], AT)
    await store.memberships.note(GUILD, ANN, AT + 2)
    assert await shown(store) == [CLEO]
    assert await shown(store, OTHER) == [ANN]
    assert await store.memberships.blocked(GUILD) == (BOB, ANN)
    assert await store.memberships.unblock(GUILD, ANN)
    assert not await store.memberships.unblock(GUILD, ANN)
    assert await shown(store) == [ANN, CLEO]


async def test_who_is_quarantined_is_neither_shown_nor_trained_on(store: Store) -> None:
    for discord_id in (ANN, BOB):
        await store.ratings.rate(await user_id(store, discord_id), [(1, 5.0)], AT)
    assert await store.profiles.quarantine(ANN, AT)
    assert not await store.profiles.quarantine(44, AT)
    assert await shown(store) == [BOB, CLEO]
    assert set((await store.ratings.training_frame())["user_id"]) == {await user_id(store, BOB)}
    assert await store.ratings.writes_since(0) == 1
    assert await store.profiles.release(ANN)
    assert not await store.profiles.release(ANN)
    assert len(await store.ratings.training_frame()) == 2


async def test_every_change_of_a_rating_is_counted(store: Store) -> None:
    ann, seen = await user_id(store, ANN), set()

    async def count() -> int:
        member = await store.memberships.find(GUILD, ANN)
        assert member is not None
        return member.rating_changes

    (first,) = await store.ratings.rate(ann, [(1, 5.0)], AT)
    seen.add(await count())
    await store.ratings.rate(ann, [(1, 4.0)], AT + 60)
    seen.add(await count())
    await store.journal.undo(ann, first.change_id + 1)
    seen.add(await count())
    (gone,) = await store.ratings.forget(ann, AT + 70)
    seen.add(await count())
    await store.journal.undo(ann, gone.change_id)
    seen.add(await count())
    assert len(seen) == 5


@pytest.mark.parametrize("filler", [0, 120], ids=["one by one", "all at once"])
async def test_the_ratings_of_some(store: Store, filler: int) -> None:
    ids = [await user_id(store, one) for one in (ANN, BOB)]
    await store.ratings.rate(ids[0], [(3, 5.0), (1, 2.5)], AT)
    await store.ratings.rate(ids[1], [(2, 4.0)], AT)
    await store.ratings.rate(await user_id(store, CLEO), [(2, 1.0)], AT)
    rows = await store.memberships.ratings(GUILD, [*ids, *range(filler)])
    assert rows.tolist() == [(ids[0], 1, 2.5, AT), (ids[0], 3, 5.0, AT), (ids[1], 2, 4.0, AT)]


async def test_a_deleted_member_and_a_forgotten_server_leave_nothing(store: Store) -> None:
    await store.memberships.note(OTHER, ANN, AT)
    assert (await store.personal.holdings(ANN)).count("memberships") == 2
    await store.personal.delete(ANN, AT + 1)
    assert await shown(store) == [BOB, CLEO]
    await store.guilds.leave(GUILD, AT)
    assert await store.guilds.forget_left(AT + 1) == (GUILD,)
    assert await shown(store) == []
    assert (await store.personal.holdings(BOB)).count("memberships") == 0
