"""The tastes of a server's members, folded in and kept in memory, so that one film's stars are a product away."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.members import MovieLensUsers
from bot.models import ModelRegistry, Serving
from bot.servers import ServerRatings, ServerRatingsReader
from data.store import Member

MEMBERS_KEPT = 100_000
"""Of all servers together, about 350 bytes each; the server asked last always stays."""

FOLDED_AT_ONCE = 50
"""Members between two looks at whether anybody still waits."""


@dataclass(frozen=True, slots=True)
class ServerTastes:
    """`tastes[i]` is that of `ratings.members[i]`, for the model of `serving`."""

    serving: Serving
    ratings: ServerRatings
    tastes: npt.NDArray[np.floating]

    def stars_of(self, movie_id: int) -> npt.NDArray[np.floating]:
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

    async def _read(self, ratings: ServerRatings, serving: Serving, before: ServerTastes | None) -> ServerTastes:
        known = await asyncio.to_thread(_known, before)
        missing = [place for place, member in enumerate(ratings.members) if _state(member) not in known]
        found = [member.adopted_user_id for member in (ratings.members[place] for place in missing)]
        adopted = {one: await self._movielens.ratings_of(one) for one in set(found) if one is not None}
        tastes = await asyncio.to_thread(_fold_in, ratings, serving, known, missing, adopted)
        return ServerTastes(serving, ratings, tastes)


def _state(member: Member) -> tuple[int, int, int | None]:
    return member.user_id, member.rating_changes, member.adopted_user_id


def _known(before: ServerTastes | None) -> dict[tuple[int, int, int | None], npt.NDArray[np.floating]]:
    if before is None:
        return {}
    return dict(zip(map(_state, before.ratings.members), before.tastes, strict=True))


def _fold_in(
    ratings: ServerRatings,
    serving: Serving,
    known: Mapping[tuple[int, int, int | None], npt.NDArray[np.floating]],
    missing: list[int],
    adopted: Mapping[int, Mapping[int, float]],
) -> npt.NDArray[np.floating]:
    """[members, s] those that are known, and the missing ones anew."""

    def profile(place: int) -> dict[int, float]:
        start = ratings.members[place].adopted_user_id
        return {**(adopted[start] if start is not None else {}), **ratings.of(place)}

    rows = [known.get(_state(member)) for member in ratings.members]
    for first in range(0, len(missing), FOLDED_AT_ONCE):
        places = missing[first : first + FOLDED_AT_ONCE]
        for place, taste in zip(places, serving.model.tastes([profile(one) for one in places]), strict=True):
            rows[place] = taste
    return np.array([one for one in rows if one is not None])
