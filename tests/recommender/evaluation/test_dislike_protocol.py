from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from recommender import TrainingConfig
from recommender.evaluation.contenders import Configured, Profiles
from recommender.evaluation.dislike_protocol import protocol_d
from recommender.evaluation.evaluate import rated_catalogue
from recommender.vocabulary import IndexArray
from tests.recommender.worlds import checkerboard, frame, random_ratings

EVEN, ODD = range(100, 160, 2), range(101, 161, 2)
CASES = ["none", "6 dislikes", "3 likes", "3 likes + 6 dislikes"]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Lists films of the even kind first to whoever likes a film, else those of the odd kind."""

    def fit(self, ratings: pd.DataFrame, catalogue: pd.DataFrame) -> "Kinds":
        return self

    def lists(self, user_ids: Sequence[int], profiles: Profiles, n: int) -> IndexArray:
        rows = []
        for profile in profiles:
            likes = any(rating >= 4 for rating in profile.values())
            films = [*EVEN, *ODD] if likes else [*ODD, *EVEN]
            rows.append([movie_id for movie_id in films if movie_id not in profile][:n])
        return np.array(rows)

    def stars(self, test: pd.DataFrame, profiles: Mapping[int, Mapping[int, float]]) -> None:
        return None


def test_everything_by_hand() -> None:
    """Everybody likes the even films and dislikes the odd ones."""
    rows = [
        (user, movie_id, 5.0 if movie_id % 2 == 0 else 1.0, movie_id)
        for user in range(12)
        for movie_id in (*EVEN, *ODD)
    ]
    ratings = frame(rows)
    figures = protocol_d(Kinds(), ratings, rated_catalogue(ratings, None))
    assert (figures["users"], figures["folds"]) == (6, 3)
    assert figures["ndcg@10"] == pytest.approx(dict(zip(CASES, [0, 0, 1, 1], strict=True)))
    assert figures["disliked_share"] == dict(zip(CASES, [1, 1, 0, 0], strict=True))
    assert figures["gain"] == 1
    assert figures["flipped_overlap"] == 0


def test_likes_tell_what_will_be_disliked() -> None:
    ratings = checkerboard()
    figures = protocol_d(Configured(TrainingConfig.fast()), ratings, rated_catalogue(ratings, None))
    assert figures["ndcg@10"]["3 likes"] > figures["ndcg@10"]["none"]
    assert figures["disliked_share"]["3 likes"] < figures["disliked_share"]["none"]


def test_the_told_films_are_listed_in_no_case() -> None:
    ratings = random_ratings(1, users=40, movies=60, ratings=2000)
    figures = protocol_d(Configured(TrainingConfig.popularity()), ratings, rated_catalogue(ratings, None))
    assert len(set(figures["ndcg@10"].values())) == len(set(figures["disliked_share"].values())) == 1
    assert (figures["gain"], figures["flipped_overlap"]) == (1, 10)


def test_without_people_who_dislike() -> None:
    ratings = random_ratings(2, users=5, movies=20, ratings=60)
    figures = protocol_d(Kinds(), ratings, rated_catalogue(ratings, None))
    assert figures == {"ndcg@10": {}, "users": 0, "folds": 0}
