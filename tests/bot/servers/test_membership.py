"""Speaking to the bot in a server makes a member of it; leaving it ends that."""

from tests.bot.conftest import Stage

AT = 2_000_000_000


async def visible(stage: Stage) -> list[int]:
    return [one.discord_id for one in await stage.bot.services.store.memberships.visible(stage.guild.id)]


async def test_who_rates_in_a_server_is_a_member_of_it(stage: Stage) -> None:
    await stage.say("alice", "!help")
    assert await visible(stage) == []  # nothing is known of her yet
    await stage.say("alice", "!rate Heat 5")
    assert await visible(stage) == [stage.member("alice").id]
    await stage.member("bob").send_dm("rate Heat 5")
    await stage.env.advance_time(10)
    assert await visible(stage) == [stage.member("alice").id]  # a direct message tells of no server
    await stage.restart()
    await stage.say("bob", "!rate Alien 5")
    assert await visible(stage) == [stage.member("alice").id, stage.member("bob").id]


async def test_who_has_left_is_named_no_more(stage: Stage) -> None:
    for name in ("alice", "bob"):
        await stage.say(name, "!rate Heat 5")
    alice, bob = (stage.member(name).id for name in ("alice", "bob"))
    presence = stage.bot.services.presence
    guild = stage.bot.get_guild(stage.guild.id)
    assert guild is not None
    assert await presence.names(guild, [bob, alice, bob], AT) == {bob: "bob", alice: "alice"}
    stage.guild.remove_member(stage.member("alice"))
    assert await presence.names(guild, [alice, bob], AT + 60) == {alice: "alice", bob: "bob"}  # asked a minute ago
    assert await presence.names(guild, [alice, bob], AT + 3601) == {bob: "bob"}
    assert await visible(stage) == [bob]
