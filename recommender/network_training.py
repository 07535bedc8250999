"""Training the notebook's model: the loop in plain tensors, its gradient written out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from recommender.config import NetworkConfig
from recommender.interactions import Interactions
from recommender.network import NetworkRating, Scale, TrainedUsers, logit
from recommender.progress import Epoch, OnProgress, Reporter

BIAS_RANGE = 0.05
"""Biases start uniform in ±BIAS_RANGE, as Keras embeddings do."""

TRUNCATED_DEVIATION = 0.8796256610342398
"""Standard deviation of a standard normal variable cut at ±2."""

STEPS_PER_TICK = 50
"""Batches between two chances to stop."""

LEAST_VARIANCE = 1e-4
"""Added to the covariance of the users' weights, so that a handful of users still gives a prior."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Ratings as the network sees them; films' rows stand behind the users' in one table."""

    user_row: Tensor  # [ratings]
    movie_row: Tensor  # [ratings]
    target: Tensor  # [ratings] in [0, 1]

    @classmethod
    def of(cls, data: Interactions, scale: Scale) -> Self:
        target = torch.from_numpy(scale.scaled(data.rating).astype(np.float32))
        movie_row = torch.from_numpy(data.movie_idx + len(data.users))
        return cls(torch.from_numpy(data.user_idx), movie_row, target)

    def __len__(self) -> int:
        return len(self.target)

    def take(self, rows: Tensor | slice) -> "Entries":
        return Entries(self.user_row[rows], self.movie_row[rows], self.target[rows])

    def split(self, share: float, generator: torch.Generator) -> tuple["Entries", "Entries"]:
        """Shuffled: what to train on, and the `share` to validate on."""
        order = torch.randperm(len(self), generator=generator)
        held_out = round(len(self) * share)
        return self.take(order[held_out:]), self.take(order[:held_out])


class Network:
    """One table of weights [users + films, 1 + d], bias first, and its optimiser."""

    def __init__(self, users: int, movies: int, config: NetworkConfig, generator: torch.Generator) -> None:
        self.config = config
        self.users = users
        self.table = torch.empty(users + movies, 1 + config.dimensions)
        self.table[:, 0].uniform_(-BIAS_RANGE, BIAS_RANGE, generator=generator)
        for rows in (self.table[:users, 1:], self.table[users:, 1:]):
            he_normal_(rows, generator)
        self.table.grad = torch.empty_like(self.table)
        self.penalty = torch.full((1 + config.dimensions,), 2 * config.weight_penalty)
        self.penalty[0] = 0.0
        self.adam = torch.optim.Adam([self.table], lr=config.learning_rate, eps=config.adam_epsilon, fused=True)

    def epoch(self, training: Entries, generator: torch.Generator, reporter: Reporter) -> float:
        """One shuffled pass; the mean cross-entropy of its batches as they came."""
        shuffled = training.take(torch.randperm(len(training), generator=generator))
        total = torch.zeros(())
        for step, start in enumerate(range(0, len(shuffled), self.config.batch)):
            batch = shuffled.take(slice(start, start + self.config.batch))
            total += self.step(batch) * len(batch)
            if step % STEPS_PER_TICK == 0:
                reporter.tick()
        return float(total / len(shuffled))

    def step(self, batch: Entries) -> Tensor:
        """One step of Adam on the mean cross-entropy and the penalty of the whole table."""
        user, movie = self.table[batch.user_row], self.table[batch.movie_row]  # [batch, 1 + d]
        logits = self._logits(user, movie)
        slope = ((logits.sigmoid() - batch.target) / len(batch))[:, None]  # d loss / d logit
        by_user, by_movie = slope * movie, slope * user
        by_user[:, 0] = by_movie[:, 0] = slope[:, 0]
        gradient = self.table.grad
        assert gradient is not None
        torch.mul(self.table, self.penalty, out=gradient)
        gradient.index_add_(0, batch.user_row, by_user).index_add_(0, batch.movie_row, by_movie)
        self.adam.step()
        return binary_cross_entropy_with_logits(logits, batch.target)

    def loss(self, entries: Entries) -> float:
        """Mean cross-entropy."""
        return float(binary_cross_entropy_with_logits(self.logits(entries), entries.target))

    def logits(self, entries: Entries) -> Tensor:
        return self._logits(self.table[entries.user_row], self.table[entries.movie_row])

    @staticmethod
    def _logits(user: Tensor, movie: Tensor) -> Tensor:
        """Sample by sample: biases and the product of the embeddings."""
        return user[:, 0] + movie[:, 0] + (user[:, 1:] * movie[:, 1:]).sum(dim=1)

    def head(self, held_out: Entries, scale: Scale) -> NetworkRating:
        """The films, with the prior of a fold-in; its noise is measured on entries, at best held-out ones."""
        users = self.table[: self.users].double().numpy()
        movies = self.table[self.users :]
        deviation = users - users.mean(axis=0)
        covariance = deviation.T @ deviation / len(users) + LEAST_VARIANCE * np.eye(users.shape[1])
        residual = logit(held_out.target.double().numpy()) - self.logits(held_out).double().numpy()
        return NetworkRating(
            offset=movies[:, 0].numpy().copy(),
            features=torch.cat([torch.ones(len(movies), 1), movies[:, 1:]], dim=1).numpy(),
            prior_mean=users.mean(axis=0),
            prior_precision=np.linalg.inv(covariance),
            noise=float(np.square(residual).mean()) or 1.0,
            scale=scale,
        )


def he_normal_(rows: Tensor, generator: torch.Generator) -> None:
    """He et al. (2015) for an embedding as Keras reads it: variance 2 / rows, cut at two deviations."""
    deviation = (2 / max(len(rows), 1)) ** 0.5 / TRUNCATED_DEVIATION
    values = torch.empty(rows.shape)
    torch.nn.init.trunc_normal_(values, 0.0, deviation, -2 * deviation, 2 * deviation, generator=generator)
    rows.copy_(values)


@contextmanager
def denormals_flushed() -> Iterator[None]:
    """Take numbers under 1e-38 as 0: moments of films nobody rates sink there, and would halve the speed."""
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)  # PyTorch's default


def train_network(
    data: Interactions, config: NetworkConfig, seed: int, validation_share: float, on_progress: OnProgress | None
) -> tuple[NetworkRating, TrainedUsers, list[Epoch]]:
    """Minimise the cross-entropy of the scaled ratings by Adam on shuffled batches."""
    generator = torch.Generator().manual_seed(seed)
    scale = Scale(*data.rating_range)
    training, validation = Entries.of(data, scale).split(validation_share, generator)
    network = Network(len(data.users), len(data.movies), config, generator)
    reporter = Reporter("network", config.epochs, on_progress)
    with denormals_flushed():
        for _ in range(config.epochs):
            loss = network.epoch(training, generator, reporter)
            reporter.epoch(loss, network.loss(validation) if len(validation) else None)
    head = network.head(validation if len(validation) else training, scale)
    weights = network.table[: len(data.users)].numpy().copy()
    return head, TrainedUsers(data.users, weights, head), reporter.history
