"""Preference elicitation: which film to ask a cold user about, so that the answer tells most about them."""

from collections.abc import Sequence

import numpy as np

from recommender.clusters import is_near_duplicate
from recommender.ranking import EXCLUDED, top_n
from recommender.vocabulary import FloatArray, IndexArray

POOL = 500
"""Only so many films, the most rated of those left, are asked about: few people have seen others."""


def askable(support: IndexArray, closed: IndexArray) -> IndexArray:
    """The films that may be asked about: the most rated without the `closed` ones."""
    popularity = np.where(support > 0, support.astype(np.float64), EXCLUDED)
    popularity[closed] = EXCLUDED
    return top_n(popularity, POOL)


def expected_information(support: IndexArray, entropy: FloatArray, deviation: FloatArray) -> FloatArray:
    """[films] ratings · entropy of the film's stars · posterior standard deviation of this user's stars.

    Popularity · entropy is of Rashid et al. (2002), "Getting to know you: learning new user preferences in
    recommender systems", there with the logarithm of popularity; without it more questions can be answered. The
    third factor asks for what is not known of this user yet.
    """
    return np.asarray(support * entropy * deviation)


def most_informative(
    movie_idx: IndexArray,
    information: FloatArray,
    embeddings: FloatArray,
    asked: IndexArray,
    tastes: Sequence[IndexArray] = (),
) -> int | None:
    """The film of the most information that is no near-duplicate of an asked one; None where no film is left.

    Questions go round the `tastes`: one of which fewer films were asked about comes first. After their films come
    others by information · cosine to the nearest of those. Near-duplicates are asked about where nothing else is left:
    a small data set may have few other films.
    """
    is_new = ~is_near_duplicate(embeddings, movie_idx, asked)
    if is_new.any():
        movie_idx, information = movie_idx[is_new], information[is_new]
    for taste in sorted(tastes, key=lambda taste: int(np.isin(asked, taste).sum())):
        if (chosen := np.isin(movie_idx, taste)).any():
            return int(movie_idx[chosen][information[chosen].argmax()])
    if len(movie_idx) and any(map(len, tastes)):
        information = information * np.maximum(
            (embeddings[movie_idx] @ embeddings[np.concatenate(tastes)].T).max(axis=1), 0.0
        )
    return int(movie_idx[information.argmax()]) if len(movie_idx) else None
