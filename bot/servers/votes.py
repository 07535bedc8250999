"""Which ratings count where many people's are put together: on boards, in a server's means, and in a training.

Two rules, both of everybody alike; a rating that does not count still serves its owner at once.

1. Standing. Who has rated less than half of what is usual among the members, or less than ten where that is more, does
   not count yet: n < min(STANDING, median(n) / 2).
2. Lockstep. Where at least HERD votes with the same stars (of VALUES, which pull most) for one film arrive within a
   window, are ONE_MINDED of all its votes in it, and UNUSUAL times as many as the film got of them outside of it for as
   many ratings, only as many of them count as were to be expected: those of the members who have rated most. Of the
   others, who came with the herd (their first rating is no older than a window before it) count nowhere. Most of the
   ratings must be from outside of the window: a server in its first days has nothing to expect by.
   This is the rule of CopyCatch (Beutel et al. 2013): the same act on the same thing at the same time by many.

Neither looks at what somebody thinks, so a lone unpopular opinion always counts. What comes slowly, or from members
who rate like everybody else over a long time, is not found by it: that is for `quarantine`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

STANDING = 10
HERD = 8
WINDOWS_S = (30 * 86_400, 7 * 86_400, 86_400)
"""The longest first, so that no rest of a herd is too small to be seen."""
ONE_MINDED = 0.75
UNUSUAL = 5.0
VALUES = (5.0, 4.5, 1.0, 0.5)

MIN_ACCOUNT_AGE_S = 7 * 86_400
"""Ratings of younger Discord accounts serve their owner at once, and count for the others later."""

MIN_VOTES, MAX_MIN_VOTES, MEMBERS_A_VOTE = 2, 10, 20
"""A film needs a vote for every so many members to stand on a board, at least two and at most ten."""

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Tally:
    """The votes that count, film by film; `movie_ids` are sorted.

    `mean` is over the votes; `prior_mean` and `prior_variance` are of all films' votes together.
    """

    movie_ids: IntArray
    count: IntArray
    mean: FloatArray
    squares: FloatArray  # sums of (stars - mean)²
    prior_mean: float
    prior_variance: float
    members: int
    min_votes: int

    @cached_property
    def bayesian_mean(self) -> FloatArray:
        """(n · mean + m · prior mean) / (n + m) with m the minimum of votes, as IMDb weighs its top list."""
        m = self.min_votes
        return (self.count * self.mean + m * self.prior_mean) / (self.count + m)

    @cached_property
    def spread(self) -> FloatArray:
        """The standard deviation of a film's votes, drawn to that of all by as many votes as the minimum."""
        m = self.min_votes
        return np.asarray(np.sqrt((self.squares + m * self.prior_variance) / (self.count + m)))

    @cached_property
    def by_mean(self) -> IntArray:
        """All rows, best first; ties by votes, then by film."""
        return np.lexsort((self.movie_ids, -self.count, -self.bayesian_mean))

    @cached_property
    def by_spread(self) -> IntArray:
        """All rows, the most divisive first; ties likewise."""
        return np.lexsort((self.movie_ids, -self.count, -self.spread))

    def of(self, movie_id: int) -> tuple[float, int] | None:
        """A film's plain mean and its votes; None below the minimum, which would tell what a single member thinks."""
        at = int(np.searchsorted(self.movie_ids, movie_id))
        if at == len(self.movie_ids) or self.movie_ids[at] != movie_id or self.count[at] < MIN_VOTES:
            return None
        return float(self.mean[at]), int(self.count[at])


def tally(user: IntArray, movie_id: IntArray, stars: npt.NDArray[np.float32], rated_at: IntArray) -> Tally:
    """Of ratings in any order; `user` is any number for each member."""
    keep = counted(user, movie_id, stars, rated_at)
    votes = stars[keep].astype(np.float64)
    movie_ids, film, count = np.unique(movie_id[keep], return_inverse=True, return_counts=True)
    mean = np.bincount(film, votes, len(movie_ids)) / count
    members = len(np.unique(user[keep]))
    return Tally(
        movie_ids=movie_ids.astype(np.int64),
        count=count.astype(np.int64),
        mean=mean,
        squares=np.bincount(film, np.square(votes - mean[film]), len(movie_ids)).astype(np.float64),
        prior_mean=float(votes.mean()) if len(votes) else 0.0,
        prior_variance=float(votes.var()) if len(votes) else 0.0,
        members=members,
        min_votes=min(MAX_MIN_VOTES, max(MIN_VOTES, members // MEMBERS_A_VOTE)),
    )


def counted(user: IntArray, movie_id: IntArray, stars: npt.NDArray[np.float32], rated_at: IntArray) -> Mask:
    """[ratings] which of them count."""
    if not len(user):
        return np.zeros(0, dtype=np.bool_)
    _, member, number = np.unique(user, return_inverse=True, return_counts=True)
    kept = np.flatnonzero(has_standing(number)[member])
    herd = in_lockstep(user[kept], movie_id[kept], stars[kept], rated_at[kept])
    found = np.zeros(len(user), dtype=np.bool_)
    found[kept[~herd]] = True
    return found


def has_standing(number: IntArray) -> Mask:
    """[members] who has rated enough to count, by how many films each has rated."""
    return np.asarray(number >= min(STANDING, float(np.median(number)) / 2))


def in_lockstep(user: IntArray, movie_id: IntArray, stars: npt.NDArray[np.float32], rated_at: IntArray) -> Mask:
    """[ratings] which are too many of their kind, as the second rule has it."""
    found = np.zeros(len(movie_id), dtype=np.bool_)
    if len(found) < HERD:
        return found
    since_of, given_by, member = _members(user, rated_at)
    came_with_it = np.zeros(len(since_of), dtype=np.bool_)
    times = np.sort(rated_at)
    _, film = np.unique(movie_id, return_inverse=True)
    key = film * int(times[-1] - times[0] + max(WINDOWS_S) + 1) + (rated_at - times[0])  # films one after the other
    every = np.sort(key)
    for value in VALUES:
        rows = np.flatnonzero(stars == value)
        rows = rows[np.argsort(key[rows], kind="stable")]
        for window_s in WINDOWS_S:
            for herd, rate, all_inside in _herds(key[rows], film[rows], rated_at[rows], every, times, window_s):
                here = rows[herd]
                here = here[np.argsort(-given_by[member[here]], kind="stable")]
                new = since_of[member[here]] >= rated_at[here].min() - window_s
                others = max(0, all_inside - int(given_by[member[here[new]]].sum()))
                too_many = slice(int(rate * others), None)
                found[here[too_many]] = True
                came_with_it[member[here[too_many][new[too_many]]]] = True
            if found[rows].any():
                rows = rows[~found[rows]]
                every = np.sort(key[~found])
    return found | came_with_it[member]


def _members(user: IntArray, rated_at: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """[members] when each gave their first rating and how many they gave, and [ratings] whose each rating is."""
    members, member, count = np.unique(user, return_inverse=True, return_counts=True)
    first = np.full(len(members), np.iinfo(np.int64).max)
    np.minimum.at(first, member, rated_at)
    return first, count, member


def _herds(
    key: IntArray, film: IntArray, at: IntArray, every: IntArray, times: IntArray, window_s: int
) -> Iterator[tuple[slice, float, int]]:
    """Where a herd lies among the votes of one value, sorted by film and time.

    With it, the votes of that value which the film got outside of the window for each rating there, and all ratings in
    the window.
    """
    size = np.searchsorted(key, key + window_s, "right") - np.arange(len(key))
    begin = np.flatnonzero(size >= HERD)
    if not len(begin):
        return
    herd, start = size[begin], at[begin]
    inside = np.searchsorted(every, key[begin] + window_s, "right") - np.searchsorted(every, key[begin])
    all_inside = np.searchsorted(times, start + window_s, "right") - np.searchsorted(times, start)
    others = np.bincount(film)[film[begin]] - herd
    rate = others / np.maximum(1, len(times) - all_inside)
    expected = rate * (all_inside - herd)
    is_herd = (herd >= ONE_MINDED * inside) & (herd >= UNUSUAL * expected) & (len(times) >= 2 * all_inside)
    end = -1
    for one in np.flatnonzero(is_herd)[np.lexsort((-herd[is_herd], film[begin[is_herd]]))].tolist():
        if film[begin[one]] != end:  # the largest of each film
            end = film[begin[one]]
            yield slice(int(begin[one]), int(begin[one] + herd[one])), float(rate[one]), int(all_inside[one])
