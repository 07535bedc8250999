"""All ratings of a server's visible members, kept in memory: what its boards and games are made of."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.servers.by_movie import ByMovie
from bot.servers.votes import Tally, tally
from data.store import Member, Roster, Store

RATINGS_KEPT = 4_000_000
"""How many ratings of all servers together stay in memory, about 45 bytes each; the server asked last always does."""

LARGE, TALLY_KEPT_S = 100_000, 600.0
"""Ratings of a server whose tally is not made anew for each of them, and for how long it stands."""

NOWHERE = -1
"""The place of a member who was not there before, or has changed ratings since."""


@dataclass(frozen=True)
class ServerRatings:
    """One moment of a server. `ratings` are sorted by member and film, with the fields of `Memberships.ratings`.

    The ratings of `members[i]` (sorted by user id) are `ratings[starts[i]:starts[i + 1]]`.
    """

    members: tuple[Member, ...]
    starts: npt.NDArray[np.int64]
    ratings: npt.NDArray[np.void]

    @cached_property
    def by_movie(self) -> ByMovie:
        """The same, film by film."""
        places = np.repeat(np.arange(len(self.members)), np.diff(self.starts))
        return ByMovie.made(self.ratings["movie_id"], places, self.ratings["stars"])

    @cached_property
    def tally(self) -> Tally:
        """What the members' votes come to, film by film; many milliseconds the first time, so ask `tally_of`."""
        user = np.repeat(np.arange(len(self.members)), np.diff(self.starts))
        return tally(user, self.ratings["movie_id"], self.ratings["stars"], self.ratings["rated_at"])

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Where among the members somebody stands, by Discord id."""
        return {member.discord_id: place for place, member in enumerate(self.members)}

    @cached_property
    def states(self) -> npt.NDArray[np.int64]:
        """[members, 3] user id, changes of their ratings, and the user they start from, 0 for none."""
        rows = [(one.user_id, one.rating_changes, one.adopted_user_id or 0) for one in self.members]
        return np.array(rows, dtype=np.int64).reshape(-1, 3)

    def places_in(self, before: "ServerRatings") -> npt.NDArray[np.int64]:
        """[members] where each stood `before`, NOWHERE where their ratings are others by now."""
        if not len(before.members):
            return np.full(len(self.members), NOWHERE)
        found = np.searchsorted(before.states[:, 0], self.states[:, 0])
        found[found == len(before.members)] = 0
        is_same = (before.states[found] == self.states).all(axis=1)
        return np.where(is_same, found, NOWHERE)

    def of(self, place: int) -> dict[int, float]:
        """One member's stars by movie id."""
        rows = self.ratings[self.starts[place] : self.starts[place + 1]]
        return dict(zip(rows["movie_id"].tolist(), rows["stars"].tolist(), strict=True))


class ServerRatingsReader:
    """Looks for each request who may be seen, and reads ratings only of those who have changed some."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._memberships = store.memberships
        self._clock = clock
        self._tallies: dict[int, tuple[float, ServerRatings]] = {}
        self._kept: OrderedDict[int, tuple[Roster, ServerRatings]] = OrderedDict()
        self._reading: dict[int, asyncio.Lock] = {}
        self._counting: dict[int, asyncio.Lock] = {}

    async def of(self, guild_id: int) -> ServerRatings:
        """What a server's visible members have rated; the same object for as long as nothing changes."""
        async with self._reading.setdefault(guild_id, asyncio.Lock()):
            roster, before = self._kept.get(guild_id, (None, _NOBODY))
            now = await self._memberships.roster(guild_id, roster)
            if now is not roster:
                found, missing = await asyncio.to_thread(_compared, now.members, before)
                rows = await self._memberships.ratings(guild_id, missing)
                self._kept[guild_id] = now, await asyncio.to_thread(_joined, now.members, found, before, rows)
            self._kept.move_to_end(guild_id)
            self._drop_oldest()
            return self._kept[guild_id][1]

    async def forget(self, discord_id: int) -> None:
        """Let go of the ratings of somebody who was deleted, without waiting for the next request."""
        for guild_id in [guild_id for guild_id, (_, one) in self._kept.items() if discord_id in one.places]:
            await self.of(guild_id)
            self._tallies.pop(guild_id, None)

    async def tally_of(self, guild_id: int) -> Tally:
        """What the votes of a server come to; made anew, in a thread, after something changed.

        Where that takes seconds, for LARGE many ratings, it stands for TALLY_KEPT_S while the same people are counted.
        """
        async with self._counting.setdefault(guild_id, asyncio.Lock()):
            now, found = self._clock(), await self.of(guild_id)
            since, counted = self._tallies.get(guild_id, (now, _NOBODY))
            if len(found.ratings) < LARGE or now - since >= TALLY_KEPT_S or not _are_the_same(found, counted):
                since, counted = now, found
            self._tallies[guild_id] = since, counted
            return await asyncio.to_thread(lambda: counted.tally)

    def _drop_oldest(self) -> None:
        while len(self._kept) > 1 and sum(len(one.ratings) for _, one in self._kept.values()) > RATINGS_KEPT:
            guild_id, _ = self._kept.popitem(last=False)
            self._tallies.pop(guild_id, None)


_NOBODY = ServerRatings((), np.zeros(1, dtype=np.int64), np.empty(0, dtype=[("movie_id", np.int64)]))


def _are_the_same(some: ServerRatings, others: ServerRatings) -> bool:
    """Whether they are of the same people, whatever these have rated."""
    return [one.user_id for one in some.members] == [one.user_id for one in others.members]


def _compared(members: tuple[Member, ...], before: ServerRatings) -> tuple[npt.NDArray[np.int64], list[int]]:
    """Where each stood before, and the user ids of those whose ratings are to be read."""
    found = ServerRatings(members, before.starts, before.ratings).places_in(before)
    return found, [members[place].user_id for place in np.flatnonzero(found == NOWHERE)]


def _joined(
    members: tuple[Member, ...], found: npt.NDArray[np.int64], before: ServerRatings, rows: npt.NDArray[np.void]
) -> ServerRatings:
    """Both together; a rating given between the two reads counts from now on."""
    user_ids = np.array([one.user_id for one in members], dtype=np.int64)
    firsts, lasts = (np.searchsorted(rows["user_id"], user_ids, side) for side in ("left", "right"))
    is_known = found != NOWHERE
    counts = np.where(is_known, np.append(np.diff(before.starts), 0)[found], lasts - firsts)
    starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)
    parts: list[npt.NDArray[np.void]] = [rows[:0]]
    for first, last in _runs(found):
        if is_known[first]:
            parts.append(before.ratings[before.starts[found[first]] : before.starts[found[last - 1] + 1]])
        else:
            parts += [rows[firsts[place] : lasts[place]] for place in range(first, last)]
    joined = ServerRatings(members, starts, np.concatenate(parts))
    if "by_movie" in vars(before):
        new = np.repeat(~is_known, counts)
        of_new = joined.ratings[new]
        places = np.repeat(np.arange(len(members)), counts)[new]
        now = np.full(len(before.members), NOWHERE)
        now[found[is_known]] = np.flatnonzero(is_known)
        renewed = before.by_movie.renewed(now, of_new["movie_id"], places, of_new["stars"])
        vars(joined)["by_movie"] = renewed  # as the property keeps it
    return joined


def _runs(found: npt.NDArray[np.int64]) -> Sequence[tuple[int, int]]:
    """Stretches of members, from and to, that stood behind each other before, or were nowhere."""
    is_break = (np.diff(found) != 1) & ~((found[1:] == NOWHERE) & (found[:-1] == NOWHERE))
    is_break |= (found[1:] == NOWHERE) != (found[:-1] == NOWHERE)
    ends = [0, *(np.flatnonzero(is_break) + 1).tolist(), len(found)]
    return [(first, last) for first, last in pairwise(ends) if first < last]
