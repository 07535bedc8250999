"""What a member thinks of films, read anew for each request: stars, and what they want to see or hear no more of."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.members.movielens import MovieLensUsers
from data.store import Profile, Store
from recommender import FilmStars, RatingHistory


@dataclass(frozen=True, slots=True)
class Feedback:
    """`rated` are the member's own stars by movie id, `adopted` those of a MovieLens profile they start from.

    `hidden` are films they want to hear no more of, `seen` those they have seen without giving stars, `watchlist` those
    they want to see. `rated` and `watchlist` have the newest first, `adopted` has it last. That a film was seen says
    nothing of taste here: it is not folded in. `film_stars` are what the other members gave films since the training,
    as sum and number. `list_defaults` is what all of their lists keep to, as `bot.lists` writes it.
    """

    rated: dict[int, float] = field(default_factory=dict)
    adopted: Mapping[int, float] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    seen: frozenset[int] = frozenset()
    watchlist: tuple[int, ...] = ()
    film_stars: FilmStars = field(default_factory=dict)
    list_defaults: str | None = None

    @property
    def ratings(self) -> RatingHistory:
        """What is folded in, the newest last: adopted stars, and own ones, which go before those."""
        others = {movie_id: stars for movie_id, stars in self.adopted.items() if movie_id not in self.rated}
        return RatingHistory([*others.items(), *reversed(self.rated.items())])

    @property
    def left_out(self) -> frozenset[int]:
        """What no list for the member holds, beside what is rated."""
        return self.hidden | self.seen


class FeedbackReader:
    """`stars_of_others` reads the `film_stars` for somebody with that user id."""

    def __init__(
        self,
        store: Store,
        movielens: MovieLensUsers,
        stars_of_others: Callable[[int | None], Awaitable[FilmStars]],
    ) -> None:
        self._store = store
        self._movielens = movielens
        self._stars_of_others = stars_of_others

    async def of(self, discord_id: int) -> Feedback:
        """A member's feedback; no profile is made for it."""
        return await self.of_profile(await self._store.profiles.find(discord_id))

    async def of_profile(self, profile: Profile | None) -> Feedback:
        """Somebody without a profile has given none."""
        if profile is None:
            return Feedback(film_stars=await self._stars_of_others(None))
        adopted: Mapping[int, float] = {}
        if profile.adopted_user_id is not None:  # under another data set there may be no such user: kept, and ignored
            adopted = await self._movielens.ratings_of(profile.adopted_user_id)
        rated, shelved = await self._store.ratings.with_shelves(profile.user_id)
        return Feedback(
            rated=rated,
            adopted=adopted,
            hidden=frozenset(movie_id for movie_id, shelf in shelved.items() if shelf == "hidden"),
            seen=frozenset(movie_id for movie_id, shelf in shelved.items() if shelf == "seen"),
            watchlist=tuple(movie_id for movie_id, shelf in shelved.items() if shelf == "watchlist"),
            film_stars=await self._stars_of_others(profile.user_id),
            list_defaults=profile.list_defaults,
        )
