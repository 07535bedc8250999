from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from recommender import Progress, TrainingCancelled, TrainingConfig
from recommender.evaluation import split_evaluation
from recommender.evaluation.contenders import Profiles, lists_from
from recommender.evaluation.split_evaluation import evaluate_split
from recommender.evaluation.split_files import Items, SplitFiles
from recommender.vocabulary import IndexArray, Vocabulary
from tests.recommender.worlds import EVEN, ODD


@dataclass(frozen=True, slots=True)
class Ascending:
    """Lists the films of the training by ascending id."""

    movies: Vocabulary

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> "Ascending":
        return Ascending(Vocabulary(catalogue["movie_id"].to_numpy()))

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        return lists_from(lambda *_: -np.arange(len(self.movies), dtype=float), self.movies, user_ids, profiles, n)

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> None:
        return None


ASCENDING = Ascending(Vocabulary.of([]))


def items(**by_user: Sequence[int]) -> Items:
    return {int(user[1:]): np.array(some, dtype=np.int64) for user, some in by_user.items()}


def test_figures_by_hand() -> None:
    files = SplitFiles(
        training=items(u1=range(40), u2=[0, 1], u3=[3]),
        test=items(u2=[4, 99], u3=[], u4=[19]),
        validation=items(u2=[2, 3, 77]),
        repeated=0,
    )
    result = evaluate_split(files, {"ascending": ASCENDING})
    figures = result["protocols"]["split"]["ascending"]
    # User 2 is shown 4 first, since 0 to 3 are known; 99 cannot be listed. User 4 is shown 0 to 19.
    assert figures["recall@20"] == pytest.approx((1 / 2 + 1) / 2)
    assert figures["ndcg@20"] == pytest.approx((1 / (1 + 1 / np.log2(3)) + 1 / np.log2(21)) / 2)
    assert {name: result[name] for name in ("users", "unknown_users", "unknown_items", "repeated")} == {
        "users": 2,
        "unknown_users": 1,
        "unknown_items": 1,
        "repeated": 0,
    }


def board() -> SplitFiles:
    """Even users have two thirds of the even films, odd users of the odd ones; the test has the others."""
    generator = np.random.default_rng(0)
    mixed = {user: generator.permutation(EVEN if user % 2 == 0 else ODD) for user in range(60)}
    return SplitFiles(
        {user: films[:20] for user, films in mixed.items()}, {user: films[20:] for user, films in mixed.items()}, {}, 0
    )


def test_a_training_beside_those_who_always_stand_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Progress] = []
    monkeypatch.setattr(split_evaluation, "find_spec", lambda name: None)
    result = evaluate_split(board(), {"fast": TrainingConfig.fast()}, seen.append)
    rows = result["protocols"]["split"]
    assert list(rows) == ["fast", "popularity", "ease"]
    assert rows["fast"]["recall@20"] > rows["popularity"]["recall@20"]
    assert rows["ease"]["recall@20"] == 1
    assert rows["ease"]["compared"]["with"] == "fast"
    assert [(one.stage, one.step, one.steps) for one in seen] == [("fast", 0, 3), ("popularity", 1, 3), ("ease", 2, 3)]


def test_ease_is_left_out_among_very_many_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(split_evaluation, "find_spec", lambda name: None)
    monkeypatch.setattr(split_evaluation, "MOST_EASE_ITEMS", 59)
    assert set(evaluate_split(board(), {})["protocols"]["split"]) == {"popularity"}


def test_it_can_be_stopped() -> None:
    with pytest.raises(TrainingCancelled):
        evaluate_split(board(), {}, lambda _: False)
