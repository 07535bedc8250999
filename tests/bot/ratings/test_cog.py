"""`rate`, `unrate` and `undo` as members use them, prefix and slash."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.chat.ask import Ask
from bot.chat.components import ActionButton, view
from bot.ratings.asking import is_of_places
from tests.bot.conftest import OpenStage, Stage, labels_of, text_of


async def stored(stage: Stage, name: str) -> dict[int, float]:
    """The ratings on disk of somebody who has spoken."""
    services = stage.bot.services
    profile = await services.store.profiles.find(stage.member(name).id)
    return await services.store.ratings.ratings_of(profile.user_id) if profile else {}


async def test_a_rating_is_written_and_named_with_its_year(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4.5")
    assert "**Heat (1995)** ★★★★½" in text_of(reply)
    assert labels_of(reply) == ["Undo", "Wrong film", "Similar"]
    assert await stored(stage, "alice") == {10: 4.5}


@pytest.mark.parametrize(
    "text",
    ["!rate heat 4.5", "!r Heat (1995) - 9/10", "!RATE Heat: ★★★★½", "! rate Heat 90%", "!rate id:10 4,5"],
)
async def test_the_ways_to_write_a_rating(stage: Stage, text: str) -> None:
    await stage.say("alice", text)
    assert await stored(stage, "alice") == {10: 4.5}


async def test_a_mention_serves_as_prefix(stage: Stage) -> None:
    await stage.say("alice", f"<@{stage.bot.user.id}> rate Heat 4")  # type: ignore[union-attr]
    assert await stored(stage, "alice") == {10: 4.0}


async def test_a_direct_message_is_enough(stage: Stage) -> None:
    await stage.member("alice").send_dm("!rate Heat 4")
    assert await stored(stage, "alice") == {10: 4.0}


async def test_slash_writes_over_the_same_service(stage: Stage) -> None:
    result = await stage.member("alice").slash(stage.channel, "rate", movie="Heat", stars="4.5")
    assert "**Heat (1995)** ★★★★½" in result.response.content
    assert await stored(stage, "alice") == {10: 4.5}


async def test_autocomplete_offers_films_whose_value_is_the_id(stage: Stage) -> None:
    choices = await stage.member("alice").autocomplete(stage.channel, "rate", "movie", "toy st")
    assert [choice["name"] for choice in choices][:2] == ["Toy Story (2015)", "Toy Story 2 (2016)"]
    await stage.member("alice").slash(stage.channel, "rate", movie=choices[0]["value"], stars="3")
    assert await stored(stage, "alice") == {210: 3.0}


async def test_what_was_before_and_what_we_guessed_are_told(stage: Stage) -> None:
    first = await stage.say("alice", "!rate Heat 4")
    assert "I guessed" in text_of(first)
    second = await stage.say("alice", "!rating heat 2")
    assert "(was 4)" in text_of(second)
    assert "I guessed" not in text_of(second)


async def test_several_lines_rate_several_films(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4\nAlien 5\nNo Such Film Anywhere 3\nTop Gun")
    assert await stored(stage, "alice") == {10: 4.0, 20: 5.0}
    lines = text_of(reply).splitlines()
    assert lines[0].startswith("**Heat (1995)**")
    assert any("No Such Film Anywhere" in line and "no film called" in line for line in lines)
    assert any("Top Gun" in line and "how many stars" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("!rate", "!rate Heat 4.5"),
        ("!rate 4.5", "!rate Heat 4.5"),
        ("!rate Heat 7", "from 0.5 to 5"),
        ("!rate Heat 3.3", "between ★★★ and ★★★½"),
        ("!rate 85%", "between 4 and 4.5 stars"),
        ("!rate Qqqqqzzzz 4", "no film called"),
        ("!unrate", "!unrate Heat"),
        ("!unrate Heat", "not rated"),
        ("!undo", "nothing to take back"),
        ("!ratings banana", "newest, highest, lowest"),
    ],
)
async def test_bad_input_gets_a_sentence_and_writes_nothing(stage: Stage, text: str, said: str) -> None:
    reply = await stage.say("alice", text)
    assert said.lower() in text_of(reply).lower()
    assert await stored(stage, "alice") == {}
    assert stage.bot.bugs == 0


async def test_a_number_title_is_never_taken_for_stars(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Toy Story 2")
    assert await stored(stage, "alice") == {}
    assert labels_of(reply) == ["Toy Story 2 (2016)", "2 stars for Toy Story (2015)", "None of these"]
    await stage.member("alice").click(reply, label="2 stars for Toy Story (2015)")
    assert await stored(stage, "alice") == {210: 2.0}


async def test_a_title_without_stars_is_asked_for_them(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate 300")
    assert "How many stars for **300 (2017)**" in text_of(reply)
    await stage.member("alice").select(reply, ["3.5"])
    assert await stored(stage, "alice") == {230: 3.5}


async def test_two_films_of_one_name_are_asked_about(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Sabrina 4")
    assert await stored(stage, "alice") == {}
    await stage.member("alice").select(reply, ["250"])
    assert await stored(stage, "alice") == {250: 4.0}


async def test_undo_button_and_restore(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4")
    await stage.member("alice").click(reply, label="Undo")
    assert await stored(stage, "alice") == {}
    await stage.member("alice").click(stage.last, label="Restore")
    assert await stored(stage, "alice") == {10: 4.0}


RATED, BEFORE, GONE = "has ★★★★ again.", "has ★★ again.", "is no longer rated."


@pytest.mark.parametrize(
    ("lines", "first", "texts"),
    [
        (["!rate Heat 4"], "Undo", (GONE, RATED)),
        (["!rate Heat 2", "!rate Heat 4"], "Undo", (BEFORE, RATED)),
        (["!rate Heat 2", "!rate Heat 4", "!undo"], "Restore", (RATED, BEFORE)),
        (["!rate Heat 4", "!unrate Heat"], "Undo", (RATED, GONE)),
        (["!rate Heat 4", "!undo"], "Restore", (RATED, GONE)),
        (["!rate Heat 4", "!unrate Heat", "!undo"], "Restore", (GONE, RATED)),
    ],
)
async def test_pressed_again_and_again_it_says_what_the_next_press_does(
    stage: Stage, lines: list[str], first: str, texts: tuple[str, str]
) -> None:
    for line in lines:
        reply = await stage.say("alice", line)
    stars = {RATED: {10: 4.0}, BEFORE: {10: 2.0}, GONE: {}}
    label = first
    for press in range(6):
        if press == 3:
            await stage.restart()
        assert label in labels_of(stage.message(reply.id))
        await stage.member("alice").click(stage.message(reply.id), label=label)
        shown = text_of(stage.message(reply.id))
        assert texts[press % 2] in shown
        assert await stored(stage, "alice") == stars[texts[press % 2]]
        label = {"Undo": "Restore", "Restore": "Undo"}[label]


@pytest.mark.parametrize("label", ["Undo", "Restore"])
async def test_a_second_click_of_two_does_nothing_and_says_so(stage: Stage, label: str) -> None:
    reply = await stage.say("alice", "!rate Heat 4")
    if label == "Restore":
        await stage.member("alice").click(reply, label="Undo")
    doubled: str = stage.message(reply.id).components[0].children[0].custom_id  # type: ignore[union-attr, assignment]
    await stage.member("alice").click(reply, label=label)
    after = await stored(stage, "alice")
    _, action, owner, *arguments = doubled.split(":")
    channel: Any = stage.bot.get_channel(stage.channel.id)
    await channel.send("As it was", view=view(ActionButton("…", action, int(owner), *arguments)))
    second = await stage.member("alice").click(stage.last, custom_id=doubled)
    assert "done already" in text_of(second.response)
    assert await stored(stage, "alice") == after
    assert stage.bot.bugs == 0


async def test_the_button_of_several_films_goes_to_and_fro_too(stage: Stage) -> None:
    await stage.say("alice", "!rate Alien 1")
    reply = await stage.say("alice", "!rate Heat 4\nAlien 5")
    for label, after in [("Undo all", {20: 1.0}), ("Restore", {10: 4.0, 20: 5.0})] * 2:
        await stage.member("alice").click(stage.message(reply.id), label=label)
        assert await stored(stage, "alice") == after


async def test_undo_command_takes_back_the_last_write_only(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 4")
    await stage.say("alice", "!rate Alien 5")
    reply = await stage.say("alice", "!undo")
    assert "Alien" in text_of(reply)
    assert await stored(stage, "alice") == {10: 4.0}


async def test_double_clicks_are_harmless(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4")
    custom_id = reply.components[0].children[0].custom_id  # type: ignore[union-attr]
    assert custom_id is not None
    await stage.member("alice").click(reply, label="Undo")
    await stage.say("alice", "!rate Alien 5")
    assert await stored(stage, "alice") == {20: 5.0}
    assert stage.bot.bugs == 0


async def test_wrong_film_moves_the_stars(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Toy Story 4")
    asked = await stage.member("alice").click(reply, label="Wrong film")
    assert asked.response.ephemeral
    await stage.member("alice").select(asked.response, ["220"])
    assert await stored(stage, "alice") == {220: 4.0}


async def test_wrong_film_also_mends_what_was_said_before(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Toy Story 4")
    asked = await stage.member("alice").click(reply, label="Wrong film")
    await stage.member("alice").select(asked.response, ["220"])
    mended = stage.message(reply.id)
    assert "**Toy Story 2 (2016)** ★★★★" in text_of(mended)
    await stage.member("alice").click(mended, label="Undo")
    assert await stored(stage, "alice") == {}


async def test_several_ratings_are_taken_back_and_restored_at_once(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4\nAlien 5")
    assert labels_of(reply) == ["Undo all"]
    await stage.restart()
    await stage.member("alice").click(reply, label="Undo all")
    assert await stored(stage, "alice") == {}
    assert "Taken back: 2 ratings (**Heat (1995)**, **Alien (1996)**)." in text_of(stage.last)
    await stage.member("alice").click(stage.last, label="Restore")
    assert await stored(stage, "alice") == {10: 4.0, 20: 5.0}


async def test_an_unknown_title_is_a_press_away_from_the_nearest(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Notting Valley 4")
    assert await stored(stage, "alice") == {}
    await stage.member("alice").click(reply, label="Notting Hill (2005)")
    assert await stored(stage, "alice") == {110: 4.0}


async def test_words_behind_the_stars_are_asked_about(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4.5 no wait 4")
    assert await stored(stage, "alice") == {}
    await stage.member("alice").click(reply, label="4.5 stars for Heat (1995)")
    assert await stored(stage, "alice") == {10: 4.5}


async def test_stars_between_two_steps_are_a_press_away(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 85%, Alien five stars")
    assert text_of(reply).startswith("**Alien (1996)** ★★★★★")
    assert await stored(stage, "alice") == {20: 5.0}
    slash = await stage.member("alice").slash(stage.channel, "rate", movie="id:10", stars="3.7")
    assert labels_of(slash.response) == ["3.5 stars", "4 stars", "None of these"]
    asked = await stage.say("alice", "!rate Heat 85%")
    assert labels_of(asked) == ["4 stars", "4.5 stars", "None of these"]
    await stage.member("alice").click(asked, label="4.5 stars")
    assert await stored(stage, "alice") == {10: 4.5, 20: 5.0}


async def test_strangers_are_pointed_to_their_own(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4")
    result = await stage.member("bob").click(reply, label="Undo")
    assert result.response.ephemeral
    assert "somebody else" in result.response.content
    assert await stored(stage, "alice") == {10: 4.0}


async def test_buttons_work_after_a_restart_and_nothing_is_lost(stage: Stage) -> None:
    reply = await stage.say("alice", "!rate Heat 4")
    await stage.restart()
    assert await stored(stage, "alice") == {10: 4.0}
    await stage.member("alice").click(reply, label="Undo")
    assert await stored(stage, "alice") == {}


async def test_unrate_asks_which_film_and_removes_none_before(stage: Stage) -> None:
    await stage.say("alice", "!rate Sabrina 1954 4")
    asked = await stage.say("alice", "!unrate Sabrina")
    assert await stored(stage, "alice") == {250: 4.0}
    await stage.member("alice").select(asked, ["250"])
    assert await stored(stage, "alice") == {}
    await stage.member("alice").click(stage.last, label="Undo")
    assert await stored(stage, "alice") == {250: 4.0}


async def test_unrate_offers_undo(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 4")
    reply = await stage.say("alice", "!unrate heat")
    assert await stored(stage, "alice") == {}
    assert labels_of(reply) == ["Undo"]


async def test_markdown_and_mentions_in_input_are_disarmed(stage: Stage) -> None:
    for text in ("@everyone", "<@&1>", "[x](http://evil.example)", "||spoiler||", "`code`", "‮evil", "x" * 1900):
        reply = await stage.say("alice", f"!rate {text} 4")
        raw = text_of(reply)
        assert "@everyone" not in raw
        assert "[x](" not in raw.replace("\\[", "")
        assert "‮" not in raw
        assert len(reply.content) <= 2000
        await stage.env.advance_time(30)
    assert stage.bot.bugs == 0


async def test_the_message_text_is_not_stored(stage: Stage, open_stage: OpenStage) -> None:
    await stage.say("alice", "!rate Heat 4 please-do-not-store-this")
    await stage.say("alice", "!rate Heat 4")
    files = list(stage.settings.data_dir.glob("marquee.db*"))
    assert files
    assert not any(b"please-do-not-store-this" in path.read_bytes() for path in files)


async def test_stars_are_asked_for_in_german(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!profile language deutsch")
    asked = await stage.say("alice", "!rate Heat 3.3")
    assert text_of(asked) == "„3.3“ liegt zwischen ★★★ und ★★★½. Was soll es für **Heat (1995)** sein?"
    await alice.click(asked, label="3,5 Sterne")
    assert text_of(stage.message(asked.id)).startswith("**Heat (1995)** ★★★½, mein Tipp war ")
    asked = await stage.say("alice", "!rate Top Gun")
    await alice.select(asked, ["4.5"])
    assert "**Top Gun (2004)** ★★★★½" in text_of(stage.message(asked.id))
    assert await stored(stage, "alice") == {10: 3.5, 100: 4.5}
    assert "Du fandest **Top Gun** großartig, und wem es genauso geht" in text_of(
        await stage.say("alice", "!why Alien")
    )
    assert stage.bot.bugs == 0


def test_places_in_a_list_that_is_replied_to_are_no_title() -> None:
    """*Thirteen* would be meant by `1, 3` elsewhere."""
    listed = cast("Ask", SimpleNamespace(is_reply=True, list_spoken_of=object()))
    before = cast("Ask", SimpleNamespace(is_reply=False, list_spoken_of=object()))
    assert is_of_places(listed, "seen 1, 3")
    assert not is_of_places(before, "seen 1, 3")
    assert not any(is_of_places(listed, text) for text in ("seen it", "seen Heat", "4 stars"))
