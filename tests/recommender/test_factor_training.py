from dataclasses import replace

import numpy as np
import pytest
import torch

from recommender import TrainingConfig, train
from recommender.config import RankingConfig, RatingConfig
from recommender.factor_ranking import train_factor_ranking
from recommender.factor_rating import FactorModel, train_factor_rating
from recommender.interactions import Interactions
from recommender.profile import Profile
from recommender.progress import Reporter
from tests.recommender.worlds import checkerboard, frame, random_ratings


def test_the_ranking_separates_the_two_kinds() -> None:
    data = Interactions.from_frame(checkerboard())
    head = train_factor_ranking(data, RankingConfig(dimensions=4), seed=0, on_progress=None)
    even = data.movies.ids % 2 == 0
    cosines = head.directions() @ head.directions().T
    assert cosines[np.ix_(even, even)].mean() > 0.6
    assert cosines[np.ix_(even, ~even)].mean() < 0.2


def test_sweeps_lower_the_loss() -> None:
    losses = []
    data = Interactions.from_frame(checkerboard())
    train_factor_ranking(data, RankingConfig(dimensions=4), 0, lambda now: losses.append(now.loss))
    seen = [loss for loss in losses if loss is not None]
    assert seen[-1] < seen[0]


def test_who_likes_nothing_at_all_leaves_popularity() -> None:
    data = Interactions.from_frame(frame([(1, 10, 0.5, 0), (1, 11, 1.0, 0), (2, 10, 1.0, 0), (3, 12, 5.0, 0)]))
    rows = np.flatnonzero(data.rating < 3)
    only_bad = Interactions(
        data.users, data.movies, *(one[rows] for one in (data.user_idx, data.movie_idx, data.rating))
    )
    config = RankingConfig(liked_at=5.0)
    head = train_factor_ranking(only_bad, config, 0, None)
    assert head.features.shape == (3, 0)
    assert head.scores(Profile(np.array([0]), np.array([5.0]))) is None


def test_factors_explain_what_biases_cannot() -> None:
    data = Interactions.from_frame(checkerboard())
    model = FactorModel(data, dimensions=3, seed=0)
    reporter = Reporter("stars", 8, None)
    errors = [model.sweep(reporter) for _ in range(8)]
    assert errors[0] > 2.0  # biases alone: everybody's mean is 3, every film's too
    assert errors[-1] < 0.1
    assert model.noise < 0.2


def test_of_noise_nothing_is_learned() -> None:
    """Uncertain factors stay near zero, so the held-out error is that of the biases, not worse."""
    data = Interactions.from_frame(random_ratings(1, users=60, movies=50, ratings=1500))
    _, history = train_factor_rating(data, RatingConfig(), 0, 0.2, None)
    held_out = min(epoch.val_loss for epoch in history if epoch.val_loss is not None)
    assert held_out < 1.1 * float(data.rating.var())


def test_the_number_of_sweeps_is_found_on_held_out_ratings() -> None:
    stages: dict[str, int] = {}
    data = Interactions.from_frame(checkerboard())
    config = RatingConfig(dimensions=3, sweeps=10)
    _, history = train_factor_rating(data, config, 0, 0.1, lambda now: stages.update({now.stage: now.step}))
    losses = [epoch.val_loss for epoch in history]
    assert stages["stars"] == losses.index(min(loss for loss in losses if loss is not None)) + 1
    assert stages["validation"] == len(history)


def test_the_fold_in_agrees_with_the_training() -> None:
    """A training user's weights are the fold-in of their ratings, once the sweeps have settled."""
    data = Interactions.from_frame(checkerboard())
    model = FactorModel(data, dimensions=2, seed=0)
    reporter = Reporter("stars", 60, None)
    for _ in range(60):
        model.sweep(reporter)
    rows = data.user_idx == 3
    profile = Profile(data.movie_idx[rows], data.rating[rows].astype(np.float64))
    stars, _ = model.head().predict(profile, np.arange(len(data.movies)))
    user, movies = model.users.mean[3], model.movies.mean
    own = model.centre + user[0] + movies[:, 0] + movies[:, 1:] @ user[1:]
    assert stars == pytest.approx(own.clamp(1.0, 5.0).numpy(), abs=0.02)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_threads_do_not_matter(threads: int) -> None:
    before = torch.get_num_threads()
    config = replace(TrainingConfig(), ranking=RankingConfig(dimensions=8), rating=RatingConfig(dimensions=4))
    reference = train(checkerboard(), config=config)
    try:
        torch.set_num_threads(threads)
        model = train(checkerboard(), config=config)
    finally:
        torch.set_num_threads(before)
    stars = [one.predict({1000: 5.0, 1001: 1.0}, one.movie_ids) for one in (reference, model)]
    assert stars[0] == pytest.approx(stars[1], abs=1e-2)
