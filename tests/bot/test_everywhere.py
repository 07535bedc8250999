"""Slash commands outside of the bot's servers: in groups, and where it came with somebody's account alone."""

from simcord.backend import serializers

from tests.bot.conftest import OpenStage, Stage, text_of
from tests.bot.forging import abroad, answer_to, forge_slash, in_group

OF_SERVERS = {
    "match", "bridge", "whorated", "whowants", "top", "movienight", "guess", "tastemap", "config", "block", "unblock",
    "blocked", "Compare taste",
}  # fmt: skip


async def test_what_needs_no_server_is_offered_everywhere(stage: Stage) -> None:
    made = [command.to_dict(stage.bot.tree) for command in stage.bot.tree.get_commands()]
    offered = {one["name"]: (one["contexts"], one["integration_types"]) for one in made}
    assert {name for name, where in offered.items() if where == ([0], [0])} == OF_SERVERS
    assert offered.pop("Delete bot reply") == ([0, 1], [0])
    assert all(where == ([0, 1, 2], [0, 1]) for name, where in offered.items() if name not in OF_SERVERS)


async def test_nothing_of_a_server_is_told_or_noted_where_the_bot_is_no_member(stage: Stage) -> None:
    await stage.say("bob", "!rate Heat 5\nAlien 5")
    await stage.say("alice", "!rate Heat 4.5")
    bob = stage.member("bob").id
    backend = stage.env.backend
    guild = backend.get_guild(stage.guild.id)
    person = dict(serializers.member_payload(backend, guild, guild.members[bob], with_user=False))
    resolved = {
        "users": {str(bob): dict(serializers.user_payload(backend.users[bob]))},
        "members": {str(bob): person | {"permissions": "0"}},
    }
    asked = {
        "ratings": forge_slash(stage, "alice", "ratings", {"member": (6, str(bob))}, abroad(stage, "alice"), resolved),
        "at home": forge_slash(stage, "alice", "ratings", {"member": (6, str(bob))}, resolved=resolved),
        "top": forge_slash(stage, "alice", "top", {}, abroad(stage, "alice")),
        "list": forge_slash(stage, "alice", "recommend", {"count": (4, 3)}, abroad(stage, "alice")),
        "card": forge_slash(stage, "alice", "movie", {"movie": (3, "Heat")}, abroad(stage, "alice")),
    }
    await stage.env.settle()
    said = {name: text_of(answer_to(stage, one)) for name, one in asked.items()}
    assert "Alien" in said["at home"]
    assert "Alien" not in said["ratings"]
    assert "in a server" in said["top"]
    assert "3. " in said["list"]
    assert "Heat (1995)" in said["card"]
    assert "this server" not in said["card"]
    assert stage.bot.bugs == 0
    rows = await stage.bot.services.store._database.rows("SELECT DISTINCT guild_id FROM memberships")
    assert rows == [(stage.guild.id,)]


async def test_who_administers_a_server_without_the_bot_trains_nothing(open_stage: OpenStage) -> None:
    stage = await open_stage(retrain_by="guild_admins")
    forged = forge_slash(stage, "alice", "retrain", {}, abroad(stage, "alice"))
    config = forge_slash(stage, "alice", "config quiet", {"state": (3, "on")}, abroad(stage, "alice"))
    await stage.env.settle()
    assert "operator" in text_of(answer_to(stage, forged))
    assert "in a server only" in text_of(answer_to(stage, config))
    assert not stage.bot.retraining.running
    assert stage.bot.bugs == 0


async def test_a_group_reads_lists_and_no_private_matters(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 4.5")
    films = forge_slash(stage, "alice", "recommend", {}, in_group(stage, "alice"))
    wizard = forge_slash(stage, "alice", "start", {}, in_group(stage, "alice"))
    privacy = forge_slash(stage, "alice", "privacy show", {}, in_group(stage, "alice"))
    await stage.env.settle()
    assert not answer_to(stage, films).ephemeral
    assert answer_to(stage, wizard).ephemeral
    assert answer_to(stage, privacy).ephemeral
    assert stage.bot.bugs == 0
