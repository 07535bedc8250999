"""Training the re-ranker: candidates of simulated profiles, softmax over them, averaged over several beginnings.

The listwise loss is that of ListNet's top-one form (Cao et al. 2007, "Learning to rank: from pairwise approach to
listwise approach", section 4.2): the cross-entropy between the wanted candidates, all alike, and the softmax of scores.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from recommender.autoencoder import train_autoencoder
from recommender.candidate_features import OF_CANDIDATE, CandidateFeatures
from recommender.config import RankingConfig
from recommender.film_facts import Described, FilmFacts
from recommender.interactions import Interactions
from recommender.processes import Processes
from recommender.progress import OnProgress, Reporter
from recommender.ranking import AutoencoderRanking, Liking, seen
from recommender.reranker import CANDIDATES, FEATURES, Expert, Reranker, gate_inputs
from recommender.selection import EXCLUDED, best, rare
from recommender.simulated_profiles import Example, Simulations
from recommender.sparse import Tick
from recommender.succession import history_parts, later_outputs
from recommender.vocabulary import FloatArray

LEAST_EXAMPLES = 200
"""Of each kind; with fewer there is no re-ranker, and the first stage decides."""

BATCH = 64
LEARNING_RATE = 0.005
WEIGHT_DECAY = 0.01
SMALL_OUT = 0.1
"""Share of the usual first weights that hidden units begin with, so that they only amend what is linear."""

NEVER = -1e9
"""The score of a place that no candidate fills."""

TOLD_PER_HISTORY = 4.0
"""So many more profiles are expected to be a few favourites than to be a history."""

GATE_PENALTY = 1e-3
"""L2 on the gate's weights, per example."""


_Seen = tuple[FloatArray, npt.NDArray[np.bool_]]
"""[candidates, features] of an example, and [candidates] which are wanted."""

_ByPlace = dict[tuple[int, int], _Seen]
"""Examples by the number of their simulation and their place in it."""


@dataclass(frozen=True, slots=True)
class _Examples:
    """Examples as arrays; short lists of candidates are filled up."""

    features: Tensor  # [examples, candidates, features] standardised
    wanted: Tensor  # [examples, candidates] shares of what is wanted; they sum to 1
    is_filled_up: Tensor  # [examples, candidates]


def train_reranker(
    data: Interactions,
    described: Described,
    liked: AutoencoderRanking,
    config: RankingConfig,
    min_support: int,
    seed: int,
    on_progress: OnProgress | None,
) -> Reranker | None:
    """None where there is nothing to choose among, or too few examples. `liked` is the first stage, trained on all."""
    is_rare = rare(data.support, data.users_count, min_support)
    if (~is_rare).sum() <= CANDIDATES:
        return None
    processes = data.processes
    own: dict[bool, _ByPlace] = {False: {}, True: {}}
    simulations = Simulations(data, Liking.of(config, data.rating_range), seed)
    reporter = Reporter("simulated members", len(simulations), on_progress)
    for number, simulation in enumerate(simulations):
        part = data.subset(simulation.rows)
        examples = simulation.examples if part.ratings_count else []
        if processes.count(len(examples)):
            part_liked = train_autoencoder(part, config, seed, reporter.tick, liked.weighting)
            features = candidate_features(part, described, part_liked, config, data.rating_range, seed, reporter.tick)
            is_rare = rare(part.support, processes.count(len(np.unique(part.user_idx))), min_support)
        before = sum(map(len, own.values()))
        for example in examples:
            reporter.tick()
            collected = _collected(example, features, is_rare)
            if collected is not None:
                own[example.is_history][number, example.place] = collected
        found, asked = processes.totals(sum(map(len, own.values())) - before, len(examples))
        reporter.epoch(1 - found / max(asked, 1))  # the share whose wanted films are not among the candidates
    everybodys = {is_history: _everybodys(own.pop(is_history), processes) for is_history in (False, True)}
    if min(map(len, everybodys.values())) < LEAST_EXAMPLES:
        return None
    every = np.concatenate([features for examples in everybodys.values() for features, _ in examples])
    centre, scale = every.mean(axis=0), every.std(axis=0) + 1e-6
    told, history = (_stacked(everybodys[is_history], centre, scale, processes.device) for is_history in (False, True))
    reporter = Reporter("re-ranking", config.told_epochs + config.history_epochs, on_progress)
    return Reranker(
        features=candidate_features(data, described, liked, config, data.rating_range, seed, reporter.tick),
        centre=centre,
        scale=scale,
        told=_expert(told, config, config.told_epochs, seed, reporter),
        history=_expert(history, config, config.history_epochs, seed, reporter),
        gate=_gate(told, history),
    )


def candidate_features(
    data: Interactions,
    described: Described,
    liked: AutoencoderRanking,
    config: RankingConfig,
    limits: tuple[float, float],
    seed: int,
    tick: Tick,
) -> CandidateFeatures:
    """The scorers beside the first stage, and the films' facts."""
    share = history_parts(data)
    has_seen = train_autoencoder(data, config, seed, tick, seen, config.rerank_dimensions)
    return CandidateFeatures(
        liked=liked,
        seen=has_seen,
        liked_later=later_outputs(data, share, liked, config, config.rerank_dimensions, tick),
        seen_later=later_outputs(data, share, has_seen, config, config.rerank_dimensions, tick),
        facts=FilmFacts.of(data, share, described, liked.weighting),
        limits=limits,
    )


def _collected(example: Example, features: CandidateFeatures, is_rare: npt.NDArray[np.bool_]) -> _Seen | None:
    """The candidates' features and which are wanted; None where the first stage has found none of these."""
    scores = features.liked.scores(example.profile)
    if scores is None:
        return None
    scores[is_rare] = EXCLUDED
    scores[example.profile.movie_idx] = EXCLUDED
    candidates = best(scores, CANDIDATES)
    is_wanted = np.isin(candidates, example.wanted)
    if not is_wanted.any():
        return None
    of_candidates, of_profile = features.of(example.profile, candidates, scores[candidates])
    return np.column_stack([of_candidates, np.tile(of_profile, (len(candidates), 1))]), is_wanted


def _everybodys(own: _ByPlace, processes: Processes) -> list[_Seen]:
    """The examples of all processes, in the order in which one alone would have made them."""
    places = processes.joined(np.array(list(own), dtype=np.int64).reshape(-1, 2))
    lengths = processes.joined(np.array([len(is_wanted) for _, is_wanted in own.values()], dtype=np.int64))
    nothing = np.empty((0, FEATURES), dtype=np.float32)
    features = processes.joined(np.concatenate([nothing, *(one for one, _ in own.values())]))
    wanted = processes.joined(np.concatenate([np.empty(0, dtype=bool), *(one for _, one in own.values())]))
    ends = np.cumsum(lengths)
    order = np.lexsort((places[:, 1], places[:, 0]))
    return [(features[ends[k] - lengths[k] : ends[k]], wanted[ends[k] - lengths[k] : ends[k]]) for k in order]


def _stacked(examples: list[_Seen], centre: FloatArray, scale: FloatArray, device: torch.device | str) -> _Examples:
    longest = max(len(wanted) for _, wanted in examples)
    features = np.zeros((len(examples), longest, FEATURES), dtype=np.float32)
    shares = np.zeros((len(examples), longest), dtype=np.float32)
    is_filled_up = np.ones((len(examples), longest), dtype=bool)
    for row, (seen_features, is_wanted) in enumerate(examples):
        features[row, : len(is_wanted)] = (seen_features - centre) / scale
        shares[row, : len(is_wanted)] = is_wanted / is_wanted.sum()
        is_filled_up[row, : len(is_wanted)] = False
    return _Examples(*(torch.from_numpy(array).to(device) for array in (features, shares, is_filled_up)))


class _Networks(nn.Module):
    """Several beginnings of an expert, trained side by side; each starts as the first stage's own order."""

    def __init__(self, networks: int, hidden: int) -> None:
        super().__init__()
        self.networks = networks
        self.linear = nn.Linear(FEATURES, networks, bias=False)
        self.hidden = nn.Linear(FEATURES, networks * hidden)
        self.out = nn.Parameter(torch.empty(networks * hidden).uniform_(-1, 1) * (SMALL_OUT / hidden**0.5))
        with torch.no_grad():
            self.linear.weight.zero_()
            self.linear.weight[:, OF_CANDIDATE.index("score")] = 1.0

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
    count = len(examples.wanted)
    optimiser = torch.optim.AdamW(networks.parameters(), LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    steps = epochs * -(-count // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=max(steps, 2))
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(count, generator=random).split(BATCH):  # type: ignore[no-untyped-call]
            reporter.tick()
            scores = networks(examples.features[rows])
            scores = scores.masked_fill(examples.is_filled_up[rows].unsqueeze(-1), NEVER)
            shares = examples.wanted[rows].unsqueeze(-1)
            loss = -(shares * torch.log_softmax(scores, dim=1)).sum(dim=(1, 2)).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += float(loss.detach()) * len(rows)
        reporter.epoch(total / count / config.rerank_networks)
    return networks.mean()


def _gate(told: _Examples, history: _Examples) -> FloatArray:
    """Logistic regression, told (0) against history (1), by the features of the profiles alone."""
    of_profiles = torch.cat([told.features[:, 0], history.features[:, 0]])[:, len(OF_CANDIDATE) :].cpu()
    inputs = torch.from_numpy(gate_inputs(of_profiles.numpy()))
    is_history = torch.cat([torch.zeros(len(told.wanted)), torch.ones(len(history.wanted))])
    of_history = len(told.wanted) / len(history.wanted) / TOLD_PER_HISTORY
    weight = torch.where(is_history > 0, of_history, 1.0)
    weights = torch.zeros(inputs.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimiser.zero_grad()
        error = nn.functional.binary_cross_entropy_with_logits(inputs @ weights, is_history, weight)
        penalised: Tensor = error + GATE_PENALTY * weights.square().sum()
        penalised.backward()  # type: ignore[no-untyped-call]
        return penalised

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return weights.detach().numpy()
