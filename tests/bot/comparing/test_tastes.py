"""The tastes kept of a server's members are those their ratings make anew, whatever has happened."""

import numpy as np

from bot.comparing.tastes import ServerTastes, ServerTastesReader
from bot.members import MovieLensUsers
from bot.wiring import Services

GUILD, AT = 77, 2_000_000_000
PEOPLE = (11, 22, 33)


async def told(services: Services, found: ServerTastes) -> dict[int, float]:
    """By Discord id the stars that a film would get, each folded in alone; they must be the same."""
    model = services.models.serving.model
    feedback_of = services.feedback.of
    stars = found.stars_of(60)
    for place, member in enumerate(found.ratings.members):
        feedback = await feedback_of(member.discord_id)
        np.testing.assert_allclose(stars[place], model.predict(feedback.ratings, [60])[0], atol=1e-4)
    return dict(zip([one.discord_id for one in found.ratings.members], stars.tolist(), strict=True))


async def test_they_follow_ratings_adoptions_and_deletions(services: Services) -> None:
    store = services.store
    reader = ServerTastesReader(services.server_ratings, services.models, MovieLensUsers(services.dataset))
    assert len((await reader.of(GUILD)).stars_of(60)) == 0
    for number, discord_id in enumerate(PEOPLE):
        profile = await store.profiles.get_or_create(discord_id, AT)
        await store.ratings.rate(profile.user_id, [(10 + 100 * number % 200, 5.0), (20, 4.0)], AT)
        await store.memberships.note(GUILD, discord_id, AT)
    first = await told(services, await reader.of(GUILD))
    assert await reader.of(GUILD) is await reader.of(GUILD)
    middle = await store.profiles.get_or_create(22, AT)
    await store.ratings.rate(middle.user_id, [(60, 1.0), (30, 1.0)], AT)
    second = await told(services, await reader.of(GUILD))
    assert second[22] < first[22]
    assert (second[11], second[33]) == (first[11], first[33])
    await store.profiles.adopt(middle.user_id, 2, 0)
    third = await told(services, await reader.of(GUILD))
    assert third[22] != second[22]
    kept = await reader.of(GUILD)
    await store.personal.delete(22, AT)
    await reader.forget(22)
    assert sorted(await told(services, await reader.of(GUILD))) == [11, 33]
    assert await reader.of(GUILD) is not kept
