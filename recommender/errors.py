"""What can go wrong with a recommender. Every error carries its data and has a usable plain `str()`.

    RecommenderError
    ├── NotEnoughDataError     there is nothing to train on
    ├── InvalidDataError       a table whose columns or values make no sense (also a ValueError)
    ├── InvalidRatingError     a profile's rating that makes no sense (also a ValueError)
    ├── NoStarsError           stars were asked of implicit feedback, which holds none
    ├── UnknownMovieError      a film the model has never heard of (also a KeyError)
    ├── TrainingCancelled      the progress callback said stop
    ├── NonFiniteLossError     the training diverged
    ├── DamagedModelError      a model folder that cannot be trusted
    │   └── ModelNotFoundError     there is none
    ├── UnknownConfigError     neither a configuration's name nor its file
    ├── ConfigFileError        a configuration's file that cannot be used
    ├── SplitFileError         a file of a published split that cannot be used
    ├── DeviceMissingError     torch does not see the device that was asked for
    ├── NotSharedError         a kind of model that only a single process can train
    ├── ProcessMissingError    of a training in several processes, some never came
    ├── ProcessLostError       of a training in several processes, one is gone
    └── PeerMissingError       the extra `peers` is not installed

They are not frozen: whoever passes an exception on sets its `__traceback__`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar


class RecommenderError(Exception):
    """Anything this package refuses to do. `sentence` is what `str()` says, with the fields in braces."""

    sentence: ClassVar[str] = ""

    def __post_init__(self) -> None:
        self.args = tuple(vars(self).values())  # what an exception is pickled by, on its way out of a process

    def __str__(self) -> str:
        return self.sentence.format(**vars(self)) if self.sentence else super().__str__()


@dataclass(eq=False)
class NotEnoughDataError(RecommenderError):
    sentence = "{ratings} ratings are not enough to train on"
    ratings: int


@dataclass(eq=False)
class InvalidDataError(RecommenderError, ValueError):
    """`row` counts the table's rows from 0; None where it is about the whole column."""

    column: str
    row: int | None
    value: Any
    expected: str

    def __str__(self) -> str:
        place = "" if self.row is None else f", row {self.row}: {self.value!r}"
        return f"column {self.column!r}{place} is not {self.expected}"


@dataclass(eq=False)
class InvalidRatingError(RecommenderError, ValueError):
    sentence = "the rating {rating!r} of film {movie_id!r} is not on the scale of the data, {low:g} to {high:g}"
    movie_id: Any
    rating: Any
    low: float
    high: float


@dataclass(eq=False)
class NoStarsError(RecommenderError):
    sentence = "the data are implicit feedback: stars can neither be learned nor predicted"


@dataclass(eq=False)
class UnknownMovieError(RecommenderError, KeyError):
    sentence = "the model knows no film {movie_id}"
    movie_id: Any


@dataclass(eq=False)
class TrainingCancelled(RecommenderError):  # noqa: N818 - the contract's name; it is an outcome, not a fault
    sentence = "training was cancelled in stage {stage!r} after step {step}"
    stage: str
    step: int


@dataclass(eq=False)
class NonFiniteLossError(RecommenderError):
    sentence = "the loss became {loss} in stage {stage!r}, step {step}"
    stage: str
    step: int
    loss: float


@dataclass(eq=False)
class DamagedModelError(RecommenderError):
    sentence = "the model in {path} is damaged: {reason}"
    path: Path
    reason: str


@dataclass(eq=False)
class ModelNotFoundError(DamagedModelError):
    sentence = "there is no model in {path}"
    reason: str = "there is none"


@dataclass(eq=False)
class UnknownConfigError(RecommenderError):
    name: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name!r} is none of {', '.join(self.known)}, and no JSON file"


@dataclass(eq=False)
class ConfigFileError(RecommenderError):
    sentence = "the configuration {path} cannot be used: {reason}"
    path: Path
    reason: str


@dataclass(eq=False)
class SplitFileError(RecommenderError):
    """`reason` names the line and the value where one is wrong."""

    sentence = "the split file {path} cannot be used: {reason}"
    path: Path
    reason: str


@dataclass(eq=False)
class PeerMissingError(RecommenderError):
    """A library that is only compared with is not installed."""

    sentence = "{library} is not installed: pip install 'marquee-bot[peers]'"
    library: str


@dataclass(eq=False)
class DeviceMissingError(RecommenderError):
    """`wanted` devices of that name are needed on this machine, `seen` GPUs are there."""

    sentence = "{wanted} × {device!r} is wanted; torch sees {seen} GPUs here"
    device: str
    wanted: int
    seen: int


@dataclass(eq=False)
class NotSharedError(RecommenderError):
    sentence = "models of kind {kind!r} are trained by one process"
    kind: str


@dataclass(eq=False)
class ProcessMissingError(RecommenderError):
    sentence = "not all of the {size} processes came within {timeout_s:g} s"
    size: int
    timeout_s: float


@dataclass(eq=False)
class ProcessLostError(RecommenderError):
    """One has ended or hangs, or the launcher has asked this one to end, which it does when another has ended."""

    sentence = "one of the {size} processes has ended or hangs"
    size: int
