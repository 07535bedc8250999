"""What every answer for a member rests on, read anew for each request."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.members.movielens import MovieLensUsers
from data.store import Profile, Store


@dataclass(frozen=True, slots=True)
class Taste:
    """`rated` are the member's own stars by movie id, `adopted` those of a MovieLens profile they start from.

    `hidden` are films they want to hear no more of, `watchlist` those they want to see, the newest first.
    """

    rated: Mapping[int, float] = field(default_factory=dict)
    adopted: Mapping[int, float] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    watchlist: tuple[int, ...] = ()

    @property
    def ratings(self) -> dict[int, float]:
        """What is folded in: own stars go before adopted ones."""
        return {**self.adopted, **self.rated}


class Tastes:
    def __init__(self, store: Store, movielens: MovieLensUsers) -> None:
        self._store = store
        self._movielens = movielens

    async def of(self, discord_id: int) -> Taste:
        """A member's taste; that of somebody without a profile is empty, and none is made."""
        profile = await self._store.profiles.find(discord_id)
        return Taste() if profile is None else await self.of_profile(profile)

    async def of_profile(self, profile: Profile) -> Taste:
        adopted: Mapping[int, float] = {}
        if profile.adopted_user_id is not None:  # under another data set there may be no such user: kept, and ignored
            adopted = await self._movielens.ratings_of(profile.adopted_user_id)
        hidden = await self._store.shelves.of(profile.user_id, "hidden")
        watchlist = await self._store.shelves.of(profile.user_id, "watchlist")
        return Taste(
            rated=await self._store.ratings.ratings_of(profile.user_id),
            adopted=adopted,
            hidden=frozenset(film.movie_id for film in hidden),
            watchlist=tuple(film.movie_id for film in watchlist),
        )
