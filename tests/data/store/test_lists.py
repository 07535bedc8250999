import pytest

from data.store import ShownList, Store
from data.store.errors import UnknownListError


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


async def test_a_film_can_be_taken_from_a_list(store: Store, ann: int) -> None:
    list_id = await store.lists.create(ann, [30, 10, 20], "", at=5)
    await store.lists.retract(list_id, 10)
    await store.lists.retract(list_id, 99)
    shown = await store.lists.get(list_id)
    assert shown is not None
    assert shown.movie_ids == (30, 20)
    with pytest.raises(UnknownListError):
        await store.lists.retract(list_id + 1, 30)


async def test_what_lists_of_one_kind_have_shown(store: Store, ann: int, bob: int) -> None:
    for user, movie_ids, query in (
        (ann, [1, 2], '{"kind": "start"}'),
        (ann, [2, 3], '{"kind": "start", "n": 1}'),
        (ann, [4], '{"kind": "other"}'),
        (ann, [5], '{"n": 10}'),
        (ann, [6], "no JSON"),
        (bob, [7], '{"kind": "start"}'),
    ):
        await store.lists.create(user, movie_ids, query, at=5)
    assert await store.lists.shown_by_kind(ann, "start") == {1, 2, 3}
    assert await store.lists.shown_by_kind(ann, "none") == frozenset()


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


async def test_what_is_asked_for_changes_until_something_was_shown(store: Store, ann: int) -> None:
    list_id = await store.lists.create(ann, (), "one", at=5)
    await store.lists.rewrite(list_id, "other")
    assert await store.lists.get(list_id) == ShownList(list_id, ann, "other", ())
    await store.lists.append(list_id, [1])
    await store.lists.rewrite(list_id, "too late")
    assert await store.lists.get(list_id) == ShownList(list_id, ann, "other", (1,))


async def test_the_newest_lists_that_showed_something(store: Store, ann: int) -> None:
    lists = [await store.lists.create(ann, films, f"{place}", at=5) for place, films in enumerate(([1], [2], [], [3]))]
    newest = await store.lists.newest(ann, 2)
    assert newest == (ShownList(lists[3], ann, "3", (3,)), ShownList(lists[1], ann, "1", (2,)))
    assert await store.lists.newest(ann + 1, 2) == ()
