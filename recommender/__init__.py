"""The recommender: trained on a ratings table, asked with a dict of ratings."""

from typing import TYPE_CHECKING, Any

from recommender.clusters import TasteCluster
from recommender.config import TrainingConfig
from recommender.errors import (
    DamagedModelError,
    InvalidDataError,
    InvalidRatingError,
    ModelNotFoundError,
    NonFiniteLossError,
    NoStarsError,
    NotEnoughDataError,
    RecommenderError,
    TrainingCancelled,
    UnknownMovieError,
)
from recommender.film_stars import FilmStars
from recommender.groups import GroupPick, MemberFit, Strategy, recommend_for_group, weights_after
from recommender.model import Recommender
from recommender.progress import Epoch, Progress
from recommender.ratings_table import Columns
from recommender.recommendation import Explanation, Reason, Recommendation, SimilarMovie
from recommender.swiping import swipe_deck
from recommender.training import train
from recommender.vocabulary import RatingHistory

if TYPE_CHECKING:
    from recommender.evaluation import evaluate as evaluate

__all__ = [
    "Columns",
    "DamagedModelError",
    "Epoch",
    "Explanation",
    "FilmStars",
    "GroupPick",
    "InvalidDataError",
    "InvalidRatingError",
    "MemberFit",
    "ModelNotFoundError",
    "NoStarsError",
    "NonFiniteLossError",
    "NotEnoughDataError",
    "Progress",
    "RatingHistory",
    "Reason",
    "Recommendation",
    "Recommender",
    "RecommenderError",
    "SimilarMovie",
    "Strategy",
    "TasteCluster",
    "TrainingCancelled",
    "TrainingConfig",
    "UnknownMovieError",
    "evaluate",
    "recommend_for_group",
    "swipe_deck",
    "train",
    "weights_after",
]


def __getattr__(name: str) -> Any:
    """`evaluate` comes with torch, which whoever only serves does not load."""
    if name != "evaluate":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from recommender.evaluation import evaluate

    return evaluate
