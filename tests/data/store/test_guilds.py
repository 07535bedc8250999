from data.store import Store


async def test_prefixes(store: Store) -> None:
    assert await store.guilds.prefixes() == {}
    await store.guilds.set_prefix(1, "?", at=1)
    await store.guilds.set_prefix(2, "m!", at=1)
    await store.guilds.set_prefix(1, "$", at=2)
    assert await store.guilds.prefixes() == {1: "$", 2: "m!"}
    await store.guilds.set_prefix(2, None, at=3)
    await store.guilds.set_prefix(3, None, at=3)
    assert await store.guilds.prefixes() == {1: "$"}
