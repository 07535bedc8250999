"""The panel of a server's settings: every control changes what it says, for managers only, also after a restart."""

from typing import Any

from data.store import GuildSettings
from tests.bot.conftest import Stage, labels_of, options_of, select_id, text_of
from tests.bot.forging import answer_to, forge_press
from tests.bot.guilds.conftest import MANAGER

CHANNELS, NEWS, DIGEST = "Channels I answer in: all", "Tell of new models: nowhere", "Weekly digest: nowhere"
PREFIX, DAY, HOUR = "Another prefix: config prefix ?", "Day of the digest", "Hour of the digest"


async def opened(stage: Stage) -> Any:
    door = await stage.say(MANAGER, "!config")
    assert labels_of(door) == ["Open"]
    pressed = await stage.member(MANAGER).click(door, label="Open")
    assert pressed.response.ephemeral
    return pressed.response.message


def chosen_in(message: Any, placeholder: str) -> list[int]:
    """What a select of channels shows as chosen."""
    wanted = select_id(message, placeholder)
    rows = [row for card in message.components for row in getattr(card, "children", ())]
    selects = [one for row in rows for one in getattr(row, "children", ())]
    (select,) = [one for one in selects if getattr(one, "custom_id", "") == wanted]
    return [one.id for one in select.default_values]


async def test_everything_can_be_chosen(stage: Stage, manager: Any) -> None:
    films = stage.guild.create_text_channel("films")
    panel = await opened(stage)
    text = text_of(panel)
    for line in (
        "## How I behave in this server",
        "**Prefix** !",
        "**Channels** I answer everywhere.",
        "**Quiet** off.",
        "**Pictures** on.",
        "**Language** English",
        "**New models** I do not tell",
        "**Weekly digest** off.",
    ):
        assert line in text
    assert len(options_of(panel, HOUR)) == 24

    async def choose(placeholder: str, values: list[Any]) -> Any:
        nonlocal panel
        result = await manager.select(panel, values, custom_id=select_id(panel, placeholder))
        assert result.acknowledged
        panel = result.response.message
        return text_of(panel)

    assert f"I answer in {stage.channel.mention}, {films.mention};" in await choose(CHANNELS, [stage.channel, films])
    assert chosen_in(panel, CHANNELS) == [stage.channel.id, films.id]
    assert f"I tell <#{films.id}>" in await choose(NEWS, [films])
    await stage.restart()
    assert f"**Weekly digest** <#{films.id}>, Fridays at 18:00 UTC, next <t:" in await choose(DIGEST, [films])
    assert "Mondays at 18:00 UTC" in await choose(DAY, ["0"])
    assert "Mondays at 07:00 UTC" in await choose(HOUR, ["7"])
    assert "**Language** Deutsch" in await choose("Language", ["deutsch"])
    assert "**Language** English" in await choose("Language", ["auto"])
    assert "**Prefix** ?" in await choose(PREFIX, ["question"])
    panel = (await manager.click(panel, label="Be quiet")).response.message
    assert "**Quiet** on: " in text_of(panel)
    assert "but not in quiet mode" in text_of(panel)
    panel = (await manager.click(panel, label="No pictures")).response.message
    assert "**Pictures** off: " in text_of(panel)
    kept = (await stage.bot.services.store.guilds.all())[stage.guild.id]
    assert kept == stage.bot.settings_in(stage.guild.id)
    assert (kept.prefix, kept.channels, kept.is_quiet, kept.has_pictures) == (
        "?",
        (stage.channel.id, films.id),
        True,
        False,
    )
    assert (kept.announces_in, kept.digest_in, kept.digest_weekday, kept.digest_hour) == (films.id, films.id, 0, 7)

    await stage.env.advance_time(60)
    assert "I answer everywhere." in await choose(CHANNELS, [])
    assert "I do not tell" in await choose(NEWS, [])
    assert "**Weekly digest** off." in await choose(DIGEST, [])
    assert "**Prefix** !" in await choose(PREFIX, ["own"])
    panel = (await manager.click(panel, label="End quiet mode")).response.message
    panel = (await manager.click(panel, label="Show pictures")).response.message
    assert labels_of(panel) == ["Be quiet", "No pictures"]
    assert stage.bot.bugs == 0


async def test_slash_opens_it_at_once(stage: Stage, manager: Any) -> None:
    slash = await manager.slash(stage.channel, "config show")
    assert slash.response.ephemeral
    assert "## How I behave in this server" in text_of(slash.response.message)


async def test_it_answers_managers_only(stage: Stage, manager: Any) -> None:
    door = await stage.say(MANAGER, "!config")
    stranger = await stage.member("alice").click(door, label="Open")
    assert stranger.response.ephemeral
    assert "somebody else" in text_of(stranger.response.message)
    panel = await opened(stage)
    for role in list(stage.env.backend.get_guild(stage.guild.id).members[manager.id].role_ids):
        stage.env.backend.get_guild(stage.guild.id).members[manager.id].role_ids.remove(role)
    refused = await manager.click(panel, label="Be quiet")
    assert "for those who may manage" in text_of(refused.response.message)
    assert not stage.bot.settings_in(stage.guild.id).is_quiet
    for action in ("config_open", "config_quiet", "blocked_open"):  # made up, as nobody's button
        forged = forge_press(stage, "alice", f"b1:{action}:0:on")
        await stage.env.settle()
        assert "for those who may manage" in text_of(answer_to(stage, forged))
    assert stage.bot.guild_settings == {}
    assert stage.bot.bugs == 0


async def test_a_channel_that_is_gone_or_closed_is_said(stage: Stage, manager: Any) -> None:
    import discord

    nobody = {stage.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    closed = stage.guild.create_text_channel("closed", overwrites=nobody)
    films = stage.guild.create_text_channel("films")
    assert "I cannot speak there yet" in text_of(await stage.say(MANAGER, "!config announce closed"))
    await stage.say(MANAGER, "!config digest films")
    stage.env.backend.delete_channel(films.id)
    await stage.env.settle()
    panel = await opened(stage)
    text = text_of(panel)
    assert (
        f"I tell <#{closed.id}> when I have learned from new ratings, once a day at most. I cannot speak there yet"
        in text
    )
    assert "That channel is gone: choose another." in text
    assert chosen_in(panel, DIGEST) == []
    gone = forge_press(stage, MANAGER, f"s1:config_digest:{manager.id}:", [str(films.id)])
    await stage.env.settle()
    assert "There is no channel" in text_of(answer_to(stage, gone))
    assert stage.bot.settings_in(stage.guild.id) != GuildSettings()
    assert stage.bot.bugs == 0
