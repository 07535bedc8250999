"""What the operator's log tells beside errors."""

import logging
import re

import pytest

from tests.bot.conftest import Stage

DAY_S = 86_400.0
LOGGER = "bot.operating.day_cog"


@pytest.fixture(autouse=True)
def _logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, LOGGER)


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == LOGGER]


async def test_a_server_joined_or_left_is_one_line_each(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()
    guild = stage.env.create_guild("Film\nclub \u202eZürich")
    await stage.env.settle()
    # SimCord announces a new server as one that is available again; discord.py tells the two apart.
    stage.bot.dispatch("guild_join", stage.bot.get_guild(guild.id))
    await stage.env.settle()
    stage.env.backend.remove_guild(guild.id)
    await stage.env.settle()
    name = r"'Film\nclub \u202eZürich'"
    assert lines(caplog) == [
        f"joined the server {name} ({guild.id}); 2 in all",
        f"left the server {name} ({guild.id}); 1 in all",
    ]


async def test_each_day_is_told_in_numbers(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()
    alice = stage.member("alice")
    rated = await stage.say("alice", "!rate Heat 4.5")
    await stage.say("alice", "!rate Nothing at all 3")
    await alice.slash(stage.channel, "rate", movie="Alien", stars="4")
    await alice.slash(stage.channel, "ping")
    await alice.click(rated, label="Undo")
    stage.bot.note_bug(ValueError("no"), "a test")
    await stage.advance(DAY_S)
    (told,) = lines(caplog)
    assert told.startswith("since the last summary: commands 4, presses 1, changes 2, errors 1; ")
    assert re.search(r"commands were answered in \d+ ms \(median\), \d+ ms \(95th percentile\)$", told)

    await stage.advance(DAY_S)
    assert lines(caplog)[1] == (
        "since the last summary: commands 0, presses 0, changes 0, errors 0; commands were never answered"
    )


async def test_the_last_hours_are_told_when_the_bot_ends(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()
    await stage.say("alice", "!ping")
    await stage.bot.close()
    (told,) = lines(caplog)
    assert told.startswith("since the last summary: commands 1, presses 0, changes 0, errors 0; ")
    assert stage.bot.bugs == 0
