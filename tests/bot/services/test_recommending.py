"""Lists: fold-ins of the ratings as they are now, in a world where people love action or romance, never both."""

import asyncio
from dataclasses import replace

import pytest

from bot.errors import CountError, StaleComponentError
from bot.services.household import Household
from bot.services.recommending import LIST_LENGTH, FilmList
from bot.services.tastes import Taste

ALICE, BOB = 111, 222
NOW = 1_700_000_000
OTHER = {"Action": "Romance", "Romance": "Action"}


def ids(films: FilmList) -> list[int]:
    return [one.movie.movie_id for one in films.films]


async def love(house: Household, genre: str, member: int = ALICE, films: int = 4) -> list[int]:
    """Give five stars to films of one genre and one to as many of the other."""
    rated = []
    for wanted, stars in ((genre, 5.0), (OTHER[genre], 1.0)):
        chosen = [movie for movie in house.films.catalogue.values() if wanted in movie.genres][:films]
        for movie in chosen:
            await house.rating.rate(member, movie, stars, NOW)
            rated.append(movie.movie_id)
    return rated


@pytest.mark.parametrize("genre", ["Action", "Romance"])
async def test_the_list_is_what_the_camp_loves_and_nothing_rated(house: Household, genre: str) -> None:
    rated = await love(house, genre)
    films = await house.recommending.top(ALICE, NOW)
    assert films.rated == 8
    assert set(ids(films)).isdisjoint(rated)
    assert [one.rank for one in films.films] == list(range(1, LIST_LENGTH + 1))
    others = [movie for movie in house.films.catalogue.values() if genre in movie.genres]
    unseen = {movie.movie_id for movie in others} - set(rated)
    assert set(ids(films)[: len(unseen)]) == unseen
    for one in films.films:
        card = await house.recommending.card(ALICE, one.movie)
        assert one.stars == pytest.approx(card.predicted)
        assert one.stars_sd == pytest.approx(card.predicted_sd)
        assert one.support == card.support > 0
    assert films.top_stars == 5.0


async def test_the_same_call_gives_the_same_list_until_something_is_rated(house: Household) -> None:
    await love(house, "Action", films=2)
    first, second = await house.recommending.top(ALICE, NOW), await house.recommending.top(ALICE, NOW + 1)
    assert ids(first) == ids(second)
    assert first.list_id != second.list_id
    await house.rating.rate(ALICE, first.films[0].movie, 5.0, NOW + 2)
    assert first.films[0].movie.movie_id not in ids(await house.recommending.top(ALICE, NOW + 3))


async def test_somebody_new_gets_a_list(house: Household) -> None:
    films = await house.recommending.top(ALICE, NOW)
    assert (len(films.films), films.rated) == (LIST_LENGTH, 0)


@pytest.mark.parametrize("n", [1, 3, 10])
async def test_as_many_as_asked_for(house: Household, n: int) -> None:
    films = await house.recommending.top(ALICE, NOW, n)
    assert len(films.films) == n
    assert len((await house.recommending.more(ALICE, films.list_id)).films) == n


@pytest.mark.parametrize("n", [0, -1, 11, 10**9])
async def test_more_than_a_list_holds(house: Household, n: int) -> None:
    with pytest.raises(CountError) as caught:
        await house.recommending.top(ALICE, NOW, n)
    assert (caught.value.given, caught.value.limit) == (str(n), LIST_LENGTH)


# More


async def test_more_goes_through_the_whole_catalogue_without_repeating(house: Household) -> None:
    first = await house.recommending.top(ALICE, NOW)
    shown = ids(first)
    while True:
        more = await house.recommending.more(ALICE, first.list_id)
        if not more.films:
            break
        assert more.films[0].rank == len(shown) + 1
        shown += ids(more)
    assert len(shown) == len(set(shown)) == len(house.films.catalogue)


async def test_more_leaves_out_what_was_rated_since(house: Household) -> None:
    first = await house.recommending.top(ALICE, NOW, 3)
    following = await house.recommending.top(ALICE, NOW, 6)
    next_one = following.films[3].movie
    await house.rating.rate(ALICE, next_one, 0.5, NOW + 1)
    more = await house.recommending.more(ALICE, first.list_id)
    assert set(ids(more)).isdisjoint({*ids(first), next_one.movie_id})


async def test_two_presses_at_once_show_nothing_twice(house: Household) -> None:
    first = await house.recommending.top(ALICE, NOW, 3)
    one, other = await asyncio.gather(*(house.recommending.more(ALICE, first.list_id) for _ in range(2)))
    assert set(ids(one)).isdisjoint(ids(other))


async def test_only_its_owner_goes_on_with_a_list(house: Household) -> None:
    first = await house.recommending.top(ALICE, NOW)
    await house.recommending.top(BOB, NOW)
    for member in (BOB, 333):
        with pytest.raises(StaleComponentError):
            await house.recommending.more(member, first.list_id)
    with pytest.raises(StaleComponentError):
        await house.recommending.more(ALICE, 10**9)


async def test_lists_shown_long_ago_are_forgotten(house: Household) -> None:
    old = await house.recommending.top(ALICE, NOW)
    await house.tidy(NOW + 181 * 86_400)
    with pytest.raises(StaleComponentError):
        await house.recommending.more(ALICE, old.list_id)


# One film


async def test_a_card_guesses_as_if_the_film_were_unrated(house: Household) -> None:
    await love(house, "Action", films=3)
    film = next(movie for movie in house.films.catalogue.values() if movie.title == "Gladiator")
    before = await house.recommending.card(ALICE, film)
    assert before.own_stars is None
    await house.rating.rate(ALICE, film, 0.5, NOW + 1)
    after = await house.recommending.card(ALICE, film)
    assert after.own_stars == 0.5
    assert after.predicted == pytest.approx(before.predicted)
    assert (after.predicted_sd, after.support) == (pytest.approx(before.predicted_sd), before.support)


async def test_similar_films_are_of_the_same_camp(house: Household) -> None:
    film = next(movie for movie in house.films.catalogue.values() if movie.title == "Titanic")
    near = await house.recommending.similar(ALICE, film)
    assert near.movie == film
    assert film.movie_id not in [one.movie.movie_id for one in near.films]
    assert all("Romance" in one.movie.genres for one in near.films[:5])


async def test_the_impact_of_a_rating(house: Household) -> None:
    await love(house, "Action", films=2)
    film = house.films.by_id(90)
    profile = await house.store.profiles.find(ALICE)
    assert profile is not None
    before = await house.store.ratings.ratings_of(profile.user_id)
    impact = await house.recommending.impact(Taste(before), Taste(before | {90: 5.0}), [90, next(iter(before))])
    assert set(impact.guesses) == {90}  # no guess for what was rated already
    assert impact.guesses[90] == pytest.approx((await house.recommending.card(ALICE, film)).predicted)
    assert any(one.was is None for one in impact.moves)  # the rated film's place is free
    assert film not in [one.movie for one in impact.moves]
    assert all(one.was is None or one.now < one.was for one in impact.moves)


async def test_nothing_moves_without_a_rating(house: Household) -> None:
    impact = await house.recommending.impact(Taste(), Taste(), [])
    assert (impact.guesses, impact.moves) == ({}, ())


async def test_films_outside_the_catalogue_are_never_listed(house: Household) -> None:
    """As with a model trained on a larger data set than the one in use."""
    hidden = ids(await house.recommending.top(ALICE, NOW, 3))
    house.shelf._serving = replace(house.shelf.serving, outside_catalogue=tuple(hidden))
    first = await house.recommending.top(ALICE, NOW)
    more = await house.recommending.more(ALICE, first.list_id)
    assert set(hidden).isdisjoint({*ids(first), *ids(more)})
