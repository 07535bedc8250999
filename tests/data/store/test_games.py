"""Rounds of the guess game as they are kept: guesses, ends, points, and what goes with a member."""

import pytest

from data.store import Round, Store

GUILD, OTHER, CHANNEL, AT, END = 987, 654, 77, 1_800_000_000, 1_800_000_120
ANN, BOB, CLEO = 11, 22, 33
MOVIE = 318


@pytest.fixture(autouse=True)
async def people(store: Store) -> dict[int, int]:
    found = {}
    for discord_id in (ANN, BOB, CLEO):
        found[discord_id] = (await store.profiles.get_or_create(discord_id, AT)).user_id
        assert await store.memberships.note(GUILD, discord_id, AT)
    await store.profiles.set_compares(found[ANN], True, 0)
    return found


def score(guess: float, stars: float) -> int:
    return 3 if guess == stars else 1


async def begun(store: Store, about: int, at: int = AT) -> Round:
    made = await store.games.begin(GUILD, CHANNEL, about, MOVIE, 4.0, at, at + 120)
    assert made is not None
    return made


async def played(store: Store, people: dict[int, int], *, is_here: bool = True) -> Round:
    """Bob guesses rightly, Cleo not."""
    made = await begun(store, people[ANN])
    assert await store.games.guess(made.round_id, GUILD, people[BOB], 4.0, AT + 1) == "new"
    assert await store.games.guess(made.round_id, GUILD, people[CLEO], 2.0, AT + 2) == "new"
    assert await store.games.end(made.round_id, END, is_here=is_here, score=score)
    return made


async def points(store: Store, round_id: int) -> dict[int, int | None]:
    return {one.discord_id: one.points for one in await store.games.guesses(round_id)}


async def test_a_channel_has_one_round_at_a_time(store: Store, people: dict[int, int]) -> None:
    first = await begun(store, people[ANN])
    assert await store.games.begin(GUILD, CHANNEL, people[ANN], 1, 3.0, AT, END) is None
    assert await store.games.running(CHANNEL) == first
    assert await store.games.begin(GUILD, CHANNEL + 1, people[ANN], 1, 3.0, AT, END) is not None
    assert await store.games.end(first.round_id, END, is_here=True, score=score)
    assert not await store.games.end(first.round_id, END, is_here=True, score=score)
    assert await store.games.running(CHANNEL) is None
    await begun(store, people[ANN], END)
    assert await store.games.asked_about(people[ANN], AT) == {1, MOVIE}
    assert await store.games.asked_about(people[ANN], END + 1) == frozenset()


async def test_a_guess_may_be_changed_until_the_end(store: Store, people: dict[int, int]) -> None:
    made = await begun(store, people[ANN])
    bob = people[BOB]
    assert await store.games.guess(made.round_id, GUILD, bob, 4.0, AT) == "new"
    assert await store.games.guess(made.round_id, GUILD, bob, 3.5, END - 1) == "changed"
    assert await store.games.guess(made.round_id, GUILD, bob, 5.0, END) == "over"
    assert await store.games.guess(made.round_id, OTHER, bob, 5.0, AT) == "over"
    assert await store.games.guess(99, GUILD, bob, 5.0, AT) == "over"
    assert await store.games.guess(made.round_id, GUILD, people[ANN], 5.0, AT) == "own"
    assert [(one.discord_id, one.stars) for one in await store.games.guesses(made.round_id)] == [(BOB, 3.5)]


async def test_an_end_is_told_once_however_often_the_bot_ends(store: Store, people: dict[int, int]) -> None:
    made = await begun(store, people[ANN])
    await store.games.sent(made.round_id, 5)
    (found,) = await store.games.to_tell()
    assert (found.message_id, found.ended_at) == (5, None)
    await store.games.end(made.round_id, END, is_here=True, score=score)
    (found,) = await store.games.to_tell()
    assert found.ended_at == END
    await store.games.told(made.round_id, END)
    assert await store.games.to_tell() == ()
    await store.games.drop(made.round_id)
    assert await store.games.get(made.round_id) is None


async def test_points_are_of_a_week_and_of_those_who_may_be_shown(store: Store, people: dict[int, int]) -> None:
    made = await played(store, people)
    assert await points(store, made.round_id) == {BOB: 3, CLEO: 1}

    async def standings(first: int = AT, last: int = AT + 1) -> list[tuple[int, int, int, int]]:
        rows = await store.games.standings(GUILD, first, last, exact=3)
        return [(one.discord_id, one.points, one.rounds, one.exact) for one in rows]

    assert await standings() == [(BOB, 3, 1, 1), (CLEO, 1, 1, 0)]
    assert await standings(AT + 1, AT + 2) == await standings(AT - 1, AT) == []
    assert await store.games.standings(OTHER, AT, AT + 1, exact=3) == ()
    await store.memberships.block(GUILD, BOB, AT)
    assert await standings() == [(CLEO, 1, 1, 0)]
    assert await points(store, made.round_id) == {CLEO: 1}
    await store.memberships.leave(GUILD, [CLEO], AT)
    assert await standings() == []


@pytest.mark.parametrize("why", ["private", "off", "blocked", "left", "quarantined", "gone", "deleted"])
async def test_a_round_about_whom_may_not_be_shown_counts_for_nobody(
    store: Store, people: dict[int, int], why: str
) -> None:
    made = await begun(store, people[ANN])
    await store.games.guess(made.round_id, GUILD, people[BOB], 4.0, AT)
    match why:
        case "private":
            await store.profiles.set_visibility(people[ANN], "private", 0)
        case "off":
            await store.profiles.set_compares(people[ANN], False, 0)
        case "blocked":
            await store.memberships.block(GUILD, ANN, AT)
        case "left":
            await store.memberships.leave(GUILD, [ANN], AT)
        case "quarantined":
            await store.profiles.quarantine(ANN, AT)
        case "deleted":
            await store.personal.delete(ANN, AT)
    assert (await store.games.subject(made.round_id) is None) is (why != "gone")
    assert await store.games.end(made.round_id, END, is_here=why != "gone", score=score)
    assert await store.games.subject(made.round_id) is None
    assert await points(store, made.round_id) == {BOB: None}
    assert await store.games.standings(GUILD, AT, END, exact=3) == ()
    assert (await store.personal.holdings(ANN)).count("game_subjects") == 0


async def test_what_is_rated_later_scores_the_prediction(store: Store, people: dict[int, int]) -> None:
    await played(store, people)
    assert await store.games.rated_since(GUILD, AT, END) == ()
    await store.ratings.rate(people[ANN], [(MOVIE, 3.5), (1, 1.0)], END)
    await store.ratings.rate(people[BOB], [(MOVIE, 1.0)], END)
    assert await store.games.rated_since(GUILD, AT, END) == ((4.0, 3.5),)
    assert await store.games.rated_since(GUILD, END, END + 1) == ()
    await store.profiles.set_compares(people[ANN], False, 0)
    assert await store.games.rated_since(GUILD, AT, END) == ()


async def test_a_deleted_member_takes_guesses_along_and_others_keep_their_points(
    store: Store, people: dict[int, int]
) -> None:
    made = await played(store, people)
    await store.personal.delete(ANN, END)
    await store.personal.delete(BOB, END)
    assert await points(store, made.round_id) == {CLEO: 1}
    assert [one.discord_id for one in await store.games.standings(GUILD, AT, END, exact=3)] == [CLEO]
    await store.games.prune(AT + 1)
    assert await points(store, made.round_id) == {}
    assert (await store.personal.holdings(CLEO)).count("game_guesses") == 0
