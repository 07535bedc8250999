"""What a member may have chosen and what may have become of them, to try who is shown to others."""

from dataclasses import dataclass

from hypothesis import strategies as st

from data.store import Visibility
from tests.bot.conftest import Stage

LOVED = (10, 20, 30, 40, 50)
"""What everybody has rated, all of it action."""

PRESENCE_S = 3_700
"""Longer than the hour for which a name is known."""


@dataclass(frozen=True)
class Standing:
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
standings = st.builds(
    Standing,
    visibility=st.sampled_from(["server", "public", "private"]),
    compares=st.booleans(),
    is_known=mostly,
    is_there=mostly,
    is_noted_as_left=seldom,
    is_blocked=seldom,
    is_quarantined=seldom,
    is_deleted=seldom,
)


async def bring_about(stage: Stage, name: str, standing: Standing) -> None:
    """Let a member begin anew, and be as they should."""
    store, guild_id, at = stage.bot.services.store, stage.guild.id, 2_000_000_000
    member = stage.member(name)
    await store.personal.delete(member.id, 1)
    is_there = stage.env.backend.guilds[guild_id].members.get(member.id) is not None
    if standing.is_there and not is_there:
        stage.members[name] = stage.guild.add_member(stage.user(name))
    elif is_there and not standing.is_there:
        stage.guild.remove_member(member)
    profile = await store.profiles.get_or_create(member.id, at)
    await store.ratings.rate(profile.user_id, [(movie_id, 5.0) for movie_id in LOVED], at)
    await store.profiles.set_visibility(profile.user_id, standing.visibility, 0)
    await store.profiles.set_compares(profile.user_id, standing.compares, 0)
    if standing.is_known:
        await store.memberships.note(guild_id, member.id, at)
    if standing.is_noted_as_left:
        await store.memberships.leave(guild_id, [member.id], at)
    if standing.is_blocked:
        await store.memberships.block(guild_id, member.id, at)
    if standing.is_quarantined:
        await store.profiles.quarantine(member.id, at)
    if standing.is_deleted:
        await store.personal.delete(member.id, at)
