"""Training the re-ranker: candidates of simulated profiles, and which of them should lead the list.

An example is a choice among alternatives, and of many alternatives a random part is enough (McFadden 1978, "Modelling
the choice of residential location"): features are of all candidates, a random third of them is learned from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from recommender.autoencoder import train_autoencoder
from recommender.candidate_features import CandidateFeatures, Users
from recommender.config import TrainingConfig
from recommender.expert_training import Examples, train_expert, train_gate
from recommender.interactions import Interactions
from recommender.item_statistics import ItemMetadata, ItemStatistics
from recommender.progress import OnProgress, Reporter
from recommender.ranking import EXCLUDED, implicit_weighting, weightings_of
from recommender.reranker import CANDIDATES, FEATURES, Expert, Reranker
from recommender.sequential import history_positions, sequential_outputs
from recommender.simulated_profiles import Example, Simulations
from recommender.sparse import Tick
from recommender.two_stage_ranker import least_support
from recommender.vocabulary import BoolArray, FloatArray, IndexArray

LEAST_EXAMPLES = 200
"""Of each kind; with fewer there is no re-ranker, and the first stage decides."""

ALTERNATIVES = 64
"""Candidates of an example that are learned from."""

PRIME = 2**31 - 1

LEADING = 128
"""Dimensions that tell the candidates of an example."""

TOGETHER = 64
"""Profiles whose features are computed at once."""


@dataclass(slots=True)
class _Kind:
    """The examples of one kind, and their places: the number of the simulation, the place in it."""

    places: list[tuple[int, int]] = field(default_factory=list)
    features: list[FloatArray] = field(default_factory=list)  # [some examples, FEATURES, ALTERNATIVES] each
    is_target: list[BoolArray] = field(default_factory=list)  # [ALTERNATIVES] each

    def gathered(self, data: Interactions) -> tuple[FloatArray, BoolArray]:
        """Those of the whole table, in the order in which they are made; they are kept here no longer."""
        places = data.gather(np.array(self.places, dtype=np.int64).reshape(-1, 2))
        features = data.gather(_joined(self.features))
        is_target = data.gather(np.array(self.is_target, dtype=bool).reshape(-1, ALTERNATIVES))
        order = np.lexsort((places[:, 1], places[:, 0]))
        if (np.diff(order) == 1).all():
            return features, is_target
        return features[order], is_target[order]


def train_reranker(
    data: Interactions,
    metadata: ItemMetadata,
    config: TrainingConfig,
    on_progress: OnProgress | None,
) -> Reranker | None:
    """None where there are too few films or examples."""
    if (data.support >= least_support(data.users_count, config.min_support)).sum() <= CANDIDATES:
        return None
    kinds, near = _simulated(data, metadata, config, on_progress)
    experts = _experts(kinds, data, config, on_progress)
    if experts is None:
        return None
    return Reranker(_served(data, metadata, config, on_progress, near), *experts)


def _simulated(
    data: Interactions, metadata: ItemMetadata, config: TrainingConfig, on_progress: OnProgress | None
) -> tuple[dict[bool, _Kind], CandidateFeatures | None]:
    """The examples of all simulations, and the features of a single one, which are near those of all ratings."""
    kinds = {is_warm: _Kind() for is_warm in (False, True)}
    simulations = Simulations(data, weightings_of(config, data.rating_range), config.seed)
    near = None
    reporter = Reporter("simulated members", len(simulations), on_progress)
    for number, simulation in enumerate(simulations):
        part = data.subset(simulation.rows)
        examples = simulation.examples if part.ratings_count else []
        found = 0
        if data.count(len(examples)):
            features = candidate_features(part, metadata, config, data.rating_range, reporter.tick)
            least = least_support(data.count(len(np.unique(part.user_idx))), config.min_support)
            choice = _Choice.of(features, np.flatnonzero(part.support >= least), examples, (config.seed, number))
            for begin in range(0, len(examples), TOGETHER):
                reporter.tick()
                found += choice.add(kinds, examples[begin : begin + TOGETHER])
            if len(simulations) == 1:
                near = features
            del features, choice  # else they would stand beside those of the next simulation
        kept, asked = data.totals(found, len(examples))
        reporter.epoch(1 - kept / max(asked, 1))  # the share without a target among the alternatives
    return kinds, near


def _experts(
    kinds: dict[bool, _Kind], data: Interactions, config: TrainingConfig, on_progress: OnProgress | None
) -> tuple[FloatArray, FloatArray, Expert, Expert, FloatArray] | None:
    """Means and deviations of the features, both experts and their gate; None of too few examples. Empties `kinds`."""
    cold, warm = (kinds.pop(is_warm).gathered(data) for is_warm in (False, True))
    if min(len(cold[0]), len(warm[0])) < LEAST_EXAMPLES:
        return None
    centre, scale = _standardise(cold[0], warm[0])
    told, histories = (Examples.of(*one, data.device) for one in (cold, warm))
    ranking, seed = config.ranking, config.seed
    reporter = Reporter("re-ranking", ranking.told_epochs + ranking.history_epochs, on_progress)
    cold_expert = train_expert(told, ranking, ranking.told_epochs, seed, reporter)
    warm_expert = train_expert(histories, ranking, ranking.history_epochs, seed, reporter)
    return centre, scale, cold_expert, warm_expert, train_gate(told, histories)


def refitted(
    measured: Reranker,
    data: Interactions,
    metadata: ItemMetadata,
    config: TrainingConfig,
    on_progress: OnProgress | None,
) -> Reranker:
    """The same experts and gate over scorers that are trained on these ratings."""
    return replace(measured, features=_served(data, metadata, config, on_progress, measured.features))


def _served(
    data: Interactions,
    metadata: ItemMetadata,
    config: TrainingConfig,
    on_progress: OnProgress | None,
    near: CandidateFeatures | None,
) -> CandidateFeatures:
    """Those of all ratings, sooner from ones that are `near`."""
    reporter = Reporter("ranking", 1, on_progress)
    features = candidate_features(data, metadata, config, data.rating_range, reporter.tick, near)
    reporter.done()
    return features


def candidate_features(
    data: Interactions,
    metadata: ItemMetadata,
    config: TrainingConfig,
    limits: tuple[float, float],
    tick: Tick,
    near: CandidateFeatures | None = None,
) -> CandidateFeatures:
    """The scorers, of which the first stage is one, and the films' statistics."""
    ranking, seed, dimensions = config.ranking, config.seed, config.ranking.rerank_dimensions
    of_first, of_implicit = (near.explicit, near.implicit) if near else (None, None)
    explicit = train_autoencoder(data, ranking, seed, tick, weightings_of(config, limits), near=of_first)
    order = data.chronological()
    implicit = train_autoencoder(data, ranking, seed, tick, [implicit_weighting], dimensions, of_implicit)
    return CandidateFeatures(
        explicit=explicit,
        implicit=implicit,
        explicit_sequential=sequential_outputs(data, order, explicit, ranking, dimensions, tick),
        implicit_sequential=sequential_outputs(data, order, implicit, ranking, dimensions, tick),
        statistics=ItemStatistics.of(data, history_positions(data, order), metadata, explicit.weighting),
        limits=limits,
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a simulation's examples choose among."""

    number: int  # of the simulation
    features: CandidateFeatures
    listed: IndexArray  # the films that candidates are chosen from
    column_idx: IndexArray  # [movies] where a film stands among these, behind all of them if it does not
    offset: FloatArray  # [listed]
    outputs: FloatArray  # [LEADING, listed]
    hashes: dict[bool, IndexArray]  # by kind [places, 2] factor and offset of each example's hash

    @classmethod
    def of(
        cls, features: CandidateFeatures, listed: IndexArray, examples: Sequence[Example], seed: tuple[int, int]
    ) -> "_Choice":
        explicit = features.explicit
        column_idx = np.full(len(explicit.outputs), len(listed))
        column_idx[listed] = np.arange(len(listed))
        places = max((example.place for example in examples), default=0) + 1
        # Those of a place are the same however many follow, in whichever part of the table.
        hashes = {
            is_warm: np.random.default_rng([*seed, is_warm]).integers(1, PRIME, (places, 2))
            for is_warm in (False, True)
        }
        outputs = np.ascontiguousarray(explicit.outputs[listed, :LEADING].T)
        return cls(seed[1], features, listed, column_idx, explicit.offset[listed], outputs, hashes)

    def add(self, kinds: dict[bool, _Kind], examples: Sequence[Example]) -> int:
        """Keep those of some examples that have a target among their alternatives; the number of these."""
        if not len(self.features.explicit.spectrum):
            return 0
        users = self.features.users([example.profile for example in examples])
        kept, alternatives, targets = [], [], []
        wanted = np.zeros(len(self.column_idx), dtype=bool)
        for number, (candidates, example) in enumerate(zip(self._candidates(users, examples), examples, strict=True)):
            if not len(candidates):
                continue
            factor, offset = self.hashes[example.is_warm][example.place]
            chosen = _alternatives(candidates, factor, offset)
            wanted[example.targets] = True
            is_target = wanted[chosen]
            wanted[example.targets] = False
            if is_target.any():
                kept.append(number)
                alternatives.append(chosen)
                targets.append(is_target)
        if not kept:
            return 0
        of_candidates, of_users = self.features.of(users.of(np.array(kept)), np.stack(alternatives))
        of_both = np.empty((len(kept), FEATURES, ALTERNATIVES), dtype=np.float32)
        of_both[:, : of_candidates.shape[2]] = of_candidates.transpose(0, 2, 1)
        of_both[:, of_candidates.shape[2] :] = of_users[..., None]
        for number, is_target in zip(kept, targets, strict=True):
            kind = kinds[examples[number].is_warm]
            kind.places.append((self.number, examples[number].place))
            kind.is_target.append(is_target)
        is_warm = np.array([examples[number].is_warm for number in kept])
        for one, kind in kinds.items():
            kind.features.append(of_both[is_warm == one])
        return len(kept)

    def _candidates(self, users: Users, examples: Sequence[Example]) -> list[IndexArray]:
        """For each example the films that the first stage likes best, in any order."""
        scores = np.full((len(examples), len(self.listed) + 1), EXCLUDED, dtype=np.float32)
        scores[:, :-1] = self.offset + users.explicit[:, 0, : len(self.outputs)] @ self.outputs
        rated = [self.column_idx[example.profile.movie_idx] for example in examples]
        scores[np.repeat(np.arange(len(examples)), [*map(len, rated)]), np.concatenate(rated)] = EXCLUDED
        places = np.argpartition(scores, -min(CANDIDATES, len(self.listed)), axis=1)[:, -CANDIDATES:]
        is_one = np.take_along_axis(scores, places, axis=1) != EXCLUDED
        return [self.listed[own[one]] for own, one in zip(places, is_one, strict=True)]


def _joined(parts: list[FloatArray]) -> FloatArray:
    """[examples, FEATURES, ALTERNATIVES]; the list is emptied meanwhile, so that there are never two of all."""
    whole = np.empty((sum(map(len, parts)), FEATURES, ALTERNATIVES), dtype=np.float32)
    end = len(whole)
    while parts:
        part = parts.pop()
        whole[end - len(part) : end] = part
        end -= len(part)
    return whole


def _standardise(*of_kinds: FloatArray) -> tuple[FloatArray, FloatArray]:
    """In place, as one table; its means and deviations [FEATURES]."""
    count = sum(features.size // FEATURES for features in of_kinds)
    centre = sum(features.sum(axis=(0, 2), dtype=np.float64) for features in of_kinds) / count
    for features in of_kinds:
        features -= centre.astype(np.float32)[:, None]
    scale = np.sqrt(sum(np.einsum("efa,efa->f", one, one, dtype=np.float64) for one in of_kinds) / count) + 1e-6
    for features in of_kinds:
        features /= scale.astype(np.float32)[:, None]
    return centre.astype(np.float32), scale.astype(np.float32)


def _alternatives(candidates: IndexArray, factor: int, offset: int) -> IndexArray:
    """[ALTERNATIVES] of the candidates at random, again and again where there are too few.

    By a universal hash of the films (Carter & Wegman 1979), so that a candidate more or less, which the last digit of a
    score may decide, leaves the others as they are.
    """
    return np.resize(candidates[np.argsort((candidates * factor + offset) % PRIME)], ALTERNATIVES)
