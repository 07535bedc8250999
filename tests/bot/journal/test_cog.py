"""`undo` and `history` as members use them, and the buttons of earlier versions."""

from typing import Any

import pytest

from bot.chat.components import ActionButton, view
from tests.bot.conftest import Stage, labels_of, text_of

MOVIELENS = "userId,movieId,rating,timestamp\n1,30,4.5,1577836800\n1,40,2,1577836800\n"


async def kept(stage: Stage) -> dict[str, Any]:
    """All that alice can change."""
    store = stage.bot.services.store
    profile = await store.profiles.find(stage.member("alice").id)
    assert profile is not None
    return {
        "ratings": await store.ratings.ratings_of(profile.user_id),
        "shelves": (await store.ratings.with_shelves(profile.user_id))[1],
        "profile": (profile.visibility, profile.trains, profile.compares, profile.adopted_user_id),
    }


async def test_what_is_taken_back_in_so_many_words(stage: Stage) -> None:
    alice, name = stage.member("alice"), stage.bot.user.mention if stage.bot.user else ""
    for text in ("forget that", "please undo that", "take that back!", "oops, scratch that", "mach das rückgängig"):
        await stage.say("alice", "!rate Heat 4")
        assert "is no longer rated" in text_of(await stage.say("alice", f"{name} {text}")), text
    await alice.send_dm("Heat 4")
    await alice.send_dm("vergiss das")
    assert "is no longer rated" in text_of(stage.private("alice"))
    rated = await stage.say("alice", "!rate Heat 4")
    await alice.send(stage.channel, "undo that", reply_to=rated)
    assert "is no longer rated" in text_of(stage.last)
    before = await kept(stage)
    for text in ("forget me", "forget me please", "vergiss mich"):
        assert "no longer" not in text_of(await stage.say("alice", f"{name} {text}"))
    assert await kept(stage) == before
    assert stage.bot.bugs == 0


async def test_undo_names_a_film_or_several_changes(stage: Stage) -> None:
    alice, name = stage.member("alice"), stage.bot.user.mention if stage.bot.user else ""
    for line in ("!rate Heat 4", "!rate Alien 5\nSpeed 3", "!hide Jaws"):
        await stage.say("alice", line)
    before = await kept(stage)
    for text in ("!undo the last two", f"{name} undo the last 2", f"{name} forget my last two ratings"):
        told = text_of(await stage.say("alice", text))
        assert "one change at a time. Your last change was: **Jaws (2002)** is hidden" in told, text
    assert "Nothing of **Rambo (2001)** can be taken back" in text_of(await stage.say("alice", f"{name} undo rambo"))
    asked = await stage.say("alice", f"{name} undo my last rating")  # the last change is none
    assert "Your last change was: **Jaws (2002)** is hidden" in text_of(asked)
    more = await stage.say("alice", "!undo Speed")
    assert "**Speed (1998)** came with more: 2 ratings" in text_of(more)
    assert await kept(stage) == before
    assert "Taken back: **Heat (1995)** ★★★★" in text_of(await stage.say("alice", f"{name} undo Heat"))
    await alice.click(more, label="Undo")
    assert await kept(stage) == {**before, "ratings": {}}
    await alice.click(asked, label="Undo")
    assert (await kept(stage))["shelves"] == {}
    assert stage.bot.bugs == 0


async def test_no_setting_is_taken_back_in_passing(stage: Stage) -> None:
    alice = stage.member("alice")
    await alice.send_dm("!profile language english")
    for text in ("forget that", "vergiss das", "undo it", "mach das rückgängig"):
        await alice.send_dm(text)
        assert "Your last change was: I answer you in English. Take it back?" in text_of(stage.private("alice")), text
    await alice.send_dm("!undo")
    assert "Changed back: I answer you in the language of your Discord." in text_of(stage.private("alice"))


async def test_the_history_is_asked_for_in_so_many_words(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!rate Heat 4")
    for text in ("show my history", "Verlauf", "my history please", "what have I changed?", "history"):
        await alice.send_dm(text)
        assert "What you changed" in text_of(stage.private("alice")), text


async def test_undo_takes_back_everything_there_is_and_restore_brings_each_back(stage: Stage) -> None:
    alice = stage.member("alice")
    before, said = [], []
    for line in (
        "!rate Heat 4\nAlien 5",
        "!rate Heat 2",
        "!hide Jaws",
        "!watchlist add Jaws",
        "!watchlist remove Jaws",
        "!profile adopt 2",
        "!privacy visibility private",
        "!privacy training off",
        "!privacy compare on",
        "!unrate Alien",
    ):
        if before:
            before.append(await kept(stage))
        await stage.say("alice", line)
        before = before or [{"ratings": {}, "shelves": {}, "profile": ("server", True, False, None)}]
    await alice.send(stage.channel, "!import", attachments=[("ratings.csv", MOVIELENS.encode())])
    before.append(await kept(stage))
    await alice.click(stage.last, label="Confirm")
    asked = await stage.say("alice", "!profile reset")
    await alice.click(asked, label="Forget my ratings too")
    before.append(await kept(stage))
    await alice.click(stage.last, label="Forget 3 ratings")
    for state in reversed(before):
        after = await kept(stage)
        reply = await stage.say("alice", "!undo")
        if labels_of(reply) == ["Undo import"]:
            await alice.click(reply, label="Undo import")
            reply = stage.message(reply.id)
        assert await kept(stage) == state
        said.append(text_of(reply))
        await alice.click(reply, label="Restore")
        assert await kept(stage) == after
        await stage.env.advance_time(30)
        (back,) = labels_of(stage.message(reply.id))
        assert back in ("Undo", "Undo all")
        await alice.click(stage.message(reply.id), label=back)
        assert await kept(stage) == state
    assert said == [
        (
            "Taken back: 3 forgotten ratings (**Heat (1995)**, **Die Hard (1997)** and 1 more); "
            "you start from MovieLens user 2."
        ),
        "Taken back: your import from MovieLens, 2 ratings.",
        "**Alien (1996)** has ★★★★★ again.",
        "Changed back: your taste can be compared with nobody.",
        "Changed back: training uses your ratings.",
        "Changed back: your ratings and your profile are seen by members of servers you share.",
        "Changed back: you start from nobody.",
        "**Jaws (2002)** is on your watchlist again.",
        "**Jaws (2002)** is no longer on your watchlist. It is hidden again.",
        "**Jaws (2002)** is no longer hidden.",
        "Taken back: **Heat (1995)** ★★. It has ★★★★ again.",
        "Taken back: 2 ratings (**Heat (1995)**, **Alien (1996)**).",
    ]
    assert "nothing to take back" in text_of(await stage.say("alice", "!undo"))
    assert stage.bot.bugs == 0


async def test_history_shows_each_change_with_its_button(stage: Stage) -> None:
    alice = stage.member("alice")
    for line in (
        "!rate Heat 4",
        "!rate Heat 2",
        "!hide Jaws",
        *(f"!rate id:{10 * number} 3" for number in range(5, 14)),
    ):
        await stage.say("alice", line)
    door = await stage.say("alice", "!history")
    assert labels_of(door) == ["Open"]
    opened = (await alice.click(door, label="Open")).response
    assert opened.ephemeral
    assert "1. " in text_of(opened)
    await stage.restart()
    turned = (await alice.click(opened, label="Next")).response
    text = text_of(turned)
    assert "11. **Heat (1995)** ★★ (was 4)" in text
    assert "12. **Heat (1995)** ★★★★" in text
    assert labels_of(turned)[:2] == ["Undo 11", "Back"]  # the first rating of Heat was changed since
    undone = (await alice.click(turned, label="Undo 11")).response
    assert "Taken back: **Heat (1995)** ★★. It has ★★★★ again." in text_of(undone)
    assert labels_of(undone)[:3] == ["Restore 11", "Undo 12", "Back"]
    restored = (await alice.click(undone, label="Restore 11")).response
    assert labels_of(restored)[:2] == ["Undo 11", "Back"]
    assert (await kept(stage))["ratings"][10] == 2.0
    assert stage.bot.bugs == 0


@pytest.mark.parametrize(
    ("action", "arguments", "after"),
    [
        ("undo", (2,), {10: 4.0, 20: 5.0}),
        ("undo", (4,), {10: 4.0, 20: 5.0}),
        ("undo_all", (1, 2), {}),
        ("reset_restore", (77, 0), {10: 4.0, 20: 5.0, 30: 3.0}),
        ("restore", (1,), None),
        ("import_undo", (1,), None),
        ("undo", (99,), None),
    ],
)
async def test_buttons_of_earlier_versions(
    stage: Stage, action: str, arguments: tuple[int, ...], after: dict[int, float] | None
) -> None:
    """Numbers of writes, of writes that took something back, and of the second in which all was forgotten."""
    alice = stage.member("alice")
    services = stage.bot.services
    profile = await services.store.profiles.get_or_create(alice.id, 1)
    await services.store.ratings.rate(profile.user_id, [(10, 4.0), (20, 5.0)], 5)
    (third,) = await services.store.ratings.rate(profile.user_id, [(30, 3.0)], 6)
    if action == "reset_restore":
        await services.store.ratings.forget(profile.user_id, 77)
    elif arguments == (4,):
        await services.store.journal.undo(profile.user_id, 1)
        async with services.store._database.write() as tx:
            await tx.rows("INSERT INTO old_undos VALUES (4, 2)")
    elif after == {10: 4.0, 20: 5.0}:
        arguments = (third.change_id,)
    before = await services.store.ratings.ratings_of(profile.user_id)
    channel: Any = stage.bot.get_channel(stage.channel.id)
    await channel.send("As it was", view=view(ActionButton("Old", action, alice.id, *arguments)))
    await alice.click(stage.last, label="Old")
    expected = before if after is None else after
    if arguments in ((1, 2), (4,)):
        expected = {**expected, 30: 3.0}
    assert await services.store.ratings.ratings_of(profile.user_id) == expected
    assert stage.bot.bugs == 0
