"""Bringing ratings from elsewhere: read, match, preview, ask, write as one."""

import asyncio
import time
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from bot.errors import StaleComponentError
from bot.imports.matching import Match, Matcher
from bot.imports.plan import SKIPPED, UNDECIDED, Finding, Named, Plan, Wanted, key_of
from bot.imports.reading import read_upload
from bot.imports.rows import Reading, RowKind
from bot.imports.sources import OnLookedUp, Sources
from bot.movies import AddingService, MovieSearch
from data import IdSpace, Movie
from data.store import Store, StoredImport

SLICE_S = 0.01
"""Matching gives way to everybody else after so long."""
SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """A film as it will be rated."""

    movie: Movie
    stars: float


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. Of ratings: `new`, `changed`, `same` as now, `older` than what stands (not taken).

    `undecided` questions are open; `missing` and `unreadable` are in part, their totals whole. `added` films are new to
    the catalogue, which confirming adds; `to_look_up` are those missing that can still be looked for.
    """

    import_id: int
    owner_id: int
    source: str
    scale: int
    new: int
    changed: int
    same: int
    older: int
    watchlist: int
    hidden: int
    seen: int
    samples: tuple[Sample, ...]
    questions: int
    undecided: int
    missing: tuple[Named, ...]
    missing_total: int
    unreadable: tuple[tuple[str, int, str, str], ...]
    unreadable_total: int
    series: int
    unrated: int
    repeated: int
    added: int = 0
    to_look_up: int = 0

    @property
    def writes(self) -> int:
        """How many things confirming would write."""
        return self.new + self.changed + self.watchlist + self.hidden + self.seen

    @property
    def may_write(self) -> bool:
        """Whether there is, or may yet be, anything to confirm."""
        return bool(self.writes or self.undecided or self.to_look_up)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of an import; `place` counts from 0, `decided` are those answered or skipped so far."""

    import_id: int
    owner_id: int
    place: int
    decided: int
    questions: int
    kind: RowKind
    title: str
    year: int | None
    stars: float | None
    candidates: tuple[Movie, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """An import that was written."""

    import_id: int
    owner_id: int
    source: str
    ratings: int
    shelved: int


@dataclass(frozen=True, slots=True)
class ImportClosed:
    """Nothing is left to do with an import: it was cancelled, or taken back before."""

    state: Literal["cancelled", "undone"]


class ImportService:
    """Use cases of importing. Members are Discord ids; times are UTC epoch seconds."""

    def __init__(
        self,
        store: Store,
        search: MovieSearch,
        id_space: IdSpace,
        adding: AddingService,
        sources: Sources,
    ) -> None:
        self._store = store
        self._search = search
        self._adding = adding
        self._sources = sources
        self._matcher = Matcher(search, id_space)
        self._one_at_a_time = asyncio.Semaphore(1)

    async def preview(self, discord_id: int, name: str, content: bytes, at: int) -> Preview:
        """Read an attachment and keep what is to be done; writes no rating. Raises ImportFileError."""
        async with self._one_at_a_time:
            reading = await asyncio.to_thread(read_upload, name, content)
            matches = await self._match(reading)
            plan = await asyncio.to_thread(Plan.of, reading, matches, at)
            text = await asyncio.to_thread(plan.to_json)
        profile = await self._store.profiles.get_or_create(discord_id, at)
        import_id = await self._store.imports.create(profile.user_id, plan.source, text, at)
        return await self._previewed(discord_id, import_id, profile.user_id, plan)

    async def _match(self, reading: Reading) -> list[Match]:
        """Match in a thread, a slice at a time: a thread that computes all the while slows the event loop down."""
        matcher, is_own = self._matcher, reading.source == "marquee"

        def match_from(start: int) -> list[Match]:
            until = time.perf_counter() + SLICE_S
            found: list[Match] = []
            for row in islice(reading.rows, start, None):
                found.append(matcher.match(row, reading.id_space, is_own=is_own))
                if time.perf_counter() > until:
                    break
            return found

        matches: list[Match] = []
        while len(matches) < len(reading.rows):
            matches += await asyncio.to_thread(match_from, len(matches))
            await asyncio.sleep(0)
        return matches

    async def look_up(self, discord_id: int, import_id: int, on_looked_up: OnLookedUp) -> None:
        """Look for the missing films elsewhere, as far as they are told of; what was found by then is kept in any case.

        Raises StaleComponentError where the import is not open any more.
        """
        wanted = (await _plan(await self._open(discord_id, import_id))).to_look_up()
        found: dict[Wanted, Finding | None] = {}
        try:
            await self._sources.look_up(wanted, found, on_looked_up)
        finally:
            await self._store.imports.revise(import_id, lambda text: _with(text, found))

    async def again(self, discord_id: int, import_id: int) -> Preview | Imported | ImportClosed:
        """How an import of the member's own stands."""
        stored = await self._own(discord_id, import_id)
        if stored.state != "open":
            return self._over(discord_id, stored)
        return await self._previewed(discord_id, import_id, stored.user_id, await _plan(stored))

    async def question(self, discord_id: int, import_id: int, after: int = -1) -> Asked | Preview:
        """The next row to be decided, behind `after` first; the preview where none is left."""
        stored = await self._open(discord_id, import_id)
        plan = await _plan(stored)
        place = plan.next_question(after)
        if place is None:
            return await self._previewed(discord_id, import_id, stored.user_id, plan)
        asked = plan.questions[place]
        decided = sum(one.answer != UNDECIDED for one in plan.questions)
        known = _as_movies(plan) | {one.movie_id: one for one in self._search.of_ids(asked.candidates)}
        candidates = tuple(known[one] for one in asked.candidates if one in known)
        return Asked(
            import_id, discord_id, place, decided, len(plan.questions),
            asked.kind, asked.title, asked.year, asked.stars, candidates,
        )  # fmt: skip

    async def resolve(self, discord_id: int, import_id: int, place: int, movie_id: int | None) -> Asked | Preview:
        """Decide one row, a film or None to skip it, and go on with the next."""
        plan = await _plan(await self._open(discord_id, import_id))
        if not 0 <= place < len(plan.questions):
            raise StaleComponentError
        if movie_id is not None and movie_id not in plan.questions[place].candidates:
            raise StaleComponentError
        answer = SKIPPED if movie_id is None else movie_id
        if not await self._store.imports.set_in_plan(import_id, f"$.questions[{place}].answer", answer):
            raise StaleComponentError
        return await self.question(discord_id, import_id, after=place)

    async def confirm(self, discord_id: int, import_id: int, at: int) -> Imported | ImportClosed:
        """Write what is decided, all of it or nothing; a second time does nothing."""
        stored = await self._own(discord_id, import_id)
        if stored.state == "open":
            plan = await _plan(stored)
            added = await self._adding.add_all(plan.to_add())
            incoming = await asyncio.to_thread(plan.incoming, added)
            written = await self._store.imports.write(import_id, stored.user_id, incoming, at)
            if written is not None:
                return Imported(import_id, discord_id, stored.source, written.ratings, written.shelved)
            stored = await self._own(discord_id, import_id)
        return self._over(discord_id, stored)

    async def cancel(self, discord_id: int, import_id: int) -> Imported | ImportClosed:
        """Drop an open import; what was written already stays."""
        stored = await self._own(discord_id, import_id)
        if await self._store.imports.cancel(import_id):
            return ImportClosed("cancelled")
        return self._over(discord_id, stored)

    async def _own(self, discord_id: int, import_id: int) -> StoredImport:
        stored = await self._store.imports.get(import_id)
        profile = await self._store.profiles.find(discord_id)
        if stored is None or profile is None or stored.user_id != profile.user_id:
            raise StaleComponentError
        return stored

    async def _open(self, discord_id: int, import_id: int) -> StoredImport:
        stored = await self._own(discord_id, import_id)
        if stored.state != "open":
            raise StaleComponentError
        return stored

    @staticmethod
    def _over(discord_id: int, stored: StoredImport) -> Imported | ImportClosed:
        if stored.state == "written":
            return Imported(stored.import_id, discord_id, stored.source, stored.ratings, stored.shelved)
        return ImportClosed("undone" if stored.state == "undone" else "cancelled")

    async def _previewed(self, discord_id: int, import_id: int, user_id: int, plan: Plan) -> Preview:
        incoming = await asyncio.to_thread(plan.incoming)
        found = await self._store.imports.compare(user_id, incoming)
        given = {movie_id: stars for movie_id, stars, _ in incoming.ratings}
        shown = [*found.changed[:SAMPLES], *found.new[:SAMPLES]][:SAMPLES]
        new = _as_movies(plan)
        samples = (Sample(new.get(movie_id) or self._search.named(movie_id), given[movie_id]) for movie_id in shown)
        return Preview(
            import_id=import_id,
            owner_id=discord_id,
            source=plan.source,
            scale=plan.scale,
            new=len(found.new),
            changed=len(found.changed),
            same=found.same,
            older=found.older,
            watchlist=len(found.watchlist),
            hidden=len(found.hidden),
            seen=len(found.seen),
            samples=tuple(samples),
            questions=len(plan.questions),
            undecided=sum(one.answer == UNDECIDED for one in plan.questions),
            missing=tuple(plan.missing),
            missing_total=plan.missing_total,
            unreadable=tuple(plan.unreadable),
            unreadable_total=plan.unreadable_total,
            series=plan.left_out.get("series", 0),
            unrated=plan.left_out.get("unrated", 0),
            repeated=plan.repeated,
            added=len(plan.to_add()),
            to_look_up=len(plan.to_look_up()) if self._sources.are_there else 0,
        )


async def _plan(stored: StoredImport) -> Plan:
    return await asyncio.to_thread(Plan.from_json, stored.plan or "{}")


def _with(text: str, found: dict[Wanted, Finding | None]) -> str:
    """The plan as JSON, with what was found."""
    plan = Plan.from_json(text)
    plan.take(found)
    return plan.to_json()


def _as_movies(plan: Plan) -> dict[int, Movie]:
    """The new films, to be shown."""
    return {key_of(one): Movie(key_of(one), one.title, one.year, (), f"{one.title} ({one.year})") for one in plan.new}
