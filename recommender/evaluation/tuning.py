"""Choosing parameters on validation splits: what may be changed, and how good a choice is.

Of the three parts of a model (first stage of the lists, re-ranker, stars) one is trained and measured at a time.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self

import numpy as np
import pandas as pd

from recommender.bilinear_rating import BilinearRating
from recommender.config import TrainingConfig
from recommender.errors import NotEnoughDataError
from recommender.evaluation.comparison import BY_USER
from recommender.evaluation.contenders import Fitted, FittedRecommender
from recommender.evaluation.evaluate import rated_catalogue
from recommender.evaluation.nested import known_part, new_user_parts, random_parts
from recommender.evaluation.protocols import protocol_k, protocol_n, protocol_r
from recommender.evaluation.splits import PROFILE_SIZES, Fold
from recommender.heads import Heads
from recommender.heads_training import train_ranking, train_rating
from recommender.interactions import Interactions, newest_only
from recommender.metadata import Metadata
from recommender.popularity import popularity_ranking
from recommender.training import assembled

Head = Literal["ranking", "reranker", "rating"]

KNOWN_WEIGHT = 0.5
"""What a point of NDCG for known users counts beside one for new users: the bot's members come new, and the
validation for known users is half as precise."""

WARM_SIZES = tuple(size for size in PROFILE_SIZES if size)

Values = Mapping[str, float]
"""Parameters by name."""

Figures = dict[str, dict[str, Any]]
"""By protocol, as `evaluate` gives them."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A field of a configuration's section, and the range it is searched in (`log`: by its logarithm)."""

    section: Literal["ranking", "rating"]
    name: str
    low: float
    high: float
    log: bool = False

    @property
    def is_whole(self) -> bool:
        return isinstance(self.low, int)

    def of(self, config: TrainingConfig) -> float:
        value: float = getattr(getattr(config, self.section), self.name)
        return value

    def reaching(self, value: float) -> Self:
        """The same with a range that includes a value."""
        low, high = min(self.low, value), max(self.high, value)
        return replace(self, low=low, high=high, log=self.log and low > 0)


SPACES: Mapping[Head, tuple[Parameter, ...]] = {
    "ranking": (
        Parameter("ranking", "dimensions", 64, 768, log=True),
        Parameter("ranking", "activity", 0.5, 1.0),
        Parameter("ranking", "damping", 5.0, 150.0, log=True),
        Parameter("ranking", "liked_at", 0.3, 0.75),
        Parameter("ranking", "liked_slope", 2.0, 15.0, log=True),
        Parameter("ranking", "disliked_at", 0.2, 0.6),
        Parameter("ranking", "dislike_target", 0.0, 1.5),
        Parameter("ranking", "popularity", 0.0, 1.0),
    ),
    "reranker": (
        Parameter("ranking", "rerank_dimensions", 64, 384, log=True),
        Parameter("ranking", "rerank_hidden", 4, 48, log=True),
        Parameter("ranking", "rerank_networks", 1, 5),
        Parameter("ranking", "told_epochs", 2, 20, log=True),
        Parameter("ranking", "history_epochs", 4, 40, log=True),
    ),
    "rating": (
        Parameter("rating", "dimensions", 4, 32, log=True),
        Parameter("rating", "pattern_dimensions", 4, 32, log=True),
        Parameter("rating", "sweeps", 6, 20),
    ),
}
"""What is searched for each part of a model. What the training learns by itself (priors, noise) is not here."""


def parameters_of(config: TrainingConfig, head: Head) -> dict[str, float]:
    return {parameter.name: parameter.of(config) for parameter in SPACES[head]}


def with_parameters(config: TrainingConfig, head: Head, values: Values) -> TrainingConfig:
    """The configuration with other values of this head's parameters."""
    sections: dict[str, dict[str, Any]] = {}
    for parameter in SPACES[head]:
        value = values[parameter.name]
        sections.setdefault(parameter.section, {})[parameter.name] = int(value) if parameter.is_whole else float(value)
    changed: dict[str, Any] = {name: replace(getattr(config, name), **fields) for name, fields in sections.items()}
    return replace(config, **changed)


@dataclass(frozen=True, slots=True)
class Measured:
    """How good a configuration is. The higher `score` the better; `by_user` is what two of them are compared by."""

    score: float
    figures: Figures
    by_user: dict[str, Any]  # protocol to [users], [users, profile sizes], or [splits] of stars


@dataclass(frozen=True, slots=True)
class Validation:
    """The parts of a ratings table that parameters are chosen on; the protocols' tests are not among them."""

    ratings: pd.DataFrame
    catalogue: pd.DataFrame
    new_users: tuple[Fold, ...]  # rows of `ratings`
    known: pd.DataFrame
    by_seed: dict[int, pd.DataFrame]
    stars: dict[Hashable, BilinearRating] = field(default_factory=dict, repr=False, compare=False)
    """Trained so far, for the lists: no choice of theirs changes the stars that they are ordered by."""

    @classmethod
    def of(cls, ratings: pd.DataFrame, movies: pd.DataFrame | None, head: Head, most: int) -> Self:
        """What the head needs, each part with at most about `most` ratings; raises NotEnoughDataError."""
        ratings = newest_only(ratings).reset_index(drop=True)
        catalogue = rated_catalogue(ratings, movies)
        if head == "rating":
            found = cls(ratings, catalogue, (), ratings.iloc[:0], random_parts(ratings, most))
        else:
            found = cls(ratings, catalogue, tuple(new_user_parts(ratings, most)), known_part(ratings, most), {})
        if not found.trainings:
            raise NotEnoughDataError(len(ratings))
        return found

    @property
    def trainings(self) -> int:
        """Trainings that measuring one configuration takes."""
        return len(self.new_users) + (len(self.known) > 0) + len(self.by_seed)

    def measure(self, config: TrainingConfig, head: Head, on_training: Callable[[], None]) -> Measured:
        """Train and measure the head on every split; `on_training` is called before each training."""
        part = _Part(config, head, on_training, self.stars)
        found: Figures = {}
        if self.new_users:
            found["N"] = protocol_n(part, self.ratings, self.catalogue, WARM_SIZES, self.new_users)
        if len(self.known):
            found["K"] = protocol_k(part, self.known, self.catalogue)
        if self.by_seed:
            found["R"] = self._stars(part)
        by_user = {protocol: figures.pop(BY_USER) for protocol, figures in found.items() if BY_USER in figures}
        return Measured(_score(found), found, by_user)

    def _stars(self, part: "_Part") -> dict[str, Any]:
        """Errors over the seeds; what is compared is the RMSE of each."""
        found = [protocol_r(part, ratings, self.catalogue, (seed,)) for seed, ratings in self.by_seed.items()]
        by_seed = [figures for figures in found if figures is not None]
        names = ("rmse", "mae", "seconds", "peak_mb")
        means = {name: float(np.mean([figures[name] for figures in by_seed])) for name in names}
        return {**means, BY_USER: np.array([figures["rmse"] for figures in by_seed])}


def _score(figures: Figures) -> float:
    if "R" in figures:
        return -float(figures["R"]["rmse"])
    new = figures.get("N", {}).get("ndcg@10", {}).get("mean", 0.0)
    return float(new + KNOWN_WEIGHT * figures.get("K", {}).get("ndcg@10", 0.0))


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a model as a contender: stars beside mere popularity, or lists as they are served."""

    config: TrainingConfig
    head: Head
    on_training: Callable[[], None]
    stars: dict[Hashable, BilinearRating]

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> Fitted:
        self.on_training()
        data = Interactions.from_frame(ratings, catalogue)
        ranking = replace(self.config.ranking, rerank=self.head == "reranker")
        config = replace(self.config, ranking=ranking)
        if self.head == "rating":
            stars, _ = train_rating(data, catalogue, config)
            heads = Heads(popularity_ranking(data, ranking), stars)
        else:
            first, second = train_ranking(data, catalogue, config)
            stars = self._stars(ratings, data, catalogue)
            heads = Heads(first, stars, second, Metadata.of(catalogue, data.movies))
        return FittedRecommender(assembled(data, config, heads))

    def _stars(self, ratings: pd.DataFrame, data: Interactions, catalogue: pd.DataFrame) -> BilinearRating:
        """Those of this part of the table, which is told by its rows."""
        config = self.config
        key = (config.seed, config.validation_share, config.rating, ratings.index.to_numpy().tobytes())
        if key not in self.stars:
            self.stars[key], _ = train_rating(data, catalogue, config)
        return self.stars[key]
