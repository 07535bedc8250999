"""`catalogue sync`, `catalogue info` and `catalogue add`."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.progress import sync_bar
from bot.errors import SettingError
from bot.settings import Settings, load_settings, prepare_data_dir

if TYPE_CHECKING:
    from data import Dataset
    from data.store import Store

T = TypeVar("T")

app = typer.Typer(help="The films the bot knows beside those of the data set.", no_args_is_help=True)
FIRST_YEAR, LAST_YEAR = 1874, 2100


def _say(text: str) -> None:
    Console(highlight=False, soft_wrap=True, markup=False).print(text)


def _prepared() -> "tuple[Settings, Dataset]":
    from data import load_dataset

    settings = load_settings()
    prepare_data_dir(settings)
    return settings, load_dataset(settings.dataset, settings.datasets_dir, progress=True)


def _in_store(settings: Settings, dataset: "Dataset", ask: "Callable[[Store], Coroutine[Any, Any, T]]") -> T:
    """Ask the store once it has the films of the data set."""
    from bot.catalogue import read_catalogue
    from data.store import Store

    async def run() -> T:
        store = await Store.open(settings.database_path, may_be_new=settings.new_database)
        try:
            await store.facts.bind_id_space(dataset.id_space)
            await read_catalogue(store, dataset)
            return await ask(store)
        finally:
            await store.close()

    return asyncio.run(run())


@app.command()
def sync(
    folder: Annotated[
        Path | None, typer.Option("--from", metavar="FOLDER", help="Take the files there; nothing is downloaded.")
    ] = None,
) -> None:
    """Take films, people, votes and other titles from IMDb's non-commercial data sets."""
    from bot.catalogue.syncing import SyncJob
    from bot.catalogue.syncing import sync as sync_films
    from data.imdb import CREDIT, LICENCE
    from data.imdb.fetching import BASE_URL

    settings, dataset = _prepared()
    job = SyncJob(
        database=settings.database_path,
        dataset=dataset.path,
        files=folder or settings.imdb_dir,
        min_votes=settings.catalogue_min_votes,
        at=int(time.time()),
        base_url=BASE_URL if folder is None else None,
    )
    with sync_bar() as show:
        done = asyncio.run(sync_films(job, show))
    _say(
        f"films: {done.added:,} added, {done.gone:,} gone, {done.changed:,} told of anew; other titles: "
        f"{done.titles:,} changed{'; a training is due' if done.is_news else ''}"
    )
    _say(f"{CREDIT} {LICENCE}")


@app.command()
def info() -> None:
    """How many films there are, and where they came from."""
    from data.imdb import CREDIT, LICENCE
    from data.store.facts import IMDB_READ_AT

    settings, dataset = _prepared()

    async def ask(store: "Store") -> "tuple[Any, str | None]":
        return await store.films.counts(), await store.facts.get(IMDB_READ_AT)

    counts, read_at = _in_store(settings, dataset, ask)
    table = Table(title="The catalogue", show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_row(f"films of {dataset.name}", f"{counts.dataset:,}")
    table.add_row("films that it lacks", f"{counts.own:,} ({counts.by_hand:,} added by hand)")
    table.add_row("films that are only named", f"{counts.former:,}")
    table.add_row("told of by IMDb", f"{counts.from_imdb:,}")
    table.add_row("told of by TMDB", f"{counts.from_tmdb:,}")
    table.add_row("other titles", f"{counts.titles:,}")
    day = "never" if read_at is None else time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(int(read_at)))
    table.add_row("IMDb's files read", day)
    Console().print(table)
    if counts.from_imdb or counts.titles:
        _say(f"{CREDIT} {LICENCE}")


@app.command()
def add(
    title: Annotated[str, typer.Argument(help="As people call it, without its year.")],
    year: Annotated[int, typer.Argument(help="When it was first shown.")],
    genre: Annotated[list[str] | None, typer.Option(help="One of the catalogue's; may be given several times.")] = None,
    imdb: Annotated[str | None, typer.Option(metavar="NUMBER", help="IMDb's number, as in tt15398776.")] = None,
) -> None:
    """Add one film by hand."""
    name = " ".join(title.split())
    if not name:
        raise SettingError("TITLE", title, "a title")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise SettingError("YEAR", year, f"a year from {FIRST_YEAR} to {LAST_YEAR}")
    number = _imdb_number(imdb)
    settings, dataset = _prepared()
    genres = _known_genres(dataset, genre or [])
    movie_id, is_new = _in_store(settings, dataset, lambda store: store.films.add(name, year, genres, number))
    said = "is in the catalogue now" if is_new else "was in the catalogue already"
    _say(f"{name} ({year}) {said}, as id:{movie_id}; the bot knows it within five minutes, and a training is due")


def _imdb_number(text: str | None) -> int | None:
    if text is None:
        return None
    digits = text.strip().removeprefix("tt")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 9 and int(digits) > 0):
        raise SettingError("--imdb", text, "IMDb's number, such as tt15398776")
    return int(digits)


def _known_genres(dataset: "Dataset", given: list[str]) -> list[str]:
    from data import Catalogue

    known = {genre.casefold(): genre for genre in Catalogue.from_dataset(dataset).genres}
    for genre in given:
        if genre.casefold() not in known:
            raise SettingError("--genre", genre, f"one of {', '.join(known.values())}")
    return list(dict.fromkeys(known[genre.casefold()] for genre in given))
