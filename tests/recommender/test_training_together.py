"""Two processes train what one trains: the same lists, scores, stars and verdicts, but for the last digits."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from recommender import Recommender, TrainingConfig, bilinear_training, sparse, train
from recommender.config import RankingConfig
from recommender.errors import NonFiniteLossError, NotSharedError
from recommender.gate import train_gated
from recommender.processes import ALONE, Processes
from recommender.sharing import share_of
from tests.recommender.groups import in_group
from tests.recommender.worlds import checkerboard, frame, random_ratings, serials

QUICK = RankingConfig(rerank_networks=1, rerank_hidden=2, told_epochs=1, history_epochs=1)


@dataclass
class Answers:
    """What a model says to some profiles, and what it is made of."""

    lists: np.ndarray  # [profiles, 10] film ids
    scores: np.ndarray  # [profiles, 10]
    stars: np.ndarray  # [profiles, 2, films] and their standard deviations
    counts: dict[str, int]
    support: list[int]
    losses: np.ndarray


def answers(model: Recommender) -> Answers:
    ids = model.movie_ids.tolist()
    low, high = model.rating_range
    profiles = [{ids[3]: high}, {one: (high, low)[place % 2] for place, one in enumerate(ids[::5])}, {}]
    lists = [model.recommend(profile) for profile in profiles]
    return Answers(
        lists=np.array([[film.movie_id for film in films] for films in lists]),
        scores=np.array([[film.score for film in films] for films in lists]),
        stars=np.array([model.predict(profile, ids, return_std=True) for profile in profiles]),
        counts=model.counts,
        support=[model.support(one) for one in ids],
        losses=np.array([(epoch.loss, epoch.val_loss or 0.0) for epoch in model.history]),
    )


def described(ratings: pd.DataFrame) -> pd.DataFrame:
    """Every film has a genre and a year; one film is in the catalogue only."""
    ids = [*sorted(ratings["movie_id"].unique()), 99_999]
    genres = [("Drama", "Comedy|Drama", "Horror")[one % 3] for one in ids]
    return pd.DataFrame({"movie_id": ids, "title": "", "year": [1950 + one % 60 for one in ids], "genres": genres})


def by_rank(ratings: pd.DataFrame, processes: Processes, last_users: int) -> pd.DataFrame:
    """Shares as unequal as can be: the last process has the ratings of the last users alone."""
    users = np.sort(ratings["user_id"].unique())
    is_last = ratings["user_id"].isin(users[len(users) - last_users :])
    return ratings if processes.size == 1 else ratings[is_last == (processes.rank == processes.size - 1)]


def everything(processes: Processes) -> dict[str, Any]:
    """Trainings that take every way through the code. Tables are sorted by user, as shares are."""
    board = checkerboard().sort_values("user_id", kind="stable")
    # Thinned out, so that no two films are rated by the same people: which of such equals is a candidate of the
    # re-ranker's examples, the last digit of a sum decides, and with it what the re-ranker learns.
    series = serials(130).sample(frac=0.85, random_state=0).sort_values("user_id", kind="stable")
    noise = random_ratings(1, users=90, movies=60, ratings=2500).sort_values("user_id", kind="stable")
    share = lambda table: share_of(table, processes.rank, processes.size)  # noqa: E731
    found: dict[str, Any] = {}
    config = replace(TrainingConfig(), ranking=QUICK)
    found["films are fewer"] = answers(train(share(board), processes=processes))
    stages = set()
    found["users are fewer, re-ranked"] = answers(
        train(
            share(series),
            described(series),
            config=config,
            on_progress=lambda progress: stages.add(progress.stage),
            processes=processes,
        )
    )
    assert "re-ranking" in stages
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sparse, "EXACT_SIDE", 8)
        patch.setattr(bilinear_training, "SAMPLE", 1200)
        found["both are many"] = answers(train(share(noise), processes=processes))
    found["one user is alone"] = answers(train(by_rank(noise, processes, 1), processes=processes))
    popular = TrainingConfig.popularity()
    found["popularity"] = answers(train(share(noise), described(noise), config=popular, processes=processes))
    model, report = train_gated(share(board), None, config=config, current=popular, processes=processes)
    assert model is not None
    found["gate"] = {name: value for name, value in report.metrics.items() if name != "skipped"}
    found["refusals"] = refusals(processes)
    return found


def refusals(processes: Processes) -> list[str]:
    """Errors that all of several processes meet, also those that have none of the wrong ratings."""
    if processes.size == 1:
        return []
    broken = frame([(user, movie, 3.0, 0) for user in range(4) for movie in range(4)])
    broken.loc[0, "rating"] = np.nan
    with pytest.raises(NonFiniteLossError) as error:
        train(share_of(broken, processes.rank, processes.size), processes=processes)
    with pytest.raises(NotSharedError):
        train(broken, config=TrainingConfig.notebook(), processes=processes)
    return [str(error.value)]


@pytest.fixture(scope="module")
def alone() -> dict[str, Any]:
    return everything(ALONE)


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    ended = in_group(2, everything, tmp_path_factory.mktemp("group"))
    for one in ended:
        assert isinstance(one, dict), one
    return ended  # type: ignore[return-value]


@pytest.mark.parametrize(
    "world",
    ["films are fewer", "users are fewer, re-ranked", "both are many", "one user is alone", "popularity"],
)
def test_two_processes_make_the_model_of_one(world: str, alone: dict[str, Any], together: list[dict[str, Any]]) -> None:
    expected = alone[world]
    for one in together:
        found = one[world]
        assert found.counts == expected.counts
        assert found.support == expected.support
        np.testing.assert_allclose(found.stars, expected.stars, atol=1e-3)
        np.testing.assert_allclose(found.losses, expected.losses, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(found.scores, expected.scores, rtol=1e-3, atol=1e-3)
        assert (found.lists == expected.lists).mean() > 0.9  # equals may change places


def test_both_processes_have_the_same_model(together: list[dict[str, Any]]) -> None:
    first, second = together
    for world in ("users are fewer, re-ranked", "both are many"):
        np.testing.assert_array_equal(first[world].lists, second[world].lists)
        np.testing.assert_allclose(first[world].scores, second[world].scores, rtol=1e-6)


def test_the_gate_comes_to_the_same_verdict(alone: dict[str, Any], together: list[dict[str, Any]]) -> None:
    assert alone["gate"]["users"] > 60
    for one in together:
        assert one["gate"] == pytest.approx(alone["gate"], abs=1e-3)


def test_what_one_process_meets_all_meet(together: list[dict[str, Any]]) -> None:
    assert [one["refusals"] for one in together] == [["the loss became nan in stage 'reading', step 0"]] * 2
