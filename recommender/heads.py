"""The heads of a model together: "which ten?" and "how many stars?", and how they are kept."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.bilinear_rating import BilinearRating
from recommender.config import TrainingConfig
from recommender.metadata import Metadata
from recommender.network import NetworkRating, RankingByRating, TrainedUsers
from recommender.progress import Epoch
from recommender.ranking import AutoencoderRanking, RankingHead, unit_rows, weightings_of
from recommender.rating import LinearRating, RatingHead
from recommender.reranker import Reranker
from recommender.tensors import Tensors, checked, prefixed, under
from recommender.vocabulary import FloatArray

RANKING, RATING, RERANKER, METADATA = "ranking.", "rating.", "reranker.", "metadata."
EXPECTED_SUPPORT = "expected_support"

GENRE_LENGTH = 0.4
"""Length of a film's genres beside its embedding of unit length."""


@dataclass(frozen=True, slots=True)
class Heads:
    ranking: RankingHead
    rating: RatingHead
    reranker: Reranker | None = None
    metadata: Metadata | None = None
    """None in models that were saved before there was any, and where the configuration learns nothing from it."""
    expected_support: FloatArray | None = None
    """[movies] ratings that a film has, or that one few know would have; None where nothing is known of that."""

    def tensors(self) -> dict[str, FloatArray]:
        """Every tensor of all of them under one flat set of names."""
        reranker = self.reranker.tensors() if self.reranker else {}
        metadata = self.metadata.tensors() if self.metadata else {}
        heads = prefixed(RANKING, self.ranking.tensors()) | prefixed(RATING, self.rating.tensors())
        expected = {} if self.expected_support is None else {EXPECTED_SUPPORT: self.expected_support}
        return heads | prefixed(RERANKER, reranker) | prefixed(METADATA, metadata) | expected

    def item_embeddings(self) -> FloatArray:
        """[movies, d] unit vectors, or zeros, whose cosines are the similarity of films: who likes them, and genres."""
        embeddings = self.ranking.embeddings()
        if self.reranker is None:
            return embeddings
        genres = unit_rows(self.reranker.features.statistics.idf_genres())
        return unit_rows(np.concatenate([embeddings, GENRE_LENGTH * genres], axis=1))

    def co_liking(self, embeddings: FloatArray) -> FloatArray:
        """[movies, d] the part of `item_embeddings` that says who likes a film; a view, not of unit length."""
        genres = self.reranker.features.statistics.genres.shape[1] if self.reranker else 0
        return embeddings[:, : embeddings.shape[1] - genres]

    @classmethod
    def of(cls, tensors: Tensors, movies: int, config: TrainingConfig, limits: tuple[float, float]) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        for name in (RANKING + "outputs", RATING + "features"):
            if name in tensors and len(tensors[name]) != movies:
                raise ValueError(f"{name} has parameters of {len(tensors[name])} films for {movies} ids")
        rating = under(RATING, tensors)
        if config.kind == "notebook":
            network = NetworkRating.of(rating, limits)
            return cls(RankingByRating(network), network)
        is_bilinear = config.kind == "factors" and not config.implicit
        head: type[BilinearRating | LinearRating] = BilinearRating if is_bilinear else LinearRating
        first = AutoencoderRanking.of(under(RANKING, tensors), *weightings_of(config, limits))
        second = under(RERANKER, tensors)
        about = under(METADATA, tensors)
        return cls(
            first,
            head.of(rating, limits),
            Reranker.of(second, first, limits) if second else None,
            Metadata.restored(about, movies) if about else None,
            _expected_support(tensors, movies),
        )


def _expected_support(tensors: Tensors, movies: int) -> FloatArray | None:
    if EXPECTED_SUPPORT not in tensors:
        return None
    expected: FloatArray = checked({"it": tensors[EXPECTED_SUPPORT]}, it=(movies,))["it"]
    return expected


Trained = tuple[Heads, list[Epoch], TrainedUsers | None]
"""What a training of any kind makes."""
