"""Lists of films for a member: made, gone on with, and looked up again by the controls under them."""

import asyncio
import contextlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from weakref import WeakValueDictionary

from bot.errors import StaleComponentError
from bot.lists.choosing import choose, close_to, left, places
from bot.lists.defaults import applying, in_force
from bot.lists.dials import Dial, turned
from bot.lists.filter_words import FilterWords
from bot.lists.filters import CONSTRAINTS, PLAIN, Constraint, Filters
from bot.lists.following import Following, following
from bot.lists.wishes import ContradictionError, CountError
from bot.lists.wishes.everyday import everyday
from bot.lists.wishes.lacking import Fact, lacking, told, unplaced
from bot.lists.wishes.reading import OfferKind, Reading
from bot.members import Feedback, FeedbackReader
from bot.models import ModelRegistry, Serving
from bot.movies import MovieSearch, ServerMean
from bot.servers import ServerRatingsReader
from data import Movie
from data.store import ShownList, Store, StoreUnavailableError
from recommender import Recommendation

_ALIKE = re.compile(r"\s*(i want (to (see|watch) )?)?(films?|movies?|something|anything) like\b", re.IGNORECASE)
"""How somebody begins who wants films like one, and not to tell of it."""
_FIND = re.compile(r"\s*(find|search)( for)?( (me|us)\b| (?=(an?|some|something|anything|any)\b))", re.IGNORECASE)
"""How somebody begins who wants films found, and not a title."""
_OF_FILMS = re.compile(r"\s*(movies?|films?) (?=(with|about|where|for|that|from|by|in|set|which|who)\b)", re.IGNORECASE)
_TOP = re.compile(r"\s*top\b(?!.*\b(divisive|raters|gems|everywhere)\b)", re.IGNORECASE)
_ANYTHING = re.compile(r"\b(something|anything|films?|movies?)\b", re.IGNORECASE)

LIKED_STARS = 3.5
"""From so many stars on somebody liked a film; one with fewer may still lift another."""


@dataclass(frozen=True, slots=True)
class Because:
    """The rated film that speaks most for another one; `is_liked` by the member's own stars."""

    movie: Movie
    is_liked: bool


@dataclass(frozen=True, slots=True)
class ListedMovie:
    """One line of a list: predicted stars, their standard deviation, and how many ratings stand behind the film.

    `genres` are the film's, the most telling first. `server` is what the members of the server think in which the list
    was asked for. `own` are the member's stars for a film they know, which is `is_known` without any too. A film that
    `is_close` is near to the moods that were asked for, and not marked with them.
    """

    rank: int
    movie: Movie
    stars: float
    stars_sd: float
    support: int
    genres: tuple[str, ...] = ()
    because: Because | None = None
    server: ServerMean | None = None
    own: float | None = None
    is_known: bool = False
    is_close: bool = False


@dataclass(frozen=True, slots=True)
class Loosening:
    """Without one filter, or the member's defaults, there would be `films` more to list."""

    part: Constraint | Literal["defaults"]
    films: int


@dataclass(frozen=True, slots=True)
class MovieList:
    """A list somebody was shown; `list_id` continues it, `rated` is how many ratings it was made from.

    `list_id` is None where the list could not be kept: it can be read, but not gone on with. `adopted` of the ratings
    came with a MovieLens profile. An empty list says what would fill it, if anything does: `loosen` is the filter that
    keeps most films away. `lacking` is what was asked for and no film of the catalogue tells, `last_year` that of its
    newest film. `defaults` are those of the member's that narrow what was asked for. The `unplaced` films may come from
    where the list was to be from, which nobody tells.
    """

    list_id: int | None
    owner_id: int
    movies: tuple[ListedMovie, ...]
    rated: int
    filters: Filters = PLAIN
    adopted: int = 0
    loosen: Loosening | None = None
    goes_on: bool = False
    lacking: tuple[Fact, ...] = ()
    defaults: Filters = PLAIN
    last_year: int | None = None
    unplaced: int = 0


class ListService:
    """Use cases of lists. Members are Discord ids; times are UTC epoch seconds."""

    def __init__(
        self,
        store: Store,
        search: MovieSearch,
        models: ModelRegistry,
        feedback: FeedbackReader,
        servers: ServerRatingsReader,
    ) -> None:
        self._store = store
        self.search = search
        self._models = models
        self._feedback = feedback
        self._servers = servers
        everyday()  # read from its file before anybody waits for it
        self._going_on: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @property
    def words(self) -> FilterWords:
        """Reads wishes against the films of the catalogue."""
        return FilterWords(self.search)

    def is_wish(self, text: str, *, like: bool = False) -> bool:
        """Whether a message that is no command asks for films; with `like`, for such that are like one and more.

        With it a text begins with the name of a command: `find me something funny` is a wish too, unless a title is
        called so.
        """
        try:
            reading = self.words.read(text)
            if like and _TOP.match(text):
                return _is_beyond_boards(reading)
            if like and (found := _FIND.match(text) or _OF_FILMS.match(text)):
                is_named = reading.filters.is_plain and not _ANYTHING.search(text)
                return reading.is_wish and not is_named and self.search.matching(text[found.end() :], 1).is_near
            is_like = bool(reading.filters.like)
            is_more = reading.is_wish or (like and not replace(reading.filters, like=()).is_plain)
            return (is_like and _ALIKE.match(text) is not None) or (is_more and (is_like or not like))
        except ContradictionError:
            return not like
        except CountError:
            return False

    def asks_alike(self, text: str) -> bool:
        """Whether films like one are asked for in so many words, and other people are not named."""
        return "<@" not in text and _ALIKE.match(text) is not None and self.is_wish(text, like=True)

    async def make(
        self,
        discord_id: int,
        filters: Filters,
        at: int,
        *,
        among: Collection[int] | None = None,
        guild_id: int | None = None,
    ) -> MovieList:
        """A new list of the member's best unseen films; its first ones, if need be, `among` some only.

        Raises ContradictionError where a genre is wanted and left out.
        """
        for genre in {*filters.wanted_genres} & {*filters.without}:
            raise ContradictionError(genre, f"without:{genre}")
        profile = await self._store.profiles.find(discord_id)
        feedback = await self._feedback.of_profile(profile)
        facts, filters = lacking(self.search.facets, filters), told(self.search.facets, filters)
        made = replace(await self._choose(discord_id, feedback, filters, among=among), lacking=facts)
        made = await self._with_server(made, guild_id)
        with contextlib.suppress(StoreUnavailableError):  # nothing can be written, which the log says
            user_id = (profile or await self._store.profiles.get_or_create(discord_id, at)).user_id
            list_id = await self._store.lists.create(user_id, _ids_in(made), filters.to_json(), at)
            return replace(made, list_id=list_id)
        return made

    async def ask_back(self, discord_id: int, filters: Filters, at: int) -> int | None:
        """A list that shows nothing yet, for a question to be answered about it; None where none can be kept."""
        with contextlib.suppress(StoreUnavailableError):
            profile = await self._store.profiles.get_or_create(discord_id, at)
            return await self._store.lists.create(profile.user_id, (), filters.to_json(), at)
        return None

    async def make_also(
        self, discord_id: int, list_id: int, kind: OfferKind, value: str, at: int, guild_id: int | None
    ) -> MovieList:
        """A new list that asks for one thing more than another one; raises StaleComponentError."""
        shown = await self.own(discord_id, list_id)
        also = self.words.offered(kind, value)
        if also is None:
            raise StaleComponentError
        return await self.make(discord_id, Filters.from_json(shown.query).joined(also), at, guild_id=guild_id)

    async def turned(
        self, discord_id: int, list_id: int, first: int, dial: Dial, at: int, guild_id: int | None = None
    ) -> MovieList:
        """A new list: as that one, but otherwise than its films from `first` (from 0); raises StaleComponentError."""
        movies = await self.page(discord_id, list_id, first)
        filters = Filters.from_json((await self.own(discord_id, list_id)).query)
        filters = turned(filters, dial, movies, self.search.catalogue.last_year)
        return await self.make(discord_id, filters, at, guild_id=guild_id)

    def following(self, text: str) -> Following | None:
        """What a text asks for that is said of a list; None where it says nothing of one."""
        return following(self.words, text)

    async def follow(
        self, discord_id: int, list_id: int, first: int, asked: Following, at: int, guild_id: int | None = None
    ) -> MovieList:
        """What follows a list and its films from `first` (from 0); a wish goes before what it speaks against of others.

        Raises StaleComponentError.
        """
        if asked.dial is not None:
            return await self.turned(discord_id, list_id, first, asked.dial, at, guild_id)
        if asked.wish is not None:
            before = Filters.from_json((await self.own(discord_id, list_id)).query)
            filters = in_force(before, asked.wish).joined(asked.wish)
            return await self.make(discord_id, filters, at, guild_id=guild_id)
        return await self.more(discord_id, list_id, guild_id)

    def decades(self) -> tuple[int, ...]:
        """The first years of the decades that the catalogue has films of."""
        return self.search.facets.decades()

    def places(self) -> tuple[str, ...]:
        """The languages and countries that the catalogue has films of."""
        return places(self.search.facets)

    async def begin(self, discord_id: int, list_id: int) -> MovieList:
        """The first films of a list that has shown none yet; raises StaleComponentError."""
        async with self._lock(list_id):
            shown = await self.own(discord_id, list_id)
            if shown.movie_ids:
                raise StaleComponentError
            return await self._go_on(discord_id, shown)

    async def more(self, discord_id: int, list_id: int, guild_id: int | None = None) -> MovieList:
        """The next films of a list: none it has shown, none rated or hidden since; raises StaleComponentError."""
        # One press after the other, or two at once would show the same films.
        async with self._lock(list_id):
            found = await self._go_on(discord_id, await self.own(discord_id, list_id))
        return await self._with_server(found, guild_id)

    async def page(self, discord_id: int, list_id: int, first: int) -> tuple[Movie, ...]:
        """The films that one message of a list showed, `first` (from 0) and after; raises StaleComponentError."""
        shown = await self.own(discord_id, list_id)
        count = Filters.from_json(shown.query).count
        movies = self.search.of_ids(shown.movie_ids[first : first + count])
        if not movies:
            raise StaleComponentError
        return movies

    async def own(self, discord_id: int, list_id: int) -> ShownList:
        """A list of films of the member's own; raises StaleComponentError where there is none of that id."""
        profile = await self._store.profiles.find(discord_id)
        shown = await self._store.lists.get(list_id)
        if profile is None or shown is None or shown.user_id != profile.user_id or shown.kind is not None:
            raise StaleComponentError
        return shown

    def _lock(self, list_id: int) -> asyncio.Lock:
        return self._going_on.setdefault(list_id, asyncio.Lock())

    async def _go_on(self, discord_id: int, shown: ShownList) -> MovieList:
        feedback = await self._feedback.of(discord_id)
        found = await self._choose(discord_id, feedback, Filters.from_json(shown.query), shown.movie_ids)
        if found.movies:
            await self._store.lists.append(shown.list_id, _ids_in(found))
        return replace(found, list_id=shown.list_id)

    async def _with_server(self, made: MovieList, guild_id: int | None) -> MovieList:
        if guild_id is None:
            return made
        means = await self._servers.tally_of(guild_id)
        found = ((one, means.of(one.movie.movie_id)) for one in made.movies)
        return replace(
            made, movies=tuple(replace(one, server=ServerMean(*mean)) if mean else one for one, mean in found)
        )

    async def _choose(
        self,
        discord_id: int,
        feedback: Feedback,
        filters: Filters,
        shown: Sequence[int] = (),
        among: Collection[int] | None = None,
    ) -> MovieList:
        """The best films behind all that was `shown` before, not kept yet."""
        serving = self._models.serving

        def chosen() -> tuple[list[Recommendation], frozenset[int], Loosening | None]:
            best = choose(serving, self.search.facets, feedback, filters, shown, among)
            close = close_to(self.search.facets, filters, [one.movie_id for one in best])
            return best, close, None if best else self._loosening(serving, feedback, filters, shown)

        best, close, loosen = await asyncio.to_thread(chosen)
        defaults = applying(self.search.facets, feedback.list_defaults, filters)
        lines = (self._line(rank, one, feedback, filters) for rank, one in enumerate(best, len(shown) + 1))
        return MovieList(
            list_id=None,
            owner_id=discord_id,
            movies=tuple(replace(one, is_close=one.movie.movie_id in close) for one in lines),
            rated=len(feedback.ratings),
            filters=filters,
            adopted=len(feedback.ratings) - len(feedback.rated),
            loosen=loosen,
            goes_on=bool(shown),
            defaults=defaults,
            last_year=self.search.catalogue.last_year,
            unplaced=unplaced(self.search.facets, filters, defaults),
        )

    def _line(self, rank: int, one: Recommendation, feedback: Feedback, filters: Filters) -> ListedMovie:
        movie = self.search.by_id(one.movie_id)
        genres = self.search.catalogue.telling_genres(movie, filters.wanted_genres)
        own = feedback.rated.get(one.movie_id)
        return ListedMovie(
            rank, movie, one.stars, one.stars_sd, one.support, genres, self._because(one, feedback),
            own=own, is_known=own is not None or one.movie_id in feedback.seen,
        )  # fmt: skip

    def _because(self, one: Recommendation, feedback: Feedback) -> Because | None:
        """The rated film that lifted this one most; None where nothing did, as for somebody new."""
        for reason in one.reasons:
            movie = self.search.catalogue.get(reason.movie_id)
            if movie is not None:
                return Because(movie, is_liked=feedback.rated.get(movie.movie_id, 0.0) >= LIKED_STARS)
        return None

    def _loosening(
        self, serving: Serving, feedback: Feedback, filters: Filters, shown: Sequence[int]
    ) -> Loosening | None:
        """Which single filter keeps most films away; None where none of them alone does."""
        facets = self.search.facets
        ways: dict[Constraint | Literal["defaults"], Filters] = {
            part: filters.loosened(part) for part in CONSTRAINTS if filters.has(part)
        }
        if applying(facets, feedback.list_defaults, filters) != PLAIN:
            ways["defaults"] = replace(filters, with_defaults=False)
        gains = [Loosening(part, left(serving, facets, feedback, one, shown)) for part, one in ways.items()]
        best = max(gains, key=lambda one: one.films, default=None)
        return best if best is not None and best.films else None


def _is_beyond_boards(reading: Reading) -> bool:
    """Whether somebody wants what a board of films by genres and years cannot tell: `top 5 heist movies`."""
    taken = {"genres": (), "every": (), "without": (), "years": PLAIN.years, "depth": PLAIN.depth, "count": PLAIN.count}
    return not (replace(reading.filters, **taken).is_plain or reading.unread)  # type: ignore[arg-type]


def _ids_in(made: MovieList) -> list[int]:
    return [one.movie.movie_id for one in made.movies]
