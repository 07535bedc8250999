"""One half of an alternating Bayesian regression: the weights of all users given the items, or the reverse."""

from dataclasses import dataclass, field, fields, replace
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import embedding_bag, pad

from recommender.als import Batch, inverse_cholesky
from recommender.interactions import Interactions
from recommender.progress import Reporter

PRIOR_ROWS = 20_000
"""Rows that the priors are learned from, evenly spread over the lengths: more would not change them."""

ALIGNED = 8
"""Products of matrices whose rows are a multiple of so many numbers take half the time."""

MOST_LEVERAGE = 0.9
"""A rating that its row follows closer than this says nothing of the row's posterior variance."""


@dataclass(slots=True)
class Side:
    """Parameters of all users, or of all items.

    A row's weights are over the other side's observed features f and its latent factors k; the row's own factors are
    the last k of them. Each part of a table has users of its own; an item's ratings are all over the parts.
    """

    data: Interactions
    is_users: bool
    batches: list[Batch]
    features: Tensor  # [n, own observed features]
    weights: Tensor  # [n, f + k] posterior means
    variance: Tensor  # [n, v] posterior variances of the last v of them
    prior: Tensor  # [f + k, f + k] covariance
    factors: int
    feature_terms: Tensor  # [ratings + 1] weights · the other side's observed features, of each rating, and a zero
    first_prior: Tensor = field(init=False)  # before anything was learned
    prior_rows: list[Tensor] = field(init=False)  # per batch the places of the rows that priors are learned from

    def __post_init__(self) -> None:
        self.first_prior = self.prior
        sizes = [len(batch.row_idx) for batch in self.batches]
        rows = self.data.count(sum(sizes)) if self.is_users else sum(sizes)
        step = max(1, rows // PRIOR_ROWS)
        begins = torch.tensor([0, *sizes]).cumsum(0).tolist()
        self.prior_rows = [
            torch.arange(min(-begin % step, size), size, step) for begin, size in zip(begins, sizes, strict=False)
        ]

    @classmethod
    def at_prior(
        cls,
        data: Interactions,
        batches: list[Batch],
        features: Tensor,
        prior_variances: Tensor,
        factors: int,
        *,
        is_users: bool,
    ) -> "Side":
        """Weights of zero. Of users the variances of the factors will be known, of items those of all weights."""
        n, d = len(features), len(prior_variances)
        return cls(
            data=data,
            is_users=is_users,
            batches=batches,
            features=features,
            weights=features.new_zeros(n, d),
            variance=features.new_zeros(n, factors if is_users else d),
            prior=torch.diag(prior_variances),
            factors=factors,
            feature_terms=features.new_zeros(len(data) + 1),
        )

    @property
    def observed(self) -> int:
        """Number of weights over the other side's observed features."""
        return self.weights.shape[1] - self.factors

    def table(self) -> Tensor:
        """[n + 1, own features + k] what the other side's weights are over, and a row of zeros."""
        return with_zeros(torch.cat([self.features, self.weights[:, self.observed :]], dim=1))


@dataclass(slots=True)
class SideStatistics:
    """Sums over the rows of one solved side; all but the first two over those that priors are learned from."""

    ratings: float = 0.0
    squares: float = 0.0  # of the ratings' residuals
    prior_rows: float = 0.0
    prior_ratings: float = 0.0
    observed_variance: float = 0.0  # of the means of the ratings
    predictive_variance: float = 0.0  # the same, had the rating not been seen
    deviation: Tensor = field(default_factory=lambda: torch.zeros(()))  # [d] from the prior mean
    scatter: Tensor = field(default_factory=lambda: torch.zeros(()))  # [d, d] squares of the same
    moment: Tensor = field(default_factory=lambda: torch.zeros(()))  # [own features, d] features · residuals

    def reduced(self, data: Interactions) -> "SideStatistics":
        """The sums over all rows of the whole table."""
        data.reduce(self.deviation, self.scatter, self.moment)
        numbers = [field.name for field in fields(self) if field.name not in ("deviation", "scatter", "moment")]
        totals: dict[str, Any] = dict(
            zip(numbers, data.totals(*(getattr(self, name) for name in numbers)), strict=True)
        )
        return replace(self, **totals)


def solve_side(
    side: Side, other: Side, target: Tensor, noise: float, means: Tensor | None, reporter: Reporter
) -> SideStatistics:
    """Posterior of each row's weights: Gaussian with `side.prior` around `means` [n, d] (zero if None).

    `target` [ratings + 1] ends with a zero. The other side's factors count with their variance (mean field, Lim &
    Teh 2007). A row without ratings keeps its prior. Nothing is done twice per rating: whatever can be, is computed
    from the Gram matrix of a row's ratings.
    """
    d, variances = side.weights.shape[1], side.variance.shape[1]
    table = pad(other.table(), (0, -(d + 1) % ALIGNED + 1))  # d columns, one for the ratings, and what aligns them
    other_variance = with_zeros(other.variance[:, other.variance.shape[1] - other.factors :])
    residual = target - other.feature_terms
    precision = torch.linalg.inv(side.prior)
    side.weights.zero_() if means is None else side.weights.copy_(means)
    side.variance.copy_(side.prior.diagonal()[d - variances :].expand_as(side.variance))
    total = SideStatistics(
        deviation=precision.new_zeros(d),
        scatter=precision.new_zeros(d, d),
        moment=precision.new_zeros(side.features.shape[1], d),
    )
    for batch, prior_rows in zip(side.batches, side.prior_rows, strict=True):
        inputs = table.index_select(0, batch.column_idx.flatten()).view(*batch.column_idx.shape, -1)
        entry_idx = batch.entry_idx.flatten().long()
        inputs[..., d] = residual[entry_idx].view(batch.entry_idx.shape)
        products = inputs.mT @ inputs
        factor_variance = _summed_variance(batch, other_variance)  # [rows, factors]
        if not side.is_users:
            side.data.reduce(products, factor_variance)
        gram, right, squares = products[:, :d, :d], products[:, :d, d], products[:, d, d]
        mean = side.weights[batch.row_idx]
        surplus = right if means is None else right - _times(gram, mean)
        system = torch.add(precision, gram, alpha=1 / noise)
        system.diagonal(dim1=1, dim2=2)[:, d - side.factors :].add_(factor_variance / noise)
        root = inverse_cholesky(system)
        deviation = _times(root.mT, _times(root, surplus / noise))
        # By the system itself, what the ratings still say: surplus − gram · deviation.
        remaining = noise * (deviation @ precision)
        remaining[:, d - side.factors :] += factor_variance * deviation[:, d - side.factors :]
        weights = mean + deviation
        side.weights[batch.row_idx] = weights
        side.variance[batch.row_idx] = root[:, d - variances :, d - variances :].square().sum(dim=1)
        of_features = weights.new_zeros(len(weights), inputs.shape[2])
        of_features[:, : side.observed] = weights[:, : side.observed]
        side.feature_terms[entry_idx] = _times(inputs, of_features).flatten()
        total.ratings += float(batch.lengths.sum())
        total.squares += float(squares.sum() - ((right + remaining) * weights).sum())
        if len(prior_rows):
            covariance = root[prior_rows].mT @ root[prior_rows]
            _add_rows(total, batch.lengths[prior_rows], deviation[prior_rows], covariance, gram[prior_rows], noise)
            total.moment += side.features[batch.row_idx[prior_rows]].T @ remaining[prior_rows]
        reporter.tick()
    side.feature_terms[-1] = 0.0
    return total.reduced(side.data) if side.is_users else total


def _summed_variance(batch: Batch, variance: Tensor) -> Tensor:
    """[rows, factors] variance of the other side's factors, summed over each row's ratings."""
    if not variance.shape[1]:  # which embedding_bag does not take
        return variance.new_zeros(len(batch.row_idx), 0)
    return embedding_bag(batch.column_idx, variance, mode="sum")


def _add_rows(
    total: SideStatistics, length: Tensor, deviation: Tensor, covariance: Tensor, gram: Tensor, noise: float
) -> None:
    """Add rows to the sums. Without a rating its mean would vary by v / (1 − v / noise), v with it."""
    variance = (covariance * gram).sum(dim=(1, 2)) / length
    total.prior_rows += len(length)
    total.prior_ratings += float(length.sum())
    total.observed_variance += float((variance * length).sum())
    leverage = (variance / noise).clamp(max=MOST_LEVERAGE)
    total.predictive_variance += float((variance / (1 - leverage) * length).sum())
    total.deviation += deviation.sum(dim=0)
    total.scatter += deviation.T @ deviation + covariance.sum(dim=0)


def learn_prior(side: Side, statistics: SideStatistics) -> None:
    """M step: the mean of the rated rows' weights where one is learned, and their scatter around it.

    The first prior counts as d further rows.
    """
    d = len(side.prior)
    side.prior = (statistics.scatter + d * side.first_prior) / (statistics.prior_rows + d)


def with_zeros(table: Tensor) -> Tensor:
    """The table and a row of zeros."""
    return torch.cat([table, table.new_zeros(1, table.shape[1])])


def _times(matrices: Tensor, vectors: Tensor) -> Tensor:
    """[rows, m] products of [rows, m, d] and [rows, d]; written this way round, torch takes an eighth of the time."""
    return (vectors[:, None] @ matrices.mT)[:, 0]
