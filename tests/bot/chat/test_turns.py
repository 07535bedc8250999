"""What one member asks for is done in the order it was asked, and nobody waits for another."""

import asyncio
from typing import Any

import pytest

from bot.chat.turns import Turns
from tests.bot.conftest import OPERATOR, Stage

CROWD = 100
"""Members, each of whom says everything at once."""
MIXED = 10
"""Of them at a time: the simulation's own work grows with the square of what is going on."""
LINES = ("!rate Heat 1", "!rate Heat 5", "!rate Heat 3", "!rate Die Hard 4", "!rate Alien 5", "!undo")


def post(stage: Stage, name: str, text: str) -> int:
    """Write a message and wait for nothing; its id."""
    message_id: int = stage.env.backend.create_message(stage.channel.id, stage.member(name).id, text).id
    return message_id


def answers(stage: Stage, asked: list[int]) -> dict[int, int]:
    """The places of the answers to these messages, by the message."""
    said = sorted(stage.env.backend.messages[stage.channel.id].values(), key=lambda one: one.id)
    replied = [int(one.reference["message_id"]) for one in said if one.reference is not None]
    assert sorted(replied) == sorted(set(replied))
    return {message_id: replied.index(message_id) for message_id in asked}


async def stars(stage: Stage, name: str) -> dict[int, float]:
    profile = await stage.bot.services.store.profiles.find(stage.member(name).id)
    assert profile is not None
    return dict(await stage.bot.services.store.ratings.ratings_of(profile.user_id))


async def crowd_says(stage: Stage, lines: tuple[str, ...], expected: dict[int, float]) -> None:
    """A hundred members say these lines, each all of them at once, the lines of some members mixed."""
    for first in range(0, CROWD, MIXED):
        asked: dict[str, list[int]] = {f"member{number}": [] for number in range(first, first + MIXED)}
        for line in lines:
            for name in asked:
                asked[name].append(post(stage, name, line))
        await stage.env.settle(timeout=60)
        for name, messages in asked.items():
            assert await stars(stage, name) == expected, name
            places = list(answers(stage, messages).values())
            assert places == sorted(places), name
    assert stage.bot.bugs == 0


async def test_everything_said_at_once_ends_as_it_was_said(stage: Stage) -> None:
    await crowd_says(stage, LINES, {10: 3.0, 30: 4.0})


@pytest.mark.training
async def test_also_while_a_training_runs(stage: Stage) -> None:
    post(stage, OPERATOR, "!retrain")
    await crowd_says(stage, LINES, {10: 3.0, 30: 4.0})
    await stage.finish_training()


async def test_refusals_come_in_order_too(stage: Stage) -> None:
    lines = ("!rate Heat 4", "!rate Heat", "!rate", "!unrate Alien", "!rat", "!profile adopt x", "!rate Heat 2")
    asked = [post(stage, "alice", line) for line in lines]
    await stage.env.settle()
    places = list(answers(stage, asked).values())
    assert places == sorted(places)


async def test_messages_slash_commands_and_presses_share_one_order(stage: Stage) -> None:
    """Each kind travels another way through discord.py."""
    alice = stage.member("alice")
    reply = await stage.say("alice", "!rate Heat 4")
    (undo,) = [one for row in reply.components for one in row.children if one.label == "Undo"]  # type: ignore[union-attr]
    emit = stage.env.backend.emit
    held: list[tuple[str, Any]] = []
    stage.env.backend.emit = lambda event, payload, *more, **named: held.append((event, payload))
    try:
        await alice.slash(stage.channel, "rate", movie="id:20", stars="5")
        post(stage, "alice", "!unrate Alien")
        await alice.click(reply, custom_id=undo.custom_id)
        post(stage, "alice", "!rate Heat 2")
        await alice.slash(stage.channel, "unrate", movie="Heat")
        post(stage, "alice", "!rate Heat 1")
    finally:
        stage.env.backend.emit = emit
    for event, payload in held:
        emit(event, payload)
    await stage.env.settle()
    assert await stars(stage, "alice") == {10: 1.0}
    profile = await stage.bot.services.store.profiles.find(alice.id)
    history = await stage.bot.services.store.personal.everything(alice.id)
    assert profile is not None
    written = [(row["movie_id"], row["after"], row["undone"]) for row in history.tables["changes"]]
    assert written == [(10, 4.0, 1), (20, 5.0, 0), (20, None, 0), (10, 2.0, 0), (10, None, 0), (10, 1.0, 0)]


async def test_completion_does_not_wait_for_what_is_being_done(stage: Stage) -> None:
    async with stage.bot.turns.of(stage.member("alice").id):
        choices = await stage.member("alice").autocomplete(stage.channel, "rate", "movie", "Hea")
    assert choices[0]["value"] == "id:10"


async def test_turns_are_taken_in_order_and_forgotten() -> None:
    turns, done = Turns(), []

    async def ask(user_id: int, what: int, steps: int) -> None:
        async with turns.of(user_id):
            for _ in range(steps):
                await asyncio.sleep(0)
            done.append((user_id, what))

    await asyncio.gather(*(ask(1, what, 9 - what) for what in range(9)), ask(2, 0, 1))
    assert [what for user_id, what in done if user_id == 1] == list(range(9))
    assert done.index((2, 0)) < done.index((1, 1))
    assert len(turns) == 0


async def test_who_gives_up_or_fails_does_not_hold_up_the_next() -> None:
    turns = Turns()

    async def ask() -> None:
        async with turns.of(1):
            raise ZeroDivisionError

    async with turns.of(1):
        waiting = [asyncio.create_task(ask()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting[0]
    for one in waiting[1:]:
        with pytest.raises(ZeroDivisionError):
            await asyncio.wait_for(one, 5)
    assert len(turns) == 0
