"""The trained recommender: item parameters only. Every answer is a fold-in of the ratings it is given."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal, Self, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from recommender import card_values, checkpoint, elicitation
from recommender.clusters import TasteCluster, clusters, faces
from recommender.config import TrainingConfig
from recommender.errors import DamagedModelError, InvalidDataError, NoStarsError, UnknownMovieError
from recommender.film_stars import FilmStars, Shifts, Usual
from recommender.heads import Heads
from recommender.model_facts import about
from recommender.network import TrainedUsers
from recommender.progress import Epoch
from recommender.ranking import EXCLUDED, top_n, unit_rows, weightings_of
from recommender.rating import Attribution
from recommender.ratings_table import CONTRACT, Columns, profiles_of
from recommender.recommendation import Explanation, Reason, Recommendation, SimilarMovie
from recommender.reranker import Reranker
from recommender.tensors import checked
from recommender.two_stage_ranker import TwoStageRanker
from recommender.vocabulary import UNKNOWN, FloatArray, Id, IndexArray, Profile, RatingHistory, Vocabulary

REASONS = 3
"""Most reasons a recommendation carries."""

LIKED = 0.5
"""A rating of a lower preference is no liking, and never a reason."""

FACES = 3
"""Films that stand for a taste cluster."""

EMBEDDED_BY = 300
"""Films, those with the most ratings, by whose predicted stars tastes are embedded."""

INDIFFERENT = 1e-6
"""Length of an embedding below which it is rounding."""


class Recommender:
    """What `train` returns and `load` reads. Nothing in it changes but `metrics`, so threads may share it."""

    def __init__(
        self,
        *,
        config: TrainingConfig,
        movies: Vocabulary,
        support: IndexArray,
        heads: Heads,
        rating_range: tuple[float, float],
        counts: Mapping[str, int],
        history: tuple[Epoch, ...] = (),
        metrics: Mapping[str, Any] | None = None,
        trained_users: TrainedUsers | None = None,
    ) -> None:
        self.metrics: dict[str, Any] = dict(metrics or {})
        self._config = config
        self._movies = movies
        self._support = support
        self._heads = heads
        self._rating_range = rating_range
        self._counts = dict(counts)
        self._history = history
        self._trained_users = trained_users
        self._preference = weightings_of(config, rating_range)[0]
        self._usual = Usual.of(heads.rating, movies, rating_range)
        self._ranker = TwoStageRanker(heads, movies, support, self._usual, counts["users"], config.min_support)

    def __repr__(self) -> str:
        counts, (low, high) = self._counts, self._rating_range
        what = "interactions" if self._config.implicit else f"ratings from {low:g} to {high:g}"
        of = f"{counts['users']:,} users, {counts['movies']:,} movies, {counts['ratings']:,} {what}"
        return f"<Recommender {self._config.kind}: {of}>"

    @property
    def config(self) -> TrainingConfig:
        return self._config

    @property
    def history(self) -> tuple[Epoch, ...]:
        return self._history

    @property
    def counts(self) -> dict[str, int]:
        """users, movies (rated or not) and ratings of the training."""
        return dict(self._counts)

    @property
    def reranker(self) -> Reranker | None:
        """The second stage of lists, where there is one."""
        return self._heads.reranker

    @property
    def rating_range(self) -> tuple[float, float]:
        """Lowest and highest rating of the training."""
        return self._rating_range

    @property
    def trained_users(self) -> TrainedUsers | None:
        """The notebook's own vectors of its training users, after a training; never saved, so None after `load`."""
        return self._trained_users

    @property
    def movie_ids(self) -> npt.NDArray[Any]:
        """All known film ids: int64, ascending, or objects, in ascending order where they have one."""
        return self._movies.ids.copy()

    def knows(self, movie_id: Id) -> bool:
        return movie_id in self._movies

    def known(self, movie_ids: Sequence[Id]) -> list[Id]:
        """Those of the films that the model knows, in their order."""
        is_known = self._movies.indices(movie_ids) != UNKNOWN
        return [movie_id for movie_id, one in zip(movie_ids, is_known.tolist(), strict=True) if one]

    def support(self, movie_id: Id) -> int:
        """Number of training ratings of a film; raises UnknownMovieError."""
        return int(self._support[self._known(movie_id)])

    def recommend(
        self,
        ratings: Mapping[Id, float],
        n: int = 10,
        *,
        exclude: Iterable[Id] = (),
        candidates: Iterable[Id] | None = None,
        depth: float = 0.0,
        diversity: float = 0.0,
        film_stars: FilmStars | None = None,
    ) -> list[Recommendation]:
        """The best n films neither rated nor excluded, best first; fewer where the catalogue runs out.

        `candidates` restricts the choice; ids the model does not know are ignored everywhere. `depth` in
        [-1, 1] prefers deep cuts (1) or popular films (-1). `diversity` in [0, 1] gives up score for films
        unlike each other; only then may a lower score stand before a higher one. `film_stars` are sum and number of
        the stars that others gave a film after the training: they move what few had rated, at once.
        """
        _check(n, depth, diversity)
        profile, shifts = self._profile(ratings), self._shifts(film_stars)
        scored = self._ranker.scores(profile, exclude, candidates, depth, shifts=shifts)
        chosen, chosen_scores = self._ranker.top(scored, n, depth, diversity)
        predicted = scored.user.attribute(chosen)
        reasons = self._reasons(profile, chosen, predicted) if scored.is_personal else [()] * len(chosen)
        return [
            Recommendation(
                movie_id=self._movies.ids.item(movie_idx),
                score=float(chosen_scores[place]),
                stars=math.nan if self._config.implicit else float(predicted.stars[place]),
                stars_sd=math.nan if self._config.implicit else float(predicted.deviation[place]),
                support=int(self._support[movie_idx]),
                reasons=reasons[place],
            )
            for place, movie_idx in enumerate(chosen)
        ]

    def recommend_batch(
        self, profiles: Sequence[Mapping[Id, float]], n: int = 10, *, film_stars: FilmStars | None = None
    ) -> npt.NDArray[Any]:
        """[profiles, n] film ids: the list `recommend` gives each profile, -1 where the catalogue ran out.

        Where ids are no whole numbers, an array of objects with None for -1.
        """
        _check(n)
        shifts = self._shifts(film_stars)
        ids = self._movies.ids
        lists = np.full((len(profiles), n), None if ids.dtype == object else -1, dtype=ids.dtype)
        for row, ratings in zip(lists, profiles, strict=True):
            chosen = top_n(self._ranker.scores(self._profile(ratings), shifts=shifts).scores, n)
            row[: len(chosen)] = self._movies.ids[chosen]
        return lists

    def recommend_frame(self, ratings: pd.DataFrame, n: int = 10, *, columns: Columns = CONTRACT) -> pd.DataFrame:
        """The lists of all users of a ratings table: one row per user and place, users ascending.

        Columns: those of user and item as in the table, rank (1 is best), score, stars, stars_sd, support.
        Raises InvalidDataError and NotEnoughDataError.
        """
        if columns.rating not in ratings and not self._config.implicit:
            raise InvalidDataError(columns.rating, None, None, "there, and the model has learned from stars")
        rows = [
            (user_id, one.movie_id, rank, one.score, one.stars, one.stars_sd, one.support)
            for user_id, profile in profiles_of(ratings, columns).items()
            for rank, one in enumerate(self.recommend(profile, n), 1)
        ]
        return pd.DataFrame(rows, columns=[columns.user, columns.item, "rank", "score", "stars", "stars_sd", "support"])

    @property
    def movies(self) -> Vocabulary:
        """All known films, as the rows of what `scored` gives."""
        return self._movies

    @property
    def supports(self) -> IndexArray:
        """[movies] numbers of training ratings."""
        return self._support

    @property
    def expected_supports(self) -> FloatArray | IndexArray:
        """[movies] the same, with those that a cold film is expected to have."""
        return self._ranker.expected_support

    def scored(
        self,
        ratings: Mapping[Id, float],
        *,
        exclude: Iterable[Id] = (),
        candidates: Iterable[Id] | None = None,
        timeless: bool = False,
        film_stars: FilmStars | None = None,
    ) -> FloatArray:
        """[movies] scores by which `recommend` chooses, −∞ where a film may not be listed.

        `timeless` is for what is liked whenever it is seen, where lists are for what comes next in a history.
        """
        shifts = self._shifts(film_stars)
        return self._ranker.scores(self._profile(ratings), exclude, candidates, timeless=timeless, shifts=shifts).scores

    def usual_floor(self, ratings: Mapping[Id, float]) -> float:
        """Stars below which a film stands behind all others in a list: half a star under the member's own mean."""
        return self._ranker.floor(self._profile(ratings))

    def rank(
        self,
        ratings: Mapping[Id, float],
        movie_id: Id,
        *,
        exclude: Iterable[Id] = (),
        depth: float = 0.0,
        diversity: float = 0.0,
        film_stars: FilmStars | None = None,
    ) -> int:
        """Place (1 is best) of a film in the whole list, of which `recommend` with the same wishes gives the first ten.

        Raises UnknownMovieError, and ValueError for a film that is rated or excluded, which has no place.
        """
        _check(0, depth, diversity)
        movie_idx = self._known(movie_id)
        scored = self._ranker.scores(self._profile(ratings), exclude, depth=depth, shifts=self._shifts(film_stars))
        if scored.scores[movie_idx] == EXCLUDED:
            raise ValueError(f"film {movie_id} is rated or excluded, so it has no place in the list")
        return self._ranker.place(scored, movie_idx, depth, diversity)

    @overload
    def predict(
        self,
        ratings: Mapping[Id, float],
        movie_ids: Iterable[Id],
        *,
        return_std: Literal[False] = False,
        film_stars: FilmStars | None = None,
    ) -> FloatArray: ...
    @overload
    def predict(
        self,
        ratings: Mapping[Id, float],
        movie_ids: Iterable[Id],
        *,
        return_std: Literal[True],
        film_stars: FilmStars | None = None,
    ) -> tuple[FloatArray, FloatArray]: ...
    def predict(
        self,
        ratings: Mapping[Id, float],
        movie_ids: Iterable[Id],
        *,
        return_std: bool = False,
        film_stars: FilmStars | None = None,
    ) -> FloatArray | tuple[FloatArray, FloatArray]:
        """Stars in the data's own range, and their standard deviations; `film_stars` as in `recommend`.

        Raises UnknownMovieError, and NoStarsError where the model is one of implicit feedback.
        """
        self._check_stars()
        movie_idx = self._all_known(movie_ids)
        user = self._ranker.folded_in(self._profile(ratings), self._shifts(film_stars))
        stars, deviation = user.predict(movie_idx)
        return (stars, deviation) if return_std else stars

    def embed(self, profiles: Sequence[Mapping[Id, float]]) -> FloatArray:
        """[profiles, d] unit vectors of taste, whose cosines say how much alike two are; zeros where nothing is known.

        d are the best-known films, the same for as long as the model is: the stars each is predicted, less those of a
        cold user, less the mean of that. So neither how good a film is nor how kind a user is in it. Raises
        NoStarsError.
        """
        self._check_stars()
        movie_idx = np.sort(top_n(self._support.astype(np.float64), EMBEDDED_BY))
        stars = [self._ranker.folded_in(self._profile(one)).stars(movie_idx) for one in ({}, *profiles)]
        above = np.stack(stars[1:]) - stars[0] if profiles else np.zeros((0, len(movie_idx)))
        above -= above.mean(axis=1, keepdims=True)
        above[np.linalg.norm(above, axis=1) < INDIFFERENT] = 0.0
        return unit_rows(above)

    def tastes(self, profiles: Sequence[Mapping[Id, float]]) -> FloatArray:
        """[n, s] all that the stars of these people depend on, for `stars_of`; worth nothing to another model.

        Raises NoStarsError where the model is one of implicit feedback.
        """
        self._check_stars()
        return self._heads.rating.tastes([self._profile(one) for one in profiles]).astype(np.float32)

    def stars_of(self, tastes: FloatArray, movie_ids: Iterable[Id]) -> FloatArray:
        """[n, m] the stars that `predict` gives, for many people by their `tastes` [n, s]; raises UnknownMovieError."""
        self._check_stars()
        movie_idx = self._all_known(movie_ids)
        return self._heads.rating.stars_of(tastes, movie_idx)

    def most_rated(self, n: int) -> tuple[Id, ...]:
        """The films with the most ratings in the training, the most rated first."""
        return self._ids(top_n(self._support.astype(np.float32), n))

    def usual_stars(self, movie_ids: Iterable[Id]) -> FloatArray:
        """[m] the stars that people in general give films; raises what `stars_of` raises."""
        self._check_stars()
        return self._usual.stars[self._all_known(movie_ids)]

    def explain(self, ratings: Mapping[Id, float], movie_id: Id, *, film_stars: FilmStars | None = None) -> Explanation:
        """What each rated film did to one film's stars, strongest first; raises what `predict` raises."""
        self._check_stars()
        movie_idx = np.array([self._known(movie_id)])
        profile = self._profile(ratings)
        predicted = self._ranker.folded_in(profile, self._shifts(film_stars)).attribute(movie_idx)
        contributions = predicted.contributions[0]
        size = np.abs(contributions)
        shares = size / (size.sum() or 1.0)
        order = np.argsort(-size, kind="stable")
        ids = self._ids(profile.movie_idx)
        return Explanation(
            movie_id=movie_id,
            base=float(predicted.base[0]),
            linear=float(predicted.base[0] + contributions.sum()),
            stars=float(predicted.stars[0]),
            stars_sd=float(predicted.deviation[0]),
            reasons=tuple(Reason(ids[k], float(contributions[k]), float(shares[k])) for k in order),
        )

    def similar(self, movie_id: Id, n: int = 10) -> list[SimilarMovie]:
        """The n films nearest to one, by popularity where none is near; raises UnknownMovieError."""
        _check(n)
        movie_idx = self._known(movie_id)
        nearest, cosines = self._ranker.nearest(movie_idx, n)
        return [
            SimilarMovie(self._movies.ids.item(idx), float(cosine), int(self._support[idx]))
            for idx, cosine in zip(nearest, cosines, strict=True)
        ]

    def alike(self, movie_ids: Sequence[Id]) -> FloatArray:
        """[movies] how much each film is like these together, in [−1, 1], as the rows of `movies`; 0 if none is known.

        What is asked of many films has a direction, as a mood has by the films that were tagged with it.
        """
        return self._ranker.alike(self._movies.known(movie_ids))

    def taste_clusters(self, k: int = 10) -> tuple[TasteCluster, ...]:
        """At most k groups of well-known films that the same people like, the largest audience first.

        Empty where the model knows too few films or nothing of their similarity. Takes a while: keep the answer.
        """
        embeddings = self._ranker.embeddings
        return tuple(
            TasteCluster(self._ids(group), self._ids(faces(embeddings, group, FACES)))
            for group in clusters(embeddings, self._support, k)
        )

    def next_question(
        self,
        ratings: Mapping[Id, float],
        entropies: Mapping[Id, float],
        *,
        asked: Iterable[Id] = (),
        exclude: Iterable[Id] = (),
        tastes: Iterable[Iterable[Id]] = (),
    ) -> Id | None:
        """The film whose stars would tell most about a user with these ratings; None where none is left to ask.

        `entropies` are those of the films' stars, in bits. Neither rated, excluded nor asked films are asked
        about, nor, while there are others, near-duplicates of asked ones. Films of the `tastes` come first, of each in
        its turn, then those like them.
        """
        profile = self._profile(ratings)
        known = self._movies.known
        closed = np.concatenate([profile.movie_idx, known(exclude), asked_idx := known(asked)])
        movie_idx = elicitation.askable(self._support, closed)
        entropy = np.array([entropies.get(movie_id, 0.0) for movie_id in self._ids(movie_idx)])
        _, deviation = self._ranker.folded_in(profile).predict(movie_idx)
        information = elicitation.expected_information(self._support[movie_idx], entropy, deviation)
        embeddings = self._ranker.embeddings
        found = elicitation.most_informative(movie_idx, information, embeddings, asked_idx, [*map(known, tastes)])
        return None if found is None else self._movies.ids.item(found)

    def save(self, folder: Path | str, extra: Mapping[str, Any] | None = None) -> None:
        """Write `model.safetensors`, `card.json` and `CARD.md` durably; `extra` keys are added to the card."""
        content = {**self._movies.tensors(), "support": self._support, **self._heads.tensors()}
        card = {
            "config": self._config.to_dict(),
            "counts": self.counts,
            "rating_range": list(self._rating_range),
            "history": [asdict(epoch) for epoch in self._history],
            "metrics": self.metrics,
            "about": about(self._config, self._history, reranks=self._heads.reranker is not None),
        }
        checkpoint.write(Path(folder), content, card, extra or {})

    @classmethod
    def load(cls, folder: Path | str) -> Self:
        """Read what `save` wrote; raises ModelNotFoundError where nothing is, DamagedModelError for anything else."""
        folder = Path(folder)
        tensors, card = checkpoint.read(folder)
        try:
            config = TrainingConfig.from_dict(card["config"])
            limits = card_values.rating_range(card)
            movies = Vocabulary.restored(tensors)
            support = checked({"support": tensors.pop("support")}, support=(len(movies),))["support"]
            return cls(
                config=config,
                movies=movies,
                support=support,
                heads=Heads.of(tensors, len(movies), config, limits),
                rating_range=limits,
                counts=card_values.counts(card),
                history=card_values.history(card),
                metrics=card_values.metrics(card),
            )
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise DamagedModelError(folder, f"{type(error).__name__}: {error}") from error

    def _profile(self, ratings: Mapping[Id, float]) -> Profile:
        if self._config.implicit:
            kind = RatingHistory if isinstance(ratings, RatingHistory) else dict
            return Profile.of(kind.fromkeys(ratings, 1.0), self._movies)
        return Profile.of(ratings, self._movies, self._rating_range)

    def _shifts(self, film_stars: FilmStars | None) -> Shifts | None:
        """None where no film moves, as none does in a model without stars."""
        if not film_stars or self._config.implicit:
            return None
        return Shifts.of(film_stars, self._movies, self._support, self._usual)

    def _ids(self, movie_idx: IndexArray | Sequence[int]) -> tuple[Id, ...]:
        return tuple(self._movies.ids[movie_idx].tolist())

    def _check_stars(self) -> None:
        if self._config.implicit:
            raise NoStarsError

    def _all_known(self, movie_ids: Iterable[Id]) -> IndexArray:
        movie_ids = list(movie_ids)
        movie_idx = self._movies.indices(movie_ids)
        if (movie_idx == UNKNOWN).any():
            raise UnknownMovieError(movie_ids[int((movie_idx == UNKNOWN).argmax())])
        return movie_idx

    def _known(self, movie_id: Id) -> int:
        movie_idx = int(self._movies.indices((movie_id,))[0])
        if movie_idx == UNKNOWN:
            raise UnknownMovieError(movie_id)
        return movie_idx

    def _reasons(self, profile: Profile, movie_idx: IndexArray, predicted: Attribution) -> list[tuple[Reason, ...]]:
        """For each film the liked films akin to it that lifted its score most.

        A share is of all positive contributions to the score, also by films that are no reasons.
        """
        positive = np.maximum(self._heads.ranking.contributions(profile, movie_idx), 0.0)  # [m, k]
        total = positive.sum(axis=1, keepdims=True)
        shares = np.divide(positive, total, out=np.zeros_like(positive), where=total > 0)
        shares[:, self._preference(profile.rating) < LIKED] = 0.0
        if self._heads.metadata:
            shares[~self._heads.metadata.have_in_common(movie_idx, profile.movie_idx)] = 0.0
        ids = self._ids(profile.movie_idx)
        strongest = np.argsort(-shares, axis=1, kind="stable")[:, :REASONS]
        return [
            tuple(Reason(ids[k], float(stars[k]), float(share[k])) for k in order if share[k] > 0)
            for order, share, stars in zip(strongest, shares, predicted.contributions, strict=True)
        ]


def _check(n: int, depth: float = 0.0, diversity: float = 0.0) -> None:
    if n < 0:
        raise ValueError(f"a list cannot have {n} films")
    if not -1 <= depth <= 1:
        raise ValueError(f"depth must be in [-1, 1], not {depth}")
    if not 0 <= diversity <= 1:
        raise ValueError(f"diversity must be in [0, 1], not {diversity}")
