"""Features of the re-ranker: of each candidate, and of the user, both from their profile."""

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
)

USER_FEATURES = (
    "size",
    "generosity",
    "mean year",
    "newest year",
    "lateness",
    "popularity",
    "score spread",  # of the first stage: how far it tells the candidates apart
)

RELATIVE = [*range(5), 6, 7, 9]
"""Standardised over the candidates: of scorers and "likers" only order and distances among these mean something."""

EXPLICIT_SHARE, IMPLICIT_SHARE = 1 / 3, 1 / 5
"""Shares of the profile's size that the shrunk embeddings pretend."""

RATING_DAMPING = 3.0
"""Ratings at the films' means that everybody is given beside their own."""

GENRE_DAMPING = (1.5, 3.0)
"""Films of the usual genres that are added to what is liked, and to what is rated."""

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

    def of(self, profile: Profile, candidates: IndexArray, scores: FloatArray) -> tuple[FloatArray, FloatArray]:
        """[candidates, CANDIDATE_FEATURES] and [USER_FEATURES], float32; `scores` are the first stage's."""
        items, rated, size = self.statistics, profile.movie_idx, len(profile.movie_idx)
        above = scaled(profile.rating, self.limits) - items.rating[rated]  # [k] the films' means
        generosity = above.sum() / (size + RATING_DAMPING)
        year, profile_year = items.year[candidates], items.year[rated]
        newest = float(np.sort(profile_year)[-max(1, size // NEWEST_SHARE + 1)])
        years_apart = year - profile_year.mean()
        columns = [
            scores,
            *self._affinities(profile, candidates, (above - generosity).astype(np.float32)),
            items.popularity[candidates],
            items.liked[candidates],
            items.rating[candidates],
            year,
            years_apart,
            np.minimum(np.square(years_apart) / (profile_year.var() + YEARS_APART**2), FAR),
            np.clip(year - newest, 0, NEW),
            *self._genre_affinities(profile, candidates),
        ]
        of_candidates = np.stack(columns, axis=1, dtype=np.float32)
        of_candidates[:, RELATIVE] = standardised(of_candidates[:, RELATIVE])
        of_user = [
            np.log(size),
            generosity,
            profile_year.mean(),
            newest,
            items.lateness[rated].mean(),
            items.popularity[rated].mean(),
            np.log(scores.std() + 1e-6),
        ]
        return of_candidates, np.array(of_user, dtype=np.float32)

    def _affinities(self, profile: Profile, candidates: IndexArray, contrast: FloatArray) -> list[FloatArray]:
        """[candidates] each, by the scorers; `contrast` [k] are ratings above what is expected."""
        explicit, implicit, size = self.explicit, self.implicit, len(profile.movie_idx)
        explicit_sum, implicit_sum = explicit.weighted_inputs(profile), implicit.weighted_inputs(profile)
        by_explicit = explicit.shrunk(explicit_sum, size)
        by_implicit = implicit.shrunk(implicit_sum, size)
        by_contrast = implicit.shrunk(contrast @ implicit.inputs[profile.movie_idx], size)
        explicit_shrunk = explicit.shrunk(explicit_sum, EXPLICIT_SHARE * size)
        implicit_shrunk = implicit.shrunk(implicit_sum, IMPLICIT_SHARE * size)
        sequential = self.explicit_sequential.shape[1]
        return [
            *(explicit.outputs[candidates] @ np.stack([by_explicit, explicit_shrunk], axis=1)).T,
            *(implicit.outputs[candidates] @ np.stack([by_implicit, implicit_shrunk, by_contrast], axis=1)).T,
            self.explicit_sequential[candidates] @ by_explicit[:sequential],
            self.implicit_sequential[candidates] @ by_implicit,
        ]

    def _genre_affinities(self, profile: Profile, candidates: IndexArray) -> list[FloatArray]:
        """Mean log-share of the candidate's genres in what is liked and in what is rated, against everybody's."""
        rated, usual = self.statistics.genres[profile.movie_idx], self.statistics.genre_share
        of_candidates = self.statistics.genres[candidates]
        number = np.maximum(of_candidates.sum(axis=1), 1)
        weights = self.explicit.weighting(profile.rating), self.implicit.weighting(profile.rating)
        shares = [
            (weight @ rated + damping * usual) / (weight.sum() + damping)
            for weight, damping in zip(weights, GENRE_DAMPING, strict=True)
        ]
        return [of_candidates @ np.log(share / (usual + 0.02) + 0.05) / number for share in shares]
