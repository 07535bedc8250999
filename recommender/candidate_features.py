"""What a re-ranker sees of each candidate, and of the member: all from the ratings in their profile."""

from dataclasses import dataclass

import numpy as np

from recommender.film_facts import FilmFacts
from recommender.profile import Profile
from recommender.ranking import AutoencoderRanking, seen
from recommender.rating import scaled
from recommender.selection import standardised
from recommender.vocabulary import FloatArray, IndexArray

OF_CANDIDATE = (
    "score",  # of the first stage
    "liked",  # the same without its offset
    "liked narrowly",  # as if three times as few ratings were told: the broad directions
    "seen",  # by who has rated the same, whatever the stars
    "seen narrowly",
    "rated above",  # by how far the member's ratings are above the films' means
    "liked, later",  # what people rate after these
    "seen, later",
    "popularity",
    "likers",
    "rating",
    "year",
    "years from theirs",
    "squared years from theirs",
    "newer than theirs",
    "genres liked",
    "genres seen",
)

OF_PROFILE = (
    "size",
    "generosity",
    "mean year",
    "newest year",
    "lateness",
    "popularity of theirs",
    "spread",  # of the first stage's scores: how much the profile says
)

ONLY_ORDER = [
    OF_CANDIDATE.index(name)
    for name in (
        "score",
        "liked",
        "liked narrowly",
        "seen",
        "seen narrowly",
        "liked, later",
        "seen, later",
        "likers",
    )
]
"""Features that are standardised over the candidates: only their order and distances among these mean something."""

NARROW, NARROWER = 1 / 3, 1 / 5
"""Shares of the profile's size that the narrow filters pretend."""

RATING_DAMPING = 3.0
"""Usual ratings that everybody is given beside their own."""

GENRE_DAMPING = (1.5, 3.0)
"""Films of the usual genres that are added to what is liked, and to what is seen."""

YEARS_APART, FAR, NEW = 6.0, 9.0, 5.0
"""Years that say nothing; where squared deviations end; years after which newer is all the same."""

NEWEST_SHARE = 50
"""One in so many films may be newer than the newest year of a profile."""


@dataclass(frozen=True, slots=True)
class CandidateFeatures:
    """The scorers and facts that the features are made of. Reads profiles of at least one rating."""

    liked: AutoencoderRanking  # the first stage
    seen: AutoencoderRanking
    liked_later: FloatArray  # [movies, d] outputs towards what is rated later
    seen_later: FloatArray
    facts: FilmFacts
    limits: tuple[float, float]  # ends of the data's own range

    def of(self, profile: Profile, candidates: IndexArray, scores: FloatArray) -> tuple[FloatArray, FloatArray]:
        """[candidates, OF_CANDIDATE] and [OF_PROFILE], float32; `scores` are the first stage's of the candidates."""
        of_candidates = np.stack(
            [*self._affinities(profile, candidates, scores), *self._facts_of(profile, candidates)],
            axis=1,
            dtype=np.float32,
        )
        of_candidates[:, ONLY_ORDER] = standardised(of_candidates[:, ONLY_ORDER])
        return of_candidates, self._of_profile(profile, scores)

    def _affinities(self, profile: Profile, candidates: IndexArray, scores: FloatArray) -> list[FloatArray]:
        """What the scorers say."""
        size = len(profile)
        above = self._above(profile)
        contrast = (above - above.sum() / (size + RATING_DAMPING)).astype(np.float32)
        liked, has_seen = self.liked.told(profile), self.seen.told(profile)
        of_liked = self.liked.filtered(liked, size)
        of_seen = self.seen.filtered(has_seen, size)
        of_contrast = self.seen.filtered(contrast @ self.seen.inputs[profile.movie_idx], size)
        narrow_liked = self.liked.filtered(liked, NARROW * size)
        narrow_seen = self.seen.filtered(has_seen, NARROWER * size)
        later = self.liked_later.shape[1]
        return [
            scores,
            *(self.liked.outputs[candidates] @ np.stack([of_liked, narrow_liked], axis=1)).T,
            *(self.seen.outputs[candidates] @ np.stack([of_seen, narrow_seen, of_contrast], axis=1)).T,
            self.liked_later[candidates] @ of_liked[:later],
            self.seen_later[candidates] @ of_seen,
        ]

    def _facts_of(self, profile: Profile, candidates: IndexArray) -> list[FloatArray]:
        facts = self.facts
        year, own = facts.year[candidates], facts.year[profile.movie_idx]
        years_apart = year - own.mean()
        spread = own.var() + YEARS_APART**2
        return [
            facts.popularity[candidates],
            facts.liked[candidates],
            facts.rating[candidates],
            year,
            years_apart,
            np.minimum(np.square(years_apart) / spread, FAR),
            np.clip(year - _newest(own), 0, NEW),
            *self._genres(profile, candidates),
        ]

    def _genres(self, profile: Profile, candidates: IndexArray) -> list[FloatArray]:
        """Mean log-share of the candidate's genres in what is liked and seen, against everybody's."""
        own, usual = self.facts.genres[profile.movie_idx], self.facts.genre_share
        of_candidates = self.facts.genres[candidates]
        number = np.maximum(of_candidates.sum(axis=1), 1)
        weights = self.liked.weighting(profile.rating), seen(profile.rating)
        shares = [
            (weight @ own + damping * usual) / (weight.sum() + damping)
            for weight, damping in zip(weights, GENRE_DAMPING, strict=True)
        ]
        return [of_candidates @ np.log(share / (usual + 0.02) + 0.05) / number for share in shares]

    def _of_profile(self, profile: Profile, scores: FloatArray) -> FloatArray:
        facts, idx = self.facts, profile.movie_idx
        return np.array(
            [
                np.log(len(profile)),
                self._above(profile).sum() / (len(profile) + RATING_DAMPING),
                facts.year[idx].mean(),
                _newest(facts.year[idx]),
                facts.lateness[idx].mean(),
                facts.popularity[idx].mean(),
                np.log(scores.std() + 1e-6),
            ],
            dtype=np.float32,
        )

    def _above(self, profile: Profile) -> FloatArray:
        """[k] how far the ratings are above the films' means, in ranges of the scale."""
        return scaled(profile.rating, self.limits) - self.facts.rating[profile.movie_idx]


def _newest(year: FloatArray) -> float:
    """The newest year but for one film in fifty."""
    return float(np.sort(year)[-max(1, len(year) // NEWEST_SHARE + 1)])
