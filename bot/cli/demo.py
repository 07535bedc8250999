"""`demo`: the real bot in a simulated Discord, with a data set and a model at hand before the first line."""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from platformdirs import user_cache_path
from rich.console import Console

from bot.cli import logs
from bot.cli.memory import freeze_what_stays
from bot.cli.models import train_and_promote
from bot.errors import ExtraMissingError
from bot.settings import Settings, load_settings, prepare_data_dir

if TYPE_CHECKING:
    from data import Dataset


class DemoSettings(Settings):
    """Settings of a demo: data sets are shared between demos, the database and the models are its own."""

    cache_dir: Path

    @property
    def datasets_dir(self) -> Path:
        return self.cache_dir / "datasets"


def demo(
    script: Annotated[
        str | None, typer.Option(help="Play a file of lines such as `alice: !rate Heat 4.5`; - is standard input.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a message on standard output.")] = False,
    web: Annotated[bool, typer.Option("--web", help="Open the channel in a browser.")] = False,
    locale: Annotated[str, typer.Option(help="The language of everybody's Discord, such as de.")] = "en-US",
    data_dir: Annotated[Path | None, typer.Option(help="Keep the database here; else it is temporary.")] = None,
) -> None:
    """Chat with the real bot in a simulated Discord: no token, no network."""
    from data.lock import held

    try:
        from bot.demo import RosterError, ScriptError, ScriptFileError, open_source, run_demo
    except ModuleNotFoundError as error:
        if error.name != "simcord":
            raise
        raise ExtraMissingError("marquee demo", "demo") from None
    from discord import Locale

    from bot.app import create_bot

    if locale not in [one.value for one in Locale]:
        raise typer.BadParameter(f"Discord has no {locale}", param_hint="--locale")
    try:
        source = open_source(script, sys.stdin)
        with tempfile.TemporaryDirectory(prefix="marquee-demo-") as temporary:
            settings, dataset = _prepare(data_dir or Path(temporary))
            logs.set_up(settings)
            with held(settings.lock_path):
                _provide_model(settings, dataset)
                playing = run_demo(
                    lambda wait: create_bot(settings, wait=wait),
                    source,
                    stdout=sys.stdout,
                    stderr=sys.stderr,
                    as_json=as_json,
                    is_web=web,
                    data_dir=data_dir,
                    locale=Locale(locale),
                    when_ready=freeze_what_stays,
                )
                code = asyncio.run(playing)
    except (ScriptError, ScriptFileError, RosterError) as error:
        print(error, file=sys.stderr)
        code = 2
    sys.exit(code)


def _prepare(folder: Path) -> tuple[DemoSettings, "Dataset"]:
    """Settings over `folder`, and the data set; where it cannot be downloaded, the packaged sample."""
    from bot.demo import OPERATOR_ID
    from data import DownloadError, load_dataset

    asked = load_settings()
    settings = DemoSettings(
        **asked.model_dump()
        | {
            "discord_token": None,
            "discord_api_url": None,
            "data_dir": folder,
            "operator_ids": frozenset({OPERATOR_ID}),
            "log_level": "ERROR" if asked.log_level == "INFO" else asked.log_level,
            "cache_dir": user_cache_path("marquee", appauthor=False) / "demo",
        }
    )
    prepare_data_dir(settings)
    try:
        return settings, load_dataset(settings.dataset, settings.datasets_dir, progress=True)
    except DownloadError as error:
        print(f"{error.name} could not be downloaded ({error.reason}); going on with the sample.", file=sys.stderr)
    settings = settings.model_copy(update={"dataset": "sample"})
    return settings, load_dataset("sample", settings.datasets_dir, progress=True)


def _provide_model(settings: DemoSettings, dataset: "Dataset") -> None:
    """Copy the cached model of this data set, trained at the first demo, unless the folder has one already."""
    from bot.models.registry import read_current
    from recommender import DamagedModelError, Recommender, TrainingConfig

    if read_current(settings.models_dir) is not None:
        return
    cached = settings.model_copy(update={"data_dir": settings.cache_dir / dataset.content_hash[:16]})
    version = read_current(cached.models_dir)
    try:
        is_current = version is not None and Recommender.load(cached.models_dir / version).config == TrainingConfig()
    except DamagedModelError:
        is_current = False
    if not is_current:
        Console(stderr=True).print(f"A first model is trained on {dataset.name}; the next demo starts at once.")
        prepare_data_dir(cached)
        train_and_promote(cached, dataset, TrainingConfig(), force=True)
    shutil.copytree(cached.models_dir, settings.models_dir, dirs_exist_ok=True)
