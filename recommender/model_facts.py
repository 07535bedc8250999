"""What can be said of a model of a certain configuration: what it is, what it is for, and where it fails.

After Mitchell et al. 2019, "Model cards for model reporting". `card.json` holds these facts beside configuration,
counts, history and metrics; `recommender.model_card` says them in words.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from recommender.config import Kind, TrainingConfig
from recommender.progress import Epoch
from recommender.reranker import CANDIDATES

DOCUMENTATION = "docs/RECOMMENDER.md"
"""In Marquee's repository."""

_NAMES: Mapping[Kind, str] = {
    "factors": "linear autoencoder for lists, bilinear model with Gaussian priors for stars",
    "notebook": "the notebook's network: dot product of embeddings",
    "popularity": "no training: the most rated films",
}

_ALGORITHMS: Mapping[Kind, Mapping[str, str]] = {
    "factors": {
        "lists": "a denoising linear autoencoder, decomposed once for profiles of all sizes (Steck 2020)",
        "stars": "a model bilinear in user and item features, with Gaussian priors on both sides and learned "
        "factors; alternating ridge regressions whose priors and noise are learned (empirical Bayes)",
    },
    "notebook": {
        "lists": "the predicted stars of a film, highest first",
        "stars": "embeddings of users and films, their dot product plus biases, sigmoid; binary cross-entropy, Adam. "
        "Somebody who was not in the training is folded in by ridge regression",
    },
    "popularity": {
        "lists": "the number of ratings of a film, whatever they say",
        "stars": "mean plus damped biases of films and users",
    },
}

_IMPLICIT = {"stars": "none: the data are implicit feedback, in which every interaction counts alike"}

_RERANKER = (
    f"the {CANDIDATES} best of these in the order of small networks, learned listwise on simulated profiles "
    "(ListNet's top-one loss, Cao et al. 2007)"
)

_LOSSES: Mapping[Kind, str] = {
    "factors": "mean squared error of the stars",
    "notebook": "binary cross-entropy of ratings scaled to [0, 1], and the embeddings' penalty",
    "popularity": "variance of the ratings around damped biases",
}

_INTENDED_USE = (
    "Suggesting films, and stars one may expect of them, to members of a Discord server from the ratings they gave "
    "there. Not for decisions about people, and not for revenue from MovieLens data without GroupLens' permission."
)

_POPULAR_FIRST = (
    "Popularity: films that many have rated lead most lists, the more so the fewer ratings a profile has; without a "
    "rating the list is plain popularity."
)

_POPULARITY: Mapping[Kind, str] = {
    "factors": _POPULAR_FIRST,
    "notebook": "Popularity: films that few people have rated, but rated highly, stand where widely liked ones should.",
    "popularity": "Popularity: everybody gets the same films, but for those they have rated.",
}

_LIMITS = (
    (
        "Age: it knows the films of its catalogue alone. One that came later is unknown until a training with a newer "
        "catalogue, and one nobody has rated stands behind all others."
    ),
    (
        "Size of the community: next to MovieLens' users a small server weighs little in what films are alike; a "
        "member's own ratings count at once all the same. Figures of fewer than a hundred people are mostly noise."
    ),
    "Whom it speaks for: MovieLens' users are a small group of volunteers who rate many films, mostly American ones.",
    (
        "Privacy: no row of a member, and no member's id, is inside; it holds parameters of films and of everybody "
        "together. What a deleted member's ratings did to the films' parameters is gone with the next training."
    ),
)

_LICENCE = (
    "MovieLens data (F. M. Harper and J. A. Konstan 2015, https://doi.org/10.1145/2827872) is for research; it may not "
    "be used for revenue without permission, and ml-100k and ml-1m may not be passed on. Treat a model "
    "trained on it alike. The data set `sample` is GPL-3."
)

_MEASURED = (
    "The last tenth of everybody's ratings (of those with ten or more) was held out, a model of this configuration "
    "trained on the rest, and its lists compared with what was then rated 4 or higher (NDCG@10, all unrated films are "
    "candidates). This model was trained on all ratings afterwards, so the figures are of its twin."
)

_NOT_DEFAULT = (
    "On MovieLens it overfits after its first epoch, and its lists are worse than plain popularity: ranking by "
    "predicted stars favours films that few people have rated."
)

_REFERENCE = {
    "dataset": "ml-latest-small (2018)",
    "R rmse": {"notebook": 0.9375, "default": 0.788},
    "K ndcg@10": {"notebook": 0.048, "popularity": 0.074},
}
"""Protocols R and K of `marquee evaluate`, docs/BENCHMARKS.md."""


def about(config: TrainingConfig, history: Sequence[Epoch], *, reranks: bool) -> dict[str, Any]:
    """What can be said of a model of this configuration; JSON."""
    return {
        "name": _NAMES[config.kind],
        "algorithm": {
            **_ALGORITHMS[config.kind],
            **({"order": _RERANKER} if reranks else {}),
            **(_IMPLICIT if config.implicit else {}),
        },
        "loss": _LOSSES["popularity" if config.implicit else config.kind],
        "measured": _MEASURED,
        "documentation": DOCUMENTATION,
        "intended_use": _INTENDED_USE,
        "limits": [_POPULARITY[config.kind], *_LIMITS],
        "licence": _LICENCE,
        "not_default": {"why": _NOT_DEFAULT, "validation_loss": _turning_point(history), "reference": _REFERENCE}
        if config.kind == "notebook"
        else None,
    }


def _turning_point(history: Sequence[Epoch]) -> dict[str, Any] | None:
    """The epoch after which the validation loss was lowest; None where there was none."""
    losses = [(epoch.val_loss, epoch.epoch) for epoch in history if epoch.val_loss is not None]
    if not losses:
        return None
    lowest, epoch = min(losses)
    return {"lowest": lowest, "lowest_after_epoch": epoch, "last": losses[-1][0], "epochs": len(losses)}
