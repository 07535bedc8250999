"""Who has a say is compared, and nobody else, whatever members have chosen and wherever they are."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.comparing.replies import NOT_COMPARABLE
from tests.bot.conftest import Stage, text_of
from tests.bot.standing import PRESENCE_S, Standing, bring_about, standings

PEOPLE = ("zoe", "yuri", "xena")
OFTEN_S = 30


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(standings, min_size=len(PEOPLE), max_size=len(PEOPLE)))
async def test_only_who_may_be_shown_is(stage: Stage, found: list[Standing]) -> None:
    await stage.say("alice", "!rate Heat 5\nAlien 5\nDie Hard 4.5\nRambo 5\nJaws 5")
    await stage.say("alice", "!privacy compare on")
    for name, state in zip(PEOPLE, found, strict=True):
        await bring_about(stage, name, state)
    await stage.env.advance_time(PRESENCE_S)
    who_rated = text_of(await stage.say("alice", "!whorated Heat"))
    who_wants = text_of(await stage.say("alice", "!whowants The Matrix"))
    for name, state in zip(PEOPLE, found, strict=True):
        assert (name in who_rated) == state.is_shown, state
        assert state.is_shown or name not in who_wants, state
        for command in ("match", "bridge"):
            await stage.env.advance_time(OFTEN_S)
            text = text_of(await stage.say("alice", f"!{command} <@{stage.member(name).id}>"))
            if state.is_shown and state.compares:
                assert name in text, state
            else:
                assert text == NOT_COMPARABLE, state
    assert stage.bot.bugs == 0
