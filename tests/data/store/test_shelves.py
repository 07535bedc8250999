"""Shelves: a film moved by hand stands on one of them."""

from data.store import Spot, Store
from data.store.shelves import ShelvedFilm
from tests.shelved import shelve


async def test_films_come_back_the_newest_first(store: Store, ann: int, bob: int) -> None:
    await shelve(store, ann, "watchlist", [3, 1], 5)
    await shelve(store, ann, "watchlist", [1, 2], 7)
    assert await store.shelves.of(ann, "watchlist") == (ShelvedFilm(2, 7), ShelvedFilm(1, 5), ShelvedFilm(3, 5))
    assert await store.shelves.of(ann, "hidden") == await store.shelves.of(bob, "watchlist") == ()


async def test_a_film_moves_from_one_shelf_to_the_other(store: Store, ann: int) -> None:
    first = await store.shelves.move(ann, 1, "watchlist", 5)
    assert first is not None
    assert (first.before, first.after) == (None, Spot("watchlist", 5))
    assert await store.shelves.move(ann, 1, "watchlist", 6) is None
    second = await store.shelves.move(ann, 1, "hidden", 7)
    assert second is not None
    assert (second.before, second.after) == (Spot("watchlist", 5), Spot("hidden", 7))
    assert await store.shelves.of(ann, "watchlist") == ()
    assert await store.shelves.remove(ann, "watchlist", 1, 8) is None
    assert await store.shelves.remove(ann, "hidden", 1, 8) is not None
    assert await store.shelves.of(ann, "hidden") == ()


async def test_what_stands_otherwise_is_left(store: Store, ann: int) -> None:
    await store.shelves.move(ann, 1, "hidden", 7)
    for now in (Spot("watchlist", 5), Spot("hidden", 5), None):
        assert await store.shelves.replace(ann, 1, now, Spot("watchlist", 5), 9) is None
    assert await store.shelves.of(ann, "hidden") == (ShelvedFilm(1, 7),)
    assert await store.shelves.replace(ann, 1, Spot("hidden", 7), Spot("watchlist", 5), 9) is not None
    assert await store.shelves.of(ann, "watchlist") == (ShelvedFilm(1, 5),)


async def test_a_film_with_stars_is_not_put_with_those_seen_without(store: Store, ann: int) -> None:
    await shelve(store, ann, "seen", [1, 2], 5)
    await store.ratings.rate(ann, [(1, 4.0)], 6)
    assert await store.shelves.move(ann, 1, "seen", 7) is None
    assert await store.shelves.of(ann, "seen") == (ShelvedFilm(2, 5),)


async def test_what_was_brought_back_under_stars_counts_once_they_are_gone(store: Store, ann: int) -> None:
    seen = await store.shelves.move(ann, 1, "seen", 5)
    assert seen is not None
    await store.journal.undo(ann, seen.change_id)
    (rated, *_) = await store.ratings.rate(ann, [(1, 4.0)], 6)
    await store.journal.restore(ann, seen.change_id)
    assert await store.ratings.with_shelves(ann) == ({1: 4.0}, {})
    await store.journal.undo(ann, rated.change_id)
    assert await store.ratings.with_shelves(ann) == ({}, {1: "seen"})
