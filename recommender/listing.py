"""From a profile to the order of all films: first stage, what may be listed, second look, depth and diversity."""

from collections.abc import Iterable

import numpy as np

from recommender.heads import Heads
from recommender.popularity import popularity_scores
from recommender.profile import Profile
from recommender.reranker import CANDIDATES, Reranker
from recommender.selection import EXCLUDED, POOL, best, deeper, diverse, rare
from recommender.vocabulary import FloatArray, IndexArray, Vocabulary

SHORT = 10
"""Places most often asked for."""


class Listing:
    """Every film has one place in a member's list; films with little support stand behind all others."""

    def __init__(self, heads: Heads, movies: Vocabulary, support: IndexArray, users: int, min_support: int) -> None:
        self._heads = heads
        self._movies = movies
        self._popularity = popularity_scores(support)
        self.likeness = heads.likeness()
        self._is_rare = rare(support, users, min_support)
        self._rarity = self._is_rare.astype(np.float32)

    def scores(
        self,
        profile: Profile,
        exclude: Iterable[int] = (),
        candidates: Iterable[int] | None = None,
        depth: float = 0.0,
    ) -> tuple[FloatArray, bool]:
        """[movies] scores, EXCLUDED where a film may not be listed, and whether they say anything about this profile.

        Where they do not, popularity decides; under a depth, which would take all of that away, predicted stars do.
        """
        scores = self._heads.ranking.scores(profile)
        is_personal = scores is not None and scores.min() < scores.max()
        if scores is None or not is_personal:
            scores = self._expected_stars(profile) if depth > 0 else self._popularity.copy()
        scores -= _span(scores) * self._rarity
        if candidates is not None:
            outside = np.ones(len(scores), dtype=bool)
            outside[self._movies.known(candidates)] = False
            scores[outside] = EXCLUDED
        scores[profile.movie_idx] = EXCLUDED
        scores[self._movies.known(exclude)] = EXCLUDED
        if is_personal and self._heads.reranker is not None:
            self._look_again(self._heads.reranker, profile, scores)
        return scores, is_personal

    def _expected_stars(self, profile: Profile) -> FloatArray:
        stars, _ = self._heads.rating.predict(profile, np.arange(len(self._popularity)))
        return stars.astype(np.float32)

    def _look_again(self, reranker: Reranker, profile: Profile, scores: FloatArray) -> None:
        """Put the best candidates in the re-ranker's order, all of them above the rest; in place."""
        pool = best(scores, CANDIDATES)
        pool = pool[~self._is_rare[pool]]
        if len(pool):
            first = scores[pool]
            second = reranker.scores(profile, pool, first)
            scores[pool] = first.min() + (second - second.min())

    def chosen(self, scores: FloatArray, n: int, depth: float, diversity: float) -> tuple[IndexArray, FloatArray]:
        """The list and its scores; with depth or diversity chosen from the pool of the best."""
        if not depth and not diversity:
            chosen = best(scores, n)
            return chosen, scores[chosen]
        return self._re_ranked(scores, best(scores, max(POOL, 10 * n)), n, depth, diversity)

    def place(self, scores: FloatArray, movie_idx: int, depth: float, diversity: float) -> int:
        """Where a film stands: re-ranked within the pool that a list of ten is chosen from, by score behind it."""
        before = scores > scores[movie_idx]
        before[:movie_idx] |= scores[:movie_idx] == scores[movie_idx]
        place = int(before.sum()) + 1
        if place > POOL or not (depth or diversity):
            return place
        pool = best(scores, POOL)
        listed, _ = self._re_ranked(scores, pool, SHORT, depth, diversity)
        if movie_idx not in listed:  # chosen one by one: the whole pool costs ten times as much
            listed, _ = self._re_ranked(scores, pool, POOL, depth, diversity)
        return int((listed == movie_idx).argmax()) + 1

    def _re_ranked(
        self, scores: FloatArray, pool: IndexArray, n: int, depth: float, diversity: float
    ) -> tuple[IndexArray, FloatArray]:
        is_rare = self._is_rare[pool]
        common, behind_all = pool[~is_rare], pool[is_rare]
        if not len(common):
            return behind_all[:n], scores[behind_all[:n]]
        amended = deeper(scores[common], self._popularity[common], depth) if depth else scores[common]
        places = diverse(amended, self.likeness[common], n, diversity) if diversity else best(amended, n)
        behind = behind_all[: n - len(places)]
        lowered = scores[behind] - scores[common].min() + amended.min()
        return np.concatenate([common[places], behind]), np.concatenate([amended[places], lowered])

    def nearest(self, movie_idx: int, n: int) -> tuple[IndexArray, FloatArray]:
        """The n films most like one, and their cosines; by popularity where none is like it."""
        cosine = self.likeness @ self.likeness[movie_idx]
        scores = cosine.copy() if cosine.any() else self._popularity.copy()
        scores -= _span(scores) * self._rarity
        scores[movie_idx] = EXCLUDED
        nearest = best(scores, n)
        return nearest, cosine[nearest]


def _span(scores: FloatArray) -> float:
    """More than the distance between any two scores."""
    return float(scores.max() - scores.min()) + 1.0
