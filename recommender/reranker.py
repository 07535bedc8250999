"""The second stage: the best candidates of the ranking head, re-ranked by a small learned network.

Two experts score the same features: one has learned from small random profiles (a cold user who names some films), one
from histories cut at a moment (what a warm user rates next). A gate says which of the two a profile looks like.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.candidate_features import (
    CANDIDATE_FEATURES,
    LATER_FEATURES,
    USER_FEATURES,
    CandidateFeatures,
    without_order,
)
from recommender.item_statistics import ItemStatistics
from recommender.ranking import AutoencoderRanking, implicit_weighting, sigmoid
from recommender.tensors import Tensors, checked, named, prefixed, under
from recommender.vocabulary import FloatArray, IndexArray, Profile

CANDIDATES = 200
"""Films of the first stage that are re-ranked."""

CERTAIN = 0.01
"""Where the gate is surer than this, the other expert is not asked."""

FEATURES = len(CANDIDATE_FEATURES) + len(USER_FEATURES)

COLD, WARM, IMPLICIT, STATISTICS = "told.", "history.", "seen.", "facts."
"""The names of the parts in model files; EXPLICIT_SEQUENTIAL and IMPLICIT_SEQUENTIAL are tensors."""

EXPLICIT_SEQUENTIAL, IMPLICIT_SEQUENTIAL = "liked_later", "seen_later"


@dataclass(frozen=True, slots=True)
class Expert:
    """score = linear · x + out · tanh(hiddenᵀ x + bias), x the standardised features of candidate and user."""

    linear: FloatArray  # [features]
    hidden: FloatArray  # [features, h]
    bias: FloatArray  # [h]
    out: FloatArray  # [h]

    def __call__(self, of_candidates: FloatArray, of_user: FloatArray) -> FloatArray:
        """[candidates] scores but for what the user's features add to all of them."""
        own = len(CANDIDATE_FEATURES)
        bias = of_user @ self.hidden[own:] + self.bias
        hidden = np.tanh(of_candidates @ self.hidden[:own] + bias)
        return np.asarray(of_candidates @ self.linear[:own] + hidden @ self.out)

    def tensors(self) -> dict[str, FloatArray]:
        return named(self, ("linear", "hidden", "bias", "out"))

    @classmethod
    def of(cls, tensors: Tensors) -> Self:
        h = tensors["hidden"].shape[1]
        return cls(**checked(tensors, linear=(FEATURES,), hidden=(FEATURES, h), bias=(h,), out=(h,)))


@dataclass(frozen=True, slots=True)
class Reranker:
    """New scores for candidates. `gate` are the weights of choosing the warm expert."""

    features: CandidateFeatures
    centre: FloatArray  # [features]
    scale: FloatArray  # [features]
    cold: Expert
    warm: Expert
    gate: FloatArray  # [2 · user features + 1] of x, x² and 1

    def scores(self, profile: Profile, candidates: IndexArray, *, timeless: bool = False) -> tuple[FloatArray, float]:
        """[candidates] the higher, the better; and how warm the profile looks.

        A `timeless` profile is none that something comes next in: the cold expert alone is asked. It has learned from
        profiles without an order, so it is shown none.
        """
        own = len(CANDIDATE_FEATURES)
        of_candidates, of_users = self.features.of(self.features.users([profile]), candidates[None])
        of_user = (of_users[0] - self.centre[own:]) / self.scale[own:]
        warm = 0.0 if timeless else self.warm_probability(of_user)

        def asked(expert: Expert, of_candidates: FloatArray) -> FloatArray:
            return expert((of_candidates - self.centre[:own]) / self.scale[:own], of_user)

        if warm > 1 - CERTAIN:
            return asked(self.warm, of_candidates[0]), warm
        cold = asked(self.cold, without_order(of_candidates[0]))
        if warm < CERTAIN:
            return cold, warm
        return np.asarray((1 - warm) * cold + warm * asked(self.warm, of_candidates[0])), warm

    def warm_probability(self, of_user: FloatArray) -> float:
        """That the profile is the beginning of a history and not a handful of favourites."""
        return float(sigmoid(gate_inputs(of_user) @ self.gate))

    def tensors(self) -> dict[str, FloatArray]:
        features = self.features
        return {
            **named(self, ("centre", "scale", "gate")),
            **prefixed(COLD, self.cold.tensors()),
            **prefixed(WARM, self.warm.tensors()),
            **prefixed(IMPLICIT, features.implicit.tensors()),
            **prefixed(STATISTICS, features.statistics.tensors()),
            EXPLICIT_SEQUENTIAL: features.explicit_sequential,
            IMPLICIT_SEQUENTIAL: features.implicit_sequential,
        }

    @classmethod
    def of(cls, tensors: Tensors, explicit: AutoencoderRanking, limits: tuple[float, float]) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        tensors = _with_later_features(tensors)
        cold, warm = (Expert.of(under(prefix, tensors)) for prefix in (COLD, WARM))
        implicit = AutoencoderRanking.of(under(IMPLICIT, tensors), implicit_weighting)
        statistics = ItemStatistics.restored(under(STATISTICS, tensors))
        movies, sequential = tensors[EXPLICIT_SEQUENTIAL].shape
        if not {len(explicit.outputs), len(statistics.year), len(implicit.outputs)} == {movies}:
            raise ValueError("the re-ranker's parts know different numbers of films")
        if sequential > len(explicit.spectrum):
            raise ValueError("the re-ranker has more dimensions than the first stage")
        own = checked(
            {name: tensor for name, tensor in tensors.items() if "." not in name},
            centre=(FEATURES,),
            scale=(FEATURES,),
            gate=(2 * len(USER_FEATURES) + 1,),
            liked_later=(movies, sequential),
            seen_later=implicit.outputs.shape,
        )
        later = own.pop(EXPLICIT_SEQUENTIAL), own.pop(IMPLICIT_SEQUENTIAL)
        return cls(CandidateFeatures(explicit, implicit, *later, statistics, limits), cold=cold, warm=warm, **own)


def _with_later_features(tensors: Tensors) -> dict[str, FloatArray]:
    """Those of a re-ranker that did not know some of LATER_FEATURES: it gives them no weight."""
    lacking = len(CANDIDATE_FEATURES) + len(USER_FEATURES) - len(tensors["centre"])
    later = [sum(LATER_FEATURES[since:], ()) for since in range(len(LATER_FEATURES))]
    unknown = next((names for names in later if len(names) == lacking), ())
    if not unknown:
        return dict(tensors)
    every = (*CANDIDATE_FEATURES, *USER_FEATURES)
    places = [place for place, name in enumerate(every) if name not in unknown]
    users = [place for place, name in enumerate(USER_FEATURES) if name not in unknown]
    size = len(USER_FEATURES)

    def widened(values: FloatArray, places: list[int], length: int, rest: float = 0.0) -> FloatArray:
        wide = np.full((length, *values.shape[1:]), rest, dtype=values.dtype)
        wide[places] = values
        return wide

    found = dict(tensors)
    for name in ("centre", *(kind + part for kind in (COLD, WARM) for part in ("linear", "hidden"))):
        found[name] = widened(tensors[name], places, FEATURES)
    found["scale"] = widened(tensors["scale"], places, FEATURES, rest=1.0)
    found["gate"] = widened(tensors["gate"], [*users, *(size + user for user in users), 2 * size], 2 * size + 1)
    return found


def gate_inputs(of_user: FloatArray) -> FloatArray:
    """[…, 2u + 1] the standardised features of users, their squares and a constant."""
    ones = np.ones((*of_user.shape[:-1], 1), dtype=of_user.dtype)
    return np.concatenate([of_user, np.square(of_user), ones], axis=-1)
