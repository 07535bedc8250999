"""`train`: a model from the data set and all chat ratings."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot.cli.progress import training_bar
from bot.settings import Settings, load_settings, prepare_data_dir

if TYPE_CHECKING:
    from bot.services.training_job import TrainingReport
    from data import Dataset
    from recommender import TrainingConfig

CONFIG_HELP = "default, fast, notebook, popularity, or a JSON file such as marquee tune --out writes."


def train(
    config: Annotated[str, typer.Option(metavar="NAME|FILE", help=CONFIG_HELP)] = "default",
    force: Annotated[bool, typer.Option(help="Use it even if its lists are worse.")] = False,
) -> None:
    """Train a model on the data set and all chat ratings, and put it in use if it is good enough."""
    from bot.ui.training import reasons
    from data import load_dataset
    from recommender.config_file import config_of

    chosen = config_of(config)
    settings = load_settings()
    prepare_data_dir(settings)
    dataset = load_dataset(settings.dataset, settings.datasets_dir, progress=True)
    report = train_and_promote(settings, dataset, chosen, force=force)
    console = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    if report.version is None:
        console.print(f"The model was refused since {reasons(','.join(report.refused))}; the one in use stays.")
        console.print("--force would use it all the same.")
        sys.exit(1)
    folder = settings.models_dir / report.version
    console.print(f"What it is, in words: {folder / 'CARD.md'}")
    console.print(f"{report.version} is in use after {report.seconds:.1f} s; loss plot: {folder / 'loss.png'}")


def train_and_promote(
    settings: Settings, dataset: "Dataset", config: "TrainingConfig", *, force: bool = False
) -> "TrainingReport":
    """Train in the foreground with a bar on standard error, and put the model in use if the gate lets it pass."""
    from bot.services.models import ModelShelf
    from bot.services.training_job import TrainingJob, run
    from bot.ui.plots import loss_plot
    from data import Catalogue
    from recommender import TrainingConfig
    from recommender import train as train_model

    catalogue = Catalogue.from_dataset(dataset)
    shelf = ModelShelf(
        folder=settings.models_dir,
        catalogue=catalogue,
        id_space=dataset.id_space,
        keep=settings.keep_models,
        popularity=lambda: train_model(dataset.load_ratings(), catalogue.frame(), config=TrainingConfig.popularity()),
    )
    with tempfile.TemporaryDirectory(prefix="marquee-") as folder:
        snapshot = Path(folder) / "snapshot.feather"
        # First, since it refuses a data set whose film ids are not those of the stored ratings.
        asyncio.run(_write_snapshot(settings, dataset, snapshot))
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
        )
        with training_bar() as show:
            report = run(job, show)
    if report.version is not None:
        shelf.promote(report.version)
    return report


async def _write_snapshot(settings: Settings, dataset: "Dataset", path: Path) -> None:
    from data.store import Store

    store = await Store.open(settings.database_path)
    try:
        await store.facts.bind_id_space(dataset.id_space)
        frame = await store.ratings.training_frame()
    finally:
        await store.close()
    frame.to_feather(path)
