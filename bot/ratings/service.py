"""Rating films, taking it back, and pages of what was rated."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.pages import PAGE, Page
from bot.errors import StaleComponentError, UserError
from bot.imports import Imported, ImportService
from bot.members import Feedback, FeedbackReader, HiddenProfileError, may_see
from bot.models import ModelRegistry
from bot.movies import MovieSearch
from bot.ratings.impact import Impact, Moved, impact
from bot.ratings.lines import MAX_LINES, TooManyLinesError, lines_of, split_rating
from bot.ratings.understanding import (
    HowManyStars,
    RatingQuestion,
    ToRate,
    films_of_line,
    is_about_rating,
    understand,
    understand_apart,
)
from data import Movie
from data.store import Change, LastWasImportError, LastWasOtherError, Order, Store, Write

DAILY_CAP = 500


@dataclass(eq=False)
class NotRatedError(UserError):
    """The member has no rating of that film."""

    movie: Movie


class NothingToUndoError(UserError):
    """No write of the member's is left to take back."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One film was rated; `guess` is what the model would have said without it, `moves` what came of it in the ten."""

    movie: Movie
    stars: float
    before: float | None
    write_id: int
    guess: float | None = None
    moves: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A line that could not be read; the others were."""

    line: str
    error: UserError


RatingOutcome = Rated | RatingQuestion | NotTaken


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A write was undone: the film has `now` stars again, or none. `is_undo` unless that write had been an undo."""

    movie: Movie
    was: float | None
    now: float | None
    write_id: int
    is_undo: bool = True


@dataclass(frozen=True, slots=True)
class LastChange:
    """The member's newest change is no rating; `movie` is the film it was about."""

    change: Change
    movie: Movie | None


@dataclass(frozen=True, slots=True)
class WrongFilm:
    """A write that meant another film, and the films that may have been meant."""

    write_id: int
    movie: Movie
    candidates: tuple[Movie, ...]


@dataclass(frozen=True, slots=True)
class RatedMovie:
    """`rated_at` in UTC epoch seconds."""

    movie: Movie
    stars: float
    rated_at: int


@dataclass(frozen=True, slots=True)
class RatingsPage:
    owner_id: int
    order: Order
    page: Page
    rows: tuple[RatedMovie, ...]


class RatingService:
    """Use cases of rating. Members are Discord ids; times are UTC epoch seconds."""

    def __init__(
        self,
        store: Store,
        search: MovieSearch,
        models: ModelRegistry,
        feedback: FeedbackReader,
        imports: ImportService,
    ) -> None:
        self._store = store
        self._search = search
        self._models = models
        self._feedback = feedback
        self._imports = imports

    async def rate_text(
        self, discord_id: int, text: str, at: int, subject: int | None = None
    ) -> tuple[RatingOutcome, ...]:
        """Rate what a message says, in one write; lines that ask back write nothing.

        `subject` is the film that is meant where the message names none. What was rated comes first; of a film that
        stands there twice the last one counts. Raises the line's UserError where there is a single line, and
        TooManyLinesError.
        """
        spoken_of = None if subject is None else self._search.by_id(subject)
        requests = [split_rating(film) for line in lines_of(text) for film in films_of_line(self._search, line)]
        if len(requests) > MAX_LINES:
            raise TooManyLinesError(len(requests), MAX_LINES)
        to_rate: dict[int, ToRate] = {}
        others: list[RatingOutcome] = []
        for request in requests:
            try:
                understood = understand(self._search, request, spoken_of)
            except UserError as error:
                if len(requests) == 1:
                    raise
                others.append(NotTaken(request.whole, error))
                continue
            if isinstance(understood, ToRate):
                to_rate[understood.movie.movie_id] = understood
            else:
                others.append(understood)
        return (*(await self._write(discord_id, list(to_rate.values()), at) if to_rate else ()), *others)

    async def rate_title(self, discord_id: int, title: str, stars: str, at: int) -> RatingOutcome:
        """Rate the film of that title, or ask which, or which stars; raises InvalidStarsError."""
        understood = understand_apart(self._search, title, stars)
        if not isinstance(understood, ToRate):
            return understood
        return await self.rate(discord_id, understood.movie.movie_id, understood.stars, at)

    def is_about_rating(self, text: str, subject: int | None) -> bool:
        """Whether a message that is no command rates a film, or says how the film spoken of was."""
        spoken_of = None if subject is None else self._search.by_id(subject)
        return all(is_about_rating(self._search, line, spoken_of) for line in text.strip().splitlines() or [""])

    async def rate(self, discord_id: int, movie_id: int, stars: float, at: int) -> Rated:
        """Rate one film that is known exactly; returns after the commit."""
        (rated,) = await self._write(discord_id, [ToRate(self._search.by_id(movie_id), stars)], at)
        return rated

    def ask_stars(self, movie_id: int) -> HowManyStars:
        """The film is known, its stars are not."""
        return HowManyStars(self._search.by_id(movie_id))

    async def _write(self, discord_id: int, films: Sequence[ToRate], at: int) -> list[Rated]:
        profile = await self._store.profiles.get_or_create(discord_id, at)
        caused = await self._impact(await self._feedback.of_profile(profile), films)
        pairs = [(film.movie.movie_id, film.stars) for film in films]
        writes = await self._store.ratings.rate(profile.user_id, pairs, at, guesses=caused.guesses, daily_cap=DAILY_CAP)
        return [_rated(film, write, caused) for film, write in zip(films, writes, strict=True)]

    async def correct(self, discord_id: int, write_id: int, movie_id: int, at: int) -> Rated:
        """The write meant another film: take it back and give its stars to that one, both or neither."""
        movie = self._search.by_id(movie_id)
        write = await self._own_write(discord_id, write_id)
        if write.after is None:
            raise StaleComponentError
        feedback = await self._feedback.of(discord_id)
        rated = {one: stars for one, stars in feedback.rated.items() if one != write.movie_id}
        if write.before is not None:
            rated[write.movie_id] = write.before
        film = ToRate(movie, write.after)
        caused = await self._impact(replace(feedback, rated=rated), [film])
        corrected = await self._store.ratings.correct(
            write.user_id, write_id, movie_id, at, guesses=caused.guesses, daily_cap=DAILY_CAP
        )
        return _rated(film, corrected, caused)

    async def _impact(self, before: Feedback, films: Sequence[ToRate]) -> Impact:
        """What these ratings will do."""
        new = {film.movie.movie_id: film.stars for film in films}
        after = replace(before, rated={**before.rated, **new})
        return await asyncio.to_thread(impact, self._models.serving, self._search, before, after, list(new))

    async def wrong_film(self, discord_id: int, write_id: int) -> WrongFilm:
        """The film of a write of the member's own; raises StaleComponentError where there is none."""
        movie = self._search.named((await self._own_write(discord_id, write_id)).movie_id)
        return WrongFilm(write_id, movie, self._search.others_like(movie))

    async def _own_write(self, discord_id: int, write_id: int) -> Write:
        write = await self._store.ratings.find_write(write_id)
        profile = await self._store.profiles.find(discord_id)
        if write is None or profile is None or write.user_id != profile.user_id:
            raise StaleComponentError
        return write

    async def unrate(self, discord_id: int, movie_id: int, at: int) -> TakenBack:
        """Remove a rating, also of a film that the catalogue has no more; raises NotRatedError."""
        profile = await self._store.profiles.get_or_create(discord_id, at)
        write = await self._store.ratings.unrate(profile.user_id, movie_id, at)
        if write is None:
            if not self._search.is_named(movie_id):
                raise StaleComponentError
            raise NotRatedError(self._search.named(movie_id))
        return self._taken_back(write)

    async def undo(self, discord_id: int, write_id: int, at: int) -> TakenBack:
        """Take back one write of the member's own."""
        write = await self._own_write(discord_id, write_id)
        return self._taken_back(await self._store.ratings.undo(write.user_id, write_id, at))

    async def undo_all(self, discord_id: int, first_id: int, last_id: int, at: int) -> tuple[TakenBack, ...]:
        """Take back the member's own writes of one message, as far as their films were not changed since."""
        profile = await self._store.profiles.find(discord_id)
        if profile is None:
            raise StaleComponentError
        undone = await self._store.ratings.undo_all(profile.user_id, first_id, last_id, at)
        if not undone:
            raise StaleComponentError
        return tuple(self._taken_back(write) for write in undone)

    async def undo_last(self, discord_id: int, at: int) -> TakenBack | Imported | LastChange:
        """Take back the member's newest change if it is a rating; raises NothingToUndoError.

        Nothing is done where it is not: an import is so much that it is asked about first, and everything else has a
        way back of its own.
        """
        profile = await self._store.profiles.get_or_create(discord_id, at)
        try:
            write = await self._store.ratings.undo_last(profile.user_id, at)
        except LastWasImportError as last:
            return await self._imports.written(discord_id, last.import_id)
        except LastWasOtherError as last:
            is_film = last.change.kind in ("watchlist", "hidden", "unlisted", "unhidden")
            return LastChange(last.change, self._search.named(last.change.subject) if is_film else None)
        if write is None:
            raise NothingToUndoError
        return self._taken_back(write)

    def _taken_back(self, write: Write) -> TakenBack:
        movie = self._search.named(write.movie_id)
        return TakenBack(movie, write.before, write.after, write.write_id, is_undo=write.undoes is not None)

    async def page(self, viewer_id: int, owner_id: int, order: Order, number: int, *, in_guild: bool) -> RatingsPage:
        """One page of a member's ratings, counted from 0; raises HiddenProfileError."""
        profile = await self._store.profiles.find(owner_id)
        if not may_see(profile, viewer_id, owner_id, in_guild=in_guild):
            raise HiddenProfileError(owner_id)
        if profile is None:
            return RatingsPage(owner_id, order, Page.of(0, 0), ())
        page = Page.of(await self._store.ratings.count_of(profile.user_id), number)
        rows = await self._store.ratings.rows_of(profile.user_id, order=order, limit=PAGE, offset=page.first)
        movies = tuple(RatedMovie(self._search.named(row.movie_id), row.stars, row.rated_at) for row in rows)
        return RatingsPage(owner_id, order, page, movies)


def _rated(film: ToRate, write: Write, caused: Impact) -> Rated:
    guess = caused.guesses.get(film.movie.movie_id)
    return Rated(film.movie, film.stars, write.before, write.write_id, guess, caused.moves)
