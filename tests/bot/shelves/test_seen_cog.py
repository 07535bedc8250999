"""Seen without stars, as members say it: by words, from a card, from a list and in place of stars."""

from tests.bot.conftest import Stage, labels_of, text_of


async def listed(stage: Stage) -> str:
    await stage.env.advance_time(30)
    return text_of(await stage.say("alice", "!recommend"))


async def test_a_seen_film_stays_out_of_the_lists_until_it_has_stars_or_was_not_seen(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!rate Heat 5\nAlien 5\nTitanic 1")
    first = await listed(stage)
    assert "Die Hard (1997)" in first
    await stage.say("alice", "!watchlist add Die Hard")
    reply = await stage.say("alice", "!seen Die Hard")
    assert "**Die Hard (1997)** is one you have seen" in text_of(reply)
    assert "no longer on your watchlist" in text_of(reply)
    assert "Die Hard (1997)" not in await listed(stage)
    assert "Die Hard (1997)" not in text_of(await stage.say("alice", "!recommend watchlist"))
    assert "**Die Hard (1997)**" in text_of(await stage.say("alice", "!seen"))
    assert "is one you have seen already" in text_of(await stage.say("alice", "!seen Die Hard"))
    rated = await stage.say("alice", "!rate Die Hard 4")
    assert "No film here yet" in text_of(await stage.say("alice", "!seen"))
    assert "You gave “Die Hard (1997)” 4 stars" in text_of(await stage.say("alice", "!seen Die Hard"))
    await alice.click(rated, label="Undo")
    assert "**Die Hard (1997)**" in text_of(await stage.say("alice", "!seen"))
    await stage.restart()
    await alice.click(reply, label="Undo")
    assert "It is on your watchlist again" in text_of(stage.message(reply.id))
    assert await listed(stage) == first
    await alice.slash(stage.channel, "seen add", movie="Speed")
    choices = await alice.autocomplete(stage.channel, "unseen", "movie", "sp")
    result = await alice.slash(stage.channel, "unseen", movie=choices[0]["value"])
    assert "is no longer one you have seen" in text_of(result.response)
    assert "not among the films you have seen" in text_of(await stage.say("alice", "!unseen Speed"))
    assert stage.bot.bugs == 0


async def test_wherever_a_film_can_be_rated_it_can_be_seen(stage: Stage) -> None:
    alice = stage.member("alice")
    card = await stage.say("bob", "!movie Jaws")
    noted = (await alice.click(card, label="Seen")).response
    assert noted.ephemeral
    assert "**Jaws (2002)** is one you have seen" in text_of(noted)
    asked = (await alice.click(card, label="Rate")).response
    await stage.restart()
    chosen = (await alice.select(asked, ["seen"])).response
    assert "already" in text_of(chosen)
    off = (await alice.click(chosen, label="Not seen")).response
    assert "no longer one you have seen" in text_of(off)
    asked = await stage.say("alice", "!rate Speed")
    await alice.select(asked, ["seen"])
    assert labels_of(stage.message(asked.id)) == ["Undo"]
    profile = await stage.bot.services.store.profiles.find(alice.id)
    assert profile is not None
    assert [film.movie_id for film in await stage.bot.services.store.shelves.of(profile.user_id, "seen")] == [40]
    assert stage.bot.bugs == 0


async def test_several_films_are_put_aside_at_once(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 4")
    told = text_of(await stage.say("alice", "!seen Heat and Jaws"))
    assert "**Jaws (2002)** is one you have seen: it stays out of your lists." in told
    assert "You have given stars already: **Heat (1995)**." in told
    hidden = await stage.say("alice", "!hide Jaws, Speed and Alien")
    assert "out of your lists: **Jaws (2002)**, **Speed (1998)** and **Alien (1996)**." in text_of(hidden)
    await stage.member("alice").click(hidden, label="Undo all")
    assert "Taken back: 3 films on a shelf" in text_of(stage.message(hidden.id))
    assert "Which “Sabrina” do you mean?" in text_of(await stage.say("alice", "!seen Sabrina"))
    assert "I know no film called “Jaws and Haet”" in text_of(await stage.say("alice", "!hide Jaws and Haet"))
    assert stage.bot.bugs == 0
