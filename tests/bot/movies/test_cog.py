"""`movie` and `similar`."""

import re

from tests.bot.conftest import ACTION, Stage, labels_of, text_of


async def test_a_card_tells_what_we_know(stage: Stage) -> None:
    reply = await stage.say("alice", "!movie matrix")
    text = text_of(reply)
    assert "The Matrix (2000)" in text
    assert re.search(r"For you\*\* ★ \d\.\d, (sure|fairly sure|a guess)\n", text)
    assert "MovieLens" in text
    assert "Action" in text
    assert labels_of(reply) == ["Rate", "Seen", "Watchlist", "Hide", "Similar", "Why"]


async def test_the_own_rating_is_left_out_of_the_guess(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 5")
    text = text_of(await stage.say("alice", "!movie Heat"))
    assert "You gave it** ★★★★★" in text
    assert "I would have guessed" in text


async def test_anybody_may_rate_from_a_card(stage: Stage) -> None:
    card = await stage.say("alice", "!movie Heat")
    asked = await stage.member("bob").click(card, label="Rate")
    assert asked.response.ephemeral
    await stage.member("bob").select(asked.response, ["4"])
    profile = await stage.bot.services.store.profiles.find(stage.member("bob").id)
    assert profile is not None
    assert await stage.bot.services.store.ratings.ratings_of(profile.user_id) == {10: 4.0}


async def test_similar_films_are_of_the_same_taste(stage: Stage) -> None:
    reply = await stage.say("alice", "!similar Heat")
    lines = [line for line in text_of(reply).splitlines() if line[:1].isdigit()]
    assert len(lines) == 10
    assert "Heat (1995)" not in "\n".join(lines)
    assert sum(any(f"**{title} (" in line for title in ACTION) for line in lines[:5]) >= 4


async def test_similar_with_a_wish_is_a_list(stage: Stage) -> None:
    told = text_of(await stage.say("alice", "!similar the matrix but older"))
    assert "!recommend like the matrix but older" in told


async def test_a_rated_film_shows_its_own_stars_among_similar_ones(stage: Stage) -> None:
    await stage.say("alice", "!rate Alien 4\nJaws 2.5")
    text = text_of(await stage.say("alice", "!similar Heat"))
    lines = {line.split("**")[1]: line for line in text.splitlines() if line[:1].isdigit()}
    assert len(lines) == 10
    rated = {film: line for film, line in lines.items() if "you gave" in line}
    assert rated.keys() == {"Alien (1996)", "Jaws (2002)"} & lines.keys() != set()
    assert any("you gave ★★★★" in line for line in rated.values())
    assert all("** ★ " in line for film, line in lines.items() if film not in rated)
    others = await stage.say("bob", "!similar Heat")
    assert "you gave" not in text_of(others)
    pressed = await stage.member("carol").select(others, ["20"])  # what it tells is of who pressed alone
    assert pressed.response.ephemeral
    assert "## Alien (1996)" in text_of(pressed.response)


async def test_an_ambiguous_title_is_asked_about(stage: Stage) -> None:
    reply = await stage.say("alice", "!movie Sabrina")
    await stage.member("alice").select(reply, ["250"])
    assert "Sabrina (1954)" in text_of(stage.last)


async def test_an_unknown_title_names_the_nearest(stage: Stage) -> None:
    text = text_of(await stage.say("alice", "!movie Gladiatrixor Returns"))
    assert "no film called" in text


async def test_a_film_newer_than_the_catalogue_says_where_it_ends(stage: Stage) -> None:
    text = text_of(await stage.say("alice", "!movie Qwertzuiop 2031"))
    assert "catalogue ends in 2018" in text


async def test_everybody_presses_a_card_for_themselves(stage: Stage) -> None:
    card = await stage.say("alice", "!movie Heat")
    alice, bob = stage.member("alice"), stage.member("bob")
    put = await bob.click(card, label="Watchlist")
    assert put.response.ephemeral
    assert put.response.content == "**Heat (1995)** is on your watchlist."
    hidden = await alice.click(card, label="Hide")
    assert "is hidden" in hidden.response.content
    again = await bob.click(card, label="Watchlist")  # as a double click does
    assert again.response.content == "**Heat (1995)** is on your watchlist already."
    assert "**Heat (1995)**" in text_of(await stage.say("bob", "!watchlist"))
    taken = await bob.click(again.response, label="Take it off")
    assert taken.response.content == "**Heat (1995)** is no longer on your watchlist."
    await bob.click(taken.response, label="Undo")
    assert "**Heat (1995)**" in text_of(await stage.say("bob", "!watchlist"))
    assert "empty" in text_of(await stage.say("alice", "!watchlist"))
    similar = await bob.click(card, label="Similar")
    assert similar.response.ephemeral
