"""The guess game as members of a server play it."""

from typing import Any

from tests.bot.conftest import OpenStage, Stage, labels_of, select_id, text_of

ACTION = "Heat 5\nAlien 4.5\nDie Hard 5\nSpeed 4.5\nPredator 4\nTitanic 1"


async def take_part(stage: Stage, *names: str, compares: bool = True) -> None:
    """Let them rate; and be guessed, unless they are not to."""
    store = stage.bot.services.store
    for name in names:
        await stage.say(name, f"!rate {ACTION}")
        profile = await store.profiles.find(stage.member(name).id)
        assert profile is not None
        await store.profiles.set_compares(profile.user_id, compares)


async def guess(stage: Stage, name: str, message: Any, stars: str) -> str:
    result = await stage.member(name).select(message, [stars], custom_id=select_id(message, "Your guess"))
    assert result.response.ephemeral
    return text_of(result.response)


async def begin(stage: Stage, name: str = "bob") -> Any:
    await stage.env.advance_time(30)
    message = await stage.say(name, "!guess")
    assert "How many stars would" in text_of(message)
    return message


async def test_a_round_from_its_start_to_its_end(stage: Stage) -> None:
    await take_part(stage, "alice")
    message = await begin(stage)
    assert "How many stars would alice give" in text_of(message)
    assert labels_of(message) == ["Reveal"]
    for name, stars in (("bob", "0.5"), ("carol", "3")):
        assert "Your guess for" in await guess(stage, name, message, stars)
    assert "You have changed your guess" in await guess(stage, "bob", message, "2")
    shown = text_of(stage.message(message.id))
    assert "bob" not in shown
    assert "carol" not in shown
    await stage.env.advance_time(130)
    shown = text_of(stage.message(message.id))
    assert "That is what I predict" in shown
    assert "**bob** ★★ ·" in shown
    assert "**carol** ★★★ ·" in shown
    assert "Nearest: " in shown
    assert labels_of(stage.message(message.id)) == ["Seen it? Rate it", "Another round", "Table"]
    assert stage.bot.bugs == 0

