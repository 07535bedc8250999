"""Profiles whose continuation is known, made from the training's own users: what a re-ranker learns from.

Two kinds, as two kinds of people are served. Told: a few ratings at random of somebody the model has never seen, as a
new member names some films. History: what somebody has rated up to a moment, their own ratings being in the training.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from recommender.interactions import Interactions
from recommender.profile import Profile
from recommender.ranking import Weighting
from recommender.vocabulary import IndexArray

TOLD_SIZES = (1, 1, 1, 2, 2, 3, 3, 5, 5, 8, 10, 14, 20)
"""Ratings in the small profiles of each user who is set aside."""

CUTS = ((0.9, 1.0), (0.8, 1.0), (0.7, 0.85), (0.64, 0.8), (0.56, 0.7), (0.5, 0.64), (0.45, 0.56), (0.4, 0.5))
"""Shares of a history: it is told up to the first, what is wanted lies between the two. One for each round."""

LEAST_TOLD, LEAST_WANTED, LEAST_HISTORY = 10, 5, 8
"""Ratings a user needs to be set aside, ratings that must be left of them, ratings of a history that is cut."""

ROUNDS = 8
"""Among few users everybody takes part so often: set aside once, their history cut at each of the places."""

ENOUGH_ASIDE, ENOUGH_HISTORIES = 370, 5_000
"""Users who are set aside and histories that are cut where there are enough for a single round."""

WANTED = 2 / 3
"""A rating that counts at least so much as liking is wanted: twice as likely liked as not."""


@dataclass(frozen=True, slots=True)
class Example:
    """A profile, and which films should lead its list."""

    profile: Profile
    wanted: IndexArray  # [films]
    is_history: bool
    place: int  # among the examples of its kind in its simulation, those of all processes


@dataclass(frozen=True, slots=True)
class Simulation:
    """A smaller training, and examples it has not seen the continuation of; both of this process's users."""

    rows: IndexArray  # of the ratings that remain
    examples: list[Example]


class Simulations:
    """All of them, for few users several of each kind; for many users a single one of both kinds.

    Every process draws for everybody, so it does not matter how many there are.
    """

    def __init__(self, data: Interactions, liking: Weighting, seed: int) -> None:
        self._data = data
        self._order = data.in_time()
        self._ends = np.cumsum(data.activity)
        self._own = data.processes.place(len(data.users))
        self._users = data.users_count
        self._is_wanted = liking(data.rating) >= WANTED
        self._seed = seed
        self._rounds = int(np.clip(round(ENOUGH_HISTORIES / max(self._users, 1)), 1, ROUNDS))

    def __len__(self) -> int:
        return 2 * self._rounds if self._rounds > 1 else 1

    def __iter__(self) -> Iterator[Simulation]:
        random = np.random.default_rng(self._seed)
        users = random.permutation(self._users)
        nobody = users[:0]
        if self._rounds == 1:
            aside = min(len(users) // ROUNDS, ENOUGH_ASIDE)
            cut = min(len(users) // 2, ENOUGH_HISTORIES)
            yield self._simulation(users[:aside], users[aside:][:cut], 0, random)
            return
        for turn in range(self._rounds):
            yield self._simulation(users[turn::ROUNDS], nobody, turn, random)
            yield self._simulation(nobody, users, turn, random)

    def _simulation(self, aside: IndexArray, cut: IndexArray, turn: int, random: np.random.Generator) -> Simulation:
        """With some of all users set aside and some histories cut, each at another place every turn."""
        remains = np.ones(len(self._data), dtype=bool)
        examples = []
        for place, (user, ratings) in enumerate(zip(aside.tolist(), self._ratings(aside), strict=True)):
            rows = self._of(user)
            remains[rows] = False
            orders = _orders(ratings, random)
            if len(rows):
                examples += self._told(rows, orders, place)
        for place, user in enumerate(cut.tolist()):
            rows = self._of(user)
            if len(rows) >= LEAST_HISTORY:
                begin, end = CUTS[(user + turn) % len(CUTS)]
                first, last = int(begin * len(rows)), int(end * len(rows))
                remains[rows[first:]] = False
                examples += self._example(rows[:first], rows[first:last], place, is_history=True)
        return Simulation(np.flatnonzero(remains), examples)

    def _of(self, user: int) -> IndexArray:
        """The user's rows, first rated first; none of a user of another process."""
        if not self._own.start <= user < self._own.stop:
            return self._order[:0]
        user -= self._own.start
        return self._order[self._ends[user - 1] if user else 0 : self._ends[user]]

    def _ratings(self, users: IndexArray) -> list[int]:
        """How many each of these has, whichever process holds them."""
        ratings = np.array([len(self._of(user)) for user in users.tolist()], dtype=np.int64)
        self._data.processes.sum(ratings)
        return [int(one) for one in ratings]

    def _told(self, rows: IndexArray, orders: list[tuple[int, IndexArray]], place: int) -> list[Example]:
        return [
            example
            for number, (size, order) in enumerate(orders, place * len(TOLD_SIZES))
            for example in self._example(rows[order[:size]], rows[order[size:]], number, is_history=False)
        ]

    def _example(self, told: IndexArray, rest: IndexArray, place: int, is_history: bool) -> list[Example]:
        """At most one: none where nothing is wanted."""
        wanted = rest[self._is_wanted[rest]]
        if not len(wanted):
            return []
        told = told[np.argsort(self._data.movie_idx[told])]
        profile = Profile(self._data.movie_idx[told], self._data.rating[told].astype(np.float64))
        return [Example(profile, self._data.movie_idx[wanted], is_history, place)]


def _orders(ratings: int, random: np.random.Generator) -> list[tuple[int, IndexArray]]:
    """The sizes of the small profiles of somebody with so many ratings, and for each an order to tell them in."""
    if ratings < LEAST_TOLD:
        return []
    return [(size, random.permutation(ratings)) for size in TOLD_SIZES if ratings >= size + LEAST_WANTED]
