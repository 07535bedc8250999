"""Who is shown a member's ratings and profile."""

from dataclasses import dataclass

from bot.errors import UserError
from data.store import Profile, Store


@dataclass(eq=False)
class HiddenProfileError(UserError):
    """Another member's ratings that are not shown here."""

    discord_id: int


def may_see(profile: Profile | None, viewer_id: int, owner_id: int, *, in_guild: bool) -> bool:
    """Whether one member is shown another's ratings here."""
    if viewer_id == owner_id:
        return True
    if profile is None:
        return False
    return profile.visibility == "public" or (profile.visibility == "server" and in_guild)


async def choose_comparing(store: Store, discord_id: int, at: int) -> Profile:
    """Let a member's taste be compared with that of others who want it too, from now on; who that is."""
    profile = await store.profiles.get_or_create(discord_id, at)
    await store.profiles.set_compares(profile.user_id, True, at)
    return profile
