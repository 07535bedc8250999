"""Guesses beside the stars that stand now."""

from data.store import Guess, Store


async def test_a_guess_is_told_beside_the_stars_there_are_now(store: Store, ann: int, bob: int) -> None:
    await store.ratings.rate(ann, [(1, 4.0), (2, 3.0)], at=5, guesses={1: 3.6})
    assert await store.guesses.of(ann) == (Guess(1, 3.6, 4.0),)
    assert await store.guesses.of(bob) == ()
    await store.ratings.rate(ann, [(1, 2.0)], at=9, guesses={1: 3.9})  # no first rating: nothing to guess
    assert await store.guesses.of(ann) == (Guess(1, 3.6, 2.0),)


async def test_a_rating_taken_back_takes_its_guess_along_and_brings_it_back(store: Store, ann: int) -> None:
    (change,) = await store.ratings.rate(ann, [(1, 4.0)], at=5, guesses={1: 3.6})
    await store.journal.undo(ann, change.change_id)
    assert await store.guesses.of(ann) == ()
    await store.journal.restore(ann, change.change_id)
    assert await store.guesses.of(ann) == (Guess(1, 3.6, 4.0),)


async def test_a_film_rated_anew_has_the_new_guess_or_none(store: Store, ann: int) -> None:
    for at, guess, told in ((5, 3.6, (Guess(1, 3.6, 4.0),)), (7, 2.5, (Guess(1, 2.5, 4.0),)), (9, None, ())):
        await store.ratings.rate(ann, [(1, 4.0)], at, guesses={} if guess is None else {1: guess})
        assert await store.guesses.of(ann) == told
        await store.ratings.unrate(ann, 1, at + 1)


async def test_stars_that_an_import_brought_were_not_guessed(store: Store, ann: int) -> None:
    await store.ratings.rate(ann, [(1, 4.0), (2, 4.0)], at=5, guesses={1: 3.6, 2: 3.7})
    await store.ratings.unrate(ann, 1, at=6)
    async with store._database.write() as tx:
        await tx.rows(
            "INSERT INTO imports (user_id, source, state, created_at) VALUES (?, 'csv', 'written', 7)", (ann,)
        )
    (again, changed) = await store.ratings.rate(ann, [(1, 2.0), (2, 2.0)], at=7)
    ids = again.change_id, changed.change_id
    async with store._database.write() as tx:
        await tx.rows("UPDATE changes SET import_id = 1 WHERE change_id IN (?, ?)", ids)
    assert await store.guesses.of(ann) == (Guess(2, 3.7, 2.0),)  # that one was given by hand first
