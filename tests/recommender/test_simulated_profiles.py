import numpy as np
import pytest

from recommender.config import TrainingConfig
from recommender.interactions import Interactions
from recommender.ranking import weightings_of
from recommender.simulated_profiles import (
    COLD_SIZES,
    LEAST_TARGETS,
    LEFT_OUT,
    ROUNDS,
    SLOTS,
    TARGET_WEIGHT,
    Example,
    Simulation,
    Simulations,
)
from tests.recommender.worlds import serials

DATA = Interactions.from_frame(serials())
PREFERENCE, DISLIKE = weightings_of(TrainingConfig(), DATA.rating_range)


def simulated(data: Interactions = DATA) -> list[Simulation]:
    every = Simulations(data, (PREFERENCE, DISLIKE), 0)
    found = list(every)
    assert len(found) == len(every)
    return found


def is_told(example: Example) -> bool:
    """Whether somebody has named likes and dislikes of theirs, and not rated what came."""
    return example.place % SLOTS >= len(COLD_SIZES)


def user_of(profile_movie_idx: np.ndarray, rows: np.ndarray) -> list[int]:  # type: ignore[type-arg]
    """The users who have rated all of these films in these rows."""
    hits = np.isin(DATA.movie_idx[rows], profile_movie_idx)
    counts = np.bincount(DATA.user_idx[rows][hits], minlength=len(DATA.users))
    return np.flatnonzero(counts == len(profile_movie_idx)).tolist()


def test_few_users_take_part_in_both_ways() -> None:
    kinds = [{example.is_warm for example in one.examples} for one in simulated()]
    assert kinds == [{False}, {True}] * ROUNDS


def test_no_target_of_a_warm_user_is_in_the_training() -> None:
    for one in simulated()[1::2]:
        for example in one.examples:
            assert any(
                not np.isin(example.targets, DATA.movie_idx[one.rows[DATA.user_idx[one.rows] == user]]).any()
                for user in user_of(example.profile.movie_idx, one.rows)
            )


def test_a_history_is_continued_by_what_was_rated_later() -> None:
    everything = np.arange(len(DATA))
    for example in simulated()[1].examples:
        possible = []
        for user in user_of(example.profile.movie_idx, everything):
            own = everything[DATA.user_idx == user]
            known = DATA.timestamp[own[np.isin(DATA.movie_idx[own], example.profile.movie_idx)]]
            targets = own[np.isin(DATA.movie_idx[own], example.targets)]
            possible.append(len(targets) == len(example.targets) and known.max() <= DATA.timestamp[targets].min())
        assert any(possible)


def test_a_cold_user_is_not_in_the_training() -> None:
    for one in simulated()[::2]:
        present = np.unique(DATA.user_idx[one.rows])
        assert len(present) == pytest.approx((1 - 1 / ROUNDS) * len(DATA.users), abs=1)
        sizes = {len(example.profile) for example in one.examples if not is_told(example)}
        assert sizes == set(COLD_SIZES)
        assert all(not np.isin(example.targets, example.profile.movie_idx).any() for example in one.examples)


def test_only_what_is_liked_is_a_target() -> None:
    hated = DATA.movies.indices(range(5000, 5040))
    for one in simulated():
        assert all(not np.isin(example.targets, hated).any() for example in one.examples)
    assert PREFERENCE(np.array([5.0]))[0] > TARGET_WEIGHT


def test_many_users_take_part_in_one_simulation_of_both_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.simulated_profiles.ENOUGH_WARM", 100)
    monkeypatch.setattr("recommender.simulated_profiles.ENOUGH_COLD", 20)
    (one,) = simulated()
    kinds = [example.is_warm for example in one.examples]
    assert 65 < sum(kinds) <= 75  # half of the users
    assert 150 < len(kinds) - sum(kinds) <= len(DATA.users) // LEFT_OUT * SLOTS


def test_users_with_few_ratings_are_left_alone() -> None:
    rows = np.concatenate([np.flatnonzero(DATA.user_idx == user)[: LEAST_TARGETS + 1] for user in range(150)])
    few = DATA.subset(np.sort(rows))
    for one in simulated(few):
        assert not one.examples


def test_people_say_what_they_like_and_what_they_hate() -> None:
    told = [example for example in simulated()[0].examples if is_told(example)]
    assert told
    for likes, dislikes, both in zip(told[::3], told[1::3], told[2::3], strict=True):
        assert PREFERENCE(likes.profile.rating).min() > TARGET_WEIGHT
        assert DISLIKE(dislikes.profile.rating).min() >= 0.5
        assert sorted([*likes.profile.movie_idx, *dislikes.profile.movie_idx]) == both.profile.movie_idx.tolist()
        assert likes.targets.tolist() == dislikes.targets.tolist() == both.targets.tolist()
        assert not np.isin(both.targets, both.profile.movie_idx).any()
