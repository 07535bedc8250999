"""`sync`, and syncing by itself when the commands changed."""

from bot.exts.syncing import TREE_FACT, sync_if_changed
from tests.bot.conftest import Stage, text_of


async def test_sync_is_for_the_applications_owner(stage: Stage) -> None:
    assert "Only the owner" in text_of(await stage.say("alice", "!sync"))
    stage.bot.owner_id = stage.member("alice").id
    commands = len(stage.bot.tree.get_commands())
    assert f"{commands} slash commands registered" in text_of(await stage.say("alice", "!sync"))


async def test_commands_are_registered_once_and_again_when_they_change(stage: Stage) -> None:
    facts = stage.bot.house.store.facts
    assert not await sync_if_changed(stage.bot.tree, facts), "the bot did it when it started"
    await facts.set(TREE_FACT, "another")
    assert await sync_if_changed(stage.bot.tree, facts)
    assert not await sync_if_changed(stage.bot.tree, facts)
