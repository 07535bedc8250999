from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recommender import (
    InvalidDataError,
    NonFiniteLossError,
    NotEnoughDataError,
    Progress,
    Recommender,
    TrainingCancelled,
    TrainingConfig,
    train,
)
from recommender.config import Kind, NetworkConfig
from tests.recommender.worlds import checkerboard, frame, ladder, random_ratings

KINDS: tuple[Kind, ...] = ("factors", "notebook", "popularity")
PROFILE = {1000: 5.0, 1001: 1.0, 1004: 4.5}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_model(kind: Kind) -> None:
    one, other = (train(checkerboard(), config=TrainingConfig(kind=kind)) for _ in range(2))
    assert one.recommend(PROFILE, 60) == other.recommend(PROFILE, 60)
    assert [epoch.loss for epoch in one.history] == [epoch.loss for epoch in other.history]


@pytest.mark.parametrize("kind", ["factors", "notebook"])
def test_another_seed_gives_another_model(kind: Kind) -> None:
    one, other = (train(checkerboard(), config=TrainingConfig(kind=kind, seed=seed)) for seed in (1, 2))
    assert one.recommend(PROFILE) != other.recommend(PROFILE)


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_the_table_hardly_matters_and_repeats_keep_the_newest(kind: Kind) -> None:
    ratings = checkerboard()
    outdated = ratings.assign(rating=3.0, timestamp=ratings["timestamp"] - 1)
    config = TrainingConfig(kind=kind)
    twice = train(pd.concat([ratings, outdated], ignore_index=True), config=config)
    assert twice.counts["ratings"] == len(ratings)
    assert twice.recommend(PROFILE) == train(ratings, config=config).recommend(PROFILE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_epoch_of_the_history_was_reported(kind: Kind) -> None:
    seen: list[Progress] = []
    model = train(checkerboard(), config=TrainingConfig(kind=kind), on_progress=seen.append)
    reported = {(one.step, one.loss, one.val_loss) for one in seen}
    assert model.history
    assert {(epoch.epoch, epoch.loss, epoch.val_loss) for epoch in model.history} <= reported
    assert all(0 <= one.step <= one.steps for one in seen)
    if kind != "popularity":
        assert all(epoch.val_loss is not None for epoch in model.history)


def stop_at(count: int) -> Callable[[Progress], bool]:
    left = iter(range(count))
    return lambda _: next(left, None) is not None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reports", [0, 1])
def test_a_training_can_be_cancelled_at_any_report(kind: Kind, reports: int) -> None:
    with pytest.raises(TrainingCancelled):
        train(checkerboard(), config=TrainingConfig(kind=kind), on_progress=stop_at(reports))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rating", [np.nan, np.inf])
def test_a_rating_that_is_no_number_is_never_trained_on(kind: Kind, rating: float) -> None:
    broken = pd.concat([checkerboard(), frame([(1, 1, rating, 1)])], ignore_index=True)
    with pytest.raises(InvalidDataError, match=f"'rating', row 3205: {rating} is not"):
        train(broken, config=TrainingConfig(kind=kind))


def test_a_training_that_diverges_says_so() -> None:
    config = replace(TrainingConfig.notebook(), network=NetworkConfig(learning_rate=1e38))
    with pytest.raises(NonFiniteLossError) as caught:
        train(checkerboard(), config=config)
    assert caught.value.stage == "network"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_cannot_be_trained_on(kind: Kind) -> None:
    with pytest.raises(NotEnoughDataError):
        train(frame([]), config=TrainingConfig(kind=kind))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "ratings",
    [
        frame([(1, 5, 4.0, 1)]),
        frame([(1, 5, 4.0, 1), (1, 6, 4.0, 2)]),
        frame([(user, 5, 1.0, 1) for user in range(30)]),
        ladder(20),
        random_ratings(3, users=4, movies=3, ratings=9),
    ],
    ids=["one rating", "one user", "one disliked film", "all the same stars", "hardly any"],
)
def test_tiny_tables_train(kind: Kind, ratings: pd.DataFrame) -> None:
    model = train(ratings, config=TrainingConfig(kind=kind))
    low, high = model.rating_range
    if not model.config.implicit:
        stars, deviation = model.predict({5: 4.0, 10: 4.0}, model.movie_ids, return_std=True)
        assert ((stars >= low) & (stars <= high)).all()
        assert np.isfinite(deviation).all()
    assert model.config.implicit == (kind == "factors" and ratings["rating"].nunique() == 1)
    assert len(model.recommend({})) == min(10, len(model.movie_ids))


def test_films_nobody_rated_are_known_with_a_prior() -> None:
    movies = pd.DataFrame({"movie_id": [2000, 1000], "title": "x", "year": 1999, "genres": "Drama"})
    for kind in KINDS:
        model = train(checkerboard(), movies, config=TrainingConfig(kind=kind))
        assert model.knows(2000)
        assert model.support(2000) == 0
        assert 1.0 < model.predict(PROFILE, [2000])[0] < 5.0
        assert model.recommend(PROFILE, 100)[-1].movie_id == 2000


def test_popularity_counts_ratings_and_breaks_ties_by_id() -> None:
    ratings = frame([(1, 9, 1, 0), (2, 9, 1, 0), (1, 8, 5, 0), (1, 7, 5, 0), (2, 7, 1, 0), (3, 6, 5, 0)])
    model = train(ratings, config=TrainingConfig.popularity())
    assert [one.movie_id for one in model.recommend({})] == [7, 9, 6, 8]
    assert [one.movie_id for one in model.recommend({9: 5.0, 1: 3.0})] == [7, 6, 8]


def test_model_describes_itself(board: Recommender) -> None:
    assert board.config == TrainingConfig()
    assert board.counts == {"users": 80, "movies": 60, "ratings": len(checkerboard())}
    assert board.rating_range == (1.0, 5.0)
    assert board.movie_ids.tolist() == list(range(1000, 1060))
    assert board.knows(1000)
    assert not board.knows(7)
    assert board.support(1000) == int((checkerboard()["movie_id"] == 1000).sum())
