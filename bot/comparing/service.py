"""Two members of a server and their tastes, if both want that: how alike, and what one has for the other."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bot.errors import UserError
from bot.members import Feedback, FeedbackReader, choose_comparing
from bot.models import ModelRegistry, Serving
from bot.movies import MovieSearch
from data import Movie
from data.store import Store
from recommender.matching import match

AGREED, CLASHED = 3, 3
BRIDGED = 5
LOVED = 4.0
"""Stars from which somebody loves a film."""
LIKED = 3.5
"""Predicted stars from which somebody would like one."""
FAR_APART = 1.5
"""Stars between two ratings of one film that are a clash."""
CLOSE = 0.5
POOL = 100
"""Of the best films of each the one for both is chosen among so many."""


@dataclass(eq=False)
class ComparingOffError(UserError):
    """The member has not said that their taste may be compared; they wanted to with `other_id`."""

    other_id: int


class KeepsToThemselvesError(UserError):
    """The member keeps their own ratings private, and wants to see another's."""


class NotShownHereError(UserError):
    """The member is on none of the server's boards."""


class NotComparableError(UserError):
    """The other member cannot be compared with, for whatever reason: none of them is told from the others."""


class YourselfError(UserError):
    """Somebody asked for a comparison with themselves."""


@dataclass(eq=False)
class NothingToCompareError(UserError):
    """One of the two has rated nothing; `is_own` where it is who asked."""

    is_own: bool


@dataclass(frozen=True, slots=True)
class ForTwo:
    """A film with the stars that each of two has given it, or would."""

    movie: Movie
    stars: float
    others_stars: float


@dataclass(frozen=True, slots=True)
class Matched:
    """`share` of agreement in [0, 1], from `overlap` films both rated.

    `for_both` is one that neither has seen, with predicted stars; None where nothing is left.
    """

    owner_id: int
    other_id: int
    share: float
    overlap: int
    agree: tuple[ForTwo, ...]
    clash: tuple[ForTwo, ...]
    for_both: ForTwo | None


class ComparingService:
    """Members are Discord ids. Whether both are still in the server is for the caller to ask Discord."""

    def __init__(self, store: Store, search: MovieSearch, models: ModelRegistry, feedback: FeedbackReader) -> None:
        self._store = store
        self._search = search
        self._models = models
        self._feedback = feedback

    async def take_part(self, guild_id: int, discord_id: int, at: int) -> None:
        """The member says that their taste may be compared, which it then is at once."""
        await choose_comparing(self._store, discord_id, at)
        await self._store.memberships.note(guild_id, discord_id, at)

    async def check(self, guild_id: int, discord_id: int, other_id: int) -> None:
        """Whether these two may be compared; raises the errors of this topic.

        What the member can do about it comes first, and nothing said of the other tells why not.
        """
        if discord_id == other_id:
            raise YourselfError
        profile = await self._store.profiles.find(discord_id)
        if profile is None or not profile.compares:
            raise ComparingOffError(other_id)
        if profile.visibility == "private":
            raise KeepsToThemselvesError
        if await self._store.memberships.find(guild_id, discord_id) is None:
            raise NotShownHereError
        other = await self._store.memberships.find(guild_id, other_id)
        if other is None or not other.compares:
            raise NotComparableError

    async def match(self, guild_id: int, discord_id: int, other_id: int) -> Matched:
        """How alike two tastes are; raises what `check` raises, and NothingToCompareError."""
        own, others = await self._both(guild_id, discord_id, other_id)
        serving = self._models.serving

        def compare() -> Matched:
            borrowed = (own.ratings.keys() - own.rated.keys()) | (others.ratings.keys() - others.rated.keys())
            found = match(serving.model, own.ratings, others.ratings, but=borrowed)
            agree, clash = self._compared(own, others)
            for_both = self._for_both(serving, own, others)
            share = (1 + found.similarity) / 2
            return Matched(discord_id, other_id, share, found.overlap, agree, clash, for_both)

        return await asyncio.to_thread(compare)

    async def bridge(self, guild_id: int, discord_id: int, other_id: int) -> tuple[ForTwo, ...]:
        """Films one loves and the other has not rated, with the own stars and the other's predicted ones, these first.

        Raises what `match` raises.
        """
        own, others = await self._both(guild_id, discord_id, other_id)
        serving = self._models.serving

        def choose() -> tuple[ForTwo, ...]:
            loved = [movie_id for movie_id, stars in own.rated.items() if stars >= LOVED]
            movies = self._left(serving, loved, others)
            if not movies:
                return ()
            predicted = serving.model.predict(others.ratings, [movie.movie_id for movie in movies])
            films = [
                ForTwo(movie, own.rated[movie.movie_id], float(stars))
                for movie, stars in zip(movies, predicted, strict=True)
                if stars >= LIKED
            ]
            best = sorted(films, key=lambda film: (-film.others_stars, -film.stars, film.movie.movie_id))
            return tuple(best[:BRIDGED])

        return await asyncio.to_thread(choose)

    async def _both(self, guild_id: int, discord_id: int, other_id: int) -> tuple[Feedback, Feedback]:
        await self.check(guild_id, discord_id, other_id)
        own, others = await self._feedback.of(discord_id), await self._feedback.of(other_id)
        for feedback, is_own in ((own, True), (others, False)):
            if not feedback.ratings:
                raise NothingToCompareError(is_own)
        return own, others

    def _compared(self, own: Feedback, others: Feedback) -> tuple[tuple[ForTwo, ...], tuple[ForTwo, ...]]:
        """What both love, or both do not, and where they are far apart; the strongest words first."""
        films = [
            ForTwo(movie, own.rated[movie.movie_id], others.rated[movie.movie_id])
            for movie in self._search.of_ids(sorted(own.rated.keys() & others.rated.keys()))
        ]

        def apart(film: ForTwo) -> float:
            return abs(film.stars - film.others_stars)

        agree = [film for film in films if apart(film) <= CLOSE]
        clash = [film for film in films if apart(film) >= FAR_APART]
        agree.sort(key=lambda film: (-(film.stars + film.others_stars), apart(film), film.movie.movie_id))
        clash.sort(key=lambda film: (-apart(film), film.movie.movie_id))
        return tuple(agree[:AGREED]), tuple(clash[:CLASHED])

    def _for_both(self, serving: Serving, own: Feedback, others: Feedback) -> ForTwo | None:
        """Of the best films of both lists the one whose less happy watcher is happiest."""
        lists = serving.model.recommend_batch([own.ratings, others.ratings], POOL)
        ids = np.unique(lists[lists >= 0]).tolist()
        movies = self._left(serving, [one for one in ids if one not in own.ratings and one not in own.left_out], others)
        if not movies:
            return None
        stars = serving.model.stars_of(
            serving.model.tastes([own.ratings, others.ratings]), [movie.movie_id for movie in movies]
        )
        best = int(np.lexsort((-stars.sum(axis=0), -stars.min(axis=0)))[0])
        return ForTwo(movies[best], float(stars[0, best]), float(stars[1, best]))

    def _left(self, serving: Serving, movie_ids: Iterable[int], others: Feedback) -> tuple[Movie, ...]:
        """Those of these films that are known and that the other has neither rated, hidden nor seen."""
        known = serving.model.known(list(movie_ids))
        return self._search.of_ids([one for one in known if one not in others.ratings and one not in others.left_out])
