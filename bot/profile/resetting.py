"""Beginning anew: without a MovieLens user to start from, and without ratings."""

from dataclasses import dataclass

from bot.errors import StaleComponentError
from data.store import Store


@dataclass(frozen=True, slots=True)
class ResetChoice:
    """What there is to forget: a user to start from, and `rated` films."""

    owner_id: int
    adopted_user_id: int | None
    rated: int


@dataclass(frozen=True, slots=True)
class Reset:
    """All ratings were forgotten, and whom the member started from, by the entry `entry_id`."""

    owner_id: int
    adopted_user_id: int | None
    rated: int
    entry_id: int


class ResetService:
    """Members are Discord ids, times are UTC epoch seconds. Nothing is for good: that is `PrivacyService.delete`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def choice(self, discord_id: int) -> ResetChoice:
        """What the member could forget."""
        profile = await self._store.profiles.find(discord_id)
        if profile is None:
            return ResetChoice(discord_id, None, 0)
        rated = await self._store.ratings.count_of(profile.user_id)
        return ResetChoice(discord_id, profile.adopted_user_id, rated)

    async def forget(self, discord_id: int, rated: int, adopted_user_id: int | None, at: int) -> Reset | ResetChoice:
        """Forget all ratings and the user to start from; asks again where these are not what was agreed to."""
        choice = await self.choice(discord_id)
        profile = await self._store.profiles.find(discord_id)
        if profile is None or not rated:
            raise StaleComponentError
        if (choice.rated, choice.adopted_user_id) != (rated, adopted_user_id):
            return choice
        changes = await self._store.ratings.forget(profile.user_id, at)
        return Reset(discord_id, adopted_user_id, rated, changes[0].entry_id)
