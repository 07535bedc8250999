"""A thousand cards while TMDB is well, slow, busy, broken or gone: how long each takes, and that none is left out.

Everything a card takes is in its time but Discord: the prediction, the database, a TMDB on the loopback over sockets,
and the reply. As many members as there may be ask at once, each for the next film as soon as they have seen the last.
"""

import asyncio
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from rich.table import Table

from benchmarks.timing import median, p99, scratch, table
from bot.chat.plots import loss_plot
from bot.demo.tmdb import LoopbackTmdb, Trouble, told_of
from bot.movies.card_replies import movie_card
from bot.settings import Settings
from bot.waiting import wait_directly
from bot.wiring import Services
from data import Catalogue, Movie, load_dataset

CARDS, QUICK_CARDS = 1_000, 100
MEMBERS = 10
TAKES_S = 0.05
"""How long TMDB takes for an answer while it is well."""
COLD_GOAL_MS, KEPT_GOAL_MS = 2_500.0, 50.0
ALONE = "kept, one member"
CLOSED = "http://127.0.0.1:9"
NO_HEADERS: Mapping[str, str] = {}


def answering(status: int, body: bytes = b"{}", headers: Mapping[str, str] = NO_HEADERS) -> Trouble:
    async def trouble(request: web.Request) -> web.Response:
        await asyncio.sleep(TAKES_S)
        return web.Response(status=status, body=body, headers=headers)

    return trouble


def taking(seconds: float) -> Trouble:
    async def trouble(request: web.Request) -> None:
        await asyncio.sleep(seconds)

    return trouble


TROUBLES: dict[str, Trouble | None] = {
    "well": taking(TAKES_S),
    "slow, 1.5 s": taking(1.5),
    "slow, 10 s": taking(10.0),
    "429, a pause of 30 s": answering(429, headers={"Retry-After": "30"}),
    "429, a pause of 1 s": answering(429, headers={"Retry-After": "1"}),
    "500": answering(500),
    "rubbish": answering(200, b"<html>"),
    "gone": None,
}


@dataclass(frozen=True, slots=True)
class Cards:
    """Milliseconds of each card; so many were `whole`, with what TMDB tells, and TMDB was asked so often."""

    ms: tuple[float, ...]
    whole: int
    asked: int


def measure(dataset: str, *, quick: bool = False) -> dict[str, Cards]:
    """Raises RuntimeError where the data set has no numbers of TMDB's."""
    with scratch() as folder:
        logging.disable(logging.WARNING)
        try:
            return asyncio.run(_measure(dataset, folder, QUICK_CARDS if quick else CARDS))
        finally:
            logging.disable(logging.NOTSET)


async def _measure(dataset: str, folder: Path, cards: int) -> dict[str, Cards]:
    known = Catalogue.from_dataset(load_dataset(dataset, folder / "datasets"))
    linked = [movie for movie in known.values() if movie.tmdb_id is not None]
    movies = sorted(linked, key=lambda movie: -movie.ratings_count)[:cards]
    if not movies:
        raise RuntimeError(f"{dataset} has no links to TMDB")
    found = {}
    async with LoopbackTmdb(map(told_of, movies)).served() as tmdb:
        for name, trouble in TROUBLES.items():
            tmdb.trouble = trouble
            address: dict[str, Any] = tmdb.settings | ({} if trouble else {"tmdb_api_url": CLOSED})
            settings = Settings(
                _env_file=None,  # type: ignore[call-arg]
                dataset=dataset,
                data_dir=folder / name.replace(" ", "-"),
                new_database=True,
                retrain_every=None,
                **address,
            )
            services = await Services.open(settings, plot=loss_plot, wait=wait_directly)
            try:
                found[name] = await _show(services, tmdb, movies)
                if name == "well":
                    found["kept"] = await _show(services, tmdb, movies)
                    found[ALONE] = await _show(services, tmdb, movies, members=1)
            finally:
                await services.close()
    return found


async def _show(services: Services, tmdb: LoopbackTmdb, movies: Sequence[Movie], members: int = MEMBERS) -> Cards:
    """Every film's card once; raises where one is not answered."""
    times, before, whole = [], len(tmdb.asked), 0

    async def member(discord_id: int, waiting: Iterator[Movie]) -> None:
        nonlocal whole
        for movie in waiting:
            began = time.perf_counter()
            card = await services.movies.card(discord_id, movie.movie_id)
            told = await services.tmdb.of(card.movie, int(time.time()))
            movie_card(card, told, has_pictures=True)
            times.append(1000 * (time.perf_counter() - began))
            whole += told is not None

    waiting = iter(movies)
    await asyncio.gather(*(member(number, waiting) for number in range(1, members + 1)))
    return Cards(tuple(times), whole, len(tmdb.asked) - before)


def report(found: dict[str, Cards]) -> Table:
    shown = table(
        f"Cards, {MEMBERS} members at once", "TMDB is", "cards", "whole", "asked", "p50 ms", "p99 ms", "longest ms"
    )
    late = []
    for name, cards in found.items():
        figures = (median(cards.ms), p99(cards.ms), max(cards.ms))
        shown.add_row(
            name, *(f"{one:,}" for one in (len(cards.ms), cards.whole, cards.asked)), *(f"{one:.1f}" for one in figures)
        )
        if figures[1] >= (KEPT_GOAL_MS if name == ALONE else COLD_GOAL_MS):
            late.append(name)
    goals = f"p99 of {COLD_GOAL_MS:,.0f} ms or more, or {KEPT_GOAL_MS:.0f} where one member sees what is kept"
    shown.caption = f"{goals}: {', '.join(late) or 'none'}"
    return shown
