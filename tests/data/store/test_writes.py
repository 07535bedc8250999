"""Taking writes back: examples, then every order of rate, unrate and undo against a plain model."""

import asyncio
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from data.store import Store, Write
from data.store.errors import AlreadyUndoneError, UnknownWriteError, WriteSupersededError
from data.store.ratings import RatingRow
from data.store.writes import REPEATED_WITHIN_S

HEAT, CASINO = 6, 16
FILM = st.integers(1, 3)
STARS = st.integers(1, 10).map(lambda halves: halves / 2)


async def test_undo_restores_stars_and_their_time(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    (write,) = await store.ratings.rate(ann, [(HEAT, 1.0)], at=20)
    assert await store.ratings.undo(ann, write.write_id, at=30) == Write(3, ann, HEAT, 1.0, 4.0, 30, undoes=2)
    assert await store.ratings.rows_of(ann, order="newest", limit=9, offset=0) == (RatingRow(HEAT, 4.0, 10),)


async def test_undo_of_a_first_rating_removes_it(store: Store, ann: int) -> None:
    (write,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    assert await store.ratings.undo(ann, write.write_id, at=30) == Write(2, ann, HEAT, 4.0, None, 30, undoes=1)
    assert await store.ratings.ratings_of(ann) == {}


async def test_undo_of_an_unrate_restores_the_rating(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    write = await store.ratings.unrate(ann, HEAT, at=20)
    assert write is not None
    await store.ratings.undo(ann, write.write_id, at=30)
    assert await store.ratings.rows_of(ann, order="newest", limit=9, offset=0) == (RatingRow(HEAT, 4.0, 10),)


async def test_a_second_undo_is_harmless(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    (write,) = await store.ratings.rate(ann, [(HEAT, 1.0)], at=20)
    presses = await asyncio.gather(
        *(store.ratings.undo(ann, write.write_id, at=30) for _ in range(5)), return_exceptions=True
    )
    refused = [press for press in presses if isinstance(press, AlreadyUndoneError)]
    assert [error.write_id for error in refused] == [write.write_id] * 4
    assert await store.ratings.ratings_of(ann) == {HEAT: 4.0}
    assert await store.ratings.last_write_id() == 3


async def test_undo_does_not_lose_a_later_rating_of_the_film(store: Store, ann: int) -> None:
    (first,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    await store.ratings.rate(ann, [(CASINO, 2.0)], at=20)
    (second,) = await store.ratings.rate(ann, [(HEAT, 5.0)], at=30)
    with pytest.raises(WriteSupersededError) as caught:
        await store.ratings.undo(ann, first.write_id, at=40)
    assert (caught.value.write_id, caught.value.by) == (first.write_id, second.write_id)
    assert await store.ratings.ratings_of(ann) == {HEAT: 5.0, CASINO: 2.0}

    await store.ratings.undo(ann, second.write_id, at=50)
    await store.ratings.undo(ann, first.write_id, at=60)  # nothing stands in the way any more
    assert await store.ratings.ratings_of(ann) == {CASINO: 2.0}


async def test_only_ones_own_writes_are_taken_back(store: Store, ann: int, bob: int) -> None:
    (write,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    for user_id, write_id in ((bob, write.write_id), (ann, 99)):
        with pytest.raises(UnknownWriteError) as caught:
            await store.ratings.undo(user_id, write_id, at=20)
        assert (caught.value.user_id, caught.value.write_id) == (user_id, write_id)
    assert await store.ratings.ratings_of(ann) == {HEAT: 4.0}


async def test_undo_last_goes_back_step_by_step(store: Store, ann: int, bob: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0), (CASINO, 2.0)], at=10)
    await store.ratings.rate(ann, [(HEAT, 5.0)], at=20)
    await store.ratings.rate(bob, [(HEAT, 1.0)], at=30)
    steps = [await store.ratings.undo_last(ann, at=40) for _ in range(4)]
    assert [(step.movie_id, step.before, step.after) for step in steps if step is not None] == [
        (HEAT, 5.0, 4.0),
        (CASINO, 2.0, None),
        (HEAT, 4.0, None),
    ]
    assert steps[3] is None
    assert await store.ratings.ratings_of(bob) == {HEAT: 1.0}


async def test_an_undo_can_be_taken_back_once_and_that_undone_again(store: Store, ann: int) -> None:
    (write,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=10)
    undo = await store.ratings.undo(ann, write.write_id, at=20)
    restored = await store.ratings.undo(ann, undo.write_id, at=30)
    assert (restored.before, restored.after) == (None, 4.0)
    assert await store.ratings.rows_of(ann, order="newest", limit=9, offset=0) == (RatingRow(HEAT, 4.0, 10),)
    for spent in (write, undo):
        with pytest.raises(AlreadyUndoneError):
            await store.ratings.undo(ann, spent.write_id, at=40)
    again = await store.ratings.undo_last(ann, at=50)
    assert again is not None
    assert (again.before, again.after) == (4.0, None)


async def test_an_undo_is_not_taken_back_over_a_later_change(store: Store, ann: int) -> None:
    (first,) = await store.ratings.rate(ann, [(HEAT, 3.0)], at=10)
    (second,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=20)
    undo_second = await store.ratings.undo(ann, second.write_id, at=30)
    undo_first = await store.ratings.undo(ann, first.write_id, at=40)
    with pytest.raises(WriteSupersededError) as caught:
        await store.ratings.undo(ann, undo_second.write_id, at=50)
    assert caught.value.by == undo_first.write_id
    assert await store.ratings.ratings_of(ann) == {}


class Model:
    """What should happen, told with a list of what stood on each film before each write."""

    def __init__(self) -> None:
        self.ratings: dict[int, tuple[float, int]] = {}
        self.writes: list[tuple[int, tuple[float, int] | None, tuple[float, int] | None]] = []
        self.undoes: dict[int, int] = {}  # write id of an undo -> of what it took back
        self.undone: set[int] = set()

    def set(self, movie_id: int, new: tuple[float, int] | None) -> int:
        self.writes.append((movie_id, self.ratings.get(movie_id), new))
        self.ratings.pop(movie_id, None)
        if new is not None:
            self.ratings[movie_id] = new
        return len(self.writes)

    def superseded_by(self, write_id: int) -> int | None:
        movie_id = self.writes[write_id - 1][0]
        later = [
            other
            for other in range(write_id + 1, len(self.writes) + 1)
            if self.writes[other - 1][0] == movie_id
            and other not in self.undone
            and (other not in self.undoes or write_id in self.undoes)
        ]
        return max(later, default=None)


async def test_a_correction_moves_the_stars_in_one_transaction(store: Store, ann: int, bob: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 2.0)], at=10)
    (wrong,) = await store.ratings.rate(ann, [(HEAT, 4.0)], at=20)
    with pytest.raises(UnknownWriteError):
        await store.ratings.correct(bob, wrong.write_id, CASINO, at=30)
    with pytest.raises(sqlite3.IntegrityError):
        await store.ratings.correct(ann, wrong.write_id, CASINO, at=None)  # type: ignore[arg-type]
    assert await store.ratings.ratings_of(ann) == {HEAT: 4.0}
    assert await store.ratings.correct(ann, wrong.write_id, CASINO, at=30) == Write(4, ann, CASINO, None, 4.0, 30)
    assert await store.ratings.ratings_of(ann) == {HEAT: 2.0, CASINO: 4.0}
    with pytest.raises(AlreadyUndoneError):
        await store.ratings.correct(ann, wrong.write_id, CASINO, at=40)


async def test_a_removal_has_no_stars_to_move(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 2.0)], at=10)
    gone = await store.ratings.unrate(ann, HEAT, at=20)
    assert gone is not None
    with pytest.raises(UnknownWriteError):
        await store.ratings.correct(ann, gone.write_id, CASINO, at=30)
    assert await store.ratings.ratings_of(ann) == {}


async def test_a_run_of_writes_is_taken_back_and_restored(store: Store, ann: int, bob: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 2.0)], at=10)
    writes = await store.ratings.rate(ann, [(HEAT, 4.0), (CASINO, 5.0)], at=20)
    first, last = writes[0].write_id, writes[-1].write_id
    assert await store.ratings.undo_all(bob, first, last, at=30) == ()
    undone = await store.ratings.undo_all(ann, first, last, at=30)
    assert [(write.movie_id, write.after) for write in undone] == [(CASINO, None), (HEAT, 2.0)]
    assert await store.ratings.ratings_of(ann) == {HEAT: 2.0}
    assert await store.ratings.undo_all(ann, first, last, at=40) == ()
    restored = await store.ratings.undo_all(ann, undone[0].write_id, undone[-1].write_id, at=50)
    assert len(restored) == 2
    assert await store.ratings.ratings_of(ann) == {HEAT: 4.0, CASINO: 5.0}


async def test_what_was_changed_since_stays_in_a_run(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(HEAT, 4.0), (CASINO, 5.0)], at=20)
    await store.ratings.rate(ann, [(HEAT, 1.0)], at=30)
    assert [write.movie_id for write in await store.ratings.undo_all(ann, 1, 2, at=40)] == [CASINO]
    assert await store.ratings.ratings_of(ann) == {HEAT: 1.0}


class RateAndTakeBack(RuleBasedStateMachine):
    """A real store against the model, one step a second."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.store = self.runner.run(Store.open(Path(self.folder.name) / "marquee.db"))
        self.user_id = self.runner.run(self.store.profiles.get_or_create(1, 0)).user_id
        self.model = Model()
        self.now = 0

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()
        self.folder.cleanup()

    @rule(films=st.lists(st.tuples(FILM, STARS), min_size=1, max_size=3))
    def rate(self, films: list[tuple[int, float]]) -> None:
        self.now += 1
        same = self.just_given(*films[0]) if len(films) == 1 else None
        expected = [same] if same else [self.model.set(movie_id, (stars, self.now)) for movie_id, stars in films]
        writes = self.runner.run(self.store.ratings.rate(self.user_id, films, self.now))
        assert [write.write_id for write in writes] == expected

    def just_given(self, movie_id: int, stars: float) -> int | None:
        """The film's newest write, if it gave these very stars a moment ago and stands."""
        newest = max((at for at, write in enumerate(self.model.writes, 1) if write[0] == movie_id), default=None)
        if newest is None or newest in self.model.undoes or newest in self.model.undone:
            return None
        after = self.model.writes[newest - 1][2]
        is_same = after is not None and after[0] == stars and self.now - after[1] <= REPEATED_WITHIN_S
        return newest if is_same else None

    @rule(movie_id=FILM)
    def unrate(self, movie_id: int) -> None:
        self.now += 1
        write = self.runner.run(self.store.ratings.unrate(self.user_id, movie_id, self.now))
        if movie_id in self.model.ratings:
            assert write is not None
            assert write.write_id == self.model.set(movie_id, None)
        else:
            assert write is None

    @rule(write_id=st.integers(1, 30))
    def undo(self, write_id: int) -> None:
        self.now += 1
        undo = self.store.ratings.undo(self.user_id, write_id, self.now)
        if write_id > len(self.model.writes):
            with pytest.raises(UnknownWriteError):
                self.runner.run(undo)
        elif write_id in self.model.undone:
            with pytest.raises(AlreadyUndoneError):
                self.runner.run(undo)
        elif (by := self.model.superseded_by(write_id)) is not None:
            with pytest.raises(WriteSupersededError) as caught:
                self.runner.run(undo)
            assert caught.value.by == by
        else:
            self.took_back(write_id, self.runner.run(undo))

    @rule()
    def undo_last(self) -> None:
        self.now += 1
        write = self.runner.run(self.store.ratings.undo_last(self.user_id, self.now))
        plain = set(range(1, len(self.model.writes) + 1)) - self.model.undoes.keys() - self.model.undone
        if write is None:
            assert not plain
        else:
            self.took_back(max(plain), write)

    def took_back(self, write_id: int, write: Write) -> None:
        movie_id, before, after = self.model.writes[write_id - 1]
        assert self.model.ratings.get(movie_id) == after  # nothing newer was lost
        undo_id = self.model.set(movie_id, before)
        if write_id not in self.model.undoes:
            self.model.undoes[undo_id] = write_id
        self.model.undone.add(write_id)
        assert (write.write_id, write.movie_id) == (undo_id, movie_id)
        assert write.before == (after and after[0])
        assert write.after == (before and before[0])

    @invariant()
    def stands_as_in_the_model(self) -> None:
        rows = self.runner.run(self.store.ratings.rows_of(self.user_id, order="newest", limit=99, offset=0))
        assert {row.movie_id: (row.stars, row.rated_at) for row in rows} == self.model.ratings
        assert self.runner.run(self.store.ratings.last_write_id()) == len(self.model.writes)


TestRateAndTakeBack = RateAndTakeBack.TestCase
TestRateAndTakeBack.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)


async def test_the_same_stars_at_once_again_are_one_rating(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(7, 2.0)], at=5)
    (first,) = await store.ratings.rate(ann, [(7, 4.0)], at=100)
    assert await store.ratings.rate(ann, [(7, 4.0)], at=101) == (first,)
    await store.ratings.undo(ann, first.write_id, at=102)
    assert await store.ratings.ratings_of(ann) == {7: 2.0}


@pytest.mark.parametrize("at", [99, 111])
async def test_the_same_stars_later_are_a_rating_of_their_own(store: Store, ann: int, at: int) -> None:
    (first,) = await store.ratings.rate(ann, [(7, 4.0)], at=100)
    (again,) = await store.ratings.rate(ann, [(7, 4.0)], at=at)
    assert (again.before, again.write_id > first.write_id) == (4.0, True)


async def test_what_was_taken_back_is_no_repetition(store: Store, ann: int) -> None:
    (first,) = await store.ratings.rate(ann, [(7, 4.0)], at=100)
    await store.ratings.undo(ann, first.write_id, at=101)
    (again,) = await store.ratings.rate(ann, [(7, 4.0)], at=102)
    assert again.write_id != first.write_id
    assert await store.ratings.ratings_of(ann) == {7: 4.0}
