"""`ratings`: pages of one's own and of others."""

from tests.bot.conftest import Stage, text_of


async def test_ratings_come_in_pages_that_only_their_reader_turns_after_a_restart_too(stage: Stage) -> None:
    titles = ["Heat", "Alien", "Die Hard", "Speed", "Predator", "The Matrix", "Rambo", "Jaws", "Gladiator", "Top Gun"]
    await stage.say("alice", "!rate " + "\n".join(f"{title} 4" for title in titles) + "\nTitanic 5")
    reply = await stage.say("alice", "!ratings highest")
    assert "**Titanic" in text_of(reply)
    assert "page 1 of 2" in text_of(reply)
    await stage.restart()
    await stage.member("alice").click(reply, label="Next")
    assert "page 2 of 2" in text_of(stage.last)
    refused = await stage.member("bob").click(stage.last, label="Back")
    assert "somebody else" in refused.response.content
    await stage.member("alice").click(stage.last, label="Lowest")
    assert "lowest first · page 1 of 2" in text_of(stage.last)


async def test_ratings_of_another_member_are_shown_by_their_visibility(stage: Stage) -> None:
    await stage.say("alice", "!rate Heat 4")
    bob = stage.member("bob")
    shown = await stage.say("carol", f"!ratings {stage.member('alice').mention}")
    assert "Heat" in text_of(shown)
    hidden = await stage.say("carol", f"!ratings {bob.mention}")
    assert "not shown" in text_of(hidden)
