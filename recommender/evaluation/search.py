"""A search for better parameters with Optuna: begun with those in use, kept in a file, and taken up again.

The only module that imports the optional library.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import optuna
from optuna.distributions import BaseDistribution, FloatDistribution, IntDistribution
from optuna.storages import BaseStorage, InMemoryStorage, JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna.trial import FrozenTrial, Trial, TrialState

from recommender.config import TrainingConfig
from recommender.errors import NonFiniteLossError
from recommender.evaluation.comparison import BY_USER, compared
from recommender.evaluation.tuning import SPACES, Head, Measured, Parameter, Validation, parameters_of, with_parameters
from recommender.progress import OnProgress, Progress

BASE, FIGURES, COMPARED, OF_BASE = "is_base", "figures", "compared", "by_user"
"""Names in a trial's notes; only the base keeps its figures by user."""

DECIMALS = 5
"""Of the figures by user, which are kept for comparison alone."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One choice of parameters. `compared` is its paired difference from the base by protocol; the base has none."""

    number: int
    values: dict[str, float]
    score: float
    figures: dict[str, Any]
    compared: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to; `interrupted` says that somebody stopped it."""

    base: Tried
    best: Tried
    trials: int
    interrupted: bool


class Search:
    """Raises OSError or ValueError where the storage file cannot be used."""

    def __init__(
        self, validation: Validation, head: Head, base: TrainingConfig, data_name: str, storage: Path | None
    ) -> None:
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self._validation = validation
        self._head = head
        self._base = base
        start = parameters_of(base, head)
        self._distributions = {one.name: _distribution(one.reaching(start[one.name])) for one in SPACES[head]}
        self._study = optuna.create_study(
            storage=_storage(storage),
            study_name=f"{head} {data_name} {_fingerprint(base, validation)}",
            direction="maximize",
            load_if_exists=True,
        )
        # A new process does not draw again what the one before it drew.
        self._study.sampler = optuna.samplers.TPESampler(seed=base.seed + len(self._study.trials))

    def run(self, trials: int, timeout_s: float | None, on_progress: OnProgress) -> Found:
        """Measure the base and then other choices until there are `trials`, those kept in the storage included.

        None is begun after `timeout_s`, but the base always is. Ctrl-C ends the search with what there is, and raises
        KeyboardInterrupt where that is nothing.
        """
        count = _Count(trials, self._validation.trainings, on_progress)
        base = self._kept_base() or self._measure_base(count)
        interrupted = False
        while (done := len(self._completed())) < trials and (timeout_s is None or count.seconds < timeout_s):
            count.begin(done)
            try:
                self._try_another(base, count)
            except KeyboardInterrupt:
                interrupted = True
                break
        completed = self._completed()
        best = max(completed, key=lambda trial: (_score(trial), -trial.number))  # of equal ones the first
        return Found(_tried(base), _tried(best), len(completed), interrupted)

    def _measure_base(self, count: "_Count") -> FrozenTrial:
        self._study.enqueue_trial(parameters_of(self._base, self._head))
        trial = self._study.ask(self._distributions)
        measured = self._measure(trial, count)
        trial.set_user_attr(BASE, True)
        by_user = {name: np.round(values, DECIMALS).tolist() for name, values in measured.by_user.items()}
        trial.set_user_attr(OF_BASE, by_user)
        return self._study.tell(trial, measured.score)

    def _try_another(self, base: FrozenTrial, count: "_Count") -> None:
        """Measure one more choice; one whose training diverges is noted and passed over."""
        trial = self._study.ask(self._distributions)
        try:
            measured = self._measure(trial, count)
        except NonFiniteLossError:
            return
        trial.set_user_attr(COMPARED, _differences(base.user_attrs, measured))
        self._study.tell(trial, measured.score)

    def _measure(self, trial: Trial, count: "_Count") -> Measured:
        try:
            config = with_parameters(self._base, self._head, trial.params)
            measured = self._validation.measure(config, self._head, count.tell)
        except BaseException:
            self._study.tell(trial, state=TrialState.FAIL)
            raise
        trial.set_user_attr(FIGURES, measured.figures)
        return measured

    def _kept_base(self) -> FrozenTrial | None:
        return next((trial for trial in self._completed() if trial.user_attrs.get(BASE)), None)

    def _completed(self) -> list[FrozenTrial]:
        return self._study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))


@dataclass(slots=True)
class _Count:
    """Trainings so far, of all that are to come."""

    trials: int
    trainings: int  # of one trial
    on_progress: OnProgress
    trial: int = 0
    step: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def begin(self, trial: int) -> None:
        self.trial, self.step = trial, trial * self.trainings

    def tell(self) -> None:
        stage = f"trial {self.trial + 1} of {self.trials}"
        self.on_progress(Progress(stage, self.step, self.trials * self.trainings, None, None, self.seconds))
        self.step += 1


def _storage(path: Path | None) -> BaseStorage:
    """The journal in a file; raises OSError, or ValueError for a file of something else, which is left as it is."""
    if path is None:
        return InMemoryStorage()
    if path.exists():
        with path.open(encoding="utf-8") as file:
            first = file.readline()
        if first and "op_code" not in json.loads(first):
            raise ValueError(f"{path} is no journal")
    return JournalStorage(JournalFileBackend(str(path)))


def _fingerprint(base: TrainingConfig, validation: Validation) -> str:
    """Figures of other ratings, or from another base, are another search."""
    folds = [len(fold.training) for fold in validation.new_users]
    identity = json.dumps([base.to_dict(), len(validation.ratings), folds])
    return sha256(identity.encode()).hexdigest()[:12]


def _distribution(parameter: Parameter) -> BaseDistribution:
    if parameter.is_whole:
        return IntDistribution(int(parameter.low), int(parameter.high), log=parameter.log)
    return FloatDistribution(float(parameter.low), float(parameter.high), log=parameter.log)


def _differences(of_base: Mapping[str, Any], measured: Measured) -> dict[str, Any]:
    """By protocol the paired difference from the base and its standard error."""
    found = {}
    for protocol, by_user in measured.by_user.items():
        rows = {
            "base": {**of_base[FIGURES][protocol], BY_USER: np.array(of_base[OF_BASE][protocol], dtype=np.float64)},
            "found": {**measured.figures[protocol], BY_USER: by_user},
        }
        found[protocol] = compared(rows)["found"].get("compared", {})
    return found


def _score(trial: FrozenTrial) -> float:
    return float(trial.values[0])


def _tried(trial: FrozenTrial) -> Tried:
    notes = trial.user_attrs
    return Tried(trial.number, dict(trial.params), _score(trial), notes[FIGURES], notes.get(COMPARED, {}))
