import numpy as np
import pandas as pd

from recommender.film_features import film_features
from recommender.vocabulary import Vocabulary

FILMS = pd.DataFrame(
    {
        "movie_id": range(20),
        "title": "x",
        "year": 2000,
        "genres": ["Drama" if one % 2 else "Comedy" for one in range(20)],
    }
)
MOVIES, EVERY = Vocabulary.of(np.arange(20)), np.arange(20)


def test_columns_may_be_missing_and_values_too() -> None:
    plain = film_features(FILMS, MOVIES, EVERY)
    empty = FILMS.assign(
        runtime_min=pd.array([pd.NA] * 20, dtype="Int16"), source_votes=np.nan, directors="", languages=None
    )
    assert np.array_equal(film_features(empty, MOVIES, EVERY), plain)
    assert film_features(None, MOVIES, EVERY).shape == (20, 0)
    some = pd.array([*range(90, 109), pd.NA], dtype="Int16")
    added = film_features(FILMS.assign(runtime_min=some), MOVIES, EVERY)[:, plain.shape[1] :]
    assert added[:, 1].tolist() == [1.0] * 19 + [0.0]  # whether it is known
    assert added[-1, 0] == 0.0  # where it is not, the mean
    assert (np.diff(added[:19, 0]) > 0).all()


def test_labels_count_that_enough_known_films_have() -> None:
    people = ["a|b" if one < 6 else "b" if one < 12 else "" for one in range(20)]
    plain = film_features(FILMS, MOVIES, EVERY).shape[1]
    frame = FILMS.assign(directors=people)
    flags = film_features(frame, MOVIES, EVERY)[:, plain:]
    assert flags.sum(axis=0).tolist() == [6, 12]
    assert film_features(frame, MOVIES, EVERY[3:])[:, plain:].sum(axis=0).tolist() == [12]  # three of a are too few


def test_votes_are_meant_by_their_logarithm() -> None:
    plain = film_features(FILMS, MOVIES, EVERY).shape[1]
    votes = film_features(FILMS.assign(source_votes=10.0 ** (1 + EVERY % 5)), MOVIES, EVERY)[:, plain]
    steps = np.diff(votes[:5])
    assert np.allclose(steps, steps[0], rtol=0.1)
