"""The journal: whatever was changed is taken back and brought back, in any order, and never over what came later."""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from data.store import RETRAIN_WANTED, SHELVES, Entry, Incoming, State, Store, Thing
from data.store.errors import AlreadySoError, ChangedSinceError, UnknownEntryError
from data.store.ratings import RatingRow
from data.store.shelves import Shelf, ShelvedFilm

HEAT, CASINO, ALIEN = 6, 16, 26
FILM = st.integers(1, 4)
STARS = st.integers(1, 10).map(lambda halves: halves / 2)
DEFAULTS = '{"n": 10, "without": ["Horror"]}'


async def rows(store: Store, user_id: int) -> tuple[RatingRow, ...]:
    return await store.ratings.rows_of(user_id, order="newest", limit=9, offset=0)


async def test_a_message_of_several_ratings_is_taken_back_and_brought_back_again_and_again(
    store: Store, ann: int, bob: int
) -> None:
    await store.ratings.rate(ann, [(HEAT, 1.0)], at=5)
    changes = await store.ratings.rate(ann, [(HEAT, 4.0), (CASINO, 2.0)], at=10)
    await store.ratings.rate(bob, [(HEAT, 3.0)], at=20)
    for _ in range(2):
        undone = await store.journal.undo(ann, changes[1].change_id)
        assert undone.counts == {("rating", True): 2}
        assert await rows(store, ann) == (RatingRow(HEAT, 1.0, 5),)
        with pytest.raises(AlreadySoError):
            await store.journal.undo(ann, changes[0].change_id)
        await store.journal.restore(ann, undone.entry_id)
        assert await rows(store, ann) == (RatingRow(HEAT, 4.0, 10), RatingRow(CASINO, 2.0, 10))
        with pytest.raises(AlreadySoError):
            await store.journal.restore(ann, undone.entry_id)
    for user_id, change_id in ((bob, changes[0].change_id), (ann, 99)):
        with pytest.raises(UnknownEntryError):
            await store.journal.undo(user_id, change_id)
    assert await store.ratings.ratings_of(bob) == {HEAT: 3.0}


async def test_many_ratings_that_a_model_learned_from_make_a_training_due_when_they_are_taken_back(
    store: Store, ann: int
) -> None:
    changes = await store.ratings.rate(ann, [(film, 4.0) for film in range(1, 21)], at=10)
    await store.journal.undo(ann, changes[0].change_id)
    assert await store.facts.get(RETRAIN_WANTED) is None  # no model knows of them
    await store.journal.restore(ann, changes[0].change_id)
    run_id = await store.runs.begin(None, await store.ratings.last_write_id(), 20, 20)
    await store.runs.finish(run_id, "promoted", "v", None, 30)
    await store.journal.undo(ann, changes[0].change_id)
    assert await store.facts.get(RETRAIN_WANTED) is not None


async def test_correcting_one_of_several_leaves_the_others(store: Store, ann: int) -> None:
    changes = await store.ratings.rate(ann, [(HEAT, 4.0), (CASINO, 2.0)], at=10)
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=12)  # no double click of that message
    await store.ratings.correct(ann, changes[1].change_id, ALIEN, at=20)
    assert await store.ratings.ratings_of(ann) == {HEAT: 4.0, ALIEN: 2.0}
    with pytest.raises(ChangedSinceError):
        await store.ratings.correct(ann, changes[1].change_id, ALIEN, at=30)


async def test_presses_at_once_count_once(store: Store, ann: int) -> None:
    (change,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    presses = await asyncio.gather(
        *(store.journal.undo(ann, change.change_id) for _ in range(5)), return_exceptions=True
    )
    assert sum(isinstance(press, Entry) for press in presses) == 1
    assert await rows(store, ann) == ()


async def test_what_was_changed_since_stays(store: Store, ann: int) -> None:
    (both, _) = await store.ratings.rate(ann, [(HEAT, 4.0), (CASINO, 5.0)], at=20)
    (later,) = await store.ratings.rate(ann, [(HEAT, 1.0)], at=30)
    undone = await store.journal.undo(ann, both.change_id)
    assert (undone.counts, undone.left) == ({("rating", True): 1}, 1)
    assert await store.ratings.ratings_of(ann) == {HEAT: 1.0}
    with pytest.raises(ChangedSinceError):
        await store.journal.undo(ann, both.change_id)
    await store.journal.undo(ann, later.change_id)
    assert (await store.journal.newest(ann)) is not None
    await store.journal.undo(ann, both.change_id)  # nothing stands in the way any more
    assert await store.ratings.ratings_of(ann) == {}


async def test_the_newest_is_whatever_was_changed_last(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    await store.shelves.move(ann, CASINO, "hidden", 20)
    await store.profiles.set_trains(ann, False, 30)
    assert await store.profiles.set_trains(ann, False, 31) is None
    of_heat = await store.journal.newest(ann, HEAT)
    assert of_heat is not None
    assert of_heat.changes[0].thing == Thing("rating", HEAT)
    assert await store.journal.newest(ann, ALIEN) is None
    told = []
    while (entry := await store.journal.newest(ann)) is not None:
        told.append(entry.changes[0].thing)
        await store.journal.undo(ann, entry.entry_id)
    assert told == [Thing("trains"), Thing("shelf", CASINO), Thing("rating", HEAT)]
    page = await store.journal.page(ann, limit=2, offset=1)
    assert [(one.changes[0].thing.what, one.can_undo, one.can_restore) for one in page] == [
        ("shelf", False, True),
        ("rating", False, True),
    ]
    assert await store.journal.count_of(ann) == 3


async def test_an_import_and_a_reset_are_one_entry_each(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 1.0)], at=3)
    import_id = await store.imports.create(ann, "imdb", "{}", 4)
    films = Incoming([(HEAT, 4.0, 5), (CASINO, 2.0, 6)], watchlist=[(ALIEN, 7)])
    written = await store.imports.write(import_id, ann, films, 10)
    assert written is not None
    await store.profiles.adopt(ann, 42, 11)
    (first, *_) = await store.ratings.forget(ann, 12)
    assert await rows(store, ann) == ()
    entry = await store.journal.undo(ann, first.entry_id)
    assert entry.counts == {("rating", False): 2, ("adopted_user_id", False): 1}
    assert len(await rows(store, ann)) == 2
    assert (await store.journal.undo(ann, written.entry_id)).source == "imdb"
    assert await rows(store, ann) == (RatingRow(HEAT, 1.0, 3),)
    assert await store.shelves.of(ann, "watchlist") == ()
    stored = await store.imports.get(import_id)
    assert stored is not None
    assert stored.state == "undone"
    await store.journal.restore(ann, written.entry_id)
    assert await store.shelves.of(ann, "watchlist") == (ShelvedFilm(ALIEN, 7),)
    found = await store.journal.page(ann, limit=9, offset=0)
    assert [one.source for one in found] == [None, None, "imdb", None]


State_ = dict[Thing, State]


class ChangeAndTakeBack(RuleBasedStateMachine):
    """All that a member can change, against a list of what each change left. Nothing of the store's rules is used."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.store = self.runner.run(Store.open(Path(self.folder.name) / "marquee.db"))
        self.user_id = self.runner.run(self.store.profiles.get_or_create(1, 0)).user_id
        self.now = 0
        self.entries: list[tuple[int, State_, State_]] = []  # id, before, after; what is nothing is left out
        self.undone: dict[int, set[Thing]] = {}
        self.base = self.stands()

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()
        self.folder.cleanup()

    def stands(self) -> State_:
        async def read() -> State_:
            profile = await self.store.profiles.find(1)
            assert profile is not None
            found: State_ = {
                Thing("visibility"): State(profile.visibility),
                Thing("trains"): State(profile.trains),
                Thing("compares"): State(profile.compares),
            }
            if profile.list_defaults is not None:
                found[Thing("list_defaults")] = State(profile.list_defaults)
            if profile.adopted_user_id is not None:
                found[Thing("adopted_user_id")] = State(profile.adopted_user_id)
            tables = (await self.store.personal.everything(1)).tables
            for row in tables["ratings"]:
                found[Thing("rating", int(row["movie_id"] or 0))] = State(row["stars"], int(row["rated_at"] or 0))
            for row in tables["shelves"]:
                found[Thing("shelf", int(row["movie_id"] or 0))] = State(row["shelf"], int(row["added_at"] or 0))
            return found

        return self.runner.run(read())

    @invariant()
    def a_rated_film_is_not_seen_without_stars(self) -> None:
        """However it came to have stars: they count as long as they stand, and the shelf again once they are gone."""

        async def look() -> None:
            rated, shelved = await self.store.ratings.with_shelves(self.user_id)
            tables = (await self.store.personal.everything(1)).tables
            stands = {row["movie_id"]: row["shelf"] for row in tables["shelves"]}
            assert shelved == {film: on for film, on in stands.items() if on != "seen" or film not in rated}
            counts = (await self.store.personal.holdings(1)).rows
            for shelf in SHELVES:
                films = {film.movie_id for film in await self.store.shelves.of(self.user_id, shelf)}
                assert films == {film for film, on in shelved.items() if on == shelf}
                assert counts.get(shelf, 0) == len(films)

        self.runner.run(look())

    def told(self) -> State_:
        """What the entries leave that were not undone, one after the other."""
        standing = dict(self.base)
        for entry_id, before, after in self.entries:
            for thing in {*before, *after} - self.undone[entry_id]:
                standing.pop(thing, None)
                if thing in after:
                    standing[thing] = after[thing]
        return standing

    def changed(self, do: object) -> None:
        """Run it; what it changed is the newest entry."""
        before = self.stands()
        self.runner.run(do)  # type: ignore[arg-type]
        after = self.stands()
        newest = self.runner.run(self.store.journal.page(self.user_id, limit=1, offset=0))
        things = {one for one in {*before, *after} if before.get(one) != after.get(one)}
        if not things:
            return
        assert [one.entry_id for one in newest] > [entry_id for entry_id, *_ in self.entries[-1:]], "one entry"
        entry_id = newest[0].entry_id
        assert sum(newest[0].counts.values()) == len(things)
        self.entries.append(
            (entry_id, *({one: now[one] for one in things if one in now} for now in (before, after)))  # type: ignore[arg-type]
        )
        self.undone[entry_id] = set()

    @rule(films=st.dictionaries(FILM, STARS, min_size=1, max_size=3), pause=st.integers(1, 20))
    def rate(self, films: dict[int, float], pause: int) -> None:
        self.now += pause
        self.changed(self.store.ratings.rate(self.user_id, list(films.items()), self.now))

    @rule(movie_id=FILM)
    def unrate(self, movie_id: int) -> None:
        self.now += 1
        self.changed(self.store.ratings.unrate(self.user_id, movie_id, self.now))

    @rule(movie_id=FILM, shelf=st.sampled_from(SHELVES), is_on=st.booleans())
    def shelve(self, movie_id: int, shelf: Shelf, is_on: bool) -> None:
        self.now += 1
        shelves = self.store.shelves
        self.changed((shelves.move if is_on else shelves.remove)(self.user_id, *self.order(shelf, movie_id, is_on)))

    def order(self, shelf: Shelf, movie_id: int, is_on: bool) -> tuple[object, ...]:
        return (movie_id, shelf, self.now) if is_on else (shelf, movie_id, self.now)

    @rule(value=st.sampled_from(["private", "server", "public", DEFAULTS, True, False, 7, 8, None]))
    def choose(self, value: object) -> None:
        self.now += 1
        profiles = self.store.profiles
        if value == DEFAULTS:
            self.changed(profiles.set_list_defaults(self.user_id, None if self.now % 2 else DEFAULTS, self.now))
        elif isinstance(value, str):
            self.changed(profiles.set_visibility(self.user_id, value, self.now))  # type: ignore[arg-type]
        elif isinstance(value, bool):
            self.changed(profiles.set_trains(self.user_id, value, self.now))
        else:
            self.changed(profiles.adopt(self.user_id, value, self.now))  # type: ignore[arg-type]

    @rule(
        films=st.dictionaries(FILM, STARS, max_size=3),
        wanted=st.sets(FILM, max_size=2),
        hidden=st.sets(FILM, max_size=2),
        seen=st.sets(FILM, max_size=2),
    )
    def bring(self, films: dict[int, float], wanted: set[int], hidden: set[int], seen: set[int]) -> None:
        self.now += 1
        incoming = Incoming(
            [(one, stars, self.now - one) for one, stars in films.items()],
            [(one, self.now - one) for one in wanted],
            [(one, self.now - one) for one in hidden],
            [(one, self.now - one) for one in seen],
        )

        async def write() -> None:
            import_id = await self.store.imports.create(self.user_id, "imdb", "{}", self.now)
            await self.store.imports.write(import_id, self.user_id, incoming, self.now)

        self.changed(write())

    @rule()
    def forget(self) -> None:
        self.now += 1
        self.changed(self.store.ratings.forget(self.user_id, self.now))

    @rule(place=st.integers(0, 50), back=st.booleans())
    def press(self, place: int, back: bool) -> None:
        """A button of any entry there ever was, whether it stands or not."""
        if not self.entries:
            return
        entry_id = self.entries[-1 - place % len(self.entries)][0]
        self.toggled(entry_id, is_undo=back)

    @rule()
    def undo_last(self) -> None:
        newest = self.runner.run(self.store.journal.newest(self.user_id))
        standing = [entry_id for entry_id, before, after in self.entries if {*before, *after} - self.undone[entry_id]]
        assert newest is not None or not standing
        if newest is not None:
            assert newest.entry_id == standing[-1], "nothing newer stands"
            self.toggled(newest.entry_id, is_undo=True)

    def toggled(self, entry_id: int, *, is_undo: bool) -> None:
        """Whatever of the entry has moved is as it was before it, or after it; the rest has not moved at all."""
        before_press = self.stands()
        ((_, before, after),) = (one for one in self.entries if one[0] == entry_id)
        old, new = (after, before) if is_undo else (before, after)
        things, undone = {*before, *after}, self.undone[entry_id]
        allowed = {
            thing
            for thing in (things - undone if is_undo else undone)
            if before_press.get(thing) == old.get(thing)
            and not any(
                thing in {*was, *now} - self.undone[other] for other, was, now in self.entries if other > entry_id
            )
        }
        (shown,) = (
            one
            for one in self.runner.run(self.store.journal.page(self.user_id, limit=99, offset=0))
            if one.entry_id == entry_id
        )
        assert (shown.can_undo if is_undo else shown.can_restore) == bool(allowed)
        journal = self.store.journal
        try:
            done = self.runner.run((journal.undo if is_undo else journal.restore)(self.user_id, entry_id))
        except (AlreadySoError, ChangedSinceError):
            assert not allowed
            assert self.stands() == before_press
        else:
            assert sum(done.counts.values()) == len(allowed)
            self.undone[entry_id] = undone | allowed if is_undo else undone - allowed
            expected = {thing: state for thing, state in before_press.items() if thing not in allowed}
            assert self.stands() == expected | {thing: new[thing] for thing in allowed if thing in new}
        assert self.stands() == self.told()


TestChangeAndTakeBack = ChangeAndTakeBack.TestCase
TestChangeAndTakeBack.settings = settings(
    max_examples=15, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
