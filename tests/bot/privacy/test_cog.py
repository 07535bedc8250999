"""`privacy` and `forgetme` in chat: seen by their owner only, and a deletion in two steps."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.training import snapshot
from tests.bot.conftest import Stage, labels_of, text_of


async def opened(stage: Stage, name: str = "alice", words: str = "!privacy") -> Any:
    """The message behind the button that a prefix command answers with in a server."""
    door = await stage.say(name, words)
    assert labels_of(door) == ["Open"]
    assert "rating" not in text_of(door)
    pressed = await stage.member(name).click(door, label="Open")
    assert pressed.response.ephemeral
    return pressed.response.message


async def delete(stage: Stage, name: str = "alice") -> Any:
    """Both steps; the receipt."""
    asked = await opened(stage, name, "!privacy delete")
    pressed = await stage.member(name).click(asked, label="Delete for good")
    return pressed.response


def traces(folder: Path, *ids: int) -> list[str]:
    """Files that hold one of these Discord ids, as text or as SQLite writes it."""
    forms = [form for one in ids for form in (str(one).encode(), one.to_bytes(8, "big"))]
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


async def test_what_is_kept_is_told_to_its_owner_only(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 4")
    await stage.say("alice", "!recommend 3")
    shown = await opened(stage)
    text = text_of(shown)
    assert "- 2 ratings" in text
    assert "- 2 changes in your history, so that you can take each of them back" in text
    assert "- 1 list I showed you" in text
    assert "members of servers you share" in text
    assert labels_of(shown) == [
        "Keep my ratings out of training",
        "Let others compare tastes",
        "Export",
        "Delete everything",
    ]
    door = await stage.say("alice", "!privacy")
    stranger = await stage.member("bob").click(door, label="Open")
    assert stranger.response.ephemeral
    assert "somebody else" in stranger.response.content


async def test_slash_and_direct_messages_need_no_door(stage: Stage) -> None:
    slash = await stage.member("alice").slash(stage.channel, "privacy show")
    assert slash.response.ephemeral
    assert "Nothing yet" in text_of(slash.response.message)
    await stage.member("alice").send_dm("!privacy")
    assert "Nothing yet" in text_of(stage.private("alice"))
    assert await stage.bot.services.store.profiles.count() == 0, "looking makes no profile"


async def test_choices_are_made_by_select_button_and_word(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!rate Heat 5")
    shown = await opened(stage)
    await alice.select(shown, ["private"])
    hidden = await stage.say("bob", f"!ratings {alice.mention}")
    assert "not shown here" in text_of(hidden)
    reply = await stage.say("alice", "!privacy visibility public")
    assert "seen by everybody who uses this bot" in text_of(reply)
    await stage.member("bob").send_dm(f"!ratings {alice.id}")
    assert "Heat" in text_of(stage.private("bob"))

    pressed = await alice.click(shown, label="Keep my ratings out of training")
    assert "the next model is made without your ratings" in text_of(pressed.response.message)
    assert labels_of(pressed.response.message)[0] == "Train on my ratings again"
    assert len(await stage.bot.services.store.ratings.training_frame()) == 0
    assert "**Heat (" not in text_of(await stage.say("alice", "!recommend")), "lists go on"
    slash = await alice.slash(stage.channel, "privacy training", state="on")
    assert slash.response.ephemeral
    assert len(await stage.bot.services.store.ratings.training_frame()) == 1


async def test_what_was_chosen_by_a_word_is_taken_back_by_a_button(stage: Stage) -> None:
    alice = stage.member("alice")
    for words, undone, again in (
        ("privacy visibility private", "seen by members of servers you share", "seen by nobody but you"),
        ("privacy training off", "training uses your ratings", "training leaves out your ratings"),
        ("privacy compare on", "compared with nobody", "compared with others"),
        ("profile pictures off", "you get pictures", "you get words in place of pictures"),
    ):
        said = await stage.say("alice", f"!{words}")
        assert labels_of(said) == ["Undo"], words
        await alice.click(said, label="Undo")
        assert undone in text_of(stage.message(said.id))
        await alice.click(stage.message(said.id), label="Restore")
        assert again in text_of(stage.message(said.id))
        assert labels_of(await stage.say("alice", f"!{words}")) == [], "it stands so already"
    assert alice.id in stage.bot.without_pictures
    assert stage.bot.bugs == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("!privacy visibility nobody", "is not one of private, server, public"),
        ("!privacy training maybe", "is not one of on, off"),
        ("!privacy everything", "!privacy export"),
        ("!privacy visibility", "Write one of private, server, public behind the command."),
        ("!privacy export", "I keep nothing about you"),
    ],
)
async def test_what_cannot_be_done_is_a_sentence(stage: Stage, words: str, said: str) -> None:
    assert said in text_of(await stage.say("alice", words))


async def test_an_export_is_a_file_for_its_owner(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!rate Heat 4.5")
    slash = await alice.slash(stage.channel, "privacy export")
    assert slash.response.ephemeral
    (attached,) = slash.response.message.attachments
    with zipfile.ZipFile(io.BytesIO(await attached.read())) as archive:
        assert json.loads(archive.read("marquee.json"))["ratings"][0]["title"] == "Heat"
        assert "Everything Marquee keeps about you." in archive.read("README.txt").decode()

    assert "direct message" in text_of(await stage.say("alice", "!privacy export"))
    assert [one.filename for one in stage.private("alice").attachments] == [attached.filename]
    pressed = await alice.click(await opened(stage), label="Export")
    (answer,) = pressed.followups
    assert answer.ephemeral
    assert len(answer.message.attachments) == 1


async def test_where_direct_messages_are_closed_the_way_out_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def closed(*_: object, **__: object) -> None:
        response = type("Response", (), {"status": 403, "reason": "Forbidden"})()
        raise discord.Forbidden(response, {"code": 50007, "message": "Cannot send messages to this user"})

    await stage.say("alice", "!rate Heat 4.5")
    monkeypatch.setattr(discord.Member, "send", closed)
    assert "Use </privacy export:" in text_of(await stage.say("alice", "!privacy export"))


async def test_a_deletion_in_two_steps_with_a_receipt(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!rate Heat 5\nAlien 4")
    await stage.say("alice", "!profile language english")
    await stage.say("bob", "!rate Heat 3")
    shown = await opened(stage)
    asked = (await alice.click(shown, label="Delete everything")).response.message
    assert "## Delete everything?" in text_of(asked)
    assert "- 2 ratings" in text_of(asked)
    kept = (await alice.click(asked, label="Keep")).response.message
    assert "## What I keep about you" in text_of(kept)
    assert "- 2 ratings" in text_of(kept)

    asked = (await alice.click(kept, label="Delete everything")).response.message
    receipt = text_of((await alice.click(asked, label="Delete for good")).response.message)
    assert "## Deleted" in receipt
    assert "- 2 ratings" in receipt
    assert "**Receipt** `" in receipt
    assert await stage.bot.services.store.profiles.find(alice.id) is None
    assert stage.bot.languages == {}
    assert "You have rated nothing yet" in text_of(await stage.say("alice", "!ratings"))
    assert "Heat" in text_of(await stage.say("bob", "!ratings"))
    assert stage.bot.bugs == 0


async def test_a_second_click_deletes_nothing_more(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    await stage.say("bob", "!rate Heat 3")
    await stage.member("alice").send_dm("!forgetme")
    asked = stage.private("alice")
    await stage.user("alice").click(asked, label="Delete for good")
    assert "## Deleted" in text_of(stage.private("alice"))
    assert labels_of(stage.private("alice")) == []
    assert await stage.bot.services.store.profiles.count() == 1
    again = await opened_twice(stage, "bob")
    assert "I keep nothing about you" in again


async def opened_twice(stage: Stage, name: str) -> str:
    """Press `Delete for good` in two messages that were asked for at the same time; what the second says."""
    first = await opened(stage, name, "!forgetme")
    second = await opened(stage, name, "!forgetme")
    await stage.member(name).click(first, label="Delete for good")
    result = await stage.member(name).click(second, label="Delete for good")
    return text_of(result.followups[-1])


async def test_the_second_step_works_after_a_restart(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    await stage.member("alice").send_dm("!privacy delete")
    asked = stage.private("alice")
    await stage.restart()
    await stage.user("alice").click(asked, label="Delete for good")
    assert "## Deleted" in text_of(stage.private("alice"))
    assert await stage.bot.services.store.profiles.count() == 0


async def test_what_changed_since_or_was_long_ago_is_shown_anew(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!rate Heat 5")
    asked = await opened(stage, words="!privacy delete")
    await stage.say("alice", "!rate Alien 4")
    again = (await alice.click(asked, label="Delete for good")).response.message
    assert "It has changed since I asked" in text_of(again)
    assert "- 2 ratings" in text_of(again)
    await stage.env.advance_time(16 * 60)
    again = (await alice.click(again, label="Delete for good")).response.message
    assert "It has changed since I asked" in text_of(again)
    await stage.env.advance_time(60)
    assert "## Deleted" in text_of((await alice.click(again, label="Delete for good")).response.message)


async def test_no_trace_is_left(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has done everything there is goes; neither the id nor its number stands in any file."""
    folder = stage.settings.data_dir
    alice = stage.member("alice")
    stage.bot.owner_id = alice.id  # an operator
    await stage.say("alice", "!rate " + "\n".join(f"id:{10 * number} 4" for number in range(1, 13)))
    await stage.say("bob", "!rate Heat 5\nAlien 4")
    await stage.say("alice", "!undo")
    await alice.click(await stage.say("alice", "!recommend 3"), label="More")
    await stage.say("alice", "!profile adopt 7")
    services = stage.bot.services
    await services.shelves.put(alice.id, "watchlist", services.search.by_id(130).movie_id, 5)
    await services.shelves.put(alice.id, "hidden", services.search.by_id(140).movie_id, 5)
    table = b"Name,Year,Letterboxd URI,Rating\nJaws,2002,x,4.5\nGhost,2007,x,2\n"
    at = int(stage.last.created_at.timestamp())
    preview = await services.imports.preview(alice.id, "ratings.csv", table, at)
    await services.imports.confirm(alice.id, preview.import_id, at)
    await services.imports.preview(alice.id, "again.csv", table, at)  # stays open
    await stage.say("alice", "!start")
    monkeypatch.setattr(snapshot, "MIN_ACCOUNT_AGE_S", 0)
    await stage.say("alice", "!retrain")
    profile = await services.store.profiles.find(alice.id)
    assert profile is not None
    assert profile.adopted_user_id == 7
    number = str(profile.user_id).encode()

    # While the training runs, and from its snapshot.
    snapshots = list(stage.settings.models_dir.glob(".snapshot-*/*"))
    receipt = text_of((await delete(stage)).message)
    assert "- 1 training you asked for" in receipt
    assert "- 2 imports" in receipt
    assert traces(folder, alice.id) == []
    assert traces(folder, stage.member("bob").id) == ["marquee.db"]
    await stage.finish_training()
    assert [path for path in snapshots if path.exists()] == []
    assert list(stage.settings.models_dir.glob(".*")) == []
    assert traces(folder, alice.id) == []
    assert [path for path in folder.rglob("*.json") if number in path.read_bytes()] == []
    buckets = stage.bot.cooldowns._buckets
    assert [kind for kind, bucket in buckets.items() if alice.id in bucket._cache] == ["heavy"]
    await stage.env.advance_time(60)
    await stage.say("bob", "!retrain")
    assert not any(alice.id in bucket._cache for bucket in buckets.values())

    await stage.restart()
    assert traces(folder, alice.id) == []
    run = await stage.bot.services.store.runs.last()
    assert run is not None
    assert run.requested_by is None
