"""The week of a server against one reckoned by hand, and the moments it is due at."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import fmean, pstdev

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guilds.digest import DIVISIVE_FROM, LOVED_SHOWN, PRIOR_RATINGS, Digest, DigestReader, no_evening
from bot.guilds.news import DAY_S, WEEK_S, due_digest, is_late, last_moment, next_moment
from bot.servers import ServerRatings
from data import Catalogue, Movie
from data.store import GuildSettings, Member
from tests.bot.servers.made import made_server

NOW = 1_800_000_000
FILMS = [Movie(movie_id=number, title=f"Film {number}", year=2000, genres=(), raw_title="") for number in range(1, 6)]
CATALOGUE = Catalogue(FILMS)

rated = st.tuples(st.integers(1, 4), st.integers(1, 7), st.integers(1, 10), st.integers(-WEEK_S, WEEK_S))
"""Who, which film (two are outside of the catalogue), half stars, and when, from a week ago on."""
moments = st.integers(0, 4 * 10**9)


@dataclass
class Search:
    catalogue: Catalogue


@dataclass
class Ratings:
    server: ServerRatings

    async def of(self, guild_id: int) -> ServerRatings:
        return self.server


async def read(server: ServerRatings) -> Digest | None:
    reader = DigestReader(Ratings(server), Search(CATALOGUE), no_evening)  # type: ignore[arg-type]
    return await reader.read(1, NOW)


@settings(max_examples=150, deadline=None)
@given(st.lists(rated, max_size=30, unique_by=lambda one: one[:2]))
async def test_a_week_is_what_it_would_be_by_hand(rows: list[tuple[int, int, int, int]]) -> None:
    server = made_server(
        {who: Member(who, 100 + who, False, 0) for who in range(1, 5)},
        [(who, film, half / 2, NOW - WEEK_S + offset) for who, film, half, offset in rows],
    )
    found = await read(server)
    week = [(who, film, half / 2) for who, film, half, offset in rows if offset > 0]
    if not week:
        assert found is None
        return
    assert found is not None
    assert (found.ratings, found.members) == (len(week), len({who for who, _, _ in week}))
    counts = Counter(100 + who for who, _, _ in week)
    assert dict(found.raters) == counts
    assert [count for _, count in found.raters] == sorted(counts.values(), reverse=True)
    by_film = {film: [stars for _, one, stars in week if one == film] for _, film, _ in week}
    mean = fmean(stars for _, _, stars in week)
    at_least = min(2, max(map(len, by_film.values())))
    scores = {
        film: (sum(given_) + PRIOR_RATINGS * mean) / (len(given_) + PRIOR_RATINGS)
        for film, given_ in by_film.items()
        if film in CATALOGUE and len(given_) >= at_least and fmean(given_) >= mean - 1e-9
    }
    assert len(found.loved) == min(LOVED_SHOWN, len(scores))
    shown = [scores[one.movie.movie_id] for one in found.loved]
    assert all(abs(a - b) < 1e-6 for a, b in zip(shown, sorted(scores.values(), reverse=True), strict=False))
    spreads = {film: pstdev(given_) for film, given_ in by_film.items() if film in CATALOGUE}
    widest = max(spreads.values(), default=0.0)
    assert (found.divisive is not None) == (widest >= DIVISIVE_FROM)
    if found.divisive is not None:
        given_ = by_film[found.divisive.movie.movie_id]
        assert abs(pstdev(given_) - widest) < 1e-6
        assert (found.divisive.low, found.divisive.high) == (min(given_), max(given_))


@given(moments, st.integers(0, 6), st.integers(0, 23))
def test_it_is_due_on_its_weekday_at_its_hour(now: int, weekday: int, hour: int) -> None:
    chosen = GuildSettings(digest_in=1, digest_weekday=weekday, digest_hour=hour)
    last, following = last_moment(chosen, now), next_moment(chosen, now)
    assert last <= now < following == last + WEEK_S
    at = datetime.fromtimestamp(following, UTC)
    assert (at.weekday(), at.hour, at.minute, at.second) == (weekday, hour, 0, 0)


def test_what_is_settled_is_not_due() -> None:
    chosen = GuildSettings(digest_in=1)
    moment = last_moment(chosen, NOW)
    assert due_digest(chosen, NOW) == moment
    for settled, due in ((moment - 1, moment), (moment, None), (NOW, None)):
        assert due_digest(GuildSettings(digest_in=1, digest_at=settled), NOW) == due
    assert due_digest(GuildSettings(digest_at=0), NOW) is None
    assert not is_late(moment, moment + DAY_S)
    assert is_late(moment, moment + DAY_S + 1)
