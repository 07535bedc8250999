"""Progress of a training on standard error, as a Rich bar."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

if TYPE_CHECKING:
    from recommender import Progress


@contextmanager
def training_bar() -> Iterator[Callable[["Progress"], bool]]:
    """A callback for `train` that moves a bar: one row a stage, with the losses."""
    bar = Bar(
        TextColumn("{task.description:<12}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[losses]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    rows: dict[str, TaskID] = {}
    with bar:

        def show(progress: "Progress") -> bool:
            losses = f"loss {progress.loss:.4f}" if progress.loss is not None else ""
            if progress.val_loss is not None:
                losses += f" · validation {progress.val_loss:.4f}"
            if progress.stage not in rows:
                rows[progress.stage] = bar.add_task(progress.stage, total=progress.steps, losses="")
            bar.update(rows[progress.stage], completed=progress.step, losses=losses)
            return True

        yield show


@contextmanager
def evaluation_bar() -> Iterator[Callable[["Progress"], bool]]:
    """A callback for `evaluate`: one bar over all trainings, which says what is being measured."""
    bar = Bar(
        TextColumn("{task.description:<16}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        row = bar.add_task("", total=None)

        def show(progress: "Progress") -> bool:
            bar.update(row, description=progress.stage, completed=progress.step, total=progress.steps)
            return True

        yield show
        bar.update(row, completed=bar.tasks[row].total)


@contextmanager
def sync_bar() -> Iterator[Callable[[str, int, int | None], None]]:
    """A callback for a reading of IMDb's files: one row a file, downloaded or read."""
    bar = Bar(TextColumn("{task.description:<24}"), BarColumn(), DownloadColumn(), console=Console(stderr=True))
    rows: dict[str, TaskID] = {}
    with bar:

        def show(stage: str, done: int, total: int | None) -> None:
            if stage not in rows:
                rows[stage] = bar.add_task(stage, total=total)
            if done < 0:
                reached = max(1, round(bar.tasks[rows[stage]].completed))
                bar.update(rows[stage], completed=reached, total=reached)
            else:
                bar.update(rows[stage], completed=done, total=total)

        yield show
