"""`start` as a member walks through it, click by click."""

from collections.abc import Iterator
from typing import Any

import pytest
from simcord.builders import UserHandle

from bot.chat.cooldowns import CooldownError, CooldownKind, Cooldowns
from bot.start.service import QUESTIONS
from tests.bot.conftest import OpenStage, Stage, labels_of, text_of

MOST_CLICKS = 12


def tastes_of(message: Any) -> list[str]:
    """Values of the options of the only select."""
    parts = [one if isinstance(one, dict) else one.to_dict() for one in message.components]
    (options,) = [part["options"] for part in flat(parts) if "options" in part]
    return [option["value"] for option in options]


def flat(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in parts:
        yield part
        yield from flat(part.get("components", []))


async def answer_all(stage: Stage, name: str, message: Any, label: str) -> int:
    """Press one button until the questions end, without a pause; how many presses it took."""
    presses = 0
    while label in labels_of(message):
        result = await stage.member(name).click(message, label=label)
        message = result.response
        presses += 1
    return presses


async def test_from_the_command_to_the_first_list_in_twelve_clicks(stage: Stage) -> None:
    invited = await stage.say("alice", "!start")
    assert labels_of(invited) == ["Start"]
    wizard = (await stage.member("alice").click(invited, label="Start")).response
    assert wizard.ephemeral
    result = await stage.member("alice").select(wizard, tastes_of(wizard)[:2])
    assert "1 of 10" in text_of(result.response)
    clicks = 2 + await answer_all(stage, "alice", result.response, "★★★★")
    assert clicks <= MOST_CLICKS
    assert f"You rated {QUESTIONS} films" in text_of(result.response)
    ratings = await stage.say("alice", "!ratings")
    assert text_of(ratings).count("★★★★") == QUESTIONS


async def test_all_happens_in_one_message_and_the_list_follows_it(stage: Stage) -> None:
    opened = await stage.member("alice").slash(stage.channel, "start")
    assert opened.ephemeral
    wizard = opened.response
    result = await stage.member("alice").select(wizard, tastes_of(wizard)[:1])
    assert result.response.id == wizard.id
    result = await stage.member("alice").click(result.response, label="Haven't seen")
    assert result.response.id == wizard.id
    assert "2 of 10" in text_of(result.response)
    result = await stage.member("alice").click(result.response, label="Finish")
    (films,) = result.followups
    assert "10." in text_of(films)
    assert films.ephemeral
    assert labels_of(wizard) == []


async def test_it_goes_on_after_a_restart_and_long_pauses(stage: Stage) -> None:
    wizard = (await stage.member("alice").slash(stage.channel, "start")).response
    result = await stage.member("alice").select(wizard, tastes_of(wizard)[:1])
    await stage.member("alice").click(result.response, label="★★★★★")
    await stage.restart()
    await stage.advance(3_600)
    result = await stage.member("alice").click(wizard, label="★")
    assert "3 of 10" in text_of(result.response)
    result = await stage.member("alice").click(result.response, label="Undo")
    assert "2 of 10" in text_of(result.response)
    await answer_all(stage, "alice", result.response, "Haven't seen")
    assert "You rated 1 film." in text_of(wizard)


async def test_in_direct_messages_it_begins_at_once(stage: Stage) -> None:
    await stage.member("alice").send_dm("!quickrate")
    alice = UserHandle(stage.env, stage.env.backend.users[stage.member("alice").id])
    wizard = stage.private("alice")
    assert "What do you like" in text_of(wizard)
    result = await alice.select(wizard, tastes_of(wizard)[:1])
    await alice.click(result.response, label="★★★★★")
    await alice.click(result.response, label="Finish")
    assert "You rated 1 film" in text_of(result.response)
    assert "10." in text_of(stage.private("alice"))


async def test_the_invitation_is_for_the_one_who_asked(stage: Stage) -> None:
    invited = await stage.say("alice", "!start")
    result = await stage.member("bob").click(invited, label="Start")
    assert result.response.ephemeral
    assert "start" in text_of(result.response)
    assert "What do you like" not in text_of(result.response)


async def test_a_model_that_knows_no_tastes_asks_at_once(open_stage: OpenStage) -> None:
    stage = await open_stage(is_trained=False)
    wizard = (await stage.member("alice").slash(stage.channel, "start")).response
    assert "1 of 10" in text_of(wizard)
    assert stage.bot.bugs == 0


async def test_a_cold_list_points_to_it(stage: Stage) -> None:
    assert "!start" in text_of(await stage.say("alice", "!recommend"))


def test_a_quick_clicker_meets_no_cooldown() -> None:
    cooldowns = Cooldowns()

    def spend_at_that_pace(kind: CooldownKind) -> None:
        for click in range(2 * MOST_CLICKS):
            cooldowns.spend(1, kind, 100.0 + click / 4)

    spend_at_that_pace("quick")
    with pytest.raises(CooldownError):
        spend_at_that_pace("write")  # which is too much elsewhere
