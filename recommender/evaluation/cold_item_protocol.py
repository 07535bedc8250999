"""The protocol C: films that the training has not seen a rating of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from recommender.evaluation.beyond_accuracy import genre_shares
from recommender.evaluation.contenders import Contender, Fitted, FittedRecommender
from recommender.evaluation.metrics import auc, rmse
from recommender.evaluation.protocols import fit, positives_of, profiles_of
from recommender.evaluation.splits import ColdItems, cold_items
from recommender.popularity import DAMPING
from recommender.vocabulary import BoolArray, FloatArray, IndexArray, Vocabulary

GIVEN = (0, 1, 3, 5)
"""Ratings of each hidden film by other people that are known before the rest is tested."""


SOURCE = "source_mean"
"""The column of a catalogue with what another source's people think of films."""


def protocol_c(contender: Contender, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> dict[str, Any]:
    """Stars and order of hidden films, which the catalogue calls new, for the users whom the training knows.

    "rmse" by the number of ratings that other people gave the film after the training, within the range of the ratings;
    who takes none is measured without. Beside it, each with
    the user's damped offset from the mean of all ratings: this mean ("mean_offset"), that of the means of the film's
    genres ("genres_offset"), and the film's damped mean of the given ratings ("given_offset"). "auc" is of each user's
    likes among the hidden films: by the list's order, by stars, and by the films' true numbers of ratings ("votes").
    What a contender does not predict is None. Where the catalogue has the mean of another source, "covered" are the
    same figures of the films that it knows.
    """
    split = cold_items(ratings)
    if not len(split.movie_ids):
        return {"films": 0}
    training = ratings.iloc[split.training]
    told = catalogue.assign(is_new=catalogue["movie_id"].isin(split.movie_ids))
    fitted, cost = fit(contender, training, told)
    profiles = profiles_of(training)
    stars = _stars(fitted, split, ratings, profiles)
    measured = _Measured(split, ratings, training, catalogue, fitted, profiles, stars)
    figures = measured.figures(np.ones(len(split.movie_ids), dtype=bool))
    if SOURCE in catalogue:
        known = catalogue.loc[catalogue[SOURCE].notna(), "movie_id"]
        figures["covered"] = measured.figures(np.isin(split.movie_ids, known))
    return {**figures, **cost}


@dataclass(frozen=True, slots=True)
class _Measured:
    """What a contender said of the hidden films."""

    split: ColdItems
    ratings: pd.DataFrame
    training: pd.DataFrame
    catalogue: pd.DataFrame
    fitted: Fitted
    profiles: Mapping[int, Mapping[int, float]]
    stars: Mapping[int, FloatArray | None]  # by the number of ratings given, of all hidden ratings

    def figures(self, is_meant: BoolArray) -> dict[str, Any]:
        """Of some of the hidden films [films]."""
        split, ratings, profiles = self.split, self.ratings, self.profiles
        rows, place = _hidden(split)
        film = np.repeat(np.arange(len(split.rows)), [len(own) for own in split.rows])
        meant = ratings["user_id"].iloc[rows].isin(list(profiles)).to_numpy() & is_meant[film]
        hidden, place, film = ratings.iloc[rows[meant]], place[meant], film[meant]
        rating = hidden["rating"].to_numpy(np.float64)
        low, high = ratings["rating"].min(), ratings["rating"].max()

        def error(stars: FloatArray | None, given: int) -> float | None:
            is_tested = place >= given
            return None if stars is None else rmse(np.clip(stars, low, high)[is_tested], rating[is_tested])

        usual = float(self.training["rating"].mean())
        offsets = {user: _offset(own, usual) for user, own in profiles.items()}
        offset = hidden["user_id"].map(offsets).to_numpy(np.float64)
        by_genres = _genre_means(self.training, self.catalogue, split.movie_ids, usual)[film]
        liked = positives_of(hidden)
        return {
            "rmse": {
                str(given): error(None if one is None else one[meant], given) for given, one in self.stars.items()
            },
            "mean_offset": {str(given): error(usual + offset, given) for given in GIVEN},
            "genres_offset": {str(given): error(by_genres + offset, given) for given in GIVEN},
            "given_offset": {
                str(given): error(_given_means(split, ratings, given, usual)[film] + offset, given) for given in GIVEN
            },
            "auc": _aucs(self.fitted, split, is_meant, profiles, liked, len(self.catalogue)),
            "users": len(liked),
            "films": int(is_meant.sum()),
            "ratings": len(hidden),
        }


def _hidden(split: ColdItems) -> tuple[IndexArray, IndexArray]:
    """[ratings] the rows of the hidden films, film by film, and in which place each becomes known."""
    return np.concatenate(split.rows), np.concatenate([np.arange(len(own)) for own in split.rows])


def _stars(
    fitted: Fitted, split: ColdItems, ratings: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]
) -> dict[int, FloatArray | None]:
    """Of all hidden ratings, by the number of ratings given."""
    hidden = ratings.iloc[_hidden(split)[0]]
    if not isinstance(fitted, FittedRecommender):
        known = hidden["user_id"].isin(list(profiles)).to_numpy()
        stars = fitted.stars(hidden[known], profiles)
        if stars is None:
            return {0: None}
        every = np.full(len(hidden), np.nan)
        every[known] = stars
        return {0: every}
    rating = ratings["rating"].to_numpy(np.float64)
    by_given = {}
    for given in GIVEN:
        first = [rating[rows[:given]] for rows in split.rows]
        known_stars = zip(split.movie_ids.tolist(), first, strict=True)
        film_stars = {movie_id: (float(own.sum()), len(own)) for movie_id, own in known_stars}
        by_given[given] = fitted.stars(hidden, profiles, film_stars)
    return by_given


def _offset(profile: Mapping[int, float], usual: float) -> float:
    """Σ (rating − mean of all ratings) / (their number + 5)."""
    return (sum(profile.values()) - usual * len(profile)) / (len(profile) + DAMPING)


def _genre_means(training: pd.DataFrame, catalogue: pd.DataFrame, movie_ids: IndexArray, usual: float) -> FloatArray:
    """[films] the mean over each film's genres of the mean of all ratings of films of the genre."""
    movies = Vocabulary.of(catalogue["movie_id"].to_numpy(np.int64))
    shares = genre_shares(catalogue, movies)  # [movies, genres]
    movie_idx = movies.indices(training["movie_id"].to_numpy(np.int64))
    counts = np.bincount(movie_idx, minlength=len(movies)) @ (shares > 0)
    sums = np.bincount(movie_idx, training["rating"].to_numpy(np.float64), len(movies)) @ (shares > 0)
    own = shares[movies.indices(movie_ids)]
    means = own @ np.where(counts > 0, sums / np.maximum(counts, 1), usual)
    return np.where(own.any(axis=1), means, usual)


def _given_means(split: ColdItems, ratings: pd.DataFrame, given: int, usual: float) -> FloatArray:
    """[films] damped means of the first ratings that become known."""
    rating = ratings["rating"].to_numpy(np.float64)
    return np.array([(rating[rows[:given]].sum() + DAMPING * usual) / (given + DAMPING) for rows in split.rows])


def _aucs(
    fitted: Fitted,
    split: ColdItems,
    is_meant: BoolArray,
    profiles: Mapping[int, Mapping[int, float]],
    liked: Mapping[int, frozenset[int]],
    catalogue: int,
) -> dict[str, float | None]:
    """Means over the users who like some of the hidden films that are meant [films], but not all."""
    votes = np.array([len(rows) for rows in split.rows], dtype=np.float64)[is_meant]
    movie_ids = split.movie_ids[is_meant]
    found: dict[str, list[float]] = {"list": [], "stars": [], "votes": []}
    for user_id, positives in liked.items():
        is_liked = np.isin(movie_ids, list(positives))
        if is_liked.all():
            continue
        scores, stars = _scores(fitted, user_id, profiles[user_id], movie_ids, catalogue)
        for name, values in (("list", scores), ("stars", stars), ("votes", votes)):
            if values is not None:
                found[name].append(auc(values, is_liked))
    return {name: float(np.mean(values)) if values else None for name, values in found.items()}


def _scores(
    fitted: Fitted, user_id: int, profile: Mapping[int, float], movie_ids: IndexArray, catalogue: int
) -> tuple[FloatArray, FloatArray | None]:
    """[films] the higher, the earlier in the list; and stars."""
    if isinstance(fitted, FittedRecommender):
        listed = {one.movie_id: one for one in fitted.model.recommend(profile, len(movie_ids), candidates=movie_ids)}
        order = [listed[movie_id] for movie_id in movie_ids.tolist()]
        return np.array([one.score for one in order]), np.array([one.stars for one in order])
    (every,) = fitted.lists([user_id], [profile], catalogue).tolist()
    place = {movie_id: place for place, movie_id in enumerate(every)}
    scores = [-place.get(movie_id, catalogue) for movie_id in movie_ids.tolist()]
    test = pd.DataFrame({"user_id": user_id, "movie_id": movie_ids})
    return np.array(scores, dtype=np.float64), fitted.stars(test, {user_id: profile})
