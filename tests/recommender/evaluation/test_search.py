"""The search on a landscape whose top is known, and on a small world."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("optuna")

from recommender import NonFiniteLossError, Progress, TrainingConfig
from recommender.config import RankingConfig
from recommender.evaluation.search import Found, Search
from recommender.evaluation.tuning import Measured, Validation, parameters_of
from tests.recommender.worlds import checkerboard


def nobody(_: Progress) -> bool:
    return True


@pytest.fixture(scope="module")
def validation() -> Validation:
    return Validation.of(checkerboard(), None, "ranking", 10**9)


Landscape = Callable[[Callable[[TrainingConfig], float]], None]


@pytest.fixture
def landscape(monkeypatch: pytest.MonkeyPatch) -> Landscape:
    """`landscape(score)` measures nothing but a function of the configuration."""

    def put(score: Callable[[TrainingConfig], float]) -> None:
        def measure(_: Validation, config: TrainingConfig, head: str, on_training: Callable[[], None]) -> Measured:
            on_training()
            value = score(config)
            return Measured(value, {"K": {"ndcg@10": value}}, {"K": np.array([value, value, value + 0.3])})

        monkeypatch.setattr(Validation, "measure", measure)

    return put


def near_ten(config: TrainingConfig) -> float:
    """The best damping is 10, whatever else is."""
    return 1 - abs(np.log(config.ranking.damping / 10))


def search(
    validation: Validation, storage: Path | None = None, base: TrainingConfig | None = None, name: str = "board"
) -> Search:
    return Search(validation, "ranking", base or TrainingConfig(), name, storage)


def test_a_search_begins_with_the_base_and_climbs(validation: Validation, landscape: Landscape) -> None:
    landscape(near_ten)
    found = search(validation).run(40, None, nobody)
    assert (found.trials, found.interrupted) == (40, False)
    assert found.base.values == parameters_of(TrainingConfig(), "ranking")
    assert found.base.score == pytest.approx(near_ten(TrainingConfig()))
    assert 7 < found.best.values["damping"] < 14
    compared = found.best.compared["K"]
    assert compared["difference"] == pytest.approx(found.best.score - found.base.score, abs=1e-4)
    assert compared["standard_error"] == pytest.approx(0, abs=1e-4)
    assert found.base.compared == {}


def test_a_search_on_a_real_world(validation: Validation) -> None:
    seen: list[Progress] = []

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return True

    found = search(validation).run(2, None, watch)
    assert [(one.stage, one.step, one.steps) for one in seen] == [
        (f"trial {trial + 1} of 2", 7 * trial + training, 14) for trial in range(2) for training in range(7)
    ]
    assert found.best.score >= found.base.score > 0
    assert set(found.base.figures) == {"N", "K"}


def test_a_stored_search_goes_on(validation: Validation, landscape: Landscape, tmp_path: Path) -> None:
    landscape(near_ten)
    storage = tmp_path / "search.journal"
    first = search(validation, storage).run(5, None, nobody)
    landscape(lambda config: pytest.fail("nothing is left to measure"))
    assert search(validation, storage).run(5, None, nobody) == first

    measured: list[float] = []

    def remember(config: TrainingConfig) -> float:
        measured.append(config.ranking.damping)
        return near_ten(config)

    landscape(remember)
    longer = search(validation, storage).run(12, None, nobody)
    assert longer.trials == 12
    assert longer.base == first.base
    assert longer.best.score >= first.best.score
    assert len(set(measured)) == 7  # none is drawn again, the base least of all
    assert first.base.values["damping"] not in measured


def test_searches_in_one_file_are_kept_apart(validation: Validation, landscape: Landscape, tmp_path: Path) -> None:
    landscape(near_ten)
    storage = tmp_path / "search.journal"
    other = replace(TrainingConfig(), ranking=RankingConfig(damping=500.0))
    assert search(validation, storage).run(3, None, nobody).trials == 3
    assert search(validation, storage, base=other).run(1, None, nobody).base.values["damping"] == 500.0
    assert search(validation, storage, name="another set").run(1, None, nobody).trials == 1


def stopped_at(number: int, error: BaseException) -> Callable[[TrainingConfig], float]:
    calls: list[None] = []

    def score(config: TrainingConfig) -> float:
        calls.append(None)
        if len(calls) == number:
            raise error
        return near_ten(config)

    return score


def test_ctrl_c_keeps_what_was_found(validation: Validation, landscape: Landscape, tmp_path: Path) -> None:
    storage = tmp_path / "search.journal"
    landscape(stopped_at(4, KeyboardInterrupt()))
    found = search(validation, storage).run(20, None, nobody)
    assert (found.trials, found.interrupted) == (3, True)
    landscape(near_ten)
    again = search(validation, storage).run(6, None, nobody)
    assert (again.trials, again.interrupted) == (6, False)
    assert again.base == found.base


def test_ctrl_c_in_the_first_trial(validation: Validation, landscape: Landscape, tmp_path: Path) -> None:
    storage = tmp_path / "search.journal"
    landscape(stopped_at(1, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        search(validation, storage).run(20, None, nobody)
    landscape(near_ten)
    assert search(validation, storage).run(2, None, nobody).base.values == parameters_of(TrainingConfig(), "ranking")


def test_a_choice_that_diverges_is_passed_over(validation: Validation, landscape: Landscape) -> None:
    landscape(stopped_at(2, NonFiniteLossError("stars", 1, float("nan"))))
    assert search(validation).run(4, None, nobody).trials == 4
    landscape(stopped_at(1, NonFiniteLossError("stars", 1, float("nan"))))
    with pytest.raises(NonFiniteLossError):
        search(validation).run(4, None, nobody)


def test_no_time_is_still_time_for_the_base(validation: Validation, landscape: Landscape) -> None:
    landscape(near_ten)
    found: Found = search(validation).run(20, 0.0, nobody)
    assert found.trials == 1
    assert found.best == found.base


@pytest.mark.parametrize("content", ["garbage", "userId,movieId\n1,2\n", "{}", "[]", json.dumps({"op": 1})])
def test_a_file_of_something_else_is_left_as_it_is(validation: Validation, tmp_path: Path, content: str) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    with pytest.raises(ValueError):  # noqa: PT011 - also that of the JSON reader
        search(validation, path)
    assert path.read_text() == content


def test_figures_that_are_missing_for_some(validation: Validation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a positive at some profile size has no NDCG there; it survives the storage."""

    def measure(_: Validation, config: TrainingConfig, head: str, on_training: Callable[[], None]) -> Measured:
        value = near_ten(config)
        by_user = np.array([[value, np.nan], [value, value], [value, value]])
        return Measured(value, {"N": {"ndcg@10": {"1": value, "3": value, "mean": value}}}, {"N": by_user})

    monkeypatch.setattr(Validation, "measure", measure)
    found = search(validation).run(10, None, nobody)
    difference = found.best.compared["N"]["difference"]
    assert difference["3"] == pytest.approx(found.best.score - found.base.score, abs=1e-4)
