"""Features of the re-ranker: of each candidate, and of the user, both from their profile."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.item_statistics import ItemStatistics
from recommender.ranking import AutoencoderRanking, scaled, standardised
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

LATER_FEATURES = ("disliked genres", "explicit, leading", "dislikes")
"""Those that re-rankers of older model files do not know."""

RELATIVE = [*range(5), 6, 7, 9, 18]
"""Standardised over the candidates: of scorers and "likers" only order and distances among these mean something."""

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

NEWEST_SHARE = 50
"""One in so many films may be newer than the newest year of a profile."""


@dataclass(frozen=True, slots=True)
class CandidateFeatures:
    """The scorers and statistics that the features are made of. Reads profiles of at least one rating."""

    explicit: AutoencoderRanking  # the first stage
    implicit: AutoencoderRanking
    explicit_sequential: FloatArray  # [movies, d] outputs towards what is rated later
    implicit_sequential: FloatArray
    statistics: ItemStatistics
    limits: tuple[float, float]  # ends of the data's own range

    def of(self, profiles: Sequence[Profile], candidates: IndexArray) -> tuple[FloatArray, FloatArray]:
        """[profiles, candidates, CANDIDATE_FEATURES] and [profiles, USER_FEATURES], float32.

        `candidates` [profiles, candidates] are film indices.
        """
        users = [self._user(profile) for profile in profiles]
        year = self.statistics.year[candidates]
        years = np.array([user.year for user in users])[:, None]
        years_apart = year - years
        variance = np.array([user.year_variance for user in users])[:, None] + YEARS_APART**2
        newest = np.array([user.newest for user in users])[:, None]
        *affinities, leading = self._affinities(users, candidates)
        scores = self.explicit.offset[candidates] + affinities[0]
        of_candidates = np.empty((*candidates.shape, len(CANDIDATE_FEATURES)), dtype=np.float32)
        columns = iter(np.moveaxis(of_candidates, -1, 0))
        for values in (
            scores,
            *affinities,
            self.statistics.popularity[candidates],
            self.statistics.liked[candidates],
            self.statistics.rating[candidates],
            year,
            years_apart,
            np.minimum(np.square(years_apart) / variance, FAR),
            np.clip(year - newest, 0, NEW),
            *self._genre_affinities(users, candidates),
            leading,
        ):
            next(columns)[:] = values
        of_candidates[..., RELATIVE] = standardised(of_candidates[..., RELATIVE], axis=1)
        spread = np.log(scores.std(axis=1) + 1e-6)
        of_users = [[*user.features[:-1], one, user.features[-1]] for user, one in zip(users, spread, strict=True)]
        return of_candidates, np.array(of_users, dtype=np.float32)

    def _user(self, profile: Profile) -> "_User":
        items, rated, size = self.statistics, profile.movie_idx, len(profile.movie_idx)
        explicit, implicit = self.explicit, self.implicit
        above = scaled(profile.rating, self.limits) - items.rating[rated]  # [k] the films' means
        generosity = above.sum() / (size + RATING_DAMPING)
        explicit_sum, implicit_sum = explicit.weighted_inputs(profile), implicit.weighted_inputs(profile)
        contrast = (above - generosity).astype(np.float32) @ implicit.inputs[rated]
        year = items.year[rated]
        newest = float(np.sort(year)[-max(1, size // NEWEST_SHARE + 1)])
        disliked = np.zeros(size) if explicit.dislikes is None else explicit.dislikes.weighting(profile.rating)
        weights = np.stack([explicit.weighting(profile.rating), np.ones(size), disliked])  # [3, k]
        damping = np.array(GENRE_DAMPING)[:, None]
        shares = (weights @ items.genres[rated] + damping * items.genre_share) / (
            weights.sum(axis=1)[:, None] + damping
        )
        features = (
            np.log(size),
            generosity,
            year.mean(),
            newest,
            items.lateness[rated].mean(),
            items.popularity[rated].mean(),
            disliked.sum() / size,
        )
        return _User(
            explicit=np.stack([explicit.shrunk(explicit_sum, one * size) for one in (1, EXPLICIT_SHARE)], axis=1),
            implicit=np.stack(
                [
                    implicit.shrunk(implicit_sum, size),
                    implicit.shrunk(implicit_sum, IMPLICIT_SHARE * size),
                    implicit.shrunk(contrast, size),
                ],
                axis=1,
            ),
            genres=np.log(shares / (items.genre_share + 0.02) + 0.05).T.astype(np.float32),
            year=float(year.mean()),
            year_variance=float(year.var()),
            newest=newest,
            features=features,
        )

    def _affinities(self, users: "Sequence[_User]", candidates: IndexArray) -> list[FloatArray]:
        """[profiles, candidates] each, by the scorers."""
        explicit, implicit = np.stack([user.explicit for user in users]), np.stack([user.implicit for user in users])
        sequential = self.explicit_sequential.shape[1]
        outputs = self.explicit.outputs[candidates]
        return [
            *np.moveaxis(outputs @ explicit, -1, 0),
            *np.moveaxis(self.implicit.outputs[candidates] @ implicit, -1, 0),
            (self.explicit_sequential[candidates] @ explicit[:, :sequential, :1])[..., 0],
            (self.implicit_sequential[candidates] @ implicit[:, :, :1])[..., 0],
            (outputs[..., :LEADING] @ explicit[:, :LEADING, :1])[..., 0],
        ]

    def _genre_affinities(self, users: "Sequence[_User]", candidates: IndexArray) -> FloatArray:
        """[3, profiles, candidates] mean log-share of the candidate's genres in what is liked, rated and disliked."""
        of_candidates = self.statistics.genres[candidates]
        number = np.maximum(of_candidates.sum(axis=-1, keepdims=True), 1)
        return np.moveaxis(of_candidates @ np.stack([user.genres for user in users]) / number, -1, 0)


@dataclass(frozen=True, slots=True)
class _User:
    """What the features need to know of one profile."""

    explicit: FloatArray  # [d, 2] embeddings of the first stage, the second shrunk
    implicit: FloatArray  # [d, 3] of the implicit feedback, of the same shrunk, of ratings above what is expected
    genres: FloatArray  # [genres, 3] log-shares in what is liked, rated and disliked, against everybody's
    year: float
    year_variance: float
    newest: float
    features: tuple[float, ...]  # USER_FEATURES but for the spread of scores
