"""One half of an alternating Bayesian regression: the weights of all users given the films, or the reverse."""

from dataclasses import dataclass, field

import torch
from torch import Tensor
from torch.nn.functional import embedding_bag

from recommender.als import Batch, solve
from recommender.processes import ALONE, Processes
from recommender.progress import Reporter

LEARNING_ROWS = 20_000
"""Rows that the priors and the bridge are learned from, evenly spread over the lengths: more would not change them."""

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
    variance: Tensor  # [n, v] posterior variances of the last v of them
    prior: Tensor  # [f + k, f + k] covariance
    factors: int
    said: Tensor  # [ratings + 1] weights · the other side's features, of each rating, and a zero
    within: Processes = ALONE  # which hold the ratings of these rows
    beside: Processes = ALONE  # which have other rows of this side
    vague: Tensor = field(init=False)  # the prior before anything was learned
    learning: list[Tensor] = field(init=False)  # per batch the places of the rows that are learned from

    def __post_init__(self) -> None:
        self.vague = self.prior
        sizes = [len(batch.row_idx) for batch in self.batches]
        step = max(1, self.beside.count(sum(sizes)) // LEARNING_ROWS)
        begins = torch.tensor([0, *sizes]).cumsum(0).tolist()
        self.learning = [
            torch.arange(min(-begin % step, size), size, step) for begin, size in zip(begins, sizes, strict=False)
        ]

    @classmethod
    def start(
        cls,
        batches: list[Batch],
        features: Tensor,
        prior_variances: Tensor,
        factors: int,
        variances: int,
        ratings: int,
        *,
        within: Processes = ALONE,
        beside: Processes = ALONE,
    ) -> "Side":
        """Weights of nothing; the variances of the last `variances` weights of each row will be known."""
        n, d = len(features), len(prior_variances)
        variance, weights = features.new_zeros(n, variances), features.new_zeros(n, d)
        said = features.new_zeros(ratings + 1)
        prior = torch.diag(prior_variances)
        return cls(batches, features, weights, variance, prior, factors, said, within, beside)

    @property
    def certain(self) -> int:
        """Number of weights over what is certain: the other side's features."""
        return self.weights.shape[1] - self.factors

    def table(self) -> Tensor:
        """[n + 1, own features + k] what the other side's weights are over, and a row of zeros."""
        return with_zeros(torch.cat([self.features, self.weights[:, self.certain :]], dim=1))


@dataclass(slots=True)
class Solved:
    """Sums over the rows of one solved side; all but the first two over those that are learned from."""

    ratings: float = 0.0
    squares: float = 0.0  # of what is left of the ratings
    learned_rows: int = 0
    learned_ratings: float = 0.0
    known: float = 0.0  # variance of the seen ratings' means
    unknown: float = 0.0  # the same, of ratings that would not have been seen
    scatter: Tensor = field(default_factory=lambda: torch.zeros(()))  # [d, d] deviations from the prior mean
    moment: Tensor = field(default_factory=lambda: torch.zeros(()))  # [own features, d] features · what is left

    def of_all(self, processes: Processes) -> "Solved":
        """The sums over all their rows."""
        processes.sum(self.scatter, self.moment)
        ratings, squares, rows, learned, known, unknown = processes.totals(
            self.ratings, self.squares, self.learned_rows, self.learned_ratings, self.known, self.unknown
        )
        return Solved(ratings, squares, round(rows), learned, known, unknown, self.scatter, self.moment)


def solve_side(
    side: Side, other: Side, target: Tensor, noise: float, means: Tensor | None, reporter: Reporter
) -> Solved:
    """Posterior of each row's weights: Gaussian with `side.prior` around `means` [n, d] (zero if None).

    `target` [ratings + 1] ends with a zero. The other side's factors count with their variance (mean field, Lim &
    Teh 2007). A row without ratings keeps its prior. Nothing is done twice per rating: whatever can be, is computed
    from the Gram matrix of what a row has seen.

    Processes that each hold a part of every row's ratings sum the rows' Gram matrices and all solve all rows. Where
    each has other rows, it solves its own, and the sums over the rows are everybody's.
    """
    table = other.table()
    doubt = with_zeros(other.variance[:, other.variance.shape[1] - other.factors :])
    left = target - other.said
    precision = torch.linalg.inv(side.prior)
    d, variances = side.weights.shape[1], side.variance.shape[1]
    side.weights.zero_() if means is None else side.weights.copy_(means)
    side.variance.copy_(side.prior.diagonal()[d - variances :].expand_as(side.variance))
    total = Solved(scatter=precision.new_zeros(d, d), moment=precision.new_zeros(side.features.shape[1], d))
    for batch, learning in zip(side.batches, side.learning, strict=True):
        seen = table.index_select(0, batch.other_idx.flatten()).view(*batch.other_idx.shape, d)
        entry_idx = batch.entry_idx.flatten().long()
        of_rating = left[entry_idx].view(batch.entry_idx.shape)  # [rows, length]
        gram = seen.mT @ seen  # [rows, d, d]
        right = (of_rating[:, None, :] @ seen)[:, 0]  # [rows, d]
        squares = of_rating.square().sum(dim=1)  # [rows]
        unsure = _unsure(batch, doubt)  # [rows, factors]
        side.within.sum(gram, right, squares, unsure)
        mean = side.weights[batch.row_idx]
        surprise = right - _times(gram, mean)
        system = torch.add(precision, gram, alpha=1 / noise)
        system.diagonal(dim1=1, dim2=2)[:, d - side.factors :].add_(unsure / noise)
        deviation, cholesky = solve(system, surprise / noise)
        weights = mean + deviation
        side.weights[batch.row_idx] = weights
        covariance = torch.cholesky_inverse(cholesky[:, d - variances :, d - variances :])  # of the last v weights
        side.variance[batch.row_idx] = covariance.diagonal(dim1=1, dim2=2)
        own = weights.clone()
        own[:, side.certain :] = 0.0
        side.said[entry_idx] = _times(seen, own).flatten()
        total.ratings += float(batch.lengths.sum())
        total.squares += float(squares.sum() + ((_times(gram, weights) - 2 * right) * weights).sum())
        if len(learning):
            whole = covariance[learning] if variances == d else torch.cholesky_inverse(cholesky[learning])
            _learn(total, batch.lengths[learning], deviation[learning], whole, gram[learning], noise)
            own_features = side.features[batch.row_idx[learning]]
            total.moment += own_features.T @ (surprise - _times(gram, deviation))[learning]
        reporter.tick()
    side.said[-1] = 0.0
    return total.of_all(side.beside)


def _unsure(batch: Batch, doubt: Tensor) -> Tensor:
    """[rows, factors] variance of the other side's factors, summed over what each row has seen."""
    if not doubt.shape[1]:  # which embedding_bag does not take
        return doubt.new_zeros(len(batch.row_idx), 0)
    return embedding_bag(batch.other_idx, doubt, mode="sum")


def _learn(total: Solved, length: Tensor, deviation: Tensor, covariance: Tensor, gram: Tensor, noise: float) -> None:
    """Add rows to the sums. Without a rating its mean would vary by v / (1 − v / noise), v with it."""
    known = (covariance * gram).sum(dim=(1, 2)) / length
    total.learned_rows += len(length)
    total.learned_ratings += float(length.sum())
    total.known += float((known * length).sum())
    total.unknown += float((known / (1 - (known / noise).clamp(max=MOST_LEVERAGE)) * length).sum())
    total.scatter += deviation.T @ deviation + covariance.sum(dim=0)


def learn_prior(side: Side, solved: Solved) -> None:
    """M step: the mean scatter of the rated rows, with the first prior as d further rows."""
    d = len(side.prior)
    side.prior = (solved.scatter + d * side.vague) / (solved.learned_rows + d)


def with_zeros(table: Tensor) -> Tensor:
    """The table and a row of zeros."""
    return torch.cat([table, table.new_zeros(1, table.shape[1])])


def _times(matrices: Tensor, vectors: Tensor) -> Tensor:
    """[rows, m] products of [rows, m, d] and [rows, d]."""
    return (matrices @ vectors[..., None])[..., 0]
