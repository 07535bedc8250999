"""One training from snapshot to model folder. Runs in a process of its own, or in the foreground of `marquee train`."""

import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from bot.models.registry import PENDING
from bot.training.memory import peak_mb
from data import open_cached
from data.files import sync
from recommender import Epoch, NoStarsError, Progress, TrainingConfig
from recommender.processes import ALONE, Processes
from recommender.sharing import share_of

PLOT = "loss.png"
LossPlot = Callable[[tuple[Epoch, ...]], bytes]


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """Everything a training needs, picklable. `plot` draws the loss curve as a PNG."""

    dataset: Path
    snapshot: Path
    models: Path
    config: TrainingConfig
    current: TrainingConfig | None
    parent: str | None
    force: bool
    plot: LossPlot
    movies: Path | None = None
    """The catalogue's frame; the films of the data set alone where there is none."""
    last_write_id: int | None = None
    """The newest write when the snapshot was made."""


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """How a training ended. `version` names the folder that was written; None where the gate refused.

    `peak_mb` is the most memory its process had, where the system says so.
    """

    version: str | None
    refused: tuple[str, ...]
    metrics: dict[str, Any]
    counts: dict[str, int]
    picture: bytes
    seconds: float
    history: tuple[Epoch, ...] = ()
    """The epochs that the picture shows."""
    peak_mb: float | None = None


def run(
    job: TrainingJob,
    on_progress: Callable[[Progress], bool | None] | None = None,
    processes: Processes = ALONE,
) -> TrainingReport:
    """Train, gate, refit and write the version folder; raises what `recommender.train` raises.

    Of several processes with the same job each trains on its share; the first alone writes.
    """
    from recommender.gate import train_gated  # with torch, which the bot's own process does not load

    started = datetime.now(UTC)
    dataset = open_cached(job.dataset)
    movies = dataset.movies[["movie_id", "title", "year", "genres"]] if job.movies is None else _read(job.movies)
    community = pd.read_feather(job.snapshot)
    # Ratings of films outside the catalogue are kept, and are nothing a model could learn from.
    community = community[community["movie_id"].isin(movies["movie_id"])]
    ratings = pd.concat([dataset.load_ratings(), community], ignore_index=True)
    model, report = train_gated(
        share_of(ratings, processes.rank, processes.size),
        movies,
        config=job.config,
        current=job.current,
        force=job.force,
        on_progress=on_progress,
        processes=processes,
    )
    if model is not None and model.config.implicit:
        raise NoStarsError  # all ratings are alike; a bot that shows stars has no use for it
    history = report.history if model is None else model.history
    picture = job.plot(history)
    counts = {
        "users": int(ratings["user_id"].nunique()),
        "movies": int(pd.concat([movies["movie_id"], ratings["movie_id"]]).nunique()),  # as the model counts them
        "ratings": len(ratings),
    }
    version = None
    if model is not None and processes.rank == 0:
        version = f"{started:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        model.metrics = dict(report.metrics)
        extra = {
            "version": version,
            "parent": job.parent,
            "dataset": dataset.name,
            "catalogue_hash": dataset.content_hash,
            "id_space": dataset.id_space,
            "last_year": _last_year(movies),
            "community": {
                "members": int(community["user_id"].nunique()),
                "ratings": len(community),
                "last_write_id": job.last_write_id,
            },
            "trained_at": started.isoformat(timespec="seconds"),
            "forced": bool(job.force and not report.passed),
        }
        temporary = job.models / f".{version}"
        try:
            temporary.mkdir(parents=True)
            model.save(temporary, extra)
            (temporary / PLOT).write_bytes(picture)
            (temporary / PENDING).touch()
            publish(temporary, job.models / version)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
    seconds = (datetime.now(UTC) - started).total_seconds()
    metrics = dict(report.metrics)
    return TrainingReport(version, tuple(report.reasons), metrics, counts, picture, seconds, history, peak_mb())


def _read(movies: Path) -> pd.DataFrame:
    frame: pd.DataFrame = pd.read_feather(movies)
    return frame


def _last_year(movies: pd.DataFrame) -> int | None:
    newest = pd.to_numeric(movies["year"]).max()
    return None if pd.isna(newest) else int(newest)


def publish(temporary: Path, final: Path) -> None:
    """Give a complete folder its name, durably: a crash leaves the whole version or none of it."""
    sync(temporary)
    temporary.rename(final)
    sync(final.parent)
