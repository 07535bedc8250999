"""A film gets another number: every row of every table goes with it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from data.store import Entry, Incoming, Store
from data.store.migrate import known_migrations
from data.store.moving import LATER, LISTS, OF_THE_CATALOGUE, move_films
from tests.data.store.old_databases import rows_in

OLD, NEW, OTHER = 115_398_776, 200_001, 42
COLUMNS = {"movie_id", "movie_ids", "deck", "plan"}
"""All columns that may name a film."""

ROWS = (
    (
        "INSERT INTO films (movie_id, title, raw_title, year, leads, imdb_id, source) VALUES"
        f" ({OLD}, 'Oppenheimer', 'Oppenheimer (2023)', 2023, 'Cillian Murphy', 15398776, 'imdb'),"
        f" ({NEW}, 'Oppenheimer', 'Oppenheimer (2023)', 2023, '', 15398776, 'movielens')"
    ),
    f"INSERT INTO film_titles VALUES ({OLD}, 'オッペンハイマー')",
    f"INSERT INTO ratings VALUES (:ann, {OLD}, 4.5, 10)",
    (
        "INSERT INTO changes (entry_id, user_id, what, movie_id, after, after_at, at)"
        f" VALUES (1, :ann, 'rating', {OLD}, 4.5, 10, 10)"
    ),
    f"INSERT INTO shown_lists (user_id, query, movie_ids, created_at) VALUES (:ann, '{{}}', '[1, {OLD}, 2]', 5)",
    f"INSERT INTO shelves VALUES (:ann, 'watchlist', {OLD}, 4)",
    f"INSERT INTO guesses VALUES (:ann, {OLD}, 4.1, 10)",
    "INSERT INTO imports (user_id, source, plan, created_at) VALUES (:ann, 'imdb', '"
    + json.dumps(
        {
            "entries": [["rating", OLD, 4.0, OTHER]],
            "questions": [{"candidates": [7, OLD], "answer": OLD, "at": OLD}],
        }
    )
    + "', 5)",
    (
        "INSERT INTO evenings (guild_id, channel_id, created_at, wishes, movie_ids, deck, movie_id)"
        f" VALUES (1, 2, 3, '{{}}', '[{OLD}]', '[{OLD}, 3]', {OLD})"
    ),
    f"INSERT INTO evening_answers VALUES (1, :ann, {OLD}, 1, 5)",
    f"INSERT INTO game_rounds (guild_id, channel_id, movie_id, started_at, ends_at) VALUES (1, 2, {OLD}, 3, 4)",
    f"INSERT INTO game_subjects VALUES (1, :ann, {OLD}, 4.1, 3)",
    f"INSERT INTO game_guesses VALUES (1, :bob, {OLD}, 3.5, 3, NULL)",
    f"INSERT INTO tmdb_films VALUES ({OLD}, 'US', NULL, 5)",
)


async def write(store: Store, *statements: str, **values: int) -> None:
    async with store.films._database.write() as tx:
        for statement in statements:
            await tx._connection.execute(statement, values)


async def move(store: Store) -> None:
    async with store.films._database.write() as tx:
        await move_films(tx, {OLD: NEW})


async def undo_last(store: Store, user_id: int) -> Entry:
    newest = await store.journal.newest(user_id)
    assert newest is not None
    return await store.journal.undo(user_id, newest.entry_id)


def naming_columns(path: Path) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT owner.name, columns.name FROM sqlite_schema AS owner JOIN pragma_table_info(owner.name) AS columns"
            " WHERE owner.type = 'table'"
        )
        return {(table, column) for table, column in rows if column in COLUMNS}


def places_of(path: Path, movie_id: int) -> set[str]:
    """Tables in which some cell is that number, or holds it within its text."""
    return {
        table
        for table, rows in rows_in(path).items()
        for row in rows
        for cell in row
        if cell == movie_id or (isinstance(cell, str) and str(movie_id) in cell)
    }


async def test_nothing_speaks_of_the_old_number_any_more(store: Store, path: Path, ann: int, bob: int) -> None:
    await write(store, *ROWS, ann=ann, bob=bob)
    tables = {table for table, _ in naming_columns(path)}
    assert places_of(path, OLD) == tables, "every table that names films has a row here"
    await move(store)
    # A time that looks like the number is none.
    assert places_of(path, OLD) == {"imports"}
    assert json.loads(str(rows_in(path)["imports"][0][4])) == {
        "entries": [["rating", NEW, 4.0, OTHER]],
        "questions": [{"candidates": [7, NEW], "answer": NEW, "at": OLD}],
    }
    assert places_of(path, NEW) == tables
    assert await store.ratings.ratings_of(ann) == {NEW: 4.5}
    shown = await store.lists.get(1)
    assert shown is not None
    assert shown.movie_ids == (1, NEW, 2)
    evening = await store.evenings.get(1)
    assert evening is not None
    assert (evening.movie_ids, evening.deck, evening.movie_id) == ((NEW,), (NEW, 3), NEW)
    (film,) = await store.films.known()
    assert film.leads == ("Cillian Murphy",)
    assert rows_in(path)["film_titles"] == [(NEW, "oppenheimer"), (NEW, "オッペンハイマー")]


def test_every_column_that_names_films_is_moved(tmp_path: Path) -> None:
    """A table that has one row about a film must say which of two stays; a list of films must be known as one."""
    path = tmp_path / "empty.db"
    with closing(sqlite3.connect(path)) as connection:
        for migration in known_migrations():
            connection.executescript(migration.script)
        for table, column in naming_columns(path):
            is_key = connection.execute(
                "SELECT pk FROM pragma_table_info(?) WHERE name = ?", (table, column)
            ).fetchone()[0]
            if table in OF_THE_CATALOGUE:
                continue
            if column == "movie_id":
                assert not is_key or table in LATER, table
            else:
                handled = {*LISTS, ("imports", "plan")}
                assert (table, column) in handled, (table, column)


async def test_what_a_list_was_asked_for_is_of_the_new_number(store: Store, ann: int) -> None:
    for old, new in (
        ({"kind": "start", "tastes": [[OTHER, OLD], [OLD]]}, {"kind": "start", "tastes": [[OTHER, NEW], [NEW]]}),
        ({"kind": "start", "towards": [OLD, OTHER]}, {"kind": "start", "towards": [NEW, OTHER]}),
        ({"n": 10, "like": [[OLD, "Oppenheimer"]]}, {"n": 10, "like": [[NEW, "Oppenheimer"]]}),
        ({"n": 10, "without_films": [[OLD, "Oppenheimer"]]}, {"n": 10, "without_films": [[NEW, "Oppenheimer"]]}),
        ({"n": OLD}, {"n": OLD}),  # no film
    ):
        list_id = await store.lists.create(ann, [], json.dumps(old), 5)
        await move(store)
        shown = await store.lists.get(list_id)
        assert shown is not None
        assert json.loads(shown.query) == new


async def test_what_an_evening_was_asked_for_is_of_the_new_number(store: Store, ann: int) -> None:
    asked = {"n": 10, "like": [[OLD, "Oppenheimer"]], "without_films": [[OLD, "Oppenheimer"], [OTHER, "Up"]]}
    evening_id = await store.evenings.create(1, 2, ann, json.dumps({"filters": json.dumps(asked), "share": 0.5}), 5)
    await move(store)
    evening = await store.evenings.get(evening_id)
    assert evening is not None
    wishes = json.loads(evening.wishes)
    assert wishes["share"] == 0.5
    assert json.loads(wishes["filters"]) == {
        "n": 10, "like": [[NEW, "Oppenheimer"]], "without_films": [[NEW, "Oppenheimer"], [OTHER, "Up"]]
    }  # fmt: skip


async def test_of_two_the_later_counts(store: Store, path: Path, ann: int, bob: int) -> None:
    for user, old_at, new_at in ((ann, 10, 20), (bob, 20, 10)):
        await write(
            store,
            f"INSERT INTO ratings VALUES (:user, {OLD}, 1, {old_at}), (:user, {NEW}, 5, {new_at})",
            f"INSERT INTO shelves VALUES (:user, 'hidden', {OLD}, {old_at}), (:user, 'watchlist', {NEW}, {new_at})",
            f"INSERT INTO guesses VALUES (:user, {OLD}, 1, {old_at}), (:user, {NEW}, 5, {new_at})",
            user=user,
        )
    await move(store)
    assert [row[:3] for row in rows_in(path)["ratings"]] == [(ann, NEW, 5.0), (bob, NEW, 1.0)]
    assert [row[:3] for row in rows_in(path)["shelves"]] == [(ann, "watchlist", NEW), (bob, "hidden", NEW)]
    assert [row[:3] for row in rows_in(path)["guesses"]] == [(ann, NEW, 5.0), (bob, NEW, 1.0)]


async def test_of_two_as_old_that_of_the_data_set_counts(store: Store, ann: int) -> None:
    await write(store, f"INSERT INTO ratings VALUES (:ann, {OLD}, 1, 10), (:ann, {NEW}, 5, 10)", ann=ann)
    await move(store)
    assert await store.ratings.ratings_of(ann) == {NEW: 5.0}


async def test_two_histories_become_one_that_is_taken_back_step_by_step(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(OLD, 2.0)], 10)
    await store.ratings.rate(ann, [(NEW, 4.0)], 20)
    await move(store)
    assert await store.ratings.ratings_of(ann) == {NEW: 4.0}
    await undo_last(store, ann)
    assert await store.ratings.ratings_of(ann) == {NEW: 2.0}
    await undo_last(store, ann)
    assert await store.ratings.ratings_of(ann) == {}


async def test_an_undone_rating_leaves_the_other_one(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(OLD, 2.0)], 10)
    await store.ratings.rate(ann, [(NEW, 4.0)], 20)
    undone = await undo_last(store, ann)
    await move(store)
    assert await store.ratings.ratings_of(ann) == {NEW: 2.0}
    await store.journal.restore(ann, undone.entry_id)
    assert await store.ratings.ratings_of(ann) == {NEW: 4.0}


async def test_what_stands_can_still_be_taken_back_where_the_later_rating_is_not_the_later_change(
    store: Store, ann: int
) -> None:
    await store.ratings.rate(ann, [(NEW, 4.0)], 20)
    import_id = await store.imports.create(ann, "imdb", "{}", 30)
    await store.imports.write(import_id, ann, Incoming([(OLD, 1.0, 10)]), 30)
    await store.shelves.move(ann, OLD, "hidden", 40)
    await store.shelves.move(ann, NEW, "watchlist", 50)
    await move(store)
    assert await store.ratings.ratings_of(ann) == {NEW: 4.0}
    assert [await undo_last(store, ann) is not None for _ in range(4)] == [True] * 4
    assert await store.journal.newest(ann) is None
    assert await store.ratings.with_shelves(ann) == ({}, {})


async def test_the_count_of_a_members_changes_notices(store: Store, path: Path, ann: int) -> None:
    await write(store, f"INSERT INTO ratings VALUES (:ann, {OLD}, 1, 10)", ann=ann)
    before = rows_in(path)["profiles"]
    await move(store)
    assert rows_in(path)["profiles"] != before
