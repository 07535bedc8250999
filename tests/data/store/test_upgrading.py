"""Old databases: each is opened, copied aside, brought up to date without losing a row, and used."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from data.store import KeptFilm, Profile, Store, inspect
from data.store.errors import ChangedMigrationError, SchemaDriftError
from data.store.imports import Incoming
from data.store.migrate import known_migrations
from data.store.personal import COPIES_KEPT_S
from tests.data.store.conftest import content
from tests.data.store.old_databases import ANN_ID, BOB_ID, DUMPS, NEW_FORM, OLD_FORM, number_of, restore, rows_in

NEWEST = known_migrations()[-1].number
AT = 1_800_000_000
each_dump = pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
DAMAGES = {
    "a table that is gone": ("DROP TABLE guesses", "table guesses"),
    "a column more": ("ALTER TABLE ratings ADD COLUMN note TEXT", "table ratings"),
    "an index that is gone": ("DROP INDEX imports_by_age", "index imports_by_age"),
    "a table of somebody's": ("CREATE TABLE mine (x)", "table mine"),
}


async def undo_last(store: Store, user_id: int) -> bool:
    newest = await store.journal.newest(user_id)
    if newest is not None:
        await store.journal.undo(user_id, newest.entry_id)
    return newest is not None


def copies(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir() if "before" in one.name)


async def use(store: Store) -> None:
    """Write through every topic of the store."""
    ann: Profile = await store.profiles.get_or_create(ANN_ID, AT)
    await store.profiles.get_or_create(333, AT)
    user_id = ann.user_id
    await store.profiles.set_visibility(user_id, "public", 0)
    await store.profiles.set_trains(user_id, True, 0)
    await store.profiles.adopt(user_id, 7, 0)
    await store.ratings.rate(user_id, [(318, 4.5), (601, 3.0)], AT, guesses={318: 4.1})
    (wrong,) = await store.ratings.rate(user_id, [(600, 2.0)], AT, guesses={600: 3.0})
    await store.ratings.correct(user_id, wrong.change_id, 602, AT + 1)
    assert await undo_last(store, user_id)
    await store.ratings.unrate(user_id, 601, AT + 3)
    before = await store.ratings.ratings_of(user_id)
    await store.ratings.forget(user_id, AT + 5)
    assert await undo_last(store, user_id)
    assert await store.ratings.ratings_of(user_id) == before
    assert await store.shelves.move(user_id, 100, "hidden", AT)
    assert await store.shelves.move(user_id, 500, "watchlist", AT)
    assert await store.shelves.remove(user_id, "hidden", 100, AT) is not None
    assert await store.shelves.move(user_id, 503, "seen", AT)
    await store.ratings.rate(user_id, [(503, 2.0)], AT)
    assert 503 not in (await store.ratings.with_shelves(user_id))[1]
    assert await undo_last(store, user_id)
    assert (await store.ratings.with_shelves(user_id))[1][503] == "seen"
    import_id = await store.imports.create(user_id, "imdb", "{}", AT)
    written = await store.imports.write(
        import_id, user_id, Incoming([(700, 4.0, AT)], [(701, AT)], [(702, AT)], [(703, AT)]), AT
    )
    assert written is not None
    assert (written.ratings, written.shelved) == (1, 3)
    assert await undo_last(store, user_id)
    list_id = await store.lists.create(user_id, [1], "{}", AT)
    await store.lists.append(list_id, [2])
    await store.lists.rewrite(await store.lists.create(user_id, [], "{}", AT), '{"kind": "x"}')
    run_id = await store.runs.begin(ANN_ID, await store.ratings.last_write_id(), 1, AT)
    await store.runs.finish(run_id, "refused", None, "worse", AT + 9)
    await store.guilds.change(987, lambda before: replace(before, prefix="!", channels=(5, 6)), AT)
    await store.guilds.leave(986, AT)
    await store.guilds.note_present([987], AT)
    assert await store.guilds.forget_left(AT + 1) == (986,)
    assert await store.memberships.note(987, ANN_ID, AT)
    assert await store.memberships.block(987, 333, AT)
    assert [one.discord_id for one in await store.memberships.visible(987)] == [ANN_ID]
    evening_id = await store.evenings.create(987, 5, user_id, "{}", AT)
    assert (await store.evenings.answer(evening_id, user_id, 100, AT, likes=True, share=1.0)).winner == 100
    round_ = await store.games.begin(987, 1, user_id, 318, 4.1, AT, AT + 120)
    assert round_ is not None
    other = await store.profiles.get_or_create(444, AT)
    assert await store.memberships.note(987, 444, AT)
    assert await store.games.guess(round_.round_id, 987, other.user_id, 4.0, AT) == "new"
    await store.profiles.set_compares(user_id, True, 0)
    await store.profiles.set_pictures(user_id, False, AT)
    assert await store.profiles.set_list_defaults(user_id, "{}", AT)
    assert await store.profiles.without_pictures() == {ANN_ID}
    await store.profiles.set_language(user_id, "de", AT)
    assert await store.profiles.languages() == {ANN_ID: "de"}
    await store.tmdb.keep(318, "US", KeptFilm(None, AT))
    assert set(await store.tmdb.of([318, 319], "US", AT - 1)) == {318}
    assert await store.games.end(round_.round_id, AT + 120, is_here=True, score=lambda guess, stars: 3)
    assert [one.points for one in await store.games.standings(987, AT, AT + 1, exact=3)] == [3]
    await store.facts.set("key", "value")
    await store.facts.bind_id_space("movielens")
    assert len(await store.ratings.training_frame()) > 0


def test_there_is_one_of_every_number_and_of_both_forms() -> None:
    assert [dump.stem for dump in DUMPS] == [
        *(f"schema-0{number}" for number in range(1, 6)),
        *(f"schema-0{number}-{form}-form" for number in range(6, 10) for form in ("new", "old")),
        "schema-13",
        "schema-14",
        "schema-18",
        "schema-19",
        "schema-22",
    ]
    assert "PRIMARY KEY (user_id, shelf, movie_id)" in OLD_FORM.read_text("utf-8")


@each_dump
async def test_an_old_database_is_brought_up_to_date_and_used(path: Path, dump: Path) -> None:
    restore(dump, path)
    before = rows_in(path)
    store = await Store.open(path)
    try:
        after = rows_in(path)
        for table, rows in before.items():
            if table == "shelves":
                kept = {row[0:3:2] for row in rows}
                assert {row[0:3:2] for row in after[table]} == kept
                assert len(after[table]) == len(kept)
            elif table == "migrations":
                assert set(rows) < set(after[table])
            elif table == "writes":
                assert len(after["changes"]) >= sum(row[7] is None for row in rows)
            elif table == "profiles":
                columns = min(len(rows[0]), 6)
                assert [row[:columns] for row in after[table]] == [row[:columns] for row in rows]
            elif table == "imports":
                assert [row[:3] for row in after[table]] == [row[:3] for row in rows]
            elif rows:
                columns = len(rows[0])  # a later column is empty for those
                assert [row[:columns] for row in after[table]] == rows
        await use(store)
        assert (await store.personal.delete(ANN_ID, AT)).total > 0
    finally:
        await store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert inspect(path) == NEWEST


@each_dump
async def test_all_that_was_written_before_is_taken_back_and_brought_back(path: Path, dump: Path) -> None:
    """To nothing and forth again, step by step; each old `Undo` and `Restore` finds what it was about."""
    restore(dump, path)
    writes = rows_in(path).get("writes", [])
    store = await Store.open(path)
    try:
        before = rows_in(path)
        steps: list[tuple[int, int]] = []
        for user_id in {int(str(row[2])) for row in before["changes"]}:
            while (newest := await store.journal.newest(user_id)) is not None:
                await store.journal.undo(user_id, newest.entry_id)
                steps.append((user_id, newest.entry_id))
        assert len(steps) >= len({(row[1], row[6]) for row in writes if row[7] is None and not row[8]})
        assert rows_in(path)["ratings"] == []
        for user_id, entry_id in reversed(steps):
            await store.journal.restore(user_id, entry_id)
        after = rows_in(path)
        assert (after["ratings"], after["shelves"]) == (before["ratings"], before["shelves"])
        for write_id, owner_id, undoes in ((int(str(row[0])), int(str(row[1])), row[7]) for row in writes):
            restored = await store.journal.restored_by(owner_id, write_id, write_id)
            undone = await store.journal.entries_between(owner_id, write_id, write_id)
            assert (len(restored), len(undone)) == ((0, 1) if undoes is None else (1, 0))
    finally:
        await store.close()


@pytest.mark.parametrize("dump", [one for one in DUMPS if "old" in one.stem], ids=lambda dump: dump.stem)
async def test_a_film_on_both_shelves_ends_where_it_was_put_last(path: Path, dump: Path) -> None:
    restore(dump, path)
    store = await Store.open(path)
    profile = await store.profiles.find(ANN_ID)
    assert profile is not None
    assert {film.movie_id for film in await store.shelves.of(profile.user_id, "watchlist")} == {100, 103, 201}
    # 102 was put on both in one second, 101 was hidden after it had been wanted.
    assert {film.movie_id for film in await store.shelves.of(profile.user_id, "hidden")} == {101, 102, 200}
    await store.close()


@each_dump
async def test_the_file_is_copied_aside_as_it_was(path: Path, dump: Path) -> None:
    restore(dump, path)
    before, number = rows_in(path), number_of(dump)
    await (await Store.open(path)).close()
    assert copies(path) == [f"marquee.db.before-{number + 1}"]
    copy = path.with_name(f"marquee.db.before-{number + 1}")
    assert rows_in(copy) == before
    copy.replace(path)  # and can be gone back to, and brought up to date again
    assert inspect(path) == number
    await (await Store.open(path)).close()
    assert inspect(path) == NEWEST


async def test_a_new_file_and_one_that_is_up_to_date_are_not_copied(path: Path) -> None:
    for _ in range(2):
        await (await Store.open(path)).close()
    assert copies(path) == []


async def test_the_copy_goes_after_a_day_of_service(path: Path) -> None:
    store = await Store.open(restore(OLD_FORM, path))
    await store.personal.tidy(AT)
    await store.personal.tidy(AT + COPIES_KEPT_S - 1)
    await store.close()
    assert len(copies(path)) == 1
    store = await Store.open(path)
    await store.personal.tidy(AT + COPIES_KEPT_S)
    await store.close()
    assert copies(path) == []


async def test_each_copy_has_a_day_of_its_own(path: Path) -> None:
    store = await Store.open(restore(OLD_FORM, path))
    await store.personal.tidy(AT)
    await store.personal.delete(BOB_ID, AT)
    await store.personal.tidy(AT + COPIES_KEPT_S)
    path.with_name("marquee.db.before-99").touch()
    await store.personal.tidy(AT + 2 * COPIES_KEPT_S)
    assert copies(path) == ["marquee.db.before-99"]
    await store.close()


async def test_the_copy_goes_with_the_first_deletion_of_a_member(path: Path) -> None:
    store = await Store.open(restore(OLD_FORM, path))
    path.with_name(".marquee.db.before-10.4711").write_bytes(b"left by a killed process")
    await store.personal.delete(BOB_ID, AT)
    await store.close()
    assert copies(path) == []


async def test_the_copy_of_a_database_put_back_does_not_keep_who_was_deleted(path: Path) -> None:
    store = await Store.open(restore(OLD_FORM, path))
    await store.personal.delete(BOB_ID, AT)
    await store.close()
    store = await Store.open(restore(OLD_FORM, path))
    assert len(copies(path)) == 1
    assert await store.personal.delete_again() == 1
    await store.close()
    assert copies(path) == []


@pytest.mark.parametrize(("statement", "differs"), DAMAGES.values(), ids=list(DAMAGES))
@pytest.mark.parametrize("dump", [None, NEW_FORM, OLD_FORM], ids=["newest", "new-form", "old-form"])
async def test_a_schema_that_is_not_its_own_is_refused_and_left_alone(
    path: Path, dump: Path | None, statement: str, differs: str
) -> None:
    if dump is None:
        await (await Store.open(path)).close()
    else:
        restore(dump, path)
    with closing(sqlite3.connect(path)) as other:
        other.execute(statement)
    before = content(path)
    with pytest.raises(SchemaDriftError) as caught:
        await Store.open(path)
    assert (caught.value.path, caught.value.differs) == (path, (differs,))
    assert caught.value.number == (NEWEST if dump is None else 9)
    assert content(path) == before
    assert copies(path) == []


async def test_a_form_that_was_repaired_is_none_of_the_newest_number(path: Path) -> None:
    restore(OLD_FORM, path)
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {NEWEST}")
    with pytest.raises(SchemaDriftError) as caught:
        await Store.open(path)
    assert "table shelves" in caught.value.differs


@each_dump
async def test_an_old_database_gets_the_hash_of_each_migration(path: Path, dump: Path) -> None:
    await (await Store.open(restore(dump, path))).close()
    assert dict(rows_in(path)["migrations"]) == {one.number: one.sha256 for one in known_migrations()}


async def test_both_forms_of_the_nineteenth_are_upgraded_and_used(path: Path) -> None:
    (dump,) = [one for one in DUMPS if number_of(one) == 19]
    restore(dump, path)
    other_form = "5b937a904bb4f9b33f006979c880d9b4cdfd3da4b24d22de9f586b29971c114e"
    with closing(sqlite3.connect(path)) as other, other:
        (changed,) = other.execute("UPDATE migrations SET sha256 = ? WHERE number = 19 RETURNING 1", (other_form,))
    assert changed == (1,)
    store = await Store.open(path)
    try:
        await use(store)
    finally:
        await store.close()


async def test_a_migration_that_was_another_when_it_was_applied_is_named(path: Path) -> None:
    await (await Store.open(path)).close()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE migrations SET sha256 = 'other' WHERE number = 7")
    before = content(path)
    with pytest.raises(ChangedMigrationError) as caught:
        await Store.open(path)
    assert (caught.value.path, caught.value.name) == (path, "0007_guesses.sql")
    assert content(path) == before


def test_no_migration_changes_once_it_stands() -> None:
    """`migrations.sha256` is only ever added to: the next migration repairs."""
    listed = (Path(__file__).parent / "migrations.sha256").read_text().splitlines()
    found = [f"{hashlib.sha256(one.script.encode()).hexdigest()}  {one.name}" for one in known_migrations()]
    assert found == listed
