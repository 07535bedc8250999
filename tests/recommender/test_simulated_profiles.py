import numpy as np
import pytest

from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.ranking import Liking
from recommender.simulated_profiles import LEAST_WANTED, ROUNDS, TOLD_SIZES, WANTED, Simulation, Simulations
from tests.recommender.worlds import serials

DATA = Interactions.from_frame(serials())
LIKING = Liking.of(RankingConfig(), DATA.rating_range)


def simulated(data: Interactions = DATA) -> list[Simulation]:
    every = Simulations(data, LIKING, 0)
    found = list(every)
    assert len(found) == len(every)
    return found


def user_of(profile_movie_idx: np.ndarray, rows: np.ndarray) -> list[int]:  # type: ignore[type-arg]
    """The users who have rated all of these films in these rows."""
    hits = np.isin(DATA.movie_idx[rows], profile_movie_idx)
    counts = np.bincount(DATA.user_idx[rows][hits], minlength=len(DATA.users))
    return np.flatnonzero(counts == len(profile_movie_idx)).tolist()


def test_few_users_take_part_in_both_ways() -> None:
    kinds = [{example.is_history for example in one.examples} for one in simulated()]
    assert kinds == [{False}, {True}] * ROUNDS


def test_nothing_that_is_wanted_of_a_history_is_in_its_training() -> None:
    for one in simulated()[1::2]:
        for example in one.examples:
            assert any(
                not np.isin(example.wanted, DATA.movie_idx[one.rows[DATA.user_idx[one.rows] == user]]).any()
                for user in user_of(example.profile.movie_idx, one.rows)
            )


def test_a_history_is_continued_by_what_was_rated_later() -> None:
    everything = np.arange(len(DATA))
    for example in simulated()[1].examples:
        possible = []
        for user in user_of(example.profile.movie_idx, everything):
            own = everything[DATA.user_idx == user]
            told = DATA.timestamp[own[np.isin(DATA.movie_idx[own], example.profile.movie_idx)]]
            wanted = own[np.isin(DATA.movie_idx[own], example.wanted)]
            possible.append(len(wanted) == len(example.wanted) and told.max() <= DATA.timestamp[wanted].min())
        assert any(possible)


def test_who_tells_a_few_films_is_not_in_the_training() -> None:
    for one in simulated()[::2]:
        present = np.unique(DATA.user_idx[one.rows])
        assert len(present) == pytest.approx((1 - 1 / ROUNDS) * len(DATA.users), abs=1)
        sizes = {len(example.profile) for example in one.examples}
        assert sizes == set(TOLD_SIZES)
        assert all(not np.isin(example.wanted, example.profile.movie_idx).any() for example in one.examples)


def test_only_what_is_liked_is_wanted() -> None:
    hated = DATA.movies.indices(range(5000, 5040))
    for one in simulated():
        assert all(not np.isin(example.wanted, hated).any() for example in one.examples)
    assert LIKING(np.array([5.0]))[0] > WANTED


def test_many_users_take_part_in_one_simulation_of_both_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.simulated_profiles.ENOUGH_HISTORIES", 100)
    monkeypatch.setattr("recommender.simulated_profiles.ENOUGH_ASIDE", 20)
    (one,) = simulated()
    kinds = [example.is_history for example in one.examples]
    assert 65 < sum(kinds) <= 75  # half of the users
    assert 150 < len(kinds) - sum(kinds) <= len(DATA.users) // ROUNDS * len(TOLD_SIZES)


def test_users_with_few_ratings_are_left_alone() -> None:
    rows = np.concatenate([np.flatnonzero(DATA.user_idx == user)[: LEAST_WANTED + 1] for user in range(150)])
    few = DATA.subset(np.sort(rows))
    for one in simulated(few):
        assert not one.examples
