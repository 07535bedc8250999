import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.evaluation.splits import dislike_folds, last_split, new_user_folds, random_split, star_folds
from tests.recommender.worlds import frame, random_ratings


@given(ratings=st.integers(1, 400), seed=st.integers(0, 50))
def test_r_is_the_head_of_the_permutation(ratings: int, seed: int) -> None:
    split = random_split(ratings, seed)
    expected = np.random.default_rng(seed).permutation(ratings)[: round(ratings / 10)]
    assert sorted(split.test.tolist()) == sorted(expected.tolist())
    assert sorted([*split.test, *split.training]) == list(range(ratings))


def test_k_takes_the_last_fifth_by_time_then_place() -> None:
    times = [9, 1, 2, 3, 4, 5, 6, 7, 8, 8, 0]  # eleven ratings: two are tested
    ratings = frame([(1, 100 + place, 4.0, time) for place, time in enumerate(times)])
    split = last_split(ratings, 0.2, 10)
    assert split.test.tolist() == [0, 9]


@pytest.mark.parametrize(("ratings", "tested"), [(9, 0), (10, 2), (14, 2), (15, 3)])
def test_k_leaves_short_histories_alone(ratings: int, tested: int) -> None:
    table = frame([(1, movie_id, 4.0, movie_id) for movie_id in range(ratings)])
    assert len(last_split(table, 0.2, 10).test) == tested


def test_at_least_one_is_tested() -> None:
    table = frame([(1, movie_id, 4.0, movie_id) for movie_id in range(10)])
    assert last_split(table, 0.05, 10).test.tolist() == [9]


def test_users_are_split_each_for_themselves() -> None:
    table = random_ratings(0, users=20, movies=60, ratings=700)
    split = last_split(table, 0.2, 10)
    for rows in table.groupby("user_id").indices.values():
        tested = np.intersect1d(rows, split.test)
        assert len(tested) == (len(rows) // 5 if len(rows) >= 10 else 0)
        kept = np.setdiff1d(rows, tested)
        if len(tested):
            times = table["timestamp"].to_numpy()
            assert times[kept].max() <= times[tested].min()


def eligible(ratings: pd.DataFrame) -> list[int]:
    users = ratings.groupby("user_id")["rating"]
    return [user for user, own in users if len(own) >= 30 and (own >= 4).sum() >= 5]


def test_n_folds_hold_every_eligible_user_once() -> None:
    table = random_ratings(1, users=40, movies=80, ratings=1300)
    folds = list(new_user_folds(table))
    held_out = [user.user_id for fold in folds for user in fold.users]
    assert len(folds) == 6
    assert sorted(held_out) == eligible(table)
    for fold in folds:
        absent = {user.user_id for user in fold.users}
        trained = set(table["user_id"].to_numpy()[fold.training])
        assert trained == set(table["user_id"]) - absent


def test_n_follows_the_two_generators() -> None:
    table = random_ratings(1, users=40, movies=80, ratings=1300)
    users = eligible(table)
    fold_of = np.random.default_rng(42).permutation(len(users)) % 6
    generator = np.random.default_rng(42)
    order = {}
    for user in users:
        rows = np.flatnonzero(table["user_id"].to_numpy() == user)
        order[user] = rows[generator.permutation(len(rows))].tolist()
    for number, fold in enumerate(new_user_folds(table)):
        assert [user.user_id for user in fold.users] == [
            user for place, user in enumerate(users) if fold_of[place] == number
        ]
        for user in fold.users:
            assert user.rows.tolist() == order[user.user_id]


def test_n_without_eligible_users_has_no_folds() -> None:
    assert list(new_user_folds(random_ratings(2, users=5, movies=10, ratings=30))) == []


def test_s_mixes_histories_by_time_under_its_own_generators() -> None:
    table = random_ratings(1, users=40, movies=80, ratings=1300)
    users = [user for user, own in table.groupby("user_id") if len(own) >= 30]
    fold_of = np.random.default_rng(7).permutation(len(users)) % 6
    generator = np.random.default_rng(7)
    by_time = table.assign(row=range(len(table))).sort_values(["timestamp", "row"])
    order = {}
    for user in users:
        rows = by_time["row"][by_time["user_id"] == user].to_numpy()
        order[user] = rows[generator.permutation(len(rows))].tolist()
    for number, fold in enumerate(star_folds(table)):
        chosen = [user for place, user in enumerate(users) if fold_of[place] == number]
        assert {user.user_id: user.rows.tolist() for user in fold.users} == {user: order[user] for user in chosen}
        assert not set(table["user_id"].to_numpy()[fold.training]) & set(chosen)


def test_d_is_about_people_who_dislike_and_like() -> None:
    table = random_ratings(1, users=40, movies=80, ratings=1300)
    expected = [
        user for user, own in table.groupby("user_id")["rating"] if (own <= 2).sum() >= 8 and (own >= 4).sum() >= 10
    ]
    assert 0 < len(expected) < 40
    assert sorted(user.user_id for fold in dislike_folds(table) for user in fold.users) == expected
