"""A server's ratings in memory are those of the database, whatever happens."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.servers import ServerRatings, ServerRatingsReader
from bot.servers.ratings import TALLY_KEPT_S
from data.store import Store

GUILD, AT = 987, 1_800_000_000
PEOPLE = (11, 22, 33)

steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["rate", "unrate", "undo", "private", "server", "leave", "speak", "block", "unblock", "delete"]
        ),
        st.sampled_from(PEOPLE),
        st.integers(1, 4),
        st.integers(1, 10),
    ),
    max_size=25,
)


async def take(store: Store, what: str, discord_id: int, movie_id: int, half_stars: int, at: int) -> None:
    user_id = (await store.profiles.get_or_create(discord_id, at)).user_id
    match what:
        case "rate":
            await store.ratings.rate(user_id, [(movie_id, half_stars / 2)], at)
        case "unrate":
            await store.ratings.unrate(user_id, movie_id, at)
        case "undo":
            newest = await store.journal.newest(user_id)
            if newest is not None:
                await store.journal.undo(user_id, newest.entry_id)
        case "private" | "server":
            await store.profiles.set_visibility(user_id, what, 0)  # type: ignore[arg-type]
        case "leave":
            await store.memberships.leave(GUILD, [discord_id], at)
        case "speak":
            await store.memberships.note(GUILD, discord_id, at)
        case "block":
            await store.memberships.block(GUILD, discord_id, at)
        case "unblock":
            await store.memberships.unblock(GUILD, discord_id)
        case "delete":
            await store.personal.delete(discord_id, at)


def told(found: ServerRatings) -> dict[int, dict[int, float]]:
    return {one.discord_id: found.of(place) for place, one in enumerate(found.members)}


@settings(max_examples=20, deadline=None)
@given(steps)
async def test_what_is_kept_is_what_would_be_read_anew(taken: list[tuple[str, int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(Path(folder) / "marquee.db")
        try:
            kept = ServerRatingsReader(store)
            for moment, step in enumerate([("speak", one, 1, 1) for one in PEOPLE] + taken):
                await take(store, *step, AT + 60 * moment)
                found = await kept.of(GUILD)
                assert told(found) == told(await ServerRatingsReader(store).of(GUILD))
                assert found is await kept.of(GUILD)
                for movie_id in range(1, 5):
                    places, stars = found.by_movie.of(movie_id)
                    by_member = {place: found.of(place).get(movie_id) for place in range(len(found.members))}
                    assert dict(zip(places.tolist(), stars.tolist(), strict=True)) == {
                        place: one for place, one in by_member.items() if one is not None
                    }
        finally:
            await store.close()


async def test_the_tally_of_a_large_server_stands_for_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.servers.ratings.LARGE", 2)
    now, store = 0.0, await Store.open(tmp_path / "marquee.db")
    try:
        reader = ServerRatingsReader(store, clock=lambda: now)
        for discord_id in PEOPLE[:2]:
            await take(store, "rate", discord_id, 1, 8, AT)
            await take(store, "speak", discord_id, 1, 1, AT)
        assert (await reader.tally_of(GUILD)).of(1) == (4.0, 2)
        await take(store, "rate", PEOPLE[0], 1, 10, AT + 60)
        assert (await reader.tally_of(GUILD)).of(1) == (4.0, 2)
        now = TALLY_KEPT_S
        assert (await reader.tally_of(GUILD)).of(1) == (4.5, 2)
        await take(store, "rate", PEOPLE[2], 1, 6, AT + 90)
        await take(store, "speak", PEOPLE[2], 1, 1, AT + 90)
        assert (await reader.tally_of(GUILD)).of(1) == (4.0, 3)
        await take(store, "delete", PEOPLE[2], 1, 1, AT + 120)
        assert (await reader.tally_of(GUILD)).of(1) == (4.5, 2)  # nobody's stars outlive them
    finally:
        await store.close()
