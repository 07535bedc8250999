"""What a training does, as values: picklable, comparable, and written into every model's card."""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields, replace
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from annotated_types import Ge, Gt, Le, Lt

MOST = Le(2**31 - 1)
Count = Annotated[int, Gt(0), MOST]
CountOrNone = Annotated[int, Ge(0), MOST]
Positive = Annotated[float, Gt(0), MOST]
NonNegative = Annotated[float, Ge(0), MOST]
Share = Annotated[float, Ge(0), Lt(1)]
"""Constraints that `recommender.config_file` reads; a number is never infinite."""

STRICT: Mapping[str, Any] = {"strict": True, "extra": "forbid", "allow_inf_nan": False}

Kind = Literal["factors", "notebook", "popularity"]


@dataclass(frozen=True, slots=True)
class RankingConfig:
    """A denoising linear autoencoder in its singular vectors (see `recommender.autoencoder`), and a re-ranker."""

    __pydantic_config__: ClassVar = STRICT
    dimensions: Count = 384
    """Singular vectors kept; fewer where users or films are few, and where a table of them would exceed `cells`."""
    cells: Count = 1 << 24
    """Most numbers in one table of films and dimensions: 43,690 films have all 384 dimensions, 87,000 have 192."""
    activity: NonNegative = 0.75
    """A user of n ratings counts n^activity."""
    damping: Positive = 40.0
    """Ratings of zero weight that every film is given beside its own, so that rare films count little."""
    liked_at: NonNegative = 0.61
    """Where on the rating scale (0 lowest, 1 highest) a film is as likely liked as not."""
    liked_slope: Positive = 6.75
    """How sharply liking rises with the rating: weight = sigmoid(slope · (scaled rating − liked_at))."""
    disliked_at: NonNegative = 0.4
    """Where on the scale a film is as likely disliked as not, rising as sharply below it."""
    dislike_target: NonNegative = 0.5
    """What a dislike takes off a film's target, of what a like adds."""
    popularity: NonNegative = 0.3
    """Share of what most people like in a score; it decides while a profile is small."""
    least_weight: NonNegative = 0.01
    """A rating that counts less is left out of the training."""
    rerank: bool = True
    """Whether the best candidates are re-ranked by a learned network (see `recommender.reranker`)."""
    rerank_dimensions: Count = 128
    """Dimensions of the scorers that only the re-ranker asks."""
    rerank_hidden: Count = 16
    """Hidden units of one network."""
    rerank_networks: Count = 2
    """Networks whose mean an expert is."""
    told_epochs: Count = 12
    history_epochs: Count = 22
    """Passes over the examples of cold users, and over those of warm ones (histories)."""

    def most_dimensions(self, movies: int) -> int:
        """How many are kept at most in a catalogue of so many films."""
        return max(min(self.dimensions, self.cells // max(movies, 1)), 1)


IMPLICIT: Mapping[str, float] = {"activity": 0.0, "damping": 300.0}
"""Of the first stage: what many did together says less than what many liked, so more of it is taken for chance."""


@dataclass(frozen=True, slots=True)
class RatingConfig:
    """A model bilinear in user and item features, its Gaussian priors learned (EM, "empirical Bayes")."""

    __pydantic_config__: ClassVar = STRICT
    dimensions: Count = 16
    """Factors learned from the stars; fewer where users or films are few."""
    pattern_dimensions: Count = 14
    """Factors of the implicit feedback: who has rated what, whatever the stars."""
    sweeps: Count = 8
    """At most; held-out ratings say when to stop."""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """The notebook's network: dot product of embeddings plus biases, sigmoid, cross-entropy, Adam."""

    __pydantic_config__: ClassVar = STRICT
    dimensions: Count = 64
    epochs: Count = 5
    batch: Count = 64
    learning_rate: Positive = 0.005
    adam_epsilon: Positive = 1e-7
    weight_penalty: NonNegative = 1e-6
    """L2 on the embeddings, not on the biases."""


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """One training. Only the sections its `kind` needs are used."""

    __pydantic_config__: ClassVar = STRICT
    kind: Kind = "factors"
    seed: CountOrNone = 42
    validation_share: Share = 0.1
    """Share of the ratings held out to measure the validation loss."""
    min_support: CountOrNone = 4
    """A film with fewer ratings stands behind all others in a list (less in a community under 200 people)."""
    implicit: bool = False
    """Whether every interaction counts alike, whatever its stars, and none are predicted; so it is as well where the
    data hold none."""
    ranking: RankingConfig = field(default_factory=RankingConfig)
    rating: RatingConfig = field(default_factory=RatingConfig)
    network: NetworkConfig = field(default_factory=NetworkConfig)

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"no such kind of model: {self.kind!r}")
        if not 0 <= self.validation_share < 1:
            raise ValueError(f"the validation share must be in [0, 1), not {self.validation_share}")

    def as_implicit(self) -> Self:
        """The same for implicit feedback; the first stage has its values for it wherever it had the default's."""
        ranking, usual = self.ranking, RankingConfig()
        chosen: dict[str, Any] = {
            name: value for name, value in IMPLICIT.items() if getattr(ranking, name) == getattr(usual, name)
        }
        return replace(self, implicit=True, ranking=replace(ranking, **chosen))

    @classmethod
    def fast(cls) -> Self:
        """Without the re-ranker: a training in a fraction of the time, lists nearly as good for new members."""
        return cls(ranking=RankingConfig(rerank=False))

    @classmethod
    def notebook(cls) -> Self:
        """The network the project started from, without its faults."""
        return cls(kind="notebook")

    @classmethod
    def popularity(cls) -> Self:
        """No training at all: the most rated films, damped means as stars."""
        return cls(kind="popularity")

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The inverse of `to_dict`; raises TypeError or ValueError on what is not a configuration."""
        given = dict(values)
        sections = {"ranking": RankingConfig, "rating": RatingConfig, "network": NetworkConfig}
        for name, section in sections.items():
            if name in given:
                given[name] = section(**given[name])
        made = cls(**given)
        _check_types(made)
        return made


def _check_types(made: Any) -> None:
    """Raise TypeError where a field holds what its default could not be; whole numbers are numbers too."""
    for one in fields(made):
        value, default = getattr(made, one.name), one.default
        if default is MISSING:
            _check_types(value)
        elif type(value) is not type(default) and not (isinstance(default, float) and type(value) is int):
            raise TypeError(f"{one.name} is {value!r}")
