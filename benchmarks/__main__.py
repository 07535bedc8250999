"""python -m benchmarks [NAME ...] [DATASET] [--quick] [--ratings 1m|10m|32m]

NAME is one of NAMES; without names all of them run. DATASET is a name or a path; left out, it is the setting of that
name.
"""

import argparse

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


def tables(name: str, dataset: str, size: str | None, *, quick: bool) -> list[Table]:
    """Run one benchmark. Imported where it is used: a training process imports this module again."""
    if name == "chat":
        from benchmarks import chat

        return [chat.report(chat.measure(dataset))]
    if name == "replies":
        from benchmarks import replies

        return [replies.report(replies.measure(dataset, quick=quick))]
    if name == "trace":
        from benchmarks import trace

        return [trace.report(trace.measure(dataset))]
    if name == "typed":
        from benchmarks import typed

        return typed.report(typed.measure(dataset))
    if name == "lists":
        from benchmarks import lists

        return [lists.report(lists.measure(dataset, lists.QUICK_LISTS) if quick else lists.measure(dataset))]
    if name == "believable":
        from benchmarks import believable

        return [believable.report(believable.measure(dataset))]
    if name == "cold":
        from benchmarks import cold

        return [cold.report(cold.measure(dataset))]
    if name == "unrated":
        from benchmarks import unrated

        return [unrated.report(unrated.measure(dataset))]
    if name == "newfilms":
        from benchmarks import newfilms

        return newfilms.report(newfilms.measure(dataset))
    if name == "interrupted":
        from benchmarks import interrupted

        return [
            interrupted.report(interrupted.measure(dataset, interrupted.QUICK_KILLS if quick else interrupted.KILLS))
        ]
    if name == "stall":
        from benchmarks import stall

        return [stall.report(stall.measure(dataset))]
    if name == "cost":
        from benchmarks import cost

        return cost.report(cost.measure(dataset, quick=quick))
    if name == "large":
        from benchmarks import large

        return large.report(large.measure(size or (QUICK_SIZE if quick else DEFAULT_SIZE)))
    if name == "scaling":
        from benchmarks import scaling

        return scaling.report(scaling.measure(dataset, quick=quick))
    if name == "memory":
        from benchmarks import large, memory

        return [memory.report(memory.measure(dataset, large.SIZES[size] if size else None))]
    if name == "tastemap":
        from benchmarks import tastemap

        return [tastemap.report(tastemap.measure(dataset))]
    if name == "server":
        from bot.cli.memory import spare_memory

        spare_memory()
        from benchmarks import server

        return [server.report(server.measure(dataset, quick=quick))]
    if name == "taste":
        from benchmarks import taste

        return [taste.report(taste.measure(dataset))]
    if name == "ends":
        from benchmarks import ends

        return [ends.report(ends.measure(dataset, ends.QUICK_ROUNDS if quick else ends.ROUNDS))]
    if name == "manipulation":
        from benchmarks import manipulation

        return manipulation.report(manipulation.measure(dataset))
    if name == "catalogue":
        from benchmarks import catalogue

        return catalogue.report(catalogue.measure(catalogue.QUICK_SHARE if quick else catalogue.FULL_SHARE))
    if name == "sayings":
        from benchmarks import sayings

        return [sayings.report(sayings.measure(dataset))]
    if name == "wishes":
        from benchmarks.wishes import measuring

        return measuring.report(measuring.measure(dataset))
    if name == "cards":
        from benchmarks import cards

        return [cards.report(cards.measure(dataset, quick=quick))]
    if name == "start":
        from benchmarks import start

        return start.report(start.measure(dataset))
    from benchmarks import quality

    return quality.report(quality.measure(dataset, QUICK_SEEDS) if quick else quality.measure(dataset))


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
