"""The training of the rating head on worlds whose stars are made by a known rule."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch

from recommender import TrainingConfig, bilinear_side, bilinear_training, train
from recommender.bilinear_model import BilinearModel
from recommender.bilinear_rating import BilinearRating
from recommender.bilinear_training import NORMAL_QUANTILE, train_bilinear
from recommender.config import RankingConfig, RatingConfig
from recommender.interactions import Interactions
from recommender.item_features import item_features
from recommender.progress import Epoch, Reporter
from recommender.vocabulary import FloatArray, Profile
from tests.recommender.worlds import checkerboard, frame, no_tick, random_ratings

NOISE = 0.3
"""Variance of the planted ratings."""


def planted(users: int = 200, movies: int = 80, share: float = 0.5) -> tuple[Interactions, FloatArray, FloatArray]:
    """Biases, two hidden tastes and noise; the ratings, which pairs are rated, and all true expectations."""
    generator = np.random.default_rng(3)
    truth = 3.0 + 0.4 * generator.normal(size=(users, 1)) + 0.5 * generator.normal(size=movies)
    truth = truth + 0.7 * generator.normal(size=(users, 2)) @ generator.normal(size=(2, movies)) * 0.7
    is_rated = generator.random((users, movies)) < share
    noisy = truth + NOISE**0.5 * generator.normal(size=truth.shape)
    rows = [(int(u), int(i), float(noisy[u, i]), 0) for u, i in zip(*np.nonzero(is_rated), strict=True)]
    return Interactions.from_frame(frame(rows)), is_rated, truth


def trained(
    data: Interactions, features: FloatArray | None = None, config: RatingConfig | None = None
) -> tuple[BilinearRating, list[Epoch]]:
    if features is None:
        features = item_features(None, data.movies)
    return train_bilinear(data, features, config or RatingConfig(), 0, 0.1, None)


def profile_of(data: Interactions, user_idx: int) -> Profile:
    rows = np.flatnonzero(data.user_idx == user_idx)
    rows = rows[np.argsort(data.movie_idx[rows])]
    return Profile(data.movie_idx[rows], data.rating[rows].astype(np.float64))


@pytest.fixture(scope="module")
def plant() -> tuple[BilinearRating, Interactions, FloatArray, FloatArray]:
    data, is_rated, truth = planted()
    return trained(data)[0], data, is_rated, truth


def test_planted_tastes_are_found(plant: tuple[BilinearRating, Interactions, FloatArray, FloatArray]) -> None:
    """The films a user has not rated are predicted with a fraction of the spread that biases leave."""
    head, data, is_rated, truth = plant
    errors, left_by_biases = [], []
    biases = truth.mean(axis=0) + truth.mean(axis=1, keepdims=True) - truth.mean()
    for user_idx in range(len(data.users)):
        unseen = np.flatnonzero(~is_rated[user_idx])
        stars, _ = head.fold_in(profile_of(data, user_idx)).predict(unseen)
        errors.append(stars - np.clip(truth[user_idx, unseen], *data.rating_range))
        left_by_biases.append((biases - truth)[user_idx, unseen])
    assert np.square(np.concatenate(errors)).mean() < 0.25 * np.square(np.concatenate(left_by_biases)).mean()
    assert head.noise == pytest.approx(NOISE, rel=0.25)


def test_four_of_five_ratings_lie_within_the_interval(
    plant: tuple[BilinearRating, Interactions, FloatArray, FloatArray],
) -> None:
    head, data, is_rated, truth = plant
    generator = np.random.default_rng(9)
    inside = []
    for user_idx in range(len(data.users)):
        unseen = np.flatnonzero(~is_rated[user_idx])
        stars, deviation = head.fold_in(profile_of(data, user_idx)).predict(unseen)
        rating = truth[user_idx, unseen] + NOISE**0.5 * generator.normal(size=len(unseen))
        inside.append(np.abs(np.clip(rating, *data.rating_range) - stars) < NORMAL_QUANTILE * deviation)
    assert np.concatenate(inside).mean() == pytest.approx(0.8, abs=0.03)


def genre_world() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Even users love drama and hate comedy, odd ones the reverse; films 900 and 901 are new, one of each."""
    generator = np.random.default_rng(0)
    rows = [
        (user, movie, 5.0 if movie % 2 == user % 2 else 1.0, 0)
        for user in range(80)
        for movie in range(40)
        if generator.random() < 0.5
    ]
    films = [*range(40), 900, 901]
    genres = ["Comedy" if film % 2 else "Drama" for film in films]
    return frame(rows), pd.DataFrame({"movie_id": films, "title": "x", "year": np.nan, "genres": genres})


def test_a_film_nobody_has_rated_is_judged_by_its_genre() -> None:
    model = train(*genre_world())
    of_drama_lover, of_comedy_lover = ({0: 5.0, 1: 1.0, 2: 5.0, 3: 1.0}, {0: 1.0, 1: 5.0, 2: 1.0, 3: 5.0})
    drama, comedy = model.predict(of_drama_lover, [900, 901])
    assert drama > comedy + 2
    drama, comedy = model.predict(of_comedy_lover, [900, 901])
    assert comedy > drama + 2
    blind = train(genre_world()[0], genre_world()[1].drop(columns="genres"))
    assert abs(np.diff(blind.predict(of_drama_lover, [900, 901]))[0]) < 1e-4


def test_factors_explain_what_biases_cannot() -> None:
    data = Interactions.from_frame(checkerboard())
    features = item_features(None, data.movies)
    losses = {}
    for dimensions in (0, 3):
        model = BilinearModel(
            data, features, RatingConfig(dimensions=dimensions, pattern_dimensions=0), seed=0, tick=no_tick
        )
        reporter = Reporter("stars", 8, None)
        losses[dimensions] = [model.sweep(reporter) for _ in range(8)][-1]
    assert losses[0] > 3.0  # everybody's mean is 3, every film's too
    assert losses[3] < 0.1


def test_of_noise_nothing_is_learned() -> None:
    data = Interactions.from_frame(random_ratings(1, users=60, movies=50, ratings=1500))
    _, history = trained(data)
    held_out = min(epoch.val_loss for epoch in history if epoch.val_loss is not None)
    assert held_out < 1.1 * float(data.rating.var())


def test_the_fold_in_agrees_with_the_training() -> None:
    """A training user's stars are those of the fold-in of their ratings, once the sweeps have settled."""
    data = Interactions.from_frame(checkerboard())
    model = BilinearModel(data, item_features(None, data.movies), RatingConfig(dimensions=2), seed=0, tick=no_tick)
    reporter = Reporter("stars", 40, None)
    for _ in range(40):
        model.sweep(reporter)
    head = model.head()
    left = []
    for user_idx in range(len(data.users)):
        of = profile_of(data, user_idx)
        parts = head.fold_in(of).attribute(of.movie_idx)
        left.append(parts.base + parts.contributions.sum(axis=1) - of.rating)
    assert np.square(np.concatenate(left)).mean() == pytest.approx(model.error(data), abs=0.01)


def test_the_refined_model_goes_on_where_the_validated_one_ended() -> None:
    data = planted()[0]
    features = item_features(None, data.movies)
    model = BilinearModel(data, features, RatingConfig(), seed=0, tick=no_tick)
    reporter = Reporter("stars", 9, None)
    losses = [model.sweep(reporter) for _ in range(8)]
    model.noise = NOISE
    losses.append(model.sweep(reporter))
    continued = model.continued(data, features, no_tick)
    assert continued.noise == NOISE
    again = continued.sweep(reporter)
    assert again == pytest.approx(losses[-1], rel=0.02)
    assert again < 0.9 * losses[0]


def test_sweeps_end_when_held_out_ratings_say_so() -> None:
    steps: dict[str, int] = {}
    data = Interactions.from_frame(random_ratings(1, users=60, movies=50, ratings=1500))
    features = item_features(None, data.movies)
    config = RatingConfig(sweeps=30)
    _, history = train_bilinear(data, features, config, 0, 0.1, lambda now: steps.update({now.stage: now.step}))
    assert steps["validation"] == len(history) < 30
    assert steps["stars"] == bilinear_training.REFINING_SWEEPS
    assert all(epoch.val_loss is not None for epoch in history)


def test_of_many_ratings_a_sample_says_how_and_all_are_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    data, is_rated, truth = planted(users=400)
    monkeypatch.setattr(bilinear_training, "SAMPLE", len(data) // 4)
    sampled = bilinear_training._sample(data, np.random.default_rng(0))
    assert len(data) // 4 <= len(sampled) < len(data) // 3
    activity = np.bincount(sampled.user_idx, minlength=len(data.users))
    assert (activity[activity > 0] == np.bincount(data.user_idx)[activity > 0]).all()
    head, _ = trained(data)
    errors = []
    for user_idx in range(0, 400, 4):
        unseen = np.flatnonzero(~is_rated[user_idx])
        stars, _ = head.fold_in(profile_of(data, user_idx)).predict(unseen)
        errors.append(stars - np.clip(truth[user_idx, unseen], *data.rating_range))
    assert np.square(np.concatenate(errors)).mean() < 0.12


def test_a_part_of_the_rows_is_enough_to_learn_priors_from(monkeypatch: pytest.MonkeyPatch) -> None:
    data = planted()[0]
    features = item_features(None, data.movies)
    monkeypatch.setattr("recommender.als.MAX_CELLS", 1 << 12)  # batches of few rows
    models = []
    for rows in (bilinear_side.PRIOR_ROWS, 50):
        monkeypatch.setattr(bilinear_side, "PRIOR_ROWS", rows)
        model = BilinearModel(data, features, RatingConfig(dimensions=2), seed=0, tick=no_tick)
        reporter = Reporter("stars", 5, None)
        for _ in range(5):
            model.sweep(reporter)
        models.append(model)
    every, part = models
    assert sum(len(rows) for rows in every.users.prior_rows) == len(data.users)
    assert sum(len(rows) for rows in part.users.prior_rows) == 50
    assert part.loss == pytest.approx(every.loss, rel=0.05)
    assert part.predictive_variance == pytest.approx(every.predictive_variance, rel=0.15)
    assert part.users.prior[0, 0] == pytest.approx(float(every.users.prior[0, 0]), rel=0.4)


def test_without_held_out_ratings_the_noise_is_what_training_leaves() -> None:
    data = planted()[0]
    head, history = train_bilinear(data, item_features(None, data.movies), RatingConfig(), 0, 0.0, None)
    assert head.noise == pytest.approx(NOISE, rel=0.25)
    assert len(history) == RatingConfig().sweeps
    assert all(epoch.val_loss is None for epoch in history)


def test_the_scale_of_the_stars_is_the_datas_own() -> None:
    """Everything that is learned or assumed scales with the ratings, so ten times the stars is ten times the answer."""
    data = planted(users=80, movies=40)[0]
    tenfold = replace(data, rating=data.rating * 10)
    of = profile_of(data, 5)
    asked = np.arange(len(data.movies))
    stars, deviation = trained(data)[0].fold_in(of).predict(asked)
    larger = trained(tenfold)[0].fold_in(Profile(of.movie_idx, of.rating * 10)).predict(asked)
    assert larger[0] == pytest.approx(10 * stars, rel=1e-2)
    assert larger[1] == pytest.approx(10 * deviation, rel=1e-2)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_threads_do_not_matter(threads: int) -> None:
    before = torch.get_num_threads()
    config = replace(TrainingConfig(), ranking=RankingConfig(dimensions=4), rating=RatingConfig(dimensions=4))
    reference = train(checkerboard(), config=config)
    try:
        torch.set_num_threads(threads)
        model = train(checkerboard(), config=config)
    finally:
        torch.set_num_threads(before)
    stars = [one.predict({1000: 5.0, 1001: 1.0}, one.movie_ids) for one in (reference, model)]
    assert stars[0] == pytest.approx(stars[1], abs=1e-2)
