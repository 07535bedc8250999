"""Which ratings count where many people's are put together: on boards, in a server's means, and in a training.

Two rules, both of everybody alike; a rating that does not count still serves its owner at once.

1. Standing. Who has rated less than half of what is usual among the members, or less than ten where that is more, does
   not count yet: n < min(STANDING, median(n) / 2).
2. Lockstep. Votes of one mind (4.5 stars and more, or 1 and less) on one film do not count where at least HERD of them
   arrived within WINDOW_S, they are at least ONE_MINDED of all its votes of that time, and they are at least UNUSUAL
   times as many as the film's share of all other votes lets expect of the votes of that time. This is the rule of
   CopyCatch (Beutel et al. 2013): the same act on the same thing in the same time by many.

Neither looks at what somebody thinks, so a lone unpopular opinion always counts. What comes slowly, or from members
who rate like everybody else over a long time, is not found by it: that is for `quarantine`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

STANDING = 10
HERD = 8
WINDOW_S = 7 * 86_400
ONE_MINDED = 0.75
UNUSUAL = 5.0
HIGH, LOW = 4.5, 1.0
"""Stars from which on, and up to which, a vote pulls a mean as far as one can."""

MIN_VOTES, MAX_MIN_VOTES, MEMBERS_A_VOTE = 2, 10, 20
"""A film needs a vote for every so many members to stand on a board, at least two and at most ten."""

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
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

    @property
    def bayesian_mean(self) -> FloatArray:
        """(n · mean + m · prior mean) / (n + m) with m the minimum of votes, as IMDb weighs its top list."""
        m = self.min_votes
        return (self.count * self.mean + m * self.prior_mean) / (self.count + m)

    @property
    def spread(self) -> FloatArray:
        """The standard deviation of a film's votes, drawn to that of all by as many votes as the minimum."""
        m = self.min_votes
        return np.asarray(np.sqrt((self.squares + m * self.prior_variance) / (self.count + m)))

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
        squares=np.bincount(film, np.square(votes - mean[film]), len(movie_ids)),
        prior_mean=float(votes.mean()) if len(votes) else 0.0,
        prior_variance=float(votes.var()) if len(votes) else 0.0,
        members=members,
        min_votes=min(MAX_MIN_VOTES, max(MIN_VOTES, members // MEMBERS_A_VOTE)),
    )


def counted(user: IntArray, movie_id: IntArray, stars: npt.NDArray[np.float32], rated_at: IntArray) -> Mask:
    """[ratings] which of them count."""
    if not len(user):
        return np.zeros(0, dtype=np.bool_)
    return _has_standing(user) & ~in_lockstep(movie_id, stars, rated_at)


def _has_standing(user: IntArray) -> Mask:
    _, member, count = np.unique(user, return_inverse=True, return_counts=True)
    return np.asarray(count >= min(STANDING, float(np.median(count)) / 2))[member]


def in_lockstep(movie_id: IntArray, stars: npt.NDArray[np.float32], rated_at: IntArray) -> Mask:
    """[ratings] which came in a herd, as the second rule has it."""
    found = np.zeros(len(movie_id), dtype=np.bool_)
    times = np.sort(rated_at)
    for side in (stars >= HIGH, stars <= LOW):
        rows = np.flatnonzero(side)
        rows = rows[np.lexsort((rated_at[rows], movie_id[rows]))]
        last = rows[HERD - 1 :]
        first = rows[: len(last)]
        close = (movie_id[first] == movie_id[last]) & (rated_at[last] - rated_at[first] <= WINDOW_S)
        if not close.any():
            continue
        films = _Films.of(movie_id, rated_at)
        for begin in np.flatnonzero(close):
            film, start = int(movie_id[rows[begin]]), int(rated_at[rows[begin]])
            herd = rows[begin : begin + films.votes(film, start)]
            herd = herd[(movie_id[herd] == film) & (rated_at[herd] - start <= WINDOW_S)]
            if films.is_unusual(film, start, len(herd), times):
                found[herd] = True
    return found


@dataclass(frozen=True, slots=True)
class _Films:
    """All times by film, to count the votes of a film in a window."""

    movie_ids: IntArray
    starts: IntArray
    times: IntArray

    @classmethod
    def of(cls, movie_id: IntArray, rated_at: IntArray) -> "_Films":
        order = np.lexsort((rated_at, movie_id))
        movie_ids, starts = np.unique(movie_id[order], return_index=True)
        return cls(movie_ids, np.append(starts, len(order)), rated_at[order])

    def votes(self, film: int, start: int) -> int:
        """How many votes a film got from `start` on for the length of the window."""
        return _within(self._of(film), start)

    def is_unusual(self, film: int, start: int, herd: int, times: IntArray) -> bool:
        own = self._of(film)
        inside, all_inside = _within(own, start), _within(times, start)
        share = (len(own) - inside + 1) / max(1, len(times) - all_inside)
        return herd >= ONE_MINDED * inside and herd >= UNUSUAL * share * all_inside

    def _of(self, film: int) -> IntArray:
        at = int(np.searchsorted(self.movie_ids, film))
        return self.times[self.starts[at] : self.starts[at + 1]]


def _within(times: IntArray, start: int) -> int:
    return int(np.searchsorted(times, start + WINDOW_S, "right") - np.searchsorted(times, start))
