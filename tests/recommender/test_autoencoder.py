import numpy as np
import pytest
import torch

from recommender.autoencoder import train_autoencoder
from recommender.config import RankingConfig
from recommender.interactions import Interactions
from recommender.ranking import PreferenceWeighting
from recommender.vocabulary import Profile
from tests.recommender.worlds import checkerboard, frame, no_tick

CONFIG = RankingConfig(dimensions=8, damping=1.0)


def test_the_ranking_separates_the_two_kinds() -> None:
    data = Interactions.from_frame(checkerboard())
    head = train_autoencoder(data, CONFIG, 0, no_tick)
    even = data.movies.ids % 2 == 0
    liked = int(np.flatnonzero(even)[0])
    scores = head.scores(Profile(np.array([liked]), np.array([data.rating_range[1]])))
    assert scores is not None
    assert scores[even].min() > scores[~even].max()


def test_it_is_the_ridge_regression_of_a_marginalised_dropout() -> None:
    """With all directions kept, x B is what solving the normal equations in the open gives."""
    data = Interactions.from_frame(checkerboard())
    config = RankingConfig(dimensions=1000, damping=2.0, popularity=0.0, least_weight=0.0)
    head = train_autoencoder(data, config, 0, no_tick)
    liked = PreferenceWeighting.of(config, data.rating_range)(data.rating).astype(np.float64)
    x = np.zeros((len(data.users), len(data.movies)))
    x[data.user_idx, data.movie_idx] = liked
    n = np.bincount(data.user_idx, minlength=len(data.users)).astype(np.float64)
    v = n ** (config.activity - 1)
    v *= n.sum() / (v * n).sum()
    k = 3
    ridge = np.diag((v[:, None] * x**2).sum(axis=0) + config.damping)
    system = x.T @ np.diag(v / n) @ x + ridge / k
    expected = np.linalg.solve(system, x.T @ np.diag(v) @ x)
    somebody = Profile(np.arange(k), np.array([5.0, 4.0, 4.5]))
    weights = PreferenceWeighting.of(config, data.rating_range)(somebody.rating)
    assert head.scores(somebody) == pytest.approx(weights @ expected[:k], rel=1e-3, abs=1e-4)


def test_iteration_finds_what_the_exact_decomposition_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    data = Interactions.from_frame(checkerboard())
    somebody = Profile(np.array([0, 2]), np.array([5.0, 4.0]))
    exact = train_autoencoder(data, CONFIG, 0, no_tick).scores(somebody)
    monkeypatch.setattr("recommender.sparse.EXACT_SIDE", 0)
    monkeypatch.setattr("recommender.sparse.POWER_ITERATIONS", 8)
    assert train_autoencoder(data, CONFIG, 0, no_tick).scores(somebody) == pytest.approx(exact, rel=1e-2, abs=1e-3)


def test_one_thread_and_two_agree() -> None:
    data = Interactions.from_frame(checkerboard())
    somebody = Profile(np.array([0, 2]), np.array([5.0, 4.0]))
    before = torch.get_num_threads()
    try:
        found = []
        for threads in (1, 2):
            torch.set_num_threads(threads)
            found.append(train_autoencoder(data, CONFIG, 0, no_tick).scores(somebody))
    finally:
        torch.set_num_threads(before)
    assert found[0] == pytest.approx(found[1], abs=1e-4)


def test_who_likes_nothing_at_all_leaves_popularity() -> None:
    data = Interactions.from_frame(frame([(1, 10, 0.5, 0), (1, 11, 1.0, 0), (2, 10, 1.0, 0)]))
    head = train_autoencoder(data, RankingConfig(liked_at=50.0), 0, no_tick)
    assert head.outputs.shape == (2, 0)
    assert head.scores(Profile(np.array([0]), np.array([1.0]))) is None
