"""What can go wrong with a recommender. Every error carries its data and has a usable plain `str()`.

RecommenderError
├── NotEnoughDataError     there is nothing to train on
├── UnknownMovieError      a film the model has never heard of (also a KeyError)
├── TrainingCancelled      the progress callback said stop
├── NonFiniteLossError     the training diverged, or the ratings hold a NaN
└── DamagedModelError      a model folder that cannot be trusted
"""

from pathlib import Path


class RecommenderError(Exception):
    """Anything this package refuses to do."""


class NotEnoughDataError(RecommenderError):
    def __init__(self, ratings: int) -> None:
        super().__init__(f"{ratings} ratings are not enough to train on")
        self.ratings = ratings


class UnknownMovieError(RecommenderError, KeyError):
    def __init__(self, movie_id: int) -> None:
        super().__init__(movie_id)
        self.movie_id = movie_id

    def __str__(self) -> str:  # KeyError would print the bare id
        return f"the model knows no film {self.movie_id}"


class TrainingCancelled(RecommenderError):  # noqa: N818 - the contract's name; it is an outcome, not a fault
    def __init__(self, stage: str, step: int) -> None:
        super().__init__(f"training was cancelled in stage {stage!r} after step {step}")
        self.stage = stage
        self.step = step


class NonFiniteLossError(RecommenderError):
    def __init__(self, stage: str, step: int, loss: float) -> None:
        super().__init__(f"the loss became {loss} in stage {stage!r}, step {step}")
        self.stage = stage
        self.step = step
        self.loss = loss


class DamagedModelError(RecommenderError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"the model in {path} is damaged: {reason}")
        self.path = path
        self.reason = reason
