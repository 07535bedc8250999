import pickle
from pathlib import Path

import pytest

from recommender import (
    DamagedModelError,
    NonFiniteLossError,
    NotEnoughDataError,
    RecommenderError,
    TrainingCancelled,
    UnknownMovieError,
)

ERRORS = [
    (NotEnoughDataError(0), "0 ratings"),
    (UnknownMovieError(77), "77"),
    (TrainingCancelled("ranking", 3), "'ranking' after step 3"),
    (NonFiniteLossError("stars", 2, float("inf")), "inf"),
    (DamagedModelError(Path("models") / "v1", "no card"), "no card"),
]


@pytest.mark.parametrize(("error", "words"), ERRORS)
def test_an_error_says_what_happened_and_leaves_a_process_whole(error: RecommenderError, words: str) -> None:
    assert words in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert again.__dict__ == error.__dict__
    assert str(again) == str(error)
