"""Training in the background: one run at a time, on a snapshot, gated, swapped in as one reference."""

import asyncio
import contextlib
import json
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from bot.errors import UserError
from bot.models import ModelRegistry
from bot.training.job import LossPlot, TrainingJob, TrainingReport
from bot.training.memory import peak_mb
from bot.training.process import Aborted, Stamped, TrainingProcess
from bot.training.snapshot import snapshot_file, write_movies, write_snapshot
from bot.waiting import Wait, wait_directly
from data import Dataset
from data.store import REFUSAL_TOLD, RETRAIN_WANTED, Store
from data.store.runs import Outcome
from recommender import TrainingConfig

log = logging.getLogger(__name__)

T = TypeVar("T")


class NotOperatorError(UserError):
    """An operator's command."""


@dataclass(eq=False)
class RetrainTooSoonError(UserError):
    """`wait_s` seconds and `wanted_ratings` more ratings are missing until the next training."""

    wait_s: float
    wanted_ratings: int


@dataclass(eq=False)
class RetrainRunningError(UserError):
    """One training at a time; `stage` and `percent` say how far the running one is."""

    stage: str
    percent: int


class NoRetrainRunningError(UserError):
    """Nothing to cancel."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended; `report` is there where the training itself came to an end."""

    run_id: int
    outcome: Outcome
    version: str | None = None
    reason: str | None = None
    report: TrainingReport | None = None


OnProgress = Callable[[Stamped], None]
OnEnd = Callable[[RunResult], Awaitable[None]]


@dataclass(slots=True)
class Run:
    """The run that is going on. `progress` is the newest report of the training process."""

    run_id: int
    requested_by: int | None
    last_write_id: int | None = None
    progress: Stamped | None = None
    process: TrainingProcess | None = None
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    result: RunResult | None = None
    on_progress: OnProgress | None = None
    on_end: OnEnd | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a training is due by itself: both must hold. `every` None means never.

    After a member was deleted the ratings are not waited for: the model in use was, perhaps, trained on theirs.
    """

    every: timedelta | None
    min_new_ratings: int


def _verdict(result: RunResult, seconds: float) -> str:
    """What came of a run, as an operator reads it in the log."""
    told = " ".join(filter(None, (result.outcome, result.version, result.reason)))
    peak = None if result.report is None else result.report.peak_mb
    memory = [
        f"{mb:.0f} MB in {where}" for mb, where in ((peak, "its process"), (peak_mb(), "the bot")) if mb is not None
    ]
    return f"{told} after {seconds:.0f} s" + (f"; at most {' and '.join(memory)}" if memory else "")


@dataclass(slots=True)
class TrainingService:
    """Use cases of training. At most one run; its process is made for it and ends with it."""

    store: Store
    models: ModelRegistry
    dataset: Dataset
    schedule: Schedule
    plot: LossPlot
    wait: Wait = wait_directly
    config: TrainingConfig = field(default_factory=TrainingConfig)
    run: Run | None = field(default=None, init=False)
    _task: asyncio.Task[None] | None = field(default=None, init=False)

    @property
    def running(self) -> bool:
        return self.run is not None

    async def start(self, requested_by: int | None, at: int, *, force: bool = False) -> Run:
        """Begin a run and return at once; raises RetrainRunningError while another one runs."""
        if self.run is not None:
            raise self._already_running(self.run)
        # Claimed before the first await, so that two calls in one breath cannot both start.
        run = self.run = Run(-1, requested_by)
        try:
            run.last_write_id = await self.store.ratings.last_write_id()
            ratings = await self.store.ratings.count()
            run.run_id = await self.store.runs.begin(requested_by, run.last_write_id, ratings, at)
        except BaseException:
            self.run = None
            raise
        self._task = asyncio.create_task(self._train(run, force, at), name=f"training {run.run_id}")
        return run

    async def follow(self, run: Run, on_progress: OnProgress, on_end: OnEnd) -> None:
        """Report a run from now on; one that is over already is reported at once."""
        run.on_progress, run.on_end = on_progress, on_end
        if run.result is not None:
            await on_end(run.result)

    @staticmethod
    def _already_running(run: Run) -> RetrainRunningError:
        if run.progress is None:
            return RetrainRunningError("starting", 0)
        progress = run.progress.progress
        return RetrainRunningError(progress.stage, int(100 * progress.share))

    async def _train(self, run: Run, force: bool, at: int) -> None:
        began_s = time.monotonic()
        try:
            result = await self._outcome(run, force, at)
        except Exception:
            log.exception("training run %s failed", run.run_id)
            result = RunResult(run.run_id, "failed", reason="crashed")
        finally:
            if run.process is not None:
                run.process.close()
            self.run = None
        seconds = time.monotonic() - began_s
        ended_at = at + round(seconds)
        await self.store.runs.finish(run.run_id, result.outcome, result.version, result.reason, ended_at)
        log.info("training run %s: %s", run.run_id, _verdict(result, seconds))
        run.result = result
        if run.on_end is not None:
            await run.on_end(result)

    async def _outcome(self, run: Run, force: bool, at: int) -> RunResult:
        with snapshot_file(self.models.folder) as snapshot:
            wanted = await self.store.facts.get(RETRAIN_WANTED)  # before the ratings are read: see `Facts.clear`
            rows = await write_snapshot(self.store, snapshot, at)
            who = "nobody, it was due" if run.requested_by is None else f"member {run.requested_by}"
            log.info(
                "training run %s: asked for by %s; %s and %s chat ratings", run.run_id, who, self.dataset.name, rows
            )
            serving = self.models.serving
            job = TrainingJob(
                dataset=self.dataset.path,
                snapshot=snapshot,
                models=self.models.folder,
                config=self.config,
                current=self.models.config(),
                parent=serving.version if serving.is_trained else None,
                force=force,
                plot=self.plot,
                movies=await write_movies(self.models.catalogue, snapshot),
                last_write_id=run.last_write_id,
            )

            def note(stamped: Stamped) -> None:
                run.progress = stamped
                if run.on_progress is not None:
                    run.on_progress(stamped)

            if run.cancelled.is_set():
                return RunResult(run.run_id, "cancelled")
            run.process = TrainingProcess(job, note)
            try:
                end = await self.wait(asyncio.wrap_future(run.process.future))
            except BrokenProcessPool:
                if run.cancelled.is_set():
                    return RunResult(run.run_id, "cancelled")
                was_killed = await asyncio.to_thread(run.process.was_killed)
                return RunResult(run.run_id, "failed", reason="process_killed" if was_killed else "process_ended")
        if isinstance(end, Aborted):
            return self._aborted(run, end)
        return await self._promote_or_refuse(run, end, wanted)

    @staticmethod
    def _aborted(run: Run, end: Aborted) -> RunResult:
        log.info("training run %s was aborted: %s", run.run_id, end.detail)
        match end.reason:
            case "cancelled":
                return RunResult(run.run_id, "cancelled")
            case "non_finite_loss":
                return RunResult(run.run_id, "refused", reason=end.reason)
            case "unusable_data":
                return RunResult(run.run_id, "failed", reason=end.reason)

    async def _promote_or_refuse(self, run: Run, report: TrainingReport, wanted: str | None) -> RunResult:
        if report.version is None:
            return RunResult(run.run_id, "refused", reason=",".join(report.refused), report=report)
        await asyncio.to_thread(self.models.promote, report.version)
        if wanted is not None:
            await self.store.facts.clear(RETRAIN_WANTED, wanted)
        return RunResult(run.run_id, "promoted", report.version, report=report)

    async def cancel(self, run_id: int | None = None) -> None:
        """Stop the running training, or that one; raises NoRetrainRunningError. What serves goes on serving."""
        if self.run is None or run_id not in (None, self.run.run_id):
            raise NoRetrainRunningError
        self.run.cancelled.set()
        if self.run.process is not None:
            self.run.process.cancel()

    async def close(self) -> None:
        """End with the bot: a running training is ended and recorded as interrupted at the next start."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def notice_current(self) -> None:
        """Serve what `marquee train` has put in use beside the bot; asked every minute."""
        if self.models.is_moved() and (serving := await asyncio.to_thread(self.models.refresh)) is not None:
            log.info("serving %s, which another process has put in use", serving.version)

    async def start_if_due(self, now: int) -> Run | None:
        """The schedule's question, asked every minute: enough time and enough new ratings? The run that is begun."""
        if self.running or self.schedule.every is None:
            return None
        try:
            await self.check_due(now)
        except RetrainTooSoonError:
            return None
        return await self.start(None, now)

    async def is_news(self, result: RunResult) -> bool:
        """Whether it is a refusal, and of another reason, model in use or configuration than the one told last."""
        return result.outcome == "refused" and await self.store.facts.get(REFUSAL_TOLD) != self._refusal(result)

    async def note_told(self, result: RunResult) -> None:
        """Operators know of this refusal."""
        await self.store.facts.set(REFUSAL_TOLD, self._refusal(result))

    def _refusal(self, result: RunResult) -> str:
        return json.dumps([self.models.serving.version, result.reason, self.config.to_dict()])

    async def check_due(self, now: int) -> None:
        """Raises RetrainTooSoonError unless the interval and the new ratings since the last run are reached."""
        last = await self.store.runs.last("promoted", "refused", "failed")
        every_s = self.schedule.every.total_seconds() if self.schedule.every is not None else 0.0
        wait_s = last.started_at + every_s - now if last is not None else 0.0
        new = await self.store.ratings.writes_since(last.last_write_id if last is not None else 0)
        is_wanted = await self.store.facts.get(RETRAIN_WANTED) is not None
        wanted = 0 if is_wanted else self.schedule.min_new_ratings - new
        if wait_s > 0 or wanted > 0:
            raise RetrainTooSoonError(max(wait_s, 0.0), max(wanted, 0))

    async def start_first(self, at: int) -> None:
        """At a first start there is no model: train one in the background while popularity serves."""
        if not self.models.serving.is_trained and not self.running:
            await self.start(None, at)
