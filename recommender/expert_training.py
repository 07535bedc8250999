"""Training the re-ranker's experts and its gate, by gradients written out.

The listwise loss is that of ListNet's top-one form (Cao et al. 2007, "Learning to rank: from pairwise approach to
listwise approach", section 4.2): the cross-entropy between the targets, all alike, and the softmax of scores.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import torch
from torch import Tensor

from recommender.candidate_features import CANDIDATE_FEATURES
from recommender.config import RankingConfig
from recommender.progress import Reporter
from recommender.ranking import sigmoid
from recommender.reranker import FEATURES, Expert, gate_inputs
from recommender.vocabulary import BoolArray, FloatArray

BATCH = 64
LEARNING_RATE = 0.005
WARM_UP = 0.3
"""Share of the steps in which the learning rate rises; then it falls, both by a cosine (Smith & Topin 2018)."""

WEIGHT_DECAY = 0.01
DECAY_RATES, EPSILON = (0.9, 0.999), 1e-8
"""AdamW (Loshchilov & Hutter 2019)."""

SMALL_OUT = 0.1
"""Share of the usual first weights that hidden units begin with, so that they only amend what is linear."""

COLD_PER_WARM = 12.0
"""So many more profiles are expected to be cold than warm."""

GATE_PENALTY, GATE_STEPS = 1e-3, 25
"""L2 on the gate's weights, per example; Newton steps, of which ten are enough."""


@dataclass(frozen=True, slots=True)
class Examples:
    features: Tensor  # [examples, features, alternatives] standardised
    targets: Tensor  # [examples, alternatives] shares of the targets; they sum to 1

    @classmethod
    def of(cls, features: FloatArray, is_target: BoolArray, device: torch.device | str) -> Self:
        shares = is_target / is_target.sum(axis=1, keepdims=True)
        arrays = (features.astype(np.float32, copy=False), shares.astype(np.float32))
        return cls(*(torch.from_numpy(array).to(device) for array in arrays))

    def __len__(self) -> int:
        return len(self.targets)


class _Networks:
    """Several initialisations of an expert, trained side by side; each starts as the first stage's own order."""

    def __init__(self, config: RankingConfig, seed: int, device: torch.device) -> None:
        self.networks, units = config.rerank_networks, config.rerank_networks * config.rerank_hidden
        random = torch.Generator().manual_seed(seed)
        bound = FEATURES**-0.5

        def uniform(*shape: int) -> Tensor:
            return torch.empty(*shape).uniform_(-1, 1, generator=random).to(device)

        hidden = bound * uniform(FEATURES, units)
        linear = torch.zeros(FEATURES, self.networks, device=device)
        linear[CANDIDATE_FEATURES.index("first stage")] = 1.0
        weights = torch.cat([hidden, linear], dim=1).T
        bias = bound * uniform(units)
        out = SMALL_OUT / config.rerank_hidden**0.5 * uniform(units)
        self.parameters = torch.cat([weights.flatten(), bias, out])
        end = weights.numel()
        self.weights = self.parameters[:end].view_as(weights)  # [units + networks, features]
        self.bias, self.out = self.parameters[end:].view(2, units)

    def gradient(self, features: Tensor, targets: Tensor) -> tuple[float, Tensor]:
        """The loss [mean over examples, sum over networks], and its gradient by the parameters.

        `features` [examples, features, alternatives], `targets` [examples, alternatives].
        """
        count, alternatives = targets.shape
        networks, units = self.networks, len(self.bias)
        x = features.transpose(0, 1).reshape(FEATURES, -1)  # [features, rows], a row for each alternative
        layer = self.weights @ x  # [units + networks, rows]
        active = _tanh(layer[:units].add_(self.bias[:, None])).view(networks, -1, x.shape[1])
        scores = layer[units:] + (self.out.view(networks, 1, -1) @ active)[:, 0]  # [networks, rows]
        logarithms = scores.view(networks, count, alternatives).log_softmax(dim=2)
        loss = -(targets * logarithms).sum() / count
        error = ((logarithms.exp() - targets) / count).view(networks, 1, -1)
        of_out = (active @ error.mT).flatten()
        # In place of the layer, which nothing reads any more, its gradient.
        active.square_().neg_().add_(1).mul_(error).mul_(self.out.view(networks, -1, 1))
        layer[units:] = error[:, 0]
        return float(loss), torch.cat([(layer @ x.T).flatten(), layer[:units].sum(dim=1), of_out])

    def mean(self) -> Expert:
        """The mean of several networks is one network with all their hidden units."""
        hidden, linear = self.weights[: len(self.bias)], self.weights[len(self.bias) :]
        parts = (linear.mean(dim=0), hidden.T.contiguous(), self.bias, self.out / self.networks)
        return Expert(*(part.cpu().numpy() for part in parts))


def _tanh(x: Tensor) -> Tensor:
    """In place. By the logistic function, which torch computes eight times as fast."""
    return x.mul_(2).sigmoid_().mul_(2).sub_(1)


def train_expert(examples: Examples, config: RankingConfig, epochs: int, seed: int, reporter: Reporter) -> Expert:
    """AdamW with a one-cycle learning rate."""
    networks = _Networks(config, seed, examples.targets.device)
    parameters = networks.parameters
    mean, square = torch.zeros_like(parameters), torch.zeros_like(parameters)
    random = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(examples) // BATCH)
    step = 0
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(examples), generator=random).split(BATCH):  # type: ignore[no-untyped-call]
            reporter.tick()
            loss, gradient = networks.gradient(examples.features[rows], examples.targets[rows])
            rate = _learning_rate(step, steps)
            step += 1
            first, second = (1 - decay**step for decay in DECAY_RATES)
            mean.lerp_(gradient, 1 - DECAY_RATES[0])
            square.mul_(DECAY_RATES[1]).addcmul_(gradient, gradient, value=1 - DECAY_RATES[1])
            parameters.mul_(1 - rate * WEIGHT_DECAY)
            parameters.addcdiv_(mean, (square / second).sqrt_().add_(EPSILON), value=-rate / first)
            total += loss * len(rows)
        reporter.epoch(total / len(examples) / networks.networks)
    return networks.mean()


def _learning_rate(step: int, steps: int) -> float:
    risen = WARM_UP * steps
    share = (step + 1) / risen if step < risen else (steps - step) / (steps - risen)
    return LEARNING_RATE * 0.5 * (1 - float(np.cos(np.pi * min(share, 1.0))))


def train_gate(cold: Examples, warm: Examples) -> FloatArray:
    """Logistic regression by Newton's method, cold (0) against warm (1), by the features of the users alone."""
    of_users = torch.cat([some.features[:, len(CANDIDATE_FEATURES) :, 0] for some in (cold, warm)]).cpu()
    inputs = gate_inputs(of_users.double().numpy())
    is_warm = np.repeat([0.0, 1.0], [len(cold), len(warm)])
    weight = np.where(is_warm > 0, len(cold) / len(warm) / COLD_PER_WARM, 1.0) / len(is_warm)
    weights = np.zeros(inputs.shape[1])
    for _ in range(GATE_STEPS):
        probability = sigmoid(inputs @ weights)
        gradient = inputs.T @ (weight * (probability - is_warm)) + 2 * GATE_PENALTY * weights
        curvature = weight * probability * (1 - probability)
        hessian = (inputs.T * curvature) @ inputs + 2 * GATE_PENALTY * np.eye(len(weights))
        weights = weights - np.linalg.solve(hessian, gradient)
    return weights.astype(np.float32)
