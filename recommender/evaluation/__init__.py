"""How good the recommendations are: the protocols R, K, N, S, D and C, published splits, groups, baselines."""

from recommender.evaluation.contenders import Contender, Fitted
from recommender.evaluation.ease import Ease
from recommender.evaluation.evaluate import EVERY_PROTOCOL, PROTOCOLS, evaluate
from recommender.evaluation.groups import evaluate_groups
from recommender.evaluation.split_evaluation import evaluate_split
from recommender.evaluation.split_files import SplitFiles

__all__ = [
    "EVERY_PROTOCOL",
    "PROTOCOLS",
    "Contender",
    "Ease",
    "Fitted",
    "SplitFiles",
    "evaluate",
    "evaluate_groups",
    "evaluate_split",
]
