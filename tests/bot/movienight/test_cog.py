"""`movienight`, as members ask for it: who is counted in, the list, its poll, and who may press what."""

import re

import discord
import pytest

from tests.bot.conftest import Stage, labels_of, select_id, text_of
from tests.bot.guilds.conftest import MANAGER, add_manager
from tests.bot.movienight.conftest import Party

TITLES = re.compile(r"^\d+\. \*\*(.+) \(\d{4}\)\*\*", re.MULTILINE)


def titles_of(message: object) -> list[str]:
    return TITLES.findall(text_of(message))


async def test_five_films_that_nobody_has_seen_with_whom_each_suits_least(party: Party) -> None:
    shown = await party.ask()
    text = text_of(shown)
    assert "Films for alice, bob and carol" in text
    assert len(titles_of(shown)) == 5
    assert not {"Heat", "Speed", "Titanic", "Ghost"} & set(titles_of(shown))
    assert len(re.findall(r"least for (?:alice|bob|carol), ★ \d\.\d", text)) == 5
    assert labels_of(shown) == ["Why", "Re-roll", "Poll", "Swipe"]


async def test_filters_are_those_of_recommend_and_rewatch_lists_what_was_seen(party: Party) -> None:
    shown = await party.ask("action without:comedy rewatch")
    assert "Action · without Comedy · also what some of you have seen" in text_of(shown)
    assert {"Heat", "Speed"} & set(titles_of(shown))
    result = await party.press("bob", shown, "Why")
    assert "gave it ★★★★★" in text_of(result.response)
    shown = await party.ask("action also seen without my defaults")
    assert "-# Action · also what some of you have seen\n" in text_of(shown)
    assert "\n-# Without Comedy\n" in text_of(await party.ask("without:comedy"))
    assert "\n-# Action · also what some" in text_of(await party.ask("action, also films we have seen"))
    bot = party.stage.bot.user
    spoken = f"{bot.mention if bot else ''} movie night with <@{party.stage.member('bob').id}>, romance"
    shown = await party.stage.say("alice", spoken)
    assert text_of(shown).startswith("## Films for alice and bob\n-# Romance\n")
    bob = f"<@{party.stage.member('bob').id}>"
    for spoken in (f"what should we watch with {bob}?", f"recommend a film for {bob} and me"):
        shown = await party.stage.say("alice", f"{bot.mention if bot else ''} {spoken}")
        assert text_of(shown).startswith("## Films for alice and bob\n"), spoken
    assert "Films for alice and bob\n-# Romance" in text_of(await party.stage.say("alice", f"!recommend {bob} romance"))
    assert "takes genres, genres to leave out, years and rewatch" in text_of(await party.ask("deep"))
    assert "120 % cannot be" in text_of(await party.ask("120%"))


async def test_as_many_films_as_are_asked_for(party: Party) -> None:
    assert len(titles_of(await party.ask("3 comedies"))) == 3
    shown = await party.ask("3 films")
    await party.press("alice", shown, "Re-roll")
    assert len(titles_of(party.again(shown))) == 3
    assert len(titles_of(await party.ask("seven films"))) == 7


async def test_slash_has_the_same_wishes_one_by_one(party: Party) -> None:
    bob = party.stage.member("bob").id
    alice = party.stage.member("alice")
    result = await alice.slash(
        party.stage.channel, "movienight plan", wishes=f"<@{bob}>", genre="romance", years="90s", without="action"
    )
    assert "Romance · without Action · 1990s" in text_of(result.response)
    choices = await alice.autocomplete(party.stage.channel, "movienight plan", "genre", "rom")
    assert [one["value"] for one in choices] == ["Romance"]


async def test_members_are_chosen_in_a_select_after_a_restart(party: Party) -> None:
    asked = await party.stage.say("alice", "!mn comedy")
    assert "Who is watching?" in text_of(asked)
    await party.stage.restart()
    custom_id = select_id(asked, "Who is watching with you?")
    chosen = [party.stage.member(name) for name in ("bob", "carol")]
    stranger = await party.stage.member("bob").select(asked, chosen, custom_id=custom_id)
    assert "belongs to somebody else" in text_of(stranger.response)
    await party.stage.member("alice").select(asked, chosen, custom_id=custom_id)
    text = text_of(party.again(asked))
    assert "Films for alice, bob and carol" in text
    assert "Comedy" in text


async def test_who_is_in_the_callers_voice_channel_is_counted_in(party: Party) -> None:
    cinema = party.stage.guild.create_voice_channel("cinema")
    for name in ("alice", "carol", "nobody_yet"):
        await party.stage.member(name).join_voice(cinema)
    assert "Films for alice and carol\n" in text_of(await party.stage.say("alice", "!mn"))
    assert "Who is watching?" in text_of(await party.stage.say("bob", "!mn"))


async def test_whoever_keeps_to_themselves_is_neither_counted_nor_named(party: Party) -> None:
    profiles = party.stage.bot.services.store.profiles
    carol = await profiles.find(party.stage.member("carol").id)
    assert carol is not None
    await profiles.set_visibility(carol.user_id, "private", 0)
    shown = await party.ask()
    result = await party.press("bob", shown, "Why")
    for text in (text_of(shown), text_of(result.response)):
        assert "carol" not in text
    assert "Films for alice and bob\n" in text_of(shown)
    assert "One of those you named is not counted in" in text_of(shown)
    assert "I can count in nobody of those you named" in text_of(await party.ask("", "alice", "carol"))
    own = await party.ask("", "carol", "alice", "bob")  # she asks herself: she counts, and is not shown
    assert "Films for alice, bob and one more" in text_of(own)
    result = await party.press("alice", own, "Why")
    assert "carol" not in text_of(own) + text_of(result.response)
    assert "on average of those who are shown" in text_of(own)


async def test_who_turns_private_or_leaves_goes_from_the_list_that_is_drawn_again(party: Party) -> None:
    shown = await party.ask()
    store = party.stage.bot.services.store
    carol = await store.profiles.find(party.stage.member("carol").id)
    assert carol is not None
    await store.profiles.set_visibility(carol.user_id, "private", 0)
    result = await party.press("alice", shown, "Why")
    assert "carol" not in text_of(result.response)
    await store.personal.delete(carol.discord_id, 2_000_000_000)
    await party.press("alice", shown, "Re-roll")
    assert "Films for alice and bob\n" in text_of(party.again(shown))


async def test_re_roll_never_repeats_and_two_presses_are_one(party: Party) -> None:
    shown = await party.ask()
    first = titles_of(shown)
    await party.stage.restart()
    await party.press("alice", shown, "Re-roll")
    second = titles_of(party.again(shown))
    assert len(second) == 5
    assert not set(first) & set(second)
    await party.press("alice", shown, "Re-roll")
    third = titles_of(party.again(shown))
    assert not {*first, *second} & set(third)
    for _ in range(5):
        await party.press("alice", party.again(shown), "Re-roll")
    assert "That is all there is" in text_of(party.again(shown))
    night = party.stage.bot.services.nights
    again = await night.reroll(1, party.stage.member("alice").id, 0)  # as of a message that Discord shows late
    assert [one.movie.title for one in again.films] == titles_of(party.again(shown))


async def test_a_poll_of_the_first_three_decides(party: Party) -> None:
    shown = await party.ask()
    await party.press("alice", shown, "Poll")
    poll = party.stage.last
    assert poll.poll is not None
    assert [one.text.partition(" (")[0] for one in poll.poll.answers] == titles_of(shown)[:3]
    assert labels_of(party.again(shown)) == ["Why", "End the poll"]
    await party.stage.member("bob").vote(poll, answer=2)
    await party.stage.member("carol").vote(poll, answer=2)
    await party.stage.member("alice").vote(poll, answer=1)
    await party.stage.restart()
    polled = party.again(shown)
    result = await party.press("bob", polled, "End the poll")
    assert "belongs to somebody else" in text_of(result.response)
    await party.press("alice", polled, "End the poll")
    assert titles_of(shown)[1] in text_of(party.stage.last)
    assert "The poll chose" in text_of(party.stage.last)
    assert labels_of(party.again(shown)) == ["Why"]


@pytest.mark.parametrize("is_pressed", [True, False])
async def test_the_time_that_was_said_is_that_of_the_film_a_poll_chooses(party: Party, is_pressed: bool) -> None:
    shown = await party.ask("tomorrow 20:00 UTC+1")
    await party.press("alice", shown, "Poll")
    await party.stage.member("carol").vote(party.stage.last, answer=3)
    if is_pressed:
        await party.press("alice", party.again(shown), "End the poll")
    else:
        await party.stage.advance(8 * 3600 + 900)
    assert "The poll chose" in text_of(party.stage.last)
    assert labels_of(party.stage.last) == ["Another time", "Call it off", "I was there"]
    (event,) = party.events
    assert event.name.removeprefix("Movie night: ") in text_of(party.stage.last)
    assert "T19:00" in event.scheduled_start_time


async def test_a_poll_that_ends_by_itself_is_read_also_after_a_restart(party: Party) -> None:
    shown = await party.ask()
    await party.press("alice", shown, "Poll")
    await party.stage.member("carol").vote(party.stage.last, answer=3)
    await party.stage.restart()
    await party.stage.advance(8 * 3600 + 900)
    assert "The poll chose" in text_of(party.stage.last)
    assert titles_of(shown)[2] in text_of(party.stage.last)
    history = text_of(await party.stage.say("bob", "!mn history"))
    assert titles_of(shown)[2] in history
    assert "no time yet" in history


async def test_what_the_group_reads_is_in_the_servers_language_and_the_rest_in_its_readers(party: Party) -> None:
    add_manager(party.stage)
    await party.stage.say(MANAGER, "!config language deutsch")
    await party.stage.say("bob", "!profile language deutsch")
    shown = await party.ask()
    assert "Filme für alice, bob und carol" in text_of(shown)
    assert labels_of(shown) == ["Warum?", "Andere Filme", "Umfrage", "Swipen"]
    for name, said in (("alice", "What it is for each of you"), ("bob", "Was ihr jeweils davon habt")):
        assert said in text_of((await party.press(name, shown, "Warum?")).response)
    await party.press("alice", shown, "Umfrage")
    poll = party.stage.last
    assert poll.poll is not None
    assert poll.poll.question == "Welchen Film schauen wir?"
    await party.stage.member("carol").vote(poll, answer=3)
    await party.stage.advance(8 * 3600 + 900)
    assert "Die Umfrage hat entschieden" in text_of(party.stage.last)


async def test_a_poll_without_votes_chooses_nothing(party: Party) -> None:
    shown = await party.ask()
    await party.press("alice", shown, "Poll")
    await party.stage.advance(8 * 3600 + 900)
    assert "nobody voted" in text_of(party.stage.last)
    await party.press("alice", party.again(shown), "End the poll")
    assert labels_of(party.again(shown)) == ["Why", "Re-roll", "Poll", "Swipe"]
    await party.pick(party.again(shown))
    assert titles_of(shown)[0] in text_of(party.stage.last)


async def test_without_the_permission_for_polls_everything_else_goes_on(party: Party) -> None:
    shown = await party.ask()
    party.forbid(send_polls=True)
    result = await party.press("alice", shown, "Poll")
    assert result.ephemeral
    assert "I may not start polls here" in text_of(result.response)
    await party.pick(shown)
    assert titles_of(shown)[0] in text_of(party.stage.last)


async def test_in_a_direct_message_it_is_for_servers(stage: Stage) -> None:
    await stage.member("alice").send_dm("!movienight")
    await stage.env.advance_time(10)
    assert "works in a server only" in text_of(stage.private("alice"))


@pytest.mark.parametrize("text", ["nonsensegenre", "comedy no comedy"])
async def test_wishes_that_cannot_be_read_are_said(party: Party, text: str) -> None:
    assert re.search("I do not understand|do not go together", text_of(await party.ask(text)))


async def test_people_are_named_without_a_mention_too(party: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    name = party.stage.bot.user.mention if party.stage.bot.user else ""
    both, all_three = "Films for alice and bob\n", "Films for alice, bob and carol\n"
    for text, told in {
        "!movienight bob": both,
        "!movienight Bob and carol": all_three,
        "!mn with bob, me and CAROL": all_three,
        "!mn bob carol romance": f"{all_three}-# Romance\n",
        f"{name} movie night with bob and carol": all_three,
        f"{name} movie night with bob, something romantic": f"{both}-# Romance\n",
        "!mn me and bob": both,
        f"{name} film night": "Who is watching?",
        f"{name} Filmabend mit bob und carol": all_three,
        f"{name} movie night: romance": "Who is watching?",
        f"{name} movie night 3 films": "Who is watching?",
        f"{name} movie night tomorrow": "Who is watching?",
        f"{name} movie Night of the Living Dead": "I know no film called “Night of the Living Dead”",
        "!mn zebulon romance": "I do not understand “zebulon” there. Mention people with an @",
        "!mn bob and zebulon": "I do not understand “zebulon” there.",
        f"{name} let's have a movie night with bob": both,
        "!mn carol, but not bob": "I do not understand “bob” there.",
        "!mn bob bob": both,
        "!mn ohne bob": "I do not understand “bob” there.",
    }.items():
        assert told in text_of(await party.stage.say("alice", text)), text

    async def silent(*_: object, **__: object) -> list[object]:
        raise TimeoutError

    monkeypatch.setattr(discord.Guild, "query_members", silent)
    assert "I do not understand “bob” there." in text_of(await party.stage.say("alice", "!mn bob"))
    assert party.stage.bot.bugs == 0


async def test_a_name_among_people_is_no_film_and_few_are_looked_up(
    party: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, backend, guild_id = party.stage.member("alice"), party.stage.env.backend, party.stage.guild.id
    backend.edit_member(guild_id, party.stage.member("carol").id, {"nick": "Titanic"})
    assert "Films for alice, bob and Titanic\n" in text_of(await party.stage.say("alice", "!mn bob, titanic"))
    asked: list[str] = []

    async def nobody(_: object, name: str, **__: object) -> list[object]:
        asked.append(name)
        return []

    monkeypatch.setattr(discord.Guild, "query_members", nobody)
    await alice.send(party.stage.channel, "!mn " + " ".join(f"qq{n}zz" for n in range(100)))
    await party.stage.env.advance_time(10)
    assert "I do not understand" in text_of(party.stage.last)
    assert len(asked) <= 10


async def test_in_german_an_evening_is_heard_before_a_wish(party: Party) -> None:
    name = party.stage.bot.user.mention if party.stage.bot.user else ""
    add_manager(party.stage)
    await party.stage.say(MANAGER, "!config language deutsch")
    for text, told in {
        "Filmabend mit bob": "Filme für alice und bob\n",
        "Filmabend mit bob und carol, was Romantisches": "Filme für alice, bob und carol\n-# Liebesfilm\n",
        "Filmabend": "Wer schaut mit?",
        "Filmabend mit Freunden": "Wer schaut mit?",
    }.items():
        assert told in text_of(await party.stage.say("alice", f"{name} {text}")), text


async def test_of_two_people_of_one_name_neither_is_meant(party: Party) -> None:
    backend, guild_id = party.stage.env.backend, party.stage.guild.id
    backend.edit_member(guild_id, party.stage.member("carol").id, {"nick": "Bob"})
    assert "I do not understand “bob” there." in text_of(await party.stage.say("alice", "!mn bob"))


async def test_what_others_gave_a_film_since_the_training_moves_it_for_everybody(party: Party) -> None:
    """A night of one film, before and after five people who are not counted in gave it their worst."""
    services = party.stage.bot.services
    model = services.models.serving.model
    rare = min(
        (one for one in services.search.catalogue.values() if one.title != "Heat"),
        key=lambda one: model.support(one.movie_id),
    )

    async def least() -> float:
        shown = text_of(await party.ask(f"{rare.year}-{rare.year}"))
        (stars,) = re.findall(r"least for (?:alice|bob|carol), ★ (\d\.\d)", shown)
        return float(stars)

    before = await least()
    for name in ("dave", "erin", "frank", "grace", "heidi"):
        await party.stage.say(name, f"!rate id:{rare.movie_id} 0.5")
    assert await least() < before
