"""The users of the data set: whose ratings a member can start from, and how a member's stars compare with theirs."""

import asyncio
from collections.abc import Collection, Mapping
from functools import lru_cache
from threading import Lock

from data import Dataset
from data.users import Neighbour, StarsGiven, nearest_users, ratings_of, stars_given, user_range

USERS_KEPT = 64
"""How many users' ratings stay in memory; each answer for a member who adopted one needs them."""


class MovieLensUsers:
    """Reads in a thread; even 32 million ratings are gone through in about a second, once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._ratings_of = lru_cache(USERS_KEPT)(self._read)
        self._given: StarsGiven | None = None
        self._counting = Lock()

    async def ratings_of(self, user_id: int) -> Mapping[int, float]:
        """One user's stars by movie id; empty where the data set has no such user."""
        return await asyncio.to_thread(self._ratings_of, user_id)

    def _read(self, user_id: int) -> Mapping[int, float]:
        return ratings_of(self._dataset, user_id)

    async def id_range(self) -> tuple[int, int]:
        """The lowest and the highest user id."""
        return await asyncio.to_thread(user_range, self._dataset)

    async def nearest(self, rated: Mapping[int, float], n: int) -> tuple[Neighbour, ...]:
        """The users who agree best with these ratings."""
        return await asyncio.to_thread(nearest_users, self._dataset, rated, n)

    async def shares(self, movie_ids: Collection[int]) -> tuple[float, ...] | None:
        """How often these films get 0.5, 1, … 5 stars; None where nobody rated them."""

        if not movie_ids:
            return None
        return (await self._stars_given()).shares(movie_ids)

    async def lovers(self, stars: float, movie_ids: Collection[int]) -> dict[int, int]:
        """How many users gave each of these films so many stars or more."""
        return (await self._stars_given()).at_least(stars, movie_ids)

    async def _stars_given(self) -> StarsGiven:
        def count() -> StarsGiven:
            with self._counting:
                if self._given is None:
                    self._given = stars_given(self._dataset)
            return self._given

        return await asyncio.to_thread(count)
