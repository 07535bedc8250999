"""`train` and `evaluate`."""

import asyncio
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.progress import training_bar
from bot.settings import Settings, load_settings, prepare_data_dir

if TYPE_CHECKING:
    from bot.services.training_job import TrainingReport
    from data import Dataset
    from recommender import TrainingConfig

_SEED = re.compile("[0-9]{1,9}")
ConfigName = Literal["default", "notebook", "popularity"]


def config_named(name: str) -> "TrainingConfig":
    from recommender import TrainingConfig

    return {
        "default": TrainingConfig,
        "notebook": TrainingConfig.notebook,
        "popularity": TrainingConfig.popularity,
    }[name]()


def train(
    config: Annotated[ConfigName, typer.Option(help="Which model to train.")] = "default",
    force: Annotated[bool, typer.Option(help="Use it even if its lists are worse.")] = False,
) -> None:
    """Train a model on the data set and all chat ratings, and put it in use if it is good enough."""
    from bot.ui.training import reasons
    from data import load_dataset

    settings = load_settings()
    prepare_data_dir(settings)
    dataset = load_dataset(settings.dataset, settings.datasets_dir, progress=True)
    report = train_and_promote(settings, dataset, config_named(config), force=force)
    console = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    if report.version is None:
        console.print(f"The model was refused since {reasons(','.join(report.refused))}; the one in use stays.")
        console.print("--force would use it all the same.")
        sys.exit(1)
    folder = settings.models_dir / report.version
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


def evaluate(
    dataset: Annotated[str | None, typer.Argument(help="A data set's name or a path; DATASET if left out.")] = None,
    against: Annotated[str, typer.Option(help="Other models beside, by commas: notebook.")] = "",
    protocols: Annotated[str, typer.Option(help="Which protocols, by commas: R, K, N.")] = "R,K,N",
    seeds: Annotated[str, typer.Option(help="Seeds of the splits of R, by commas.")] = "42,43,44,45,46",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Measure the default model's stars (R) and lists (K: known users, N: new ones) beside popularity and bias."""
    from data import load_dataset
    from recommender import TrainingConfig
    from recommender.evaluation import evaluate as measure

    settings = load_settings()
    prepare_data_dir(settings)
    models = {"default": TrainingConfig()} | {name: config_named(name) for name in _among(against, ("notebook",))}
    wanted = _among(protocols.upper(), ("R", "K", "N"))
    if not wanted:
        raise typer.BadParameter("name at least one of R, K, N", param_hint="--protocols")
    numbers = _seeds(seeds)
    loaded = load_dataset(dataset or settings.dataset, settings.datasets_dir, progress=True)
    movies = loaded.movies[["movie_id", "title", "year", "genres"]]
    with training_bar() as show:
        result = measure(loaded.load_ratings(), movies, models, wanted, numbers, show)
    if as_json:
        print(json.dumps({"dataset": loaded.name, **result}))
    else:
        for protocol, rows in result["protocols"].items():
            Console().print(_table(protocol, rows))


def _seeds(text: str) -> list[int]:
    given = [seed.strip() for seed in text.split(",")]
    if not all(_SEED.fullmatch(seed) for seed in given):
        raise typer.BadParameter("seeds are whole numbers separated by commas", param_hint="--seeds")
    return [int(seed) for seed in given]


def _among(names: str, known: tuple[str, ...]) -> list[str]:
    given = [name.strip() for name in names.split(",") if name.strip()]
    for name in given:
        if name not in known:
            raise typer.BadParameter(f"{name} is none of {', '.join(known)}")
    return list(dict.fromkeys(given))


_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "R": (("RMSE", "rmse"), ("MAE", "mae"), ("seconds", "seconds"), ("peak MB", "peak_mb")),
    "K": (
        ("NDCG@10", "ndcg@10"),
        ("Recall@10", "recall@10"),
        ("hit rate", "hit@10"),
        ("MAP@10", "map@10"),
        ("coverage", "coverage@10"),
        ("seconds", "seconds"),
    ),
    "N": (*((f"k={k}", f"ndcg@10.{k}") for k in (0, 1, 3, 5, 10, 20)), ("mean", "ndcg@10.mean")),
}
_TITLES = {
    "R": "R: stars of a random tenth of the ratings",
    "K": "K: lists for known users, of what they liked last",
    "N": "N: NDCG@10 of lists for new users with k ratings",
}


def _table(protocol: str, rows: dict[str, dict[str, Any]]) -> Table:
    """One row a model; what does not fit into a terminal is in the JSON."""
    table = Table(title=_TITLES[protocol])
    table.add_column("model", style="bold", no_wrap=True)
    for heading, _ in _COLUMNS[protocol]:
        table.add_column(heading, justify="right", no_wrap=True)
    for name, figures in rows.items():
        table.add_row(name, *(_shown(_at(figures, key)) for _, key in _COLUMNS[protocol]))
    return table


def _at(figures: Any, path: str) -> Any:
    for key in path.split("."):
        figures = figures.get(key) if isinstance(figures, dict) else None
    return figures


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4f}" if value < 10 else f"{value:.1f}"
