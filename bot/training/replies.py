"""Training as members and operators see it: progress, result, and the model in use."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.chat.cards import embed
from bot.chat.components import ANYBODY, ActionButton, view
from bot.chat.language import format_number, gettext, gettext_noop, listed, ngettext
from bot.chat.markdown import escape, moment
from bot.chat.reply import ACCENT, CALM, Picture, Reply
from bot.chat.sentences import sentence
from bot.chat.text import TITLE_LIMIT, cut, in_minutes
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
    "below_popularity": gettext_noop("its lists are worse than plain popularity"),
    "worse_than_current": gettext_noop("its lists are worse than those of the model in use"),
    "worse_stars": gettext_noop("its stars are further from people's ratings than those of the model in use"),
    "non_finite_loss": gettext_noop("its loss was no longer a number"),
    "process_ended": gettext_noop("its process ended before its time"),
    "process_killed": gettext_noop("its process was ended by the system, probably for lack of memory"),
    "unusable_data": gettext_noop("the data could not be used; the log says why"),
    "crashed": gettext_noop("an error that is in the log"),
}


def progress(run: Run) -> Reply:
    """One message, edited as the training goes."""
    card = embed(gettext("Training a model"), _progress_text(run.progress), CALM)
    card.set_footer(text=gettext("You can go on rating and asking meanwhile."))
    return Reply(embed=card, view=view(ActionButton(gettext("Cancel"), "cancel_retrain", ANYBODY, run.run_id)))


def _progress_text(stamped: Stamped | None, *, in_detail: bool = True) -> str:
    if stamped is None:
        return gettext("Starting a process for it…")
    now = stamped.progress
    share = now.share
    filled = round(share * BAR_WIDTH)
    lines = [
        f"`{'█' * filled}{'░' * (BAR_WIDTH - filled)}` {share:.0%}",
        *([gettext("{stage} {n} of {all}", stage=escape(now.stage), n=now.step, all=now.steps)] if in_detail else []),
    ]
    if in_detail and now.loss is not None:
        loss = format_number(now.loss, 4)
        lines.append(
            gettext("loss {loss}", loss=loss)
            if now.val_loss is None
            else gettext("loss {loss}, validation {validation}", loss=loss, validation=format_number(now.val_loss, 4))
        )
    if now.whole is not None and LEAST_SHARE <= share < 1:
        lines.append(gettext("about {time} left", time=in_minutes(now.whole.seconds / share - now.whole.seconds)))
    return "\n".join(lines)


def cancelling() -> Reply:
    return Reply(gettext("Cancelling the training; the model in use stays."), ephemeral=True)


def result(ended: RunResult) -> Reply:
    """The card at the end: promoted or not, why, and the loss plot."""
    report = ended.report
    if ended.outcome == "promoted" and report is not None:
        title = gettext("A new model is in use")
        lines = [gettext("**Version** {version}", version=escape(ended.version or ""))]
    elif ended.outcome == "cancelled":
        return Reply(embed=embed(gettext("Training cancelled"), gettext("The model in use stays."), CALM))
    elif ended.outcome == "refused":
        title = gettext("The new model was refused")
        lines = [gettext("Why: {reasons}. The model in use stays.", reasons=reasons(ended.reason))]
    else:
        text = gettext("The training failed: {reasons}. The model in use stays.", reasons=reasons(ended.reason))
        return Reply(embed=embed(gettext("The training failed"), text, CALM))
    if report is None:
        return Reply(embed=embed(title, "\n".join(lines), CALM))
    lines += [
        _data_line(report.counts),
        *_metric_lines(report.metrics),
        gettext("**Took** {time}", time=in_minutes(report.seconds)),
    ]
    colour = ACCENT if ended.outcome == "promoted" else CALM
    card = embed(title, "\n".join(lines), colour)
    card.set_image(url="attachment://loss.png")
    description = _describe(report.history, report.counts)
    return Reply(embed=card, pictures=(Picture("loss.png", report.picture, description),))


def refused_by_itself(ended: RunResult) -> Reply:
    """The same for operators, who did not ask for it."""
    note = gettext("It was trained by the schedule. I tell you once, not again while the next ones end alike.")
    return replace(result(ended), content=note)


def reasons(codes: str | None) -> str:
    """Machine-readable reasons, joined by commas, as words."""
    told = [gettext(_REASONS[part]) if part in _REASONS else part for part in (codes or "").split(",") if part]
    return listed([escape(one) for one in told]) if told else gettext("the reason is not known")


def _data_line(counts: Mapping[str, int]) -> str:
    return gettext(
        "**Data** {ratings} by {people} of {films}",
        ratings=_ratings(counts),
        people=ngettext("{n} person", "{n} people", counts.get("users", 0)),
        films=ngettext("{n} film", "{n} films", counts.get("movies", 0)),
    )


def _ratings(counts: Mapping[str, int]) -> str:
    return ngettext("{n} rating", "{n} ratings", counts.get("ratings", 0))


def _metric_lines(metrics: Mapping[str, Any]) -> list[str]:
    ndcg = metrics.get("ndcg@10")
    if ndcg is None:
        return [gettext("**Lists** not measured: too few people to hold ratings out")]
    beside = []
    if metrics.get("popularity_ndcg@10") is not None:
        beside.append(gettext("popularity {figure}", figure=format_number(metrics["popularity_ndcg@10"], 3)))
    if metrics.get("current_ndcg@10") is not None:
        beside.append(gettext("model before {figure}", figure=format_number(metrics["current_ndcg@10"], 3)))
    measured = gettext("**Lists** NDCG@10 {figure}", figure=format_number(ndcg, 3))
    lines = [f"{measured} ({', '.join(beside)})" if beside else measured]
    if metrics.get("val_rmse") is not None:
        measures = ["RMSE"]
        if metrics.get("current_val_rmse") is not None:
            measures.append(gettext("model before {figure}", figure=format_number(metrics["current_val_rmse"], 2)))
        off_by = gettext("**Stars** off by {figure}", figure=format_number(metrics["val_rmse"], 2))
        lines.append(f"{off_by} ({', '.join(measures)})")
    return lines


def _describe(history: Sequence[Epoch], counts: Mapping[str, int]) -> str:
    """The plot for those who do not see it: what it shows, and its figures."""
    text = gettext("Line chart: training and validation loss by epoch, from {ratings}.", ratings=_ratings(counts))
    told = [
        _course_of(gettext("Training"), [epoch.loss for epoch in history]),
        _course_of(gettext("Validation"), [epoch.val_loss for epoch in history if epoch.val_loss is not None]),
    ]
    return " ".join([text, *(one for one in told if one)])


def _course_of(name: str, losses: Sequence[float]) -> str:
    if not losses:
        return ""
    best = min(losses)
    return gettext(
        "{name}: first {first}, last {last}, best {best} in epoch {epoch} of {all}.",
        name=name,
        first=format_number(losses[0], 4),
        last=format_number(losses[-1], 4),
        best=format_number(best, 4),
        epoch=losses.index(best) + 1,
        all=len(losses),
    )


def _fact(card: Mapping[str, Any], key: str) -> str:
    return escape(str(card.get(key, gettext("unknown"))))


def _algorithm(card: Mapping[str, Any]) -> list[str]:
    """What kind of model it is, in a line; an older one's card does not say."""
    about = card.get("about")
    name = about.get("name") if isinstance(about, Mapping) else None
    return [gettext("**Kind** {name}", name=escape(str(name)))] if name else []


def _in_words(metrics: Mapping[str, Any]) -> list[str]:
    """The same for members, who need know nothing of measures."""
    ndcg, popularity, off_by = (metrics.get(key) for key in ("ndcg@10", "popularity_ndcg@10", "val_rmse"))
    lines = []
    if ndcg is not None and popularity:
        better = round(100 * (ndcg / popularity - 1))
        if better > 0:
            lines.append(gettext("**Lists** {percent} % better than a list of what most people like", percent=better))
    if off_by is not None:
        stars = format_number(off_by, 1)
        lines.append(gettext("**Stars** typically {stars} away from what people give", stars=stars))
    return lines


def status(serving: Serving, picture: bytes | None, run: Run | None, *, is_operator: bool = False) -> Reply:
    """The model in use: version, data, how good it is; for operators its kind, metrics and loss plot too."""
    damaged = None if serving.instead_of is None else escape(cut(serving.instead_of, TITLE_LIMIT))
    if not serving.is_trained:
        if damaged is None:
            text = gettext("There is no trained model yet, so lists show what most people like.")
        else:
            text = gettext("The model {version} cannot be used, so lists show what most people like.", version=damaged)
        if run is not None:
            text += f"\n\n{gettext('**Training now**')}\n{_progress_text(run.progress, in_detail=is_operator)}"
        return Reply(embed=embed(gettext("The model in use"), text, CALM))
    card = serving.card
    lines = [
        gettext("**Version** {version}", version=escape(serving.version)),
        *(_algorithm(card) if is_operator else ()),
        gettext(
            "**Trained** {when} on {dataset}", when=moment(_fact(card, "trained_at")), dataset=_fact(card, "dataset")
        ),
        _data_line(serving.model.counts),
        *(_metric_lines if is_operator else _in_words)(serving.model.metrics),
    ]
    if damaged is not None:
        lines.append(gettext("**Instead of** {version}, which cannot be used; the log says why", version=damaged))
    if run is not None:
        heading = gettext("**Training the next one**")
        lines.append(f"\n{heading}\n{_progress_text(run.progress, in_detail=is_operator)}")
    shown = embed(gettext("The model in use"), "\n".join(lines), CALM)
    if picture is None or not is_operator:
        return Reply(embed=shown)
    shown.set_image(url="attachment://loss.png")
    alt = _describe(serving.model.history, serving.model.counts)
    return Reply(embed=shown, pictures=(Picture("loss.png", picture, alt),))


@sentence.register
def _(error: NotOperatorError, prefix: str = "!") -> str:
    return gettext("Only an operator of this bot can do that. Operators are set with OPERATOR_IDS.")


@sentence.register
def _(error: RetrainTooSoonError, prefix: str = "!") -> str:
    waits = []
    if error.wait_s > 0:
        waits.append(ngettext("in {n} minute", "in {n} minutes", max(1, round(error.wait_s / 60))))
    if error.wanted_ratings > 0:
        waits.append(ngettext("after {n} more rating", "after {n} more ratings", error.wanted_ratings))
    return gettext("It is too soon to train again. I can do it {when}.", when=listed(waits))


@sentence.register
def _(error: RetrainRunningError, prefix: str = "!") -> str:
    return gettext(
        "A training is running already ({stage}, {percent} %). I do one at a time; {prefix}model tells how it ends.",
        stage=error.stage,
        percent=error.percent,
        prefix=prefix,
    )


@sentence.register
def _(error: NoRetrainRunningError, prefix: str = "!") -> str:
    return gettext("No training is running. {prefix}retrain starts one.", prefix=prefix)
