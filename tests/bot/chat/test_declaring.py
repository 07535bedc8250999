"""Groups by prefix: the bare form answers to the name it has as a slash command."""

import pytest

from tests.bot.conftest import Stage, text_of


@pytest.mark.parametrize(
    ("bare", "named"),
    [
        ("!watchlist", "!watchlist show"),
        ("!hide", "!HIDE List"),
        ("!profile", "!profile show"),
        ("!privacy", "!privacy show"),
        ("!model", "!model status"),
    ],
)
async def test_a_group_goes_by_its_slash_name_too(stage: Stage, bare: str, named: str) -> None:
    expected = text_of(await stage.say("alice", bare))
    assert text_of(await stage.say("alice", named)) == expected
    assert expected


async def test_what_follows_the_name_is_read(stage: Stage) -> None:
    await stage.say("bob", "!rate Heat 4")
    bob = stage.member("bob").mention
    assert "Profile of bob" in text_of(await stage.say("alice", f"!profile show {bob}"))
    assert "Profile of bob" in text_of(await stage.say("alice", f"!profile {bob}"))
