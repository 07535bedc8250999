"""The command line. Heavy imports stand inside the commands: the training process imports this package again."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from bot.cli import catalogue, chat, datasets, models
from bot.cli.demo import demo
from bot.cli.evaluating import evaluate
from bot.cli.tuning import tune
from bot.errors import ConfigurationError
from bot.version import version


def _say_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"Marquee {version()}")
        raise typer.Exit


app = typer.Typer(
    name="marquee",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def options(
    show_version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """A movie recommender that lives in a Discord server."""


app.command()(chat.run)
app.command()(demo)
app.command()(chat.check)
app.command()(models.train)
app.command()(evaluate)
app.command()(tune)
app.add_typer(datasets.app, name="data")
app.add_typer(catalogue.app, name="catalogue")


def main() -> None:
    """Run the command line; an error somebody can mend is one sentence and exit code 2 or 1."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        from bot.chat.sentences import sentence

        text = sentence(error)
        if text is None:
            raise
        Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(text)
        sys.exit(2 if _is_configuration(error) else 1)


def _is_configuration(error: Exception) -> bool:
    """Whether an operator set something wrong, in contrast to a file or a network that failed."""
    from data import UnknownDatasetError
    from data.store import IdSpaceMismatchError
    from recommender import errors

    of_the_model = errors.ConfigFileError | errors.UnknownConfigError | errors.PeerMissingError | errors.SplitFileError
    of_training = errors.DeviceMissingError | errors.NotSharedError
    wrong = ConfigurationError | UnknownDatasetError | IdSpaceMismatchError | of_the_model | of_training
    return isinstance(error, wrong)
