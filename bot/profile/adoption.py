"""Starting from a MovieLens user's ratings: only the number is stored, the ratings stay in the data set."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import StaleComponentError, UserError
from bot.members import MovieLensUsers
from bot.movies import MovieSearch
from data import Movie
from data.store import Store

FAVOURITES = 3
SUGGESTED = 3
LEAST_RATINGS = 5
"""Ratings of a member below which nobody can be said to be near."""


@dataclass(eq=False)
class UnknownUserError(UserError):
    """No such user in the MovieLens data set; `first` to `last` are the ids there are."""

    given: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Adopted:
    """A member starts from `user_id`, who knows `films`; `own` ratings of the member's go before these.

    `before` is whom they started from until now; `change_id` is None where that was the same user.
    """

    owner_id: int
    user_id: int
    films: int
    favourites: tuple[Movie, ...]
    own: int
    before: int | None
    change_id: int | None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A member does not start from `user_id` any more."""

    owner_id: int
    user_id: int
    own: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A user who rated `common` films like the member, `apart` stars from them on average."""

    user_id: int
    common: int
    apart: float
    films: int
    favourites: tuple[Movie, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The users nearest to a member; none where the member has rated too little. `first` to `last` are all ids."""

    owner_id: int
    rated: int
    users: tuple[Suggestion, ...]
    first: int
    last: int


class AdoptionService:
    """Members are Discord ids, MovieLens users are ids of the data set."""

    def __init__(self, store: Store, search: MovieSearch, movielens: MovieLensUsers) -> None:
        self._store = store
        self._search = search
        self._movielens = movielens

    async def adopt(self, discord_id: int, user_id: int, at: int) -> Adopted:
        """Start from a user's ratings, in place of another's; raises UnknownUserError."""
        ratings = await self._movielens.ratings_of(user_id)
        if not ratings:
            raise UnknownUserError(user_id, *await self._movielens.id_range())
        profile = await self._store.profiles.get_or_create(discord_id, at)
        change = await self._store.profiles.adopt(profile.user_id, user_id, at)
        own = await self._store.ratings.count_of(profile.user_id)
        favourites, change_id = self._favourites(ratings), None if change is None else change.change_id
        return Adopted(discord_id, user_id, len(ratings), favourites, own, profile.adopted_user_id, change_id)

    async def go_back(self, discord_id: int, user_id: int, before: int | None, at: int) -> Adopted | Dropped:
        """Take an adoption back: start from `before` again, or from nobody.

        Raises StaleComponentError where the member does not start from `user_id` any more.
        """
        profile = await self._store.profiles.find(discord_id)
        if profile is None or profile.adopted_user_id != user_id:
            raise StaleComponentError
        if before is not None:
            return await self.adopt(discord_id, before, at)
        await self._store.profiles.adopt(profile.user_id, None, at)
        return Dropped(discord_id, user_id, await self._store.ratings.count_of(profile.user_id))

    async def suggest(self, discord_id: int) -> Suggestions:
        """The users whose stars are nearest to the member's own."""
        profile = await self._store.profiles.find(discord_id)
        rated = {} if profile is None else await self._store.ratings.ratings_of(profile.user_id)
        near = await self._movielens.nearest(rated, SUGGESTED) if len(rated) >= LEAST_RATINGS else ()
        users = []
        for one in near:
            ratings = await self._movielens.ratings_of(one.user_id)
            users.append(
                Suggestion(one.user_id, one.common, one.apart, len(ratings), self._favourites(ratings, leaving=rated))
            )
        return Suggestions(discord_id, len(rated), tuple(users), *await self._movielens.id_range())

    def _favourites(
        self, ratings: Mapping[int, float], leaving: Mapping[int, float] | None = None
    ) -> tuple[Movie, ...]:
        """The films with the most stars, of these the best known; those of `leaving` only where there are no others."""
        movies = self._search.of_ids(tuple(ratings))
        known = leaving or {}
        best = sorted(movies, key=lambda one: (one.movie_id in known, -ratings[one.movie_id], -one.ratings_count))
        return tuple(best[:FAVOURITES])
