"""What servers have chosen, and the end of what is kept of one that was left."""

from dataclasses import replace

from data.store import GuildSettings, Store

ANN = 111


async def test_what_a_server_has_chosen(store: Store) -> None:
    assert await store.guilds.all() == {}
    chosen = GuildSettings(
        prefix="?",
        channels=(12, 7),
        is_quiet=True,
        has_pictures=False,
        announces_in=5,
        announced_write_id=9,
        announced_at=10,
        digest_in=6,
        digest_weekday=0,
        digest_hour=23,
        digest_at=11,
    )
    assert await store.guilds.change(1, lambda before: chosen, at=1) == chosen
    assert await store.guilds.change(2, lambda before: replace(before, prefix="m!"), at=1) == GuildSettings(prefix="m!")
    assert await store.guilds.change(1, lambda before: replace(before, prefix=None), at=2) == replace(
        chosen, prefix=None
    )
    assert await store.guilds.all() == {1: replace(chosen, prefix=None), 2: GuildSettings(prefix="m!")}


async def test_a_server_that_was_left_is_forgotten_after_some_time(store: Store) -> None:
    await store.profiles.get_or_create(ANN, 0)
    for guild_id in (1, 2, 3, 4):
        assert await store.memberships.note(guild_id, ANN, 0)
    await store.guilds.change(1, lambda before: replace(before, prefix="?"), at=1)
    await store.guilds.change(2, lambda before: replace(before, prefix="m!"), at=1)
    await store.guilds.leave(1, 100)
    await store.guilds.leave(1, 150)  # the first time counts
    await store.guilds.note_present([2, 4], 120)  # so it has left 3 too, which has chosen nothing
    assert await store.guilds.forget_left(100) == ()
    assert await store.guilds.forget_left(120) == (1,)
    assert await store.memberships.visible(1) == ()
    assert await store.guilds.forget_left(121) == (3,)
    assert await store.memberships.visible(3) == ()
    assert await store.guilds.all() == {2: GuildSettings(prefix="m!")}
    assert len(await store.memberships.visible(2)) == len(await store.memberships.visible(4)) == 1
    assert await store.profiles.find(ANN) is not None


async def test_who_comes_back_in_time_finds_everything_as_it_was(store: Store) -> None:
    await store.profiles.get_or_create(ANN, 0)
    for guild_id in (1, 2):
        await store.memberships.note(guild_id, ANN, 0)
        await store.guilds.change(guild_id, lambda before: replace(before, is_quiet=True), at=1)
        await store.guilds.leave(guild_id, 100)
    await store.guilds.join(1)
    await store.guilds.note_present([1, 2], 200)
    assert await store.guilds.forget_left(10_000) == ()
    assert set(await store.guilds.all()) == {1, 2}
