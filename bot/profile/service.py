"""A member's MovieLens profile, as others and they themselves see it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.chat.language import Language
from bot.members import HiddenProfileError, MovieLensUsers, may_see
from bot.movies import MovieSearch
from bot.profile.accuracy import Accuracy, accuracy
from bot.profile.favourites import Favourite, decade_of, favourites
from bot.ratings import HALF_STARS
from data.store import Change, Profile, Store, Visibility

FAVOURITE_GENRES, FAVOURITE_DECADES = 3, 2


@dataclass(frozen=True, slots=True)
class Adoption:
    """The MovieLens user a member starts from, and how many films they know; 0 where this data set has no such user."""

    user_id: int
    films: int


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """`mean` is None before the first rating.

    `kinder` is how many stars the member gives above the MovieLens means of the same films; None where there are
    none. `histogram` counts their ratings of 0.5, 1, … 5; `others` are MovieLens's shares of these for the same films.
    """

    owner_id: int
    user_id: int
    visibility: Visibility
    rated: int
    this_month: int
    mean: float | None
    kinder: float | None
    genres: tuple[Favourite[str], ...]
    decades: tuple[Favourite[int], ...]
    accuracy: Accuracy | None
    adoption: Adoption | None
    histogram: tuple[int, ...]
    others: tuple[float, ...] | None


class ProfileService:
    def __init__(self, store: Store, search: MovieSearch, movielens: MovieLensUsers) -> None:
        self._store = store
        self._search = search
        self._movielens = movielens

    async def card(self, viewer_id: int, owner_id: int, at: int, *, in_guild: bool) -> ProfileCard:
        """The profile of `owner_id`; one's own is made at first contact. Raises HiddenProfileError."""
        if viewer_id == owner_id:
            profile = await self._store.profiles.get_or_create(owner_id, at)
        else:
            found = await self._store.profiles.find(owner_id)
            if found is None or not may_see(found, viewer_id, owner_id, in_guild=in_guild):
                raise HiddenProfileError(owner_id)
            profile = found
        ratings = await self._store.ratings.ratings_of(profile.user_id)
        films = [(movie, ratings[movie.movie_id]) for movie in self._search.all_named(ratings)]
        above = [stars - movie.ratings_mean for movie, stars in films if movie.ratings_mean is not None]
        given = list(ratings.values())
        return ProfileCard(
            owner_id=owner_id,
            user_id=profile.user_id,
            visibility=profile.visibility,
            rated=len(ratings),
            this_month=await self._store.ratings.rated_since(profile.user_id, _month_of(at)),
            mean=sum(given) / len(given) if given else None,
            kinder=sum(above) / len(above) if above else None,
            genres=favourites(films, lambda movie: movie.genres, FAVOURITE_GENRES),
            decades=favourites(films, decade_of, FAVOURITE_DECADES),
            accuracy=accuracy(await self._store.guesses.of(profile.user_id), self._search),
            adoption=await self._adoption(profile),
            histogram=tuple(given.count(half) for half in HALF_STARS),
            others=await self._movielens.shares(tuple(ratings)),
        )

    async def show_pictures(self, discord_id: int, has_pictures: bool, at: int) -> Change | None:
        """Choose pictures, or the same in words, for all that this member asks for; None where it was so already."""
        profile = await self._store.profiles.get_or_create(discord_id, at)
        return await self._store.profiles.set_pictures(profile.user_id, has_pictures, at)

    async def speak(self, discord_id: int, language: Language | None, at: int) -> Change | None:
        """Choose the language of all that is said to this member; None for that of their Discord."""
        profile = await self._store.profiles.get_or_create(discord_id, at)
        return await self._store.profiles.set_language(profile.user_id, language, at)

    async def _adoption(self, profile: Profile) -> Adoption | None:
        if profile.adopted_user_id is None:
            return None
        ratings = await self._movielens.ratings_of(profile.adopted_user_id)
        return Adoption(profile.adopted_user_id, len(ratings))


def _month_of(at: int) -> int:
    """When the UTC month of a moment began, in epoch seconds."""
    first = datetime.fromtimestamp(at, UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return int(first.timestamp())
