"""Imports as one: what they write, what they take back, and what is kept of them."""

import pytest

from data.store import Incoming, LastWasImportError, Store
from data.store.errors import WriteSupersededError
from data.store.imports import Written
from data.store.ratings import RatingRow
from data.store.shelves import ShelvedFilm
from tests.shelved import shelve

HEAT, CASINO, ALIEN = 6, 16, 26
FILMS = Incoming([(HEAT, 4.0, 5), (CASINO, 2.0, 6)], watchlist=[(ALIEN, 7)], hidden=[(HEAT, 8)])


async def rows(store: Store, user_id: int) -> tuple[RatingRow, ...]:
    return await store.ratings.rows_of(user_id, order="newest", limit=9, offset=0)


async def written(store: Store, user_id: int, incoming: Incoming = FILMS, at: int = 100) -> int:
    import_id = await store.imports.create(user_id, "imdb", '{"a": [0]}', at)
    assert await store.imports.write(import_id, user_id, incoming, at) is not None
    return import_id


async def test_an_import_is_written_and_taken_back_as_one(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 1.0)], at=3)
    import_id = await written(store, ann)
    assert await rows(store, ann) == (RatingRow(CASINO, 2.0, 6), RatingRow(HEAT, 4.0, 5))
    assert await store.shelves.of(ann, "watchlist") == (ShelvedFilm(ALIEN, 7),)
    stored = await store.imports.get(import_id)
    assert stored is not None
    assert (stored.state, stored.plan, stored.ratings, stored.shelved) == ("written", None, 2, 2)
    assert await store.imports.undo(import_id, ann, at=200) == Written(2, 2)
    assert await rows(store, ann) == (RatingRow(HEAT, 1.0, 3),)
    assert await store.shelves.of(ann, "hidden") == ()
    assert await store.imports.undo(import_id, ann, at=300) is None
    assert await store.imports.write(import_id, ann, FILMS, at=300) is None


async def test_shelved_films_that_were_there_before_stay(store: Store, ann: int) -> None:
    await shelve(store, ann, "watchlist", [ALIEN], 1)
    import_id = await written(store, ann)
    await store.imports.undo(import_id, ann, at=200)
    assert await store.shelves.of(ann, "watchlist") == (ShelvedFilm(ALIEN, 1),)


async def test_a_film_stays_on_the_shelf_it_is_on_and_is_hidden_if_it_comes_for_both(store: Store, ann: int) -> None:
    await shelve(store, ann, "hidden", [ALIEN], 1)
    both = Incoming([], watchlist=[(ALIEN, 5), (HEAT, 5), (CASINO, 5)], hidden=[(CASINO, 6)])
    import_id = await store.imports.create(ann, "marquee", "{}", at=50)
    assert await store.imports.write(import_id, ann, both, at=60) == Written(0, 2)
    assert await store.shelves.of(ann, "watchlist") == (ShelvedFilm(HEAT, 5),)
    assert await store.shelves.of(ann, "hidden") == (ShelvedFilm(CASINO, 6), ShelvedFilm(ALIEN, 1))


async def test_changed_since_and_changed_back(store: Store, ann: int) -> None:
    import_id = await written(store, ann)
    await store.ratings.unrate(ann, HEAT, at=101)
    (later,) = await store.ratings.rate(ann, [(CASINO, 5.0)], at=102)
    await store.ratings.undo(ann, later.write_id, at=103)  # stands again as it was imported
    assert await store.imports.undo(import_id, ann, at=200) == Written(1, 2, left=1)
    assert await rows(store, ann) == ()


async def test_one_write_of_an_import_is_no_last_write(store: Store, ann: int, bob: int) -> None:
    await store.ratings.rate(ann, [(ALIEN, 1.0)], at=3)
    import_id = await written(store, ann)
    with pytest.raises(LastWasImportError) as caught:
        await store.ratings.undo_last(ann, at=150)
    assert caught.value.import_id == import_id
    assert await store.ratings.undo_last(bob, at=150) is None
    await store.imports.undo(import_id, ann, at=200)
    undone = await store.ratings.undo_last(ann, at=250)
    assert undone is not None
    assert undone.movie_id == ALIEN


async def test_an_older_write_is_not_undone_over_an_import(store: Store, ann: int) -> None:
    (first,) = await store.ratings.rate(ann, [(HEAT, 1.0)], at=3)
    import_id = await written(store, ann)
    with pytest.raises(WriteSupersededError):
        await store.ratings.undo(ann, first.write_id, at=150)
    await store.imports.undo(import_id, ann, at=160)
    await store.ratings.undo(ann, first.write_id, at=170)
    assert await rows(store, ann) == ()


async def test_an_open_plan_takes_answers_and_a_closed_one_none(store: Store, ann: int) -> None:
    import_id = await store.imports.create(ann, "imdb", '{"a": [{"b": 1}]}', 1)
    assert await store.imports.set_in_plan(import_id, "$.a[0].b", 7)
    stored = await store.imports.get(import_id)
    assert stored is not None
    assert stored.plan == '{"a":[{"b":7}]}'
    assert await store.imports.cancel(import_id)
    assert not await store.imports.cancel(import_id)
    assert not await store.imports.set_in_plan(import_id, "$.a[0].b", 8)


async def test_a_failing_import_writes_nothing(store: Store, ann: int) -> None:
    import_id = await store.imports.create(ann, "imdb", "{}", 1)
    with pytest.raises(Exception, match="CHECK"):
        await store.imports.write(import_id, ann, Incoming([(HEAT, 4.0, 5), (CASINO, 9.0, 6)]), at=2)
    stored = await store.imports.get(import_id)
    assert stored is not None
    assert stored.state == "open"
    assert await rows(store, ann) == ()


async def test_pruning_forgets_open_plans_only(store: Store, ann: int, bob: int) -> None:
    kept = await written(store, ann, at=10)
    open_one = await store.imports.create(bob, "imdb", "{}", 10)
    assert await store.imports.prune(10) == 0
    assert await store.imports.prune(11) == 1
    assert await store.imports.get(open_one) is None
    assert await store.imports.get(kept) is not None
