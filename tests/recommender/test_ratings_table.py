"""What may come in at the door, under which names, and what is told of the rest."""

from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from recommender import (
    Columns,
    DamagedModelError,
    InvalidDataError,
    ModelNotFoundError,
    NoStarsError,
    NotEnoughDataError,
    Recommender,
    TrainingConfig,
    UnknownMovieError,
    evaluate,
    train,
)
from recommender.checkpoint import TENSORS
from recommender.config import IMPLICIT, RankingConfig
from recommender.interactions import newest_only
from recommender.ratings_table import read_tables
from tests.recommender.worlds import EVEN, ODD, PREQUELS, checkerboard, serials

FAST = TrainingConfig.fast()
MINE = Columns(user="reader", item="book", rating="grade", timestamp="day")


def as_text(movie_id: int) -> str:
    return f"tt{movie_id}"


def as_tuple(movie_id: int) -> tuple[str, int]:
    return ("film", movie_id)


def renamed(make_id: Any) -> pd.DataFrame:
    """The checkerboard under other names and ids."""
    table = checkerboard().rename(
        columns={"user_id": "reader", "movie_id": "book", "rating": "grade", "timestamp": "day"}
    )
    return table.assign(reader=[f"u{one:04}" for one in table["reader"]], book=[make_id(one) for one in table["book"]])


@pytest.mark.parametrize("make_id", [as_text, as_tuple])
@pytest.mark.parametrize("config", [FAST, TrainingConfig.popularity(), TrainingConfig.notebook()], ids=lambda c: c.kind)
def test_a_model_answers_in_the_ids_of_its_table(make_id: Any, config: TrainingConfig, tmp_path: Path) -> None:
    trained, numbered = train(renamed(make_id), columns=MINE, config=config), train(checkerboard(), config=config)
    trained.save(tmp_path)
    told = {1000: 5.0, 1002: 5.0, 1001: 1.0}
    asked = {make_id(movie_id): stars for movie_id, stars in told.items()}
    for model in (trained, Recommender.load(tmp_path)):
        assert model.movie_ids.tolist() == [make_id(movie_id) for movie_id in sorted([*EVEN, *ODD])]
        listed = model.recommend(asked)
        assert [one.movie_id for one in listed] == [make_id(one.movie_id) for one in numbered.recommend(told)]
        assert {reason.movie_id for one in listed for reason in one.reasons} <= set(asked)
        assert model.predict(asked, [make_id(1004)]) == pytest.approx(numbered.predict(told, [1004]))
        assert [one.movie_id for one in model.similar(make_id(1004))] == [
            make_id(one.movie_id) for one in numbered.similar(1004)
        ]
        assert model.explain(asked, make_id(1004)).movie_id == make_id(1004)
        assert model.knows(make_id(1000))
        assert not model.knows(1000)
        batch = model.recommend_batch([asked], 58)
        assert batch.dtype == object
        assert batch[0, 56] is not None
        assert batch[0, 57] is None
        with pytest.raises(UnknownMovieError, match="1004"):
            model.similar(1004)
    if trained.trained_users is not None:
        assert trained.trained_users.knows("u0005")


def test_whole_numbers_make_the_same_file_whatever_they_come_in(tmp_path: Path) -> None:
    table = checkerboard()
    smaller = table.astype({"user_id": "uint16", "movie_id": "int32", "rating": "float32", "timestamp": "uint32"})
    nullable = table.astype({"user_id": "Int64", "movie_id": object, "rating": "Float64"})
    for name, some in (("contract", table), ("smaller", smaller), ("nullable", nullable)):
        train(some, config=FAST).save(tmp_path / name)
    files = {(tmp_path / name / TENSORS).read_bytes() for name in ("contract", "smaller", "nullable")}
    assert len(files) == 1


def test_a_catalogue_has_the_ids_of_the_ratings() -> None:
    movies = pd.DataFrame({"book": ["tt1", "tt1000"], "year": [1990, 2000], "genres": ["Drama", ""]})
    model = train(renamed(as_text), movies, columns=MINE, config=FAST)
    assert model.knows("tt1")
    assert model.support("tt1") == 0
    with pytest.raises(InvalidDataError, match="'book', row 0: 1 is not an id as those of the ratings are"):
        train(renamed(as_text), movies.assign(book=[1, 1000]), columns=MINE, config=FAST)


def test_ids_that_cannot_be_kept_are_told_when_saving(tmp_path: Path) -> None:
    table = checkerboard().assign(movie_id=lambda frame: [frozenset([one]) for one in frame["movie_id"]])
    model = train(table, config=TrainingConfig.popularity())
    assert isinstance(model.recommend({})[0].movie_id, frozenset)
    with pytest.raises(TypeError, match="whole numbers, text and tuples"):
        model.save(tmp_path)


def test_without_times_of_a_repeated_rating_the_last_row_counts() -> None:
    table = checkerboard()
    twice = pd.concat([table, table.head(1).assign(rating=3.0)]).drop(columns="timestamp")
    read = newest_only(read_tables(twice).ratings)
    assert len(read) == len(table)
    assert read["rating"].iloc[-1] == 3.0


def test_without_times_the_order_of_the_rows_is_none_of_the_histories() -> None:
    """Most tables without times are sorted by id: who learned from their order would recommend higher ids."""
    table = serials()
    untimed = table.sort_values(["user_id", "movie_id"]).drop(columns="timestamp")
    drawn = untimed.assign(timestamp=np.random.default_rng(TrainingConfig().seed).permutation(len(untimed)))
    one, other = (train(some).recommend_batch([{PREQUELS[0]: 5.0}]).tolist() for some in (untimed, drawn))
    assert one == other


@pytest.mark.parametrize("zone", [None, "Europe/Zurich"])
def test_dates_are_times(zone: str | None) -> None:
    table = checkerboard()
    dated = table.assign(timestamp=pd.to_datetime(table["timestamp"], unit="s", utc=zone is not None))
    if zone is not None:
        dated["timestamp"] = dated["timestamp"].dt.tz_convert(zone)
    assert read_tables(dated).ratings["timestamp"].tolist() == table["timestamp"].tolist()


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("rating", np.nan, "a finite number"),
        ("rating", np.inf, "a finite number"),
        ("rating", 1e300, "a finite number"),
        ("rating", "4.5", "a finite number"),
        ("rating", True, "a finite number"),
        ("rating", None, "a finite number"),
        ("user_id", 1.0, "an id"),
        ("user_id", np.nan, "an id"),
        ("movie_id", 7.5, "an id"),
        ("movie_id", False, "an id"),
        ("movie_id", None, "an id"),
        ("movie_id", ["a", "list"], "an id"),
        ("timestamp", "yesterday", "a time"),
        ("timestamp", np.nan, "a time"),
        ("timestamp", True, "a time"),
    ],
)
def test_the_first_value_that_makes_no_sense_is_told(column: str, value: Any, expected: str) -> None:
    table = checkerboard().head(20)
    values = table[column].astype(object).tolist()
    values[13] = value
    with pytest.raises(InvalidDataError) as caught:
        train(table.assign(**{column: pd.Series(values, dtype=object)}), config=FAST)
    error = caught.value
    assert (error.column, error.row) == (column, 13)
    assert str(error).startswith(f"column {column!r}, row 13: ")
    assert expected in str(error)
    assert isinstance(error, ValueError)


@pytest.mark.parametrize(
    ("column", "dtype"), [("user_id", "float64"), ("movie_id", "float32"), ("movie_id", "bool"), ("rating", "bool")]
)
def test_a_whole_column_of_the_wrong_type_is_told_by_its_first_row(column: str, dtype: str) -> None:
    with pytest.raises(InvalidDataError, match=f"column '{column}', row 0"):
        train(checkerboard().astype({column: dtype}), config=FAST)


def test_a_missing_value_among_whole_numbers_is_told() -> None:
    table = checkerboard().astype({"user_id": "Int64", "timestamp": "Int64"})
    for column in ("user_id", "timestamp"):
        broken = table.copy()
        broken.loc[4, column] = pd.NA
        with pytest.raises(InvalidDataError, match=f"column '{column}', row 4: <NA>|row 4: nan"):
            train(broken, config=FAST)


@pytest.mark.parametrize("column", ["user_id", "movie_id"])
def test_a_column_that_must_be_there_is_named(column: str) -> None:
    with pytest.raises(InvalidDataError, match=f"column '{column}' is not among the columns"):
        train(checkerboard().drop(columns=column), config=FAST)


@pytest.mark.parametrize("name", ["rating", "timestamp"])
def test_a_name_that_was_given_must_be_there(name: str) -> None:
    with pytest.raises(InvalidDataError, match="'stars' is not among"):
        train(checkerboard(), columns=replace(Columns(), **{name: "stars"}), config=FAST)


def test_an_empty_table_is_too_little() -> None:
    with pytest.raises(NotEnoughDataError):
        train(renamed(as_text).head(0), columns=MINE)


@pytest.mark.parametrize("make_id", [None, as_text])
def test_the_lists_of_all_users_are_a_table(make_id: Any) -> None:
    table, columns = (checkerboard(), Columns()) if make_id is None else (renamed(make_id), MINE)
    model = train(table, columns=columns, config=FAST)
    frame = model.recommend_frame(table, 4, columns=columns)
    users: list[Hashable] = sorted(set(table[columns.user]))
    assert list(frame) == [columns.user, columns.item, "rank", "score", "stars", "stars_sd", "support"]
    assert frame[columns.user].tolist() == [user for user in users for _ in range(4)]
    assert frame["rank"].tolist() == [1, 2, 3, 4] * len(users)
    rows = table[table[columns.user] == users[3]]
    listed = model.recommend(dict(zip(rows[columns.item], rows[columns.rating], strict=True)), 4)
    shown = frame[frame[columns.user] == users[3]]
    assert shown[columns.item].tolist() == [one.movie_id for one in listed]
    assert shown["stars"].tolist() == [one.stars for one in listed]
    with pytest.raises(InvalidDataError, match="learned from stars"):
        model.recommend_frame(table.drop(columns=columns.rating), columns=columns)


def test_no_model_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ModelNotFoundError, match="there is no model in"):
            Recommender.load(folder)
    train(checkerboard(), config=TrainingConfig.popularity()).save(tmp_path)
    (tmp_path / TENSORS).unlink()
    with pytest.raises(DamagedModelError) as caught:
        Recommender.load(tmp_path)
    assert not isinstance(caught.value, ModelNotFoundError)


def likes() -> pd.DataFrame:
    """The checkerboard's loved films, without a word of stars."""
    table = checkerboard()
    return table[table["rating"] == 5].drop(columns="rating")


@pytest.mark.parametrize(
    "table",
    [likes(), likes().assign(rating=5.0), likes().assign(rating=1)],
    ids=["no column", "five stars alone", "ones alone"],
)
def test_without_stars_every_interaction_counts_alike(table: pd.DataFrame, tmp_path: Path) -> None:
    trained = train(table, config=FAST)
    trained.save(tmp_path)
    for model in (trained, Recommender.load(tmp_path)):
        assert model.config.implicit
        assert repr(model).endswith("interactions>")
        listed = model.recommend({1000: 1, 1002: 1, 1004: 1})
        assert {one.movie_id % 2 for one in listed} == {0}
        assert np.isnan([one.stars for one in listed]).all()
        assert listed[0].reasons
        counted = model.recommend(dict.fromkeys([1000, 1002, 1004], 17))
        assert [(one.movie_id, one.score) for one in counted] == [(one.movie_id, one.score) for one in listed]
        with pytest.raises(NoStarsError, match="implicit"):
            model.predict({1000: 1}, [1002])
        with pytest.raises(NoStarsError, match="implicit"):
            model.explain({1000: 1}, 1002)
        assert len(model.recommend_frame(table, 3)) == 3 * table["user_id"].nunique()
    assert "interactions by 80 people" in (tmp_path / "CARD.md").read_text("utf-8")


def test_the_three_ways_to_say_it_are_one_model() -> None:
    models = [
        train(likes(), config=FAST),
        train(likes().assign(rating=5.0), config=FAST),
        train(
            likes().assign(rating=checkerboard()["rating"] + checkerboard().index % 3),
            config=replace(FAST, implicit=True),
        ),
    ]
    first, *others = [model.recommend_batch([{1000: 1.0, 1003: 1.0}], 30).tolist() for model in models]
    assert all(lists == first for lists in others)


def test_the_first_stage_has_its_values_for_implicit_feedback_unless_others_are_set() -> None:
    own = TrainingConfig(ranking=RankingConfig(damping=7.0)).as_implicit()
    assert own.implicit
    assert (own.ranking.damping, own.ranking.activity) == (7.0, IMPLICIT["activity"])
    assert TrainingConfig().as_implicit().ranking.damping == IMPLICIT["damping"]
    assert own.as_implicit() == own


def test_protocols_of_stars_need_stars() -> None:
    with pytest.raises(NoStarsError):
        evaluate(likes(), None, {})


def test_the_notebook_cannot_learn_without_stars() -> None:
    with pytest.raises(NoStarsError):
        train(likes(), config=TrainingConfig.notebook())


def test_popularity_needs_none() -> None:
    model = train(likes(), config=TrainingConfig.popularity())
    most = likes()["movie_id"].value_counts().max()
    assert model.recommend({})[0].support == most
    with pytest.raises(NoStarsError):
        model.predict({}, [1000])
