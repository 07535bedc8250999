"""What can go wrong with a recommender. Every error carries its data and has a usable plain `str()`.

    RecommenderError
    ├── NotEnoughDataError     there is nothing to train on
    ├── UnknownMovieError      a film the model has never heard of (also a KeyError)
    ├── TrainingCancelled      the progress callback said stop
    ├── NonFiniteLossError     the training diverged, or a rating is not a number
    ├── DamagedModelError      a model folder that cannot be trusted
    ├── UnknownConfigError     neither a configuration's name nor its file
    ├── ConfigFileError        a configuration's file that cannot be used
    ├── DeviceMissingError     torch does not see the device that was asked for
    ├── NotSharedError         a kind of model that only a single process can train
    ├── ProcessMissingError    of a training in several processes, some never came
    ├── ProcessLostError       of a training in several processes, one is gone
    └── PeerMissingError       the extra `peers` is not installed

An error's `args` are its data, so it survives the way out of a training process.
"""

from pathlib import Path


class RecommenderError(Exception):
    """Anything this package refuses to do."""


class NotEnoughDataError(RecommenderError):
    def __init__(self, ratings: int) -> None:
        super().__init__(ratings)
        self.ratings = ratings

    def __str__(self) -> str:
        return f"{self.ratings} ratings are not enough to train on"


class UnknownMovieError(RecommenderError, KeyError):
    def __init__(self, movie_id: int) -> None:
        super().__init__(movie_id)
        self.movie_id = movie_id

    def __str__(self) -> str:
        return f"the model knows no film {self.movie_id}"


class TrainingCancelled(RecommenderError):  # noqa: N818 - the contract's name; it is an outcome, not a fault
    def __init__(self, stage: str, step: int) -> None:
        super().__init__(stage, step)
        self.stage = stage
        self.step = step

    def __str__(self) -> str:
        return f"training was cancelled in stage {self.stage!r} after step {self.step}"


class NonFiniteLossError(RecommenderError):
    def __init__(self, stage: str, step: int, loss: float) -> None:
        super().__init__(stage, step, loss)
        self.stage = stage
        self.step = step
        self.loss = loss

    def __str__(self) -> str:
        return f"the loss became {self.loss} in stage {self.stage!r}, step {self.step}"


class DamagedModelError(RecommenderError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"the model in {self.path} is damaged: {self.reason}"


class UnknownConfigError(RecommenderError):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known

    def __str__(self) -> str:
        return f"{self.name!r} is none of {', '.join(self.known)}, and no JSON file"


class ConfigFileError(RecommenderError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"the configuration {self.path} cannot be used: {self.reason}"


class PeerMissingError(RecommenderError):
    """A library that is only compared with is not installed."""

    def __init__(self, library: str) -> None:
        super().__init__(library)
        self.library = library

    def __str__(self) -> str:
        return f"{self.library} is not installed: pip install 'marquee-bot[peers]'"


class DeviceMissingError(RecommenderError):
    """`wanted` devices of that name are needed on this machine, `seen` GPUs are there."""

    def __init__(self, device: str, wanted: int, seen: int) -> None:
        super().__init__(device, wanted, seen)
        self.device = device
        self.wanted = wanted
        self.seen = seen

    def __str__(self) -> str:
        return f"{self.wanted} × {self.device!r} is wanted; torch sees {self.seen} GPUs here"


class NotSharedError(RecommenderError):
    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    def __str__(self) -> str:
        return f"models of kind {self.kind!r} are trained by one process"


class ProcessMissingError(RecommenderError):
    def __init__(self, size: int, timeout_s: float) -> None:
        super().__init__(size, timeout_s)
        self.size = size
        self.timeout_s = timeout_s

    def __str__(self) -> str:
        return f"not all of the {self.size} processes came within {self.timeout_s:g} s"


class ProcessLostError(RecommenderError):
    """One has ended or hangs, or the launcher has asked this one to end, which it does when another has ended."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size

    def __str__(self) -> str:
        return f"one of the {self.size} processes has ended or hangs"
