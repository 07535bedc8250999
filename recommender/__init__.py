"""The recommender: trained on a ratings table, asked with a dict of ratings."""

from recommender.clusters import TasteCluster
from recommender.config import TrainingConfig
from recommender.errors import (
    DamagedModelError,
    NonFiniteLossError,
    NotEnoughDataError,
    RecommenderError,
    TrainingCancelled,
    UnknownMovieError,
)
from recommender.model import Recommender
from recommender.progress import Epoch, Progress
from recommender.recommendation import Explanation, Reason, Recommendation, SimilarMovie
from recommender.training import train

__all__ = [
    "DamagedModelError",
    "Epoch",
    "Explanation",
    "NonFiniteLossError",
    "NotEnoughDataError",
    "Progress",
    "Reason",
    "Recommendation",
    "Recommender",
    "RecommenderError",
    "SimilarMovie",
    "TasteCluster",
    "TrainingCancelled",
    "TrainingConfig",
    "UnknownMovieError",
    "train",
]
