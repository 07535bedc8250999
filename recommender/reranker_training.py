"""Training the re-ranker: candidates of simulated profiles, softmax over them, averaged over several initialisations.

The listwise loss is that of ListNet's top-one form (Cao et al. 2007, "Learning to rank: from pairwise approach to
listwise approach", section 4.2): the cross-entropy between the targets, all alike, and the softmax of scores.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from recommender.autoencoder import train_autoencoder
from recommender.candidate_features import CANDIDATE_FEATURES, CandidateFeatures
from recommender.config import RankingConfig, TrainingConfig
from recommender.interactions import Interactions
from recommender.item_statistics import ItemMetadata, ItemStatistics
from recommender.progress import OnProgress, Reporter
from recommender.ranking import EXCLUDED, AutoencoderRanking, implicit_weighting, top_n
from recommender.reranker import CANDIDATES, FEATURES, Expert, Reranker, gate_inputs
from recommender.sequential import history_positions, sequential_outputs
from recommender.simulated_profiles import Example, Simulations
from recommender.sparse import Tick
from recommender.two_stage_ranker import has_low_support
from recommender.vocabulary import BoolArray, FloatArray

LEAST_EXAMPLES = 200
"""Of each kind; with fewer there is no re-ranker, and the first stage decides."""

BATCH = 64
LEARNING_RATE = 0.005
WEIGHT_DECAY = 0.01
SMALL_OUT = 0.1
"""Share of the usual first weights that hidden units begin with, so that they only amend what is linear."""

NEVER = -1e9
"""The score of padding."""

COLD_PER_WARM = 4.0
"""So many more profiles are expected to be cold than warm."""

GATE_PENALTY = 1e-3
"""L2 on the gate's weights, per example."""


_Candidates = tuple[FloatArray, BoolArray]
"""[candidates, features] of an example, and [candidates] which are targets."""

_ByPlace = dict[tuple[int, int], _Candidates]
"""Examples by the number of their simulation and their place in it."""


@dataclass(frozen=True, slots=True)
class _Examples:
    """Examples as arrays; short lists of candidates are padded."""

    features: Tensor  # [examples, candidates, features] standardised
    targets: Tensor  # [examples, candidates] shares of the targets; they sum to 1
    is_padding: Tensor  # [examples, candidates]


def train_reranker(
    data: Interactions,
    metadata: ItemMetadata,
    explicit: AutoencoderRanking,
    config: TrainingConfig,
    on_progress: OnProgress | None,
) -> Reranker | None:
    """None where there are too few films or examples. `explicit` is the first stage, trained on all."""
    ranking, seed, limits = config.ranking, config.seed, data.rating_range
    if (~has_low_support(data.support, data.users_count, config.min_support)).sum() <= CANDIDATES:
        return None
    own: dict[bool, _ByPlace] = {False: {}, True: {}}
    simulations = Simulations(data, explicit.weighting, seed)
    reporter = Reporter("simulated members", len(simulations), on_progress)
    for number, simulation in enumerate(simulations):
        part = data.subset(simulation.rows)
        examples = simulation.examples if part.ratings_count else []
        if data.count(len(examples)):
            first = train_autoencoder(part, ranking, seed, reporter.tick, explicit_weightings(ranking, limits))
            features = candidate_features(part, metadata, first, ranking, limits, seed, reporter.tick)
            is_last = has_low_support(part.support, data.count(len(np.unique(part.user_idx))), config.min_support)
        before = sum(map(len, own.values()))
        for example in examples:
            reporter.tick()
            candidates = _candidates(example, features, is_last)
            if candidates is not None:
                own[example.is_warm][number, example.place] = candidates
        found, asked = data.totals(sum(map(len, own.values())) - before, len(examples))
        reporter.epoch(1 - found / max(asked, 1))  # the share whose targets are not among the candidates
    gathered = {is_warm: _gathered(own.pop(is_warm), data) for is_warm in (False, True)}
    if min(map(len, gathered.values())) < LEAST_EXAMPLES:
        return None
    every = np.concatenate([features for examples in gathered.values() for features, _ in examples])
    centre, scale = every.mean(axis=0), every.std(axis=0) + 1e-6
    cold, warm = (_stacked(gathered[is_warm], centre, scale, data.device) for is_warm in (False, True))
    reporter = Reporter("re-ranking", ranking.told_epochs + ranking.history_epochs, on_progress)
    return Reranker(
        features=candidate_features(data, metadata, explicit, ranking, limits, seed, reporter.tick),
        centre=centre,
        scale=scale,
        cold=_expert(cold, ranking, ranking.told_epochs, seed, reporter),
        warm=_expert(warm, ranking, ranking.history_epochs, seed, reporter),
        gate=_gate(cold, warm),
    )


def candidate_features(
    data: Interactions,
    metadata: ItemMetadata,
    explicit: AutoencoderRanking,
    config: RankingConfig,
    limits: tuple[float, float],
    seed: int,
    tick: Tick,
) -> CandidateFeatures:
    """The scorers beside the first stage, and the films' statistics."""
    position = history_positions(data)
    implicit = train_autoencoder(data, config, seed, tick, [implicit_weighting], config.rerank_dimensions)
    return CandidateFeatures(
        explicit=explicit,
        implicit=implicit,
        explicit_sequential=sequential_outputs(data, position, explicit, config, config.rerank_dimensions, tick),
        implicit_sequential=sequential_outputs(data, position, implicit, config, config.rerank_dimensions, tick),
        statistics=ItemStatistics.of(data, position, metadata, explicit.weighting),
        limits=limits,
    )


def _candidates(example: Example, features: CandidateFeatures, is_last: BoolArray) -> _Candidates | None:
    """The candidates' features and which are targets; None where the first stage has found none of these."""
    scores = features.explicit.scores(example.profile)
    if scores is None:
        return None
    scores[is_last] = EXCLUDED
    scores[example.profile.movie_idx] = EXCLUDED
    candidates = top_n(scores, CANDIDATES)
    is_target = np.isin(candidates, example.targets)
    if not is_target.any():
        return None
    of_candidates, of_user = features.of(example.profile, candidates, scores[candidates])
    return np.column_stack([of_candidates, np.tile(of_user, (len(candidates), 1))]), is_target


def _gathered(own: _ByPlace, data: Interactions) -> list[_Candidates]:
    """The examples of the whole table, in the order in which they are made."""
    places = data.gather(np.array(list(own), dtype=np.int64).reshape(-1, 2))
    lengths = data.gather(np.array([len(is_target) for _, is_target in own.values()], dtype=np.int64))
    nothing = np.empty((0, FEATURES), dtype=np.float32)
    features = data.gather(np.concatenate([nothing, *(one for one, _ in own.values())]))
    targets = data.gather(np.concatenate([np.empty(0, dtype=bool), *(one for _, one in own.values())]))
    ends = np.cumsum(lengths)
    order = np.lexsort((places[:, 1], places[:, 0]))
    return [(features[ends[k] - lengths[k] : ends[k]], targets[ends[k] - lengths[k] : ends[k]]) for k in order]


def _stacked(
    examples: list[_Candidates], centre: FloatArray, scale: FloatArray, device: torch.device | str
) -> _Examples:
    longest = max(len(is_target) for _, is_target in examples)
    features = np.zeros((len(examples), longest, FEATURES), dtype=np.float32)
    targets = np.zeros((len(examples), longest), dtype=np.float32)
    is_padding = np.ones((len(examples), longest), dtype=bool)
    for row, (of_candidates, is_target) in enumerate(examples):
        features[row, : len(is_target)] = (of_candidates - centre) / scale
        targets[row, : len(is_target)] = is_target / is_target.sum()
        is_padding[row, : len(is_target)] = False
    return _Examples(*(torch.from_numpy(array).to(device) for array in (features, targets, is_padding)))


class _Networks(nn.Module):
    """Several initialisations of an expert, trained side by side; each starts as the first stage's own order."""

    def __init__(self, networks: int, hidden: int) -> None:
        super().__init__()
        self.networks = networks
        self.linear = nn.Linear(FEATURES, networks, bias=False)
        self.hidden = nn.Linear(FEATURES, networks * hidden)
        self.out = nn.Parameter(torch.empty(networks * hidden).uniform_(-1, 1) * (SMALL_OUT / hidden**0.5))
        with torch.no_grad():
            self.linear.weight.zero_()
            self.linear.weight[:, CANDIDATE_FEATURES.index("first stage")] = 1.0

    def forward(self, features: Tensor) -> Tensor:
        """[examples, candidates, features] to [examples, candidates, networks]."""
        hidden = torch.tanh(self.hidden(features)) * self.out
        scores: Tensor = self.linear(features) + hidden.view(*hidden.shape[:-1], self.networks, -1).sum(dim=-1)
        return scores

    def mean(self) -> Expert:
        """The mean of several networks is one network with all their hidden units."""
        return Expert(
            linear=self.linear.weight.mean(dim=0).detach().cpu().numpy(),
            hidden=self.hidden.weight.T.detach().cpu().contiguous().numpy(),
            bias=self.hidden.bias.detach().cpu().numpy(),
            out=(self.out / self.networks).detach().cpu().numpy(),
        )


def _expert(examples: _Examples, config: RankingConfig, epochs: int, seed: int, reporter: Reporter) -> Expert:
    """AdamW with a one-cycle learning rate (Loshchilov & Hutter 2019; Smith & Topin 2018)."""
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(seed)
        networks = _Networks(config.rerank_networks, config.rerank_hidden).to(examples.features.device)
    random = torch.Generator().manual_seed(seed)
    count = len(examples.targets)
    optimiser = torch.optim.AdamW(networks.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    steps = epochs * -(-count // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=max(steps, 2))
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(count, generator=random).split(BATCH):  # type: ignore[no-untyped-call]
            reporter.tick()
            scores = networks(examples.features[rows])
            scores = scores.masked_fill(examples.is_padding[rows].unsqueeze(-1), NEVER)
            shares = examples.targets[rows].unsqueeze(-1)
            loss = -(shares * torch.log_softmax(scores, dim=1)).sum(dim=(1, 2)).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(rows)
        reporter.epoch(total / count / config.rerank_networks)
    return networks.mean()


def _gate(cold: _Examples, warm: _Examples) -> FloatArray:
    """Logistic regression, cold (0) against warm (1), by the features of the users alone."""
    of_users = torch.cat([cold.features[:, 0], warm.features[:, 0]])[:, len(CANDIDATE_FEATURES) :].cpu()
    inputs = torch.from_numpy(gate_inputs(of_users.numpy()))
    is_warm = torch.cat([torch.zeros(len(cold.targets)), torch.ones(len(warm.targets))])
    of_warm = len(cold.targets) / len(warm.targets) / COLD_PER_WARM
    weight = torch.where(is_warm > 0, of_warm, 1.0)
    weights = torch.zeros(inputs.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        error = nn.functional.binary_cross_entropy_with_logits(inputs @ weights, is_warm, weight)
        penalised: Tensor = error + GATE_PENALTY * weights.square().sum()
        penalised.backward()  # type: ignore[no-untyped-call]
        return penalised

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return weights.detach().numpy()
