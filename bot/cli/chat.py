"""`run` and `check`: the bot on Discord, and what is missing before a first run."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console

from bot.cli import logs
from bot.cli.memory import freeze_what_stays, spare_memory
from bot.errors import DiscordUnreachableError, MissingTokenError, SettingError
from bot.settings import Settings, load_settings, prepare_data_dir

if TYPE_CHECKING:
    from bot.client import Marquee
    from data import Dataset

log = logging.getLogger("marquee")

OLD_AFTER_YEARS = 3
TOKEN_REFUSED = 4004  # of the gateway's codes
KNOWN_AT_TMDB = 949
"""The number of Heat (1995) there."""
NEWEST, NEWEST_YEAR = "ml-32m", 2023
"""The data set that reaches furthest, and until when."""


def run() -> None:
    """Run the bot on Discord until it is stopped (Ctrl-C)."""
    spare_memory()
    from bot.wiring import training_config
    from data import load_dataset
    from data.lock import held

    settings = load_settings()
    token = _token(settings)
    training_config(settings)  # before anything is downloaded or asked
    logs.set_up(settings)
    prepare_data_dir(settings)
    with held(settings.lock_path):
        dataset = load_dataset(settings.dataset, settings.datasets_dir, progress=True)
        if (advice := age_advice(dataset, settings)) is not None:
            log.warning(advice)
        with contextlib.suppress(asyncio.CancelledError), _discord_errors():
            asyncio.run(_serve(settings, token))
    log.info("stopped")


def _token(settings: Settings) -> str:
    token = logs.token_of(settings)
    if not token:
        raise MissingTokenError
    if not (token.isascii() and token.isprintable()):  # it could not stand in a header
        raise SettingError("DISCORD_TOKEN", "…", "a token as the developer portal shows it, on one line")
    return token


async def _serve(settings: Settings, token: str) -> None:
    import discord

    from bot.app import create_bot

    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # this bot has no voice to miss
    _stop_on_terminate()
    try:
        await connect(create_bot(settings), token)
    except discord.PrivilegedIntentsRequired:
        log.warning(
            "the message-content intent is not enabled for this application: starting without it. Members use slash "
            "commands, mentions and direct messages; to allow plain commands such as %srate, enable it in the "
            "developer portal under Bot",
            settings.command_prefix,
        )
        await connect(create_bot(settings, message_content=False), token)


@contextlib.contextmanager
def _discord_errors() -> Iterator[None]:
    """Raise what keeps us from Discord as SettingError or DiscordUnreachableError."""
    import discord
    from discord.http import Route

    try:
        yield
    except discord.LoginFailure:
        raise SettingError("DISCORD_TOKEN", "…", "a token that Discord accepts") from None
    except discord.ConnectionClosed as error:
        if error.code == TOKEN_REFUSED:
            raise SettingError("DISCORD_TOKEN", "…", "a token that Discord accepts") from None
        raise DiscordUnreachableError(Route.BASE, f"it closed the connection with {error.code}") from None
    except discord.HTTPException as error:  # what does not pass by itself, such as a 404
        raise DiscordUnreachableError(Route.BASE, f"it answered {error.status}") from None
    except discord.GatewayNotFound:
        raise DiscordUnreachableError(Route.BASE, "it names no gateway") from None


async def connect(bot: "Marquee", token: str) -> None:
    """Log in and serve until the connection ends for good."""
    async with bot:
        await bot.login(token)
        freeze_what_stays()
        # In a task of its own, since discord.py swallows a cancellation while it reconnects.
        serving = asyncio.create_task(bot.connect(), name="the connection")
        try:
            await asyncio.wait([serving])
        finally:
            serving.cancel()
        serving.result()


def _stop_on_terminate() -> None:
    """A service manager's SIGTERM closes the bot in order, as Ctrl-C does."""
    task = asyncio.current_task()
    assert task is not None
    with contextlib.suppress(NotImplementedError):  # Windows has no such handlers
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


def age_advice(dataset: "Dataset", settings: Settings) -> str | None:
    """How old the catalogue is, once it is old enough to be missed and something reaches further.

    It ends with the data set, or with the newest film that IMDb's files brought.
    """
    from data.store import StoreError, kept_films

    last = dataset.stats.last.year
    with contextlib.suppress(StoreError):  # which is told where the database is looked at
        films = kept_films(settings.database_path, dataset.id_space)
        brought = (film.year for film in films if film.source == "imdb" and not film.is_former)
        last = max([last, *(year for year in brought if year is not None)])
    if last >= NEWEST_YEAR or datetime.now(UTC).year - last < OLD_AFTER_YEARS:
        return None
    return (
        f"the catalogue ends in {last}; marquee catalogue sync takes newer films from IMDb's files, "
        f"DATASET={NEWEST} reaches to {NEWEST_YEAR} "
        "(a download of 240 MB, 32 million ratings, about 6 GB of memory while training)"
    )


def check() -> None:
    """Say what is missing before a first run."""
    from bot.chat.sentences import sentence

    settings = load_settings()
    console = Console(highlight=False, soft_wrap=True)
    problems = 0
    for name, inspect in (
        ("token", _check_token),
        ("data folder", _check_data_dir),
        ("database", _check_database),
        ("data set", _check_dataset),
        ("model", _check_model),
        ("training", _check_training),
        ("operators", _check_operators),
        ("posters", _check_tmdb),
    ):
        try:
            text = inspect(settings)
            console.print("ok     ", style="green", end=" ")
        except Exception as error:
            if (found := sentence(error)) is None:
                raise
            text = found
            problems += 1
            console.print("missing", style="red", end=" ")
        console.print(f"{name}: {text}", markup=False)
    sys.exit(1 if problems else 0)


def _check_token(settings: Settings) -> str:
    _token(settings)
    return "set (Discord is asked when the bot starts)"


def _check_data_dir(settings: Settings) -> str:
    from bot.chat.sentences import holder_line
    from data.errors import HeldError
    from data.lock import check_free

    prepare_data_dir(settings)
    try:
        check_free(settings.lock_path)
    except HeldError as error:
        who = "" if error.holder is None else f" ({holder_line(error.holder)})"
        return f"{settings.data_dir}; a bot runs on it{who}"
    return str(settings.data_dir)


def _check_database(settings: Settings) -> str:
    from data.store import inspect, known_migrations

    number = inspect(settings.database_path, may_be_new=settings.new_database)
    if not number:
        return "none yet; made at the first start"
    newest = known_migrations()[-1].number
    return f"sound, schema {number}" + (f"; the next start brings it to {newest}" if number < newest else "")


def _check_dataset(settings: Settings) -> str:
    from data import load_dataset

    dataset = load_dataset(settings.dataset, settings.datasets_dir, progress=True)
    advice = age_advice(dataset, settings)
    found = f"{dataset.name}, {dataset.stats.ratings:,} ratings of {dataset.stats.movies:,} films"
    return found + (f"; {advice}" if advice else "")


def _check_model(settings: Settings) -> str:
    from bot.models.registry import read_current
    from recommender import Recommender

    version = read_current(settings.models_dir)
    if version is None:
        return "none yet; the bot trains one at its first start, or marquee train does now"
    Recommender.load(settings.models_dir / version)
    return version


def _check_training(settings: Settings) -> str:
    from bot.wiring import training_config

    training_config(settings)
    return f"of the configuration {settings.retrain_config}"


def _check_operators(settings: Settings) -> str:
    if settings.operator_ids:
        return ", ".join(str(one) for one in sorted(settings.operator_ids))
    return "the application's owner or team (OPERATOR_IDS names more)"


def _check_tmdb(settings: Settings) -> str:
    from data.tmdb.client import TmdbClient

    if not settings.tmdb_bearer:
        return "none, since TMDB_TOKEN is not set"

    async def ask() -> None:
        client = TmdbClient(settings.tmdb_bearer, settings.watch_region, api_url=str(settings.tmdb_api_url))
        try:
            await client.film(KNOWN_AT_TMDB, None)
        finally:
            await client.close()

    asyncio.run(ask())
    return f"TMDB answers; where to watch is for {settings.watch_region}"
