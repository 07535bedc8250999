"""`recommend` and what stands under a list."""

import re
from typing import Any

import pytest

from tests.bot.conftest import ACTION, ROMANCE, OpenStage, Stage, labels_of, options_of, select_id, text_of

LINE = re.compile(r"^(\d+)\. \*\*(.+) \((\d{4})\)\*\* ★ (\d\.\d)$", re.MULTILINE)


def titles_of(message: object) -> list[str]:
    return [match[1] for match in LINE.findall(text_of(message))]


async def test_ten_numbered_unseen_films_with_years_and_stars(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    reply = await stage.say("alice", "!recommend")
    rows = LINE.findall(text_of(reply))
    assert [int(row[0]) for row in rows] == list(range(1, 11))
    assert "Heat" not in titles_of(reply)
    assert len(set(titles_of(reply))) == 10
    assert labels_of(reply) == ["More", "Why", "Filters"]


@pytest.mark.parametrize("words", ["!recommend", "!rec", "!recs"])
async def test_a_cold_member_gets_what_most_people_like(stage: Stage, words: str) -> None:
    reply = await stage.say("alice", words)
    assert len(titles_of(reply)) == 10
    assert "rated nothing yet" in text_of(reply)


async def test_taste_decides(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 5\nSpeed 4.5\nTitanic 1\nGhost 1")
    await stage.say("bob", "!rate Titanic 5\nGhost 5\nNotting Hill 4.5\nHeat 1\nAlien 1")
    alice = titles_of(await stage.say("alice", "!recommend 5"))
    bob = titles_of(await stage.say("bob", "!recommend 5"))
    assert len(alice) == len(bob) == 5
    assert not set(alice) & set(ROMANCE)
    assert not set(bob) & set(ACTION)


async def test_the_same_call_gives_the_same_list_and_a_rating_moves_it(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    first = titles_of(await stage.say("alice", "!recommend"))
    assert titles_of(await stage.say("alice", "!recommend")) == first
    await stage.say("alice", f"!rate {first[0]} 5")
    moved = titles_of(await stage.say("alice", "!recommend"))
    assert first[0] not in moved
    assert moved != first


async def test_more_never_repeats_after_a_rating_or_a_restart(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    reply = await stage.say("alice", "!recommend 5")
    seen = titles_of(reply)
    await stage.say("alice", "!rate Titanic 5")
    await stage.restart()
    for _ in range(2):
        result = await stage.member("alice").click(reply, label="More")
        assert result.response is not None
        shown = titles_of(result.response)
        assert shown, text_of(result.response)
        assert not set(shown) & {*seen, "Heat", "Titanic"}
        seen += shown
        await stage.env.advance_time(30)


async def test_more_ends_with_a_sentence_where_the_catalogue_ends(stage: Stage) -> None:
    reply = await stage.say("alice", "!recommend")
    for _ in range(3):
        await stage.member("alice").click(reply, label="More")
        await stage.env.advance_time(30)
    assert "whole catalogue" in text_of(stage.last)


async def test_slash_and_its_options(stage: Stage) -> None:
    alice = stage.member("alice")
    result = await alice.slash(stage.channel, "recommend", count=3)
    assert len(titles_of(result.response)) == 3
    assert not result.ephemeral
    result = await alice.slash(stage.channel, "recommend", genre="romance", years="90s", depth="popular", source="all")
    assert "No film fits: Romance · 1990s · popular films." in text_of(result.response)
    result = await alice.slash(
        stage.channel, "recommend", genre="Action, comedy", without="Romance", years="until 2000"
    )
    assert "Action or Comedy · without Romance · up to 2000" in text_of(result.response)
    assert len(titles_of(result.response)) == 7


async def test_genres_and_decades_are_completed(stage: Stage) -> None:
    alice = stage.member("alice")
    for option, typed, offered in (
        ("genre", "com", ["Comedy"]),
        ("without", "Action, ", ["Action, Comedy", "Action, Romance"]),
        ("years", "19", ["1990s", "1950s"]),
    ):
        choices = await alice.autocomplete(stage.channel, "recommend", option, typed)
        assert [one["value"] for one in choices] == offered


@pytest.mark.parametrize("count", ["0", "11", "-1", "1e1", "٣"])
async def test_a_count_outside_is_an_error_not_a_clamp(stage: Stage, count: str) -> None:
    reply = await stage.say("alice", f"!recommend {count}")
    assert "1 to 10 films" in text_of(reply)


async def test_filters_by_words_last_through_more_and_a_restart(stage: Stage) -> None:
    reply = await stage.say("alice", "!rec romance without:action 3")
    seen = titles_of(reply)
    assert "-# Romance · without Action" in text_of(reply)
    await stage.restart()
    for _ in range(4):
        result = await stage.member("alice").click(reply, label="More")
        seen += titles_of(result.response)
        await stage.env.advance_time(30)
    assert sorted(seen) == sorted(ROMANCE)
    assert "That was all: Romance · without Action. Of any genre" in text_of(result.response)
    assert labels_of(result.response) == ["Filters"]


async def test_words_nobody_knows_and_words_that_clash(stage: Stage) -> None:
    asked = await stage.say("alice", "!recommend qwomance")
    assert "I do not know “qwomance”. Did you mean one of these?" in text_of(asked)
    assert labels_of(asked)[0] == "Romance"
    reply = await stage.say("alice", "!recommend qwomance, no action 3 by Nolan")
    assert "-# Without Action" in text_of(reply)
    assert "I do not know who directed the films here, so I left that out." in text_of(reply)
    await stage.restart()
    for message in (asked, reply):
        chosen = await stage.member("alice").click(message, label="Romance")
        assert set(titles_of(chosen.response)) <= set(ROMANCE)
        await stage.env.advance_time(30)
    assert "-# Romance · without Action" in text_of(chosen.response)
    assert len(titles_of(chosen.response)) == 3
    assert "do not go together" in text_of(await stage.say("alice", "!recommend action no action"))
    reply = text_of(await stage.say("alice", "!recommend 90s since 2000"))
    assert "-# Since 2000\n-# “90s” and “since 2000” do not go together, so I took “since 2000”.\n" in reply
    asked = await stage.say("alice", "!recommend from when I was a kid")
    assert (text_of(asked), labels_of(asked)) == ("When was that?", ["1950s", "1990s", "2000s"])
    chosen = await stage.member("alice").click(asked, label="1990s")
    assert "-# 1990s\n" in text_of(chosen.response)
    assert len(titles_of(chosen.response)) == 5


async def test_a_wish_of_which_nothing_can_be_used_is_told_from_one_that_fits(stage: Stage) -> None:
    usual = "I do not know how long the films here are, so these are what I would show you anyway."
    assert usual in text_of(await stage.say("alice", "!recommend under 90 minutes"))
    left_out = "I do not know how long the films here are, so I left that out."
    assert left_out in text_of(await stage.say("alice", "!recommend romance under 90 minutes"))


async def test_a_seen_film_is_rated_and_moves_the_list(stage: Stage) -> None:
    reply = await stage.say("alice", "!recommend 5")
    alice = stage.member("alice")
    first = titles_of(reply)[0]
    assert [label.partition(" (")[0] for label in options_of(reply, "I've seen…")] == titles_of(reply)
    await stage.restart()
    asked = await select(stage, "alice", reply, "I've seen…", first)
    assert asked.ephemeral
    assert f"How many stars for **{first} (" in text_of(asked.response)
    await alice.select(asked.response, ["4.5"])
    assert first not in titles_of(await stage.say("alice", "!recommend"))


async def test_not_for_me_hides_a_film_until_it_is_undone(stage: Stage) -> None:
    reply = await stage.say("alice", "!recommend 5")
    first = titles_of(reply)[0]
    await stage.restart()
    said = await select(stage, "alice", reply, "Not for me", first)
    assert said.ephemeral
    assert "stays out of your lists" in text_of(said.response)
    assert first not in titles_of(await stage.say("alice", "!recommend"))
    undone = await stage.member("alice").click(said.response, label="Undo")
    assert "no longer hidden" in text_of(undone.response)
    assert titles_of(await stage.say("alice", "!recommend 1")) == [first]


async def test_why_asks_about_the_films_of_its_message(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    reply = await stage.say("alice", "!recommend 3")
    more = (await stage.member("alice").click(reply, label="More")).response
    await stage.restart()
    asked = await stage.member("alice").click(more, label="Why")
    assert asked.ephemeral
    assert [label.partition(" (")[0] for label in options_of(asked.response, "Choose the film")] == titles_of(more)
    film = next(one for one in stage.bot.services.search.catalogue.values() if one.title == titles_of(more)[0])
    told = await stage.member("alice").select(asked.response, [str(film.movie_id)])
    assert titles_of(more)[0] in text_of(told.response)
    assert stage.bot.bugs == 0


async def select(stage: Stage, name: str, message: Any, placeholder: str, title: str) -> Any:
    film = next(one for one in stage.bot.services.search.catalogue.values() if one.title == title)
    pressed = select_id(message, placeholder)
    return await stage.member(name).select(message, [str(film.movie_id)], custom_id=pressed)


async def test_only_the_owner_may_use_what_stands_under_a_list(stage: Stage) -> None:
    reply = await stage.say("alice", "!recommend")
    for label in ("More", "Why", "Filters"):
        result = await stage.member("bob").click(reply, label=label)
        assert result.response.ephemeral
        assert "recommend" in result.response.content
    for placeholder in ("I've seen…", "Not for me"):
        result = await select(stage, "bob", reply, placeholder, titles_of(reply)[0])
        assert "belongs to somebody else" in result.response.content


async def test_lists_have_a_cooldown_that_is_said_once(stage: Stage) -> None:
    alice = stage.member("alice")
    for _ in range(12):
        stage.bot.cooldowns.spend(alice.id, "list", stage.env.now().timestamp())
    await alice.send(stage.channel, "!recommend")
    assert "a lot at once" in text_of(stage.last)
    said = stage.last.id
    own = await alice.send(stage.channel, "!recommend")
    assert stage.last.id == own.id != said
    await stage.env.advance_time(30)
    assert len(titles_of(await stage.say("alice", "!recommend"))) == 10


async def test_popularity_serves_at_a_first_start_without_a_model(open_stage: OpenStage) -> None:
    stage = await open_stage(is_trained=False)
    reply = await stage.say("alice", "!recommend")
    assert len(titles_of(reply)) == 10
    assert stage.bot.retraining.running or stage.bot.services.models.serving.is_trained


async def test_a_list_says_where_the_server_thinks_otherwise(stage: Stage) -> None:
    for name in ("bob", "carol"):
        await stage.say(name, "!rate Ghost 0.5\nClueless 0.5\nTitanic 0.5\nAlien 5")
    listed = text_of(await stage.say("alice", "!recommend romance"))
    lines = listed.split("\n")
    for film in ("Ghost", "Clueless", "Titanic"):
        place = next(number for number, line in enumerate(lines) if film in line)
        assert "★ 0.5 in this server" in lines[place + 1], listed
    assert listed.count("in this server") == 3
    await stage.member("alice").send_dm("!recommend romance")
    await stage.env.advance_time(10)
    assert "in this server" not in text_of(stage.private("alice"))


async def test_a_wish_is_heard_by_name_in_a_direct_message_and_in_reply(stage: Stage) -> None:
    alice, name = stage.member("alice"), f"<@{stage.bot.user.id}>"
    assert len(titles_of(await stage.say("alice", f"{name} what should I watch tonight?"))) == 10
    assert "-# Like Heat (1995) · up to 2004" in text_of(await stage.say("alice", f"{name} like Heat but before 2005"))
    assert "like Heat" in text_of(await stage.say("alice", "!like Heat"))
    for wish in ("films like Heat", "movie like Heat", "something like Heat", "Like Heat but before 2005"):
        assert "-# Like Heat (1995)" in text_of(await stage.say("alice", f"{name} {wish}")), wish
    assert "## Heat (1995)" in text_of(await stage.say("alice", f"{name} movie Heat"))
    refused = text_of(await stage.say("alice", "!recommend romance, not from the 80s or 90s"))
    assert "-# Romance\n" in refused
    mine = await stage.say("alice", f"{name} something romantic, please, no action")
    assert "-# Romance · without Action" in text_of(mine)
    await alice.send(stage.channel, "3 action films", reply_to=mine)
    await stage.env.advance_time(10)
    assert set(titles_of(stage.last)) <= set(ACTION)
    for text, options in (("thanks, i loved it", {"reply_to": mine}), ("something romantic", {})):
        await alice.send(stage.channel, text, **options)
        await stage.env.advance_time(10)
        assert stage.last.content == text  # nobody asked
    assert "You are welcome" in text_of(await stage.say("alice", f"{name} thanks"))
    await alice.send_dm("a romance from before 2010")
    assert "-# Romance · up to 2009" in text_of(stage.private("alice"))
    result = await alice.slash(stage.channel, "recommend", wish="romance, not too long", genre="action", count=4)
    assert "Action or Romance" in text_of(result.response) or "Romance or Action" in text_of(result.response)
    assert "how long the films here are" in text_of(result.response)
    assert len(titles_of(result.response)) == 4
