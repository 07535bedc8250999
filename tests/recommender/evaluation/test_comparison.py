import numpy as np
import pytest

from recommender.evaluation.comparison import BY_USER, compared

NAN = np.nan


def test_known_users_are_paired() -> None:
    rows = {
        "first": {"ndcg@10": 0.2, BY_USER: np.array([0.1, 0.2, 0.3])},
        "stars only": {"rmse": 1.0},
        "second": {"ndcg@10": 0.3, BY_USER: np.array([0.2, 0.2, 0.5])},
    }
    found = compared(rows)
    assert found["first"] == {"ndcg@10": 0.2}
    assert found["stars only"] == {"rmse": 1.0}
    assert found["second"]["compared"] == {
        "with": "first",
        "difference": pytest.approx(0.1),
        "standard_error": pytest.approx(0.1 / 3**0.5),
    }


def test_each_profile_size_counts_alike_in_the_mean() -> None:
    """Of four users one has no positive left at k = 3."""
    first = np.zeros((4, 3))
    second = np.array([[0.5, 0.1, 0.2], [0.5, 0.3, NAN], [0.5, 0.1, 0.2], [0.5, 0.3, 0.8]])
    sizes = {"0": 0.5, "1": 0.2, "3": 0.4, "mean": 0.3}
    rows = {"first": {"ndcg@10": sizes, BY_USER: first}, "second": {"ndcg@10": sizes, BY_USER: second}}
    found = compared(rows)["second"]["compared"]
    assert found["difference"] == pytest.approx({"0": 0.5, "1": 0.2, "3": 0.4, "mean": 0.3})
    shares = np.array([0.1 + 0.8 / 3, 0.3, 0.1 + 0.8 / 3, 0.3 + 3.2 / 3]) / 2
    assert found["standard_error"]["mean"] == pytest.approx(shares.std(ddof=1) / 2)
    assert found["standard_error"]["0"] == 0


def test_one_user_proves_nothing() -> None:
    rows = {"first": {BY_USER: np.array([0.1])}, "second": {BY_USER: np.array([0.2])}}
    assert compared(rows)["second"] == {}
