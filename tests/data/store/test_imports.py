"""Imports: what they write, and what is kept of them. How they are taken back: `test_journal.py`."""

import pytest

from data.store import Incoming, Store
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


async def test_an_import_is_written_once(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 1.0)], at=3)
    import_id = await written(store, ann)
    assert await rows(store, ann) == (RatingRow(CASINO, 2.0, 6), RatingRow(HEAT, 4.0, 5))
    assert await store.shelves.of(ann, "watchlist") == (ShelvedFilm(ALIEN, 7),)
    stored = await store.imports.get(import_id)
    assert stored is not None
    assert (stored.state, stored.plan, stored.ratings, stored.shelved) == ("written", None, 2, 2)
    assert await store.imports.write(import_id, ann, FILMS, at=300) is None


async def test_shelved_films_that_were_there_before_stay(store: Store, ann: int) -> None:
    await shelve(store, ann, "watchlist", [ALIEN], 1)
    import_id = await written(store, ann)
    entry_id = await store.journal.entry_of_import(ann, import_id)
    assert entry_id is not None
    await store.journal.undo(ann, entry_id)
    assert await store.shelves.of(ann, "watchlist") == (ShelvedFilm(ALIEN, 1),)


async def test_a_film_stays_on_the_shelf_it_is_on_and_is_hidden_if_it_comes_for_both(store: Store, ann: int) -> None:
    await shelve(store, ann, "hidden", [ALIEN], 1)
    both = Incoming([], watchlist=[(ALIEN, 5), (HEAT, 5), (CASINO, 5)], hidden=[(CASINO, 6)])
    import_id = await store.imports.create(ann, "marquee", "{}", at=50)
    assert await store.imports.write(import_id, ann, both, at=60) == Written(2, 0, 2)
    assert await store.shelves.of(ann, "watchlist") == (ShelvedFilm(HEAT, 5),)
    assert await store.shelves.of(ann, "hidden") == (ShelvedFilm(CASINO, 6), ShelvedFilm(ALIEN, 1))


async def test_what_was_seen_has_no_stars_and_leaves_the_watchlist(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 1.0)], at=3)
    await shelve(store, ann, "watchlist", [ALIEN], 1)
    await shelve(store, ann, "hidden", [7], 1)
    await shelve(store, ann, "seen", [8], 1)
    seen = [(one, 9) for one in (HEAT, CASINO, ALIEN, 7, 11, 12)]
    import_id = await written(
        store, ann, Incoming([(CASINO, 2.0, 6), (8, 3.0, 6)], watchlist=[(11, 4)], hidden=[(12, 4)], seen=seen)
    )
    shelved = (await store.ratings.with_shelves(ann))[1]
    assert shelved == {ALIEN: "seen", 7: "hidden", 11: "seen", 12: "hidden"}
    stored = await store.imports.get(import_id)
    assert stored is not None
    assert (stored.ratings, stored.shelved) == (2, 3)
    entry = await store.journal.newest(ann)
    assert entry is not None
    await store.journal.undo(ann, entry.entry_id)
    assert (await store.ratings.with_shelves(ann)) == ({HEAT: 1.0}, {ALIEN: "watchlist", 7: "hidden", 8: "seen"})


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
