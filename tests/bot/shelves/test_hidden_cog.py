"""`hide` as members use it: what was hidden comes up in no list until it is let back."""

from tests.bot.conftest import Stage, text_of


async def listed(stage: Stage) -> str:
    await stage.env.advance_time(30)
    return text_of(await stage.say("alice", "!recommend"))


async def test_a_hidden_film_stays_out_of_the_lists(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 5\nTitanic 1")
    first = await listed(stage)
    assert "Die Hard (1997)" in first
    reply = await stage.say("alice", "!hide Die Hard")
    assert reply.content == "**Die Hard (1997)** is hidden: it stays out of your lists."
    assert "Die Hard (1997)" not in await listed(stage)
    assert "**Die Hard (1997)**" in text_of(await stage.say("alice", "!notinterested"))
    await stage.member("alice").click(reply, label="Undo")
    assert await listed(stage) == first


async def test_undo_and_restore_go_to_and_fro(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!watchlist add Heat")
    reply = await stage.say("alice", "!hide Heat")
    for label, said in [("Undo", "is on your watchlist"), ("Restore", "is hidden")] * 2:
        await alice.click(stage.message(reply.id), label=label)
        assert said in text_of(stage.message(reply.id))
        await stage.restart()
    reply = await stage.say("alice", "!hide remove Heat")
    for label, said in [("Undo", "is hidden"), ("Restore", "no longer hidden")] * 2:
        await alice.click(stage.message(reply.id), label=label)
        assert said in text_of(stage.message(reply.id))


async def test_prefix_slash_and_select(stage: Stage) -> None:
    alice = stage.member("alice")
    await stage.say("alice", "!hide add Heat")
    asked = await stage.say("alice", "!hide Sabrina")
    await alice.select(asked, ["250"])
    assert stage.last.content.startswith("**Sabrina (1954)** is hidden")
    choices = await alice.autocomplete(stage.channel, "hide remove", "movie", "19")
    assert [choice["name"] for choice in choices] == ["Sabrina (1954)", "Heat (1995)"]
    result = await alice.slash(stage.channel, "hide remove", movie=choices[0]["value"])
    assert result.response.content == "**Sabrina (1954)** is no longer hidden."
    assert "not hidden" in text_of(await stage.say("alice", "!hide remove Sabrina"))
    await alice.slash(stage.channel, "hide add", movie="Alien")
    shown = await alice.slash(stage.channel, "hide list")
    assert text_of(shown.response).count("**") == 4
    assert stage.bot.bugs == 0


async def test_pages_after_a_restart(stage: Stage) -> None:
    alice = stage.member("alice")
    for movie_id in range(10, 130, 10):
        await stage.bot.services.shelves.put(
            alice.id, "hidden", stage.bot.services.search.by_id(movie_id).movie_id, movie_id
        )
    reply = await stage.say("alice", "!hide")
    await stage.restart()
    await alice.click(reply, label="Next")
    assert "12 films · page 2 of 2" in text_of(stage.last)
    await alice.click(stage.last, label="Back")
    assert "12 films · page 1 of 2" in text_of(stage.last)
