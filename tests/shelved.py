"""Several films on a shelf at once."""

from collections.abc import Iterable

from data.store import Shelf, Store


async def shelve(store: Store, user_id: int, shelf: Shelf, movie_ids: Iterable[int], at: int) -> None:
    for movie_id in movie_ids:
        await store.shelves.move(user_id, movie_id, shelf, at)
