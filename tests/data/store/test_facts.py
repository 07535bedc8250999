import pytest

from data.store import IdSpaceMismatchError, Store


async def test_facts_are_kept_by_key(store: Store) -> None:
    assert await store.facts.get("a") is None
    await store.facts.set("a", "1")
    await store.facts.set("b", "2")
    await store.facts.set("a", "3")
    assert (await store.facts.get("a"), await store.facts.get("b")) == ("3", "2")


async def test_the_first_id_space_binds(store: Store) -> None:
    await store.facts.bind_id_space("movielens")
    await store.facts.bind_id_space("movielens")
    with pytest.raises(IdSpaceMismatchError) as caught:
        await store.facts.bind_id_space("100k")
    assert (caught.value.stored, caught.value.given) == ("movielens", "100k")
    await store.facts.bind_id_space("movielens")
