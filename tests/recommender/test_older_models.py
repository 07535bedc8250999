"""Model folders that earlier versions wrote are read and used; they lie in `models`, made from an invented world."""

import json
from pathlib import Path

import numpy as np

from recommender import Recommender
from tests.recommender.test_reranker_training import WATCHED

FORMAT_3 = Path(__file__).parent / "models" / "format-3"
"""Before dislikes had inputs of their own: a re-ranker of 24 features, and nothing of series."""

LISTED_THEN = {3071, 2071, 3016, 3057, 3037, 2057, 2037, 2016, 3069, 3027}
"""By the version that wrote it, for WATCHED."""


def test_a_model_of_format_3_answers_everything() -> None:
    model = Recommender.load(FORMAT_3)
    listed = model.recommend(WATCHED)
    assert len({one.movie_id for one in model.recommend(WATCHED, 20)} & LISTED_THEN) >= 8
    assert model.recommend_batch([WATCHED])[0].tolist() == [one.movie_id for one in listed]
    assert model.rank(WATCHED, listed[4].movie_id) == 5
    made = model.explain(WATCHED, listed[0].movie_id)
    assert np.isclose(made.base + sum(reason.contribution for reason in made.reasons), made.linear)
    assert len(model.similar(listed[0].movie_id)) == 10
    assert len(model.recommend({})) == len(model.recommend({2000: 1.0})) == 10


def test_it_is_written_in_the_format_of_today(tmp_path: Path) -> None:
    model = Recommender.load(FORMAT_3)
    model.save(tmp_path)
    assert json.loads((tmp_path / "card.json").read_text("utf-8"))["format"] == 5
    assert Recommender.load(tmp_path).recommend(WATCHED) == model.recommend(WATCHED)
