"""What the model thinks of one film."""

import pytest

from bot.movies.replies import similar
from bot.wiring import Services
from tests.bot.lists.test_service import ALICE, NOW, love
from tests.bot.test_replies import texts


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


async def test_similar_films_are_none_that_are_hidden_and_say_what_was_seen(services: Services) -> None:
    first, second, third = (one.movie.movie_id for one in (await services.movies.similar(ALICE, 20)).similar[:3])
    await services.shelves.put(ALICE, "hidden", first, NOW)
    await services.shelves.put(ALICE, "seen", second, NOW)
    await services.ratings.rate(ALICE, third, 2.0, NOW)
    near = await services.movies.similar(ALICE, 20)
    assert [(one.movie.movie_id, one.is_seen, one.own_stars) for one in near.similar[:2]] == [
        (second, True, None),
        (third, False, 2.0),
    ]
    assert len(near.similar) == 10
    assert first not in {one.movie.movie_id for one in near.similar}
    assert "· seen" in "".join(texts(similar(near)))
