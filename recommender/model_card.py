"""The model card in words: `card.json` as Markdown, for whoever finds the folder."""

from collections.abc import Mapping, Sequence
from typing import Any

from recommender.config import Kind

_SECTIONS: Mapping[Kind, tuple[str, ...]] = {
    "factors": ("ranking", "rating"),
    "notebook": ("network",),
    "popularity": (),
}
"""What of a configuration a kind of model uses."""


def card_text(card: Mapping[str, Any]) -> str:
    """`card.json` as Markdown. What only the caller of `save` can know is told where it is there."""
    about = card["about"]
    parts = [
        f"# {_plain(card.get('version', 'A model'))}: {about['name']}",
        _section("What it is", _is(about)),
        _section("What it was trained on", _trained_on(card)),
        _section("Configuration", _configuration(card["config"])),
        _section("How the training went", _history(card["history"], about["loss"])),
        _section("How good it is", _metrics(card["metrics"], about)),
        *([_section("Why it is not the default", _why_not(about["not_default"]))] if about["not_default"] else []),
        _section("What it is for", [about["intended_use"]]),
        _section("Where it fails", [f"- {limit}" for limit in about["limits"]]),
        _section("Licence of the data", [about["licence"]]),
    ]
    return "\n\n".join(parts) + "\n"


def _section(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"## {title}", "", *lines])


def _is(about: Mapping[str, Any]) -> list[str]:
    labels = {"lists": "Lists", "order": "Order of the best", "stars": "Stars"}
    lines = [f"- {labels[part]}: {about['algorithm'][part]}." for part in labels if part in about["algorithm"]]
    needs = "A profile of ratings is all it needs to know of a person."
    return [*lines, "", f"{needs} Formulas: {about['documentation']}."]


def _trained_on(card: Mapping[str, Any]) -> list[str]:
    counts, (low, high) = card["counts"], card["rating_range"]
    what = "interactions" if card["config"].get("implicit") else f"ratings from {low:g} to {high:g}"
    lines = [
        f"- {counts['ratings']:,} {what} by {counts['users']:,} people",
        f"- {counts['movies']:,} films, rated or not",
    ]
    labels = {
        "dataset": "data set",
        "catalogue_hash": "hash of its catalogue",
        "last_year": "newest film of the catalogue",
        "trained_at": "trained at",
        "parent": "the model before it",
    }
    lines += [f"- {label}: {_plain(card[key])}" for key, label in labels.items() if card.get(key) is not None]
    community = card.get("community")
    if community is not None:
        lines.append(
            f"- of these from the community: {community['ratings']:,} ratings by {community['members']:,} members"
        )
    return lines


def _configuration(config: Mapping[str, Any]) -> list[str]:
    own = {name: value for name, value in config.items() if not isinstance(value, Mapping)}
    sections = {"model": own, **{name: config[name] for name in _SECTIONS[config["kind"]]}}
    return [
        f"- {name}: {', '.join(f'{key} {value}' for key, value in values.items())}" for name, values in sections.items()
    ]


def _history(history: Sequence[Mapping[str, Any]], loss: str) -> list[str]:
    if not history:
        return ["There was nothing to iterate."]
    rows = [
        f"| {epoch['epoch']} | {_shown(epoch['loss'])} | {_shown(epoch['val_loss'])} | {epoch['seconds']:.1f} |"
        for epoch in history
    ]
    return [f"Loss: {loss}.", "", "| epoch | loss | validation | seconds |", "|---|---|---|---|", *rows]


def _metrics(metrics: Mapping[str, Any], about: Mapping[str, Any]) -> list[str]:
    more = f"Figures of the default configuration under the protocols R, K and N: {about['documentation']}."
    if metrics.get("ndcg@10") is None:
        return ["Not measured on this data.", "", more]
    labels = {
        "ndcg@10": "lists, NDCG@10",
        "popularity_ndcg@10": "lists of plain popularity",
        "current_ndcg@10": "lists of the configuration in use before",
        "paired_difference": "difference from it, person by person",
        "paired_se": "standard error of that",
        "val_rmse": "stars, RMSE",
        "current_val_rmse": "stars of the configuration in use before",
        "rmse_difference": "difference from it",
        "rmse_se": "standard error of that, by person",
        "users": "people measured",
    }
    rows = [f"| {label} | {_shown(metrics[key])} |" for key, label in labels.items() if metrics.get(key) is not None]
    return ["| | |", "|---|---|", *rows, "", about["measured"], "", more]


def _why_not(reasons: Mapping[str, Any]) -> list[str]:
    lines = [reasons["why"]]
    turned = reasons["validation_loss"]
    if turned is not None:
        lowest, last = f"{turned['lowest']:.4f}", f"{turned['last']:.4f}"
        at, epochs = turned["lowest_after_epoch"], turned["epochs"]
        lines.append(f"Here the validation loss was lowest after epoch {at} of {epochs} ({lowest}), {last} at the end.")
    reference = reasons["reference"]
    stars, lists = reference["R rmse"], reference["K ndcg@10"]
    lines.append(
        f"Measured on {reference['dataset']}: stars of a random tenth RMSE {stars['notebook']} (default "
        f"{stars['default']}), lists for known users NDCG@10 {lists['notebook']} (popularity {lists['popularity']})."
    )
    return lines


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else f"{value:,}"


def _plain(value: object) -> str:
    """On one line, and without a meaning in Markdown."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>|#" else one for one in " ".join(str(value).split()))
