"""What is asked of the bot counts once, and is always answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from simcord.backend import serializers

from tests.bot.conftest import Stage, text_of

Event = tuple[str, dict[str, Any]]


@contextmanager
def overheard(stage: Stage) -> Iterator[list[Event]]:
    """What Discord delivers meanwhile."""
    emit, heard = stage.env.backend.emit, list[Event]()

    def hear(event: str, payload: dict[str, Any], *more: Any, **named: Any) -> None:
        if event in ("MESSAGE_CREATE", "INTERACTION_CREATE"):
            heard.append((event, payload))
        emit(event, payload, *more, **named)

    stage.env.backend.emit = hear  # type: ignore[method-assign]
    try:
        yield heard
    finally:
        stage.env.backend.emit = emit  # type: ignore[method-assign]


async def deliver_again(stage: Stage, heard: list[Event]) -> int:
    """As after a resume; how many messages the bot has written then."""
    before = len(stage.channel.history())
    for event, payload in heard:
        stage.env.backend.emit(event, payload)
    await stage.env.settle()
    return len(stage.channel.history()) - before


async def stars(stage: Stage, name: str) -> dict[int, float]:
    profile = await stage.bot.services.store.profiles.find(stage.member(name).id)
    assert profile is not None
    return dict(await stage.bot.services.store.ratings.ratings_of(profile.user_id))


async def ask_in_every_way(stage: Stage) -> list[Event]:
    """The last of six ratings is taken back by a message, the next by a slash command, another by a press."""
    alice = stage.member("alice")
    await alice.send(stage.channel, "!rate Heat 4\nAlien 4\nSpeed 4\nJaws 4\nGhost 4\nClueless 4")
    with overheard(stage) as heard:
        await alice.send(stage.channel, "!undo")
        await alice.slash(stage.channel, "undo")
        await alice.send(stage.channel, "!ping")
        reply = await stage.say("alice", "!rate Rambo 3")
        await alice.click(reply, label="Undo")
    # What the bot says is delivered too.
    return [(event, payload) for event, payload in heard if not payload.get("author", {}).get("bot")]


async def test_what_is_delivered_twice_counts_once(stage: Stage) -> None:
    heard = await ask_in_every_way(stage)
    assert len(heard) == 5
    before = await stars(stage, "alice")
    assert await deliver_again(stage, heard) == 0
    assert await stars(stage, "alice") == before
    assert stage.bot.bugs == 0


async def test_also_across_a_restart(stage: Stage) -> None:
    heard = await ask_in_every_way(stage)
    before = await stars(stage, "alice")
    await stage.restart()
    assert await deliver_again(stage, heard) == 0
    assert await stars(stage, "alice") == before
    assert stage.bot.bugs == 0


async def test_what_comes_twice_at_once_counts_once(stage: Stage) -> None:
    for film in ("Heat", "Alien", "Speed"):
        await stage.say("alice", f"!rate {film} 4")
    alice, emit = stage.member("alice"), stage.env.backend.emit

    def twice(event: str, payload: dict[str, Any], *more: Any, **named: Any) -> None:
        emit(event, payload, *more, **named)
        emit(event, payload, *more, **named)

    stage.env.backend.emit = twice  # type: ignore[method-assign]
    await alice.slash(stage.channel, "undo")
    await alice.send(stage.channel, "!undo")
    stage.env.backend.emit = emit  # type: ignore[method-assign]
    assert len(await stars(stage, "alice")) == 1
    assert stage.bot.bugs == 0


async def test_what_is_said_to_nobody_leaves_no_mark(stage: Stage) -> None:
    for text in ("What a film!", "!", "!zzzzzzzzzzzzzz"):
        await stage.say("alice", text)
    assert await stage.bot.services.store._database.count("SELECT count(*) FROM handled") == 0
    await stage.say("alice", "!ping")
    assert await stage.bot.services.store._database.count("SELECT count(*) FROM handled") == 1


async def test_marks_are_gone_within_two_days(stage: Stage) -> None:
    await stage.say("alice", "!ping")
    for _ in range(4):
        await stage.advance(43_200)
    assert await stage.bot.services.store._database.count("SELECT count(*) FROM handled") == 0


async def test_webhooks_and_system_messages_are_no_members(stage: Stage) -> None:
    backend = stage.env.backend
    message = backend.create_message(stage.channel.id, stage.member("alice").id, "hello")
    payload = dict(serializers.message_payload(backend, message)) | {"content": "!rate Heat 4"}
    forged = {
        "webhook": {"webhook_id": "77", "author": payload["author"] | {"id": "77", "username": "alice"}},
        "application": {"author": payload["author"] | {"bot": True}},
        "system": {"type": 7},
    }
    await stage.env.settle()
    for place, (kind, changes) in enumerate(forged.items()):
        before = len(stage.channel.history())
        backend.emit("MESSAGE_CREATE", payload | changes | {"id": str(int(payload["id"]) + place + 1)})
        await stage.env.settle()
        assert len(stage.channel.history()) == before, kind


@pytest.mark.parametrize("command", ["ping", "privacy training"])
async def test_a_slash_command_is_refused_in_words_each_time(stage: Stage, command: str) -> None:
    alice, options = stage.member("alice"), {"state": "on"} if " " in command else {}
    results = [await alice.slash(stage.channel, command, **options) for _ in range(18)]
    assert all(one.acknowledged for one in results)
    assert ["all yours again" in text_of(one.response) for one in results] == 15 * [False] + 3 * [True]


async def test_a_prefix_command_is_refused_once_in_a_while(stage: Stage) -> None:
    for _ in range(18):
        await stage.member("alice").send(stage.channel, "!ping")
    said = [text_of(one) for one in stage.channel.history()]
    assert all("again <t:" in one for one in said if "all yours again" in one)
    assert sum("all yours again" in one for one in said) == 1
