"""Rating films, taking it back, and looking at what was rated."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.errors import (
    DailyCapError,
    HiddenProfileError,
    InvalidStarsError,
    MissingArgumentError,
    NothingToUndoError,
    NotRatedError,
    StaleComponentError,
    UserError,
)
from bot.services.films import Choice, Films
from bot.services.profiles import may_see
from bot.services.recommending import Recommending
from bot.services.stars import RatingRequest, split_lines
from bot.services.tastes import Tastes
from data import Movie
from data.store import Store, Write

DAILY_CAP = 500
DAY_S = 86_400
PAGE = 10

Order = Literal["newest", "highest", "lowest"]


@dataclass(frozen=True, slots=True)
class Rated:
    """One film was rated; `guess` is what the model would have said without it, `entered` what is new in the ten."""

    movie: Movie
    stars: float
    before: float | None
    write_id: int
    guess: float | None = None
    entered: tuple[Movie, ...] = ()


@dataclass(frozen=True, slots=True)
class WhichFilm:
    """Several films fit; `stars` are what the one meant will get, or None where they are still to be asked."""

    choice: Choice
    stars: float | None


@dataclass(frozen=True, slots=True)
class HowManyStars:
    """A film is named, stars are not."""

    movie: Movie


@dataclass(frozen=True, slots=True)
class TitleOrStars:
    """`text` is a film's whole title and ends in what may be stars: `whole`, or `part` with `stars`?"""

    text: str
    whole: Movie
    part: Movie | None
    stars: float


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A line that could not be read; the others were."""

    line: str
    error: UserError


Outcome = Rated | WhichFilm | HowManyStars | TitleOrStars | NotTaken


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A write was undone: the film has `now` stars again, or none."""

    movie: Movie
    was: float | None
    now: float | None
    write_id: int


@dataclass(frozen=True, slots=True)
class RatedFilm:
    movie: Movie
    stars: float


@dataclass(frozen=True, slots=True)
class RatingsPage:
    owner_id: int
    order: Order
    page: int
    pages: int
    total: int
    rows: tuple[RatedFilm, ...]


class Rating:
    """Use cases of rating. Members are Discord ids; times are UTC epoch seconds."""

    def __init__(self, store: Store, films: Films, recommending: Recommending, tastes: Tastes) -> None:
        self._store = store
        self._films = films
        self._recommending = recommending
        self._tastes = tastes

    async def rate_text(self, discord_id: int, text: str, at: int) -> tuple[Outcome, ...]:
        """Rate what a message says, one film per line, in one write; lines that ask back write nothing.

        Raises the line's UserError where there is a single line.
        """
        requests = split_lines(text)
        outcomes: list[Outcome] = []
        writes: list[tuple[Movie, float]] = []
        for request in requests:
            try:
                understood = self._understand(request)
            except UserError as error:
                if len(requests) == 1:
                    raise
                understood = NotTaken(request.whole, error)
            if isinstance(understood, tuple):
                writes.append(understood)
            else:
                outcomes.append(understood)
        if writes:
            outcomes = [*await self._write(discord_id, writes, at), *outcomes]
        return tuple(outcomes)

    def _understand(self, request: RatingRequest) -> tuple[Movie, float] | Outcome:
        titled = self._films.titled(request.whole)
        if request.stars is None:
            if titled or request.stars_error is None:
                found = titled[0] if len(titled) == 1 else self._films.look_up(request.whole)
                return HowManyStars(found) if isinstance(found, Movie) else WhichFilm(found, None)
            raise InvalidStarsError(request.stars_error)
        # Stars that folding drops are no part of a title: `Heat ★★★★` is a rating of Heat.
        if titled and titled != self._films.titled(request.title):
            part = self._films.look_up(request.title) if request.title else None
            return TitleOrStars(request.whole, titled[0], part if isinstance(part, Movie) else None, request.stars)
        if not request.title:
            raise MissingArgumentError("rate", "rate Heat 4.5")
        found = self._films.look_up(request.title)
        return (found, request.stars) if isinstance(found, Movie) else WhichFilm(found, request.stars)

    async def rate(self, discord_id: int, movie: Movie, stars: float, at: int) -> Rated:
        """Rate one film that is known exactly; returns after the commit."""
        (rated,) = await self._write(discord_id, [(movie, stars)], at)
        return rated

    async def _write(self, discord_id: int, films: list[tuple[Movie, float]], at: int) -> list[Rated]:
        profile = await self._store.profiles.get_or_create(discord_id, at)
        await self._check_cap(profile.user_id, len(films), at)
        before = await self._tastes.of_profile(profile)
        writes = await self._store.ratings.rate(
            profile.user_id, [(movie.movie_id, stars) for movie, stars in films], at
        )
        after = replace(before, rated={**before.rated, **{movie.movie_id: stars for movie, stars in films}})
        impact = await self._recommending.impact(before, after, [movie.movie_id for movie, _ in films])
        first = {write.movie_id: impact.guesses.get(write.movie_id) for write in writes if write.before is None}
        if first:
            await self._store.guesses.note(profile.user_id, first, at)
        return [
            Rated(movie, stars, write.before, write.write_id, impact.guesses.get(movie.movie_id), impact.entered)
            for (movie, stars), write in zip(films, writes, strict=True)
        ]

    async def _check_cap(self, user_id: int, writes: int, at: int) -> None:
        if await self._store.ratings.written_since(user_id, at - DAY_S) + writes > DAILY_CAP:
            raise DailyCapError(DAILY_CAP)

    async def correct(self, discord_id: int, write_id: int, movie: Movie, at: int) -> Rated:
        """The write meant another film: take it back and give its stars to `movie`."""
        write = await self._own_write(discord_id, write_id)
        if write.after is None:
            raise StaleComponentError
        await self._check_cap(write.user_id, 2, at)  # before the first of the two writes, or its stars would be lost
        await self._store.ratings.undo(write.user_id, write_id, at)
        return await self.rate(discord_id, movie, write.after, at)

    async def written_film(self, discord_id: int, write_id: int) -> Movie:
        """The film of a write of the member's own; raises StaleComponentError where there is none."""
        return self._films.by_id((await self._own_write(discord_id, write_id)).movie_id)

    async def _own_write(self, discord_id: int, write_id: int) -> Write:
        write = await self._store.ratings.find_write(write_id)
        profile = await self._store.profiles.find(discord_id)
        if write is None or profile is None or write.user_id != profile.user_id:
            raise StaleComponentError
        return write

    async def unrate(self, discord_id: int, movie: Movie, at: int) -> TakenBack:
        """Remove a rating; raises NotRatedError."""
        profile = await self._store.profiles.get_or_create(discord_id, at)
        write = await self._store.ratings.unrate(profile.user_id, movie.movie_id, at)
        if write is None:
            raise NotRatedError(movie)
        return self._taken_back(write)

    async def undo(self, discord_id: int, write_id: int, at: int) -> TakenBack:
        """Take back one write of the member's own."""
        write = await self._own_write(discord_id, write_id)
        return self._taken_back(await self._store.ratings.undo(write.user_id, write_id, at))

    async def undo_last(self, discord_id: int, at: int) -> TakenBack:
        """Take back the member's newest write; raises NothingToUndoError."""
        profile = await self._store.profiles.get_or_create(discord_id, at)
        write = await self._store.ratings.undo_last(profile.user_id, at)
        if write is None:
            raise NothingToUndoError
        return self._taken_back(write)

    def _taken_back(self, write: Write) -> TakenBack:
        return TakenBack(self._films.named(write.movie_id), write.before, write.after, write.write_id)

    async def page(self, viewer_id: int, owner_id: int, order: Order, page: int, *, in_guild: bool) -> RatingsPage:
        """One page of a member's ratings, counted from 0; raises HiddenProfileError."""
        profile = await self._store.profiles.find(owner_id)
        if not may_see(profile, viewer_id, owner_id, in_guild=in_guild):
            raise HiddenProfileError(owner_id)
        if profile is None:
            return RatingsPage(owner_id, order, 0, 1, 0, ())
        total = await self._store.ratings.count_of(profile.user_id)
        pages = max(1, -(-total // PAGE))
        page = min(max(page, 0), pages - 1)
        rows = await self._store.ratings.rows_of(profile.user_id, order=order, limit=PAGE, offset=page * PAGE)
        films = tuple(
            RatedFilm(movie, row.stars)
            for row in rows
            if (movie := self._films.catalogue.get(row.movie_id)) is not None
        )
        return RatingsPage(owner_id, order, page, pages, total, films)
