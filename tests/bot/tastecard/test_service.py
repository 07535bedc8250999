"""A taste card says what the ratings say, and nothing of whom it must not show."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.members import HiddenProfileError
from bot.tastecard.service import FAR, LEAST_FILMS, TasteCard, TooFewRatingsError
from bot.wiring import Services

ALICE, BOB, GUILD = 111, 222, 987


def at(year: int, month: int = 6) -> int:
    return int(datetime(year, month, 1, tzinfo=UTC).timestamp())


async def rate(services: Services, who: int, stars: dict[int, float], when: int) -> int:
    user_id = (await services.store.profiles.get_or_create(who, when)).user_id
    await services.store.ratings.rate(user_id, list(stars.items()), when)
    return user_id


async def test_what_the_ratings_of_a_year_say(services: Services) -> None:
    films = [*services.search.catalogue.values()]
    action = {movie.movie_id: 5.0 for movie in films if "Action" in movie.genres}
    romance = {movie.movie_id: 1.0 for movie in films if "Romance" in movie.genres}
    await rate(services, ALICE, romance, at(2024))
    await rate(services, ALICE, action, at(2025))
    card = await services.tastecards.of_year(ALICE, ALICE, None, GUILD)
    assert (card.films, card.mean) == (20, 3.0)
    assert card.genre is not None
    assert card.genre.kind == "Action"
    assert card.histogram == (0, 10, 0, 0, 0, 0, 0, 0, 0, 10)
    judged = {movie.movie_id: movie.ratings_mean or 0 for movie in films}
    assert card.harshest is not None
    assert card.harshest.others == max(judged[movie_id] for movie_id in romance)
    assert card.kindest is not None
    assert card.kindest.others == min(judged[movie_id] for movie_id in action)
    only = await services.tastecards.of_year(ALICE, ALICE, 2025, GUILD)
    assert (only.year, only.films, only.mean, only.harshest, only.genre) == (2025, 10, 5.0, None, None)


async def test_a_film_that_others_do_not_love(services: Services) -> None:
    films = [*services.search.catalogue.values()][:LEAST_FILMS]
    await rate(services, ALICE, {movie.movie_id: 5.0 for movie in films}, at(2025))
    lovers = await services.tastecards._movielens.lovers(4.0, [movie.movie_id for movie in films])
    card = await services.tastecards.of_year(ALICE, ALICE, None, GUILD)
    if card.alone is not None:
        assert card.alone.lovers == lovers[card.alone.movie.movie_id] <= card.alone.others / 3
        assert card.kindest is None or card.kindest.movie != card.alone.movie


async def test_lovers_are_counted_in_the_data_set(services: Services) -> None:
    ratings = services.dataset.load_ratings()
    found = await services.tastecards._movielens.lovers(4.0, [10, 110, 424_242])
    assert found == {
        movie_id: int(((ratings["movie_id"] == movie_id) & (ratings["rating"] >= 4)).sum()) for movie_id in (10, 110)
    }


async def test_a_year_ends_where_utc_says(services: Services) -> None:
    ids = [*services.search.catalogue][: 2 * LEAST_FILMS]
    await rate(services, ALICE, dict.fromkeys(ids[:LEAST_FILMS], 4.0), at(2025, 1))
    await rate(services, ALICE, dict.fromkeys(ids[LEAST_FILMS:], 2.0), at(2025, 1) - 1)
    assert (await services.tastecards.of_year(ALICE, ALICE, 2025, None)).mean == 4.0
    assert (await services.tastecards.of_year(ALICE, ALICE, 2024, None)).mean == 2.0


async def test_this_year_if_it_is_enough_and_else_all(services: Services) -> None:
    ids = [*services.search.catalogue]
    await rate(services, ALICE, dict.fromkeys(ids[:LEAST_FILMS], 4.0), at(2024))
    assert (await services.tastecards.newest(ALICE, ALICE, at(2025), None)).year is None
    await rate(services, ALICE, dict.fromkeys(ids[-LEAST_FILMS:], 4.0), at(2025))
    assert (await services.tastecards.newest(ALICE, ALICE, at(2025), None)).year == 2025


async def test_too_few_ratings_are_counted(services: Services) -> None:
    with pytest.raises(TooFewRatingsError) as nothing:
        await services.tastecards.newest(ALICE, ALICE, at(2025), None)
    assert (nothing.value.year, nothing.value.films, nothing.value.total) == (None, 0, 0)
    ids = [*services.search.catalogue]
    await rate(services, ALICE, dict.fromkeys(ids[:LEAST_FILMS], 4.0), at(2024))
    with pytest.raises(TooFewRatingsError) as few:
        await services.tastecards.of_year(ALICE, ALICE, 2025, None)
    assert (few.value.year, few.value.films, few.value.total) == (2025, 0, LEAST_FILMS)


def is_told(card: TasteCard) -> None:
    """What is said of a film is so."""
    assert sum(card.histogram) == card.films
    if card.kindest is not None:
        assert card.kindest.stars - card.kindest.others >= FAR
    if card.harshest is not None:
        assert card.harshest.others - card.harshest.stars >= FAR


steps = st.lists(
    st.sampled_from(
        ["private", "server", "public", "leave", "speak", "block", "unblock", "quarantine", "release", "delete"]
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
async def test_a_card_is_shown_only_of_those_who_may_be_seen(services: Services, taken: list[str]) -> None:
    store, ids = services.store, [*services.search.catalogue]
    await store.personal.delete(BOB, at(2025))
    user_id = await rate(services, BOB, dict.fromkeys(ids, 4.0), at(2025))
    await store.memberships.note(GUILD, BOB, at(2025))
    is_there, visibility, is_blocked, is_quarantined, is_known = True, "server", False, False, True
    for step in taken:
        match step:
            case "private" | "server" | "public":
                await store.profiles.set_visibility(user_id, step, 0)  # type: ignore[arg-type]
                visibility = step
            case "leave":
                await store.memberships.leave(GUILD, [BOB], at(2025))
                is_there = False
            case "speak":
                is_there |= await store.memberships.note(GUILD, BOB, at(2025))
            case "block":
                is_blocked |= await store.memberships.block(GUILD, BOB, at(2025))
            case "unblock":
                await store.memberships.unblock(GUILD, BOB)
                is_blocked = False
            case "quarantine" | "release":
                await (store.profiles.quarantine(BOB, 1) if step == "quarantine" else store.profiles.release(BOB))
                is_quarantined = step == "quarantine"
            case "delete":
                await store.personal.delete(BOB, at(2025))
                is_known = False
    is_fit = is_known and not is_quarantined
    in_server = is_fit and is_there and not is_blocked and visibility != "private"
    for guild_id, may_see in ((GUILD, in_server), (GUILD + 1, False), (None, is_fit and visibility == "public")):
        if may_see:
            is_told(await services.tastecards.of_year(ALICE, BOB, None, guild_id))
        else:
            with pytest.raises(HiddenProfileError):
                await services.tastecards.of_year(ALICE, BOB, None, guild_id)
    if is_known:
        is_told(await services.tastecards.of_year(BOB, BOB, None, GUILD))
