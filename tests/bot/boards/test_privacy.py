"""Nobody who may not be seen is on a board or in its means, whatever was set, left, blocked or deleted."""

import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.boards.service import BoardQuery, BoardService
from bot.servers import ServerRatingsReader
from data import Movie
from data.store import Store

GUILD, AT = 987, 1_800_000_000
PEOPLE = (11, 22, 33, 44)
FILMS = (1, 2, 3)

actions = st.sampled_from(["private", "server", "public", "leave", "block", "delete", "quarantine", "release", "speak"])
steps = st.lists(st.tuples(actions, st.sampled_from(PEOPLE)), max_size=12)


class OnlyNames:
    """A catalogue of the three films."""

    class catalogue:  # noqa: N801 - stands where the catalogue does
        genres = ("Drama",)
        last_year = 2020

        @staticmethod
        def values() -> tuple[Movie, ...]:
            return ()

    @staticmethod
    def named(movie_id: int) -> Movie:
        return Movie(movie_id, f"Film {movie_id}", 2000, (), f"Film {movie_id}")


async def take(store: Store, what: str, who: int, hidden: set[tuple[str, int]], at: int) -> None:
    """Do it, and note for what reasons who may not be seen."""
    profile = await store.profiles.find(who)
    match what:
        case "private" | "server" | "public" if profile is not None:
            await store.profiles.set_visibility(profile.user_id, what, 0)  # type: ignore[arg-type]
            _note(hidden, "private", who, what == "private")
        case "leave" if profile is not None:
            await store.memberships.leave(GUILD, [who], at)
            _note(hidden, "left", who, True)
        case "speak" if await store.memberships.note(GUILD, who, at):
            _note(hidden, "left", who, False)
        case "block" if await store.memberships.block(GUILD, who, at):
            _note(hidden, "blocked", who, True)
        case "quarantine" if await store.profiles.quarantine(who, at):
            _note(hidden, "quarantined", who, True)
        case "release" if await store.profiles.release(who):
            _note(hidden, "quarantined", who, False)
        case "delete":
            await store.personal.delete(who, at)
            _note(hidden, "deleted", who, True)


def _note(hidden: set[tuple[str, int]], why: str, who: int, is_so: bool) -> None:
    (hidden.add if is_so else hidden.discard)((why, who))


def seen(hidden: Collection[tuple[str, int]]) -> set[int]:
    return set(PEOPLE) - {who for _, who in hidden}


@settings(max_examples=25, deadline=None)
@given(steps)
async def test_only_who_may_be_seen_is_counted(taken: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(Path(folder) / "marquee.db")
        try:
            boards = BoardService(cast("Any", OnlyNames), ServerRatingsReader(store))
            for who in PEOPLE:
                user_id = (await store.profiles.get_or_create(who, AT)).user_id
                await store.ratings.rate(user_id, [(film, 4.0) for film in FILMS], AT)
                await store.memberships.note(GUILD, who, AT)
            hidden: set[tuple[str, int]] = set()
            for moment, (what, who) in enumerate(taken, 1):
                await take(store, what, who, hidden, AT + moment)
                raters = await boards.raters(GUILD, BoardQuery("raters"), 0)
                assert {one.discord_id for one in raters.raters} == seen(hidden)
                films = await boards.films(GUILD, BoardQuery(), 0)
                assert {one.votes for one in films.films} == ({len(seen(hidden))} if len(seen(hidden)) > 1 else set())
        finally:
            await store.close()
