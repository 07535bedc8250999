"""Shelves: a film moved by hand stands on one of them, and every step can be taken back exactly."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.store import Shelf, Spot, Store
from data.store.shelves import ShelvedFilm
from tests.shelved import shelve


async def test_films_come_back_the_newest_first(store: Store, ann: int, bob: int) -> None:
    await shelve(store, ann, "watchlist", [3, 1], 5)
    await shelve(store, ann, "watchlist", [1, 2], 7)
    assert await store.shelves.of(ann, "watchlist") == (ShelvedFilm(2, 7), ShelvedFilm(1, 5), ShelvedFilm(3, 5))
    assert await store.shelves.of(ann, "hidden") == await store.shelves.of(bob, "watchlist") == ()


async def test_a_film_moves_from_one_shelf_to_the_other(store: Store, ann: int) -> None:
    assert await store.shelves.move(ann, 1, "watchlist", 5) == (None, Spot("watchlist", 5))
    assert await store.shelves.move(ann, 1, "watchlist", 6) == (Spot("watchlist", 5), Spot("watchlist", 5))
    assert await store.shelves.move(ann, 1, "hidden", 7) == (Spot("watchlist", 5), Spot("hidden", 7))
    assert await store.shelves.of(ann, "watchlist") == ()
    assert await store.shelves.remove(ann, "watchlist", 1) is None
    assert await store.shelves.remove(ann, "hidden", 1) == Spot("hidden", 7)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(steps=st.lists(st.sampled_from(["watchlist", "hidden", "off"]), min_size=1, max_size=6))
async def test_steps_are_taken_back_one_by_one(store: Store, ann: int, bob: int, steps: list[str]) -> None:
    async def stands() -> tuple[tuple[ShelvedFilm, ...], ...]:
        return await store.shelves.of(ann, "watchlist"), await store.shelves.of(ann, "hidden")

    async def spot() -> Spot | None:
        watchlist, hidden = await stands()
        shelf: Shelf = "watchlist" if watchlist else "hidden"
        return Spot(shelf, (watchlist or hidden)[0].added_at) if watchlist or hidden else None

    for shelf in ("watchlist", "hidden"):
        await store.shelves.remove(ann, shelf, 1)  # of the example before
    await store.shelves.move(bob, 1, "hidden", 1)
    history = [(await stands(), await spot())]
    for at, step in enumerate(steps):
        if step == "off":
            now = await spot()
            assert now is None or await store.shelves.remove(ann, now.shelf, 1) == now
        else:
            await store.shelves.move(ann, 1, "watchlist" if step == "watchlist" else "hidden", at)
        history.append((await stands(), await spot()))
    for (_, now), (then, before) in zip(history[:0:-1], history[-2::-1], strict=True):
        assert await store.shelves.replace(ann, 1, now, before)
        assert await stands() == then
    assert await store.shelves.of(bob, "hidden") == (ShelvedFilm(1, 1),)


async def test_what_stands_otherwise_is_left(store: Store, ann: int) -> None:
    await store.shelves.move(ann, 1, "hidden", 7)
    assert not await store.shelves.replace(ann, 1, Spot("watchlist", 5), None)
    assert not await store.shelves.replace(ann, 1, Spot("hidden", 5), None)
    assert await store.shelves.replace(ann, 1, Spot("watchlist", 5), Spot("hidden", 7)), "as it was wished already"
    assert await store.shelves.of(ann, "hidden") == (ShelvedFilm(1, 7),)
