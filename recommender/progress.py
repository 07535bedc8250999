"""Telling the caller how a training goes, and asking whether to go on."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from recommender.errors import NonFiniteLossError, TrainingCancelled

TICK_INTERVAL_S = 0.2
"""Least time between two reports from within an epoch."""


@dataclass(frozen=True, slots=True)
class Whole:
    """How much of all trainings of a run is done, from 0 to 1 and never less than before, so many seconds in."""

    share: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Progress:
    """`step` of `steps` epochs of `stage` are done, `seconds` after it began. Losses may be unknown.

    `whole` is there where the stage is part of a run whose length is known.
    """

    stage: str
    step: int
    steps: int
    loss: float | None
    val_loss: float | None
    seconds: float
    whole: Whole | None = None

    @property
    def share(self) -> float:
        """What is done, of the whole where that is known, else of the stage."""
        return self.whole.share if self.whole is not None else min(1.0, self.step / max(self.steps, 1))


OnProgress = Callable[[Progress], bool | None]
"""Returning False stops the training."""


_SHARES = {
    "validation": 0.22,
    "stars": 0.10,
    "simulated members": 0.44,
    "re-ranking": 0.17,
    "ranking": 0.07,
}
"""About what part of a training's time its stages take, in their order; another configuration has one stage."""


class Course:
    """The way through several trainings, one after the other: adds the whole to each report.

    A stage that ends early, or does not take place, is jumped over.
    """

    def __init__(self, trainings: int, on_progress: OnProgress | None) -> None:
        self._trainings = trainings
        self._on_progress = on_progress
        self._begun = 0
        self._share = 0.0
        self._started = time.perf_counter()

    def training(self, name: str | None = None) -> OnProgress | None:
        """The callback of the next training; its stages are called by its name."""
        if self._on_progress is None:
            return None
        on_progress, before = self._on_progress, self._begun
        self._begun += 1

        def report(progress: Progress) -> bool | None:
            self._share = max(self._share, (before + _done(progress)) / self._trainings)
            whole = Whole(self._share, time.perf_counter() - self._started)
            stage = f"{name}: {progress.stage}" if name is not None else progress.stage
            return on_progress(replace(progress, stage=stage, whole=whole))

        return report


def _done(progress: Progress) -> float:
    """The share of one training that is done."""
    if progress.stage not in _SHARES:
        return progress.share
    stages = list(_SHARES)
    earlier = sum(_SHARES[stage] for stage in stages[: stages.index(progress.stage)])
    return earlier + _SHARES[progress.stage] * progress.share


@dataclass(frozen=True, slots=True)
class Epoch:
    """One pass over the data: training and validation loss after it, and how long it took."""

    epoch: int
    loss: float
    val_loss: float | None
    seconds: float


class Reporter:
    """Collects the epochs of one stage and reports each, and now and then the way through a long one."""

    def __init__(self, stage: str, steps: int, on_progress: OnProgress | None) -> None:
        self.stage = stage
        self.steps = steps
        self.history: list[Epoch] = []
        self._done = 0
        self._on_progress = on_progress
        self._started = self._epoch_started = self._reported = time.perf_counter()
        self._report(None, None)

    def tick(self) -> None:
        """Call often within an epoch; raises TrainingCancelled when asked to stop."""
        if time.perf_counter() - self._reported >= TICK_INTERVAL_S:
            last = self.history[-1:]
            self._report(*((last[0].loss, last[0].val_loss) if last else (None, None)))

    def epoch(self, loss: float, val_loss: float | None = None) -> None:
        """Call after each epoch; raises NonFiniteLossError, TrainingCancelled."""
        number = len(self.history) + 1
        for one in (loss, val_loss):
            if one is not None and not math.isfinite(one):
                raise NonFiniteLossError(self.stage, number, one)
        now = time.perf_counter()
        self.history.append(Epoch(number, loss, val_loss, now - self._epoch_started))
        self._epoch_started = now
        self._done = number
        self._report(loss, val_loss)

    def done(self) -> None:
        """Call at the end of a stage that is one piece and has no loss; raises TrainingCancelled."""
        self._done = self.steps
        self._report(None, None)

    def _report(self, loss: float | None, val_loss: float | None) -> None:
        self._reported = time.perf_counter()
        if self._on_progress is None:
            return
        seconds = self._reported - self._started
        if self._on_progress(Progress(self.stage, self._done, self.steps, loss, val_loss, seconds)) is False:
            raise TrainingCancelled(self.stage, self._done)
