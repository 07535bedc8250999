import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import NotEnoughDataError, RecommenderError
from recommender.interactions import Interactions, newest_only
from tests.recommender.worlds import frame


def test_ids_with_gaps_become_dense_indices() -> None:
    data = Interactions.from_frame(frame([(900, 50, 4, 1), (7, 3, 2, 2), (900, 3, 5, 3)]))
    assert data.users.ids.tolist() == [7, 900]
    assert data.user_idx.tolist() == [1, 0, 1]
    assert data.movie_idx.tolist() == [1, 0, 0]
    assert data.support.tolist() == [2, 1]
    assert data.rating_range == (2.0, 5.0)


def test_ratings_in_the_order_they_were_given() -> None:
    data = Interactions.from_frame(frame([(2, 1, 4, 30), (1, 2, 4, 9), (2, 3, 4, 10), (1, 4, 4, 9), (2, 5, 4, 20)]))
    assert data.chronological().tolist() == [1, 3, 2, 4, 0]  # equal times by place


def test_known_films_are_those_of_both_tables() -> None:
    movies = pd.DataFrame({"movie_id": [9, 1], "title": "x", "year": 2000, "genres": ""})
    data = Interactions.from_frame(frame([(1, 5, 4, 1)]), movies)
    assert data.movies.ids.tolist() == [1, 5, 9]
    assert data.support.tolist() == [0, 1, 0]


def test_a_repeated_rating_keeps_the_newest() -> None:
    table = frame([(1, 5, 1, 30), (1, 5, 2, 10), (2, 5, 3, 5), (2, 5, 4, 5)])
    kept = newest_only(table)
    assert kept["rating"].tolist() == [1, 4]  # by time; for user 2, whose times are equal, by place


def test_a_table_without_repeats_is_not_copied() -> None:
    table = frame([(1, 5, 1, 30), (1, 6, 2, 10)])
    assert newest_only(table) is table


def test_nothing_to_train_on() -> None:
    with pytest.raises(NotEnoughDataError) as caught:
        Interactions.from_frame(frame([]))
    assert caught.value.ratings == 0


def test_a_missing_column_is_named() -> None:
    with pytest.raises(RecommenderError, match="timestamp"):
        Interactions.from_frame(frame([(1, 5, 1, 30)]).drop(columns="timestamp"))


@given(
    pairs=st.lists(
        st.tuples(st.sampled_from([-1, 1, 2, 2**33]), st.sampled_from([1, 2, 2**32, 2**32 + 1])),
        min_size=1,
        max_size=12,
    )
)
def test_repeats_are_found_whatever_the_ids(pairs: list[tuple[int, int]]) -> None:
    table = frame([(user, movie, 3.0, place) for place, (user, movie) in enumerate(pairs)])
    kept = newest_only(table)
    assert list(zip(kept["user_id"], kept["movie_id"], strict=True)) == [
        pair for place, pair in enumerate(pairs) if pair not in pairs[place + 1 :]
    ]
