"""People of a server who rate as they like, for maps of them."""

from data.store import Store

ACTION, ROMANCE = range(10, 110, 10), range(110, 210, 10)
"""Film ids of the small data set."""


async def settle(store: Store, guild_id: int, discord_id: int, loves: range, at: int, *, compares: bool = True) -> int:
    """Somebody in a server who loves one kind of film and not the other."""
    profile = await store.profiles.get_or_create(discord_id, at)
    hates = ROMANCE if loves == ACTION else ACTION
    stars = dict.fromkeys(loves[:4], 5.0) | dict.fromkeys(hates[:3], 1.0)
    await store.ratings.rate(profile.user_id, list(stars.items()), at)
    await store.memberships.note(guild_id, discord_id, at)
    await store.profiles.set_compares(profile.user_id, compares, 0)
    return profile.user_id
