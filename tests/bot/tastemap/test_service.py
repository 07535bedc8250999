"""Who is on a map, where, and who never is."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.tastemap import service as tastemap
from bot.tastemap.projection import projection
from bot.tastemap.replies import tastes
from bot.tastemap.service import NoMapError, NotPlacedError, NotShownError, TooFewPeopleError
from bot.wiring import Services
from tests.bot.tastemap.people import ACTION, ROMANCE, settle

GUILD, AT = 987, 1_800_000_000
ALICE, BOB, CAROL, DAN = PEOPLE = (11, 22, 33, 44)


async def test_like_stands_by_like(services: Services) -> None:
    for who, loves in ((ALICE, ACTION), (BOB, ACTION), (CAROL, ROMANCE), (DAN, ROMANCE)):
        await settle(services.store, GUILD, who, loves, AT)
    made = await services.tastemaps.map(GUILD, ALICE, AT)
    assert made.me.discord_id == ALICE
    assert made.others[0].discord_id == BOB
    bob, *far = made.others
    assert made.me.apart(bob) < min(made.me.apart(one) for one in far) / 2
    assert made.me.genre == bob.genre == "Action"
    assert {one.genre for one in far} == {"Romance"}
    assert [one.genre for one in made.landmarks] == ["Action", "Comedy", "Romance"]
    assert made.unseen == 0


async def test_a_map_stays_as_it_is(services: Services) -> None:
    """Genres stand where they stand, whoever is on it, and so does everybody."""
    for who, loves in ((ALICE, ACTION), (BOB, ACTION), (CAROL, ROMANCE)):
        await settle(services.store, GUILD, who, loves, AT)
    before = await services.tastemaps.map(GUILD, ALICE, AT)
    await settle(services.store, GUILD, DAN, ROMANCE, AT)
    after = await services.tastemaps.map(GUILD, CAROL, AT)
    assert after.landmarks == before.landmarks
    places = {one.discord_id: (one.x, one.y) for one in after.people}
    assert all(np.allclose(places[one.discord_id], (one.x, one.y)) for one in before.people)


async def test_the_axes_are_those_of_the_model(services: Services) -> None:
    made = projection(services.models.serving.model, services.search.catalogue.values())
    assert made is not None
    assert np.allclose(made.axes @ made.axes.T, np.eye(2))
    assert np.linalg.norm(made.places, axis=1).max() <= 1.0 + 1e-6


async def test_what_stands_in_the_way_of_a_map(services: Services) -> None:
    store, maps = services.store, services.tastemaps
    with pytest.raises(NotPlacedError):
        await maps.map(GUILD, ALICE, AT)
    alice = (await store.profiles.get_or_create(ALICE, AT)).user_id
    assert not await maps.compares(ALICE)
    await maps.join(ALICE, AT)
    assert await maps.compares(ALICE)
    with pytest.raises(NotPlacedError) as few:
        await maps.map(GUILD, ALICE, AT)
    assert few.value.rated == 0
    await settle(store, GUILD, ALICE, ACTION, AT)
    await settle(store, GUILD, BOB, ACTION, AT)
    await settle(store, GUILD, CAROL, ACTION, AT, compares=False)
    with pytest.raises(TooFewPeopleError) as lonely:
        await maps.map(GUILD, ALICE, AT)
    assert lonely.value.people == 2
    await maps.join(CAROL, AT)
    made = await maps.map(GUILD, ALICE, AT)
    with pytest.raises(TooFewPeopleError):
        made.among({ALICE, BOB})
    await store.profiles.set_visibility(alice, "private", 0)
    with pytest.raises(NotShownError) as hidden:
        await maps.map(GUILD, ALICE, AT)
    assert hidden.value.visibility == "private"


async def test_films_without_genres_give_no_map(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    for who in (ALICE, BOB, CAROL):
        await settle(services.store, GUILD, who, ACTION, AT)
    monkeypatch.setattr("bot.tastemap.projection.LEAST_GENRES", 4)
    with pytest.raises(NoMapError):
        await services.tastemaps.map(GUILD, ALICE, AT)


async def test_of_many_the_nearest_are_shown(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tastemap, "MOST_COMPARED", 6)
    monkeypatch.setattr(tastemap, "MOST_OTHERS", 3)
    monkeypatch.setattr(tastemap, "SPARE", 1)
    await settle(services.store, GUILD, ALICE, ACTION, AT)
    for who in range(100, 120):
        await settle(services.store, GUILD, who, ACTION if who % 2 else ROMANCE, AT)
    made = await services.tastemaps.map(GUILD, ALICE, AT)
    assert len(made.others) == 4
    assert all(one.discord_id % 2 for one in made.others)
    assert made.unseen == 16
    shown = made.among({ALICE, *(one.discord_id for one in made.others)})
    assert (len(shown.others), shown.unseen) == (3, 17)


STEPS = (
    "private", "server", "public", "leave", "speak", "block", "unblock", "quarantine", "release", "delete", "on", "off",
    "unrate",
)  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(PEOPLE)), max_size=10)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.sets(st.sampled_from(PEOPLE)))
async def test_nobody_is_on_a_map_who_should_not_be(
    services: Services, taken: list[tuple[str, int]], left: set[int]
) -> None:
    store = services.store
    for place, who in enumerate(PEOPLE):
        await store.personal.delete(who, AT)
        await settle(store, GUILD, who, (ACTION, ROMANCE)[place % 2], AT)
        await store.memberships.unblock(GUILD, who)
    fine = {who: {"visible", "there", "unblocked", "trusted", "wants", "known", "rated"} for who in PEOPLE}

    def turn(who: int, what: str, *, on: bool) -> None:
        (fine[who].add if on else fine[who].discard)(what)

    for step, who in taken:
        profile = await store.profiles.find(who)
        if profile is None:
            continue
        match step:
            case "private" | "server" | "public":
                await store.profiles.set_visibility(profile.user_id, step, 0)  # type: ignore[arg-type]
                turn(who, "visible", on=step != "private")
            case "leave":
                await store.memberships.leave(GUILD, [who], AT)
                turn(who, "there", on=False)
            case "speak":
                turn(who, "there", on=await store.memberships.note(GUILD, who, AT))
            case "block":
                await store.memberships.block(GUILD, who, AT)
                turn(who, "unblocked", on=False)
            case "unblock":
                await store.memberships.unblock(GUILD, who)
                turn(who, "unblocked", on=True)
            case "quarantine":
                await store.profiles.quarantine(who, AT)
                turn(who, "trusted", on=False)
            case "release":
                await store.profiles.release(who)
                turn(who, "trusted", on=True)
            case "on" | "off":
                await store.profiles.set_compares(profile.user_id, step == "on", 0)
                turn(who, "wants", on=step == "on")
            case "unrate":
                for movie_id in (10, 20, 110, 120):
                    await store.ratings.unrate(profile.user_id, movie_id, AT)
                turn(who, "rated", on=False)
            case "delete":
                await store.personal.delete(who, AT)
                turn(who, "known", on=False)
    may_be_shown = {who for who in PEOPLE if len(fine[who] | {"there"} if who == ALICE else fine[who]) == 7}
    present = set(PEOPLE) - left | {ALICE}
    expected = may_be_shown & present
    try:
        made = (await services.tastemaps.map(GUILD, ALICE, AT)).among(present)
    except (NotShownError, NotPlacedError):
        assert ALICE not in may_be_shown
    except TooFewPeopleError:
        assert ALICE in may_be_shown
        assert len(expected) < 3
    else:
        assert {one.discord_id for one in made.people} == expected
        names = {who: f"person{who}x" for who in PEOPLE}
        reply = tastes(made, {who: names[who] for who in expected})
        assert reply.layout is not None
        told = [reply.pictures[0].description, str(reply.layout.to_components())]
        for who in PEOPLE:
            assert all((names[who] in text) == (who in expected) for text in told)
