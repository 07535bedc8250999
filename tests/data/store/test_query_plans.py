"""No question about one member reads everybody's rows: asked of SQLite's own query planner."""

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path

import aiosqlite
import pytest

from data.store import Incoming, Store
from data.store.database import Value
from data.store.ratings import rated_by_hand_since

TABLES = (
    *("profiles", "ratings", "changes", "shown_lists", "training_runs", "guilds", "facts", "handled"),
    *("game_rounds", "game_subjects", "game_guesses", "memberships"),
    *("evenings", "evening_members", "evening_answers"),
    *("guesses", "imports", "shelves", "later", "old_undos"),  # what changes are called where they meet
)

INCOMING = Incoming([(7, 3.0, 4)], [(8, 4)], [(9, 4)])

Question = Callable[[Store, int], Awaitable[object]]
QUESTIONS: dict[str, Question] = {
    "find": lambda store, user: store.profiles.find(111),
    "of_user": lambda store, user: store.profiles.of_user(user),
    "first contact": lambda store, user: store.profiles.get_or_create(999, 0),
    "rate": lambda store, user: store.ratings.rate(user, [(1, 4.0), (2, 3.0)], 5),
    "unrate": lambda store, user: store.ratings.unrate(user, 7, 5),
    "undo": lambda store, user: store.journal.undo(user, 1),
    "newest entry": lambda store, user: store.journal.newest(user),
    "find change": lambda store, user: store.journal.find(user, 1),
    "history": lambda store, user: store.journal.page(user, limit=10, offset=0),
    "entries": lambda store, user: store.journal.count_of(user),
    "restored_by": lambda store, user: store.journal.restored_by(user, 1, 2),
    "entries_between": lambda store, user: store.journal.entries_between(user, 1, 2),
    "entry_of_import": lambda store, user: store.journal.entry_of_import(user, 1),
    "removal_at": lambda store, user: store.journal.removal_at(user, 1),
    "ratings_of": lambda store, user: store.ratings.ratings_of(user),
    "newest": lambda store, user: store.ratings.rows_of(user, order="newest", limit=10, offset=0),
    "highest": lambda store, user: store.ratings.rows_of(user, order="highest", limit=10, offset=0),
    "count_of": lambda store, user: store.ratings.count_of(user),
    "rated_by_hand_since": lambda store, user: rated_by_hand_since(store._database, user, 3),
    "rated_since": lambda store, user: store.ratings.rated_since(user, 3),
    "adopt": lambda store, user: store.profiles.adopt(user, 42, 0),
    "guesses": lambda store, user: store.guesses.of(user),
    "forget": lambda store, user: store.ratings.forget(user, 9),
    "last_write_id": lambda store, user: store.ratings.last_write_id(),
    "writes_since": lambda store, user: store.ratings.writes_since(1),
    "voters_since": lambda store, user: store.votes.voters_since(1, created_before=5, count_to=20),
    "shelf": lambda store, user: store.shelves.of(user, "hidden"),
    "move": lambda store, user: store.shelves.move(user, 1, "hidden", 5),
    "remove": lambda store, user: store.shelves.remove(user, "hidden", 1, 5),
    "replace": lambda store, user: store.shelves.replace(user, 1, None, None, 5),
    "create": lambda store, user: store.lists.create(user, [1], "", 5),
    "append": lambda store, user: store.lists.append(1, [2]),
    "retract": lambda store, user: store.lists.retract(1, 1),
    "shown_by_kind": lambda store, user: store.lists.shown_by_kind(user, "start"),
    "get": lambda store, user: store.lists.get(1),
    "prune": lambda store, user: store.lists.prune(0),
    "plan": lambda store, user: store.imports.create(user, "imdb", "{}", 5),
    "set_in_plan": lambda store, user: store.imports.set_in_plan(2, "$.a", 5),
    "import": lambda store, user: store.imports.get(2),
    "cancel": lambda store, user: store.imports.cancel(2),
    "compare": lambda store, user: store.imports.compare(user, INCOMING),
    "write": lambda store, user: store.imports.write(2, user, INCOMING, 5),
    "prune imports": lambda store, user: store.imports.prune(0),
    "begin": lambda store, user: store.handled.begin(1),
    "prune handled": lambda store, user: store.handled.prune(1_600_000_000),
    "begin a round": lambda store, user: store.games.begin(9, 2, user, 1, 4.0, 5, 9),
    "round": lambda store, user: store.games.get(1),
    "running": lambda store, user: store.games.running(1),
    "sent": lambda store, user: store.games.sent(1, 5),
    "guess": lambda store, user: store.games.guess(1, 9, user, 4.0, 5),
    "subject": lambda store, user: store.games.subject(1),
    "guesses of a round": lambda store, user: store.games.guesses(1),
    "end": lambda store, user: store.games.end(1, 9, is_here=True, score=lambda guess, stars: 3),
    "told": lambda store, user: store.games.told(1, 9),
    "asked_about": lambda store, user: store.games.asked_about(user, 5),
    "standings": lambda store, user: store.games.standings(9, 0, 9, 3),
    "rated since": lambda store, user: store.games.rated_since(9, 0, 9),
    "prune games": lambda store, user: store.games.prune(0),
    "evening": lambda store, user: store.evenings.get(1),
    "evening's members": lambda store, user: store.evenings.members(1),
    "count in": lambda store, user: store.evenings.count_in(1, [user]),
    "show": lambda store, user: store.evenings.show(1, [7], 0),
    "set poll": lambda store, user: store.evenings.set_poll(1, 5),
    "swipe": lambda store, user: store.evenings.start_swiping(1, [7]),
    "answers_of": lambda store, user: store.evenings.answers_of(1, user),
    "liked": lambda store, user: store.evenings.liked(1),
    "choose": lambda store, user: store.evenings.choose(1, 7),
    "plan evening": lambda store, user: store.evenings.plan(1, 9, host=user, utc_offset=60),
    "cancel evening": lambda store, user: store.evenings.cancel(1),
    "end evening": lambda store, user: store.evenings.end(1),
    "interested": lambda store, user: store.evenings.note_interested(1, [user], 5),
    "by_event": lambda store, user: store.evenings.by_event(5),
    "pending": lambda store, user: store.evenings.pending(),
    "newest evenings": lambda store, user: store.evenings.newest(9, ("planned", "over"), 10),
    "of_host": lambda store, user: store.evenings.of_host(9, user),
    "utc_offset_of": lambda store, user: store.evenings.utc_offset_of(user),
    "appeals": lambda store, user: store.evenings.appeals(9, [user], 10),
    "prune evenings": lambda store, user: store.evenings.prune(0),
    "member": lambda store, user: store.memberships.note(9, 111, 90_000),
    "blocked": lambda store, user: store.memberships.blocked(9),
    "visible one": lambda store, user: store.memberships.find(9, 111),
    "fact": lambda store, user: store.facts.get("a"),
}


@pytest.mark.parametrize("name", QUESTIONS)
async def test_no_scan(store: Store, ann: int, path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await store.ratings.rate(ann, [(7, 4.0)], at=1)
    await store.lists.create(ann, [1], "", at=1)
    for _ in range(2):
        await store.imports.create(ann, "imdb", "{}", 1)
    await store.memberships.note(9, 111, 1)
    await store.profiles.set_compares(ann, True, 0)
    await store.games.begin(9, 1, ann, 7, 4.0, 1, 9)
    await store.evenings.create(9, 1, ann, "{}", 1)
    asked: list[str] = []
    fetch = aiosqlite.Connection.execute_fetchall

    def noting(self: aiosqlite.Connection, sql: str, values: Sequence[Value] = ()) -> object:
        asked.append(sql)
        return fetch(self, sql, values)

    monkeypatch.setattr(aiosqlite.Connection, "execute_fetchall", noting)
    await QUESTIONS[name](store, ann)
    monkeypatch.undo()

    statements = [sql for sql in asked if sql.startswith(("SELECT", "UPDATE", "DELETE"))]
    assert statements or name in ("create", "begin a round")  # which only insert
    with closing(sqlite3.connect(path)) as connection:
        for sql in statements:
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", [1] * sql.count("?"))]
            scans = [step for step in plan for table in TABLES if step.startswith(f"SCAN {table}")]
            assert scans == [], f"{sql}: {plan}"


async def test_the_test_sees_a_scan(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        plan = [row[3] for row in connection.execute("EXPLAIN QUERY PLAN SELECT count(*) FROM ratings")]
    assert any(step.startswith("SCAN ratings") for step in plan)


async def test_deleting_a_profile_finds_its_rows_by_index(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for table in ("ratings", "changes", "shown_lists", "imports"):
            (plan,) = connection.execute(f"EXPLAIN QUERY PLAN DELETE FROM {table} WHERE user_id = 1").fetchall()
            assert plan[3].startswith(f"SEARCH {table} USING"), plan
