"""Whatever members have chosen and wherever they are, nobody is shown who should not be."""

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.comparing.replies import NOT_COMPARABLE
from data.store import Visibility
from tests.bot.conftest import Stage, text_of

PEOPLE = ("zoe", "yuri", "xena")
LOVED = (10, 20, 30, 40, 50)
HEAT, MATRIX = 10, 60
OFTEN_S = 30
PRESENCE_S = 3_700


@dataclass(frozen=True)
class State:
    """One member; `is_there` is what Discord says, `is_known` whether they have spoken to the bot there."""

    visibility: Visibility
    compares: bool
    is_known: bool
    is_there: bool
    is_noted_as_left: bool
    is_blocked: bool
    is_quarantined: bool
    is_deleted: bool

    @property
    def is_shown(self) -> bool:
        hidden = self.is_blocked or self.is_quarantined or self.is_deleted or self.is_noted_as_left
        return self.is_known and self.is_there and self.visibility != "private" and not hidden


mostly = st.integers(0, 4).map(bool)
seldom = st.integers(0, 4).map(lambda number: not number)
states = st.builds(
    State,
    visibility=st.sampled_from(["server", "public", "private"]),
    compares=st.booleans(),
    is_known=mostly,
    is_there=mostly,
    is_noted_as_left=seldom,
    is_blocked=seldom,
    is_quarantined=seldom,
    is_deleted=seldom,
)


async def bring_about(stage: Stage, name: str, state: State) -> None:
    """Let a member begin anew, and be as they should."""
    store, guild_id, at = stage.bot.services.store, stage.guild.id, 2_000_000_000
    member = stage.member(name)
    await store.personal.delete(member.id, 1)
    is_there = stage.env.backend.guilds[guild_id].members.get(member.id) is not None
    if state.is_there and not is_there:
        stage.members[name] = stage.guild.add_member(stage.user(name))
    elif is_there and not state.is_there:
        stage.guild.remove_member(member)
    profile = await store.profiles.get_or_create(member.id, at)
    await store.ratings.rate(profile.user_id, [(movie_id, 5.0) for movie_id in LOVED], at)
    await store.profiles.set_visibility(profile.user_id, state.visibility)
    await store.profiles.set_compares(profile.user_id, state.compares)
    if state.is_known:
        await store.memberships.note(guild_id, member.id, at)
    if state.is_noted_as_left:
        await store.memberships.leave(guild_id, [member.id], at)
    if state.is_blocked:
        await store.memberships.block(guild_id, member.id, at)
    if state.is_quarantined:
        await store.profiles.quarantine(member.id, at)
    if state.is_deleted:
        await store.personal.delete(member.id, at)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(states, min_size=len(PEOPLE), max_size=len(PEOPLE)))
async def test_only_who_may_be_shown_is(stage: Stage, found: list[State]) -> None:
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
