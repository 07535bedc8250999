"""Which film to ask a member about: one they can place, people disagree about, and the model cannot guess."""

import numpy as np

from recommender.clusters import is_near_duplicate
from recommender.selection import EXCLUDED, best
from recommender.vocabulary import FloatArray, IndexArray

POOL = 500
"""Only so many films, the most rated of those left, are asked about: few people have seen others."""


def askable(support: IndexArray, closed: IndexArray) -> IndexArray:
    """The films that may be asked about: the most rated without the `closed` ones."""
    popularity = np.where(support > 0, support.astype(np.float64), EXCLUDED)
    popularity[closed] = EXCLUDED
    return best(popularity, POOL)


def information(support: IndexArray, entropy: FloatArray, deviation: FloatArray) -> FloatArray:
    """[films] ratings · entropy of the film's stars · standard deviation of what this member would give.

    Popularity · entropy is of Rashid et al. (2002), "Getting to know you: learning new user preferences in
    recommender systems", there with the logarithm of popularity; without it more questions can be answered. The
    third factor asks for what is not known of this member yet.
    """
    return np.asarray(support * entropy * deviation)


def most_telling(
    films: IndexArray, worth: FloatArray, likeness: FloatArray, asked: IndexArray, towards: IndexArray
) -> int | None:
    """The film of the greatest worth that is no near-duplicate of an asked one; None where no film is left.

    Films of `towards` come first, after them others by worth · cosine to the nearest of those. Near-duplicates
    are asked about where nothing else is left: a small data set may have few other films.
    """
    is_new = ~is_near_duplicate(likeness, films, asked)
    if is_new.any():
        films, worth = films[is_new], worth[is_new]
    if len(films) and len(towards):
        chosen = np.isin(films, towards)
        if chosen.any():
            films, worth = films[chosen], worth[chosen]
        else:
            worth = worth * np.maximum((likeness[films] @ likeness[towards].T).max(axis=1), 0.0)
    return int(films[worth.argmax()]) if len(films) else None
