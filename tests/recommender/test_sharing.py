import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.errors import NotEnoughDataError
from recommender.sharing import share_of
from tests.recommender.worlds import frame, random_ratings


@given(users=st.lists(st.integers(0, 40), min_size=60, max_size=200), size=st.integers(1, 4))
def test_the_shares_together_are_the_table_by_user(users: list[int], size: int) -> None:
    table = frame((user, 7 + place, 3.0, place) for place, user in enumerate([*users, *range(30)]))
    try:
        shares = [share_of(table, rank, size) for rank in range(size)]
    except NotEnoughDataError:
        return  # one user has so many ratings that somebody would have none
    if size > 1:
        together = pd.concat(shares)
        assert together.equals(table.sort_values("user_id", kind="stable"))
    owners = [set(share["user_id"]) for share in shares]
    assert sum(map(len, owners)) == table["user_id"].nunique()


def test_shares_are_about_equal() -> None:
    table = random_ratings(0, users=200, movies=50, ratings=5000)
    sizes = [len(share_of(table, rank, 4)) for rank in range(4)]
    assert np.ptp(sizes) < 60
    assert sum(sizes) == 5000


def test_nobody_trains_on_nothing() -> None:
    table = frame([(1, 10 + movie, 3.0, 0) for movie in range(50)])
    with pytest.raises(NotEnoughDataError):
        share_of(table, 0, 2)
