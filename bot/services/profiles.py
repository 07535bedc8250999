"""A member's MovieLens profile, as others and they themselves see it."""

from collections import Counter
from dataclasses import dataclass

from bot.errors import HiddenProfileError
from bot.services.films import Films
from data.store import Profile, Store

FAVOURITE_STARS = 4.0
FAVOURITE_GENRES = 3


@dataclass(frozen=True, slots=True)
class ProfileCard:
    """`histogram` counts ratings per half star; `mean` is None before the first rating."""

    owner_id: int
    user_id: int
    visibility: str
    rated: int
    mean: float | None
    others_mean: float | None
    genres: tuple[str, ...]
    histogram: tuple[tuple[float, int], ...]


def may_see(profile: Profile | None, viewer_id: int, owner_id: int, *, in_guild: bool) -> bool:
    """Whether one member is shown another's ratings here."""
    if viewer_id == owner_id:
        return True
    if profile is None:
        return False
    return profile.visibility == "public" or (profile.visibility == "server" and in_guild)


class Profiles:
    def __init__(self, store: Store, films: Films) -> None:
        self._store = store
        self._films = films

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
        films = {movie.movie_id: movie for movie in self._films.of_ids(tuple(ratings))}
        liked = Counter(
            genre for movie_id, movie in films.items() if ratings[movie_id] >= FAVOURITE_STARS for genre in movie.genres
        )
        means = [movie.ratings_mean for movie in films.values() if movie.ratings_mean is not None]
        counts = Counter(ratings.values())
        return ProfileCard(
            owner_id=owner_id,
            user_id=profile.user_id,
            visibility=profile.visibility,
            rated=len(ratings),
            mean=sum(ratings.values()) / len(ratings) if ratings else None,
            others_mean=sum(means) / len(means) if means else None,
            genres=tuple(genre for genre, _ in liked.most_common(FAVOURITE_GENRES)),
            histogram=tuple(sorted(counts.items())),
        )
