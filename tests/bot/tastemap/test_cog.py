"""`tastemap` as the members of a server use it."""

from tests.bot.conftest import Stage, labels_of, text_of

ACTION = "!rate " + "\n".join(["Heat 5", "Alien 5", "Die Hard 4.5", "Titanic 1", "Ghost 1", "Speed 4"])
ROMANCE = "!rate " + "\n".join(["Heat 1", "Alien 1", "Notting Hill 5", "Titanic 5", "Ghost 4.5", "Grease 4"])


async def join(stage: Stage, name: str, ratings: str) -> None:
    """Rate films and press the button."""
    await stage.say(name, ratings)
    asked = await stage.say(name, "!tastemap")
    await stage.member(name).click(asked, label="Put me on the map")
    await stage.env.advance_time(30)


async def test_three_make_a_map(stage: Stage) -> None:
    await join(stage, "alice", ACTION)
    assert "A map needs 3 people; so far you are the only one" in text_of(await stage.say("alice", "!tastemap"))
    await join(stage, "bob", ACTION)
    await join(stage, "carol", ROMANCE)
    reply = await stage.say("alice", "!tastemap")
    text = text_of(reply)
    assert "Tastes around alice" in text
    assert "Nearest to **alice** stands **bob**." in text
    assert "By Action: **alice** and **bob**." in text
    assert "By Romance: **carol**." in text
    (picture,) = reply.attachments
    assert picture.filename == "tastemap.png"
    assert picture.description is not None
    assert "Nearest to alice stands bob. By Action: alice and bob. By Romance: carol." in picture.description
    assert stage.bot.bugs == 0


async def test_who_is_not_compared_is_asked_and_joins_after_a_restart(stage: Stage) -> None:
    await join(stage, "bob", ACTION)
    await join(stage, "carol", ROMANCE)
    await stage.say("alice", ACTION)
    asked = await stage.member("alice").slash(stage.channel, "tastemap")
    assert asked.response.ephemeral
    assert labels_of(asked.response) == ["Put me on the map"]
    await stage.restart()
    joined = await stage.member("alice").click(asked.response, label="Put me on the map")
    assert joined.response.ephemeral
    assert "</privacy compare:" in text_of(joined.response)
    await stage.restart()
    await stage.member("alice").click(joined.response, label="Show the map")
    assert "Tastes around alice" in text_of(stage.last)
    assert stage.bot.bugs == 0


async def test_only_the_owner_joins_by_a_button(stage: Stage) -> None:
    await stage.say("alice", ACTION)
    asked = await stage.say("alice", "!tastemap")
    refused = await stage.member("bob").click(asked, label="Put me on the map")
    assert "</tastemap:" in refused.response.content
    assert not await stage.bot.services.tastemaps.compares(stage.member("bob").id)


async def test_who_has_left_or_ended_it_is_not_shown(stage: Stage) -> None:
    for name in ("alice", "bob", "carol", "dan", "erin"):
        await join(stage, name, ACTION)
    store, guild_id = stage.bot.services.store, stage.guild.id
    stage.guild.remove_member(stage.member("bob"))
    shown = text_of(await stage.say("alice", "!tastemap"))
    assert "bob" not in shown
    assert "carol" in shown
    await stage.env.advance_time(30)
    carol = await store.profiles.find(stage.member("carol").id)
    assert carol is not None
    await store.profiles.set_compares(carol.user_id, False, 0)
    assert "carol" not in text_of(await stage.say("alice", "!tastemap"))
    await stage.env.advance_time(30)
    await store.memberships.block(guild_id, stage.member("alice").id, 1)
    assert "You are not shown to others in this server" in text_of(await stage.say("alice", "!tastemap"))
    assert stage.bot.bugs == 0


async def test_a_map_is_of_a_server(stage: Stage) -> None:
    await stage.member("alice").send_dm("!tastemap")
    await stage.env.advance_time(10)
    assert "That works in a server only" in text_of(stage.private("alice"))
    assert stage.bot.bugs == 0


async def test_names_of_every_kind(stage: Stage) -> None:
    names = ["李小龍", "@everyone [x](http://evil)", "🎬🎬", "$x$ _*~|`", "n" * 32]
    for name in names:
        await join(stage, name, ACTION)
    reply = await stage.say(names[0], "!tastemap")
    text = text_of(reply)
    assert "**李小龍 (no. 1)**" in text
    assert "🎬🎬 (no. 2)" in text
    assert "@everyone" not in text
    assert "(http" not in text.replace("\\", "").replace("\u200b", "") or "](" not in text
    assert stage.bot.bugs == 0
