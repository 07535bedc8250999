"""`data fetch` and `data info`."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.settings import Settings, load_settings, prepare_data_dir

if TYPE_CHECKING:
    from data import Catalogue, Dataset

app = typer.Typer(help="Download data sets and look at them.", no_args_is_help=True)

Name = Annotated[str | None, typer.Argument(help="A data set's name or a path; DATASET if left out.")]


def load(name: str | None) -> "Dataset":
    """The data set of that name, or the one of the settings."""
    from data import load_dataset

    settings = load_settings()
    prepare_data_dir(settings)
    return load_dataset(name or settings.dataset, settings.datasets_dir, progress=True)


def catalogue_of(dataset: "Dataset", settings: Settings) -> "Catalogue":
    """Its films and all that the database tells beside it; raises what the database's inspection does."""
    from data import Catalogue
    from data.store import kept_films

    return Catalogue.from_dataset(dataset).with_films(kept_films(settings.database_path, dataset.id_space))


@app.command()
def fetch(dataset: Name = None) -> None:
    """Download a data set and bring it into the fast form."""
    loaded = load(dataset)
    Console(highlight=False, soft_wrap=True, markup=False).print(
        f"{loaded.name}: {loaded.stats.ratings:,} ratings, ready in {loaded.path}"
    )


@app.command()
def info(dataset: Name = None) -> None:
    """Users, movies, ratings, their range, density and dates."""
    loaded = load(dataset)
    stats = loaded.stats
    table = Table(title=Text(loaded.name), show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_row("users", f"{stats.users:,}")
    table.add_row("movies", f"{stats.movies:,} ({stats.rated_movies:,} rated)")
    table.add_row("ratings", f"{stats.ratings:,}")
    table.add_row("range", f"{stats.rating_min:g} to {stats.rating_max:g}")
    table.add_row("density", f"{stats.density:.3%}")
    table.add_row("dates", f"{stats.first} to {stats.last}")
    table.add_row("movie ids", loaded.id_space)
    Console().print(table)
