"""What is said in reply to a list, or right after it: films by their places, more of them, and others like them."""

import pytest

from bot.lists.following import following
from tests.bot.conftest import Stage, text_of


async def test_films_are_named_by_their_places(stage: Stage) -> None:
    alice, bob = stage.member("alice"), stage.member("bob")
    name = stage.bot.user.mention if stage.bot.user else ""
    shown = await stage.say("alice", "!recommend action")
    films = [line.split("**")[1] for line in text_of(shown).splitlines() if "**" in line]
    assert len(films) == 10
    for text, told in {
        "why the second one?": f"for {films[1]}",
        "more like the second one": f"Films like {films[1]}",
        "hide number 4": f"**{films[3]}** is hidden",
        "add the first to my watchlist": f"**{films[0]}** is on your watchlist",
        "den dritten auf die Merkliste": f"**{films[2]}** is on your watchlist",
        "seen the first one": f"**{films[0]}** is one you have seen",
        "I've seen 5, 6 and 7": f"Seen, and so out of your lists: **{films[4]}**, **{films[5]}** and **{films[6]}**.",
        "!why the last one": f"for {films[9]}",
        "!seen 9": f"**{films[8]}** is one you have seen",
        "den zehnten kenne ich schon": f"**{films[9]}** is one you have seen",
    }.items():
        await alice.send(stage.channel, text, reply_to=shown)
        assert told in text_of(stage.last), text
    assert (await stage.say("bob", "!similar Heat")).id > shown.id  # a list that is not hers
    shown = await stage.say("alice", "!recommend")
    films = [line.split("**")[1] for line in text_of(shown).splitlines() if "**" in line]
    for text, told in {  # right after it
        "hide the second and the third": f"Hidden, and so out of your lists: **{films[1]}** and **{films[2]}**.",
        "why the second one?": f"for {films[1]}",
        "add number 8 to my list": f"**{films[7]}** is on your watchlist",
        "seen them all": "Seen, and so out of your lists: **",
    }.items():
        assert told in text_of(await stage.say("alice", f"{name} {text}")), text
    assert "films on a shelf" in text_of(await stage.say("alice", "!undo"))
    await bob.send(stage.channel, "hide the first one", reply_to=shown)  # a list is everybody's to point at
    assert f"**{films[0]}** is hidden" in text_of(stage.last)
    for text in ("seen number 11", "the first one is on TV"):
        await alice.send(stage.channel, text, reply_to=shown)
        assert stage.last.content == text, text
    assert stage.bot.bugs == 0


async def test_films_are_rated_by_their_places(stage: Stage) -> None:
    name = stage.bot.user.mention if stage.bot.user else ""

    async def listed() -> list[str]:
        shown = text_of(await stage.say("alice", "!recommend"))
        return [line.split("**")[1] for line in shown.splitlines() if "**" in line]

    for text, places in {
        "!rate 2 4": {2: "★★★★"},
        "!rate the last one ★★": {10: "★★"},
        "!rate 1 and 3 4.5": {1: "★★★★½", 3: "★★★★½"},
        "!rate 1 5, #4 3.5": {1: "★★★★★", 4: "★★★½"},
        "!rate 2 3\n5 4": {2: "★★★", 5: "★★★★"},
        f"{name} 3 4.5": {3: "★★★★½"},
        f"{name} number 6 gets 4 stars": {6: "★★★★"},
        f"{name} the second one was great, 4.5": {2: "★★★★½"},
        f"{name} 3 stars for #7": {7: "★★★"},
        f"{name} number 3 is a 2": {3: "★★"},
        f"{name} number 1 and number 2 get 4 stars": {1: "★★★★", 2: "★★★★"},
        f"{name} I hated number 9": {9: ""},
    }.items():
        films = await listed()
        told = text_of(await stage.say("alice", text))
        for place, stars in places.items():
            assert f"**{films[place - 1]}** {stars}".strip() in told, text
    await listed()
    assert text_of(await stage.say("alice", "!rate 2 7")).startswith("“7” is not a rating I know.")
    for text in ("!rate 1, 3", f"{name} 1, 3", f"{name} 1 3"):  # two places, perhaps
        await listed()
        await stage.say("alice", text)
    assert "15 ratings" in text_of(await stage.say("alice", "!ratings"))
    assert stage.bot.bugs == 0


@pytest.mark.parametrize(
    "text",
    [
        "Alien 5, the second one was bad, 2",
        "!rate Toy Story 5, the second one 3.5 and the third one 4",
        "Speed was great, 4. The second one was awful, 2.",
        "Ghost is the number 1 film of all time 5",
        "no. 1: Heat 4",
        "the third is heat 4",
        "the first one was Heat, 4",
        "would you give number 3 5 stars?",
        "number 3 is a 5?",
        "I would not give number 4 five stars",
        "the first was 4 days ago",
        "number 1, 2",
        "number 1 then 2",
        "!rate number 1, 2",
        "1 for number 3",
        "number 2 gets 2 thumbs up",
        "the first one is 5 dollars on amazon",
        "the second one is 4 me",
        "2 for the first one, 3 for the second one",
    ],
)
async def test_a_place_beside_a_film_or_in_a_question_gives_nothing_stars(stage: Stage, text: str) -> None:
    name = stage.bot.user.mention if stage.bot.user else ""
    listed = text_of(await stage.say("alice", "!recommend"))
    films = [line.split("**")[1] for line in listed.splitlines() if "**" in line]
    await stage.say("alice", text if text.startswith("!") else f"{name} {text}")
    rated = text_of(await stage.say("alice", "!ratings"))
    named = [film for film in films if film.split(" (")[0].lower() not in text.lower()]
    assert not [film for film in named if film in rated], rated
    assert stage.bot.bugs == 0


async def test_a_place_is_one_of_the_list_that_was_shown_last(stage: Stage) -> None:
    name = stage.bot.user.mention if stage.bot.user else ""
    await stage.say("alice", "!recommend")
    similar = text_of(await stage.say("alice", "!similar Heat"))
    films = [line.split("**")[1] for line in similar.splitlines() if line[:1].isdigit()]
    assert f"**{films[1]}** ★★★★" in text_of(await stage.say("alice", f"{name} number 2 gets 4 stars"))
    await stage.say("alice", "!recommend")
    for other in ("!top everywhere", "!ratings"):  # whose films cannot be told apart by a button
        await stage.say("alice", "!rate Speed 5\nAlien 4")
        await stage.say("alice", "!recommend")
        await stage.say("alice", other)
        assert "do not go together" in text_of(await stage.say("alice", f"{name} number 2 gets 4 stars")), other


async def test_sentences_speak_of_films_by_their_places(stage: Stage) -> None:
    name = stage.bot.user.mention if stage.bot.user else ""
    for text, told in {
        "number 3": "{2}",
        "the second one": "{1}",
        "is number 4 any good?": "{3}",
        "number 5 but newer": "Like {4} · since",
        "!recommend like number 6 but newer": "Like {5} · since",
        "what's a trailer?": "I did not get that",
        "number 11": "I did not get that",
    }.items():
        shown = text_of(await stage.say("alice", "!recommend"))
        films = [line.split("**")[1] for line in shown.splitlines() if "**" in line]
        said = text_of(await stage.say("alice", text if text.startswith("!") else f"{name} {text}"))
        assert told.format(*films) in said, text
    assert stage.bot.bugs == 0


async def test_more_is_a_command_too(stage: Stage) -> None:
    name = stage.bot.user.mention if stage.bot.user else ""
    assert "Films for you" in text_of(await stage.say("alice", "!more"))
    assert "More films for you" in text_of(await stage.say("alice", "!next"))
    assert "More films for you" in text_of(await stage.say("alice", f"{name} another one"))
    assert "-# Romance" in text_of(await stage.say("alice", "!more romance"))
    assert "Like Heat (1995)" in text_of(await stage.say("alice", f"{name} more like Heat"))
    assert "I do not understand “week” there" in text_of(await stage.say("alice", "!next week"))
    assert stage.bot.bugs == 0


async def test_a_list_is_gone_on_with(stage: Stage) -> None:
    alice = stage.member("alice")
    name = stage.bot.user.mention if stage.bot.user else ""
    shown = await stage.say("alice", "!recommend romance 3")
    for text, told in {
        "more": "4. **",
        "none of these": "7. **",
        "mehr": "10. **",
        "less known": "-# Romance · ",
        "something older": "-# Romance · ",
        "but since 2010": "-# Romance · since 2010",
        "no comedy": "-# Romance · without Comedy",
        "but action": "-# Action",
    }.items():
        await alice.send(stage.channel, text, reply_to=shown)
        assert told in text_of(stage.last), text
    shown = await stage.say("alice", "!recommend action 3")
    assert "4. **" in text_of(await stage.say("alice", f"{name} more"))
    await stage.member("bob").send(stage.channel, "more", reply_to=shown)
    assert stage.last.content == "more"
    assert stage.bot.bugs == 0


@pytest.mark.parametrize(
    ("text", "dial"),
    {
        "darker": "darker", "something darker": "darker", "something lighter": "lighter", "less known": "less_known",
        "a bit older please": "older", "newer ones": "newer", "better known": "better_known",
        "etwas Düsteres": "darker", "lieber was Leichteres": "lighter", "weniger bekannte": "less_known",
        "neuere": "newer", "ältere bitte": "older", "bekanntere": "better_known",
    }.items(),
)  # fmt: skip
async def test_a_word_turns_a_dial(stage: Stage, text: str, dial: str) -> None:
    said = following(stage.bot.services.lists.words, text)
    assert said is not None
    assert said.dial == dial
