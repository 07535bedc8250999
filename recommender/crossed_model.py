"""The rating model: crossed Gaussian weights of users over films' features and of films over users'.

stars = centre + weights of the user · features of the film + weights of the film · pattern of the user
        + factors of the user · factors of the film + noise

Features of a film: a constant (so a weight over it is the user's bias), what the catalogue says, how popular
it is, and what its raters have in common; pattern of a user: a constant (the film's bias) and what their films
have in common. The users' weights scatter around a linear function of their pattern, the "bridge": an effect
that everybody shares. All weights are solved in turn as ridge regressions whose prior covariances, and whose
noise, are learned (empirical Bayes, one EM step a sweep).
"""

from collections.abc import Iterator
from copy import copy
from typing import Self

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import embedding_bag

from recommender.als import length_buckets
from recommender.config import RatingConfig
from recommender.crossed_side import Side, learn_prior, solve_side, with_zeros
from recommender.crossed_stars import CrossedStars
from recommender.interactions import Interactions
from recommender.progress import Reporter
from recommender.rated_patterns import Patterns, rated_patterns, refreshed_patterns
from recommender.sparse import Tick
from recommender.vocabulary import FloatArray, IndexArray

# Prior variances of the weights before they are learned, in units of the ratings' variance. The users' factors
# have no unit: the films' carry it.
USER_BIAS, USER_TASTE, USER_PATTERN, USER_FACTOR = 0.14, 0.02, 0.005, 1.0
FILM_BIAS, FILM_PATTERN, FILM_FACTOR = 0.2, 0.003, 0.02
BRIDGE = 1e-4

FIRST_NOISE = 0.5
"""Of the ratings' variance."""

LEAST_VARIANCE = 0.01
"""Stars²: of ratings that are all alike."""

LEAST_NOISE = 0.5
"""Of the held-out error: at most half of it is put down to weights that are not known yet."""

PER_DIMENSION = 8
"""Users, and films, that a learned dimension needs."""

SMALLEST_SCALE = 1e-6
"""What a pattern that hardly anybody has is divided by."""

NEGLIGIBLE = 1e-6
"""A feature closer to zero is zero: products of such numbers are denormal, which is twenty times as slow."""

CHUNK = 1 << 18
"""Ratings predicted at once."""


class CrossedModel:
    """Both sides and the bridge, and the sweeps that improve them."""

    def __init__(self, data: Interactions, described: FloatArray, config: RatingConfig, seed: int, tick: Tick) -> None:
        enough = min(data.users_count, len(data.movies)) // PER_DIMENSION
        patterns = rated_patterns(data, min(config.pattern_dimensions, enough), seed, tick)
        factors = min(config.dimensions, enough)
        self._prepare(data, described, patterns, factors, tick)
        self.noise = FIRST_NOISE * self.variance
        self.bridge_variance = BRIDGE * self.variance
        random = torch.randn(len(data.movies), factors, generator=torch.Generator().manual_seed(seed))
        first = 0.5 * (FILM_FACTOR * self.variance) ** 0.5 * random
        self.films.weights[:, self.films.certain :] = first.to(self.target.device)

    def continued(self, data: Interactions, described: FloatArray, tick: Tick) -> Self:
        """A model of nearly the same ratings that starts from what this one has learned.

        This one gives up its batches, so that those of both are never in memory together.
        """
        self.users.batches = self.films.batches = []
        model = copy(self)
        model._prepare(data, described, refreshed_patterns(data, self.vectors), self.films.factors, tick)
        for mine, theirs in ((self.users, model.users), (self.films, model.films)):
            theirs.prior = mine.prior
        model.films.weights.copy_(self.films.weights)
        model.films.variance.copy_(self.films.variance)
        model.films.said[:-1] = _products(model.films, model.users, data.movie_idx, data.user_idx)
        model.bridge = self.bridge
        return model

    def _prepare(self, data: Interactions, described: FloatArray, patterns: Patterns, factors: int, tick: Tick) -> None:
        """The features of both sides, and weights at their priors."""
        processes = data.processes
        self.limits = data.rating_range
        total, ratings = processes.totals(data.rating.sum(dtype=np.float64), len(data))
        self.centre = total / ratings
        self.target = torch.cat([processes.tensor(data.rating) - self.centre, torch.zeros(1, device=processes.device)])
        (squares,) = processes.totals(float(self.target.double().square().sum()))
        self.variance = max(squares / ratings, LEAST_VARIANCE)
        self.vectors = patterns.vectors
        support = processes.tensor(data.support).float()
        of_films = _standardised(patterns.of_films, support, least=SMALLEST_SCALE)
        constant = support.new_ones(len(support), 1)
        x = torch.cat([constant, processes.tensor(described), _popularity(support), of_films], dim=1)
        x[x.abs() < NEGLIGIBLE] = 0.0
        z, self.of_raters = _user_patterns(data, patterns.of_raters)
        patterned = patterns.of_films.shape[1]
        of_user = [USER_BIAS] + [USER_TASTE] * (x.shape[1] - patterned - 1) + [USER_PATTERN] * patterned
        of_film = [FILM_BIAS] + [FILM_PATTERN] * patterned + [FILM_FACTOR] * factors
        user_prior = x.new_tensor([self.variance * one for one in of_user] + [USER_FACTOR] * factors)
        film_prior = self.variance * x.new_tensor(of_film)
        tick()
        device, films = processes.device, len(data.movies)
        by_user = length_buckets(data.user_idx, data.movie_idx, films, len(user_prior), device=device)
        tick()
        users, counts = len(data.users), data.support
        by_film = length_buckets(data.movie_idx, data.user_idx, users, len(film_prior), counts, device)
        self.users = Side.start(by_user, z, user_prior, factors, factors, len(data), beside=processes)
        self.films = Side.start(by_film, x, film_prior, factors, len(film_prior), len(data), within=processes)
        self.bridge = x.new_zeros(z.shape[1], x.shape[1])
        tick()
        self.bridge_gram = _bridge_gram(self.users, x)
        processes.sum(self.bridge_gram)
        self.loss = 0.0  # mean squared error of training, stars²
        self.known = self.unknown = 0.0  # variance of the mean of a rating that was seen, or was not

    def sweep(self, reporter: Reporter) -> float:
        """Solve the users, the bridge, the films; learn the priors. The mean squared error of training, stars²."""
        solved = solve_side(self.users, self.films, self.target, self.noise, self.user_means(), reporter)
        learn_prior(self.users, solved)
        self._solve_bridge(solved.moment[:, : self.users.certain])
        of_films = solve_side(self.films, self.users, self.target, self.noise, None, reporter)
        learn_prior(self.films, of_films)
        self.known = solved.known / solved.learned_ratings + of_films.known / of_films.learned_ratings
        self.unknown = solved.unknown / solved.learned_ratings + of_films.unknown / of_films.learned_ratings
        self.loss = of_films.squares / of_films.ratings
        return self.loss

    def learn_noise(self, val_loss: float | None) -> None:
        """What is left of held-out ratings beyond the weights' own uncertainty; half the way, for calm."""
        found = self.loss + self.known if val_loss is None else max(val_loss - self.unknown, LEAST_NOISE * val_loss)
        self.noise = 0.5 * (self.noise + max(found, LEAST_VARIANCE * self.variance))

    def user_means(self) -> Tensor:
        """[users, x + factors] the prior means of the users' weights."""
        means = torch.zeros_like(self.users.weights)
        means[:, : self.users.certain] = self.users.features @ self.bridge
        return means

    def _solve_bridge(self, moment: Tensor) -> None:
        """Ridge regression of what is left [z, x] on pattern ⊗ features; users feel it in the next sweep."""
        size = self.bridge.numel()
        gram = self.bridge_gram / self.noise
        system = gram + torch.eye(size, dtype=gram.dtype, device=gram.device) / self.bridge_variance
        right = moment.double().reshape(-1) / self.noise + gram @ self.bridge.double().reshape(-1)
        factor = torch.linalg.cholesky(system)
        solution = torch.cholesky_solve(right[:, None], factor).reshape(self.bridge.shape).float()
        self.bridge = solution
        uncertain = float(torch.cholesky_inverse(factor).diagonal().sum())
        self.bridge_variance = (float(solution.square().sum()) + uncertain) / size

    def error(self, data: Interactions) -> float:
        """Mean squared error, stars² (not clipped)."""
        users, films = self.users, self.films
        stars = _products(films, users, data.movie_idx, data.user_idx)
        # The users' weights over the films' table hold the product of the factors too.
        table = films.table()
        for rows in _slices(len(data)):
            user, film = users.weights[data.user_idx[rows]], table[data.movie_idx[rows]]
            stars[rows] += (user * film).sum(dim=1)
        left = data.processes.tensor(data.rating) - self.centre - stars
        squares, ratings = data.processes.totals(float(left.double().square().sum()), len(data))
        return squares / ratings

    def head(self, calibration: float = 1.0) -> CrossedStars:
        """What is kept: the films, the bridge, and the users' prior."""
        films = self.films
        return CrossedStars(
            features=torch.cat([films.features, films.weights[:, films.certain :]], dim=1).cpu().numpy(),
            weights=films.weights[:, : films.certain].cpu().numpy(),
            variance=films.variance.cpu().numpy(),
            pattern=self.of_raters.cpu().numpy(),
            bridge=self.bridge.cpu().numpy(),
            prior=self.users.prior.cpu().numpy().astype(np.float64),
            centre=self.centre,
            noise=self.noise,
            usual_error=max(self.loss, LEAST_NOISE * LEAST_VARIANCE),
            calibration=calibration,
            limits=self.limits,
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


def _user_patterns(data: Interactions, of_raters: Tensor) -> tuple[Tensor, Tensor]:
    """[users, z] a constant and the patterns, and [movies, z − 1] what they are sums of, on unit scale."""
    tensor = data.processes.tensor
    order = np.argsort(data.user_idx, kind="stable")
    counts = data.activity
    starts = tensor(np.cumsum(counts) - counts)
    total = embedding_bag(tensor(data.movie_idx[order]), of_raters, starts, mode="sum")
    count = tensor(counts).float()[:, None]
    pattern = total / count.clamp(min=1).sqrt()
    squares, ratings = (count * pattern.square()).sum(dim=0), count.sum()
    data.processes.sum(squares, ratings)
    scale = (squares / ratings).sqrt().clamp(min=SMALLEST_SCALE)
    return torch.cat([torch.ones_like(count), pattern / scale], dim=1), of_raters / scale


def _products(side: Side, other: Side, row_idx: IndexArray, other_idx: IndexArray) -> Tensor:
    """[ratings] weights of one side over the certain features of the other."""
    products = side.weights.new_empty(len(row_idx))
    weights = side.weights[:, : side.certain].contiguous()
    for rows in _slices(len(row_idx)):
        products[rows] = (weights[row_idx[rows]] * other.features[other_idx[rows]]).sum(dim=1)
    return products


def _slices(length: int) -> Iterator[slice]:
    return (slice(begin, begin + CHUNK) for begin in range(0, length, CHUNK))


def _bridge_gram(users: Side, x: Tensor) -> Tensor:
    """[z·x, z·x] float64: Σ over the ratings that are learned from of (pattern ⊗ features)(pattern ⊗ features)ᵀ."""
    z, f = users.features.shape[1], x.shape[1]
    total = x.new_zeros(z * z, f * f, dtype=torch.float64)
    table = with_zeros(x)
    for batch, learning in zip(users.batches, users.learning, strict=True):
        own = users.features[batch.row_idx[learning]]
        features = table[batch.other_idx[learning].long()]
        outer = (own[:, :, None] * own[:, None, :]).flatten(1)
        total += outer.T @ (features.mT @ features).flatten(1)
    return total.view(z, z, f, f).permute(0, 2, 1, 3).reshape(z * f, z * f)
