"""What a model does with genres and series: lists, similar films and reasons; and a folder without them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recommender import DamagedModelError, Recommender, TrainingConfig, train
from recommender.metadata import Metadata
from recommender.vocabulary import Vocabulary
from tests.recommender.test_checkpoint import rewrite_tensors
from tests.recommender.worlds import EVEN, ODD, checkerboard, frame

SAGA = {1000: "Saga", 1002: "Saga 2", 1004: "Saga 3", 1006: "Saga 4"}
THIN, ALONE = 2000, 2002
"""Films with three ratings, by people who love even films, and with none; their genre is that of odd films."""

LOVES_EVEN = {1010: 5.0, 1012: 5.0, 1011: 1.0}


def films() -> pd.DataFrame:
    rows = [
        (movie_id, SAGA.get(movie_id, f"Film {chr(65 + place)}"), 1990 + place, genre)
        for movie_ids, genre in ((EVEN, "Drama|War"), (ODD, "Comedy|Crime"))
        for place, movie_id in enumerate(movie_ids)
    ]
    rows += [(THIN, "Thin", 2000, "Comedy|Crime"), (ALONE, "Alone", 2000, "Comedy|Crime")]
    return pd.DataFrame(rows, columns=["movie_id", "title", "year", "genres"])


@pytest.fixture(scope="module", params=[True, False], ids=["default", "fast"])
def model(request: pytest.FixtureRequest) -> Recommender:
    thin = frame((5 + 14 * user, THIN, 5.0, user) for user in range(1, 5))
    config = TrainingConfig() if request.param else TrainingConfig.fast()
    return train(pd.concat([checkerboard(), thin]), films(), config=config)


@pytest.fixture
def before(model: Recommender, tmp_path: Path) -> Recommender:
    """The same model in a folder of an earlier version, which kept no metadata."""
    model.save(tmp_path)

    def forget(tensors: dict[str, np.ndarray]) -> None:
        for name in [name for name in tensors if name.startswith("metadata.")]:
            del tensors[name]

    rewrite_tensors(tmp_path, forget)
    return Recommender.load(tmp_path)


@pytest.mark.parametrize("wishes", [{}, {"diversity": 0.2}, {"depth": 0.5}, {"depth": -0.5, "diversity": 0.2}])
@pytest.mark.parametrize("seen", [(), (1000,), (1002, 1004)])
def test_lists_name_the_parts_in_order(
    model: Recommender, wishes: dict[str, float], seen: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommender.series.REACH", 62)
    for ratings in ({**LOVES_EVEN, **dict.fromkeys(seen, 5.0)}, dict.fromkeys(seen, 1.0)):
        listed = [one.movie_id for one in model.recommend(ratings, 62, **wishes)]
        assert [one for one in listed if one in SAGA] == [one for one in SAGA if one not in seen]
        places = [model.rank(ratings, one, **wishes) for one in listed]
        assert places == list(range(1, len(listed) + 1))
        if not wishes:
            assert model.recommend_batch([ratings], len(listed))[0].tolist() == listed


def test_an_excluded_part_is_passed_over(model: Recommender) -> None:
    listed = [one.movie_id for one in model.recommend(LOVES_EVEN, 60, exclude=[1000])]
    assert [one for one in listed if one in SAGA] == [1002, 1004, 1006]
    within = [one.movie_id for one in model.recommend(LOVES_EVEN, candidates=[1006, 1002])]
    assert within == [1002, 1006]


def test_the_next_part_is_the_most_similar(model: Recommender) -> None:
    assert [one.movie_id for one in model.similar(1002)][:3] == [1004, 1000, 1006]
    assert [one.movie_id for one in model.similar(1006)][:3] == [1004, 1002, 1000]


@pytest.mark.parametrize("movie_id", [THIN, ALONE])
def test_a_film_few_have_rated_is_like_others_of_its_genres_and_time(model: Recommender, movie_id: int) -> None:
    near = [one.movie_id for one in model.similar(movie_id, 8)]
    assert set(near) <= {*ODD, THIN}
    assert np.mean([abs(films().set_index("movie_id")["year"][one] - 2000) for one in near]) < 8


def test_a_reason_is_liked_and_has_something_in_common(model: Recommender) -> None:
    ratings = {1010: 5.0, 1011: 5.0, 1012: 1.0, 1013: 1.0}
    reasons = {one.movie_id: [reason.movie_id for reason in one.reasons] for one in model.recommend(ratings, 40)}
    assert any(reasons.values())
    for movie_id, told in reasons.items():
        assert set(told) <= ({1010} if movie_id in EVEN else {1011})


def test_a_list_of_what_is_alien_to_the_profile_has_no_reasons(model: Recommender) -> None:
    listed = model.recommend({1010: 5.0, 1012: 5.0}, candidates=ODD)
    assert listed
    assert all(one.reasons == () for one in listed)


def test_what_most_films_are_is_nothing_in_common() -> None:
    genres = ["Drama|Romance", "Drama|War", "Drama|War|Crime", "Drama", "Drama", "Drama|Horror", "Drama|Crime", ""]
    catalogue = pd.DataFrame({"movie_id": range(8), "title": "", "year": 2000, "genres": genres})
    metadata = Metadata.of(catalogue, Vocabulary.of(np.arange(8)))
    shared = metadata.have_in_common(np.arange(8), np.arange(8))
    assert (shared == shared.T).all()
    akin = {(first, second) for first, second in np.argwhere(shared).tolist() if first < second}
    assert akin == {(1, 2), (2, 6), (3, 4)}


def test_where_all_films_are_of_one_genre_all_have_something_in_common() -> None:
    catalogue = pd.DataFrame({"movie_id": [1, 2], "title": "", "year": 2000, "genres": "Drama"})
    metadata = Metadata.of(catalogue, Vocabulary.of(np.array([1, 2])))
    assert metadata.have_in_common(np.arange(2), np.arange(2)).all()


def test_without_genres_all_films_have_something_in_common() -> None:
    model = train(checkerboard(), config=TrainingConfig.fast())
    assert all(one.reasons for one in model.recommend(LOVES_EVEN, 5))


def test_a_folder_of_before_serves(before: Recommender, model: Recommender) -> None:
    assert before.predict(LOVES_EVEN, EVEN).tolist() == model.predict(LOVES_EVEN, EVEN).tolist()
    listed = [one.movie_id for one in before.recommend(LOVES_EVEN, 60)]
    assert sorted(listed) == sorted(one.movie_id for one in model.recommend(LOVES_EVEN, 60))
    assert [one for one in listed if one not in SAGA] == [
        one.movie_id for one in model.recommend(LOVES_EVEN, 60) if one.movie_id not in SAGA
    ]
    assert before.recommend(LOVES_EVEN)[0].reasons
    assert {one.movie_id for one in before.similar(1020)} <= set(EVEN)


def test_a_loaded_model_knows_its_series(model: Recommender, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = Recommender.load(tmp_path)
    assert again.recommend(LOVES_EVEN) == model.recommend(LOVES_EVEN)
    assert again.similar(1002) == model.similar(1002)


@pytest.mark.parametrize("name", ["year", "genres", "series", "place"])
def test_metadata_of_other_films_is_refused(model: Recommender, tmp_path: Path, name: str) -> None:
    model.save(tmp_path)
    rewrite_tensors(tmp_path, lambda tensors: tensors.update({f"metadata.{name}": tensors[f"metadata.{name}"][1:]}))
    with pytest.raises(DamagedModelError):
        Recommender.load(tmp_path)
