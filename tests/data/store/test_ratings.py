"""Ratings: rows, pages, counts, and the frame for training."""

import asyncio
import sqlite3

import numpy as np
import pandas as pd
import pytest

from data.store import Change, Order, State, Store, Thing
from data.store.errors import AlreadySoError, OwnerGoneError, UnknownEntryError
from data.store.ratings import RatingRow, rated_by_hand_since
from data.store.snowflakes import first_snowflake

HEAT, TOY_STORY, CASINO = 6, 1, 16
FILMS = range(100, 200)
DISCORD_EPOCH_S = 1_420_070_400


def snowflake(at: int) -> int:
    """The first Discord id made at `at` (epoch seconds)."""
    return (at - DISCORD_EPOCH_S) * 1000 << 22


async def exclude_from_training(store: Store, user_id: int) -> None:
    async with store.ratings._database.write() as tx:
        await tx.rows("UPDATE profiles SET trains = 0 WHERE user_id = ?", (user_id,))


def rated(change_id: int, before: State | None, after: State | None, at: int, entry_id: int = 0) -> Change:
    return Change(change_id, entry_id or change_id, Thing("rating", HEAT), before, after, at)


async def test_a_rating_is_one_row_and_one_change(store: Store, ann: int, bob: int) -> None:
    first, second = rated(1, None, State(4.5, 10), 10), rated(2, State(4.5, 10), State(3.0, 20), 20)
    assert await store.ratings.rate(ann, [(HEAT, 4.5)], at=10) == (first,)
    assert await store.ratings.rate(ann, [(HEAT, 3.0)], at=20) == (second,)
    assert await store.ratings.ratings_of(ann) == {HEAT: 3.0}
    assert await store.journal.find(ann, 1) == first
    assert await store.journal.find(bob, 1) is None
    assert await store.journal.find(ann, 3) is None


async def test_several_ratings_are_one_entry(store: Store, ann: int) -> None:
    changes = await store.ratings.rate(ann, [(HEAT, 4.0), (CASINO, 3.5)], at=10)
    assert [(one.change_id, one.entry_id, one.thing.movie_id) for one in changes] == [(1, 1, HEAT), (2, 1, CASINO)]
    assert await store.ratings.ratings_of(ann) == {HEAT: 4.0, CASINO: 3.5}


async def test_the_same_stars_at_once_again_are_one_rating(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 2.0)], at=5)
    (first,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=100)
    assert await store.ratings.rate(ann, [(HEAT, 4.0)], at=101) == (first,)
    await store.journal.undo(ann, first.change_id)
    assert await store.ratings.ratings_of(ann) == {HEAT: 2.0}
    (again,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=102)  # what was taken back is no repetition
    assert again.change_id != first.change_id


@pytest.mark.parametrize("at", [99, 111])
async def test_the_same_stars_later_are_a_rating_of_their_own(store: Store, ann: int, at: int) -> None:
    (first,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=100)
    assert await store.ratings.rate(ann, [(HEAT, 4.0)], at=at) == (rated(2, first.after, State(4.0, at), at),)


async def test_a_correction_moves_the_stars_in_one_transaction(store: Store, ann: int, bob: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 2.0)], at=10)
    (wrong,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=20)
    with pytest.raises(UnknownEntryError):
        await store.ratings.correct(bob, wrong.change_id, CASINO, at=30)
    with pytest.raises(sqlite3.IntegrityError):
        await store.ratings.correct(ann, wrong.change_id, CASINO, at=None)  # type: ignore[arg-type]
    assert await store.ratings.ratings_of(ann) == {HEAT: 4.0}
    right = await store.ratings.correct(ann, wrong.change_id, CASINO, at=30)
    assert (right.before, right.after) == (None, State(4.0, 30))
    assert await store.ratings.ratings_of(ann) == {HEAT: 2.0, CASINO: 4.0}
    with pytest.raises(AlreadySoError):
        await store.ratings.correct(ann, wrong.change_id, CASINO, at=40)


async def test_a_removal_has_no_stars_to_move(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 2.0)], at=10)
    gone = await store.ratings.unrate(ann, HEAT, at=20)
    assert gone is not None
    with pytest.raises(UnknownEntryError):
        await store.ratings.correct(ann, gone.change_id, CASINO, at=30)
    assert await store.ratings.ratings_of(ann) == {}


async def test_no_ratings_are_no_write(store: Store, ann: int) -> None:
    assert await store.ratings.rate(ann, [], at=10) == ()
    assert await store.ratings.last_write_id() == 0


@pytest.mark.parametrize("stars", [0.0, 0.25, 3.3, 5.5, -1.0, float("inf")])
async def test_stars_off_the_grid_are_a_bug_and_write_none_of_them(store: Store, ann: int, stars: float) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await store.ratings.rate(ann, [(HEAT, 4.0), (CASINO, stars)], at=10)
    assert await store.ratings.ratings_of(ann) == {}
    assert await store.ratings.last_write_id() == 0


async def test_only_profiles_rate(store: Store) -> None:
    with pytest.raises(OwnerGoneError):
        await store.ratings.rate(5, [(HEAT, 4.0)], at=10)


async def test_members_do_not_meet(store: Store, ann: int, bob: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    await store.ratings.rate(bob, [(HEAT, 1.0), (CASINO, 2.0)], at=11)
    assert await store.ratings.ratings_of(ann) == {HEAT: 4.0}
    assert await store.ratings.ratings_of(bob) == {HEAT: 1.0, CASINO: 2.0}
    assert (await store.ratings.count_of(ann), await store.ratings.count_of(bob)) == (1, 2)
    assert await store.ratings.count() == 3


async def test_a_hundred_ratings_at_once_are_all_kept(store: Store, ann: int) -> None:
    written = await asyncio.gather(
        *(store.ratings.rate(ann, [(movie_id, 3.0), (HEAT, 4.0)], at=movie_id) for movie_id in FILMS)
    )
    ids = [change.change_id for changes in written for change in changes]
    assert sorted(ids) == list(range(1, 201))
    assert await store.ratings.ratings_of(ann) == dict.fromkeys(FILMS, 3.0) | {HEAT: 4.0}


async def test_unrate(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    assert await store.ratings.unrate(ann, HEAT, at=20) == rated(2, State(4.0, 10), None, 20)
    assert await store.ratings.ratings_of(ann) == {}
    assert await store.ratings.unrate(ann, HEAT, at=30) is None
    assert await store.ratings.last_write_id() == 2


async def test_pages(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    await store.ratings.rate(ann, [(TOY_STORY, 2.5), (CASINO, 4.0)], at=20)
    heat, toy_story, casino = (
        RatingRow(HEAT, 4.0, 10),
        RatingRow(TOY_STORY, 2.5, 20),
        RatingRow(CASINO, 4.0, 20),
    )

    async def films(order: Order, limit: int = 10, offset: int = 0) -> tuple[RatingRow, ...]:
        return await store.ratings.rows_of(ann, order=order, limit=limit, offset=offset)

    assert await films("newest") == (toy_story, casino, heat)
    assert await films("highest") == (casino, heat, toy_story)
    assert await films("lowest") == (toy_story, casino, heat)
    assert await films("newest", limit=2) == (toy_story, casino)
    assert await films("newest", limit=2, offset=2) == (heat,)
    assert await films("newest", offset=3) == ()


async def test_writes_of_a_day_are_counted(store: Store, ann: int, bob: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    await store.ratings.rate(ann, [(HEAT, 5.0), (CASINO, 2.0)], at=20)
    await store.ratings.rate(bob, [(HEAT, 5.0)], at=20)
    assert await rated_by_hand_since(store._database, ann, 10) == 3
    assert await rated_by_hand_since(store._database, ann, 11) == 2
    assert await rated_by_hand_since(store._database, ann, 21) == 0


async def test_ratings_changed_since_a_change_count_once_and_only_if_trained_on(
    store: Store, ann: int, bob: int
) -> None:
    assert await store.ratings.writes_since(0) == 0
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    before = await store.ratings.last_write_id()
    await store.ratings.rate(ann, [(CASINO, 4.0), (HEAT, 1.0)], at=10)
    await store.ratings.rate(ann, [(CASINO, 3.0)], at=11)
    await store.ratings.rate(bob, [(CASINO, 4.0)], at=10)
    assert await store.ratings.writes_since(before) == 3
    await exclude_from_training(store, bob)
    assert await store.ratings.writes_since(before) == 2
    assert await store.ratings.writes_since(await store.ratings.last_write_id()) == 0


async def test_the_last_write_id_does_not_fall_with_a_deletion(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    async with store.ratings._database.write() as tx:
        await tx.rows("DELETE FROM profiles")
    assert await store.ratings.count() == 0
    assert await store.journal.find(ann, 1) is None
    assert await store.ratings.last_write_id() == 1


async def test_the_training_frame(store: Store, ann: int, bob: int) -> None:
    await store.ratings.rate(bob, [(HEAT, 4.5)], at=10)
    await store.ratings.rate(ann, [(CASINO, 0.5)], at=20)
    await store.ratings.rate(ann, [(HEAT, 3.0)], at=30)
    expected = pd.DataFrame(
        {
            "user_id": np.array([ann, ann, bob], dtype=np.int64),
            "movie_id": np.array([HEAT, CASINO, HEAT], dtype=np.int64),
            "rating": np.array([3.0, 0.5, 4.5], dtype=np.float32),
            "timestamp": np.array([30, 20, 10], dtype=np.int64),
        }
    )
    pd.testing.assert_frame_equal(await store.ratings.training_frame(), expected)
    await exclude_from_training(store, ann)
    pd.testing.assert_frame_equal(
        await store.ratings.training_frame(), expected[expected["user_id"] == bob].reset_index(drop=True)
    )


async def test_an_empty_training_frame_has_its_types(store: Store) -> None:
    frame = await store.ratings.training_frame(created_before=DISCORD_EPOCH_S)
    assert frame.empty
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "user_id": "int64",
        "movie_id": "int64",
        "rating": "float32",
        "timestamp": "int64",
    }


async def test_young_accounts_are_left_out_of_training(store: Store) -> None:
    made = 1_700_000_000
    users = {}
    for name, discord_id in {"older": snowflake(made) - 1, "younger": snowflake(made)}.items():
        users[name] = (await store.profiles.get_or_create(discord_id, at=0)).user_id
        await store.ratings.rate(users[name], [(HEAT, 4.0)], at=10)

    async def trained(created_before: int | None) -> set[int]:
        return set((await store.ratings.training_frame(created_before=created_before))["user_id"])

    assert await trained(made) == {users["older"]}
    assert await trained(made + 1) == {users["older"], users["younger"]}
    assert await trained(None) == {users["older"], users["younger"]}
    assert await trained(0) == set()
    assert await trained(2**40) == {users["older"], users["younger"]}


def test_the_snowflake_of_discords_own_documentation() -> None:
    documented, made_ms = 175928847299117063, 1462015105796  # "Snowflake IDs in HTTP", developer reference
    assert first_snowflake(made_ms // 1000) <= documented < first_snowflake(made_ms // 1000 + 1)


async def test_what_was_rated_since(store: Store, ann: int, bob: int) -> None:
    await store.ratings.rate(ann, [(1, 4.0)], at=5)
    await store.ratings.rate(ann, [(2, 4.0), (3, 4.0)], at=9)
    await store.ratings.rate(bob, [(1, 4.0)], at=9)
    await store.ratings.unrate(ann, 3, at=10)
    assert [await store.ratings.rated_since(ann, at) for at in (0, 5, 6, 9, 10)] == [2, 2, 1, 1, 0]


async def test_a_rating_of_somebody_who_was_just_deleted(store: Store) -> None:
    gone = (await store.profiles.get_or_create(999, at=1)).user_id
    await store.personal.delete(999, 2)
    with pytest.raises(OwnerGoneError):
        await store.ratings.rate(gone, [(10, 4.0)], at=3, guesses={10: 4.0})
    with pytest.raises(OwnerGoneError):
        await store.lists.create(gone, [], '{"n": 10}', at=3)
