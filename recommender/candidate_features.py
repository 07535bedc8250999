"""Features of the re-ranker: of each candidate, and of the user, both from their profile."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from recommender.item_statistics import ItemStatistics
from recommender.ranking import TINY, AutoencoderRanking, centred_and_deviation, scaled
from recommender.vocabulary import FloatArray, IndexArray, Profile

CANDIDATE_FEATURES = (
    "first stage",  # its score
    "explicit",  # the same without its offset
    "explicit, shrunk",  # as if the profile had a third of its ratings
    "implicit",  # by who has rated the same, whatever the stars
    "implicit, shrunk",
    "rating contrast",  # by how far the user's ratings are above the films' means
    "explicit, sequential",  # what people rate after these
    "implicit, sequential",
    "popularity",
    "likers",
    "mean rating",
    "year",
    "years from the profile's",
    "squared years from the profile's",
    "years newer than the profile's",
    "liked genres",
    "rated genres",
    "disliked genres",
    "explicit, leading",  # in its leading dimensions alone
    "explicit, recent",  # by what was rated last
    "implicit, recent",
)

USER_FEATURES = (
    "size",
    "generosity",
    "mean year",
    "newest year",
    "lateness",
    "popularity",
    "score spread",  # of the first stage: how far it tells the candidates apart
    "dislikes",  # share of the profile
)

LATER_FEATURES = (
    ("disliked genres", "explicit, leading", "dislikes"),
    ("explicit, recent", "implicit, recent"),
)
"""Those that re-rankers of older model files do not know, as they came: a file knows none from some time on."""

SCORE_SPREAD = USER_FEATURES.index("score spread")

RECENT, WHOLE = [19, 20], [1, 3]
"""Places of the scorers by what was rated last, and of the same ones by the whole profile."""

RELATIVE = [*range(5), 6, 7, 9, *range(18, 21)]
"""Standardised over the candidates: of scorers and "likers" only order and distances among these mean something."""

FIRST_STAGE = 0
"""The place of its score, among all features and among these."""

EXPLICIT_SHARE, IMPLICIT_SHARE = 1 / 3, 1 / 5
"""Shares of the profile's size that the shrunk embeddings pretend."""

RATING_DAMPING = 3.0
"""Ratings at the films' means that everybody is given beside their own."""

GENRE_DAMPING = (1.5, 3.0, 1.5)
"""Films of the usual genres that are added to what is liked, to what is rated, and to what is disliked."""

LEADING = 32
"""Dimensions of the first stage that make a scorer of their own: what is broad in a taste."""

YEARS_APART, FAR, NEW = 6.0, 9.0, 5.0
"""Years that say nothing; where squared deviations end; years after which newer is all the same."""

LEAST_RECENT, RECENT_SHARE = 2.0, 0.02
"""Ratings, and share of a profile, after which a rating is recent by 1/e; the more of the two."""

NEWEST_SHARE = 50
"""One in so many films may be newer than the newest year of a profile."""


@dataclass(frozen=True, slots=True)
class Users:
    """What the features need to know of some profiles."""

    explicit: FloatArray  # [users, 3, d] embeddings of the first stage, the same shrunk, and of what is recent
    implicit: (
        FloatArray  # [users, 4, d] of implicit feedback, of it shrunk, of ratings above what is expected, of the recent
    )
    genres: FloatArray  # [users, 3, genres] log-shares in what is liked, rated and disliked, against everybody's
    year: FloatArray  # [users] mean
    year_variance: FloatArray  # [users]
    newest: FloatArray  # [users] year
    features: FloatArray  # [users, USER_FEATURES] but for the spread of scores, which is 0

    def of(self, places: IndexArray) -> "Users":
        """Some of them."""
        return Users(*(getattr(self, field.name)[places] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class CandidateFeatures:
    """The scorers and statistics that the features are made of. Reads profiles of at least one rating."""

    explicit: AutoencoderRanking  # the first stage
    implicit: AutoencoderRanking
    explicit_sequential: FloatArray  # [movies, d] outputs towards what is rated later
    implicit_sequential: FloatArray
    statistics: ItemStatistics
    limits: tuple[float, float]  # ends of the data's own range

    def of(self, users: Users, candidates: IndexArray) -> tuple[FloatArray, FloatArray]:
        """[users, candidates, CANDIDATE_FEATURES] and [users, USER_FEATURES], float32.

        `candidates` [users, candidates] are film indices.
        """
        year = self.statistics.year[candidates]
        years_apart = year - users.year[:, None]
        variance = users.year_variance[:, None] + YEARS_APART**2
        affinities, later = self._affinities(users, candidates)
        scores = self.explicit.offset[candidates] + affinities[0]
        of_candidates = np.empty((len(CANDIDATE_FEATURES), *candidates.shape), dtype=np.float32)
        every = (
            scores,
            *affinities,
            self.statistics.popularity[candidates],
            self.statistics.liked[candidates],
            self.statistics.rating[candidates],
            year,
            years_apart,
            np.minimum(np.square(years_apart) / variance, FAR),
            np.minimum(np.maximum(year - users.newest[:, None], 0), NEW),
            *self._genre_affinities(users, candidates),
            *later,
        )
        for feature, values in zip(of_candidates, every, strict=True):
            feature[:] = values
        centred, deviation = centred_and_deviation(of_candidates[RELATIVE], axis=-1)
        of_candidates[RELATIVE] = centred / np.maximum(deviation, TINY)
        of_users = users.features.astype(np.float32)
        of_users[:, SCORE_SPREAD] = np.log(deviation[FIRST_STAGE, :, 0] + 1e-6)
        return of_candidates.transpose(1, 2, 0), of_users

    def users(self, profiles: Sequence[Profile]) -> Users:
        """What the features need to know of them."""
        items, explicit, implicit = self.statistics, self.explicit, self.implicit
        rated = np.concatenate([profile.movie_idx for profile in profiles])
        rating: FloatArray = np.concatenate([profile.rating for profile in profiles])
        size = np.array([len(profile) for profile in profiles])
        ends = size.cumsum()
        starts = ends - size
        spans = [*map(slice, starts.tolist(), ends.tolist())]

        def totals(values: FloatArray) -> FloatArray:
            """[…, users] of values [..., ratings]."""
            return np.asarray(np.add.reduceat(values, starts, axis=-1))

        def sums(weights: Sequence[FloatArray], rows: FloatArray) -> FloatArray:
            """[users, w, d] each user's rows [ratings, d], by some weights [w, ratings]."""
            of_rows = np.array(weights, dtype=rows.dtype)
            return np.array([of_rows[:, span] @ rows[span] for span in spans])

        above = scaled(rating, self.limits) - items.rating[rated]  # the films' means
        year = items.year[rated].astype(np.float64)
        all_above, *of_films = totals(np.array([above, year, items.lateness[rated], items.popularity[rated]]))
        generosity = all_above / (size + RATING_DAMPING)
        mean_year, lateness, popularity = of_films / size
        in_order = year[np.lexsort((year, np.repeat(np.arange(len(size)), size)))]
        newest = in_order[ends - 1 - size // NEWEST_SHARE]
        every, recent = np.ones(len(rating)), np.concatenate([_recency(profile) for profile in profiles])
        liked, disliked = explicit.weighting(rating), np.zeros_like(rating)
        of_explicit = sums([liked, liked * recent], explicit.inputs[rated])
        if explicit.dislikes is not None:
            disliked = explicit.dislikes.weighting(rating)
            of_explicit += sums([disliked, disliked * recent], explicit.dislikes.inputs[rated])
        contrast = above - np.repeat(generosity, size)
        of_implicit = sums([every, contrast, recent], implicit.inputs[rated])
        of_late = totals(recent)
        weights, damping = [liked, every, disliked], np.array(GENRE_DAMPING)[:, None]
        weight = totals(np.array(weights))
        usual = damping * items.genre_share
        shares = (sums(weights, items.genres[rated]) + usual) / (weight + damping).T[..., None]
        spread = np.zeros(len(size))
        of_users = (np.log(size), generosity, mean_year, newest, lateness, popularity, spread, weight[2] / size)
        explicit_size = np.array([size, EXPLICIT_SHARE * size, of_late]).T[..., None]
        implicit_size = np.array([size, IMPLICIT_SHARE * size, size, of_late]).T[..., None]
        return Users(
            explicit=explicit.shrunk(of_explicit[:, [0, 0, 1]], explicit_size),
            implicit=implicit.shrunk(of_implicit[:, [0, 0, 1, 2]], implicit_size),
            genres=np.log(shares / (items.genre_share + 0.02) + 0.05).astype(np.float32),
            year=mean_year,
            year_variance=totals(np.square(year - np.repeat(mean_year, size))) / size,
            newest=newest,
            features=np.array(of_users).T,
        )

    def _affinities(self, users: Users, candidates: IndexArray) -> tuple[list[FloatArray], list[FloatArray]]:
        """[users, candidates] each, by the scorers: the ones that lead the features, the ones that end them."""
        dimensions = self.explicit_sequential.shape[1]
        outputs = self.explicit.outputs[candidates]
        whole, shrunk, recent = _products(outputs, users.explicit)
        *seen, seen_recent = _products(self.implicit.outputs[candidates], users.implicit)
        (liked_later,) = _products(self.explicit_sequential[candidates], users.explicit[:, :1, :dimensions])
        (seen_later,) = _products(self.implicit_sequential[candidates], users.implicit[:, :1])
        (leading,) = _products(outputs[..., :LEADING], users.explicit[:, :1, :LEADING])
        return [whole, shrunk, *seen, liked_later, seen_later], [leading, recent, seen_recent]

    def _genre_affinities(self, users: Users, candidates: IndexArray) -> FloatArray:
        """[3, users, candidates] mean log-share of the candidate's genres in what is liked, rated and disliked."""
        of_candidates = self.statistics.genres[candidates]
        number = np.maximum(of_candidates.sum(axis=-1), 1)
        return np.asarray(_products(of_candidates, users.genres) / number)


def _products(rows: FloatArray, vectors: FloatArray) -> FloatArray:
    """[v, users, candidates] of rows [users, candidates, d] and vectors [users, v, d]."""
    return np.asarray((rows @ vectors.swapaxes(1, 2)).transpose(2, 0, 1))


def without_order(of_candidates: FloatArray) -> FloatArray:
    """[…, CANDIDATE_FEATURES] as they are where the order of the ratings is not known."""
    unordered = of_candidates.copy()
    unordered[..., RECENT] = of_candidates[..., WHOLE]
    return unordered


def _recency(profile: Profile) -> FloatArray:
    """[k] exp(−age / τ); 1 where the order is not known."""
    if profile.age is None:
        return np.ones(len(profile))
    return np.exp(-profile.age / max(LEAST_RECENT, RECENT_SHARE * len(profile)))
