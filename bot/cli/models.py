"""`train`: a model from the data set and all chat ratings."""

import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot.cli.launched import DeviceName, help_training, launched, share_job
from bot.cli.progress import training_bar
from bot.settings import Settings, load_settings, prepare_data_dir

if TYPE_CHECKING:
    from bot.training.job import TrainingReport
    from data import Catalogue, Dataset
    from recommender import TrainingConfig
    from recommender.processes import Processes

CONFIG_HELP = "default, fast, notebook, popularity, or a JSON file such as marquee tune --out writes."


def train(
    config: Annotated[str, typer.Option(metavar="NAME|FILE", help=CONFIG_HELP)] = "default",
    force: Annotated[bool, typer.Option(help="Use it even if it is worse.")] = False,
    device: Annotated[DeviceName, typer.Option(help="Where to compute; auto is a GPU where torch sees one.")] = "cpu",
) -> None:
    """Train a model on the data set and all chat ratings, and put it in use if it is good enough.

    Under torchrun its processes train it together; see docs/SCALING.md.
    """
    from bot.training.replies import reasons
    from data import load_dataset
    from recommender.config_file import config_of

    chosen = config_of(config)
    settings = load_settings()
    prepare_data_dir(settings)
    with launched(device) as launch:
        dataset = launch.first_on_each_machine(
            lambda: load_dataset(settings.dataset, settings.datasets_dir, progress=launch.is_first)
        )
        if not launch.is_first:
            help_training(dataset, launch.processes)
            return
        report = train_and_promote(settings, dataset, chosen, force=force, processes=launch.processes)
    console = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    if report.version is None:
        console.print(f"The model was refused since {reasons(','.join(report.refused))}; the one in use stays.")
        console.print("--force would use it all the same.")
        sys.exit(1)
    folder = settings.models_dir / report.version
    console.print(f"What it is, in words: {folder / 'CARD.md'}")
    console.print(f"{report.version} is in use after {report.seconds:.1f} s; loss plot: {folder / 'loss.png'}")


def train_and_promote(
    settings: Settings,
    dataset: "Dataset",
    config: "TrainingConfig",
    *,
    force: bool = False,
    processes: "Processes | None" = None,
) -> "TrainingReport":
    """Train in the foreground with a bar on standard error, and put the model in use if the gate lets it pass.

    Other processes that are to take part must be in `help_training`.
    """
    from bot.chat.plots import loss_plot
    from bot.models import ModelRegistry
    from bot.training.job import TrainingJob, run
    from bot.training.snapshot import snapshot_file
    from recommender import TrainingConfig
    from recommender import train as train_model
    from recommender.processes import ALONE

    processes = processes or ALONE
    with snapshot_file(settings.models_dir) as snapshot:
        # First, since it refuses a data set whose film ids are not those of the stored ratings.
        catalogue, movies, last_write_id = asyncio.run(_write_snapshot(settings, dataset, snapshot))
        shelf = ModelRegistry(
            folder=settings.models_dir,
            catalogue=catalogue,
            id_space=dataset.id_space,
            keep=settings.keep_models,
            popularity=lambda: train_model(
                dataset.load_ratings(), catalogue.frame(), config=TrainingConfig.popularity()
            ),
        )
        serving = shelf.open()
        job = TrainingJob(
            dataset=dataset.path,
            snapshot=snapshot,
            models=settings.models_dir,
            config=config,
            current=shelf.config(),
            parent=serving.version if serving.is_trained else None,
            force=force,
            plot=loss_plot,
            movies=movies,
            last_write_id=last_write_id,
        )
        share_job(job, processes)
        with training_bar() as show:
            report = run(job, show, processes)
    if report.version is not None:
        shelf.promote(report.version)
    return report


async def _write_snapshot(settings: Settings, dataset: "Dataset", path: Path) -> "tuple[Catalogue, Path, int]":
    """Write ratings and films for a training: the catalogue, where its films stand, and the newest write before it."""
    from bot.catalogue import read_catalogue
    from bot.training.snapshot import write_movies, write_snapshot
    from data.store import Store

    store = await Store.open(settings.database_path, may_be_new=settings.new_database)
    try:
        await store.facts.bind_id_space(dataset.id_space)
        last_write_id = await store.ratings.last_write_id()
        await write_snapshot(store, path, int(time.time()))
        catalogue, _ = await read_catalogue(store, dataset)
        return catalogue, await write_movies(catalogue, path), last_write_id
    finally:
        await store.close()
