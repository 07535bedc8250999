"""Rating films, taking stars away, and pages of what was rated."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.pages import PAGE, Page
from bot.errors import StaleComponentError, UsageError, UserError
from bot.members import Feedback, FeedbackReader, HiddenProfileError, may_see
from bot.models import ModelRegistry
from bot.movies import MovieSearch
from bot.ratings.corrections import JUST_NOW_S, Correction, is_film, to_unrate
from bot.ratings.impact import Impact, Moved, impact
from bot.ratings.lines import MAX_LINES, TooManyLinesError, lines_of, split_rating
from bot.ratings.understanding import (
    HowManyStars,
    MaybeRating,
    RatingQuestion,
    ToRate,
    films_of_line,
    is_about_rating,
    understand,
    understand_apart,
)
from data import Movie
from data.store import Change, Order, Profile, Store

DAILY_CAP = 500


@dataclass(eq=False)
class NotRatedError(UserError):
    """The member has no rating of that film."""

    movie: Movie


@dataclass(frozen=True, slots=True)
class Rated:
    """One film was rated; `guess` is what the model would have said without it, `moves` what came of it in the ten."""

    movie: Movie
    stars: float
    before: float | None
    change_id: int
    guess: float | None = None
    moves: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A line that could not be read; the others were."""

    line: str
    error: UserError


RatingOutcome = Rated | RatingQuestion | NotTaken


@dataclass(frozen=True, slots=True)
class Unrated:
    """A film has its `stars` no more, since the change `change_id`."""

    movie: Movie
    stars: float
    change_id: int


@dataclass(frozen=True, slots=True)
class WrongFilm:
    """A rating that meant another film, and the films that may have been meant."""

    change_id: int
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
    ) -> None:
        self._store = store
        self._search = search
        self._models = models
        self._feedback = feedback

    async def rate_text(
        self, discord_id: int, text: str, at: int, subject: int | None = None
    ) -> tuple[RatingOutcome, ...]:
        """Rate what a message says, in one write; lines that ask back write nothing.

        `subject` is the film that is meant where the message names none. What was rated comes first; of a film that
        stands there twice the last one counts. Raises the line's UserError where there is a single line, and
        TooManyLinesError.
        """
        spoken_of = None if subject is None else self._search.catalogue.get(subject)
        requests = [
            split_rating(film) for line in lines_of(text) for film in films_of_line(self._search, line, spoken_of)
        ]
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
        spoken_of = None if subject is None else self._search.catalogue.get(subject)
        return any(is_about_rating(self._search, line, spoken_of) for line in text.strip().splitlines() or [""])

    def to_unrate(self, text: str) -> str | None:
        """The film whose rating a message that is no command asks to forget."""
        return to_unrate(self._search, text)

    def is_film(self, title: str) -> bool:
        """Whether it names a film beyond doubt."""
        return is_film(self._search, title)

    async def put_right(
        self, discord_id: int, said: Correction, at: int, subject: int | None, *, is_apart: bool
    ) -> RatingOutcome:
        """Give the film spoken of, or else the one rated just now, the stars that were meant.

        It is asked about where the member has not rated it, or not so, and where the message `is_apart`, as a reply to
        something else. Raises UsageError where no one film was rated just now, and InvalidStarsError.
        """
        profile = await self._store.profiles.find(discord_id)
        rated = {} if profile is None else await self._store.ratings.ratings_of(profile.user_id)
        movie_id = await self.rated_last(discord_id, at - JUST_NOW_S) if subject is None else subject
        if movie_id is None:
            raise UsageError("rate Heat 4.5")
        movie = self._search.by_id(movie_id)
        understood = understand(self._search, split_rating(said.stars), movie)
        if not isinstance(understood, ToRate):
            return understood
        is_so = movie_id in rated and said.instead_of in (None, rated[movie_id])
        if is_apart or not is_so:
            return MaybeRating(said.stars, movie, understood.stars)
        return await self.rate(discord_id, movie_id, understood.stars, at)

    async def rated_last(self, discord_id: int, since: int = 0) -> int | None:
        """The film that the member's last change gave its stars; None where that was anything else, or is undone."""
        profile = await self._store.profiles.find(discord_id)
        entries = () if profile is None else await self._store.journal.page(profile.user_id, limit=1, offset=0)
        for entry in entries:
            is_one = entry.counts.get(("rating", True)) == 1 and not entry.counts.get(("rating", False))
            if entry.can_undo and is_one and entry.source is None and entry.at >= since:
                return next(one.thing.movie_id for one in entry.changes if one.thing.what == "rating")
        return None

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
        changes = await self._store.ratings.rate(
            profile.user_id, pairs, at, guesses=caused.guesses, daily_cap=DAILY_CAP
        )
        return [_rated(film, change, caused) for film, change in zip(films, changes, strict=True)]

    async def correct(self, discord_id: int, change_id: int, movie_id: int, at: int) -> Rated:
        """The rating meant another film: undo it and give its stars to that one, both or neither."""
        movie = self._search.by_id(movie_id)
        profile, change = await self._own_rating(discord_id, change_id)
        if change.after is None:
            raise StaleComponentError
        feedback = await self._feedback.of_profile(profile)
        rated = {one: stars for one, stars in feedback.rated.items() if one != change.thing.movie_id}
        if change.before is not None:
            rated[change.thing.movie_id or 0] = change.before.stars
        film = ToRate(movie, change.after.stars)
        caused = await self._impact(replace(feedback, rated=rated), [film])
        corrected = await self._store.ratings.correct(
            profile.user_id, change_id, movie_id, at, guesses=caused.guesses, daily_cap=DAILY_CAP
        )
        return _rated(film, corrected, caused)

    async def _impact(self, before: Feedback, films: Sequence[ToRate]) -> Impact:
        """What these ratings will do."""
        new = {film.movie.movie_id: film.stars for film in films}
        after = replace(before, rated={**new, **before.rated, **new})  # the newest first
        return await asyncio.to_thread(impact, self._models.serving, self._search, before, after, list(new))

    async def wrong_film(self, discord_id: int, change_id: int) -> WrongFilm:
        """The film of a rating of the member's own; raises StaleComponentError where there is none."""
        _, change = await self._own_rating(discord_id, change_id)
        movie = self._search.named(change.thing.movie_id or 0)
        return WrongFilm(change_id, movie, self._search.others_like(movie))

    async def _own_rating(self, discord_id: int, change_id: int) -> tuple[Profile, Change]:
        profile = await self._store.profiles.find(discord_id)
        change = await self._store.journal.find(profile.user_id, change_id) if profile is not None else None
        if profile is None or change is None or change.thing.what != "rating":
            raise StaleComponentError
        return profile, change

    def named(self, movie_id: int) -> Movie:
        """The film of a stored rating."""
        return self._search.named(movie_id)

    async def unrate(self, discord_id: int, movie_id: int, at: int) -> Unrated:
        """Remove a rating, also of a film that the catalogue has no more; raises NotRatedError."""
        profile = await self._store.profiles.get_or_create(discord_id, at)
        change = await self._store.ratings.unrate(profile.user_id, movie_id, at)
        if change is None or change.before is None:
            if not self._search.is_named(movie_id):
                raise StaleComponentError
            raise NotRatedError(self._search.named(movie_id))
        return Unrated(self._search.named(movie_id), change.before.stars, change.change_id)

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


def _rated(film: ToRate, change: Change, caused: Impact) -> Rated:
    before = None if change.before is None else change.before.stars
    guess = caused.guesses.get(film.movie.movie_id)
    return Rated(film.movie, film.stars, before, change.change_id, guess, caused.moves)
