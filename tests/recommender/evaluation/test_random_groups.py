import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.evaluation import random_groups as groups_of
from recommender.evaluation.random_groups import GroupSplit, random_groups
from tests.recommender.worlds import frame, random_ratings

RATINGS = random_ratings(3, users=12, movies=140, ratings=900)


@given(seed=st.integers(0, 30))
@settings(max_examples=10)
def test_halves(seed: int) -> None:
    split = GroupSplit.of(RATINGS, seed)
    user_id = RATINGS["user_id"].to_numpy()
    counts = np.bincount(user_id)
    assert split.user_ids.tolist() == np.flatnonzero(counts >= 50).tolist()
    for user, held_out, kept in zip(split.user_ids, split.held_out, split.kept, strict=True):
        assert sorted([*held_out, *kept]) == np.flatnonzero(user_id == user).tolist()
        assert len(held_out) == counts[user] // 2
    everything = np.concatenate([split.training, *split.held_out])
    assert sorted(everything.tolist()) == list(range(len(RATINGS)))


def test_members_hold_back_what_nobody_in_the_group_has_rated() -> None:
    split = GroupSplit.of(RATINGS, 1)
    groups = random_groups(RATINGS, split, 40, 1)
    assert len(groups) == 40
    assert {len(group.profiles) for group in groups} == {2, 3, 4, 5, 6}
    for group in groups:
        rated = {movie_id for profile in group.profiles for movie_id in profile}
        for likes, dislikes, held_out in zip(group.likes, group.dislikes, group.held_out, strict=True):
            assert not held_out & rated
            assert likes | dislikes <= held_out
            assert not likes & dislikes
        assert len({tuple(profile) for profile in group.profiles}) == len(group.profiles)


def test_the_seed_decides() -> None:
    split = GroupSplit.of(RATINGS, 1)
    assert random_groups(RATINGS, split, 5, 1) == random_groups(RATINGS, split, 5, 1)
    assert random_groups(RATINGS, split, 5, 1) != random_groups(RATINGS, split, 5, 2)


def test_too_few_people(monkeypatch: pytest.MonkeyPatch) -> None:
    few = random_ratings(3, users=12, movies=40, ratings=300)
    assert random_groups(few, GroupSplit.of(few, 1), 5, 1) == []
    monkeypatch.setattr(groups_of, "LEAST_RATINGS", 4)
    two = frame((user, movie_id, 5.0 if movie_id == 9 else 3.0, 0) for user in (1, 2) for movie_id in range(4))
    assert random_groups(two, GroupSplit.of(two, 1), 5, 1) == []  # nobody likes anything
