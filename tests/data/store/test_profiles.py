import asyncio

from data.store import Profile, Store
from data.store.profiles import FIRST_USER_ID

LARGEST_SNOWFLAKE = 2**63 - 1


async def test_a_first_contact_makes_a_profile(store: Store) -> None:
    profile = await store.profiles.get_or_create(LARGEST_SNOWFLAKE, at=7)
    assert profile == Profile(FIRST_USER_ID, LARGEST_SNOWFLAKE, 7, "server", trains=True)


async def test_later_contacts_find_it(store: Store) -> None:
    profile = await store.profiles.get_or_create(111, at=7)
    assert await store.profiles.get_or_create(111, at=8) == profile
    assert await store.profiles.find(111) == profile
    assert await store.profiles.of_user(profile.user_id) == profile
    assert await store.profiles.count() == 1


async def test_strangers_are_not_made_by_looking(store: Store) -> None:
    assert await store.profiles.find(111) is None
    assert await store.profiles.of_user(FIRST_USER_ID) is None
    assert await store.profiles.count() == 0


async def test_a_hundred_first_contacts_at_once_make_one_profile_each(store: Store) -> None:
    profiles = await asyncio.gather(
        *(store.profiles.get_or_create(discord_id, at=0) for discord_id in [*range(1, 51)] * 2)
    )
    assert len({profile.user_id for profile in profiles}) == 50
    assert await store.profiles.count() == 50
    assert profiles[:50] == profiles[50:]


async def test_the_user_id_of_a_deleted_profile_is_not_given_again(store: Store) -> None:
    newest = await store.profiles.get_or_create(111, at=0)
    async with store.profiles._database.write() as tx:
        await tx.rows("DELETE FROM profiles")
    assert (await store.profiles.get_or_create(111, at=0)).user_id == newest.user_id + 1


async def test_a_member_starts_from_one_user_or_from_nobody(store: Store) -> None:
    profile = await store.profiles.get_or_create(111, at=7)
    other = await store.profiles.get_or_create(222, at=7)
    assert profile.adopted_user_id is None
    for user_id in (42, 7, None):
        await store.profiles.adopt(profile.user_id, user_id, 0)
        found = await store.profiles.find(111)
        assert found is not None
        assert found.adopted_user_id == user_id
    assert await store.profiles.find(222) == other
