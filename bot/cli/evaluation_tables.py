"""What `evaluate` found as tables of at most 80 columns; everything is in the JSON."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.table import Column, Table

SIZES = (0, 1, 3, 5, 10, 20)
Rows = Mapping[str, Mapping[str, Any]]
"""Model to figures."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of a protocol: headings, and where in a model's figures each value stands."""

    protocol: str
    title: str
    columns: tuple[tuple[str, str], ...]
    note: str | None = None


def _by_case(figure: str) -> tuple[tuple[str, str], ...]:
    cases = {"none": "none", "6 dislikes": "6 dislikes", "3 likes": "3 likes", "both": "3 likes + 6 dislikes"}
    return tuple((heading, f"{figure}.{case}") for heading, case in cases.items())


LAYOUTS = (
    Layout(
        "R",
        "R: stars of a random tenth of the ratings",
        (("RMSE", "rmse"), ("MAE", "mae"), ("seconds", "seconds"), ("peak MB", "peak_mb")),
    ),
    Layout(
        "K",
        "K: lists for known users, of what they liked last",
        (
            ("NDCG@10", "ndcg@10"),
            ("Recall@10", "recall@10"),
            ("hit rate", "hit@10"),
            ("MAP@10", "map@10"),
            ("coverage", "coverage@10"),
            ("ms/list", "ms_per_list"),
        ),
    ),
    Layout(
        "K",
        "K: what the lists are like",
        (
            ("place", "mean_popularity_rank"),
            ("rare", "rare_share"),
            ("diversity", "intra_list_diversity"),
            ("genres", "genre_calibration"),
            ("later RMSE", "temporal_rmse"),
            ("seconds", "seconds"),
        ),
        "place: mean rank by popularity; rare: share of films with under 5 ratings;\n"
        "genres: divergence from the profile's, 0 is calibrated",
    ),
    Layout(
        "N",
        "N: NDCG@10 of lists for new users with k ratings",
        (*((f"k={k}", f"ndcg@10.{k}") for k in SIZES), ("mean", "ndcg@10.mean")),
    ),
    Layout(
        "S",
        "S: RMSE of stars for new users with k ratings",
        tuple((f"k={k}", f"rmse.{k}") for k in SIZES),
    ),
    Layout(
        "S",
        "S: that over the error of films' damped means",
        tuple((f"k={k}", f"ratio.{k}") for k in SIZES),
        "with or without the user's damped offset,\nwhichever is better; below 1 the model is",
    ),
    Layout(
        "S",
        "S: ratings within the 80 % interval",
        tuple((f"k={k}", f"within_80.{k}") for k in SIZES),
    ),
    Layout(
        "D",
        "D: NDCG@10 of new users who tell dislikes and likes",
        (*_by_case("ndcg@10"), ("gain", "gain"), ("flipped", "flipped_overlap")),
        "gain: both over 3 likes; flipped: films of ten that stay\nif the dislikes are praised",
    ),
    Layout(
        "D",
        "D: disliked among the listed films that were rated",
        _by_case("disliked_share"),
    ),
    Layout(
        "C",
        "C: films without ratings",
        (
            ("RMSE", "rmse.0"),
            ("of mean", "mean_offset.0"),
            ("of genres", "genres_offset.0"),
            ("AUC list", "auc.list"),
            ("stars", "auc.stars"),
            ("votes", "auc.votes"),
        ),
        "of mean, of genres: RMSE of these with the user's offset;\nvotes: AUC by the films' true numbers of ratings",
    ),
    Layout(
        "consistency",
        "consistency: order and stars of new users' lists",
        (("pairs upside down", "upside_down"), ("films below the floor", "below_floor")),
        "floor: half a star below the user's mean",
    ),
    Layout(
        "cold",
        "cold: lists for new users without a rating",
        (("NDCG@10", "ndcg@10.0"), ("Recall@10", "recall@10.0"), ("seconds", "seconds"), ("peak MB", "peak_mb")),
    ),
    Layout(
        "split",
        "split: lists of twenty for the users of the files",
        (("Recall@20", "recall@20"), ("NDCG@20", "ndcg@20"), ("seconds", "seconds"), ("peak MB", "peak_mb")),
    ),
)


def tables(protocols: Mapping[str, Rows]) -> Iterator[Table]:
    """One row a model, and in the end the differences from the first model where there is one."""
    for layout in LAYOUTS:
        if layout.protocol in protocols:
            yield _table(layout, protocols[layout.protocol])
    for protocol in ("K", "N", "split"):
        rows = {name: one["compared"] for name, one in protocols.get(protocol, {}).items() if "compared" in one}
        if rows:
            yield _differences(protocol, rows)


def _table(layout: Layout, rows: Rows) -> Table:
    made = table_of(layout.title, _model(), (heading for heading, _ in layout.columns), layout.note)
    for name, figures in rows.items():
        made.add_row(name, *(_shown(_at(figures, key)) for _, key in layout.columns))
    return made


def _differences(protocol: str, rows: Rows) -> Table:
    """How much better (+) or worse a model serves the same users, with the standard error of that."""
    first = next(iter(rows.values()))["with"]
    of = {"K": "NDCG@10", "N": "NDCG@10, mean over k", "split": "NDCG@20"}[protocol]
    title = f"{protocol}: {of}, difference from {first}, user by user"
    made = table_of(title, _model(), ["difference", "± standard error"])
    for name, compared in rows.items():
        difference, error = (mean_of(compared[key]) for key in ("difference", "standard_error"))
        made.add_row(name, f"{difference:+.4f}", f"{error:.4f}")
    return made


def split_note(counts: Mapping[str, Any]) -> str:
    """What the files of a split hold beyond what was expected."""
    from bot.chat.text import many

    return (
        f"{many(counts['users'], 'user')} with a test item, {counts['unknown_users']:,} of them without training; "
        f"{many(counts['unknown_items'], 'test item')} without training, which count as misses; "
        f"{many(counts['repeated'], 'repeated item')} left out."
    )


def mean_of(value: Any) -> float:
    """A figure, or of the profile sizes their mean."""
    return float(value["mean"] if isinstance(value, Mapping) else value)


def table_of(title: str, first: Column, figures: Iterable[str], note: str | None = None) -> Table:
    """An empty table: what a row is about, then its figures."""
    columns = (Column(figure, justify="right", no_wrap=True) for figure in figures)
    return Table(first, *columns, title=title, caption=note)


def _model() -> Column:
    return Column("model", style="bold", no_wrap=True)


def _at(figures: Any, path: str) -> Any:
    for key in path.split("."):
        figures = figures.get(key) if isinstance(figures, Mapping) else None
    return figures


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4f}" if value < 10 else f"{value:.1f}"
