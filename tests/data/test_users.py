"""What single users gave, read from the cached ratings."""

from pathlib import Path

import pyarrow as pa
import pytest

from data import Dataset, load_dataset
from data.dataset import RATINGS, RATINGS_SCHEMA
from data.errors import CorruptDatasetError
from data.users import Neighbour, nearest_users, ratings_of, stars_given, user_range
from tests.data.builders import write_csv


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return load_dataset(str(write_csv(tmp_path / "source")), tmp_path / "datasets")


def scatter(dataset: Dataset) -> None:
    """Write the same ratings in batches of two rows, the last first, so that no user stands in one place."""
    file = dataset.path / RATINGS
    table = pa.ipc.open_file(pa.OSFile(str(file))).read_all()
    with pa.ipc.new_file(str(file), RATINGS_SCHEMA) as writer:
        for start in (2, 6, 0, 4):
            writer.write_table(table.slice(start, 2), max_chunksize=2)


def test_the_ratings_of_one_user(dataset: Dataset) -> None:
    assert ratings_of(dataset, 1) == {1: 4.0, 3: 5.0}
    assert ratings_of(dataset, 7) == {99: 3.0}
    for nobody in (0, 5, 8, 2**31, 10**18):
        assert ratings_of(dataset, nobody) == {}


def test_the_first_rated_is_first(dataset: Dataset) -> None:
    file = dataset.path / RATINGS
    table = pa.ipc.open_file(pa.OSFile(str(file))).read_all()
    backwards = pa.array(range(len(table), 0, -1), RATINGS_SCHEMA.field("timestamp").type)
    with pa.ipc.new_file(str(file), RATINGS_SCHEMA) as writer:
        writer.write_table(table.set_column(RATINGS_SCHEMA.get_field_index("timestamp"), "timestamp", backwards))
    assert [*ratings_of(dataset, 1)] == [3, 1]


def test_a_file_need_not_be_grouped_by_user(dataset: Dataset) -> None:
    whole = {user: ratings_of(dataset, user) for user in (1, 2, 3, 4, 7)}
    scatter(dataset)
    assert {user: ratings_of(dataset, user) for user in whole} == whole
    assert user_range(dataset) == (1, 7)


def test_the_range_of_ids(dataset: Dataset) -> None:
    assert user_range(dataset) == (1, 7)


def test_the_nearest_are_those_who_agree_on_more(dataset: Dataset) -> None:
    near = nearest_users(dataset, {1: 4.0, 3: 5.0, 6: 1.0}, 10)
    assert near[:2] == (Neighbour(1, 2, 0.0), Neighbour(3, 1, 0.0))  # both agree fully, the first on two films
    assert {one.user_id for one in near} == {1, 2, 3, 4}  # user 7 has nothing in common
    assert near[-1] == Neighbour(4, 2, 2.0)
    assert nearest_users(dataset, {1: 4.0, 3: 5.0, 6: 1.0}, 1) == near[:1]


def test_nobody_is_near_to_films_nobody_rated(dataset: Dataset) -> None:
    assert nearest_users(dataset, {}, 3) == ()
    assert nearest_users(dataset, {4: 5.0, 10**9: 4.0}, 3) == ()


def test_each_film_weighs_the_same_in_the_shares_of_stars(dataset: Dataset) -> None:
    given = stars_given(dataset)
    alone = given.shares([1])  # 4, 3 and 5 stars
    assert alone == pytest.approx((0, 0, 0, 0, 0, 1 / 3, 0, 1 / 3, 0, 1 / 3))
    both = given.shares([1, 99, 4, 10**9])  # film 4 has no rating
    assert both == pytest.approx((0, 0, 0, 0, 0, 2 / 3, 0, 1 / 6, 0, 1 / 6))
    assert given.shares([4]) is None
    assert given.shares([]) is None


def test_who_gave_so_many_stars_or_more(dataset: Dataset) -> None:
    given = stars_given(dataset)
    assert given.at_least(4.0, [1, 4, 10**9]) == {1: 2, 4: 0}
    assert given.at_least(0.5, [1]) == {1: 3}
    assert given.at_least(5.0, []) == {}


def test_ratings_that_cannot_be_read_are_an_error_with_a_path(dataset: Dataset) -> None:
    (dataset.path / RATINGS).write_bytes(b"ARROW1 and then nothing of the kind")
    with pytest.raises(CorruptDatasetError, match="ratings"):
        ratings_of(dataset, 1)
    (dataset.path / RATINGS).unlink()
    with pytest.raises(CorruptDatasetError, match="ratings"):
        stars_given(dataset)
