"""Who of a server stands where by taste: those who let it be compared, and how near they are to who asks."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.errors import UserError
from bot.members import choose_comparing
from bot.models import ModelRegistry, Serving
from bot.movies import MovieSearch
from bot.servers import ServerRatings, ServerRatingsReader
from bot.tastemap.projection import Projection, Vectors, projection
from data.store import Store, Visibility

LEAST_RATED = 5
"""Ratings below which nobody can say where somebody stands."""

LEAST_PEOPLE = 3
MOST_OTHERS = 25
SPARE = 5
"""Others who are placed beyond that, in case some have left the server."""

MOST_COMPARED = 40
"""Others who are folded in; where more want to be compared, those who agree best on films both have rated."""

AGREEMENT_SHRINKAGE = 5.0
"""Films in common at which half of an agreement is believed."""


class NoMapError(UserError):
    """The model in use tells no tastes apart."""


@dataclass(eq=False)
class NotShownError(UserError):
    """Who asks is not shown to the others of this server."""

    visibility: Visibility


@dataclass(eq=False)
class NotPlacedError(UserError):
    """Who asks has rated too few films to stand anywhere."""

    rated: int


@dataclass(eq=False)
class TooFewPeopleError(UserError):
    """Only so many here can be placed, with who asks."""

    people: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody stands; `genre` is the nearest of the genres."""

    discord_id: int
    x: float
    y: float
    genre: str

    def apart(self, other: "Spot") -> float:
        """The distance on the map, whose radius is 1."""
        return float(np.hypot(self.x - other.x, self.y - other.y))


@dataclass(frozen=True, slots=True)
class Landmark:
    genre: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TasteMap:
    """`me` is who asked, `others` are by nearness of taste in all dimensions, `unseen` how many more could be on it."""

    me: Spot
    others: tuple[Spot, ...]
    landmarks: tuple[Landmark, ...]
    unseen: int

    @property
    def people(self) -> tuple[Spot, ...]:
        return (self.me, *self.others)

    def among(self, present: Collection[int]) -> "TasteMap":
        """With those alone who are there, at most MOST_OTHERS; raises TooFewPeopleError."""
        here = [one for one in self.others if one.discord_id in present]
        if len(here) + 1 < LEAST_PEOPLE:
            raise TooFewPeopleError(len(here) + 1)
        return replace(self, others=tuple(here[:MOST_OTHERS]), unseen=self.unseen + max(0, len(here) - MOST_OTHERS))


class TasteMapService:
    def __init__(
        self, store: Store, search: MovieSearch, models: ModelRegistry, server_ratings: ServerRatingsReader
    ) -> None:
        self._store = store
        self._search = search
        self._models = models
        self._server_ratings = server_ratings
        self._projected: tuple[str, Projection | None] | None = None

    async def compares(self, discord_id: int) -> bool:
        """Whether a member lets their taste be compared."""
        profile = await self._store.profiles.find(discord_id)
        return profile is not None and profile.compares

    async def join(self, discord_id: int, at: int) -> None:
        """Let a member's taste be compared from now on."""
        await choose_comparing(self._store, discord_id, at)

    async def map(self, guild_id: int, discord_id: int, at: int) -> TasteMap:
        """The map around a member who is speaking in a server and lets their taste be compared.

        Whoever it shows may be shown there, but may have left since. Raises NotShownError, NotPlacedError,
        TooFewPeopleError and NoMapError.
        """
        await self._store.memberships.note(guild_id, discord_id, at)
        ratings = await self._server_ratings.of(guild_id)
        me = ratings.places.get(discord_id)
        if me is None or not ratings.members[me].compares:
            profile = await self._store.profiles.find(discord_id)
            raise NotPlacedError(0) if profile is None else NotShownError(profile.visibility)
        serving = self._models.serving
        return await asyncio.to_thread(self._drawn_up, serving, ratings, me)

    def _drawn_up(self, serving: Serving, ratings: ServerRatings, me: int) -> TasteMap:
        rated = np.diff(ratings.starts)
        if rated[me] < LEAST_RATED:
            raise NotPlacedError(int(rated[me]))
        compares = np.fromiter((one.compares for one in ratings.members), bool, len(ratings.members))
        others = np.flatnonzero(compares & (rated >= LEAST_RATED))
        others = others[others != me]
        if len(others) + 1 < LEAST_PEOPLE:
            raise TooFewPeopleError(len(others) + 1)
        projected = self._projection(serving)
        if projected is None:
            raise NoMapError
        compared = _most_agreeing(ratings, me, others, MOST_COMPARED)
        places = [me, *compared.tolist()]
        vectors = serving.model.embed([ratings.of(place) for place in places])
        nearest = np.argsort(-(vectors[1:] @ vectors[0]), kind="stable")[: MOST_OTHERS + SPARE] + 1
        order = [0, *nearest.tolist()]
        spots = _spots(
            projected, projected.of(vectors[order]), [ratings.members[places[one]].discord_id for one in order]
        )
        landmarks = tuple(
            Landmark(genre, float(x), float(y))
            for genre, (x, y) in zip(projected.genres, projected.places, strict=True)
        )
        return TasteMap(spots[0], spots[1:], landmarks, unseen=len(others) - len(nearest))

    def _projection(self, serving: Serving) -> Projection | None:
        """Drawn up once for each model."""
        if self._projected is None or self._projected[0] != serving.version:
            made = projection(serving.model, self._search.catalogue.values()) if serving.is_trained else None
            self._projected = serving.version, made
        return self._projected[1]


def _spots(projected: Projection, places: Vectors, discord_ids: Sequence[int]) -> tuple[Spot, ...]:
    apart = np.linalg.norm(places[:, None] - projected.places, axis=2)  # [people, genres]
    return tuple(
        Spot(discord_id, float(x), float(y), projected.genres[genre])
        for discord_id, (x, y), genre in zip(discord_ids, places, apart.argmin(axis=1).tolist(), strict=True)
    )


def _most_agreeing(ratings: ServerRatings, me: int, others: npt.NDArray[np.int64], n: int) -> npt.NDArray[np.int64]:
    """The n of `others` (places among the members) who agree best with one on films both have rated.

    Agreement is the sum over these films of the product of how far each lies over its member's mean, by their number
    plus AGREEMENT_SHRINKAGE.
    """
    if len(others) <= n:
        return others
    own = ratings.of(me)
    mean = sum(own.values()) / len(own)
    starts = ratings.starts[:-1]
    sums = np.concatenate([[0.0], np.cumsum(ratings.ratings["stars"], dtype=np.float64)])
    counts = np.maximum(np.diff(ratings.starts), 1)
    means = (sums[ratings.starts[1:]] - sums[starts]) / counts
    agreement = np.zeros(len(ratings.members))
    common = np.zeros(len(ratings.members))
    for movie_id, stars in own.items():
        raters, given = ratings.by_movie.of(movie_id)
        agreement[raters] += (stars - mean) * (given - means[raters])
        common[raters] += 1
    agreement /= common + AGREEMENT_SHRINKAGE
    return np.asarray(others[np.argsort(-agreement[others], kind="stable")[:n]])
