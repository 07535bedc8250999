"""Training the rating head: held-out ratings say how long, with what noise, and how sure it may be."""

import numpy as np

from recommender.bilinear_model import BilinearModel
from recommender.bilinear_rating import BilinearRating
from recommender.config import RatingConfig
from recommender.interactions import Interactions
from recommender.progress import Epoch, OnProgress, Reporter
from recommender.vocabulary import FloatArray, IndexArray, Profile

SAMPLE = 500_000
"""Ratings that priors, noise and first weights are learned from, all those of some users; of more, the rest
only refines. It is enough for all that is shared, and the popular films are nearly settled by it."""

LEAST_GAIN = 5e-4
"""Of the validation loss: sweeps go on while they lower it by more than this share."""

PATIENCE_SWEEPS = 2
"""Sweeps without that gain before the search for their number ends."""

REFINING_SWEEPS = 2
"""Over all ratings, from where the validated training ended."""

CALIBRATION_USERS = 500
"""Users whose held-out ratings the standard deviation is calibrated on."""

CALIBRATION_LEAST = 200
"""Fewer held-out ratings than this calibrate nothing."""

INTERVAL, NORMAL_QUANTILE = 0.8, 1.2816
"""This share of ratings shall lie within so many standard deviations of what is predicted."""


def train_bilinear(
    data: Interactions,
    item_features: FloatArray,
    config: RatingConfig,
    seed: int,
    validation_share: float,
    on_progress: OnProgress | None,
) -> tuple[BilinearRating, list[Epoch]]:
    """Sweep over all but the held-out ratings of a sample until these are predicted no better, then refine on all.

    `item_features` [movies, f] are those of the catalogue. The history is that of the first, validated training.
    """
    random = np.random.default_rng(seed)
    sample = _sample(data, random)
    ratings = sample.ratings_count
    order = random.permutation(ratings)
    held_out = round(ratings * validation_share)
    if not 0 < held_out < ratings:
        reporter = Reporter("stars", config.sweeps, on_progress)
        model = BilinearModel(data, item_features, config, seed, reporter.tick)
        history = _sweeps(model, reporter, learns_noise=True)
        return model.head(), history
    is_held_out = np.zeros(ratings, dtype=bool)
    is_held_out[order[:held_out]] = True
    own = is_held_out[sample.own_ratings]
    validation, training = sample.subset(np.flatnonzero(own)), sample.subset(np.flatnonzero(~own))
    reporter = Reporter("validation", config.sweeps, on_progress)
    model = BilinearModel(training, item_features, config, seed, reporter.tick)
    history = _validated(model, validation, reporter)
    calibration = _calibration(model.head(), training, validation)
    reporter = Reporter("stars", min(config.sweeps, REFINING_SWEEPS), on_progress)
    model = model.continued(data, item_features, reporter.tick)
    _sweeps(model, reporter, learns_noise=False)
    return model.head(calibration), history


def _sample(data: Interactions, random: np.random.Generator) -> Interactions:
    """All ratings of so many random users that they are about SAMPLE; all of a smaller table."""
    if data.ratings_count <= SAMPLE:
        return data
    activity = data.gather(data.activity)
    users = random.permutation(len(activity))
    chosen = np.zeros(len(activity), dtype=bool)
    chosen[users[: np.searchsorted(np.cumsum(activity[users]), SAMPLE) + 1]] = True
    own = chosen[data.own_users]
    return data.subset(np.flatnonzero(own[data.user_idx]))


def _validated(model: BilinearModel, validation: Interactions, reporter: Reporter) -> list[Epoch]:
    """Sweep while the validation loss falls; the noise follows it."""
    best = np.inf
    waited = 0
    while len(reporter.history) < reporter.steps and waited < PATIENCE_SWEEPS:
        loss = model.sweep(reporter)
        val_loss = model.error(validation)
        reporter.epoch(loss, val_loss)
        model.learn_noise(val_loss)
        waited = 0 if val_loss < (1 - LEAST_GAIN) * best else waited + 1
        best = min(best, val_loss)
    return reporter.history


def _sweeps(model: BilinearModel, reporter: Reporter, learns_noise: bool) -> list[Epoch]:
    for _ in range(reporter.steps):
        loss = model.sweep(reporter)
        reporter.epoch(loss)
        if learns_noise:
            model.learn_noise(None)
    return reporter.history


def _calibration(head: BilinearRating, training: Interactions, validation: Interactions) -> float:
    """The factor by which standard deviations must grow for INTERVAL of the held-out ratings to lie within.

    Errors have heavier tails than a Gaussian's, so their deviation alone would make the interval too wide.
    """
    own = training.own_users
    tested = training.gather(np.unique(validation.user_idx) + own.start)
    tested = tested[:: max(1, len(tested) // CALIBRATION_USERS)]
    users = tested[(own.start <= tested) & (tested < own.stop)] - own.start
    profiles, asked = _by_user(training, users), _by_user(validation, users)
    errors = [np.empty(0)]
    for user in users.tolist():
        known, rows = profiles[user], asked[user]
        known = known[np.argsort(training.movie_idx[known])]
        profile = Profile(training.movie_idx[known], training.rating[known].astype(np.float64))
        stars, deviation = head.fold_in(profile).predict(validation.movie_idx[rows])
        errors.append(np.abs(validation.rating[rows] - stars) / deviation)
    standardised = training.gather(np.concatenate(errors))
    if len(standardised) < CALIBRATION_LEAST:
        return 1.0
    return float(np.quantile(standardised, INTERVAL)) / NORMAL_QUANTILE


def _by_user(data: Interactions, users: IndexArray) -> dict[int, IndexArray]:
    """The rows of each of these users."""
    rows = np.flatnonzero(np.isin(data.user_idx, users))
    rows = rows[np.argsort(data.user_idx[rows], kind="stable")]
    starts = np.searchsorted(data.user_idx[rows], users)
    ends = np.searchsorted(data.user_idx[rows], users, side="right")
    return {user: rows[begin:end] for user, begin, end in zip(users.tolist(), starts, ends, strict=True)}
