import numpy as np
import pytest
import torch

from recommender.autoencoder import train_autoencoder
from recommender.config import RankingConfig, TrainingConfig
from recommender.interactions import Interactions
from recommender.ranking import AutoencoderRanking, weightings_of
from recommender.vocabulary import Profile
from tests.recommender.worlds import checkerboard, frame, no_tick, random_ratings

CONFIG = RankingConfig(dimensions=8, damping=1.0)


def trained(
    data: Interactions, ranking: RankingConfig = CONFIG, near: AutoencoderRanking | None = None
) -> AutoencoderRanking:
    weightings = weightings_of(TrainingConfig(ranking=ranking), data.rating_range)
    return train_autoencoder(data, ranking, 0, no_tick, weightings, near=near)


def test_the_ranking_separates_the_two_kinds() -> None:
    data = Interactions.from_frame(checkerboard())
    head = trained(data)
    even = data.movies.ids % 2 == 0
    liked = int(np.flatnonzero(even)[0])
    scores = head.scores(Profile(np.array([liked]), np.array([data.rating_range[1]])))
    assert scores is not None
    assert scores[even].min() > scores[~even].max()


def test_it_is_the_ridge_regression_of_a_marginalised_dropout() -> None:
    """With all directions kept, it is what solving the normal equations gives; a dislike is an input too."""
    data = Interactions.from_frame(checkerboard())
    config = RankingConfig(dimensions=1000, damping=2.0, popularity=0.0, least_weight=0.0)
    head = trained(data, config)
    users, movies = len(data.users), len(data.movies)
    likes, dislikes = weightings_of(TrainingConfig(ranking=config), data.rating_range)
    x = np.zeros((users, 2 * movies))
    x[data.user_idx, data.movie_idx] = likes(data.rating)
    x[data.user_idx, data.movie_idx + movies] = dislikes(data.rating)
    target = x[:, :movies] - config.dislike_target * x[:, movies:]
    n = np.bincount(data.user_idx, minlength=users).astype(np.float64)
    v = n ** (config.activity - 1)
    v *= n.sum() / (v * n).sum()
    k = 4
    ridge = np.diag((v[:, None] * x**2).sum(axis=0) + config.damping)
    expected = np.linalg.solve(x.T @ np.diag(v / n) @ x + ridge / k, x.T @ np.diag(v) @ target)
    somebody = Profile(np.arange(k), np.array([5.0, 4.0, 4.5, 1.0]))
    own = np.zeros(2 * movies)
    own[:k], own[movies : movies + k] = likes(somebody.rating), dislikes(somebody.rating)
    assert head.scores(somebody) == pytest.approx(own @ expected, rel=1e-3, abs=1e-4)


def test_a_dislike_is_not_a_like() -> None:
    data = Interactions.from_frame(checkerboard())
    head = trained(data)
    even = data.movies.ids % 2 == 0
    disliked = np.flatnonzero(even)[:1]
    low, high = data.rating_range
    scores, flipped = head.scores(Profile(disliked, np.array([low]))), head.scores(Profile(disliked, np.array([high])))
    assert scores is not None
    assert flipped is not None
    assert scores[~even].mean() > scores[even].mean()
    assert flipped[~even].mean() < flipped[even].mean()


def test_iteration_finds_what_the_exact_decomposition_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    data = Interactions.from_frame(checkerboard())
    somebody = Profile(np.array([0, 2]), np.array([5.0, 4.0]))
    exact = trained(data).scores(somebody)
    monkeypatch.setattr("recommender.sparse.EXACT_SIDE", 0)
    monkeypatch.setattr("recommender.sparse.POWER_ITERATIONS", 8)
    assert trained(data).scores(somebody) == pytest.approx(exact, rel=1e-2, abs=1e-3)


def test_iteration_starts_from_what_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    data = Interactions.from_frame(random_ratings(0, users=200, movies=120, ratings=3000))
    exact = trained(data)
    monkeypatch.setattr("recommender.sparse.EXACT_SIDE", 0)
    near = trained(data.subset(np.arange(2800)))
    monkeypatch.setattr("recommender.sparse.POWER_ITERATIONS", 1)
    from_random, from_near = trained(data), trained(data, near=near)
    assert from_random.spectrum.sum() < from_near.spectrum.sum() <= exact.spectrum.sum() * (1 + 1e-5)
    assert not np.array_equal(from_random.outputs, from_near.outputs)


def test_what_knows_other_films_is_not_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.sparse.EXACT_SIDE", 0)
    data = Interactions.from_frame(checkerboard())
    other = trained(Interactions.from_frame(random_ratings(0, users=50, movies=30, ratings=600)))
    np.testing.assert_array_equal(trained(data, near=other).outputs, trained(data).outputs)


def test_one_thread_and_two_agree() -> None:
    data = Interactions.from_frame(checkerboard())
    somebody = Profile(np.array([0, 2]), np.array([5.0, 4.0]))
    before = torch.get_num_threads()
    try:
        found = []
        for threads in (1, 2):
            torch.set_num_threads(threads)
            found.append(trained(data).scores(somebody))
    finally:
        torch.set_num_threads(before)
    assert found[0] == pytest.approx(found[1], abs=1e-4)


def test_who_likes_nothing_at_all_leaves_popularity() -> None:
    data = Interactions.from_frame(frame([(1, 10, 0.5, 0), (1, 11, 1.0, 0), (2, 10, 1.0, 0)]))
    head = trained(data, RankingConfig(liked_at=50.0))
    assert head.outputs.shape == (2, 0)
    assert head.scores(Profile(np.array([0]), np.array([1.0]))) is None
