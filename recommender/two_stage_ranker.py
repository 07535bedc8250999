"""From a profile to the order of all films: candidate generation, exclusions, re-ranking; depth and diversity."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from recommender.film_stars import ShiftedRating, Shifts, Usual
from recommender.heads import Heads
from recommender.popularity import popularity_scores
from recommender.ranking import EXCLUDED, centred_and_deviation, standardised, top_n
from recommender.rating import FoldedIn
from recommender.reranker import CANDIDATES
from recommender.series import PartOrder
from recommender.similarity import Similarity
from recommender.vocabulary import BoolArray, FloatArray, IndexArray, Profile, Vocabulary

POOL = 100
"""Deep cuts and diverse lists are chosen among this many best films (ten times the list, if that is more)."""

USUAL_LIST = 10
"""Films most often asked for."""

USERS_PER_RATING = 50
"""Users per rating of support a film needs while they are few: three ratings are many among sixty people."""

STARS_WEIGHT, WARM_STARS_WEIGHT = 0.2, 0.6
"""Standard deviations of the score for one of the predicted stars, both among the candidates: for a handful of
ratings, and for a history, of which the stars are better known."""

AVERSION_WEIGHT = 0.6
"""As much more where a handful of ratings says dislikes alone: what might be liked, the stars know better."""

LEADERS, STARS_WITHIN = 3, 2.0
"""Of the ten that stand together in a list so many lead it by their score alone; the same weight among the others."""

LEAST_SPREAD = 0.1
"""Stars: predicted stars that are all within less count as little as they differ."""

FLOOR, MEAN_DAMPING = 0.5, 5.0
"""Stars under the member's own mean that a listed film may be predicted, and ratings of the usual mean that are added
to the member's own for it."""

DEPTH_WEIGHT = 2.0
"""Standard deviations of log-popularity that a depth of 1 gives up for one of the score."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What a list is chosen by."""

    scores: FloatArray  # [movies]
    is_personal: bool
    stars: FloatArray | None  # [movies] predicted of the candidates, the usual mean elsewhere; None if not personal
    is_behind: BoolArray  # [movies] of low support, or under the floor: listed where nothing else is left
    user: FoldedIn  # whom the stars are predicted for


class TwoStageRanker:
    """Every film has one place in a user's list; films with low support stand behind all others."""

    def __init__(
        self, heads: Heads, movies: Vocabulary, support: IndexArray, usual: Usual, users: int, min_support: int
    ) -> None:
        self._heads = heads
        self._movies = movies
        expected = support if heads.expected_support is None else heads.expected_support
        self._popularity = popularity_scores(expected)
        self.embeddings = heads.item_embeddings()
        self.expected_support = expected
        self._least_support = least_support(users, min_support)
        self._has_low_support = np.asarray(expected < self._least_support)
        self.usual = usual
        self._mean_rating = float(usual.stars @ support / max(support.sum(), 1))
        metadata = heads.metadata
        self._similarity = (
            Similarity.of(metadata, heads.co_liking(self.embeddings), support, expected) if metadata else None
        )
        listed = ~self._has_low_support
        self.part_order = PartOrder.of(metadata.series, metadata.place, listed) if metadata else None

    def scores(
        self,
        profile: Profile,
        exclude: Iterable[int] = (),
        candidates: Iterable[int] | None = None,
        depth: float = 0.0,
        *,
        timeless: bool = False,
        shifts: Shifts | None = None,
    ) -> "Scored":
        """Scores of all films, EXCLUDED where a film may not be listed.

        Where they are not personal, popularity decides; under a depth, which would take all of that away, stars do.
        They are of what comes next in a history, or, `timeless`, of what is liked whenever it is seen. Films move by
        `shifts`, and the stars of these count as support.
        """
        user = self.folded_in(profile, shifts)
        has_low_support = self._low_support(shifts)
        scores = self._heads.ranking.scores(profile)
        is_personal = scores is not None and scores.min() < scores.max()
        if scores is None or not is_personal:
            scores = _expected_stars(user, len(self._popularity)) if depth > 0 else self._popularity.copy()
        _put_last(scores, has_low_support)
        if candidates is not None:
            outside = np.ones(len(scores), dtype=bool)
            outside[self._movies.known(candidates)] = False
            scores[outside] = EXCLUDED
        scores[profile.movie_idx] = EXCLUDED
        scores[self._movies.known(exclude)] = EXCLUDED
        pool = top_n(scores, CANDIDATES)
        pool = pool[~has_low_support[pool]]
        stars, is_behind = None, has_low_support
        if is_personal and len(pool):
            first = scores[pool]
            stars = np.full(len(scores), self._mean_rating)
            stars[pool] = user.stars(pool)
            is_under = stars[pool] < self.floor(profile)
            second = self._second_stage(profile, pool, first, stars[pool], is_under, timeless)
            scores[pool] = first.min() + (second - second.min())  # all of them above the rest
            is_behind = is_behind.copy()
            is_behind[pool] = is_under
        if self.part_order:
            self.part_order.apply(scores, pool)
        return Scored(scores, bool(is_personal), stars, is_behind, user)

    def folded_in(self, profile: Profile, shifts: Shifts | None = None) -> FoldedIn:
        """The user of a profile, by whom stars are predicted."""
        rating = self._heads.rating if shifts is None else ShiftedRating(self._heads.rating, shifts)
        return rating.fold_in(profile)

    def _second_stage(
        self,
        profile: Profile,
        pool: IndexArray,
        first: FloatArray,
        stars: FloatArray,
        is_under: BoolArray,
        timeless: bool,
    ) -> FloatArray:
        """[pool] the re-ranker's scores and the predicted stars, the films under the floor behind all others."""
        reranker = self._heads.reranker
        scores, warm = (first, 0.0) if reranker is None else reranker.scores(profile, pool, timeless=timeless)
        of_told = STARS_WEIGHT + AVERSION_WEIGHT * self._heads.ranking.aversion(profile)
        weight = (1 - warm) * of_told + warm * WARM_STARS_WEIGHT
        _, deviation = centred_and_deviation(scores, 0)
        scores = scores + weight * deviation * standardised(stars, least=LEAST_SPREAD)
        scores[is_under] -= scores.max() - scores.min() + 1.0
        return _agreeing(np.asarray(scores, dtype=np.float32), stars)

    def floor(self, profile: Profile) -> float:
        """Stars that a listed film is predicted at least, while others remain."""
        total = float(profile.rating.sum()) + MEAN_DAMPING * self._mean_rating
        return total / (len(profile) + MEAN_DAMPING) - FLOOR

    def _low_support(self, shifts: Shifts | None) -> BoolArray:
        """[movies] which films are expected to have too few ratings, those given after the training among them."""
        if shifts is None:
            return self._has_low_support
        has_low_support = self._has_low_support.copy()
        counted = self.expected_support[shifts.movie_idx] + shifts.number
        has_low_support[shifts.movie_idx] = counted < self._least_support
        return has_low_support

    def top(self, scored: "Scored", n: int, depth: float, diversity: float) -> tuple[IndexArray, FloatArray]:
        """The list and its scores; with depth or diversity chosen from the pool of the best."""
        scores = scored.scores
        if not depth and not diversity:
            chosen = top_n(scores, n)
            return chosen, scores[chosen]
        whole = -(-n // USUAL_LIST) * USUAL_LIST
        chosen, chosen_scores = self._chosen_from(top_n(scores, max(POOL, 10 * n)), scored, whole, depth, diversity)
        return self._side_by_side(chosen[:n], scored), chosen_scores[:n]

    def place(self, scored: "Scored", movie_idx: int, depth: float, diversity: float) -> int:
        """Where a film stands: within the pool that a list of ten is chosen from, by score behind it."""
        scores = scored.scores
        before = scores > scores[movie_idx]
        before[:movie_idx] |= scores[:movie_idx] == scores[movie_idx]
        place = int(before.sum()) + 1
        if place > POOL or not (depth or diversity):
            return place
        pool = top_n(scores, POOL)
        listed, _ = self._chosen_from(pool, scored, USUAL_LIST, depth, diversity)
        if movie_idx not in listed:  # chosen one by one: the whole pool costs ten times as much
            listed, _ = self._chosen_from(pool, scored, POOL, depth, diversity)
        listed = self._side_by_side(listed, scored)
        return int((listed == movie_idx).argmax()) + 1

    def _chosen_from(
        self, pool: IndexArray, scored: "Scored", n: int, depth: float, diversity: float
    ) -> tuple[IndexArray, FloatArray]:
        scores = scored.scores
        is_last = scored.is_behind[pool]
        supported, last = pool[~is_last], pool[is_last]
        if not len(supported):
            return last[:n], scores[last[:n]]
        amended = scores[supported]
        if depth:
            amended = depth_adjusted(amended, self._popularity[supported], depth)
        if diversity:
            places = maximal_marginal_relevance(amended, self.embeddings[supported], n, diversity)
        else:
            places = top_n(amended, n)
        handed_out = amended[places]
        if scored.stars is not None:
            agreed = _agreeing(np.arange(len(places), 0.0, -1.0), scored.stars[supported[places]])
            places = places[np.argsort(-agreed)]
        last = last[: n - len(places)]
        lowered = scores[last] - scores[supported].min() + amended.min()
        chosen = supported[places]
        if self.part_order:
            chosen = self.part_order.in_list(chosen, supported)
        return np.concatenate([chosen, last]), np.concatenate([handed_out, lowered])

    def _side_by_side(self, listed: IndexArray, scored: "Scored") -> IndexArray:
        """The same films, in each ten the parts of a series together; none moves before what is liked better."""
        if self.part_order is None:
            return listed
        ahead = int((~scored.is_behind[listed]).sum())
        tens = [listed[at : min(at + USUAL_LIST, ahead)] for at in range(0, ahead, USUAL_LIST)]
        return np.concatenate([*map(self.part_order.together, tens), listed[ahead:]])

    def nearest(self, movie_idx: int, n: int) -> tuple[IndexArray, FloatArray]:
        """The n films most similar to one, and how much; by popularity where none is similar."""
        if self._similarity:
            similarity = self._similarity.scores(movie_idx)
        else:
            similarity = self.embeddings @ self.embeddings[movie_idx]
        scores = similarity.copy() if similarity.any() else self._popularity.copy()
        _put_last(scores, self._has_low_support)
        scores[movie_idx] = EXCLUDED
        nearest = top_n(scores, n)
        return nearest, similarity[nearest]

    def alike(self, movie_idx: IndexArray) -> FloatArray:
        """[movies] likeness to some films together, in [−1, 1]: to a single one as in `nearest`, else to the mean of
        their embeddings."""
        if len(movie_idx) == 1 and self._similarity:
            return self._similarity.scores(int(movie_idx[0]))
        mean = self.embeddings[movie_idx].sum(axis=0)
        return np.asarray(self.embeddings @ (mean / (np.linalg.norm(mean) or 1.0)))


def _expected_stars(user: FoldedIn, movies: int) -> FloatArray:
    return user.stars(np.arange(movies)).astype(np.float32)


def _put_last(scores: FloatArray, last: BoolArray) -> None:
    """In place: more than the distance between any two scores is taken off theirs."""
    scores -= last * np.float32(float(scores.max() - scores.min()) + 1.0)


def least_support(users: int, least: int) -> int:
    """Ratings that a listed film has at least; among few users, one for each USERS_PER_RATING of them."""
    return min(least, users // USERS_PER_RATING)


def _agreeing(scores: FloatArray, stars: FloatArray) -> FloatArray:
    """[pool] the same scores, in each ten handed out so that the films behind its first follow their predicted stars.

    Which films are listed, and which lead, is for the score to say; in what order the others are read, for both.
    """
    order = np.argsort(-scores, kind="stable")
    whole = len(order) - len(order) % USUAL_LIST
    others = order[:whole].reshape(-1, USUAL_LIST)[:, LEADERS:]
    agreed = standardised(scores[others], 1) + STARS_WITHIN * standardised(stars[others], 1, LEAST_SPREAD)
    found, tens = scores.copy(), np.arange(len(others))[:, None]
    found[others[tens, np.argsort(-agreed, axis=1, kind="stable")]] = scores[others]
    return found


def depth_adjusted(scores: FloatArray, popularity: FloatArray, depth: float) -> FloatArray:
    """[pool] z(score) − depth · DEPTH_WEIGHT · z(popularity), both standardised within the pool."""
    return standardised(scores) - depth * DEPTH_WEIGHT * standardised(popularity)


def maximal_marginal_relevance(scores: FloatArray, embeddings: FloatArray, n: int, diversity: float) -> IndexArray:
    """Carbonell & Goldstein 1998: places in a pool, in the order of the list.

    scores [pool] are scaled to [0, 1]; each place goes to the film with the highest
    (1 − diversity) · score − diversity · (greatest cosine to a film that is already listed).
    """
    span = scores.max() - scores.min()
    relevance = (scores - scores.min()) / (span if span > 0 else 1.0)
    nearest = np.zeros(len(scores))
    chosen: list[int] = []
    for _ in range(min(n, len(scores))):
        value = (1 - diversity) * relevance - diversity * nearest
        value[chosen] = EXCLUDED
        chosen.append(int(value.argmax()))
        np.maximum(nearest, embeddings @ embeddings[chosen[-1]], out=nearest)
    return np.array(chosen, dtype=np.int64)
