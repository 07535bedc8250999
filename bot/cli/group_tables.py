"""What `evaluate --groups` found as tables of at most 80 columns; everything is in the JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Column, Table

from bot.cli.evaluation_tables import Rows, table_of


def group_tables(found: Mapping[str, Any]) -> Iterator[Table]:
    """Lists, evenings, decks; empty where a table has too few people for a group."""
    if found["groups"]:
        yield _lists(found["lists"], found["groups"], found["cost"])
        yield _differences(found["lists"])
        yield _evenings(found["evenings"])
    if any(figures["groups"] for figures in found["decks"].values()):
        yield _decks(found["decks"])


def _lists(rows: Rows, groups: int, cost: Mapping[str, float]) -> Table:
    made = table_of(
        f"lists of ten for {groups:,} groups, by what members held back",
        _first("strategy"),
        ("NDCG@10, mean", "least happy", "disliked"),
        "disliked: rated 2 or less, of listed films that a member held back;\n"
        f"a list took {cost['ms_per_list']:.1f} ms, its members' own lists {cost['ms_of_own_lists']:.1f} ms",
    )
    for name, figures in rows.items():
        made.add_row(name, *(_shown(figures[key]) for key in ("ndcg@10", "least_ndcg@10", "disliked_share")))
    return made


def _differences(rows: Rows) -> Table:
    with_default = {name: figures["compared"] for name, figures in rows.items() if "compared" in figures}
    default = next(iter(rows))
    made = table_of(
        f"difference from {default}, group by group", _first("strategy"), ("mean", "±", "least happy", "± ")
    )
    for name, compared in with_default.items():
        pairs = [(compared["difference"][key], compared["standard_error"][key]) for key in ("mean", "least")]
        made.add_row(name, *(text for mean, error in pairs for text in (f"{mean:+.4f}", f"{error:.4f}")))
    return made


def _evenings(rows: Rows) -> Table:
    made = table_of(
        "ten evenings of a group: happiest member less unhappiest",
        _first("lists by"),
        ("gap, appeal", "gap, NDCG", "NDCG, mean", "least happy"),
        "weighted: by who lost so far as far as appeal tells;\ntold: as members say how it was",
    )
    for name, figures in rows.items():
        keys = ("appeal_gap", "ndcg_gap", "ndcg@10", "least_ndcg@10")
        made.add_row(name, *(_shown(figures[key]) for key in keys))
    return made


def _decks(rows: Rows) -> Table:
    groups = next(iter(rows.values()))["groups"]
    made = table_of(
        f"films until all said yes, {groups:,} groups that have such a film",
        _first("deck"),
        ("a quarter", "half", "three quarters", "90 %", "within 10"),
    )
    for name, figures in rows.items():
        quantiles = (figures[key] for key in ("25%", "50%", "75%", "90%"))
        counts = ("> 100" if value is None else f"{value:.0f}" for value in quantiles)
        made.add_row(name, *counts, f"{figures['within_10']:.0%}")
    return made


def _first(heading: str) -> Column:
    return Column(heading, style="bold", no_wrap=True)


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
