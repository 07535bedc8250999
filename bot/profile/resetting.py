"""Beginning anew: without a MovieLens user to start from, and without ratings."""

from dataclasses import dataclass

from bot.errors import StaleComponentError
from data.store import Store


@dataclass(frozen=True, slots=True)
class ResetChoice:
    """What there is to forget: a user to start from, `rated` films; and `restorable` ratings forgotten at `at`."""

    owner_id: int
    adopted_user_id: int | None
    rated: int
    restorable: int = 0
    at: int = 0


@dataclass(frozen=True, slots=True)
class Reset:
    """All ratings were forgotten at `at`, and whom the member started from."""

    owner_id: int
    adopted_user_id: int | None
    rated: int
    at: int


@dataclass(frozen=True, slots=True)
class Restored:
    """So many ratings are back, and the user to start from if there was one."""

    owner_id: int
    adopted_user_id: int | None
    rated: int


class ResetService:
    """Members are Discord ids, times are UTC epoch seconds. Nothing is for good: that is `PrivacyService.delete`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def choice(self, discord_id: int) -> ResetChoice:
        """What the member could forget, or bring back."""
        profile = await self._store.profiles.find(discord_id)
        if profile is None:
            return ResetChoice(discord_id, None, 0)
        rated = await self._store.ratings.count_of(profile.user_id)
        last = await self._store.resets.last(profile.user_id)
        if last is None or (rated and last.ratings == 1):  # a single film has its own way back
            return ResetChoice(discord_id, profile.adopted_user_id, rated)
        return ResetChoice(discord_id, profile.adopted_user_id, rated, last.ratings, last.at)

    async def forget(self, discord_id: int, rated: int, adopted_user_id: int | None, at: int) -> Reset | ResetChoice:
        """Forget all ratings and the user to start from; asks again where these are not what was agreed to."""
        choice = await self.choice(discord_id)
        profile = await self._store.profiles.find(discord_id)
        if profile is None or not rated:
            raise StaleComponentError
        if (choice.rated, choice.adopted_user_id) != (rated, adopted_user_id):
            return choice
        await self._store.profiles.adopt(profile.user_id, None)
        forgotten = await self._store.resets.forget(profile.user_id, at)
        return Reset(discord_id, adopted_user_id, forgotten.ratings, at)

    async def restore(self, discord_id: int, forgotten_at: int, adopted_user_id: int | None) -> Restored:
        """Bring back what was forgotten at that time; whom the member adopted since stays.

        Raises StaleComponentError where nothing is left to bring back.
        """
        profile = await self._store.profiles.find(discord_id)
        if profile is None:
            raise StaleComponentError
        rated = await self._store.resets.restore(profile.user_id, forgotten_at)
        if not rated:
            raise StaleComponentError
        if profile.adopted_user_id is not None:
            adopted_user_id = None
        elif adopted_user_id is not None:
            await self._store.profiles.adopt(profile.user_id, adopted_user_id)
        return Restored(discord_id, adopted_user_id, rated)
