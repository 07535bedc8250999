import json

import pandas as pd
import pytest

from recommender import Progress, TrainingCancelled, TrainingConfig
from recommender.evaluation import Ease, evaluate
from recommender.evaluation.evaluate import rated_catalogue
from tests.recommender.worlds import checkerboard, frame, random_ratings

MOVIES = pd.DataFrame(
    {"movie_id": [*range(1000, 1060), 7], "title": "x", "year": 2000, "genres": [*["Even", "Odd"] * 30, "None"]}
)


def test_everything_is_one_json_object() -> None:
    models = {"default": TrainingConfig(), "notebook": TrainingConfig.notebook(), "ease": Ease(10.0)}
    result = json.loads(json.dumps(evaluate(checkerboard(), MOVIES, models, seeds=(1, 2))))
    assert result["seeds"] == [1, 2]
    protocols = result["protocols"]
    everybody = {"default", "notebook", "ease", "popularity", "bias"}
    assert set(protocols["K"]) == set(protocols["N"]) == everybody
    assert set(protocols["R"]) == everybody - {"ease"}  # it predicts no stars
    assert {"rmse", "mae", "seconds", "peak_mb"} <= set(protocols["R"]["default"])
    assert {
        "ndcg@10", "recall@10", "hit@10", "map@10", "coverage@10", "mean_popularity_rank", "rare_share",
        "intra_list_diversity", "genre_calibration", "temporal_rmse", "ms_per_list", "seconds", "peak_mb",
    } <= set(protocols["K"]["default"])  # fmt: skip
    assert set(protocols["N"]["default"]["ndcg@10"]) == {"0", "1", "3", "5", "10", "20", "mean"}


def test_who_knows_tastes_wins_where_tastes_are_all_there_is() -> None:
    protocols = evaluate(checkerboard(), MOVIES, {"default": TrainingConfig()}, seeds=(42,))["protocols"]
    assert protocols["R"]["default"]["rmse"] < 0.5 < protocols["R"]["bias"]["rmse"]
    for protocol in ("K", "N"):
        ours, popular = (protocols[protocol][name]["ndcg@10"] for name in ("default", "popularity"))
        assert (ours["mean"] if protocol == "N" else ours) > (popular["mean"] if protocol == "N" else popular)
    assert protocols["K"]["default"]["genre_calibration"] is not None


def test_only_what_is_asked_for_is_run() -> None:
    assert set(evaluate(checkerboard(), None, {}, protocols=("K",))["protocols"]) == {"K"}
    with pytest.raises(ValueError, match="X"):
        evaluate(checkerboard(), None, {}, protocols=("X",))


def test_a_repeated_rating_is_tested_once() -> None:
    ratings = checkerboard()
    outdated = ratings.assign(rating=3.0, timestamp=-1)
    both = pd.concat([outdated, ratings], ignore_index=True)
    once, twice = (evaluate(table, None, {}, protocols=("K",))["protocols"]["K"] for table in (ratings, both))
    assert once["popularity"]["ndcg@10"] == twice["popularity"]["ndcg@10"]


def test_small_tables_have_no_new_users() -> None:
    result = evaluate(random_ratings(0, users=6, movies=20, ratings=60), None, {})
    assert result["protocols"]["N"]["popularity"] == {"ndcg@10": {}, "users": 0}


def test_progress_counts_the_runs_and_can_stop_them() -> None:
    seen: list[Progress] = []
    evaluate(checkerboard(), None, {}, protocols=("R", "K"), seeds=(1,), on_progress=seen.append)
    assert [(one.stage, one.step, one.steps) for one in seen] == [
        ("R popularity", 0, 4),
        ("R bias", 1, 4),
        ("K popularity", 2, 4),
        ("K bias", 3, 4),
    ]
    with pytest.raises(TrainingCancelled):
        evaluate(checkerboard(), None, {}, on_progress=lambda _: False)


def test_the_catalogue_is_what_was_rated() -> None:
    catalogue = rated_catalogue(frame([(1, 1003, 4.0, 1), (1, 2000, 4.0, 1)]), MOVIES)
    assert catalogue["movie_id"].tolist() == [1003, 2000]
    assert catalogue["genres"].tolist()[0] == "Odd"
    assert rated_catalogue(frame([(1, 5, 4.0, 1)]), None)["genres"].tolist() == [""]
