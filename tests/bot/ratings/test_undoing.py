"""`undo` after changes that are no ratings: it says what the last change was, and takes nothing back."""

from typing import Any

import pytest

from tests.bot.conftest import Stage, text_of

RATED = {10: 4.0, 20: 5.0}
LETTERBOXD = "Date,Name,Year,Letterboxd URI,Rating\n2024-05-01,Jaws,2002,https://boxd.it/1,4.5\n"
WANTED = "Date,Name,Year,Letterboxd URI\n2024-05-01,Jaws,2002,https://boxd.it/1\n"


async def kept(stage: Stage) -> dict[str, Any]:
    """All that is stored of alice and that `undo` could touch."""
    store = stage.bot.services.store
    profile = await store.profiles.find(stage.member("alice").id)
    assert profile is not None
    return {
        "ratings": await store.ratings.ratings_of(profile.user_id),
        "hidden": await store.shelves.of(profile.user_id, "hidden"),
        "watchlist": await store.shelves.of(profile.user_id, "watchlist"),
        "adopted": profile.adopted_user_id,
    }


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["!hide Jaws"], ["hid **Jaws (2002)**", "!hide remove Jaws (2002)"]),
        (["!hide Jaws", "!hide remove Jaws"], ["**Jaws (2002)** come up", "!hide Jaws (2002)"]),
        (["!watchlist add Jaws"], ["put **Jaws (2002)** on", "!watchlist remove Jaws (2002)"]),
        (["!wl Jaws", "!wl remove Jaws"], ["took **Jaws (2002)** off", "!watchlist add Jaws (2002)"]),
        (["!wl Jaws", "!hide Jaws"], ["hid **Jaws (2002)**"]),
        (["!profile adopt 2"], ["start from MovieLens user 2;", "!profile reset"]),
        (["!hide Jaws", "!rate Speed 2", "!undo"], ["hid **Jaws (2002)**"]),
    ],
)
async def test_after_another_change_nothing_is_taken_back(stage: Stage, lines: list[str], said: list[str]) -> None:
    await stage.say("alice", "!rate Heat 4\nAlien 5")
    for line in lines:
        await stage.say("alice", line)
    before = await kept(stage)
    for _ in range(2):
        reply = text_of(await stage.say("alice", "!undo"))
        assert all(one in reply for one in said), reply
        assert await kept(stage) == before
    assert before["ratings"] == RATED
    await stage.say("alice", "!rate Speed 3")
    assert "Speed" in text_of(await stage.say("alice", "!undo"))


@pytest.mark.parametrize(("name", "content"), [("ratings.csv", LETTERBOXD), ("watchlist.csv", WANTED)])
async def test_after_an_import_its_own_button_is_offered(stage: Stage, name: str, content: str) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!rate Heat 4\nAlien 5")
    await alice.send(stage.channel, "!import", attachments=[(name, content.encode())])
    await alice.click(stage.last, label="Confirm")
    before = await kept(stage)
    reply = await stage.say("alice", "!undo")
    assert "import" in text_of(reply)
    assert await kept(stage) == before
    await alice.click(reply, label="Undo import")
    assert (await kept(stage))["ratings"] == RATED
    assert "Alien" in text_of(await stage.say("alice", "!undo"))  # as if it had not been


async def test_after_a_reset_nothing_comes_back_film_by_film(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 4\nAlien 5")
    await stage.say("alice", "!profile adopt 2")
    asked = await stage.say("alice", "!profile reset")
    await stage.member("alice").click(asked, label="Forget my ratings too")
    await stage.member("alice").click(stage.last, label="Forget 2 ratings")
    reply = text_of(await stage.say("alice", "!undo"))
    assert "forgot 2 ratings; !profile reset" in reply
    assert (await kept(stage))["ratings"] == {}
    await stage.member("alice").click(await stage.say("alice", "!profile reset"), label="Bring 2 ratings back")
    assert (await kept(stage))["ratings"] == RATED


async def test_what_its_button_has_taken_back_is_no_change(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 4")
    hidden = await stage.say("alice", "!hide Jaws")
    await stage.member("alice").click(hidden, label="Undo")
    await stage.member("alice").click(stage.message(hidden.id), label="Restore")
    await stage.restart()
    assert "hid **Jaws" in text_of(await stage.say("alice", "!undo"))
    await stage.member("alice").click(stage.message(hidden.id), label="Undo")
    assert "**Heat (1995)** is no longer rated" in text_of(await stage.say("alice", "!undo"))


async def test_it_says_so_to_slash_and_to_who_never_rated(stage: Stage) -> None:
    await stage.say("bob", "!hide Jaws")
    result = await stage.member("bob").slash(stage.channel, "undo")
    assert "/hide remove Jaws" in result.response.content or "!hide remove Jaws" in result.response.content
