"""The second look: the best candidates of the ranking head, put in order by a small learned network.

Two experts score the same features: one has learned from small random profiles (what a member tells a bot), one from
histories cut at a moment (what somebody rates next). A gate says which of the two a profile looks like.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from recommender.candidate_features import OF_CANDIDATE, OF_PROFILE, CandidateFeatures
from recommender.film_facts import FilmFacts
from recommender.profile import Profile
from recommender.ranking import AutoencoderRanking, seen, sigmoid
from recommender.rating import check_shapes, under
from recommender.vocabulary import FloatArray, IndexArray

CANDIDATES = 200
"""Films of the first stage that are looked at again."""

CERTAIN = 0.01
"""Where the gate is surer than this, the other expert is not asked."""

FEATURES = len(OF_CANDIDATE) + len(OF_PROFILE)


@dataclass(frozen=True, slots=True)
class Expert:
    """score = linear · x + out · tanh(hiddenᵀ x + bias), x the standardised features of candidate and profile."""

    linear: FloatArray  # [features]
    hidden: FloatArray  # [features, h]
    bias: FloatArray  # [h]
    out: FloatArray  # [h]

    def __call__(self, of_candidates: FloatArray, of_profile: FloatArray) -> FloatArray:
        """[candidates] scores but for what the profile adds to all of them."""
        own = len(OF_CANDIDATE)
        bias = of_profile @ self.hidden[own:] + self.bias
        hidden = np.tanh(of_candidates @ self.hidden[:own] + bias)
        return np.asarray(of_candidates @ self.linear[:own] + hidden @ self.out)


@dataclass(frozen=True, slots=True)
class Reranker:
    """New scores for candidates. `told` and `history` are the experts, `gate` the weights of choosing the latter."""

    features: CandidateFeatures
    centre: FloatArray  # [features]
    scale: FloatArray  # [features]
    told: Expert
    history: Expert
    gate: FloatArray  # [2 · profile features + 1] of x, x² and 1

    def scores(self, profile: Profile, candidates: IndexArray, first: FloatArray) -> FloatArray:
        """[candidates] the higher, the better, from the first stage's scores of the candidates."""
        own = len(OF_CANDIDATE)
        of_candidates, of_profile = self.features.of(profile, candidates, first)
        x = (of_candidates - self.centre[:own]) / self.scale[:own]
        of_profile = (of_profile - self.centre[own:]) / self.scale[own:]
        history = self.looks_like_a_history(of_profile)
        if history < CERTAIN:
            return self.told(x, of_profile)
        if history > 1 - CERTAIN:
            return self.history(x, of_profile)
        return np.asarray((1 - history) * self.told(x, of_profile) + history * self.history(x, of_profile))

    def looks_like_a_history(self, of_profile: FloatArray) -> float:
        """The probability that the profile is the beginning of a history and not a handful of favourites."""
        return float(sigmoid(gate_inputs(of_profile) @ self.gate))

    def tensors(self) -> dict[str, FloatArray]:
        own = {"centre": self.centre, "scale": self.scale, "gate": self.gate}
        for name, expert in (("told", self.told), ("history", self.history)):
            own |= {f"{name}.{part}": getattr(expert, part) for part in ("linear", "hidden", "bias", "out")}
        seen_tensors = {f"seen.{name}": tensor for name, tensor in self.features.seen.tensors().items()}
        facts = {f"facts.{name}": tensor for name, tensor in self.features.facts.tensors().items()}
        later = {"liked_later": self.features.liked_later, "seen_later": self.features.seen_later}
        return own | seen_tensors | facts | later

    @classmethod
    def of(cls, tensors: Mapping[str, FloatArray], liked: AutoencoderRanking, limits: tuple[float, float]) -> Self:
        """Rebuild from `tensors()`; raises KeyError or ValueError where they do not belong together."""
        movies, later = tensors["liked_later"].shape
        experts = [_expert(under(f"{name}.", tensors)) for name in ("told", "history")]
        seen_ranking = AutoencoderRanking.of(under("seen.", tensors), seen)
        facts = FilmFacts.restored(under("facts.", tensors))
        check_shapes(
            {name: tensors[name] for name in ("centre", "scale", "gate", "seen_later")},
            centre=(FEATURES,),
            scale=(FEATURES,),
            gate=(2 * len(OF_PROFILE) + 1,),
            seen_later=seen_ranking.outputs.shape,
        )
        if not {liked.movies, len(facts.year), seen_ranking.movies} == {movies}:
            raise ValueError("the re-ranker's parts know different numbers of films")
        if later > len(liked.spectrum):
            raise ValueError("the re-ranker has more directions than the first stage")
        features = CandidateFeatures(liked, seen_ranking, tensors["liked_later"], tensors["seen_later"], facts, limits)
        told, history = experts
        return cls(features, tensors["centre"], tensors["scale"], told, history, tensors["gate"])


def gate_inputs(of_profile: FloatArray) -> FloatArray:
    """[…, 2p + 1] the standardised features of profiles, their squares and a constant."""
    ones = np.ones((*of_profile.shape[:-1], 1), dtype=of_profile.dtype)
    return np.concatenate([of_profile, np.square(of_profile), ones], axis=-1)


def _expert(tensors: Mapping[str, FloatArray]) -> Expert:
    hidden = tensors["hidden"].shape[1]
    check_shapes(tensors, linear=(FEATURES,), hidden=(FEATURES, hidden), bias=(hidden,), out=(hidden,))
    return Expert(**tensors)
