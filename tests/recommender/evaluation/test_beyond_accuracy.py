import math

import numpy as np
import pandas as pd
import pytest

from recommender.evaluation.beyond_accuracy import beyond_accuracy_metrics
from tests.recommender.worlds import frame

CATALOGUE = pd.DataFrame(
    {
        "movie_id": [1, 2, 3, 4],
        "title": "x",
        "year": 2000,
        "genres": ["Drama", "Comedy", "Drama|Comedy", "(no genres listed)"],
    }
)
TRAINING = frame([(user, 1, 4.0, 0) for user in range(6)] + [(user, 2, 4.0, 0) for user in range(4)] + [(9, 3, 4.0, 0)])


def test_figures_by_hand() -> None:
    lists = np.array([[1, 2], [1, 3], [4, -1]])
    figures = beyond_accuracy_metrics(lists, [{3: 5.0}, {2: 4.0}, {1: 3.0}], TRAINING, CATALOGUE)
    assert figures["coverage@10"] == 1.0
    assert figures["mean_popularity_rank"] == (1 + 2 + 1 + 3 + 4) / 5
    assert figures["rare_share"] == 3 / 5
    assert figures["intra_list_diversity"] == pytest.approx(((1 - 0) + (1 - 1 / 2**0.5)) / 2)
    # The first list has the profile's half and half. The second has Comedy for a quarter, where all was Comedy.
    assert figures["genre_calibration"] == pytest.approx(-math.log(0.99 * 0.25 + 0.01) / 2)


def test_without_genres_nothing_is_said_about_them() -> None:
    figures = beyond_accuracy_metrics(np.array([[1, 2]]), [{3: 5.0}], TRAINING, CATALOGUE.assign(genres=""))
    assert figures["intra_list_diversity"] is None
    assert figures["genre_calibration"] is None
    assert figures["coverage@10"] == 0.5


def test_empty_lists_have_no_rank() -> None:
    figures = beyond_accuracy_metrics(np.empty((0, 10), dtype=np.int64), [], TRAINING, CATALOGUE)
    assert figures["mean_popularity_rank"] is None
    assert figures["rare_share"] is None
