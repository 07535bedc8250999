"""`watchlist` as members use it, by prefix and slash, and after a restart."""

import pytest

from tests.bot.conftest import ACTION, ROMANCE, Stage, labels_of, text_of


async def test_a_film_goes_on_the_list_and_off_again(stage: Stage) -> None:
    reply = await stage.say("alice", "!wl Heat")
    assert reply.content == "**Heat (1995)** is on your watchlist."
    assert labels_of(reply) == ["Undo"]
    await stage.say("alice", "!watchlist add alien")
    shown = text_of(await stage.say("alice", "!watchlist"))
    assert shown.index("Alien (1996)") < shown.index("Heat (1995)")
    reply = await stage.say("alice", "!wl remove heat")
    assert reply.content == "**Heat (1995)** is no longer on your watchlist."
    await stage.member("alice").click(reply, label="Undo")
    assert stage.last.content == "**Heat (1995)** is on your watchlist again."
    again = text_of(await stage.say("alice", "!WL"))
    assert again.index("Alien (1996)") < again.index("Heat (1995)")


async def test_two_films_of_one_name_are_asked_about(stage: Stage) -> None:
    for title, chosen in (("!wl Sabrina", "250"), ("!watchlist add Sabrina", "160")):
        reply = await stage.say("alice", title)
        assert "Which “Sabrina”" in text_of(reply)
        await stage.member("alice").select(reply, [chosen])
    reply = await stage.say("alice", "!watchlist remove Sabrina")
    await stage.member("alice").select(reply, ["250"])
    assert stage.last.content == "**Sabrina (1954)** is no longer on your watchlist."
    text = text_of(await stage.say("alice", "!watchlist"))
    assert "Sabrina (2010)" in text
    assert "Sabrina (1954)" not in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("!watchlist add", "!watchlist add Heat"),
        ("!watchlist remove", "!watchlist remove Heat"),
        ("!watchlist remove Heat", "not on your watchlist"),
        ("!wl Qqqqqzzzz", "no film called"),
        ("!wl pick", "nothing on your watchlist"),
        ("!wl", "is empty"),
    ],
)
async def test_what_cannot_be_done_is_said(stage: Stage, text: str, said: str) -> None:
    assert said in text_of(await stage.say("alice", text))
    assert stage.bot.bugs == 0


@pytest.mark.parametrize(
    ("command", "begins"), [("watchlist", "On your watchlist: "), ("hide", "Hidden, "), ("seen", "Seen, ")]
)
async def test_several_films_are_put_at_once(stage: Stage, command: str, begins: str) -> None:
    for typed in (f"!{command} Heat, Alien and Toy Story", f"!{command} add Heat, Alien and Toy Story"):
        reply = await stage.say("alice", typed)
        assert reply.content.startswith(begins)
        assert "**Heat (1995)**, **Alien (1996)** and **Toy Story (2015)**" in reply.content
        undone = await stage.member("alice").click(reply, label="Undo all")
        assert undone.response.content.startswith("Taken back: 3 films on a shelf")
    alice = stage.member("alice")
    put = await alice.slash(stage.channel, f"{command} add", movie="Heat, Alien")
    assert "**Heat (1995)** and **Alien (1996)**" in put.response.content
    assert "no film called" in text_of(await stage.say("alice", f"!{command} add Heat, Qqqqqzzzz"))
    await stage.say("alice", "!recommend")
    assert "no film called" in text_of(await stage.say("alice", f"!{command} add 1 and Heat")), "a place, or The One"
    assert stage.bot.bugs == 0


async def test_a_rated_film_is_none_to_be_seen(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 4.5")
    assert "4.5 stars" in text_of(await stage.say("alice", "!wl Heat"))


async def test_pages_turn_for_their_owner_after_a_restart(stage: Stage) -> None:
    alice = stage.member("alice")
    services = stage.bot.services
    for n, title in enumerate((*ACTION, *ROMANCE[:2])):
        found = services.search.titled(title)[0]
        await services.shelves.put(alice.id, "watchlist", found.movie_id, n)
    reply = await stage.say("alice", "!watchlist")
    assert "12 films · newest first · page 1 of 2" in text_of(reply)
    await stage.restart()
    await alice.click(reply, label="Next")
    assert "12. **Heat (1995)**" in text_of(stage.last)
    await alice.click(stage.last, label="Best")
    assert "best first · page 1 of 2" in text_of(stage.last)
    refused = await stage.member("bob").click(stage.last, label="Next")
    assert "somebody else" in refused.response.content
    pick = await alice.click(stage.last, label="Pick one")
    assert pick.response.content.startswith("How about **")
    await alice.click(stage.last, label="Another")
    assert stage.last.content.startswith("How about **")
    assert stage.bot.bugs == 0


async def test_slash_and_completion_from_the_list(stage: Stage) -> None:
    alice = stage.member("alice")
    await alice.slash(stage.channel, "watchlist add", movie="id:10")
    await alice.slash(stage.channel, "watchlist add", movie="Alien")
    choices = await alice.autocomplete(stage.channel, "watchlist remove", "movie", "he")
    assert [choice["name"] for choice in choices] == ["Heat (1995)"]
    offered = await alice.autocomplete(stage.channel, "watchlist add", "movie", "toy st")
    assert "Toy Story (2015)" in [choice["name"] for choice in offered]
    result = await alice.slash(stage.channel, "watchlist remove", movie=choices[0]["value"])
    assert result.response.content == "**Heat (1995)** is no longer on your watchlist."
    shown = await alice.slash(stage.channel, "watchlist show")
    assert "Alien (1996)" in text_of(shown.response)
    pick = await alice.slash(stage.channel, "watchlist pick")
    assert "the only film" in pick.response.content
