"""`recommend` and `More`."""

import re

import pytest

from tests.bot.conftest import ACTION, ROMANCE, OpenStage, Stage, labels_of, text_of

LINE = re.compile(r"^(\d+)\. \*\*(.+) \((\d{4})\)\*\* ★ (\d\.\d) ± \d\.\d · ([\d,]+) ratings?$", re.MULTILINE)


def titles_of(message: object) -> list[str]:
    return [match[1] for match in LINE.findall(text_of(message))]


async def test_ten_numbered_unseen_films_with_years_and_stars(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5")
    reply = await stage.say("alice", "!recommend")
    rows = LINE.findall(text_of(reply))
    assert [int(row[0]) for row in rows] == list(range(1, 11))
    assert "Heat" not in titles_of(reply)
    assert len(set(titles_of(reply))) == 10
    assert labels_of(reply) == ["More"]


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


async def test_slash_and_its_count(stage: Stage) -> None:
    result = await stage.member("alice").slash(stage.channel, "recommend", count="3")
    assert len(LINE.findall(result.response.embeds[0].description)) == 3
    assert not result.ephemeral


@pytest.mark.parametrize("count", ["0", "11", "-1", "ten", "1e1", "٣"])
async def test_a_count_outside_is_an_error_not_a_clamp(stage: Stage, count: str) -> None:
    reply = await stage.say("alice", f"!recommend {count}")
    assert "1 to 10 films" in text_of(reply)


async def test_only_the_owner_may_ask_for_more(stage: Stage) -> None:
    reply = await stage.say("alice", "!recommend")
    result = await stage.member("bob").click(reply, label="More")
    assert result.response.ephemeral
    assert "recommend" in result.response.content


async def test_lists_have_a_cooldown_that_is_said_once(stage: Stage) -> None:
    alice = stage.member("alice")
    for _ in range(3):
        await alice.send(stage.channel, "!recommend")
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
    assert stage.bot.retraining.running or stage.bot.house.shelf.serving.is_trained
