"""Whatever takes long is deferred before Discord gives the interaction up, and then answered to whom it is for."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.chat.turns import Turns
from tests.bot.conftest import Stage, labels_of, text_of

LATE_S = 5.0
"""Discord waits for three."""
CSV = b"Date,Name,Year,Letterboxd URI,Rating\n2024-05-01,Alien,1996,https://boxd.it/1,4.5\n"


async def take_long() -> None:
    await asyncio.sleep(LATE_S)


class SlowTurns(Turns):
    """Everybody has something long in hand already."""

    def __init__(self, wait: Callable[[], Awaitable[object]] = take_long) -> None:
        super().__init__()
        self._wait = wait

    @asynccontextmanager
    async def of(self, user_id: int) -> AsyncIterator[None]:
        await self._wait()
        async with super().of(user_id):
            yield


async def late(stage: Stage, asking: Awaitable[Any]) -> Any:
    """What comes of it after a long wait."""
    usual, stage.bot.turns = stage.bot.turns, SlowTurns()
    result = await asking
    assert result.deferred
    await stage.env.advance_time(LATE_S)
    stage.bot.turns = usual
    return result


def shown(result: Any) -> tuple[str, bool]:
    """The one thing that a member sees in the end, and whether nobody else does."""
    (message,) = [one for one in (result.response, *result.followups) if one is not None]
    return text_of(message), message.ephemeral


@pytest.mark.parametrize(
    ("command", "options", "says", "is_private"),
    [
        ("ping", {}, "Here.", False),
        ("rate", {"movie": "id:10", "stars": "4"}, "Heat (1995)", False),
        ("recommend", {}, "Films for you", False),
        ("privacy show", {}, "nothing", True),
        ("privacy export", {}, "", True),
        ("start", {}, "", True),
        ("import", {}, "Letterboxd", True),
        # The usual answer is for all, and for the member alone, but this one is not.
        ("unrate", {"movie": "Heat"}, "not rated", True),
        ("rate", {"movie": "id:10", "stars": "many"}, "not a rating", True),
    ],
)
async def test_a_late_command(stage: Stage, command: str, options: dict[str, Any], says: str, is_private: bool) -> None:
    result = await late(stage, stage.member("alice").slash(stage.channel, command, **options))
    text, ephemeral = shown(result)
    assert says.lower() in text.lower()
    assert ephemeral is is_private
    assert stage.bot.bugs == 0


async def test_a_late_import(stage: Stage) -> None:
    result = await late(stage, stage.member("alice").slash(stage.channel, "import", file=("ratings.csv", CSV)))
    text, ephemeral = shown(result)
    assert "Letterboxd" in text
    assert ephemeral
    assert stage.bot.bugs == 0


async def test_a_late_menu(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4")
    result = await late(stage, stage.member("alice").context_menu(stage.channel, "Delete bot reply", reply))
    assert shown(result) == ("That reply is gone. Your ratings stay as they are.", True)
    assert reply.id not in [one.id for one in stage.channel.history()]


async def test_a_late_press_changes_the_message_or_answers_beside_it(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4")
    before = len(stage.channel.history())
    await late(stage, stage.member("alice").click(reply, label="Undo"))
    assert labels_of(stage.message(reply.id)) == ["Restore"]
    assert len(stage.channel.history()) == before
    reply = await stage.say("alice", "!movie Heat")
    result = await late(stage, stage.member("bob").click(reply, label="Similar"))
    (answer,) = result.followups
    assert answer.ephemeral
    assert text_of(stage.message(reply.id)) == text_of(reply)
    result = await late(stage, stage.member("bob").click(reply, label="Rate"))
    assert len(result.followups) == 1
    assert stage.bot.bugs == 0


async def test_a_late_deletion_and_export(stage: Stage) -> None:
    alice = stage.member("alice")
    await alice.send(stage.channel, "!rate Heat 4")
    card = await alice.slash(stage.channel, "privacy show")
    result = await late(stage, alice.click(card.response, label="Export"))
    assert [one.ephemeral for one in result.followups] == [True]
    asked = await alice.slash(stage.channel, "forgetme")
    (label,) = [one for one in labels_of(asked.response) if "elete" in one]
    await late(stage, alice.click(asked.response, label=label))
    assert await stage.bot.services.store.profiles.find(alice.id) is None
    assert stage.bot.bugs == 0


async def test_what_is_answered_soon_is_not_deferred(stage: Stage) -> None:
    result = await stage.member("alice").slash(stage.channel, "ping")
    await stage.env.advance_time(LATE_S)
    assert not result.deferred
    assert result.followups == []


async def test_an_answer_waits_for_a_deferral_on_its_way(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord takes one first answer, and refuses the other."""
    respond, deferred = AsyncWebhookAdapter.create_interaction_response, threading.Event()

    async def slowly(*arguments: Any, **named: Any) -> Any:
        answer = await respond(*arguments, **named)
        deferred.set()
        for _ in range(20):
            await asyncio.sleep(0)
        return answer

    async def until_deferred() -> None:
        while not deferred.is_set():  # noqa: ASYNC110  # the simulation takes a wait of another kind for a hang
            await asyncio.sleep(0)

    monkeypatch.setattr(AsyncWebhookAdapter, "create_interaction_response", slowly)
    monkeypatch.setattr("bot.chat.deferring.DEFER_AFTER_S", 0.0)
    stage.bot.turns = SlowTurns(until_deferred)
    result = await stage.member("alice").slash(stage.channel, "ping")
    assert shown(result) == ("Here. Discord is 0 ms away.", False)
    assert stage.bot.bugs == 0
