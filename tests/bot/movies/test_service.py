"""What the model thinks of one film."""

import pytest

from bot.wiring import Services
from tests.bot.lists.test_service import ALICE, NOW, love


async def test_a_card_guesses_as_if_the_film_were_unrated(services: Services) -> None:
    await love(services, "Action", films=3)
    film = next(movie for movie in services.search.catalogue.values() if movie.title == "Gladiator")
    before = await services.movies.card(ALICE, film.movie_id)
    assert before.own_stars is None
    await services.ratings.rate(ALICE, film.movie_id, 0.5, NOW + 1)
    after = await services.movies.card(ALICE, film.movie_id)
    assert after.own_stars == 0.5
    assert after.predicted == pytest.approx(before.predicted)
    assert (after.predicted_sd, after.support) == (pytest.approx(before.predicted_sd), before.support)


async def test_similar_films_are_of_the_same_camp(services: Services) -> None:
    film = next(movie for movie in services.search.catalogue.values() if movie.title == "Titanic")
    near = await services.movies.similar(ALICE, film.movie_id)
    assert near.movie == film
    assert film.movie_id not in [one.movie.movie_id for one in near.similar]
    assert all("Romance" in one.movie.genres for one in near.similar[:5])
