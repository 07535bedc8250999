"""`top`, as several members use it."""

from bot.servers.presence import KNOWN_FOR_S
from tests.bot.conftest import ACTION, ROMANCE, Stage, labels_of, text_of

EVERYBODY = ("alice", "bob", "carol", "dave")


async def rate(stage: Stage, name: str, **stars: float) -> None:
    """Film by film, written with `_` for blanks."""
    for title, given in stars.items():
        await stage.say(name, f"!rate {title.replace('_', ' ')} {given}")


async def test_the_films_a_server_loves(stage: Stage) -> None:
    await rate(stage, "alice", Heat=5, Alien=4, Speed=1, Ghost=5)
    await rate(stage, "bob", Heat=5, Alien=4, Speed=5)
    told = text_of(await stage.say("carol", "!top"))
    assert "What this server loves" in told
    assert told.index("1. **Heat (1995)** ★ 5.0 · 2 ratings") < told.index("Alien")
    assert "Ghost" not in told
    assert "Speed" not in told  # ★ 3.0
    assert "The next film needs 1 more rating." in told
    assert "at least 2 ratings and ★ 3." in told
    assert "Notting Hill" not in text_of(await stage.say("carol", "!lb action"))
    divided = text_of(await stage.say("carol", "!top divisive"))
    assert "1. **Speed (1998)** ★ 3.0 ± 2.0 · 2 ratings" in divided
    assert "Heat" not in divided
    nothing = text_of(await stage.say("carol", "!top romance"))
    assert "Romance\nNo film stands on that board here yet: the first one needs 1 more rating and ★ 3." in nothing
    assert "from MovieLens" in text_of(await stage.say("carol", "!top everywhere romance"))
    assert stage.bot.bugs == 0


async def test_who_may_not_be_seen_is_on_no_board(stage: Stage) -> None:
    for name in EVERYBODY:
        await rate(stage, name, Heat=5, Alien=4)
    store = stage.bot.services.store
    await stage.say("bob", "!privacy visibility private")
    guild = stage.guild.id
    assert await store.memberships.block(guild, stage.member("carol").id, 1)
    told = text_of(await stage.say("alice", "!top raters"))
    assert "alice" in told
    assert "dave" in told
    assert "bob" not in told
    assert "carol" not in told
    assert "★ 5.0 · 2 ratings" in text_of(await stage.say("alice", "!top"))
    await store.memberships.unblock(guild, stage.member("carol").id)
    stage.guild.remove_member(stage.member("dave"))
    await stage.advance(KNOWN_FOR_S)
    told = text_of(await stage.say("alice", "!top raters"))
    assert "dave" not in told
    assert "1. **alice**" in told
    assert "2. **carol**" in told
    assert stage.bot.bugs == 0


async def test_pages_go_on_after_a_restart_and_answer_their_owner_only(stage: Stage) -> None:
    titles = (*ACTION, *ROMANCE[:2])
    for name in ("alice", "bob"):
        for one in titles:
            await stage.say(name, f"!rate {one} 4")
    board = await stage.say("alice", "!top")
    assert "12 films · page 1 of 2" in text_of(board)
    assert labels_of(board) == ["Back", "Next"]
    await stage.restart()
    alice = stage.member("alice")
    await alice.click(board, label="Next")
    assert "12. **" in text_of(stage.message(board.id))
    refused = await stage.member("bob").click(stage.message(board.id), label="Back")
    assert "somebody else" in refused.response.content
    slash = await alice.slash(stage.channel, "top", board="gems", genre="Action", years="90s")
    assert "hidden gems" in text_of(slash.response)
    assert "Action · 1990s" in text_of(slash.response)
    assert stage.bot.bugs == 0


async def test_what_a_board_cannot_be_asked(stage: Stage) -> None:
    assert "A board takes genres and years" in text_of(await stage.say("alice", "!top gems watchlist"))
    assert "this server only" in text_of(await stage.say("alice", "!top raters everywhere"))
    assert "“blubb”" in text_of(await stage.say("alice", "!top blubb"))
    await stage.member("alice").send_dm("!top")
    await stage.env.advance_time(10)
    assert "That works in a server only" in text_of(stage.private("alice"))
    assert "Nobody has rated" in text_of(await stage.say("alice", "!top raters"))
    assert text_of(await stage.say("alice", "!top 5")).startswith("No film stands on that board here yet")
    await stage.say("alice", "!profile language deutsch")  # what she writes; the board speaks as the server does
    asked = text_of(await stage.say("alice", "!top Geheimtipps Komödie 90er"))
    assert asked.startswith("-# Comedy · 1990s\nNo film stands on that board here yet")


async def test_a_card_tells_what_the_server_thinks(stage: Stage) -> None:
    await rate(stage, "alice", Heat=5)
    assert "This server" not in text_of(await stage.say("bob", "!movie Heat"))
    await rate(stage, "bob", Heat=4)
    assert "This server ★ 4.5 from 2" in text_of(await stage.say("carol", "!movie Heat")).replace("**", "")
    await stage.member("alice").send_dm("movie Heat")
    await stage.env.advance_time(10)
    assert "This server" not in text_of(stage.private("alice"))


async def test_quarantine_is_the_owners_and_takes_off_the_boards(stage: Stage) -> None:
    for name in ("alice", "bob", "carol"):
        await rate(stage, name, Heat=5)
    bob = stage.member("bob")
    assert "Only the owner" in text_of(await stage.say("alice", f"!quarantine <@{bob.id}>"))
    owner = "alice"
    stage.bot.owner_id = stage.member(owner).id
    assert "is in quarantine" in text_of(await stage.say(owner, f"!quarantine <@{bob.id}>"))
    assert "bob" not in text_of(await stage.say("carol", "!top raters"))
    assert str(bob.id) in text_of(await stage.say(owner, "!quarantined"))
    assert "count again" in text_of(await stage.say(owner, f"!release <@{bob.id}>"))
    assert "not in quarantine" in text_of(await stage.say(owner, f"!release <@{bob.id}>"))
    assert "bob" in text_of(await stage.say("carol", "!top raters"))
    stranger = stage.member("erin")
    assert "never told me" in text_of(await stage.say(owner, f"!quarantine <@{stranger.id}>"))
    assert "Nobody is in quarantine" in text_of(await stage.say(owner, "!quarantined"))
