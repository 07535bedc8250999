"""All ratings of a server's visible members, kept in memory: what its boards and games are made of."""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from data.store import Member, Store

RATINGS_KEPT = 4_000_000
"""How many ratings of all servers together stay in memory, about 40 bytes each; the server asked last always does."""


@dataclass(frozen=True)
class ServerRatings:
    """One moment of a server. `ratings` are sorted by member and film, with the fields of `Memberships.ratings`.

    The ratings of `members[i]` (sorted by user id) are `ratings[starts[i]:starts[i + 1]]`.
    """

    members: tuple[Member, ...]
    starts: npt.NDArray[np.int64]
    ratings: npt.NDArray[np.void]

    @cached_property
    def by_movie(self) -> "ByMovie":
        """The same, film by film."""
        order = np.argsort(self.ratings["movie_id"], kind="stable")
        places = np.repeat(np.arange(len(self.members)), np.diff(self.starts))[order]
        movie_ids, starts = np.unique(self.ratings["movie_id"][order], return_index=True)
        return ByMovie(movie_ids, np.append(starts, len(order)), places, self.ratings["stars"][order])

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Where among the members somebody stands, by Discord id."""
        return {member.discord_id: place for place, member in enumerate(self.members)}

    def of(self, place: int) -> dict[int, float]:
        """One member's stars by movie id."""
        rows = self.ratings[self.starts[place] : self.starts[place + 1]]
        return dict(zip(rows["movie_id"].tolist(), rows["stars"].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class ByMovie:
    """`movie_ids` are sorted; the ratings of film i lie in `places` (of members) and `stars` from starts[i] on."""

    movie_ids: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    stars: npt.NDArray[np.float32]

    def of(self, movie_id: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Who rated a film, as places among the members, and their stars."""
        found = int(np.searchsorted(self.movie_ids, movie_id))
        if found == len(self.movie_ids) or self.movie_ids[found] != movie_id:
            return self.places[:0], self.stars[:0]
        here = slice(self.starts[found], self.starts[found + 1])
        return self.places[here], self.stars[here]


class ServerRatingsReader:
    """Reads who may be seen anew for each request, and ratings only of those who have changed some."""

    def __init__(self, store: Store) -> None:
        self._memberships = store.memberships
        self._kept: OrderedDict[int, ServerRatings] = OrderedDict()
        self._reading: dict[int, asyncio.Lock] = {}

    async def of(self, guild_id: int) -> ServerRatings:
        """What a server's visible members have rated; the same object for as long as nothing changes."""
        async with self._reading.setdefault(guild_id, asyncio.Lock()):
            members = await self._memberships.visible(guild_id)
            before = self._kept.get(guild_id)
            if before is None or before.members != members:
                known = _unchanged(before, members)
                missing = [one.user_id for one in members if one.user_id not in known]
                rows = await self._memberships.ratings(guild_id, missing)
                self._kept[guild_id] = await asyncio.to_thread(_joined, members, known, rows)
            self._kept.move_to_end(guild_id)
            self._drop_oldest()
            return self._kept[guild_id]

    def _drop_oldest(self) -> None:
        while len(self._kept) > 1 and sum(len(one.ratings) for one in self._kept.values()) > RATINGS_KEPT:
            self._kept.popitem(last=False)


def _unchanged(before: ServerRatings | None, members: Sequence[Member]) -> dict[int, npt.NDArray[np.void]]:
    """The ratings, by user id, of those whose ratings are what they were."""
    if before is None:
        return {}
    now = {one.user_id: one.rating_changes for one in members}
    return {
        one.user_id: before.ratings[before.starts[place] : before.starts[place + 1]]
        for place, one in enumerate(before.members)
        if now.get(one.user_id) == one.rating_changes
    }


def _joined(
    members: tuple[Member, ...], known: Mapping[int, npt.NDArray[np.void]], rows: npt.NDArray[np.void]
) -> ServerRatings:
    """Both together; a rating given between the two reads counts from now on."""
    user_ids = np.array([one.user_id for one in members], dtype=np.int64)
    firsts, lasts = (np.searchsorted(rows["user_id"], user_ids, side) for side in ("left", "right"))
    parts = [
        known[user_id] if user_id in known else rows[first:last]
        for user_id, first, last in zip(user_ids.tolist(), firsts, lasts, strict=True)
    ]
    starts = np.concatenate([[0], np.cumsum([len(part) for part in parts], dtype=np.int64)]).astype(np.int64)
    return ServerRatings(members, starts, np.concatenate([rows[:0], *parts]))
