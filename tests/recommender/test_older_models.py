"""Model folders that earlier versions wrote are read and used; they lie in `models`, made from an invented world."""

import json
from pathlib import Path

import numpy as np
import pytest

from recommender import Recommender
from tests.recommender.test_reranker_training import WATCHED

FORMAT_3 = Path(__file__).parent / "models" / "format-3"
"""Before dislikes had inputs of their own: a re-ranker of 24 features, and nothing of series."""

FORMAT_4 = Path(__file__).parent / "models" / "format-4"
"""Before films had an expected support."""

FORMAT_5 = Path(__file__).parent / "models" / "format-5"
"""Before lists looked at what was rated last."""

FOLDERS = pytest.mark.parametrize("folder", [FORMAT_3, FORMAT_4, FORMAT_5], ids=["3", "4", "5"])

LISTED_THEN = {
    FORMAT_3: {3071, 2071, 3016, 3057, 3037, 2057, 2037, 2016, 3069, 3027},
    FORMAT_4: {3074, 3057, 2014, 2071, 2041, 2074, 2044, 3037, 2073, 3071},
    FORMAT_5: {3074, 3016, 2057, 3057, 3058, 2037, 2071, 2074, 3037, 3071},
}
"""By the versions that wrote them, for WATCHED."""


@FOLDERS
def test_an_older_model_answers_everything(folder: Path) -> None:
    model = Recommender.load(folder)
    listed = model.recommend(WATCHED)
    assert len({one.movie_id for one in model.recommend(WATCHED, 20)} & LISTED_THEN[folder]) >= 8
    assert model.recommend_batch([WATCHED])[0].tolist() == [one.movie_id for one in listed]
    assert model.rank(WATCHED, listed[4].movie_id) == 5
    made = model.explain(WATCHED, listed[0].movie_id)
    assert np.isclose(made.base + sum(reason.contribution for reason in made.reasons), made.linear)
    assert len(model.similar(listed[0].movie_id)) == 10
    assert len(model.recommend({})) == len(model.recommend({2000: 1.0})) == 10


@FOLDERS
def test_stars_given_later_move_its_films(folder: Path) -> None:
    model = Recommender.load(folder)
    rare = min(model.movie_ids.tolist(), key=model.support)
    before = model.predict({}, [rare])
    assert model.predict({}, [rare], film_stars={rare: (3.0, 3)}) < before


@FOLDERS
def test_it_is_written_in_the_format_of_today(folder: Path, tmp_path: Path) -> None:
    model = Recommender.load(folder)
    model.save(tmp_path)
    assert json.loads((tmp_path / "card.json").read_text("utf-8"))["format"] == 6
    assert Recommender.load(tmp_path).recommend(WATCHED) == model.recommend(WATCHED)
