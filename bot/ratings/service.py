"""Rating films, and taking it back."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.errors import (
    DailyCapError,
    NothingToUndoError,
    NotRatedError,
    StaleComponentError,
    UserError,
)
from bot.imports import Imported, Importing
from bot.members.feedback import Taste, Tastes
from bot.movies.search import Films
from bot.movies.service import Moved, Recommending
from bot.ratings.stars import split_lines
from bot.ratings.understanding import Question, ToRate, understand, understand_title
from data import Movie
from data.store import Change, LastWasImportError, LastWasOtherError, Store, StoreUnavailableError, Write

DAILY_CAP = 500
DAY_S = 86_400


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


Outcome = Rated | Question | NotTaken


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


class Rating:
    """Use cases of rating. Members are Discord ids; times are UTC epoch seconds."""

    def __init__(
        self, store: Store, films: Films, recommending: Recommending, tastes: Tastes, importing: Importing
    ) -> None:
        self._store = store
        self._importing = importing
        self._films = films
        self._recommending = recommending
        self._tastes = tastes

    async def rate_text(self, discord_id: int, text: str, at: int) -> tuple[Outcome, ...]:
        """Rate what a message says, one film per line, in one write; lines that ask back write nothing.

        What was rated comes first; of a film that stands there twice the last line counts. Raises the line's
        UserError where there is a single line.
        """
        requests = split_lines(text)
        to_rate: dict[int, ToRate] = {}
        others: list[Outcome] = []
        for request in requests:
            try:
                understood = understand(self._films, request)
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

    async def rate_title(self, discord_id: int, title: str, stars: float, at: int) -> Outcome:
        """Rate the film of that title, or ask which."""
        understood = understand_title(self._films, title, stars)
        if not isinstance(understood, ToRate):
            return understood
        return await self.rate(discord_id, understood.movie, stars, at)

    async def rate(self, discord_id: int, movie: Movie, stars: float, at: int) -> Rated:
        """Rate one film that is known exactly; returns after the commit."""
        (rated,) = await self._write(discord_id, [ToRate(movie, stars)], at)
        return rated

    async def _write(self, discord_id: int, films: Sequence[ToRate], at: int) -> list[Rated]:
        profile = await self._store.profiles.get_or_create(discord_id, at)
        await self._check_cap(profile.user_id, len(films), at)
        before = await self._tastes.of_profile(profile)
        pairs = [(film.movie.movie_id, film.stars) for film in films]
        writes = await self._store.ratings.rate(profile.user_id, pairs, at)
        return await self._told(before, films, writes)

    async def _told(self, before: Taste, films: Sequence[ToRate], writes: Sequence[Write]) -> list[Rated]:
        """What came of these writes, `before` which the member's taste was another."""
        after = replace(before, rated={**before.rated, **{film.movie.movie_id: film.stars for film in films}})
        impact = await self._recommending.impact(before, after, [film.movie.movie_id for film in films])
        first = {
            write.movie_id: impact.guesses.get(write.movie_id)
            for write in writes
            if write.before is None and write.movie_id not in before.rated
        }
        if first:
            with contextlib.suppress(StoreUnavailableError):  # the ratings stand, and that is what to tell
                await self._store.guesses.note(writes[0].user_id, first, writes[0].at)
        return [
            Rated(
                film.movie,
                film.stars,
                write.before,
                write.write_id,
                impact.guesses.get(film.movie.movie_id),
                impact.moves,
            )
            for film, write in zip(films, writes, strict=True)
        ]

    async def _check_cap(self, user_id: int, writes: int, at: int) -> None:
        if await self._store.ratings.written_since(user_id, at - DAY_S) + writes > DAILY_CAP:
            raise DailyCapError(DAILY_CAP)

    async def correct(self, discord_id: int, write_id: int, movie: Movie, at: int) -> Rated:
        """The write meant another film: take it back and give its stars to `movie`, both or neither."""
        write = await self._own_write(discord_id, write_id)
        if write.after is None:
            raise StaleComponentError
        await self._check_cap(write.user_id, 2, at)
        taste = await self._tastes.of(discord_id)
        corrected = await self._store.ratings.correct(write.user_id, write_id, movie.movie_id, at)
        rated = {movie_id: stars for movie_id, stars in taste.rated.items() if movie_id != write.movie_id}
        if write.before is not None:
            rated[write.movie_id] = write.before
        (told,) = await self._told(replace(taste, rated=rated), [ToRate(movie, write.after)], [corrected])
        return told

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
            return await self._importing.written(discord_id, last.import_id)
        except LastWasOtherError as last:
            is_film = last.change.kind in ("watchlist", "hidden", "unlisted", "unhidden")
            return LastChange(last.change, self._films.named(last.change.subject) if is_film else None)
        if write is None:
            raise NothingToUndoError
        return self._taken_back(write)

    def _taken_back(self, write: Write) -> TakenBack:
        movie = self._films.named(write.movie_id)
        return TakenBack(movie, write.before, write.after, write.write_id, is_undo=write.undoes is not None)
