"""How good the recommendations are: the protocols R, K and N, baselines, and a reference model."""

from recommender.evaluation.contenders import Contender, Fitted
from recommender.evaluation.ease import Ease
from recommender.evaluation.evaluate import PROTOCOLS, evaluate

__all__ = ["PROTOCOLS", "Contender", "Ease", "Fitted", "evaluate"]
