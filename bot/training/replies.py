"""Training as members and operators see it: progress, result, and the model in use."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.chat.cards import embed
from bot.chat.components import ANYBODY, ActionButton, view
from bot.chat.markdown import escape, moment
from bot.chat.reply import ACCENT, CALM, Picture, Reply
from bot.chat.sentences import sentence
from bot.chat.text import TITLE_LIMIT, cut, in_minutes, many
from bot.models import Serving
from bot.training.process import Stamped
from bot.training.service import (
    NoRetrainRunningError,
    NotOperatorError,
    RetrainRunningError,
    RetrainTooSoonError,
    Run,
    RunResult,
)
from recommender import Epoch

BAR_WIDTH = 20
LEAST_SHARE = 0.05
"""With less done, the time left is a guess."""

_REASONS = {
    "below_popularity": "its lists are worse than plain popularity",
    "worse_than_current": "its lists are worse than those of the model in use",
    "worse_stars": "its stars are further from people's ratings than those of the model in use",
    "non_finite_loss": "its loss was no longer a number",
    "process_ended": "its process ended before its time",
    "process_killed": "its process was ended by the system, probably for lack of memory",
    "unusable_data": "the data could not be used; the log says why",
    "crashed": "an error that is in the log",
}


def progress(run: Run) -> Reply:
    """One message, edited as the training goes."""
    card = embed("Training a model", _progress_text(run.progress), CALM)
    card.set_footer(text="You can go on rating and asking meanwhile.")
    return Reply(embed=card, view=view(ActionButton("Cancel", "cancel_retrain", ANYBODY, run.run_id)))


def _progress_text(stamped: Stamped | None, *, in_detail: bool = True) -> str:
    if stamped is None:
        return "Starting a process for it…"
    now = stamped.progress
    share = now.share
    filled = round(share * BAR_WIDTH)
    lines = [
        f"`{'█' * filled}{'░' * (BAR_WIDTH - filled)}` {share:.0%}",
        *([f"{escape(now.stage)} {now.step} of {now.steps}"] if in_detail else []),
    ]
    if in_detail and now.loss is not None:
        lines.append(f"loss {now.loss:.4f}" + (f", validation {now.val_loss:.4f}" if now.val_loss is not None else ""))
    if now.whole is not None and LEAST_SHARE <= share < 1:
        lines.append(f"about {in_minutes(now.whole.seconds / share - now.whole.seconds)} left")
    return "\n".join(lines)


def cancelling() -> Reply:
    return Reply("Cancelling the training; the model in use stays.", ephemeral=True)


def result(ended: RunResult) -> Reply:
    """The card at the end: promoted or not, why, and the loss plot."""
    report = ended.report
    if ended.outcome == "promoted" and report is not None:
        title, lines = "A new model is in use", [f"**Version** {escape(ended.version or '')}"]
    elif ended.outcome == "cancelled":
        return Reply(embed=embed("Training cancelled", "The model in use stays.", CALM))
    elif ended.outcome == "refused":
        title, lines = (
            "The new model was refused",
            [f"Since {reasons(ended.reason)}. The model in use stays."],
        )
    else:
        text = f"The training failed: {reasons(ended.reason)}. The model in use stays."
        return Reply(embed=embed("The training failed", text, CALM))
    if report is None:
        return Reply(embed=embed(title, "\n".join(lines), CALM))
    lines += [
        _data_line(report.counts),
        *_metric_lines(report.metrics),
        f"**Took** {in_minutes(report.seconds)}",
    ]
    colour = ACCENT if ended.outcome == "promoted" else CALM
    card = embed(title, "\n".join(lines), colour)
    card.set_image(url="attachment://loss.png")
    description = _describe(report.history, report.counts.get("ratings", 0))
    return Reply(embed=card, pictures=(Picture("loss.png", report.picture, description),))


def refused_by_itself(ended: RunResult) -> Reply:
    """The same for operators, who did not ask for it."""
    note = "It was trained by the schedule. I tell you once, not again while the next ones end alike."
    return replace(result(ended), content=note)


def reasons(codes: str | None) -> str:
    """Machine-readable reasons, joined by commas, as words."""
    parts = (codes or "").split(",")
    return " and ".join(escape(_REASONS.get(part, part)) for part in parts if part) or "of an unknown reason"


def _data_line(counts: Mapping[str, int]) -> str:
    ratings, users, movies = counts.get("ratings", 0), counts.get("users", 0), counts.get("movies", 0)
    return f"**Data** {many(ratings, 'rating')} by {many(users, 'person', 'people')} of {many(movies, 'film')}"


def _metric_lines(metrics: Mapping[str, Any]) -> list[str]:
    ndcg = metrics.get("ndcg@10")
    if ndcg is None:
        return ["**Lists** not measured: too few people to hold ratings out"]
    beside = []
    if metrics.get("popularity_ndcg@10") is not None:
        beside.append(f"popularity {metrics['popularity_ndcg@10']:.3f}")
    if metrics.get("current_ndcg@10") is not None:
        beside.append(f"model before {metrics['current_ndcg@10']:.3f}")
    lines = [f"**Lists** NDCG@10 {ndcg:.3f}" + (f" ({', '.join(beside)})" if beside else "")]
    if metrics.get("val_rmse") is not None:
        before = metrics.get("current_val_rmse")
        beside_it = "" if before is None else f", model before {before:.2f}"
        lines.append(f"**Stars** off by {metrics['val_rmse']:.2f} (RMSE{beside_it})")
    return lines


def _describe(history: Sequence[Epoch], ratings: int) -> str:
    """The plot for those who do not see it: what it shows, and its figures."""
    text = f"Line chart: training and validation loss by epoch, from {many(ratings, 'rating')}."
    told = [
        _course_of("Training", [epoch.loss for epoch in history]),
        _course_of("Validation", [epoch.val_loss for epoch in history if epoch.val_loss is not None]),
    ]
    return " ".join([text, *(one for one in told if one)])


def _course_of(name: str, losses: Sequence[float]) -> str:
    if not losses:
        return ""
    best = min(losses)
    return (
        f"{name}: first {losses[0]:.4f}, last {losses[-1]:.4f}, best {best:.4f} "
        f"in epoch {losses.index(best) + 1} of {len(losses)}."
    )


def _fact(card: Mapping[str, Any], key: str) -> str:
    return escape(str(card.get(key, "unknown")))


def _algorithm(card: Mapping[str, Any]) -> list[str]:
    """What kind of model it is, in a line; an older one's card does not say."""
    about = card.get("about")
    name = about.get("name") if isinstance(about, Mapping) else None
    return [f"**Kind** {escape(str(name))}"] if name else []


def _in_words(metrics: Mapping[str, Any]) -> list[str]:
    """The same for members, who need know nothing of measures."""
    ndcg, popularity, off_by = (metrics.get(key) for key in ("ndcg@10", "popularity_ndcg@10", "val_rmse"))
    lines = []
    if ndcg is not None and popularity:
        better = round(100 * (ndcg / popularity - 1))
        lines.append(f"**Lists** {better} % better than a list of what most people like" if better > 0 else "")
    if off_by is not None:
        lines.append(f"**Stars** typically {off_by:.1f} away from what people give")
    return [line for line in lines if line]


def status(serving: Serving, picture: bytes | None, run: Run | None, *, is_operator: bool = False) -> Reply:
    """The model in use: version, data, how good it is; for operators its kind, metrics and loss plot too."""
    damaged = None if serving.instead_of is None else escape(cut(serving.instead_of, TITLE_LIMIT))
    if not serving.is_trained:
        missing = "There is no trained model yet" if damaged is None else f"The model {damaged} cannot be used"
        text = f"{missing}, so lists show what most people like."
        if run is not None:
            text += f"\n\n**Training now**\n{_progress_text(run.progress, in_detail=is_operator)}"
        return Reply(embed=embed("The model in use", text, CALM))
    card = serving.card
    lines = [
        f"**Version** {escape(serving.version)}",
        *(_algorithm(card) if is_operator else ()),
        f"**Trained** {moment(_fact(card, 'trained_at'))} on {_fact(card, 'dataset')}",
        _data_line(serving.model.counts),
        *(_metric_lines if is_operator else _in_words)(serving.model.metrics),
    ]
    if damaged is not None:
        lines.append(f"**Instead of** {damaged}, which cannot be used; the log says why")
    if run is not None:
        lines.append(f"\n**Training the next one**\n{_progress_text(run.progress, in_detail=is_operator)}")
    shown = embed("The model in use", "\n".join(lines), CALM)
    if picture is None or not is_operator:
        return Reply(embed=shown)
    shown.set_image(url="attachment://loss.png")
    alt = _describe(serving.model.history, serving.model.counts.get("ratings", 0))
    return Reply(embed=shown, pictures=(Picture("loss.png", picture, alt),))


@sentence.register
def _(error: NotOperatorError, prefix: str = "!") -> str:
    return "Only an operator of this bot can do that. Operators are set with OPERATOR_IDS."


@sentence.register
def _(error: RetrainTooSoonError, prefix: str = "!") -> str:
    waits = []
    if error.wait_s > 0:
        waits.append(f"in {many(max(1, round(error.wait_s / 60)), 'minute')}")
    if error.wanted_ratings > 0:
        waits.append(f"after {many(error.wanted_ratings, 'more rating')}")
    return f"It is too soon to train again. I can do it {' and '.join(waits)}."


@sentence.register
def _(error: RetrainRunningError, prefix: str = "!") -> str:
    return (
        f"A training is running already ({error.stage}, {error.percent} %). I do one at a time; "
        f"{prefix}model tells how it ends."
    )


@sentence.register
def _(error: NoRetrainRunningError, prefix: str = "!") -> str:
    return f"No training is running. {prefix}retrain starts one."
