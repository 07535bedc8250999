import numpy as np
import pandas as pd
import pytest

from recommender.item_features import MAX_GENRES, YEAR_STEP, item_features
from recommender.vocabulary import Vocabulary

FILMS = Vocabulary(np.array([1, 2, 3, 4]))


def catalogue(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"movie_id": [1, 2, 3], "title": "x", **columns})


def test_without_a_catalogue_nothing_is_known() -> None:
    assert item_features(None, FILMS).shape == (4, 0)
    assert item_features(catalogue(), FILMS).shape == (4, 0)
    assert item_features(catalogue(year=[None, None, None], genres=["", None, ""]), FILMS).shape == (4, 0)


def test_genres_are_flags_and_the_unknown_ones_an_average() -> None:
    features = item_features(catalogue(genres=["Drama|Comedy", "Comedy", "(no genres listed)"]), FILMS)
    assert features[:2].tolist() == [[1.0, 1.0], [1.0, 0.0]]  # Comedy, Drama
    assert features[2:].tolist() == [[1.0, 0.5], [1.0, 0.5]]  # film 4 is not in the catalogue at all


def test_years_far_apart_have_nothing_in_common() -> None:
    features = item_features(catalogue(year=[1950, 1951, "2010"]), FILMS)
    near = [float(np.linalg.norm(features[0] - features[one])) for one in (1, 2)]
    assert near[0] < 0.5 < 1.0 < near[1]
    assert features[3] == pytest.approx(features[:3].mean(axis=0))
    assert features.shape[1] == pytest.approx((2010 - 1950) / YEAR_STEP + 1, abs=1)


def test_a_film_listed_twice_is_read_once() -> None:
    twice = pd.concat([catalogue(genres=["A", "B", "B"]), catalogue(genres=["B", "B", "B"])])
    assert item_features(twice, FILMS)[0].tolist() == [1.0, 0.0]


def test_only_frequent_genres_count() -> None:
    many = ["|".join(f"g{n}" for n in range(100)), "g7", "g7"]
    assert item_features(catalogue(genres=many), FILMS).shape[1] == MAX_GENRES
