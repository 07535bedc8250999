"""The two heads of a model together: "which ten?" and "how many stars?", and how they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.config import TrainingConfig
from recommender.crossed_stars import CrossedStars
from recommender.network import NetworkStars, StarOrder, TrainedUsers
from recommender.progress import Epoch
from recommender.ranking import AutoencoderRanking, Liking, RankingHead, unit_rows
from recommender.rating import LinearStars, RatingHead, under
from recommender.reranker import Reranker
from recommender.vocabulary import FloatArray

RANKING, RATING, RERANKER = "ranking.", "rating.", "reranker."

GENRES_ALIKE = 0.4
"""Length of a film's genres beside its direction of unit length."""


@dataclass(frozen=True, slots=True)
class Heads:
    ranking: RankingHead
    rating: RatingHead
    reranker: Reranker | None = None

    def tensors(self) -> dict[str, FloatArray]:
        """Every tensor of all of them under one flat set of names."""
        ranking = {RANKING + name: tensor for name, tensor in self.ranking.tensors().items()}
        rating = {RATING + name: tensor for name, tensor in self.rating.tensors().items()}
        reranker = self.reranker.tensors() if self.reranker else {}
        return ranking | rating | {RERANKER + name: tensor for name, tensor in reranker.items()}

    def likeness(self) -> FloatArray:
        """[movies, d] unit vectors, or zeros, whose cosines say how alike films are: who likes them, and genres."""
        directions = self.ranking.directions()
        if self.reranker is None:
            return directions
        genres = unit_rows(self.reranker.features.facts.telling_genres())
        return unit_rows(np.concatenate([directions, GENRES_ALIKE * genres], axis=1))

    @property
    def movies(self) -> int:
        """The number of films both heads have parameters for; raises ValueError where they differ."""
        sizes = {self.ranking.movies, self.rating.movies}
        if len(sizes) > 1:
            raise ValueError(f"the heads know different numbers of films: {sorted(sizes)}")
        return sizes.pop()

    @classmethod
    def of(cls, tensors: Mapping[str, FloatArray], config: TrainingConfig, limits: tuple[float, float]) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        ranking, rating = under(RANKING, tensors), under(RATING, tensors)
        if config.kind == "notebook":
            network = NetworkStars.of(rating, limits)
            return cls(StarOrder(network), network)
        liking = Liking.of(config.ranking, limits)
        stars: type[CrossedStars | LinearStars] = CrossedStars if config.kind == "factors" else LinearStars
        first = AutoencoderRanking.of(ranking, liking)
        second = under(RERANKER, tensors)
        return cls(first, stars.of(rating, limits), Reranker.of(second, first, limits) if second else None)


Trained = tuple[Heads, list[Epoch], TrainedUsers | None]
"""What a training of any kind makes."""
