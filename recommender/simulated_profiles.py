"""Profiles whose continuation is known, made from the training's own users: what a re-ranker learns from.

Of the two kinds of users that are served. Cold: a few ratings at random of somebody the model has never seen, as a
new member names some films. Warm: what somebody has rated up to a moment, their own ratings being in the training.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.interactions import Interactions
from recommender.ranking import Weighting
from recommender.vocabulary import BoolArray, IndexArray, Profile

COLD_SIZES = (1, 1, 1, 2, 2, 3, 3, 5, 5, 8, 10, 14, 20)
"""Ratings in the small profiles of each user who is left out."""

TOLD_LIKES, TOLD_DISLIKES, LEAST_DISLIKES = 3, 6, 2
"""Of a user who is left out also so many likes, as many dislikes at most, and both together are profiles: people say
what they hated far more often than a few ratings at random do."""

SLOTS = len(COLD_SIZES) + 3
"""Places for the examples of one user who is left out."""

DISLIKE_WEIGHT = 0.5
"""A rating of so much dislike is one."""

CUTS = ((0.9, 1.0), (0.8, 1.0), (0.7, 0.85), (0.64, 0.8), (0.56, 0.7), (0.5, 0.64), (0.45, 0.56), (0.4, 0.5))
"""Shares of a history: the profile ends at the first, the targets lie between the two. Users take turns."""

LEAST_COLD, LEAST_TARGETS, LEAST_HISTORY = 10, 5, 8
"""Ratings a user needs to be left out, ratings that must remain for targets, ratings of a history that is cut."""

ROUNDS = 4
"""Among few users so many of each kind: everybody is left out once, and has their history cut in each."""

LEFT_OUT = 8
"""Among many users one in so many is left out."""

ENOUGH_COLD, ENOUGH_WARM = 370, 5_000
"""Users who are left out and histories that are cut where there are enough for a single round."""

TARGET_WEIGHT = 2 / 3
"""A rating of so much preference makes a target: twice as likely liked as not."""


@dataclass(frozen=True, slots=True)
class Example:
    """A profile, and which films should lead its list."""

    profile: Profile
    targets: IndexArray  # [films]
    is_warm: bool
    place: int  # among the examples of its kind in its simulation, those of the whole table


@dataclass(frozen=True, slots=True)
class Simulation:
    """A smaller training, and examples it has not seen the continuation of; both of this table's users."""

    remains: BoolArray  # [ratings] which are trained on
    examples: list[Example]

    @property
    def rows(self) -> IndexArray:
        """Of the ratings that remain."""
        return np.flatnonzero(self.remains)


class Simulations:
    """All of them, for few users several of each kind; for many users a single one of both kinds.

    Draws are for all users of the whole table, whatever part of it this is.
    """

    def __init__(self, data: Interactions, weightings: Sequence[Weighting], seed: int) -> None:
        """By the first of `weightings` a rating is a target, and a dislike by the second if there is one."""
        self._data = data
        self._order = data.chronological().astype(np.int32)  # held for as long as the simulations are trained
        self._ends = np.cumsum(data.activity)
        self._own = data.own_users
        self._users = data.users_count
        self._is_target = weightings[0](data.rating) >= TARGET_WEIGHT
        self._is_disliked = np.zeros(len(data), dtype=bool)
        for weighting in weightings[1:]:
            self._is_disliked = weighting(data.rating) >= DISLIKE_WEIGHT
        self._seed = seed
        self._rounds = int(np.clip(round(ENOUGH_WARM / max(self._users, 1)), 1, ROUNDS))

    def __len__(self) -> int:
        return 2 * self._rounds if self._rounds > 1 else 1

    def __iter__(self) -> Iterator[Simulation]:
        random = np.random.default_rng(self._seed)
        users = random.permutation(self._users)
        nobody = users[:0]
        if self._rounds == 1:
            cold = min(len(users) // LEFT_OUT, ENOUGH_COLD)
            warm = min(len(users) // 2, ENOUGH_WARM)
            yield self._simulation(users[:cold], users[cold:][:warm], 0, random)
            return
        for turn in range(self._rounds):
            yield self._simulation(users[turn :: self._rounds], nobody, turn, random)
            yield self._simulation(nobody, users, turn, random)

    def _simulation(self, cold: IndexArray, warm: IndexArray, turn: int, random: np.random.Generator) -> Simulation:
        """With some of all users left out and some histories cut, each at another place every turn."""
        remains = np.ones(len(self._data), dtype=bool)
        examples = []
        for place, (user, ratings) in enumerate(zip(cold.tolist(), self._activity(cold), strict=True)):
            rows = self._rows(user)
            remains[rows] = False
            for number, (size, order) in enumerate(_draws(ratings, random), place * SLOTS):
                if len(rows):
                    examples += self._example(rows[order[:size]], rows[order[size:]], number, is_warm=False)
            order = random.permutation(ratings)
            if len(rows) >= LEAST_COLD:
                examples += self._told(rows[order], place * SLOTS + len(COLD_SIZES))
        for place, user in enumerate(warm.tolist()):
            rows = self._rows(user)
            if len(rows) >= LEAST_HISTORY:
                begin, end = CUTS[(user + turn) % len(CUTS)]
                first, last = int(begin * len(rows)), int(end * len(rows))
                remains[rows[first:]] = False
                examples += self._example(rows[:first], rows[first:last], place, is_warm=True)
        return Simulation(remains, examples)

    def _told(self, rows: IndexArray, place: int) -> list[Example]:
        """Some likes, some dislikes and both, of a user who has enough of either."""
        likes = rows[self._is_target[rows]][:TOLD_LIKES]
        dislikes = rows[self._is_disliked[rows]][:TOLD_DISLIKES]
        if len(likes) < TOLD_LIKES or len(dislikes) < LEAST_DISLIKES:
            return []
        both = np.concatenate([likes, dislikes])
        others = np.setdiff1d(rows, both)
        examples = []
        for number, told in enumerate((likes, dislikes, both), place):
            examples += self._example(told, others, number, is_warm=False)
        return examples

    def _rows(self, user: int) -> IndexArray:
        """The user's ratings, first rated first; none of a user of another part of the table."""
        if not self._own.start <= user < self._own.stop:
            return np.empty(0, dtype=np.int64)
        user -= self._own.start
        return self._order[self._ends[user - 1] if user else 0 : self._ends[user]].astype(np.int64)

    def _activity(self, users: IndexArray) -> list[int]:
        """The number of ratings of each of these, in whichever part of the table."""
        ratings = np.array([len(self._rows(user)) for user in users.tolist()], dtype=np.int64)
        self._data.reduce(ratings)
        return [int(one) for one in ratings]

    def _example(self, known: IndexArray, held_out: IndexArray, place: int, is_warm: bool) -> list[Example]:
        """At most one: none without a target."""
        targets = held_out[self._is_target[held_out]]
        if not len(targets):
            return []
        order = np.argsort(self._data.movie_idx[known])
        age = len(known) - 1 - order if is_warm else None
        rows = known[order]
        profile = Profile(self._data.movie_idx[rows], self._data.rating[rows].astype(np.float64), age)
        return [Example(profile, self._data.movie_idx[targets], is_warm, place)]


def _draws(ratings: int, random: np.random.Generator) -> list[tuple[int, IndexArray]]:
    """The sizes of the small profiles of somebody with so many ratings, and for each an order to take them in."""
    if ratings < LEAST_COLD:
        return []
    return [(size, random.permutation(ratings)) for size in COLD_SIZES if ratings >= size + LEAST_TARGETS]
