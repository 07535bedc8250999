"""The profile card: counts, means beside MovieLens's, and the record of the guesses."""

import pytest

from bot.profile.accuracy import LEAST_GUESSES
from bot.wiring import Services

ALICE = 111
NOW = 1_700_000_000  # 14 November 2023
OCTOBER = NOW - 20 * 86_400


async def test_counts_and_means(services: Services) -> None:
    await services.ratings.rate(ALICE, services.search.by_id(10).movie_id, 5.0, OCTOBER)
    await services.ratings.rate(ALICE, services.search.by_id(20).movie_id, 1.5, NOW)
    card = await services.profiles.card(ALICE, ALICE, NOW, in_guild=True)
    assert (card.rated, card.this_month, card.mean) == (2, 1, 3.25)
    means = [services.search.by_id(movie_id).ratings_mean or 0 for movie_id in (10, 20)]
    assert card.kinder == pytest.approx(3.25 - sum(means) / 2)
    assert card.histogram == (0, 0, 1, 0, 0, 0, 0, 0, 0, 1)
    assert card.others is not None
    assert sum(card.others) == pytest.approx(1)
    assert sum(half * share for half, share in enumerate(card.others, 1)) / 2 == pytest.approx(sum(means) / 2)


async def test_an_empty_profile(services: Services) -> None:
    card = await services.profiles.card(ALICE, ALICE, NOW, in_guild=True)
    assert (card.rated, card.mean, card.kinder, card.others) == (0, None, None, None)
    assert (card.genres, card.decades, card.accuracy, card.adoption) == ((), (), None, None)


async def test_favourites_are_of_the_camp(services: Services) -> None:
    for movie in services.search.catalogue.values():
        stars = {"Action": 5.0, "Romance": 1.0}.get(movie.genres[0])
        if stars is not None:
            await services.ratings.rate(ALICE, movie.movie_id, stars, NOW)
    card = await services.profiles.card(ALICE, ALICE, NOW, in_guild=True)
    assert [one.kind for one in card.genres] == ["Action"]
    assert [one.kind for one in card.decades] == [1990]  # action lasts from 1995 to 2004, romance follows


async def test_the_record_is_what_we_said_before_each_rating(services: Services) -> None:
    guessed = []
    films = [*services.search.catalogue.values()][:LEAST_GUESSES]
    for count, movie in enumerate(films):
        assert (await services.profiles.card(ALICE, ALICE, NOW, in_guild=True)).accuracy is None, count
        result = await services.ratings.rate(ALICE, movie.movie_id, 0.5, NOW)
        assert result.guess is not None
        guessed.append(result.guess)
    await services.ratings.rate(ALICE, films[0].movie_id, 5.0, NOW + 1)  # rating again changes the stars, not the guess
    off = [guess - 0.5 for guess in guessed]
    off[0] = guessed[0] - 5.0
    record = (await services.profiles.card(ALICE, ALICE, NOW, in_guild=True)).accuracy
    assert record is not None
    assert record.guesses == LEAST_GUESSES
    assert record.off == pytest.approx(sum(map(abs, off)) / LEAST_GUESSES)
    assert record.bias == pytest.approx(sum(off) / LEAST_GUESSES)
    crowd = [abs((movie.ratings_mean or 0) - 0.5) for movie in films[1:]] + [abs((films[0].ratings_mean or 0) - 5)]
    assert record.crowd_off == pytest.approx(sum(crowd) / LEAST_GUESSES)
    worst = max(range(LEAST_GUESSES), key=lambda one: abs(off[one]))
    assert record.surprise is not None
    assert (record.surprise.movie, record.surprise.guessed) == (films[worst], pytest.approx(guessed[worst]))


async def test_a_film_taken_back_leaves_the_record(services: Services) -> None:
    films = [*services.search.catalogue.values()][: LEAST_GUESSES + 1]
    for movie in films:
        await services.ratings.rate(ALICE, movie.movie_id, 4.0, NOW)
    await services.ratings.unrate(ALICE, films[0].movie_id, NOW)
    record = (await services.profiles.card(ALICE, ALICE, NOW, in_guild=True)).accuracy
    assert record is not None
    assert record.guesses == LEAST_GUESSES
