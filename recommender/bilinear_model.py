"""The rating model: bilinear in user and item features, with Gaussian priors on both sides.

stars = centre + weights of the user · features of the item + weights of the item · features of the user
        + factors of the user · factors of the item + noise

Observed features of an item: a constant (so a weight over it is the user's bias), what the catalogue says, its
popularity, and its implicit factors; of a user: a constant (the item's bias) and the sum of the implicit factors of the
films they have rated. The users' weights scatter around a linear function of their features, the "prior regression"
(Agarwal & Chen 2009, "Regression-based latent factor models"): an effect that all users share. All weights are solved
in turn as ridge regressions whose prior covariances, and whose noise, are learned (empirical Bayes, one EM step a
sweep).
"""

from collections.abc import Iterator
from copy import copy
from typing import Self

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import embedding_bag

from recommender.als import length_buckets
from recommender.bilinear_rating import BilinearRating
from recommender.bilinear_side import Side, learn_prior, solve_side, with_zeros
from recommender.config import RatingConfig
from recommender.implicit_factors import ImplicitFactors
from recommender.interactions import Interactions
from recommender.progress import Reporter
from recommender.sparse import Tick
from recommender.vocabulary import FloatArray, IndexArray

# Prior variances of the weights before they are learned, in units of the ratings' variance. The users' factors
# have no unit: the items' carry it. Near to where learning ends, so that a few sweeps are enough.
USER_BIAS, USER_FEATURE, USER_IMPLICIT, USER_FACTOR = 0.14, 0.02, 0.005, 0.7
ITEM_BIAS, ITEM_IMPLICIT, ITEM_FACTOR = 0.03, 0.003, 0.03
REGRESSION = 3e-5

FIRST_NOISE = 0.48
"""Of the ratings' variance."""

LEAST_VARIANCE = 0.01
"""Stars²: of ratings that are all alike."""

LEAST_NOISE = 0.5
"""Of the held-out error: at most half of it is put down to the posterior variance of the weights."""

PER_DIMENSION = 8
"""Users, and films, that a learned dimension needs."""

SMALLEST_SCALE = 1e-6
"""What a feature that hardly anybody has is divided by."""

NEGLIGIBLE = 1e-6
"""A feature closer to zero is zero: products of such numbers are denormal, which is twenty times as slow."""

CHUNK = 1 << 18
"""Ratings predicted at once."""


class BilinearModel:
    """Both sides and the prior regression, and the sweeps that improve them."""

    def __init__(
        self, data: Interactions, item_features: FloatArray, config: RatingConfig, seed: int, tick: Tick
    ) -> None:
        most = min(data.users_count, len(data.movies)) // PER_DIMENSION
        implicit = ImplicitFactors.of(data, min(config.pattern_dimensions, most), seed, tick)
        factors = min(config.dimensions, most)
        self._prepare(data, item_features, implicit, factors, tick)
        self.noise = FIRST_NOISE * self.rating_variance
        self.regression_variance = REGRESSION * self.rating_variance
        random = torch.randn(len(data.movies), factors, generator=torch.Generator().manual_seed(seed))
        first = 0.5 * (ITEM_FACTOR * self.rating_variance) ** 0.5 * random
        self.items.weights[:, self.items.observed :] = first.to(self.target.device)

    def continued(self, data: Interactions, item_features: FloatArray, tick: Tick) -> Self:
        """A model of nearly the same ratings that starts from what this one has learned.

        This one gives up its batches, so that those of both are never in memory together.
        """
        self.users.batches = self.items.batches = []
        model = copy(self)
        model._prepare(data, item_features, self.implicit.refreshed(data), self.items.factors, tick)
        for mine, theirs in ((self.users, model.users), (self.items, model.items)):
            theirs.prior = mine.prior
        model.items.weights.copy_(self.items.weights)
        model.items.variance.copy_(self.items.variance)
        model.items.feature_terms[:-1] = _feature_terms(model.items, model.users, data.movie_idx, data.user_idx)
        model.regression, model.user_mean = self.regression, self.user_mean.clone()
        return model

    def _prepare(
        self, data: Interactions, item_features: FloatArray, implicit: ImplicitFactors, factors: int, tick: Tick
    ) -> None:
        """The observed features of both sides, and weights at their priors."""
        self.limits = data.rating_range
        self.centre = data.per_rating(data.rating.sum(dtype=np.float64))
        self.target = torch.cat([data.tensor(data.rating) - self.centre, torch.zeros(1, device=data.device)])
        squares = float(self.target.double().square().sum())
        self.rating_variance = max(data.per_rating(squares), LEAST_VARIANCE)
        self.implicit = implicit
        support = data.tensor(data.support).float()
        of_items = _standardised(implicit.embeddings, support, least=SMALLEST_SCALE)
        constant = support.new_ones(len(support), 1)
        x = torch.cat([constant, data.tensor(item_features), _popularity(support), of_items], dim=1)
        x[x.abs() < NEGLIGIBLE] = 0.0
        z, self.loadings = _user_features(data, implicit.loadings)
        d = implicit.vectors.shape[1]
        of_user = [USER_BIAS] + [USER_FEATURE] * (x.shape[1] - d - 1) + [USER_IMPLICIT] * d
        of_item = [ITEM_BIAS] + [ITEM_IMPLICIT] * d + [ITEM_FACTOR] * factors
        user_prior = x.new_tensor([self.rating_variance * one for one in of_user] + [USER_FACTOR] * factors)
        item_prior = self.rating_variance * x.new_tensor(of_item)
        tick()
        user_idx, movie_idx, device = data.user_idx, data.movie_idx, data.device
        by_user = length_buckets(user_idx, movie_idx, len(data.movies), len(user_prior), data.activity, device)
        tick()
        by_item = length_buckets(movie_idx, user_idx, len(data.users), len(item_prior), data.support, device)
        self.users = Side.at_prior(data, by_user, z, user_prior, factors, is_users=True)
        self.items = Side.at_prior(data, by_item, x, item_prior, factors, is_users=False)
        self.regression = x.new_zeros(z.shape[1], x.shape[1])
        self.user_mean = torch.zeros_like(user_prior)
        tick()
        self.regression_gram = _regression_gram(self.users, x)
        data.reduce(self.regression_gram)
        self.loss = 0.0  # mean squared error of training, stars²
        self.observed_variance = self.predictive_variance = 0.0  # of the mean of a rating that was seen, or was not

    def sweep(self, reporter: Reporter) -> float:
        """Solve users, prior regression and items; learn the priors. The mean squared error of training, stars²."""
        users = solve_side(self.users, self.items, self.target, self.noise, self.user_prior_means(), reporter)
        learn_prior(self.users, users)
        self.user_mean += users.deviation / max(users.prior_rows, 1)
        self._solve_regression(users.moment[:, : self.users.observed])
        items = solve_side(self.items, self.users, self.target, self.noise, None, reporter)
        learn_prior(self.items, items)
        self.observed_variance = sum(side.observed_variance / side.prior_ratings for side in (users, items))
        self.predictive_variance = sum(side.predictive_variance / side.prior_ratings for side in (users, items))
        self.loss = items.squares / items.ratings
        return self.loss

    def learn_noise(self, val_loss: float | None) -> None:
        """The error of held-out ratings beyond the weights' own posterior variance; half the way, for calm."""
        if val_loss is None:
            found = self.loss + self.observed_variance
        else:
            found = max(val_loss - self.predictive_variance, LEAST_NOISE * val_loss)
        self.noise = 0.5 * (self.noise + max(found, LEAST_VARIANCE * self.rating_variance))

    def user_prior_means(self) -> Tensor:
        """[users, x + factors] the prior means of the users' weights."""
        means = self.user_mean.repeat(len(self.users.weights), 1)
        means[:, : self.users.observed] += self.users.features @ self.regression
        return means

    def _solve_regression(self, moment: Tensor) -> None:
        """Ridge regression of the residuals' moment [z, x] on z ⊗ x; users feel it in the next sweep."""
        size = self.regression.numel()
        gram = self.regression_gram / self.noise
        system = gram + torch.eye(size, dtype=gram.dtype, device=gram.device) / self.regression_variance
        right = moment.double().reshape(-1) / self.noise + gram @ self.regression.double().reshape(-1)
        factor = torch.linalg.cholesky(system)
        solution = torch.cholesky_solve(right[:, None], factor).reshape(self.regression.shape).float()
        self.regression = solution
        posterior = float(torch.cholesky_inverse(factor).diagonal().sum())
        self.regression_variance = (float(solution.square().sum()) + posterior) / size

    def error(self, data: Interactions) -> float:
        """Mean squared error, stars² (not clipped)."""
        users, items = self.users, self.items
        stars = _feature_terms(items, users, data.movie_idx, data.user_idx)
        # The users' weights over the items' table hold the product of the factors too.
        table = items.table()
        for rows in _slices(len(data)):
            user, item = users.weights[data.user_idx[rows]], table[data.movie_idx[rows]]
            stars[rows] += (user * item).sum(dim=1)
        residual = data.tensor(data.rating) - self.centre - stars
        return data.per_rating(float(residual.double().square().sum()))

    def head(self, calibration: float = 1.0) -> BilinearRating:
        """What is kept: the items, the prior regression, and the users' prior."""
        items = self.items
        features = torch.cat([items.features, items.weights[:, items.observed :]], dim=1)
        weights = items.weights[:, : items.observed].clone()
        weights[:, 0] += features @ self.user_mean
        return BilinearRating(
            item_features=features.cpu().numpy(),
            item_weights=weights.cpu().numpy(),
            item_variance=items.variance.cpu().numpy(),
            implicit_factors=self.loadings.cpu().numpy(),
            prior_regression=self.regression.cpu().numpy(),
            user_prior=self.users.prior.cpu().numpy().astype(np.float64),
            centre=self.centre,
            noise=self.noise,
            training_error=max(self.loss, LEAST_NOISE * LEAST_VARIANCE),
            calibration=calibration,
            limits=self.limits,
            user_mean=self.user_mean.cpu().numpy(),
        )


def _standardised(columns: Tensor, weight: Tensor, least: float) -> Tensor:
    """[n, c] columns over their root mean square by weight, if that is not below `least`."""
    share = (weight / weight.sum())[:, None]
    return columns / (share * columns.square()).sum(dim=0).sqrt().clamp(min=least)


def _popularity(support: Tensor) -> Tensor:
    """[movies, 1] logarithm of the number of ratings, against the mean over the ratings.

    Where all films are about as popular it varies little, and a film nobody has rated is not far from all else.
    """
    logarithm = support.log1p()[:, None]
    mean = (logarithm[:, 0] * support).sum() / support.sum()
    return _standardised(logarithm - mean, support, least=1.0)


def _user_features(data: Interactions, loadings: Tensor) -> tuple[Tensor, Tensor]:
    """[users, z] a constant and implicit factors, and [movies, z − 1] what they are sums of, on unit scale."""
    order = np.argsort(data.user_idx, kind="stable")
    activity = data.activity
    starts = data.tensor(np.cumsum(activity) - activity)
    total = embedding_bag(data.tensor(data.movie_idx[order]), loadings, starts, mode="sum")
    count = data.tensor(activity).float()[:, None]
    factors = total / count.clamp(min=1).sqrt()
    squares, ratings = (count * factors.square()).sum(dim=0), count.sum()
    data.reduce(squares, ratings)
    scale = (squares / ratings).sqrt().clamp(min=SMALLEST_SCALE)
    return torch.cat([torch.ones_like(count), factors / scale], dim=1), loadings / scale


def _feature_terms(side: Side, other: Side, row_idx: IndexArray, other_idx: IndexArray) -> Tensor:
    """[ratings] weights of one side · observed features of the other."""
    terms = side.weights.new_empty(len(row_idx))
    weights = side.weights[:, : side.observed].contiguous()
    for rows in _slices(len(row_idx)):
        terms[rows] = (weights[row_idx[rows]] * other.features[other_idx[rows]]).sum(dim=1)
    return terms


def _slices(length: int) -> Iterator[slice]:
    return (slice(begin, begin + CHUNK) for begin in range(0, length, CHUNK))


def _regression_gram(users: Side, x: Tensor) -> Tensor:
    """[z·x, z·x] float64: Σ over the ratings of the prior's rows of (z ⊗ x)(z ⊗ x)ᵀ."""
    z, f = users.features.shape[1], x.shape[1]
    total = x.new_zeros(z * z, f * f, dtype=torch.float64)
    table = with_zeros(x)
    for batch, prior_rows in zip(users.batches, users.prior_rows, strict=True):
        own = users.features[batch.row_idx[prior_rows]]
        features = table[batch.column_idx[prior_rows].long()]
        outer = (own[:, :, None] * own[:, None, :]).flatten(1)
        total += outer.T @ (features.mT @ features).flatten(1)
    return total.view(z, z, f, f).permute(0, 2, 1, 3).reshape(z * f, z * f)
