"""Which films rounds ask about."""

from collections import Counter
from random import Random

import pytest

from bot.game.choosing import choose
from bot.game.scoring import nearest_half
from bot.game.service import NobodyToGuessError
from bot.members import Feedback
from bot.wiring import Services
from tests.bot.conftest import ACTION

ANN, BOB, CLEO, GUILD, AT = 11, 22, 33, 987, 1_800_000_000
LIKED = {10 * place: 5.0 for place in range(1, len(ACTION) // 2 + 1)}
"""Half of the action films of the data set."""
ALL = range(10, 260, 10)


def drawn(services: Services, feedback: Feedback, times: int = 400, **given: object) -> list[tuple[int, float]]:
    chance, model = Random(1), services.models.serving.model
    arguments = {"well_known": ALL, "raters": {}, "asked": ()} | given
    return [choose(model, feedback, chance=chance, **arguments) for _ in range(times)]  # type: ignore[arg-type,misc]


async def test_the_answer_is_not_always_what_they_would_love(services: Services) -> None:
    feedback = Feedback(rated=LIKED)
    counts = Counter(nearest_half(stars) for _, stars in drawn(services, feedback))
    assert len(counts) >= 3
    assert max(counts.values()) <= 2 * min(counts.values())


async def test_what_is_rated_hidden_or_was_asked_is_left_out(services: Services) -> None:
    feedback = Feedback(rated=LIKED, adopted={100: 4.0}, hidden=frozenset({110}))
    movies = {movie_id for movie_id, _ in drawn(services, feedback, asked={120, 130})}
    assert movies == set(ALL) - set(LIKED) - {100, 110, 120, 130}
    assert drawn(services, feedback, 1, asked=set(ALL)) == [None]
    assert {movie_id for movie_id, _ in drawn(services, feedback, well_known=(), raters={140: 2, 999: 5})} == {140}


async def test_what_more_others_have_rated_comes_up_more(services: Services) -> None:
    feedback = Feedback(rated=LIKED)
    films = drawn(services, feedback)
    alike = next(iter(Counter(nearest_half(stars) for _, stars in films)))
    known, other = sorted({movie_id for movie_id, stars in films if nearest_half(stars) == alike})[:2]
    counts = Counter(movie_id for movie_id, _ in drawn(services, feedback, raters={known: 20}))
    assert counts[known] > 5 * counts[other]


async def join(services: Services, discord_id: int, rated: dict[int, float], *, compares: bool = True) -> int:
    profile = await services.store.profiles.get_or_create(discord_id, AT)
    await services.store.memberships.note(GUILD, discord_id, AT)
    await services.store.ratings.rate(profile.user_id, list(rated.items()), AT)
    await services.store.profiles.set_compares(profile.user_id, compares, 0)
    return profile.user_id


async def test_a_round_is_about_whoever_wants_that_and_has_rated_enough(services: Services) -> None:
    await join(services, ANN, LIKED, compares=False)
    await join(services, BOB, {10: 5.0})
    with pytest.raises(NobodyToGuessError):
        await services.game.subjects(GUILD, CLEO)
    await join(services, CLEO, LIKED)
    assert (await services.game.subjects(GUILD, CLEO)).discord_ids == (CLEO,)
    await join(services, 44, LIKED)
    assert {(await services.game.subjects(GUILD, CLEO)).discord_ids for _ in range(9)} == {
        (44, CLEO)
    }  # who asks comes last
    assert {(await services.game.subjects(GUILD, ANN)).discord_ids for _ in range(40)} == {(44, CLEO), (CLEO, 44)}
    assert await services.game.begin(GUILD, 1, ANN, AT) is None


async def test_no_film_comes_up_twice_for_somebody_within_weeks(services: Services) -> None:
    await join(services, ANN, LIKED)
    game, asked = services.game, []
    for channel in range(99):
        made = await game.begin(GUILD, channel, ANN, AT + channel)
        if made is None:
            break
        asked.append(made.movie.movie_id)
    assert sorted(asked) == sorted(set(ALL) - set(LIKED))
    assert await game.begin(GUILD, 99, ANN, AT + 8 * 7 * 86_400 + 200) is not None


async def test_the_films_of_a_server_are_those_that_several_have_rated(services: Services) -> None:
    others = {10 * place: 3.0 for place in range(6, 10)}
    for discord_id, rated in ((ANN, LIKED), (BOB, others), (CLEO, others | {999: 3.0})):
        await join(services, discord_id, rated)
    await join(services, 44, others | {999: 3.0}, compares=False)
    subjects = await services.game.subjects(GUILD, 44)
    assert set(subjects.discord_ids) == {ANN, CLEO}
    assert subjects.raters == {60: 3, 70: 3, 80: 3, 90: 3}  # one film was never heard of
