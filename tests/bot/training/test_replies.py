"""Training in words and pictures: progress, the card at the end, the model in use."""

import pytest

from bot.chat.plots import loss_plot
from bot.models.registry import Serving
from bot.training import replies as training
from bot.training.job import TrainingReport
from bot.training.process import Stamped
from bot.training.service import Run, RunResult
from recommender import Epoch, Progress
from recommender.progress import Whole
from tests.bot.limits import described, labels


def report(**changes: object) -> TrainingReport:
    values = {
        "version": "20260101-120000-ab12",
        "refused": (),
        "metrics": {"ndcg@10": 0.25, "popularity_ndcg@10": 0.2, "current_ndcg@10": 0.24, "val_rmse": 0.874},
        "counts": {"users": 1, "movies": 10**9, "ratings": 10**12},
        "picture": b"png",
        "seconds": 8.2,
        "history": (Epoch(1, 0.9, 0.95, 1.0), Epoch(2, 0.7, 0.6, 1.0), Epoch(3, 0.5, 0.7, 1.0)),
    } | changes
    return TrainingReport(**values)  # type: ignore[arg-type]


async def test_a_promoted_model() -> None:
    reply = training.result(RunResult(1, "promoted", "20260101-120000-ab12", None, report()))
    text = described(reply)
    assert "A new model is in use" in text
    assert "**Data** 1,000,000,000,000 ratings by 1 person of 1,000,000,000 films" in text
    assert "**Lists** NDCG@10 0.250 (popularity 0.200, model before 0.240)" in text
    assert "**Stars** off by 0.87 (RMSE)" in text
    assert "**Took** 8 s" in text
    assert [(picture.name, picture.description) for picture in reply.pictures] == [
        (
            "loss.png",
            (
                "Line chart: training and validation loss by epoch, from 1,000,000,000,000 ratings. "
                "Training: first 0.9000, last 0.5000, best 0.5000 in epoch 3 of 3. "
                "Validation: first 0.9500, last 0.7000, best 0.6000 in epoch 2 of 3."
            ),
        )
    ]


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ("below_popularity", "its lists are worse than plain popularity"),
        ("below_popularity,worse_than_current", "popularity and its lists are worse than those of the model in use"),
        ("worse_stars", "its stars are further from people's ratings than those of the model in use"),
        ("non_finite_loss", "its loss was no longer a number"),
        ("something_new", r"something\_new"),
        (None, "the reason is not known"),
        ("", "the reason is not known"),
    ],
)
async def test_a_refused_model_says_why(codes: str | None, words: str) -> None:
    text = described(training.result(RunResult(1, "refused", None, codes, report(version=None))))
    assert words in text
    assert "The model in use stays." in text


@pytest.mark.parametrize(
    ("outcome", "reason", "words"),
    [
        ("cancelled", None, "Training cancelled"),
        ("failed", "process_ended", "its process ended before its time"),
        ("failed", "crashed", "an error that is in the log"),
        ("refused", "non_finite_loss", "its loss was no longer a number"),
    ],
)
async def test_a_run_without_a_report(outcome: str, reason: str | None, words: str) -> None:
    reply = training.result(RunResult(1, outcome, None, reason, None))  # type: ignore[arg-type]
    assert words in described(reply)
    assert "The model in use stays." in described(reply)
    assert reply.pictures == ()


async def test_stars_are_told_beside_those_of_the_model_before() -> None:
    metrics = {"ndcg@10": 0.25, "val_rmse": 0.874, "current_val_rmse": 0.8}
    text = described(training.result(RunResult(1, "refused", None, "worse_stars", report(metrics=metrics))))
    assert "**Stars** off by 0.87 (RMSE, model before 0.80)" in text


async def test_unmeasured_lists_are_told() -> None:
    text = described(training.result(RunResult(1, "promoted", "v", None, report(metrics={"ndcg@10": None}))))
    assert "not measured" in text


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (None, "Starting a process"),
        (Progress("ranking", 0, 8, None, None, 0.0), "`░░░░░░░░░░░░░░░░░░░░` 0%\nranking 0 of 8"),
        (Progress("stars", 4, 8, 1.25, None, 10.0), "50%\nstars 4 of 8\nloss 1.2500"),
        (
            Progress("stars", 8, 8, 1.25, None, 9.0, Whole(0.25, 20.0)),
            "25%\nstars 8 of 8\nloss 1.2500\nabout 60 s left",
        ),
        (Progress("stars", 4, 8, 1.25, 1.5, 10.0), "loss 1.2500, validation 1.5000"),
        (Progress("stars", 8, 8, 1.25, 1.5, 10.0), "`████████████████████` 100%"),
        (Progress("stars", 9, 8, 1.25, 1.5, 10.0), "100%"),
        (Progress("stars", 0, 0, None, None, 0.0), "0%"),
    ],
)
async def test_progress_in_words_and_bar(progress: Progress | None, words: str) -> None:
    run = Run(7, None, progress=Stamped(progress, 0.0) if progress is not None else None)
    reply = training.progress(run)
    assert words in described(reply)
    assert labels(reply) == ["Cancel"]


async def test_the_status_before_the_first_model() -> None:
    serving = Serving("popularity", None, {})  # type: ignore[arg-type]
    assert "There is no trained model yet" in described(training.status(serving, None, None))
    training_now = described(training.status(serving, None, Run(7, None)))
    assert "**Training now**" in training_now


@pytest.mark.parametrize(
    "history",
    [
        (),
        (Epoch(1, 0.5, None, 0.1),),
        tuple(Epoch(n, 1 / n, 1.1 / n, 0.1) for n in range(1, 31)),
        (Epoch(1, 0.5, 0.6, 0.1), Epoch(2, 0.4, None, 0.1)),
    ],
    ids=["none", "one", "thirty", "half validated"],
)
def test_a_loss_plot_is_a_picture(history: tuple[Epoch, ...]) -> None:
    png = loss_plot(history)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20]) == 768
    assert int.from_bytes(png[20:24]) == 432
