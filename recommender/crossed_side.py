"""One half of an alternating Bayesian regression: the weights of all users given the films, or the reverse."""

from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn.functional import embedding_bag

from recommender.als import Batch, solve
from recommender.progress import Reporter

MOST_LEVERAGE = 0.9
"""A rating that its row follows closer than this says nothing of how sure the row is."""


@dataclass(slots=True)
class Side:
    """What is known and believed of all users, or of all films.

    A row's weights are over the other side's features f and factors k; its own factors are the last k of them.
    """

    batches: list[Batch]
    features: Tensor  # [n, own features]
    weights: Tensor  # [n, f + k] posterior means
    variance: Tensor  # [n, f + k] posterior variances
    prior: Tensor  # [f + k, f + k] covariance
    factors: int
    vague: Tensor = field(init=False)  # the prior before anything was learned

    def __post_init__(self) -> None:
        self.vague = self.prior

    @classmethod
    def start(cls, batches: list[Batch], features: Tensor, prior_variances: Tensor, factors: int) -> "Side":
        n, d = len(features), len(prior_variances)
        prior = torch.diag(prior_variances)
        return cls(batches, features, torch.zeros(n, d), torch.zeros(n, d), prior, factors)

    @property
    def certain(self) -> int:
        """Number of weights over what is certain: the other side's features."""
        return self.weights.shape[1] - self.factors

    def table(self) -> Tensor:
        """[n, own features + k + certain] what the other side needs to know of each row."""
        return torch.cat([self.features, self.weights[:, self.certain :], self.weights[:, : self.certain]], dim=1)


@dataclass(slots=True)
class Solved:
    """Sums over the rows of one solved side."""

    ratings: float = 0.0
    squares: float = 0.0  # of what is left of the ratings
    known: float = 0.0  # variance of the seen ratings' means
    unknown: float = 0.0  # the same, of ratings that would not have been seen
    scatter: Tensor = field(default_factory=lambda: torch.zeros(()))  # [d, d] deviations from the prior mean
    moment: Tensor = field(default_factory=lambda: torch.zeros(()))  # [own features, d] features · what is left


def solve_side(
    side: Side, other: Side, target: Tensor, noise: float, means: Tensor | None, reporter: Reporter
) -> Solved:
    """Posterior of each row's weights: Gaussian with `side.prior` around `means` [n, d] (zero if None).

    The other side's factors count with their variance (mean field, Lim & Teh 2007). A row without ratings
    keeps its prior.
    """
    table = other.table()
    doubt = other.variance[:, other.certain :].contiguous()
    precision = torch.linalg.inv(side.prior)
    d = side.weights.shape[1]
    side.weights.zero_() if means is None else side.weights.copy_(means)
    side.variance.copy_(side.prior.diagonal().expand_as(side.variance))
    total = Solved(scatter=torch.zeros(d, d), moment=torch.zeros(side.features.shape[1], d))
    for batch in side.batches:
        own = side.features[batch.row_idx]  # [rows, own features]
        seen = table[batch.other_idx] * batch.mask[..., None]  # [rows, length, d + own features]
        features = seen[..., :d]
        of_others = (seen[..., d:] @ own[..., None])[..., 0]
        left = target[batch.entry_idx] * batch.mask - of_others  # [rows, length]
        if means is not None:
            mean = means[batch.row_idx]
            left -= (features @ mean[..., None])[..., 0]
        gram = features.mT @ features  # [rows, d, d]
        system = precision + gram / noise
        if side.factors:
            unsure = embedding_bag(batch.other_idx, doubt, mode="sum", per_sample_weights=batch.mask)
            system.diagonal(dim1=1, dim2=2)[:, -side.factors :].add_(unsure / noise)
        deviation, cholesky = solve(system, (left[:, None, :] @ features)[:, 0] / noise)
        covariance = torch.cholesky_inverse(cholesky)
        left -= (features @ deviation[..., None])[..., 0]
        side.weights[batch.row_idx] += deviation
        side.variance[batch.row_idx] = covariance.diagonal(dim1=1, dim2=2)
        _add(total, batch, own, features, left, deviation, covariance, gram, noise)
        reporter.tick()
    return total


def _add(
    total: Solved,
    batch: Batch,
    own: Tensor,
    features: Tensor,
    left: Tensor,
    deviation: Tensor,
    covariance: Tensor,
    gram: Tensor,
    noise: float,
) -> None:
    """Add a batch to the sums. Without a rating its mean would vary by v / (1 − v / noise), v with it."""
    length = batch.mask.sum(dim=1)
    known = (covariance * gram).sum(dim=(1, 2)) / length
    total.ratings += float(length.sum())
    total.squares += float(left.square().sum())
    total.known += float((known * length).sum())
    total.unknown += float((known / (1 - (known / noise).clamp(max=MOST_LEVERAGE)) * length).sum())
    total.scatter += deviation.T @ deviation + covariance.sum(dim=0)
    total.moment += own.T @ (left[:, None, :] @ features)[:, 0]


def learn_prior(side: Side, solved: Solved) -> None:
    """M step: the mean scatter of the rated rows, with the first prior as d further rows."""
    rated = sum(len(batch.row_idx) for batch in side.batches)
    d = len(side.prior)
    side.prior = (solved.scatter + d * side.vague) / (rated + d)
