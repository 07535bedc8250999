"""One film by chance, what is new, and the films a text may name."""

import asyncio
import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from bot.errors import UserError
from bot.lists import ListService, choose
from bot.lists.choosing import close_to
from bot.lists.defaults import applying
from bot.lists.filters import Filters, Years
from bot.lists.wishes.binding import NEWEST_YEARS
from bot.lists.wishes.names import famous
from bot.lists.wishes.tokens import BACK
from bot.members import FeedbackReader
from bot.models import ModelRegistry
from bot.movies import MovieSearch
from data import Movie
from data.people import ROLES
from data.store import Store, StoreUnavailableError

SHORTLIST = 40
"""The films somebody will like best, of which chance takes one."""

FOUND = 10

_WATCH = re.compile(
    r"\s*(?:(?:hey|hi|ok|so|i|we|i'?d|we'?d|i'?m|we'?re|let'?s|can|could|should|would|like|love|really|just|gonna|going"
    r"|want|wanna|to|feel like|in the mood to|in the mood for) )+"
    r"(?:re-?)?(?:watch|see|watching|seeing) (?P<title>.+?)[\s.!?]*",
    re.IGNORECASE,
)
_WATCH_IN_GERMAN = re.compile(
    r"\s*(?:(?:ich|wir|würden?|will|wollen|möchten?|hätten?|lust|lass|lasst|uns|mal|gerne?|heute|abend|jetzt|auf) )+"
    r"(?P<title>.+?) (?:noch ?mal |wieder )?(?:schauen|gucken|sehen|anschauen|angucken|ansehen)[\s.!?]*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\s*(?:(?:hey|hi|ok|so|and|please|can you|could you|do you|did you) )*(?:"
    r"tell (?:me|us) (?:more |something )?about|more about|what do you (?:think|know) (?:of|about)|what about|how about"
    r"|what(?:['’]?s| is) your (?:take|opinion) on|how (?:good|long|old) is|know|have you (?:seen|heard of)"
    r"|who (?:directed|made|stars in|is in|plays in)|what year was|(?:show me )?info (?:on|about)"
    r") (?P<of>.+?)[\s.!?]*"
    r"|\s*(?:so )?is (?P<rated>.+?)"
    r" (?:any good|good|worth (?:it|watching|seeing|a watch)|scary|sad|funny|for kids)[\s.!?]*"
    r"|\s*(?:what(?:['’]?s| is)) (?P<told>.+?) (?:about|like)[\s.!?]*"
    r"|\s*when did (?P<dated>.+?) come out[\s.!?]*",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r" (?:again|tonight|today|tomorrow|now|right now|soon|later|this \w+|with .+|please|pls|heute|heute abend|bitte)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:18|19|20)\d\d", re.ASCII)
_FOR_WHOM = re.compile(r"^(?:for|me|us) ", re.IGNORECASE)
_SPAN = re.compile(BACK, re.IGNORECASE)
"""`Last 5 years`, which are no *Last Five Years*."""
_POINTING = frozenset({"it", "this", "that", "them", "these", "those", "one", "her", "him", "us"})
"""Titles too, where they begin with a capital."""


@dataclass(eq=False)
class NothingLeftError(UserError):
    """Every film is rated or hidden; `is_narrow`: of those that were asked for and did not come up before.

    `has_defaults`: of those that the member's defaults allow.
    """

    is_narrow: bool
    has_defaults: bool = False


@dataclass(eq=False)
class NoTitleError(UserError):
    """No film is called anything like it; it may be a year, or somebody whose films are known or not (`has_people`)."""

    text: str
    is_year: bool = False
    is_person: bool = False
    has_people: bool = False


@dataclass(frozen=True, slots=True)
class ByChance:
    """A film, and the list that remembers what came up; None where nothing could be kept."""

    movie: Movie
    list_id: int | None


@dataclass(frozen=True, slots=True)
class Titled:
    """Films that `text` may name, the likeliest first; `is_near` where none has all of its words."""

    text: str
    movies: tuple[Movie, ...]
    is_near: bool
    goes_on: bool


class FindingService:
    """Members are Discord ids."""

    def __init__(
        self,
        store: Store,
        search: MovieSearch,
        models: ModelRegistry,
        feedback: FeedbackReader,
        lists: ListService,
        chance: Random | None = None,
    ) -> None:
        self._store = store
        self._lists = lists
        self._search = search
        self._models = models
        self._feedback = feedback
        self._chance = chance or Random()

    def is_understood(self, wishes: str) -> bool:
        """Whether a film can be looked for by all of these words."""
        try:
            self._lists.words.read_strictly(wishes)
        except UserError:
            return False
        return True

    async def random(self, discord_id: int, wishes: str, at: int) -> ByChance:
        """A film the member has neither rated nor hidden and will like.

        Raises NothingLeftError, and what reading wishes raises.
        """
        filters = self._lists.words.read_strictly(wishes)
        movie = await self._by_chance(discord_id, filters, ())
        with contextlib.suppress(StoreUnavailableError):  # nothing can be written, which the log says
            profile = await self._store.profiles.get_or_create(discord_id, at)
            list_id = await self._store.lists.create(profile.user_id, (movie.movie_id,), filters.to_json(), at)
            return ByChance(movie, list_id)
        return ByChance(movie, None)

    async def another(self, discord_id: int, list_id: int) -> ByChance:
        """The same, none that came up before; raises StaleComponentError and NothingLeftError."""
        shown = await self._lists.own(discord_id, list_id)
        movie = await self._by_chance(discord_id, Filters.from_json(shown.query), shown.movie_ids)
        await self._store.lists.append(list_id, (movie.movie_id,))
        return ByChance(movie, list_id)

    async def _by_chance(self, discord_id: int, filters: Filters, shown: Sequence[int]) -> Movie:
        feedback = await self._feedback.of(discord_id)
        best = await asyncio.to_thread(
            choose, self._models.serving, self._search.facets, feedback, replace(filters, count=SHORTLIST), shown
        )
        if not best:
            defaults = applying(self._search.facets, feedback.list_defaults, filters)
            raise NothingLeftError(is_narrow=not filters.is_plain or bool(shown), has_defaults=not defaults.is_plain)
        close = close_to(self._search.facets, filters, [one.movie_id for one in best])
        sure = [one for one in best if one.movie_id not in close]
        return self._search.by_id(self._chance.choice(sure or best).movie_id)

    def new(self, wishes: str) -> Filters:
        """What is asked of a list of new films; raises what reading wishes raises."""
        years = Years(self._search.catalogue.last_year - NEWEST_YEARS + 1, None)
        filters = self._lists.words.read_strictly(wishes)
        return filters if filters.has("years") else replace(filters, years=years)

    def wanted(self, text: str) -> Titled | None:
        """The film that somebody wants to watch who says so: `i want to watch heat`; several where they share the name.

        None where no film is called that, and where those words ask for films: `i want to watch something funny`.
        """
        said = _WATCH.fullmatch(text) or _WATCH_IN_GERMAN.fullmatch(text)
        title = said["title"] if said is not None else ""
        while title:
            if movies := self._meant(title):
                return Titled(title, movies[:FOUND], is_near=False, goes_on=False)
            shorter = _WHEN.sub("", title)
            title = shorter if shorter != title else ""
        return None

    def asked_about(self, text: str) -> str | None:
        """The title of the film that somebody asks about, `is Heat any good?`, or that is all they say.

        None where no film is called that, and where a word that is said alone means something else: `alien`, `up`.
        `Alien` and `Up` in their own capitals are the films that many know, but of a genre none.
        """
        if self._search.is_name(text):
            words = self._lists.words
            meaning, known = words.vocabulary.meaning(text.split()), words.well_known(text)
            if known is not None and known.title == text.strip(" .!?") and (meaning is None or meaning.kind != "genre"):
                return text
            return text if meaning is None and _SPAN.fullmatch(text) is None else None
        said = _ABOUT.fullmatch(text)
        title = next((one for one in said.groups() if one), "") if said is not None else ""
        return title if title not in _POINTING and self._search.is_name(title) else None

    def theme(self, title: str) -> str | None:
        """The mood that a film is called like, `Alien`, if it is."""
        words = self._lists.words
        meaning = words.vocabulary.meaning(title.split())
        return meaning.value if meaning is not None and words.namesake(title) is not None else None

    def _meant(self, title: str) -> tuple[Movie, ...]:
        """The films of exactly that title; of a word that means more the well-known one, of a genre none."""
        movies = self._search.titled(title)
        if not movies or title in _POINTING:
            return ()
        meaning = self._lists.words.vocabulary.meaning(title.split())
        if meaning is not None:
            facets = self._search.facets
            known = set(facets.ids[facets.is_well_known].tolist())
            movies = () if meaning.kind == "genre" else tuple(one for one in movies if one.movie_id in known)
        found = self._search.look_up(title) if movies else None
        return (found,) if isinstance(found, Movie) and found in movies else movies

    def titled(self, text: str) -> Titled:
        """Films with that in their title; raises NoTitleError."""
        found = self._search.matching(text, FOUND + 1)
        if found.is_near and (bare := _FOR_WHOM.sub("", text, count=1)) != text:  # find me heat
            return self.titled(bare)
        if found.is_near and (other := self._no_title(text)) is not None:
            raise other
        if not found.movies:
            raise NoTitleError(text)
        return Titled(text, found.movies[:FOUND], found.is_near, len(found.movies) > FOUND)

    def _no_title(self, text: str) -> NoTitleError | None:
        """What is known to be something else."""
        if _YEAR.fullmatch(text.strip()):
            return NoTitleError(text, is_year=True)
        people, words = self._search.facets.people, text.split()
        if words and famous(people, words) is not None:
            return NoTitleError(text, is_person=True, has_people=any(map(people.are_known, ROLES)))
        return None
