"""`why`: the sum that makes the stars, and what a model solved anew says without each rating."""

import pytest

from bot.lists.choosing import DIVERSITY
from bot.lists.filters import PLAIN
from bot.movies.service import NotLearnedError
from bot.why.service import NAMED, named
from bot.wiring import Services
from recommender import Reason, Recommender
from tests.bot.lists.test_service import ALICE, NOW, love


def fresh(services: Services) -> Recommender:
    """The model in use, read from its files once more."""
    return Recommender.load(services.models.folder / services.models.serving.version)


def reasons(*contributions: float) -> list[Reason]:
    ordered = sorted(contributions, key=lambda one: -abs(one))
    return [Reason(number, one, 0.0) for number, one in enumerate(ordered)]


async def test_the_parts_add_up_to_the_predicted_stars(services: Services) -> None:
    rated = await love(services, "Action")
    for movie in services.search.catalogue.values():
        made = await services.why.why(ALICE, movie.movie_id)
        total = made.base + sum(one.contribution for one in made.strongest) + made.rest
        card = await services.movies.card(ALICE, movie.movie_id)
        assert total == pytest.approx(made.linear, abs=1e-9)
        assert made.stars == pytest.approx(card.predicted, abs=1e-4) == pytest.approx(min(max(total, 1), 5), abs=1e-4)
        assert made.rests_on == len(rated) - (movie.movie_id in rated)
        assert made.own_stars == card.own_stars
        assert 0 < len(made.strongest) <= NAMED


async def test_place_and_stars_without_a_rating_are_what_a_model_solved_anew_says(services: Services) -> None:
    """Hidden films are left out of every list."""
    rated = await love(services, "Romance")
    hidden = [movie for movie in services.search.catalogue.values() if "Comedy" in movie.genres][:2]
    for movie in hidden:
        await services.shelves.put(ALICE, "hidden", movie.movie_id, NOW)
    profile = await services.store.profiles.find(ALICE)
    assert profile is not None
    ratings = await services.store.ratings.ratings_of(profile.user_id)
    model = fresh(services)
    exclude = [movie.movie_id for movie in hidden]

    def place(of: dict[int, float], movie_id: int) -> int:
        return [one.movie_id for one in model.recommend(of, 100, exclude=exclude, diversity=DIVERSITY)].index(
            movie_id
        ) + 1

    unseen = [movie for movie in services.search.catalogue.values() if movie.movie_id not in {*rated, *exclude}]
    for movie in unseen:
        made = await services.why.why(ALICE, movie.movie_id)
        assert made.place == place(ratings, movie.movie_id)
        for one in made.strongest:
            left = {movie_id: stars for movie_id, stars in ratings.items() if movie_id != one.movie.movie_id}
            assert one.given == ratings[one.movie.movie_id]
            assert one.without == pytest.approx(float(model.predict(left, [movie.movie_id])[0]), abs=1e-6)


async def test_the_place_is_the_number_in_the_list(services: Services) -> None:
    await love(services, "Action", films=3)
    for one in (await services.lists.make(ALICE, PLAIN, NOW)).movies:
        assert (await services.why.why(ALICE, one.movie.movie_id)).place == one.rank


async def test_a_film_of_their_own_is_guessed_from_the_others(services: Services) -> None:
    (first, *_) = await love(services, "Action", films=2)
    made = await services.why.why(ALICE, services.search.by_id(first).movie_id)
    assert made.own_stars == 5.0
    assert first not in {one.movie.movie_id for one in made.strongest}
    assert made.place is not None


async def test_a_hidden_film_has_no_place(services: Services) -> None:
    await love(services, "Action", films=2)
    movie = services.search.by_id(100)
    await services.shelves.put(ALICE, "hidden", movie.movie_id, NOW)
    made = await services.why.why(ALICE, movie.movie_id)
    assert made.place is None


async def test_somebody_new_has_the_base_alone(services: Services) -> None:
    made = await services.why.why(ALICE, services.search.by_id(10).movie_id)
    assert (made.rests_on, made.rest) == (0, pytest.approx(0.0))
    assert made.base == pytest.approx(made.stars)
    assert await services.store.profiles.find(ALICE) is None


async def test_a_film_the_model_does_not_know(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(services.models.serving.model), "knows", lambda *_: False)
    with pytest.raises(NotLearnedError):
        await services.why.why(ALICE, 10)


@pytest.mark.parametrize(
    ("contributions", "chosen"),
    [
        ((), []),
        ((0.3, -0.2), [0.3, -0.2]),
        ((0.6, 0.5, 0.4, 0.3, 0.2, 0.1), [0.6, 0.5, 0.4, 0.3, 0.2]),
        ((0.6, 0.5, 0.4, 0.3, 0.2, 0.1, -0.05), [0.6, 0.5, 0.4, 0.3, -0.05]),
        ((-0.6, -0.5, -0.4, -0.3, -0.2, 0.1), [0.1, -0.3, -0.4, -0.5, -0.6]),
        ((0.6, -0.001), [0.6]),
    ],
)
def test_both_directions_are_named(contributions: tuple[float, ...], chosen: list[float]) -> None:
    assert [one.contribution for one in named(reasons(*contributions))] == chosen
