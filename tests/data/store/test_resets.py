"""Forgetting all ratings at once, and bringing them back."""

from data.store import Store
from data.store.ratings import RatingRow
from data.store.resets import Forgotten
from data.store.writes import written_since


async def test_what_is_forgotten_comes_back_as_it_was(store: Store, ann: int, bob: int) -> None:
    (first, _) = await store.ratings.rate(ann, [(1, 4.0), (2, 3.0)], at=5)
    await store.ratings.rate(bob, [(1, 1.0)], at=5)
    assert await store.resets.forget(ann, at=9) == Forgotten(2, 9)
    assert await store.ratings.ratings_of(ann) == {}
    assert await store.ratings.ratings_of(bob) == {1: 1.0}
    assert await store.resets.last(ann) == Forgotten(2, 9)
    assert await store.resets.restore(bob, at=9) == 0
    assert await store.resets.restore(ann, at=9) == 2
    rows = await store.ratings.rows_of(ann, order="newest", limit=9, offset=0)
    assert rows == (RatingRow(1, 4.0, 5), RatingRow(2, 3.0, 5))
    assert await store.resets.last(ann) is None
    assert await store.resets.restore(ann, at=9) == 0
    await store.ratings.undo(ann, first.write_id, at=10)  # as if nothing had been forgotten
    assert await store.ratings.ratings_of(ann) == {2: 3.0}


async def test_films_rated_anew_since_keep_their_new_stars(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(1, 4.0), (2, 3.0)], at=5)
    await store.resets.forget(ann, at=9)
    await store.ratings.rate(ann, [(1, 1.0)], at=10)
    assert await store.resets.last(ann) is None  # the newest change was no removal
    assert await store.resets.restore(ann, at=9) == 1
    assert await store.ratings.ratings_of(ann) == {1: 1.0, 2: 3.0}


async def test_films_brought_back_one_by_one_do_not_come_twice(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(1, 4.0), (2, 3.0)], at=5)
    await store.resets.forget(ann, at=9)
    await store.ratings.undo(ann, 4, at=10)
    assert await store.ratings.ratings_of(ann) == {2: 3.0}
    assert await store.resets.last(ann) == Forgotten(1, 9)
    assert await store.resets.restore(ann, at=9) == 1
    assert await store.ratings.ratings_of(ann) == {1: 4.0, 2: 3.0}


async def test_nothing_to_forget(store: Store, ann: int) -> None:
    assert await store.resets.last(ann) is None
    assert await store.resets.forget(ann, at=9) == Forgotten(0, 9)
    assert await store.resets.last(ann) is None


async def test_forgetting_and_bringing_back_do_not_use_up_a_day_of_rating(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(1, 4.0), (2, 3.0)], at=5)
    await store.resets.forget(ann, at=9)
    await store.resets.restore(ann, at=9)
    assert await written_since(store._database, ann, 0) == 2
    await store.resets.forget(ann, at=11)
    assert await written_since(store._database, ann, 9) == 0
