"""The tastes of a server's members, folded in and kept in memory, so that one film's stars are a product away."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.members import MovieLensUsers
from bot.models import ModelRegistry, Serving
from bot.servers import ServerRatings, ServerRatingsReader
from bot.servers.ratings import NOWHERE

MEMBERS_KEPT = 100_000
"""Of all servers together, about 350 bytes each; the server asked last always stays."""

FOLDED_AT_ONCE = 500
"""Members whose ratings are unpacked together."""

Tastes = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class ServerTastes:
    """`tastes[i]` is that of `ratings.members[i]`, for the model of `serving`."""

    serving: Serving
    ratings: ServerRatings
    tastes: Tastes

    def stars_of(self, movie_id: int) -> Tastes:
        """[members] the stars each would give a film; raises UnknownMovieError."""
        if not len(self.tastes):
            return np.empty(0)
        return self.serving.model.stars_of(self.tastes, [movie_id])[:, 0]


class ServerTastesReader:
    """Folds in those alone whose ratings are others than before; all of them for a new model."""

    def __init__(self, ratings: ServerRatingsReader, models: ModelRegistry, movielens: MovieLensUsers) -> None:
        self._ratings = ratings
        self._models = models
        self._movielens = movielens
        self._kept: OrderedDict[int, ServerTastes] = OrderedDict()
        self._reading: dict[int, asyncio.Lock] = {}

    async def of(self, guild_id: int) -> ServerTastes:
        """The tastes of a server's visible members; the same object for as long as nothing changes."""
        async with self._reading.setdefault(guild_id, asyncio.Lock()):
            ratings, serving = await self._ratings.of(guild_id), self._models.serving
            before = self._kept.get(guild_id)
            if before is None or before.ratings is not ratings or before.serving is not serving:
                known = before if before is not None and before.serving is serving else None
                self._kept[guild_id] = await self._read(ratings, serving, known)
            self._kept.move_to_end(guild_id)
            while len(self._kept) > 1 and sum(len(one.tastes) for one in self._kept.values()) > MEMBERS_KEPT:
                self._kept.popitem(last=False)
            return self._kept[guild_id]

    async def forget(self, discord_id: int) -> None:
        """Let go of the taste of somebody who was deleted, without waiting for the next request."""
        for guild_id in [guild_id for guild_id, one in self._kept.items() if discord_id in one.ratings.places]:
            await self.of(guild_id)
        await self._ratings.forget(discord_id)

    async def _read(self, ratings: ServerRatings, serving: Serving, before: ServerTastes | None) -> ServerTastes:
        found = await asyncio.to_thread(_places_in, ratings, before)
        missing = np.flatnonzero(found == NOWHERE)
        adopted_ids = np.unique(ratings.states[missing, 2]).tolist()
        adopted = {one: await self._movielens.ratings_of(one) if one else {} for one in adopted_ids}
        known = before.tastes if before is not None else None
        tastes = await asyncio.to_thread(_fold_in, ratings, serving, found, missing, known, adopted)
        return ServerTastes(serving, ratings, tastes)


def _places_in(ratings: ServerRatings, before: ServerTastes | None) -> npt.NDArray[np.int64]:
    if before is None:
        return np.full(len(ratings.states), NOWHERE)
    return ratings.places_in(before.ratings)


def _fold_in(
    ratings: ServerRatings,
    serving: Serving,
    found: npt.NDArray[np.int64],
    missing: npt.NDArray[np.int64],
    known: Tastes | None,
    adopted: Mapping[int, Mapping[int, float]],
) -> Tastes:
    """[members, s] those that are known, by the places they had, and the missing ones anew."""
    parts = [] if known is None or not len(known) else [known[found[found != NOWHERE]]]
    for first in range(0, len(missing), FOLDED_AT_ONCE):
        places = missing[first : first + FOLDED_AT_ONCE].tolist()
        starts = ratings.states[places, 2].tolist()
        profiles = [{**adopted[start], **ratings.of(place)} for place, start in zip(places, starts, strict=True)]
        parts.append(serving.model.tastes(profiles))
    if not parts:
        return np.empty((0, 0))
    order = np.concatenate([np.flatnonzero(found != NOWHERE), missing])
    joined = np.concatenate(parts)
    tastes = np.empty_like(joined)
    tastes[order] = joined
    return tastes
