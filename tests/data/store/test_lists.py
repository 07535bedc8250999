import pytest

from data.store import ShownList, Store, UnknownListError


async def test_a_list_grows_in_the_order_shown(store: Store, ann: int) -> None:
    list_id = await store.lists.create(ann, [30, 10, 20], '{"n": 3}', at=5)
    await store.lists.append(list_id, [5, 40])
    assert await store.lists.get(list_id) == ShownList(list_id, ann, '{"n": 3}', (30, 10, 20, 5, 40))


async def test_a_film_stands_in_a_list_once(store: Store, ann: int) -> None:
    list_id = await store.lists.create(ann, [30, 10], "", at=5)
    await store.lists.append(list_id, [10, 40])
    await store.lists.append(list_id, [10, 40])  # the second click of a double click
    shown = await store.lists.get(list_id)
    assert shown is not None
    assert shown.movie_ids == (30, 10, 40)


async def test_an_unknown_list(store: Store) -> None:
    assert await store.lists.get(1) is None
    with pytest.raises(UnknownListError) as caught:
        await store.lists.append(1, [10])
    assert caught.value.list_id == 1


async def test_old_lists_are_pruned_and_their_ids_not_given_again(store: Store, ann: int) -> None:
    old = await store.lists.create(ann, [1], "", at=5)
    new = await store.lists.create(ann, [2], "", at=6)
    assert await store.lists.prune(before=6) == 1
    assert await store.lists.get(old) is None
    assert await store.lists.get(new) is not None
    assert await store.lists.prune(before=7) == 1
    assert await store.lists.create(ann, [3], "", at=8) == new + 1
