"""What a training does, as values: picklable, comparable, and written into every model's card."""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from typing import Any, Literal, Self, get_args

Kind = Literal["factors", "notebook", "popularity"]


@dataclass(frozen=True, slots=True)
class RankingConfig:
    """A denoising linear autoencoder in its singular directions (see `recommender.autoencoder`)."""

    dimensions: int = 384
    """Directions kept; fewer where users or films are few, and where a table of them would have more than `cells`."""
    cells: int = 1 << 24
    """Most numbers in one table of films and directions: 43,690 films have all 384 directions, 87,000 have 192."""
    activity: float = 0.75
    """A user of n ratings counts n^activity."""
    damping: float = 40.0
    """Ratings of nothing that every film is given beside its own, so that rare films say little."""
    liked_at: float = 0.61
    """Where on the rating scale (0 lowest, 1 highest) a film is as likely liked as not."""
    liked_slope: float = 6.75
    """How sharply liking rises with the rating: weight = sigmoid(slope · (scaled rating − liked_at))."""
    popularity: float = 0.3
    """Share of what most people like in a score; it decides while a profile says little."""
    least_weight: float = 0.01
    """A rating that counts less is left out of the training."""
    rerank: bool = True
    """Whether the best candidates are put in order by a learned network (see `recommender.reranker`)."""
    rerank_dimensions: int = 256
    """Directions of the scorers that only the re-ranker asks."""
    rerank_hidden: int = 16
    """Hidden units of one network."""
    rerank_networks: int = 3
    """Networks whose mean an expert is."""
    told_epochs: int = 8
    history_epochs: int = 15
    """Passes over the examples of the two kinds."""

    def directions(self, movies: int) -> int:
        """How many are kept at most in a catalogue of so many films."""
        return max(min(self.dimensions, self.cells // max(movies, 1)), 1)


@dataclass(frozen=True, slots=True)
class RatingConfig:
    """Crossed Gaussian weights of users and films, their priors learned (EM, "empirical Bayes")."""

    dimensions: int = 16
    """Factors learned from the stars; fewer where users or films are few."""
    pattern_dimensions: int = 14
    """Directions of who has rated what, whatever the stars."""
    sweeps: int = 12
    """At most; held-out ratings say when to stop."""


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """The notebook's network: dot product of embeddings plus biases, sigmoid, cross-entropy, Adam."""

    dimensions: int = 64
    epochs: int = 5
    batch: int = 64
    learning_rate: float = 0.005
    adam_epsilon: float = 1e-7
    weight_penalty: float = 1e-6
    """L2 on the embeddings, not on the biases."""


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """One training. Only the sections its `kind` needs are used."""

    kind: Kind = "factors"
    seed: int = 42
    validation_share: float = 0.1
    """Share of the ratings held out to measure the validation loss."""
    min_support: int = 4
    """A film with fewer ratings stands behind all others in a list (less in a community under 200 people)."""
    ranking: RankingConfig = field(default_factory=RankingConfig)
    rating: RatingConfig = field(default_factory=RatingConfig)
    network: NetworkConfig = field(default_factory=NetworkConfig)

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"no such kind of model: {self.kind!r}")
        if not 0 <= self.validation_share < 1:
            raise ValueError(f"the validation share must be in [0, 1), not {self.validation_share}")

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
