"""The record of training runs: who asked, on what, and what came of it."""

from dataclasses import dataclass
from typing import Literal

from data.store.database import Queries
from data.store.errors import RunNotOpenError

Outcome = Literal["promoted", "refused", "failed", "cancelled"]
RunState = Literal["running", "interrupted", "promoted", "refused", "failed", "cancelled"]

_COLUMNS = "run_id, requested_by, last_write_id, ratings, started_at, outcome, version, reason, finished_at"


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """`requested_by` is None for the schedule; `last_write_id` and `ratings` say what it was trained on."""

    run_id: int
    requested_by: int | None
    last_write_id: int
    ratings: int
    started_at: int
    outcome: RunState
    version: str | None
    reason: str | None
    finished_at: int | None


class TrainingRuns(Queries):
    async def begin(self, requested_by: int | None, last_write_id: int, ratings: int, at: int) -> int:
        """Record a run that starts now; its id."""
        ((run_id,),) = await self._database.run(
            "INSERT INTO training_runs (requested_by, last_write_id, ratings, started_at)"
            " VALUES (?, ?, ?, ?) RETURNING run_id",
            (requested_by, last_write_id, ratings, at),
        )
        return int(run_id)

    async def finish(self, run_id: int, outcome: Outcome, version: str | None, reason: str | None, at: int) -> None:
        """Record the outcome of a run, once; of one that was taken for interrupted too.

        Raises `RunNotOpenError`.
        """
        if not await self._database.run(
            "UPDATE training_runs SET outcome = ?, version = ?, reason = ?, finished_at = ?"
            " WHERE run_id = ? AND outcome IN ('running', 'interrupted') RETURNING run_id",
            (outcome, version, reason, at, run_id),
        ):
            raise RunNotOpenError(run_id)

    async def interrupt_running(self) -> None:
        """At opening: what still says "running" died with the process that ran it."""
        await self._database.run("UPDATE training_runs SET outcome = 'interrupted' WHERE outcome = 'running'")

    async def last(self, *outcomes: RunState) -> TrainingRun | None:
        """The newest run with one of these outcomes, or with any."""
        wanted = f" WHERE outcome IN ({', '.join('?' * len(outcomes))})" if outcomes else ""
        row = await self._database.row(
            f"SELECT {_COLUMNS} FROM training_runs{wanted} ORDER BY run_id DESC LIMIT 1", outcomes
        )
        return None if row is None else TrainingRun(*row)

    async def recent(self, n: int) -> tuple[TrainingRun, ...]:
        """The newest `n` runs, newest first."""
        rows = await self._database.rows(f"SELECT {_COLUMNS} FROM training_runs ORDER BY run_id DESC LIMIT ?", (n,))
        return tuple(TrainingRun(*row) for row in rows)
