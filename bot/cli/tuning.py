"""`tune`: a search for better parameters on validation splits."""

import json
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Column, Table

from bot.cli.datasets import Name, load
from bot.cli.evaluation_tables import mean_of, table_of
from bot.cli.progress import evaluation_bar
from bot.errors import ExtraMissingError, SettingError
from bot.settings import parse_duration

if TYPE_CHECKING:
    from recommender import TrainingConfig
    from recommender.evaluation.search import Found, Search
    from recommender.evaluation.tuning import Head, Validation

HeadName = Literal["ranking", "reranker", "rating"]
SURE_ERRORS = 2.0
"""A difference of fewer standard errors says nothing."""


def tune(
    dataset: Name = None,
    head: Annotated[
        HeadName, typer.Option(help="ranking: the lists' first stage; reranker: their second; rating: the stars.")
    ] = "ranking",
    trials: Annotated[int, typer.Option(min=1, help="Choices to measure, those of the storage included.")] = 30,
    timeout: Annotated[str | None, typer.Option(help="Begin no further one after, for instance, 10m.")] = None,
    config: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="Where to begin: default, fast, or a JSON file such as of --out.")
    ] = "default",
    storage: Annotated[Path | None, typer.Option(help="Keep the search in this file, to go on with it later.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the best configuration here, for train --config.")] = None,
    sample: Annotated[int, typer.Option(min=1000, help="Of more ratings, only those of some people.")] = 1_000_000,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Search for better parameters on validation splits; what evaluate tests is not touched. Ctrl-C keeps the best."""
    if find_spec("optuna") is None:
        raise ExtraMissingError("Tuning", "tune")
    from recommender.config_file import config_of, write_config
    from recommender.evaluation.tuning import Validation, with_parameters

    timeout_s = None if timeout is None else _seconds(timeout)
    base = config_of(config)
    if base.kind != "factors":
        raise SettingError("--config", config, "one with something to tune, such as default")
    if head == "reranker" and not base.ranking.rerank:
        raise SettingError("--config", config, "one with a re-ranker, such as default")
    if out is not None and not out.absolute().parent.is_dir():  # said before the search, not after it
        raise SettingError("--out", str(out), "a file in a folder that is there")
    loaded = load(dataset)
    movies = loaded.movies[["movie_id", "title", "year", "genres"]]
    validation = Validation.of(loaded.load_ratings(), movies, head, sample)
    search = _search(validation, head, base, loaded.name, storage)
    with evaluation_bar() as show:
        found = search.run(trials, timeout_s, show)
    best = with_parameters(base, head, found.best.values)
    about = _about(found, loaded.name, head)
    if out is not None:
        write_config(out, best, about)
    if as_json:
        print(json.dumps({**about, "config": best.to_dict()}))
    else:
        for table in _tables(found):
            Console().print(table)
        Console(highlight=False, soft_wrap=True, markup=False).print(_advice(found, out))
    if found.interrupted:
        sys.exit(130)


def _seconds(text: str) -> float:
    try:
        return parse_duration(text).total_seconds()
    except ValueError:
        raise SettingError("--timeout", text, "a duration such as 90s, 10m or 2h") from None


def _search(
    validation: "Validation", head: "Head", base: "TrainingConfig", data_name: str, storage: Path | None
) -> "Search":
    from recommender.evaluation.search import Search

    try:
        return Search(validation, head, base, data_name, storage)
    except (OSError, ValueError, TypeError, KeyError) as error:  # whatever else stands in that file
        if storage is None:
            raise
        raise SettingError("--storage", str(storage), "a new file, or one of an earlier search") from error


def _about(found: "Found", data_name: str, head: "Head") -> dict[str, Any]:
    """How the parameters were found, for machines and for the file of the configuration."""
    return {
        "dataset": data_name,
        "head": head,
        "trials": found.trials,
        "parameters": {"base": found.base.values, "found": found.best.values},
        "score": {"base": found.base.score, "found": found.best.score},
        "validation": {
            protocol: {
                "base": figures,
                "found": {**found.best.figures[protocol], "compared": found.best.compared.get(protocol, {})},
            }
            for protocol, figures in found.base.figures.items()
        },
    }


def _tables(found: "Found") -> Iterator[Table]:
    """The parameters, and how good both choices are on the validation splits."""
    parameters = table_of("parameters", Column(), ["base", "found"])
    for name, value in found.base.values.items():
        parameters.add_row(name, f"{value:.4g}", f"{found.best.values[name]:.4g}")
    yield parameters
    quality = table_of("validation", Column(), ["base", "found", "difference", "± standard error"])
    for protocol, base in found.base.figures.items():
        name = "rmse" if protocol == "R" else "ndcg@10"
        figures = (mean_of(base[name]), mean_of(found.best.figures[protocol][name]))
        difference, error = _difference(found.best.compared.get(protocol, {}))
        label = f"{protocol} {'RMSE' if protocol == 'R' else 'NDCG@10'}"
        quality.add_row(label, *(f"{value:.4f}" for value in figures), f"{difference:+.4f}", f"{error:.4f}")
    yield quality


def _difference(compared: Mapping[str, Any]) -> tuple[float, float]:
    return (mean_of(compared["difference"]), mean_of(compared["standard_error"])) if compared else (0.0, 0.0)


def _advice(found: "Found", out: Path | None) -> str:
    """What the figures are worth, and what can be done with them."""
    from bot.chat.text import many

    tried = f"The best of {many(found.trials, 'choice')} on the validation splits"
    if found.best.number == found.base.number:
        return f"{tried} is the one the search began with."
    pairs = [_difference(compared) for compared in found.best.compared.values()]
    is_sure = any(abs(difference) > SURE_ERRORS * error > 0 for difference, error in pairs)
    worth = "" if is_sure else f" No difference is above {SURE_ERRORS:g} standard errors, so it may well be chance."
    use = "--out FILE.json keeps it." if out is None else f"Use it: marquee train --config {out}"
    return f"{tried}; the best of many looks better than it is.{worth}\n{use}"
