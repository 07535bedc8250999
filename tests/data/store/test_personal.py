"""What is held about one member: counted, read out, deleted without a trace, and not brought back by a copy."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.store import RETRAIN_WANTED, Store, personal
from data.store.facts import REBUILD_WANTED
from tests.data.store.conftest import content
from tests.shelved import shelve

ANN, BOB = 811_222_333_444_555_666, 822_333_444_555_666_777
PLAN = '{"rows": []}'


async def live(store: Store, discord_id: int, *, at: int = 100) -> int:
    """Somebody who uses everything there is; their user id."""
    profile = await store.profiles.get_or_create(discord_id, at)
    user_id = profile.user_id
    await store.ratings.rate(user_id, [(7, 4.0), (8, 2.5), (9, 5.0)], at + 1)
    await shelve(store, user_id, "watchlist", [1, 2], at + 3)
    await shelve(store, user_id, "hidden", [3], at + 4)
    await store.lists.create(user_id, [1, 2, 3], "{}", at + 5)
    await store.memberships.note(987, discord_id, at + 5)
    evening_id = await store.evenings.create(987, 5, user_id, "{}", at + 5)
    await store.evenings.answer(evening_id, user_id, 1, at + 5, likes=False, share=1.0)
    await store.runs.begin(discord_id, 0, 0, at + 6)
    async with store.profiles._database.write() as tx:
        await tx.rows(
            "INSERT INTO game_rounds (guild_id, channel_id, movie_id, started_at, ends_at, ended_at)"
            " VALUES (987, 1, 7, 100, 220, 220)"
        )
        for statement in (
            "INSERT INTO guesses VALUES (?, 7, 3.5, 100)",
            "INSERT INTO game_guesses VALUES (1, ?, 7, 3.5, 100, NULL)",
            "INSERT INTO game_subjects VALUES ((SELECT count(*) + 1 FROM game_subjects), ?, 7, 3.5, 100)",
            f"INSERT INTO imports (user_id, source, plan, created_at) VALUES (?, 'x', '{PLAN}', 100)",
            "UPDATE changes SET import_id = (SELECT max(import_id) FROM imports) WHERE user_id = ?",
            "UPDATE profiles SET adopted_user_id = 42 WHERE user_id = ?",
        ):
            await tx.rows(statement, (user_id,))
    return user_id


def traces(folder: Path, discord_id: int) -> list[str]:
    """Files in which an id stands, as text or as SQLite writes it."""
    forms = (str(discord_id).encode(), discord_id.to_bytes(8, "big"))
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files for form in forms if form in path.read_bytes()]


async def test_what_is_held_is_counted_by_kind(store: Store) -> None:
    user_id = await live(store, ANN)
    await live(store, BOB)
    held = await store.personal.holdings(ANN)
    assert (held.user_id, held.created_at, held.adopted_user_id) == (user_id, 100, 42)
    assert (held.visibility, held.trains, held.trainings) == ("server", True, 1)
    assert held.rows == {
        "evening_answers": 1, "evening_members": 1, "game_guesses": 1, "game_subjects": 1,
        "changes": 6, "guesses": 1, "hidden": 1, "imports": 1, "memberships": 1, "ratings": 3, "shown_lists": 1,
        "watchlist": 2,
    }  # fmt: skip
    assert held.total == 22


async def test_nothing_is_held_about_a_stranger(store: Store) -> None:
    held = await store.personal.holdings(ANN)
    assert held == personal.Holdings()
    assert (held.total, held.count("ratings")) == (0, 0)
    everything = await store.personal.everything(ANN)
    assert (everything.profile, everything.tables, everything.trainings) == (None, {}, [])
    assert await store.profiles.count() == 0


async def test_everything_is_read_out_with_every_column(store: Store, path: Path) -> None:
    user_id = await live(store, ANN)
    await live(store, BOB)
    everything = await store.personal.everything(ANN)
    assert everything.profile is not None
    assert (everything.profile["user_id"], everything.profile["discord_id"]) == (user_id, ANN)
    held = await store.personal.holdings(ANN)
    assert sum(len(rows) for rows in everything.tables.values()) == sum(held.rows.values())
    with closing(sqlite3.connect(path)) as connection:
        for table, rows in everything.tables.items():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            assert list(rows[0]) == columns, table
    assert everything.tables["imports"][0]["plan"] == PLAN
    assert len(everything.trainings) == 1


async def test_every_table_that_names_a_member_goes_with_the_profile(store: Store, path: Path) -> None:
    """A table that is added later and does not is found here."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            refers = {row[2]: row[6] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
            names = columns & {"user_id", "discord_id", "member_id", "owner_id", "requested_by"}
            if table not in ("profiles", "training_runs"):
                assert not names or refers.get("profiles") == "CASCADE", table


async def test_after_a_deletion_nothing_is_left(store: Store, path: Path) -> None:
    await live(store, ANN)
    bob = await live(store, BOB)
    before = await store.personal.everything(BOB)
    held = await store.personal.holdings(ANN)
    assert await store.personal.delete(ANN, at=500) == held
    assert (await store.personal.holdings(ANN)).total == 0
    assert await store.personal.everything(BOB) == before
    assert await store.ratings.ratings_of(bob) == {7: 4.0, 8: 2.5, 9: 5.0}
    assert traces(path.parent, ANN) == []
    assert set(traces(path.parent, BOB)) == {"marquee.db"}
    await store.close()
    assert traces(path.parent, ANN) == []


async def test_no_copy_of_an_id_is_left_between_the_rows(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deleted rows are overwritten; the copies that stay behind where SQLite moved rows are not."""
    monkeypatch.setattr(personal, "REBUILT_AT_ONCE", 0)
    rng = random.Random(1)
    ids = [rng.randrange(2**58, 2**60) for _ in range(2_000)]
    async with store.profiles._database.write() as tx:
        await tx.run_many("INSERT INTO profiles (discord_id, created_at) VALUES (?, 0)", [(one,) for one in ids])
    await store.profiles._database.empty_log()
    found = content(path)
    copied = [one for one in ids if found.count(one.to_bytes(8, "big")) > 2]  # it stands in a row and in an index
    gone = [*ids[:3], *copied[:5]]
    for one in gone:
        await store.personal.delete(one, at=500)
    assert [one for one in gone if traces(path.parent, one)] == []


async def test_who_returns_begins_anew(store: Store) -> None:
    old = await live(store, ANN)
    await store.personal.delete(ANN, at=500)
    new = await store.profiles.get_or_create(ANN, at=501)
    assert new.user_id > old
    assert (new.visibility, new.trains) == ("server", True)
    assert await store.personal.delete_again() == 0
    assert await store.profiles.find(ANN) == new


async def test_a_deletion_that_removes_ratings_wants_a_training(store: Store) -> None:
    await store.profiles.get_or_create(ANN, at=0)
    await store.personal.delete(ANN, at=1)
    assert await store.facts.get(RETRAIN_WANTED) is None
    await live(store, ANN)
    await live(store, BOB)
    await store.personal.delete(ANN, at=1)
    first = await store.facts.get(RETRAIN_WANTED)
    await store.personal.delete(BOB, at=1)
    second = await store.facts.get(RETRAIN_WANTED)
    assert None is not first != second is not None
    assert not await store.facts.clear(RETRAIN_WANTED, first or "")
    assert await store.facts.clear(RETRAIN_WANTED, second or "")
    assert await store.facts.get(RETRAIN_WANTED) is None


async def test_a_database_put_back_from_a_copy_does_not_bring_a_member_back(store: Store, path: Path) -> None:
    await live(store, ANN)
    await live(store, BOB)
    await store.personal._database.empty_log()
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    await store.personal.delete(ANN, at=500)
    await store.close()
    copy.replace(path)

    again = await Store.open(path)
    assert (await again.personal.holdings(ANN)).total == 22
    assert await again.personal.delete_again() == 1
    assert (await again.personal.holdings(ANN)).total == 0
    assert (await again.personal.holdings(BOB)).total == 22
    assert await again.facts.get(RETRAIN_WANTED)
    assert traces(path.parent, ANN) == []
    assert await again.personal.delete_again() == 0
    await again.close()


async def test_a_training_asked_for_after_the_return_keeps_its_name(store: Store) -> None:
    await store.runs.begin(ANN, 0, 0, at=100)
    assert (await store.personal.delete(ANN, at=500)).trainings == 1
    await store.runs.begin(ANN, 0, 0, at=600)
    assert await store.personal.delete_again() == 0
    assert (await store.personal.holdings(ANN)).trainings == 1


async def test_a_large_file_is_rebuilt_at_the_next_opening(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personal, "REBUILT_AT_ONCE", 0)
    await live(store, ANN)
    await store.personal.delete(ANN, at=500)
    assert await store.facts.get(REBUILD_WANTED) == "yes"
    assert await store.personal.delete_again() == 0
    assert await store.facts.get(REBUILD_WANTED) is None


async def test_a_deletion_waits_for_no_long_read(store: Store, path: Path) -> None:
    """The rebuild is made up for at the next opening; the rows are gone at once."""
    await live(store, ANN)
    await store.personal._database._writer.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM ratings").fetchall()
        await store.personal.delete(ANN, at=500)
        assert (await store.personal.holdings(ANN)).total == 0
        assert await store.facts.get(REBUILD_WANTED) == "yes"
    await store.personal.delete_again()
    assert traces(path.parent, ANN) == []
