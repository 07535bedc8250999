import numpy as np
import pandas as pd
import pytest

from recommender import NoStarsError, Progress, Recommender, TrainingCancelled, TrainingConfig, train
from recommender.evaluation import evaluate_groups
from recommender.evaluation.group_decks import DECKS, deck_figures
from recommender.evaluation.group_evenings import ALONE, EVENINGS, evening_figures, share_of_own
from recommender.evaluation.groups import borda, merged, ndcg_of
from recommender.evaluation.random_groups import Group
from recommender.groups import STRATEGIES, GroupTaste, rank_appeal
from tests.recommender.worlds import frame

EVEN, ODD = range(1000, 1200, 2), range(1001, 1200, 2)


@pytest.fixture(scope="module")
def camps() -> pd.DataFrame:
    """Even users love even films and hate odd ones, odd users the other way round; each has seen half of all."""
    generator = np.random.default_rng(0)
    return frame(
        (user, movie_id, 5.0 if movie_id % 2 == user % 2 else 1.0, int(generator.integers(10**9)))
        for user in range(40)
        for movie_id in (*EVEN, *ODD)
        if generator.random() < 0.5
    )


@pytest.fixture(scope="module")
def ladder() -> Recommender:
    """Film 1 has the most ratings, film 30 the fewest; nobody's taste tells anything."""
    rows = [(user, movie_id, 4.0, movie_id) for movie_id in range(1, 31) for user in range(40 - movie_id)]
    return train(frame(rows), config=TrainingConfig.popularity())


def taste(orders: list[list[int]], model: Recommender) -> GroupTaste:
    """Members' orders of the films 1, 2, …, of which no others may be listed."""
    is_open = np.zeros(len(model.movies), dtype=bool)
    is_open[: len(orders[0])] = True
    appeal = np.zeros((len(orders), len(is_open)))
    for row, order in zip(appeal, orders, strict=True):
        row[np.array(order) - 1] = rank_appeal(-np.arange(len(order), dtype=np.float64))
    return GroupTaste(model, [{}] * len(orders), [{}] * len(orders), appeal, is_open)


def test_simpler_ways_by_hand(ladder: Recommender) -> None:
    group = taste([[1, 2, 3, 4], [1, 4, 3, 2]], ladder)
    assert (merged(group, 3) + 1).tolist() == [1, 4, 2]
    assert (merged(group, 9) + 1).tolist() == [1, 4, 2, 3]
    assert borda(group)[:4].tolist() == [0, -4, -4, -4]


def test_quality_of_one_list_for_several() -> None:
    likes = [frozenset({7}), frozenset(), frozenset({8, 9})]
    assert ndcg_of([7, 5, 8], likes).tolist() == pytest.approx([1, 0.5 / (1 + 1 / np.log2(3))])
    assert ndcg_of([], [frozenset({7})]).tolist() == [0]


def test_an_own_list_is_all_of_it() -> None:
    best = rank_appeal(-np.arange(10.0))
    assert share_of_own(np.stack([best, best / 2])).tolist() == pytest.approx([1, 0.5])


def test_two_camps(camps: pd.DataFrame) -> None:
    steps: list[Progress] = []
    found = evaluate_groups(
        camps, None, TrainingConfig.fast(), seed=1, groups=100, evening_groups=4, on_progress=steps.append
    )
    assert (found["groups"], found["users"], found["seed"]) == (100, 40, 1)
    lists = found["lists"]
    assert list(lists) == ["fairness", *STRATEGIES[:3], "merged lists", "Borda count", "popularity"]
    assert "compared" not in lists["fairness"]
    for name in list(lists)[1:]:
        compared = lists[name]["compared"]
        assert compared["with"] == "fairness"
        for key, figure in (("mean", "ndcg@10"), ("least", "least_ndcg@10")):
            difference = lists[name][figure] - lists["fairness"][figure]
            assert compared["difference"][key] == pytest.approx(difference)
    assert lists["fairness"]["ndcg@10"] > lists["popularity"]["ndcg@10"]
    assert lists["fairness"]["least_ndcg@10"] > lists["average"]["least_ndcg@10"]

    evenings = found["evenings"]
    assert list(evenings) == [ALONE, *EVENINGS]
    assert evenings[ALONE]["appeal_gap"] == 0
    assert evenings["fairness, weighted"]["appeal_gap"] < evenings["average"]["appeal_gap"] / 2

    decks = found["decks"]
    assert list(decks) == list(DECKS)
    assert 0 < decks["deck"]["groups"] < 100  # those of one camp
    assert decks["popularity"]["compared"]["difference"] > 0

    assert steps[0].stage == "training"
    assert [one.step for one in steps] == list(range(steps[0].steps))


def test_a_listener_may_stop_it(camps: pd.DataFrame) -> None:
    with pytest.raises(TrainingCancelled, match="lists"):
        evaluate_groups(
            camps, None, TrainingConfig.popularity(), groups=3, on_progress=lambda one: one.stage == "training"
        )


def test_stars_are_needed(camps: pd.DataFrame) -> None:
    with pytest.raises(NoStarsError):
        evaluate_groups(camps.drop(columns="rating"), None, TrainingConfig.fast())


def test_tables_without_people_for_a_group() -> None:
    few = frame((user, movie_id, 4.0, 0) for user in range(5) for movie_id in range(20))
    found = evaluate_groups(few, None, TrainingConfig.popularity())
    assert (found["groups"], found["users"]) == (0, 0)
    assert {figures["groups"] for figures in found["decks"].values()} == {0}


def group_that_likes(*likes: set[int]) -> Group:
    return Group(
        profiles=[{} for _ in likes],
        likes=[frozenset(one) for one in likes],
        dislikes=[frozenset()] * len(likes),
        held_out=[frozenset(one) for one in likes],
    )


def test_decks_by_hand(ladder: Recommender) -> None:
    """All decks are by popularity here; the first film that both like stands third, or first; one pair has none."""
    groups = [group_that_likes({2, 3, 5}, {3, 5}), group_that_likes({1}, {1, 2}), group_that_likes({1}, {2})]
    for figures in deck_figures(ladder, groups, lambda: None).values():
        assert figures["groups"] == 2
        assert (figures["25%"], figures["within_10"]) == (1, 1)
    both = [group_that_likes({2, 3, 5}, {3, 5})] * 2 + [group_that_likes({1}, {1})]
    assert {figures["50%"] for figures in deck_figures(ladder, both, lambda: None).values()} == {3}


def test_evenings_by_hand(ladder: Recommender) -> None:
    """Thirty films are three evenings of ten, most popular first: one finds all ten the first time, one the second."""
    first, second = {*range(1, 11)}, {*range(11, 21)}
    found = evening_figures(ladder, [group_that_likes(first, second)], lambda: None)
    plain = found["average"]
    assert plain["appeal_gap"] == pytest.approx(0)  # to both every list is the best there is
    # The first has one evening with something to find, and finds it; the second has two, and finds it in one of them.
    assert plain["ndcg@10"] == pytest.approx((1 + 1 / 2) / 2)
    assert plain["ndcg_gap"] == pytest.approx(1 / 2)
    assert plain["least_ndcg@10"] == pytest.approx(1 / 2)
