import numpy as np
import pytest
import torch

from recommender.candidate_features import CANDIDATE_FEATURES, USER_FEATURES
from recommender.config import RankingConfig
from recommender.expert_training import Examples, _Networks, train_expert, train_gate
from recommender.progress import Reporter
from recommender.ranking import sigmoid
from recommender.reranker import FEATURES, gate_inputs

CPU = torch.device("cpu")
CONFIG = RankingConfig(rerank_networks=2, rerank_hidden=3)


def examples(seed: int, count: int = 300, shift: float = 0.0) -> Examples:
    """The target is the alternative that is highest in a feature which the first stage does not know."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(count, FEATURES, 8))
    features[:, len(CANDIDATE_FEATURES) :] = random.normal(loc=shift, size=(count, len(USER_FEATURES), 1))
    is_target = features[:, 5] == features[:, 5].max(axis=1, keepdims=True)
    return Examples.of(features, is_target, CPU)


def test_the_gradient_is_that_of_the_loss() -> None:
    networks = _Networks(CONFIG, 0, CPU)
    some = examples(0, count=5)
    loss, gradient = networks.gradient(some.features, some.targets)
    parameters = networks.parameters.clone().requires_grad_()
    units = 2 * 3
    weights, bias, out = parameters.split([(units + 2) * FEATURES, units, units])
    x = some.features.mT
    layer = x @ weights.view(units + 2, FEATURES).T
    active = torch.tanh(layer[..., :units] + bias) * out
    scores = layer[..., units:] + active.view(5, 8, 2, 3).sum(dim=-1)
    expected = -(some.targets[..., None] * scores.log_softmax(dim=1)).sum(dim=(1, 2)).mean()
    assert loss == pytest.approx(expected.item(), rel=1e-5)
    assert gradient.numpy() == pytest.approx(torch.autograd.grad(expected, parameters)[0].numpy(), abs=1e-6)


def test_an_expert_learns_what_leads() -> None:
    reporter = Reporter("re-ranking", 100, None)
    expert = train_expert(examples(0), CONFIG, 100, 0, reporter)
    losses = [epoch.loss for epoch in reporter.history]
    assert losses[-1] < 0.5 * losses[0]
    held_out = examples(1)
    own = len(CANDIDATE_FEATURES)
    found = [
        int(expert(features[:own].T.numpy(), features[own:, 0].numpy()).argmax()) == int(targets.argmax())
        for features, targets in zip(held_out.features, held_out.targets, strict=True)
    ]
    assert np.mean(found) > 0.7


def test_the_gate_tells_the_kinds_apart() -> None:
    cold, warm = examples(0, shift=-0.5), examples(1, shift=0.5)
    gate = train_gate(cold, warm)

    def probability(of: Examples) -> float:
        users = of.features[:, len(CANDIDATE_FEATURES) :, 0].double().numpy()
        return float(sigmoid(gate_inputs(users) @ gate).mean())

    assert probability(cold) < 0.05
    assert probability(warm) > 0.6
