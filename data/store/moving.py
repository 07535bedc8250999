"""Moving all that was kept about films from one number to another."""

import json
from collections.abc import Mapping
from typing import Any

from data.folding import fold
from data.store.changes import NOTHING, Thing, standing_of
from data.store.database import Transaction, Value

OF_THE_CATALOGUE = ("films", "film_titles")
LATER = {
    "ratings": "rated_at",
    "shelves": "added_at",
    "guesses": "guessed_at",
    "evening_answers": "answered_at",
    "tmdb_films": "fetched_at",
}
"""Tables that have one row about a film; where there would be two, the later one by this column stays."""
LISTS = {("shown_lists", "movie_ids"), ("evenings", "movie_ids"), ("evenings", "deck")}
"""Columns that hold films' numbers as a JSON list."""
NAMED = ("like", "without_films")
"""What a list was asked for that names films, each by its number and its title."""
_TABLES = (
    "SELECT schema.name FROM sqlite_schema AS schema JOIN pragma_table_info(schema.name) AS columns"
    " WHERE schema.type = 'table' AND columns.name = 'movie_id' ORDER BY schema.name"
)
_MORE = ("original_title", "runtime_min", "source_mean", "source_votes", "tmdb_id")
_JOINED = ("directors", "leads", "languages", "countries")


async def move_films(tx: Transaction, moved: Mapping[int, int]) -> None:
    """Let everything about the films `moved`, old number to new, be about the new ones; the old ones go."""
    if not moved:
        return
    await tx.rows("CREATE TEMP TABLE IF NOT EXISTS moved (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)")
    await tx.rows("DELETE FROM moved")
    await tx.run_many("INSERT INTO moved (old, new) VALUES (?, ?)", moved.items())
    twice = await tx.rows(
        "SELECT DISTINCT user_id, new, what FROM changes JOIN moved ON movie_id = old WHERE EXISTS (SELECT 1"
        " FROM changes AS others WHERE others.user_id = changes.user_id AND others.movie_id = new"
        " AND others.what = changes.what)"
    )
    for (table,) in await tx.rows(_TABLES):
        if table in LATER:
            await _keep_the_later(tx, table, LATER[table])
        if table not in OF_THE_CATALOGUE:
            await tx.rows(
                f"UPDATE {table} SET movie_id = (SELECT new FROM moved WHERE old = movie_id)"
                " WHERE movie_id IN (SELECT old FROM moved)"
            )
    for user_id, movie_id, what in twice:
        await _chain(tx, user_id, Thing(what, movie_id))
    for table, column in sorted(LISTS):
        await tx.rows(
            f"UPDATE {table} SET {column} = (SELECT json_group_array(coalesce(new, value)) FROM"
            f" (SELECT new, value FROM json_each({column}) LEFT JOIN moved ON old = value ORDER BY key))"
            f" WHERE {column} IS NOT NULL AND EXISTS (SELECT 1 FROM json_each({column}) JOIN moved ON old = value)"
        )
    await _change_plans(tx, moved)
    await _change_queries(tx, moved)
    await _tell_the_new(tx)
    await tx.rows("DELETE FROM films WHERE movie_id IN (SELECT old FROM moved)")
    await tx.rows("DELETE FROM moved")


async def _keep_the_later(tx: Transaction, table: str, at: str) -> None:
    """Where there are rows about both films, remove the earlier one; of two as old, that about the old number."""
    keys = await tx.rows("SELECT name FROM pragma_table_info(?) WHERE pk > 0 AND name != 'movie_id'", (table,))
    same = "".join(f" AND other.{key} = {table}.{key}" for (key,) in keys)
    for mine, others, beats in (("old", "new", ">="), ("new", "old", ">")):
        await tx.rows(
            f"DELETE FROM {table} WHERE EXISTS (SELECT 1 FROM moved JOIN {table} AS other ON other.movie_id = {others}"
            f" WHERE {mine} = {table}.movie_id{same} AND other.{at} {beats} {table}.{at})"
        )


async def _chain(tx: Transaction, user_id: int, thing: Thing) -> None:
    """Two histories have become one: let each change begin with what the standing ones before it left.

    The last of them leaves what stands now.
    """
    rows = await tx.rows(
        "SELECT change_id, after, after_at, undone FROM changes"
        " WHERE user_id = ? AND movie_id = ? AND what = ? ORDER BY change_id",
        (user_id, thing.movie_id, thing.what),
    )
    last = max((change_id for change_id, _, _, undone in rows if not undone), default=0)
    now = (await standing_of(tx, user_id, [thing])).get(thing) or NOTHING
    before: tuple[Value, int | None] = NOTHING
    for change_id, after, after_at, undone in rows:
        left = now if change_id == last else (after, after_at)
        await tx.rows(
            "UPDATE changes SET before = ?, before_at = ?, after = ?, after_at = ? WHERE change_id = ?",
            (*before, *left, change_id),
        )
        before = before if undone else left


async def _change_plans(tx: Transaction, moved: Mapping[int, int]) -> None:
    """Imports name films in their plans while they are open."""
    for import_id, text in await tx.rows("SELECT import_id, plan FROM imports WHERE plan IS NOT NULL"):
        plan: dict[str, Any] = json.loads(text)
        before = json.dumps(plan)
        for entry in plan.get("entries", ()):
            entry[1] = moved.get(entry[1], entry[1])
        for question in plan.get("questions", ()):
            question["candidates"] = [moved.get(one, one) for one in question["candidates"]]
            question["answer"] = moved.get(question["answer"], question["answer"])
        if json.dumps(plan) != before:
            await tx.rows("UPDATE imports SET plan = ? WHERE import_id = ?", (json.dumps(plan), import_id))


async def _change_queries(tx: Transaction, moved: Mapping[int, int]) -> None:
    """Lists and evenings remember the films they should be like, or not hold, and a wizard of `start` its tastes."""
    asking = " OR ".join(f"json_type(query, '$.{key}') = 'array'" for key in (*NAMED, "tastes", "towards"))
    for list_id, text in await tx.rows(
        f"SELECT list_id, query FROM shown_lists WHERE iif(json_valid(query), {asking}, 0)"
    ):
        if (query := _moved(text, moved)) != text:
            await tx.rows("UPDATE shown_lists SET query = ? WHERE list_id = ?", (query, list_id))
    for evening_id, text in await tx.rows(
        "SELECT evening_id, json_extract(wishes, '$.filters') FROM evenings WHERE json_valid(wishes)"
    ):
        if text is not None and (query := _moved(text, moved)) != text:
            sql = "UPDATE evenings SET wishes = json_set(wishes, '$.filters', ?) WHERE evening_id = ?"
            await tx.rows(sql, (query, evening_id))


def _moved(text: str, moved: Mapping[int, int]) -> str:
    """A query with the new numbers of the films it names."""
    query: dict[str, Any] = json.loads(text)
    for film in (one for key in NAMED for one in query.get(key, ())):
        film[0] = moved.get(film[0], film[0])
    for films in (query.get("towards", []), *query.get("tastes", ())):
        films[:] = [moved.get(one, one) for one in films]
    return json.dumps(query)


async def _tell_the_new(tx: Transaction) -> None:
    """What a source knows of the old film holds for the new one where nothing better is known, its names as well."""
    told = [f"{one} = coalesce(films.{one}, gone.{one})" for one in _MORE]
    told += [f"{one} = CASE films.{one} WHEN '' THEN gone.{one} ELSE films.{one} END" for one in _JOINED]
    await tx.rows(
        f"UPDATE films SET {', '.join(told)}, in_imdb = max(films.in_imdb, gone.in_imdb)"
        " FROM moved JOIN films AS gone ON gone.movie_id = old WHERE films.movie_id = new"
    )
    await tx.rows(
        "INSERT INTO film_titles (movie_id, folded) SELECT new, folded FROM film_titles JOIN moved ON movie_id = old"
        " WHERE true ON CONFLICT DO NOTHING"
    )
    names = await tx.rows("SELECT new, title FROM films JOIN moved ON movie_id = old")
    await tx.run_many(
        "INSERT INTO film_titles (movie_id, folded) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(movie_id, fold(title)) for movie_id, title in names],
    )
