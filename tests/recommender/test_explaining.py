"""Predicted stars taken apart, against a model of the same files that was read anew."""

import random
from pathlib import Path

import pytest

from recommender import Recommender, train
from tests.recommender.worlds import random_ratings

PAIRS = 1_000
USERS, FILMS = 120, 60


def test_base_and_contributions_are_the_stars_of_a_thousand_pairs(tmp_path: Path) -> None:
    """Within range to the last digits, and clipped exactly where the sum lies outside."""
    table = random_ratings(3, USERS, FILMS, 2_500)
    model = train(table)
    model.save(tmp_path)
    fresh = Recommender.load(tmp_path)
    low, high = model.rating_range
    of = {
        user: dict(zip(rows["movie_id"].tolist(), rows["rating"].tolist(), strict=True))
        for user, rows in table.groupby("user_id")
    }
    chance = random.Random(0)
    outside = 0
    for _ in range(PAIRS):
        ratings = dict(of[chance.choice(sorted(of))])
        if chance.random() < 0.2:  # somebody who overdoes it leaves the range
            ratings = dict.fromkeys(ratings, chance.choice([-3.5, 9.0]))
        movie_id = chance.choice(model.movie_ids.tolist())
        ratings.pop(movie_id, None)
        made = model.explain(ratings, movie_id)
        total = made.base + sum(reason.contribution for reason in made.reasons)
        assert {reason.movie_id for reason in made.reasons} == set(ratings)
        assert total == pytest.approx(made.linear, abs=1e-4)
        assert made.stars == pytest.approx(min(max(total, low), high), abs=1e-4)
        assert made.stars == pytest.approx(float(fresh.predict(ratings, [movie_id])[0]), abs=1e-4)
        outside += not low <= total <= high
    assert 0 < outside < PAIRS
