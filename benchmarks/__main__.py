"""python -m benchmarks [NAME ...] [DATASET] [--quick] [--ratings 1m|10m|32m]

NAME is one of NAMES; without names all of them run. DATASET is a name or a path; left out, it is the setting of that
name.
"""

import argparse
from importlib import import_module

from rich.console import Console
from rich.table import Table

NAMES = (
    "chat",
    "replies",
    "trace",
    "typed",
    "lists",
    "believable",
    "cold",
    "unrated",
    "newfilms",
    "stall",
    "quality",
    "start",
    "cost",
    "large",
    "scaling",
    "ends",
    "memory",
    "tastemap",
    "server",
    "taste",
    "manipulation",
    "catalogue",
    "sayings",
    "wishes",
    "cards",
    "interrupted",
)
SIZES = ("1m", "10m", "32m")
DEFAULT_SIZE, QUICK_SIZE = "10m", "1m"
QUICK_SEEDS = (42,)
FOLDERS = {"wishes": "wishes.measuring"}


def tables(name: str, dataset: str, size: str | None, *, quick: bool) -> list[Table]:
    """Run one benchmark. Imported where it is used: a training process imports this module again."""
    if name == "server":
        from bot.cli.memory import spare_memory

        spare_memory()
    module = import_module(f"benchmarks.{FOLDERS.get(name, name)}")
    match name:
        case "replies" | "cost" | "scaling" | "server" | "cards":
            measured = module.measure(dataset, quick=quick)
        case "lists":
            measured = module.measure(dataset, module.QUICK_LISTS if quick else module.LISTS)
        case "interrupted":
            measured = module.measure(dataset, module.QUICK_KILLS if quick else module.KILLS)
        case "ends":
            measured = module.measure(dataset, module.QUICK_ROUNDS if quick else module.ROUNDS)
        case "quality" if quick:
            measured = module.measure(dataset, QUICK_SEEDS)
        case "large":
            measured = module.measure(size or (QUICK_SIZE if quick else DEFAULT_SIZE))
        case "memory":
            measured = module.measure(dataset, import_module("benchmarks.large").SIZES[size] if size else None)
        case "catalogue":
            measured = module.measure(module.QUICK_SHARE if quick else module.FULL_SHARE)
        case _:
            measured = module.measure(dataset)
    shown = module.report(measured)
    return [shown] if isinstance(shown, Table) else shown


def main() -> None:
    from bot.settings import load_settings

    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("arguments", nargs="*", metavar="|".join((*NAMES, "DATASET")))
    parser.add_argument(
        "--quick",
        action="store_true",
        help="ends: 2 rounds; lists: 1,000; quality: protocol R with one seed, not five; "
        "cost, scaling: the data set alone; large: 1m; catalogue: a fiftieth of the lines; interrupted: 3 kills",
    )
    parser.add_argument(
        "--ratings",
        choices=SIZES,
        help=f"large: how many are generated (default {DEFAULT_SIZE}); memory: so many generated ones, not DATASET",
    )
    options = parser.parse_intermixed_args()
    named = [one for one in options.arguments if one in NAMES]
    datasets = [one for one in options.arguments if one not in NAMES]
    if len(datasets) > 1:
        parser.error(f"one data set, not {len(datasets)}: {', '.join(datasets)}")
    dataset = datasets[0] if datasets else load_settings().dataset
    console = Console(highlight=False)
    for name in named or NAMES:
        for one in tables(name, dataset, options.ratings, quick=options.quick):
            console.print(one)


if __name__ == "__main__":
    main()
