"""What a member's ratings of a year, or of all years, say of their taste."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.errors import UserError
from bot.members import HiddenProfileError, MovieLensUsers, may_see
from bot.movies import MovieSearch
from bot.profile.favourites import Favourite, decade_of, favourites
from bot.ratings import HALF_STARS
from data import Movie
from data.store import Profile, RatingRow, Store

LEAST_FILMS = 5
"""Ratings below which a card would say nothing."""

LEAST_OTHERS = 5
"""Ratings of others below which a film's mean is chance."""

FAR = 0.5
"""Stars from the mean of the others at which a rating is worth telling of."""

LOVED = 4.0
"""Stars that are given to what is loved."""

HARDLY_ANYBODY = 1 / 3
"""Share of the others up to which a film is one that nobody else loves."""

ALL_ROWS = 2**31 - 1


@dataclass(eq=False)
class TooFewRatingsError(UserError):
    """`films` were rated in that year (None: ever), `total` ever; `is_own` where it is the asker's own card."""

    year: int | None
    films: int
    total: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A film, the member's stars for it, and the mean of those whom MovieLens asked."""

    movie: Movie
    stars: float
    others: float


@dataclass(frozen=True, slots=True)
class LovedAlone:
    """A film the member loves, as `lovers` of `others` do."""

    movie: Movie
    stars: float
    lovers: int
    others: int


@dataclass(frozen=True, slots=True)
class TasteCard:
    """`year` is None for all years; `histogram` counts the ratings of 0.5, 1, … 5. What nothing fits is None."""

    owner_id: int
    year: int | None
    films: int
    mean: float
    genre: Favourite[str] | None
    decade: Favourite[int] | None
    kindest: Judged | None
    harshest: Judged | None
    alone: LovedAlone | None
    histogram: tuple[int, ...]


class TasteCardService:
    def __init__(self, store: Store, search: MovieSearch, movielens: MovieLensUsers) -> None:
        self._store = store
        self._search = search
        self._movielens = movielens

    async def of_year(self, viewer_id: int, owner_id: int, year: int | None, guild_id: int | None) -> TasteCard:
        """The card of what was rated in a year (UTC), or ever; in a server it shows what its boards may show.

        Raises HiddenProfileError and TooFewRatingsError.
        """
        rows = await self._rows(viewer_id, owner_id, guild_id)
        return await self._made(viewer_id, owner_id, year, rows)

    async def newest(self, viewer_id: int, owner_id: int, at: int, guild_id: int | None) -> TasteCard:
        """The card of the year of `at`; of all years where that year has too few ratings. Raises as `of_year`."""
        rows = await self._rows(viewer_id, owner_id, guild_id)
        year: int | None = datetime.fromtimestamp(at, UTC).year
        if len(_of_year(rows, year)) < LEAST_FILMS:
            year = None
        return await self._made(viewer_id, owner_id, year, rows)

    async def _rows(self, viewer_id: int, owner_id: int, guild_id: int | None) -> tuple[RatingRow, ...]:
        profile = await self._store.profiles.find(owner_id)
        if viewer_id != owner_id and not await self._may_show(profile, viewer_id, owner_id, guild_id):
            raise HiddenProfileError(owner_id)
        if profile is None:
            return ()
        return await self._store.ratings.rows_of(profile.user_id, order="newest", limit=ALL_ROWS, offset=0)

    async def _may_show(self, profile: Profile | None, viewer_id: int, owner_id: int, guild_id: int | None) -> bool:
        if guild_id is not None:
            return await self._store.memberships.find(guild_id, owner_id) is not None
        return profile is not None and not profile.quarantined and may_see(profile, viewer_id, owner_id, in_guild=False)

    async def _made(self, viewer_id: int, owner_id: int, year: int | None, rows: Sequence[RatingRow]) -> TasteCard:
        stars = {row.movie_id: row.stars for row in _of_year(rows, year)}
        if len(stars) < LEAST_FILMS:
            raise TooFewRatingsError(year, len(stars), len(rows), is_own=viewer_id == owner_id)
        lovers = await self._movielens.lovers(LOVED, tuple(stars))
        return await asyncio.to_thread(self._told, owner_id, year, stars, lovers)

    def _told(
        self, owner_id: int, year: int | None, stars: Mapping[int, float], lovers: Mapping[int, int]
    ) -> TasteCard:
        films = [(movie, stars[movie.movie_id]) for movie in self._search.all_named(sorted(stars))]
        judged = [
            Judged(movie, given, movie.ratings_mean)
            for movie, given in films
            if movie.ratings_mean is not None and movie.ratings_count >= LEAST_OTHERS
        ]
        kindest = max(judged, key=lambda one: one.stars - one.others, default=None)
        harshest = min(judged, key=lambda one: one.stars - one.others, default=None)
        kindest = kindest if kindest is not None and kindest.stars - kindest.others >= FAR else None
        given = list(stars.values())
        return TasteCard(
            owner_id=owner_id,
            year=year,
            films=len(stars),
            mean=sum(given) / len(given),
            genre=next(iter(favourites(films, lambda movie: movie.genres, 1)), None),
            decade=next(iter(favourites(films, decade_of, 1)), None),
            kindest=kindest,
            harshest=harshest if harshest is not None and harshest.others - harshest.stars >= FAR else None,
            alone=_loved_alone([one for one in judged if one is not kindest], lovers),
            histogram=tuple(given.count(half) for half in HALF_STARS),
        )


def _loved_alone(judged: Sequence[Judged], lovers: Mapping[int, int]) -> LovedAlone | None:
    """The film that the smallest share of the others loves, shrunk towards a half where they are few."""
    loved = [
        LovedAlone(one.movie, one.stars, lovers.get(one.movie.movie_id, 0), one.movie.ratings_count)
        for one in judged
        if one.stars >= LOVED
    ]
    found = min(loved, key=lambda one: (one.lovers + 1) / (one.others + 2), default=None)
    return found if found is not None and found.lovers <= found.others * HARDLY_ANYBODY else None


def _of_year(rows: Sequence[RatingRow], year: int | None) -> list[RatingRow]:
    if year is None:
        return list(rows)
    first, last = (int(datetime(one, 1, 1, tzinfo=UTC).timestamp()) for one in (year, year + 1))
    return [row for row in rows if first <= row.rated_at < last]
