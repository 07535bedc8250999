"""`block`, `unblock` and `blocked`: off the boards of one server, and nothing of theirs is touched."""

from typing import Any

from tests.bot.conftest import Stage, labels_of, text_of
from tests.bot.guilds.conftest import MANAGER


async def visible(stage: Stage) -> list[int]:
    return [one.discord_id for one in await stage.bot.services.store.memberships.visible(stage.guild.id)]


async def test_who_is_blocked_stands_on_no_board(stage: Stage, manager: Any) -> None:
    alice, bob = stage.member("alice"), stage.member("bob*")
    await stage.say("alice", "!rate Heat 5")
    await stage.say("bob*", "!rate Heat 4")
    said = text_of(await stage.say(MANAGER, f"!block {bob.mention}"))
    assert "bob\\* is on no board of this server from now on." in said
    assert await visible(stage) == [alice.id]
    assert "Heat" in text_of(await stage.say("bob*", "!ratings"))
    await stage.restart()
    await stage.say("bob*", "!rate Alien 4")  # speaking does not undo it
    assert await visible(stage) == [alice.id]

    door = await stage.say(MANAGER, "!blocked")
    assert labels_of(door) == ["Open"]
    assert "bob" not in text_of(door)
    shown = await manager.click(door, label="Open")
    assert shown.response.ephemeral
    assert "- bob\\*" in text_of(shown.response.message)
    stage.guild.remove_member(bob)
    await stage.advance(3_700)
    slash = await manager.slash(stage.channel, "blocked")
    assert slash.response.ephemeral
    assert "bob" not in text_of(slash.response.message)
    assert "- and 1 other" in text_of(slash.response.message)

    slash = await manager.slash(stage.channel, "block", member=alice)
    assert slash.response.ephemeral
    assert await visible(stage) == []
    assert "may be on this server's boards again" in text_of(await stage.say(MANAGER, f"!unblock {alice.mention}"))
    assert "was not blocked here" in text_of(await stage.say(MANAGER, f"!unblock {alice.mention}"))
    assert await visible(stage) == [alice.id]
    assert stage.bot.bugs == 0


async def test_somebody_who_never_spoke_to_the_bot(stage: Stage, manager: Any) -> None:
    said = text_of(await stage.say(MANAGER, f"!block {stage.member('carol').mention}"))
    assert said == "carol has no profile with me, so there is nothing of theirs on a board."
    slash = await manager.slash(stage.channel, "blocked")
    assert "Nobody is blocked here. </block:" in text_of(slash.response.message)
    assert await stage.bot.services.store.profiles.count() == 0


async def test_members_block_nobody(stage: Stage) -> None:
    await stage.say("bob", "!rate Heat 4")
    bob = stage.member("bob")
    for words in (f"block {bob.mention}", f"unblock {bob.mention}", "blocked"):
        assert text_of(await stage.say("alice", f"!{words}")) == "That is for those who may manage this server."
    command = next(one for one in await stage.bot.tree.fetch_commands() if one.name == "block")
    stage.guild.set_command_permissions(command, {stage.member("alice"): True})
    slash = await stage.member("alice").slash(stage.channel, "block", member=bob)
    assert slash.response.ephemeral
    assert "for those who may manage" in text_of(slash.response.message)
    assert await visible(stage) == [bob.id]
    await stage.member("alice").send_dm(f"!block {bob.id}")
    assert "works in a server only" in text_of(stage.private("alice"))
