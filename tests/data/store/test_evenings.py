"""Evenings as they are kept: one film, once; what is about a member goes with them."""

import pytest_asyncio

from data.store import Store

GUILD = 987


@pytest_asyncio.fixture
async def people(store: Store) -> tuple[int, ...]:
    return tuple([(await store.profiles.get_or_create(discord_id, 1)).user_id for discord_id in (11, 22, 33)])


async def begin(store: Store, people: tuple[int, ...]) -> int:
    evening_id = await store.evenings.create(GUILD, 5, people[0], "{}", 10)
    await store.evenings.count_in(evening_id, people[1:])
    return evening_id


async def watch(store: Store, people: tuple[int, ...], appeals: dict[int, float]) -> int:
    evening_id = await begin(store, people)
    assert await store.evenings.choose(evening_id, 7)
    await store.evenings.set_appeals(evening_id, appeals)
    assert await store.evenings.plan(evening_id, 100)
    await store.evenings.end(evening_id)
    return evening_id


async def test_a_page_is_noted_once(store: Store, people: tuple[int, ...]) -> None:
    evening_id = await begin(store, people)
    assert await store.evenings.show(evening_id, [1, 2], 0)
    assert not await store.evenings.show(evening_id, [3, 4], 0)
    assert await store.evenings.show(evening_id, [3, 4], 2)
    evening = await store.evenings.get(evening_id)
    assert evening is not None
    assert (evening.movie_ids, evening.shown) == ((1, 2, 3, 4), (3, 4))


async def test_one_film_is_chosen_and_the_answers_go(store: Store, people: tuple[int, ...]) -> None:
    evening_id = await begin(store, people)
    evenings = store.evenings
    for user_id in people[:2]:
        assert (await evenings.answer(evening_id, user_id, 7, 20, likes=True, share=1.0)).winner is None
    assert not (await evenings.answer(evening_id, people[0], 7, 21, likes=False, share=1.0)).is_new
    assert await evenings.answers_of(evening_id, people[0]) == {7}
    assert (await evenings.answer(evening_id, people[2], 7, 22, likes=True, share=1.0)).winner == 7
    assert await evenings.answers_of(evening_id, people[0]) == frozenset()
    assert not (await evenings.answer(evening_id, people[0], 8, 23, likes=True, share=0.1)).is_new
    assert not await evenings.choose(evening_id, 8)


async def test_whoever_is_deleted_does_not_hold_up_the_others(store: Store, people: tuple[int, ...]) -> None:
    evening_id = await begin(store, people)
    await store.evenings.answer(evening_id, people[0], 7, 20, likes=True, share=1.0)
    await store.personal.delete(33, 30)
    assert (await store.evenings.answer(evening_id, people[1], 7, 31, likes=True, share=1.0)).winner == 7


async def test_what_evenings_were_counts_of_those_who_came(store: Store, people: tuple[int, ...]) -> None:
    ann, bob, eve = people
    first = await watch(store, people, {ann: 0.9, bob: 0.2, eve: 0.5})
    await watch(store, people, {ann: 0.1, bob: 0.3, eve: 0.4})
    await store.evenings.note_came(first, [ann, bob], 120)
    assert await store.evenings.appeals(GUILD, people, 10) == (
        {ann: 0.1, bob: 0.3, eve: 0.4},
        {ann: 0.9, bob: 0.2},
    )
    assert await store.evenings.appeals(GUILD + 1, people, 10) == ()


async def test_interest_is_as_it_is_now_and_presence_stays(store: Store, people: tuple[int, ...]) -> None:
    evening_id = await watch(store, people[:2], {})
    await store.evenings.note_interested(evening_id, people, 50)
    await store.evenings.note_interested(evening_id, people[2:], 60)
    await store.evenings.note_came(evening_id, people[2:], 70)
    await store.evenings.note_came(evening_id, people[2:], 80)
    found = {one.user_id: one for one in await store.evenings.members(evening_id)}
    assert [found[one].interested_at for one in people] == [None, None, 60]
    assert (found[people[2]].came_at, found[people[2]].is_counted) == (70, False)
    assert found[people[0]].is_host


async def test_an_evening_that_is_off_or_over_is_not_planned_again(store: Store, people: tuple[int, ...]) -> None:
    evening_id = await begin(store, people)
    assert not await store.evenings.plan(evening_id, 100)  # no film yet
    assert await store.evenings.choose(evening_id, 7)
    assert await store.evenings.plan(evening_id, 100, host=people[0], utc_offset=-210)
    assert await store.evenings.utc_offset_of(people[0]) == -210
    assert await store.evenings.cancel(evening_id)
    assert not await store.evenings.cancel(evening_id)
    assert not await store.evenings.plan(evening_id, 200)
    assert await store.evenings.pending() == ()


async def test_what_was_never_planned_is_forgotten_and_a_server_as_a_whole(
    store: Store, people: tuple[int, ...]
) -> None:
    kept = await watch(store, people, {})
    gone = await begin(store, people)
    await store.evenings.prune(11)
    assert await store.evenings.get(gone) is None
    assert await store.evenings.get(kept) is not None
    await store.guilds.leave(GUILD, 20)
    assert await store.guilds.forget_left(21) == (GUILD,)
    assert await store.evenings.get(kept) is None
    assert (await store.personal.holdings(11)).count("evening_members") == 0
