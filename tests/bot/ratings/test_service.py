"""Rating and taking it back: what is written, what is asked instead, and that no rating gets lost."""

import pytest

from bot.chat.declaring import examples_of
from bot.errors import StaleComponentError, UsageError
from bot.lists.filters import PLAIN
from bot.ratings.cog import RatingsCog
from bot.ratings.lines import TooManyLinesError
from bot.ratings.service import DAILY_CAP, NotRatedError, NotTaken, Rated
from bot.ratings.stars import InvalidStarsError
from bot.ratings.understanding import HowManyStars, TitleOrStars, UnknownFilm, WhichFilm
from bot.wiring import Services
from data.store import DailyCapError
from data.store.errors import AlreadySoError

ALICE, BOB = 111, 222
NOW = 1_700_000_000
HEAT, ALIEN = 10, 20


async def ratings_of(services: Services, member: int = ALICE) -> dict[int, float]:
    profile = await services.store.profiles.find(member)
    return await services.store.ratings.ratings_of(profile.user_id) if profile else {}


async def rate(services: Services, text: str, member: int = ALICE, at: int = NOW) -> Rated:
    (outcome,) = await services.ratings.rate_text(member, text, at)
    assert isinstance(outcome, Rated)
    return outcome


async def test_a_rating_is_written_and_told(services: Services) -> None:
    first = await rate(services, "heat 4.5")
    assert (first.movie.label, first.stars, first.before) == ("Heat (1995)", 4.5, None)
    assert first.guess is not None
    second = await rate(services, "Heat: ★★", at=NOW + 1)
    assert (second.stars, second.before, second.guess) == (2.0, 4.5, None)
    assert await ratings_of(services) == {HEAT: 2.0}


async def test_what_entered_the_ten_is_in_the_ten(services: Services) -> None:
    moves = (await rate(services, "Notting Hill 5")).moves
    assert any(one.was is None for one in moves)
    ten = [one.movie.movie_id for one in (await services.lists.make(ALICE, PLAIN, NOW)).movies]
    assert HEAT * 11 not in ten  # Notting Hill itself
    assert [ten[one.now - 1] for one in moves] == [one.movie.movie_id for one in moves]


async def test_a_message_of_several_lines_writes_what_it_can(services: Services) -> None:
    outcomes = await services.ratings.rate_text(
        ALICE, "Heat 4\n\nAlien 9/10\nZardozzz 3\nToy Story 2\nSabrina 3\nJaws\nSpeed 7\n85%", NOW
    )
    kinds = [Rated, Rated, UnknownFilm, TitleOrStars, WhichFilm, HowManyStars, HowManyStars, NotTaken]
    assert [type(one) for one in outcomes] == kinds
    assert await ratings_of(services) == {HEAT: 4.0, ALIEN: 4.5}
    assert isinstance(outcomes[-1], NotTaken)
    assert isinstance(outcomes[-1].error, InvalidStarsError)


async def test_an_unknown_film_keeps_its_stars_for_the_nearest(services: Services) -> None:
    for (outcome,) in (
        await services.ratings.rate_text(ALICE, "Zardozzz 3", NOW),
        [await services.ratings.rate_title(ALICE, "Zardozzz", "3", NOW)],
    ):
        assert isinstance(outcome, UnknownFilm)
        assert outcome.stars == 3.0
    assert await ratings_of(services) == {}


async def test_of_one_film_twice_in_a_message_the_last_counts(services: Services) -> None:
    (rated,) = await services.ratings.rate_text(ALICE, "Heat 4\nHeat 5", NOW)
    assert isinstance(rated, Rated)
    assert (rated.stars, rated.before) == (5.0, None)
    assert await ratings_of(services) == {HEAT: 5.0}


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("7 stars", InvalidStarsError),
        ("4.3", InvalidStarsError),
        ("4.5", UsageError),
        ("\n".join(["Heat 4"] * 21), TooManyLinesError),
    ],
)
async def test_a_line_that_cannot_be_read_writes_nothing(services: Services, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        await services.ratings.rate_text(ALICE, text, NOW)
    assert await ratings_of(services) == {}


@pytest.mark.parametrize(("text", "stars", "part"), [("Toy Story 2", 2.0, "Toy Story"), ("toy story: 2", 2.0, None)])
async def test_a_title_that_ends_in_stars_is_asked_about(
    services: Services, text: str, stars: float, part: str | None
) -> None:
    (outcome,) = await services.ratings.rate_text(ALICE, text, NOW)
    assert isinstance(outcome, TitleOrStars)
    assert (outcome.whole.title, outcome.stars) == ("Toy Story 2", stars)
    assert outcome.part is not None
    assert outcome.part.title == (part or "Toy Story")
    assert await ratings_of(services) == {}


@pytest.mark.parametrize("text", ["300", "Apollo 13"])
async def test_a_title_that_is_no_rating_at_all_gets_asked_for_stars(services: Services, text: str) -> None:
    (outcome,) = await services.ratings.rate_text(ALICE, text, NOW)
    assert isinstance(outcome, HowManyStars)
    assert outcome.movie.title == text


async def test_several_films_of_a_name_are_asked_about_with_the_stars_kept(services: Services) -> None:
    (outcome,) = await services.ratings.rate_text(ALICE, "Sabrina 4", NOW)
    assert isinstance(outcome, WhichFilm)
    assert outcome.stars == 4.0
    assert len(outcome.choice.candidates) == 2


@pytest.mark.parametrize(
    "text", ["Heat ★★★★", "heat: ⭐⭐⭐⭐", "Heat★★★★☆", "Heat 4 stars", "Heat – 4/5", "id:10 80%"]
)
async def test_stars_in_any_writing_are_a_rating(services: Services, text: str) -> None:
    assert (await rate(services, text)).stars == 4.0
    assert await ratings_of(services) == {HEAT: 4.0}


async def test_the_examples_of_the_help_are_ratings(services: Services) -> None:
    for example in ("Heat 4.5", "Toy Story 2: ★★★★", "id:10 9/10"):
        assert f"rate {example}".replace("id:10", "id:318") in examples_of(RatingsCog.rate_text)
        await rate(services, example)
    assert len(await ratings_of(services)) == 2


# Taking back


async def test_what_another_wrote_is_not_corrected(services: Services) -> None:
    rated = await rate(services, "Heat 3")
    await rate(services, "Alien 3", member=BOB)
    for member in (BOB, 333):
        with pytest.raises(StaleComponentError):
            await services.ratings.wrong_film(member, rated.change_id)
    assert await ratings_of(services) == {HEAT: 3.0}


async def test_unrate(services: Services) -> None:
    await rate(services, "Heat 3")
    gone = await services.ratings.unrate(ALICE, HEAT, NOW + 1)
    assert (gone.movie.movie_id, gone.stars) == (HEAT, 3.0)
    with pytest.raises(NotRatedError):
        await services.ratings.unrate(ALICE, HEAT, NOW + 2)
    await services.journal.undo(ALICE, gone.change_id)
    assert await ratings_of(services) == {HEAT: 3.0}


async def test_the_wrong_film_gives_its_stars_to_the_right_one(services: Services) -> None:
    rated = await rate(services, "Heat 3.5")
    right = await services.ratings.correct(ALICE, rated.change_id, services.search.by_id(ALIEN).movie_id, NOW + 1)
    assert (right.movie.movie_id, right.stars) == (ALIEN, 3.5)
    assert await ratings_of(services) == {ALIEN: 3.5}
    with pytest.raises(AlreadySoError):
        await services.ratings.correct(ALICE, rated.change_id, services.search.by_id(ALIEN).movie_id, NOW + 2)
    assert await ratings_of(services) == {ALIEN: 3.5}


async def test_a_removal_has_no_stars_to_give(services: Services) -> None:
    await rate(services, "Heat 3")
    gone = await services.ratings.unrate(ALICE, services.search.by_id(HEAT).movie_id, NOW + 1)
    with pytest.raises(StaleComponentError):
        await services.ratings.correct(ALICE, gone.change_id, services.search.by_id(ALIEN).movie_id, NOW + 2)


async def test_a_correction_gives_back_what_the_wrong_film_had_before(services: Services) -> None:
    await rate(services, "Heat 2")
    wrong = await rate(services, "Heat 5", at=NOW + 1)
    right = await services.ratings.correct(ALICE, wrong.change_id, services.search.by_id(ALIEN).movie_id, NOW + 2)
    assert right.guess is not None
    assert await ratings_of(services) == {HEAT: 2.0, ALIEN: 5.0}
    await services.journal.undo(ALICE, right.change_id)
    assert await ratings_of(services) == {HEAT: 2.0}


# The cap of a day


async def fill_the_day(services: Services, writes: int) -> None:
    profile = await services.store.profiles.get_or_create(ALICE, NOW)
    await services.store.ratings.rate(profile.user_id, [(10**6 + n, 3.0) for n in range(writes)], NOW)


async def test_a_day_has_room_for_so_many_ratings(services: Services) -> None:
    await fill_the_day(services, DAILY_CAP - 1)
    await rate(services, "Heat 3", at=NOW + 1)
    with pytest.raises(DailyCapError):
        await services.ratings.rate_text(ALICE, "Alien 3", NOW + 2)
    assert ALIEN not in await ratings_of(services)
    await rate(services, "Alien 3", member=BOB)
    await rate(services, "Alien 3", at=NOW + 86_400 + 2)


async def test_a_correction_at_the_cap_loses_no_rating(services: Services) -> None:
    await fill_the_day(services, DAILY_CAP - 1)
    rated = await rate(services, "Heat 3", at=NOW + 1)
    with pytest.raises(DailyCapError):
        await services.ratings.correct(ALICE, rated.change_id, services.search.by_id(ALIEN).movie_id, NOW + 2)
    assert (await ratings_of(services))[HEAT] == 3.0
