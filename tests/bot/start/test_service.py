"""`start` in a world where people love action or romance, never both."""

import asyncio
import json
from typing import Any, Literal

import pytest

from bot.errors import StaleComponentError
from bot.members import Feedback
from bot.start.service import QUESTIONS, Choices, Finished, StartQuestion, Step
from bot.wiring import Services
from data import Movie

ALICE, BOB = 111, 222
NOW = 1_700_000_000


async def choose(services: Services, genre: str, member: int = ALICE) -> StartQuestion:
    """Begin with the tastes that this genre sets apart."""
    choices = await services.start.start(member, NOW)
    assert isinstance(choices, Choices)
    chosen = [taste.movie_id for taste in choices.tastes if genre in taste.genres]
    assert chosen
    step = await services.start.begin(member, chosen, NOW)
    assert isinstance(step, StartQuestion)
    return step


async def feedback_of(services: Services) -> Feedback:
    return await services.feedback.of(ALICE)


async def answer(
    services: Services, asked: StartQuestion, stars: float | Literal["seen"] | None, member: int = ALICE
) -> Step:
    return await services.start.answer(member, asked.list_id, asked.movie.movie_id, stars, NOW)


async def test_tastes_part_the_camps_and_are_named_by_their_films_and_genres(services: Services) -> None:
    choices = await services.start.start(ALICE, NOW)
    assert isinstance(choices, Choices)
    others = await services.start.start(BOB, NOW)
    assert isinstance(others, Choices)
    assert others.tastes == choices.tastes
    assert {"Action", "Romance"} <= {taste.genres[0] for taste in choices.tastes}
    for taste in choices.tastes:
        assert taste.faces[0].movie_id == taste.movie_id
        assert 1 <= len(taste.faces) <= 3


@pytest.mark.parametrize("genre", ["Action", "Romance"])
async def test_the_chosen_taste_is_asked_about_and_never_twice(services: Services, genre: str) -> None:
    step: Step = await choose(services, genre)
    asked = list[Movie]()
    while isinstance(step, StartQuestion):
        assert step.number == len(asked) + 1 <= step.of == QUESTIONS
        asked.append(step.movie)
        step = await answer(services, step, None)
    assert len(asked) == QUESTIONS == len({movie.movie_id for movie in asked})
    assert all(genre in movie.genres for movie in asked[:3])


async def test_answers_are_ratings_and_the_list_rests_on_them(services: Services) -> None:
    step: Step = await choose(services, "Action")
    given = dict[int, float]()
    while isinstance(step, StartQuestion):
        stars = 5.0 if "Action" in step.movie.genres else 1.0
        given[step.movie.movie_id] = stars
        step = await answer(services, step, stars)
        assert not isinstance(step, StartQuestion) or (step.last is not None and step.last.stars == stars)
    assert isinstance(step, Finished)
    assert step.rated == len(given) == QUESTIONS
    assert step.movies is not None
    assert step.movies.rated == QUESTIONS
    profile = await services.store.profiles.get_or_create(ALICE, NOW)
    assert await services.store.ratings.ratings_of(profile.user_id) == given


async def test_without_a_rating_the_list_is_of_the_chosen_taste(services: Services) -> None:
    step: Step = await choose(services, "Romance")
    assert isinstance(step, StartQuestion)
    step = await services.start.finish(ALICE, step.list_id, NOW)
    assert isinstance(step, Finished)
    assert step.rated == 0
    assert step.movies is not None
    assert sum("Romance" in one.movie.genres for one in step.movies.movies) > len(step.movies.movies) / 2


async def test_hidden_and_rated_films_are_not_asked_about(services: Services) -> None:
    action = [movie for movie in services.search.catalogue.values() if "Action" in movie.genres]
    for movie in action[:5]:
        await services.ratings.rate(ALICE, movie.movie_id, 4.0, NOW)
    for movie in action[5:]:
        await services.shelves.put(ALICE, "hidden", movie.movie_id, NOW)
    step: Step = await choose(services, "Action")
    while isinstance(step, StartQuestion):
        assert "Action" not in step.movie.genres
        step = await answer(services, step, None)


async def test_a_double_click_answers_one_question(services: Services) -> None:
    first = await choose(services, "Action")
    steps = await asyncio.gather(answer(services, first, 5.0), answer(services, first, 1.0))
    assert len({step.movie.movie_id for step in steps if isinstance(step, StartQuestion)}) == 1
    profile = await services.store.profiles.get_or_create(ALICE, NOW)
    assert await services.store.ratings.ratings_of(profile.user_id) == {first.movie.movie_id: 5.0}


async def test_a_film_that_was_rated_while_it_was_asked_about_keeps_its_stars_alone(services: Services) -> None:
    first = await choose(services, "Action")
    await services.ratings.rate(ALICE, first.movie.movie_id, 4.0, NOW)
    second = await answer(services, first, "seen")
    assert isinstance(second, StartQuestion)
    assert second.last is None
    feedback = await feedback_of(services)
    assert (feedback.rated, feedback.seen) == ({first.movie.movie_id: 4.0}, set())


async def test_an_old_button_shows_where_the_wizard_stands(services: Services) -> None:
    first = await choose(services, "Action")
    second = await answer(services, first, 4.0)
    assert isinstance(second, StartQuestion)
    for late in (
        await answer(services, first, None),
        await services.start.undo(ALICE, first.list_id, first.movie.movie_id, 0),
    ):
        assert isinstance(late, StartQuestion)
        assert (late.movie, late.number) == (second.movie, 2)
    ended = await services.start.finish(ALICE, first.list_id, NOW)
    assert isinstance(ended, Finished)
    for late in (await answer(services, second, 1.0), await services.start.finish(ALICE, first.list_id, NOW)):
        assert late == Finished(ALICE, 1, None)
    profile = await services.store.profiles.get_or_create(ALICE, NOW)
    assert await services.store.ratings.ratings_of(profile.user_id) == {first.movie.movie_id: 4.0}


@pytest.mark.parametrize("stars", [4.0, "seen", None])
async def test_undo_goes_one_question_back(services: Services, stars: Any) -> None:
    first = await choose(services, "Action")
    assert not first.went_on
    second = await answer(services, first, stars)
    assert isinstance(second, StartQuestion)
    assert second.went_on
    assert (await feedback_of(services)).seen == ({first.movie.movie_id} if stars == "seen" else set())
    change_id = second.last.change_id if second.last else 0
    back = await services.start.undo(ALICE, second.list_id, second.movie.movie_id, change_id)
    assert isinstance(back, StartQuestion)
    assert (back.movie, back.number, back.went_on) == (first.movie, 1, False)
    assert (await feedback_of(services)).seen == set()
    profile = await services.store.profiles.get_or_create(ALICE, NOW)
    assert await services.store.ratings.ratings_of(profile.user_id) == {}
    assert isinstance(await answer(services, back, 2.0), StartQuestion)


async def test_another_wizard_goes_on_with_other_films(services: Services) -> None:
    first = await choose(services, "Action")
    second = await answer(services, first, None)
    assert isinstance(second, StartQuestion)
    again = await choose(services, "Action")
    assert again.movie not in (first.movie, second.movie)
    assert again.number == 1


async def test_somebody_elses_wizard_is_out_of_reach(services: Services) -> None:
    asked = await choose(services, "Action")
    await services.store.profiles.get_or_create(BOB, NOW)
    with pytest.raises(StaleComponentError):
        await answer(services, asked, 5.0, BOB)
    with pytest.raises(StaleComponentError):
        await services.start.finish(BOB, asked.list_id, NOW)
    with pytest.raises(StaleComponentError):
        await services.start.undo(999, asked.list_id, asked.movie.movie_id, 0)


async def test_questions_are_spread_over_the_chosen_tastes(services: Services) -> None:
    choices = await services.start.start(ALICE, NOW)
    assert isinstance(choices, Choices)
    chosen = [taste for taste in choices.tastes if taste.genres[0] in ("Action", "Romance")]
    step: Step = await services.start.begin(ALICE, [taste.movie_id for taste in chosen], NOW)
    asked = list[str]()
    while isinstance(step, StartQuestion) and len(asked) < 4:
        asked += step.movie.genres
        step = await answer(services, step, None)
    assert asked.count("Action") == asked.count("Romance") == 2


async def test_a_wizard_begun_before_tastes_were_kept_apart_goes_on(services: Services) -> None:
    first = await choose(services, "Romance")
    old = json.dumps({"kind": "start", "towards": [first.movie.movie_id, *range(110, 210, 10)]})
    await services.store.lists._database.run("UPDATE shown_lists SET query = ? WHERE list_id = ?", (old, first.list_id))
    second = await answer(services, first, None)
    assert isinstance(second, StartQuestion)
    assert "Romance" in second.movie.genres
    ended = await services.start.finish(ALICE, first.list_id, NOW)
    assert isinstance(ended, Finished)
    assert ended.movies is not None
