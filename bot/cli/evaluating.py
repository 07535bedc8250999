"""`evaluate`: our models and the libraries people would use instead, side by side."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot.cli.datasets import Name, catalogue_of, load
from bot.cli.models import CONFIG_HELP
from bot.cli.progress import evaluation_bar
from bot.errors import SettingError
from bot.settings import load_settings

if TYPE_CHECKING:
    from recommender import TrainingConfig
    from recommender.evaluation.evaluate import Model

_SEED = re.compile("[0-9]{1,9}")
ALWAYS = ("popularity", "bias")
ALL_PEERS = "peers"


def evaluate(
    dataset: Name = None,
    config: Annotated[str, typer.Option(metavar="NAME|FILE", help=CONFIG_HELP)] = "default",
    against: Annotated[
        list[str] | None,
        typer.Option(help="Models beside it: ease, implicit, irspack, surprise, notebook, …; peers for all libraries."),
    ] = None,
    protocols: Annotated[
        str,
        typer.Option(
            help="By commas: R, K, N, S (stars for new users), D (dislikes), C (films without ratings), "
            "cold (N without ratings), consistency (of lists and stars)."
        ),
    ] = "R,K,N",
    seeds: Annotated[
        str, typer.Option(help="Seeds of the splits of R, by commas; the first is that of --groups.")
    ] = "42,43,44,45,46",
    groups: Annotated[
        bool,
        typer.Option(
            "--groups",
            help="Instead of protocols, lists for 1,000 random groups: all ways of making them, ten evenings of the "
            "same group, and films swiped until all say yes.",
        ),
    ] = False,
    split_files: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            metavar="TRAIN TEST [VALID]",
            help="Instead of a data set, Recall@20 and NDCG@20 on a published split: one line a user, user then items.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Measure a model's stars (R) and lists (K: known users, N: new ones) beside popularity, bias and others."""
    from bot.cli.evaluation_tables import tables
    from recommender.config_file import config_of
    from recommender.evaluation import evaluate as measure

    models: dict[str, Model] = {Path(config).name: config_of(config), **_others(against or [])}
    if split_files is not None:
        _evaluate_split(*split_files, None if dataset is None else Path(dataset), models, as_json)
        return
    wanted = _protocols(protocols)
    numbers = _seeds(seeds)
    if groups:
        _evaluate_groups(dataset, config_of(config), numbers[0], as_json)
        return
    loaded = load(dataset)
    movies = catalogue_of(loaded, load_settings()).frame()
    with evaluation_bar() as show:
        result = measure(loaded.load_ratings(), movies, models, wanted, numbers, show)
    if as_json:
        print(json.dumps({"dataset": loaded.name, **result}))
    else:
        for table in tables(result["protocols"]):
            Console().print(table)


def _evaluate_groups(dataset: str | None, config: "TrainingConfig", seed: int, as_json: bool) -> None:
    from bot.cli.group_tables import group_tables
    from recommender.evaluation import evaluate_groups
    from recommender.evaluation.random_groups import LEAST_RATINGS

    loaded = load(dataset)
    movies = catalogue_of(loaded, load_settings()).frame()
    with evaluation_bar() as show:
        found = evaluate_groups(loaded.load_ratings(), movies, config, seed=seed, on_progress=show)
    if as_json:
        print(json.dumps({"dataset": loaded.name, **found}))
        return
    if not found["groups"]:
        print(f"No groups: that takes two people with at least {LEAST_RATINGS} ratings each.")
    for table in group_tables(found):
        Console().print(table)


def _evaluate_split(
    training: Path, test: Path, validation: Path | None, models: "dict[str, Model]", as_json: bool
) -> None:
    """The third file, which may be left out, stands where a data set's name does otherwise."""
    from bot.cli.evaluation_tables import split_note, tables
    from recommender.evaluation import SplitFiles, evaluate_split

    files = SplitFiles.read(training, test, validation)
    with evaluation_bar() as show:
        result = evaluate_split(files, models, show)
    if as_json:
        print(json.dumps(result))
        return
    for table in tables(result["protocols"]):
        Console().print(table)
    Console(highlight=False, soft_wrap=True, markup=False).print(split_note(result))


def _others(against: list[str]) -> "dict[str, Model]":
    """The models named by `--against`, in that order; raises SettingError for a name that is none."""
    from recommender.config_file import NAMED
    from recommender.evaluation.peers import PEERS, peer

    names = [name.strip() for some in against for name in some.split(",") if name.strip()]
    models: dict[str, Model] = {}
    for name in names:
        if name == ALL_PEERS:
            models |= {one: peer(one) for one in PEERS}
        elif name in PEERS:
            models[name] = peer(name)
        elif name in NAMED:
            models[name] = NAMED[name]()
        elif name not in ALWAYS:
            known = dict.fromkeys((*NAMED, *ALWAYS, *PEERS, ALL_PEERS))
            raise SettingError("--against", name, f"one of {', '.join(known)}")
    return models


def _protocols(text: str) -> list[str]:
    from recommender.evaluation import EVERY_PROTOCOL

    known = {name.lower(): name for name in EVERY_PROTOCOL}
    given = [name.strip() for name in text.split(",") if name.strip()]
    for name in given or [text]:
        if name.lower() not in known:
            raise SettingError("--protocols", name, f"some of {', '.join(known.values())}")
    return list(dict.fromkeys(known[name.lower()] for name in given))


def _seeds(text: str) -> list[int]:
    given = [seed.strip() for seed in text.split(",")]
    if not all(_SEED.fullmatch(seed) for seed in given):
        raise SettingError("--seeds", text, "whole numbers separated by commas")
    return [int(seed) for seed in given]
