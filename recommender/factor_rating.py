"""Training the rating head: matrix factorisation by variational Bayes, with learned priors and noise.

stars = centre + bias of user + bias of film + factors of user · factors of film + noise. Each side's weights
(bias, factors) are solved given what is believed of the other side, *its uncertainty included*: that is what
keeps the factors from learning the noise (Lim & Teh 2007). Priors and noise follow by EM.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import embedding_bag

from recommender.als import Batch, length_buckets, solve
from recommender.config import RatingConfig
from recommender.interactions import Interactions
from recommender.progress import Epoch, OnProgress, Reporter
from recommender.rating import LinearStars

INITIAL_SCALE = 0.1
"""Standard deviation of a factor before the first sweep, stars^½."""
INITIAL_VARIANCE = 0.1
"""Prior variance of a weight before it is learned; it is kept above a thousandth of this."""
LEAST_NOISE = 0.02
"""Variance of one rating around its mean, stars²: rounding to half stars alone makes this much."""
PATIENCE_SWEEPS = 2
"""Sweeps without a better validation loss before the search for their number ends."""


@dataclass(slots=True)
class Side:
    """What is believed of all users, or of all films: weights (bias, factors) and their common prior."""

    batches: list[Batch]
    rated: Tensor  # [n] indices of those with ratings; the others keep the prior
    mean: Tensor  # [n, d]
    covariance: Tensor  # [n, d, d]
    prior_mean: Tensor  # [d]
    prior_covariance: Tensor  # [d, d]

    @classmethod
    def start(cls, batches: list[Batch], n: int, d: int, generator: torch.Generator) -> "Side":
        mean = torch.randn(n, d, generator=generator) * INITIAL_SCALE
        mean[:, 0] = 0.0
        prior = INITIAL_VARIANCE * torch.eye(d)
        rated = torch.cat([batch.row_idx for batch in batches]).sort().values
        return cls(batches, rated, mean, torch.zeros(n, d, d), torch.zeros(d), prior)

    def learn_prior(self) -> None:
        """M step: the prior becomes the mean and the total covariance of the beliefs."""
        mean = self.mean[self.rated]
        self.prior_mean = mean.mean(dim=0)
        away = mean - self.prior_mean
        total = away.T @ away / len(mean) + self.covariance[self.rated].mean(dim=0)
        self.prior_covariance = total + 1e-3 * INITIAL_VARIANCE * torch.eye(len(total))


class FactorModel:
    """Both sides, and the sweeps that improve them."""

    def __init__(self, data: Interactions, dimensions: int, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)
        self.user_idx = torch.from_numpy(data.user_idx)
        self.movie_idx = torch.from_numpy(data.movie_idx)
        self.limits = data.rating_range
        self.centre = float(data.rating.mean())
        self.target = torch.from_numpy(data.rating) - self.centre
        self.noise = max(float(self.target.square().mean()), LEAST_NOISE)
        d = 1 + dimensions
        by_user = length_buckets(data.user_idx, data.movie_idx, d)
        by_movie = length_buckets(data.movie_idx, data.user_idx, d)
        self.users = Side.start(by_user, len(data.users), d, generator)
        self.movies = Side.start(by_movie, len(data.movies), d, generator)

    def sweep(self, reporter: Reporter) -> float:
        """Solve the users, then the films, then the noise; the mean squared error of training, stars²."""
        self._solve(self.users, self.movies, reporter)
        spread = self._solve(self.movies, self.users, reporter)
        loss = self.error(self.user_idx, self.movie_idx, self.target)
        self.noise = max(loss + spread, LEAST_NOISE)
        return loss

    def _solve(self, side: Side, other: Side, reporter: Reporter) -> float:
        """E step of one side; the mean uncertainty that is left about a rating, stars²."""
        features = with_constant(other.mean)
        doubts = other.covariance.flatten(1)
        precision = torch.linalg.inv(side.prior_covariance)
        side.mean[:] = side.prior_mean
        side.covariance[:] = side.prior_covariance
        spread = 0.0
        for batch in side.batches:
            seen = features[batch.other_idx] * batch.mask[..., None]  # [rows, length, d]
            target = self.target[batch.entry_idx] - other.mean[batch.other_idx, 0]
            gram = seen.mT @ seen  # [rows, d, d]
            doubt = embedding_bag(batch.other_idx, doubts, mode="sum", per_sample_weights=batch.mask)
            doubt = doubt.view_as(gram)  # of the others' (bias, factors)
            of_factors, with_bias = split_doubt(doubt)
            system = precision + (gram + of_factors) / self.noise
            right = (target[:, None, :] @ seen)[:, 0] - with_bias
            mean, factor = solve(system, precision @ side.prior_mean + right / self.noise)
            covariance = torch.cholesky_inverse(factor)
            side.mean[batch.row_idx] = mean
            side.covariance[batch.row_idx] = covariance
            own = with_constant(mean)[:, None, :]  # [rows, 1, d]
            spread += float((covariance * gram).sum() + (own @ doubt @ own.mT).sum())
            reporter.tick()
        side.learn_prior()
        return spread / len(self.target)

    def error(self, user_idx: Tensor, movie_idx: Tensor, target: Tensor) -> float:
        """Mean squared error of the centred ratings, stars²."""
        users, movies = self.users.mean[user_idx], self.movies.mean[movie_idx]
        stars = users[:, 0] + movies[:, 0] + (users[:, 1:] * movies[:, 1:]).sum(dim=1)
        return float((target - stars).square().mean())

    def head(self) -> LinearStars:
        """What is kept: the films, and the users' prior."""
        return LinearStars(
            offset=(self.centre + self.movies.mean[:, 0]).numpy(),
            features=with_constant(self.movies.mean).numpy(),
            covariance=self.movies.covariance.numpy(),
            prior_mean=self.users.prior_mean.numpy().astype(np.float64),
            prior_precision=np.linalg.inv(self.users.prior_covariance.numpy().astype(np.float64)),
            noise=self.noise,
            limits=self.limits,
        )


def with_constant(weights: Tensor) -> Tensor:
    """[n, d] (bias, factors) to (1, factors): what the other side's weights are multiplied with."""
    return torch.cat([torch.ones(len(weights), 1), weights[:, 1:]], dim=1)


def split_doubt(covariance: Tensor) -> tuple[Tensor, Tensor]:
    """From the covariance [n, d, d] of (bias, factors): that of (1, factors), and its part with the bias."""
    of_factors = covariance.clone()
    of_factors[:, 0, :] = 0.0
    of_factors[:, :, 0] = 0.0
    with_bias = covariance[:, 0, :].clone()
    with_bias[:, 0] = 0.0
    return of_factors, with_bias


def train_factor_rating(
    data: Interactions,
    config: RatingConfig,
    seed: int,
    validation_share: float,
    on_progress: OnProgress | None,
) -> tuple[LinearStars, list[Epoch]]:
    """Find on held-out ratings after how many sweeps to stop, then train on all of them that long.

    The history is that of the first, validated training.
    """
    order = np.random.default_rng(seed).permutation(len(data))
    held_out = round(len(data) * validation_share)
    validation, training = data.subset(np.sort(order[:held_out])), data.subset(np.sort(order[held_out:]))
    sweeps = config.sweeps
    history: list[Epoch] = []
    if held_out and len(training):
        history = _validated(training, validation, config, seed, on_progress)
        sweeps = min(history, key=lambda epoch: (epoch.val_loss, epoch.epoch)).epoch
    model = FactorModel(data, config.dimensions, seed)
    reporter = Reporter("stars", sweeps, on_progress)
    for _ in range(sweeps):
        reporter.epoch(model.sweep(reporter))
    return model.head(), history or reporter.history


def _validated(
    training: Interactions,
    validation: Interactions,
    config: RatingConfig,
    seed: int,
    on_progress: OnProgress | None,
) -> list[Epoch]:
    """Sweep until the validation loss has not improved for PATIENCE sweeps."""
    model = FactorModel(training, config.dimensions, seed)
    user_idx, movie_idx = torch.from_numpy(validation.user_idx), torch.from_numpy(validation.movie_idx)
    target = torch.from_numpy(validation.rating) - model.centre
    reporter = Reporter("validation", config.sweeps, on_progress)
    losses: list[float] = []
    while len(losses) < config.sweeps:
        loss = model.sweep(reporter)
        losses.append(model.error(user_idx, movie_idx, target))
        reporter.epoch(loss, losses[-1])
        if len(losses) > losses.index(min(losses)) + PATIENCE_SWEEPS:
            break
    return reporter.history
