"""Validation splits lie inside the training parts: no tested rating is in them."""

import numpy as np
import pandas as pd
import pytest

from recommender.evaluation.nested import RATING_SEEDS, known_part, new_user_parts, random_parts
from recommender.evaluation.protocols import KNOWN_LEAST, KNOWN_SHARE
from recommender.evaluation.splits import FOLDS, last_split, new_user_folds, random_split
from tests.recommender.worlds import checkerboard

ALL = 10**9


@pytest.fixture(scope="module")
def ratings() -> pd.DataFrame:
    return checkerboard()


@pytest.mark.parametrize("most", [ALL, 1000])
def test_known_users_keep_their_last_ratings_to_themselves(ratings: pd.DataFrame, most: int) -> None:
    tested = set(last_split(ratings, KNOWN_SHARE, KNOWN_LEAST).test.tolist())
    part = known_part(ratings, most)
    assert tested
    assert tested.isdisjoint(part.index)
    if most == ALL:
        assert len(part) + len(tested) == len(ratings)


@pytest.mark.parametrize("most", [ALL, 1000])
def test_a_random_tenth_is_left_out_for_every_seed(ratings: pd.DataFrame, most: int) -> None:
    parts = random_parts(ratings, most)
    assert list(parts) == [1000 + seed for seed in RATING_SEEDS]
    for seed, part in zip(RATING_SEEDS, parts.values(), strict=True):
        assert set(random_split(len(ratings), seed).test.tolist()).isdisjoint(part.index)


@pytest.mark.parametrize("most", [ALL, 1000])
def test_a_folds_new_users_are_neither_trained_on_nor_validated_with(ratings: pd.DataFrame, most: int) -> None:
    outer = list(new_user_folds(ratings))
    inner = list(new_user_parts(ratings, most))
    assert len(outer) == len(inner) == FOLDS
    user_id = ratings["user_id"].to_numpy()
    for test, validation in zip(outer, inner, strict=True):
        tested = {user.user_id for user in test.users}
        newcomers = {user.user_id for user in validation.users}
        trained_on = set(user_id[validation.training].tolist())
        assert newcomers
        assert tested.isdisjoint(newcomers | trained_on)
        assert newcomers.isdisjoint(trained_on)
        for user in validation.users:  # every rating of theirs, each once
            assert sorted(user.rows.tolist()) == np.flatnonzero(user_id == user.user_id).tolist()


def test_a_sixth_of_those_who_remain_comes_new(ratings: pd.DataFrame) -> None:
    for test, validation in zip(new_user_folds(ratings), new_user_parts(ratings, ALL), strict=True):
        remaining = 80 - len(test.users)
        assert len(validation.users) in (remaining // FOLDS, remaining // FOLDS + 1)
        assert len(validation.training) == len(ratings) - sum(
            len(user.rows) for user in (*test.users, *validation.users)
        )


def test_a_large_table_is_represented_by_whole_users(ratings: pd.DataFrame) -> None:
    part = known_part(ratings, 1000)
    whole = known_part(ratings, ALL)
    assert 1000 <= len(part) < 1100
    sizes = whole.groupby("user_id").size()
    assert part.groupby("user_id").size().to_dict() == sizes[part["user_id"].unique()].to_dict()
    assert known_part(ratings, 1000).equals(part)


def test_small_tables_have_no_new_users() -> None:
    assert list(new_user_parts(checkerboard().head(50), ALL)) == []
