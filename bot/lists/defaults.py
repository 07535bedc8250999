"""What all lists of a member keep to, said once; a wish that asks for something else goes before it."""

import re
from dataclasses import astuple, dataclass, replace
from typing import TypeVar

from bot.errors import UserError
from bot.lists.filter_words import FilterWords
from bot.lists.filters import ANY_LENGTH, ANY_YEAR, LIST_LENGTH, PLAIN, Filters, Runtime, Years
from bot.lists.wishes.lacking import Fact, lacking, told
from bot.movies import MovieSearch
from data.facets import Facets
from data.store import Store

T = TypeVar("T")
Stretch = tuple[int | None, int | None]
_NEVER = re.compile(
    r"(?:(?:please|pls|and|i)[\s,]+)*"
    r"(?:(?:never|don['’]?t ever|do not ever|stop)\s+(?:show|recommend|suggest)(?:ing)?(?:\s+me)?"
    r"|(?:never|don['’]?t ever|do not ever)\s+(?:want to|wanna)\s+(?:see|watch))"
    r"\s+(?P<wish>.+?)(?:[\s,]+(?:again|any\s?more|ever|please|pls))*[\s.!]*",
    re.IGNORECASE,
)
_NIE = re.compile(
    r"(?:(?:bitte|und)[\s,]+)*(?:(?:zeige?|empfiehl|empfehle|schlage?)\s+mir|ich\s+(?:will|möchte))\s+(?:bitte\s+)?"
    r"(?:nie(?:mals)?(?:\s+(?:wieder|mehr))?\s+(?P<wish>.+?)"
    r"|(?P<before>.+?)\s+(?:bitte\s+)?(?:nie(?:mals)?(?:\s+(?:wieder|mehr))?|nicht\s+mehr))"
    r"(?:[\s,]+(?:vor|sehen|schauen|gucken|bitte))*[\s.!]*",
    re.IGNORECASE,
)

_MINE = re.compile(
    r"(?:please )?(?:(?P<clears>clear|drop|delete|remove|reset)|(?:show|tell)(?: me)?|what(?:['’]?s| is| are))"
    r" my defaults[\s.!?]*"
    r"|(?:bitte )?(?:(?P<leert>lösche?|entferne?|leere?)|zeige?(?: mir)?|was sind|wie lauten) meine vorgaben[\s.!?]*",
    re.IGNORECASE,
)


@dataclass(eq=False)
class NoDefaultError(UserError):
    """A wish of which nothing can be kept for all lists; `film` is what it leaves out by its title."""

    film: str | None = None


@dataclass(frozen=True, slots=True)
class Defaults:
    """`filters` are what a member's lists keep to; `change_id` is that of the journal where that has just changed.

    What is `lacking` the catalogue does not tell of its films, so that lists cannot keep to it yet; `film` was to be
    left out too, which is no default but hidden.
    """

    owner_id: int
    filters: Filters
    change_id: int | None = None
    lacking: tuple[Fact, ...] = ()
    film: str | None = None


class DefaultsService:
    """Members are Discord ids; times are UTC epoch seconds."""

    def __init__(self, store: Store, search: MovieSearch) -> None:
        self._store = store
        self._search = search

    async def of(self, discord_id: int) -> Defaults:
        profile = await self._store.profiles.find(discord_id)
        return self._told(discord_id, kept(None if profile is None else profile.list_defaults))

    async def add(self, discord_id: int, wish: str, at: int) -> Defaults:
        """Keep to a wish as well, which goes before what stood; raises what `read_all` raises, and NoDefaultError."""
        asked = FilterWords(self._search).read_all(wish)
        film = next((one.label for one in asked.without_films), None)
        asked = replace(asked, count=LIST_LENGTH, like=(), without_films=(), seen="unseen", with_defaults=True)
        if asked == PLAIN:
            raise NoDefaultError(film)
        before = (await self.of(discord_id)).filters
        return replace(await self._set(discord_id, in_force(before, asked).joined(asked), at), film=film)

    def said(self, text: str) -> str | None:
        """The wish of whoever says so: `never show me horror again`; None where it is about a film, or not clear.

        It is `clear` for `clear my defaults`, and nothing for whoever wants to see them.
        """
        if (about := _MINE.fullmatch(text)) is not None:
            return "clear" if about["clears"] or about["leert"] else ""
        if (match := _NEVER.fullmatch(text)) is not None:
            never, unwanted = "never", match["wish"]
        elif (match := _NIE.fullmatch(text)) is not None:
            never, unwanted = "nie", match["wish"] or match["before"]
        else:
            return None
        wish, words = f"{never} {unwanted}", FilterWords(self._search)
        if unwanted not in words.genres and self._search.is_name(unwanted):
            return None
        try:
            filters = words.read_all(wish)
        except UserError:
            return None
        return wish if filters != PLAIN and not filters.wanted_genres and not filters.without_films else None

    async def clear(self, discord_id: int, at: int) -> Defaults:
        """Keep to nothing any more."""
        return await self._set(discord_id, PLAIN, at)

    async def _set(self, discord_id: int, filters: Filters, at: int) -> Defaults:
        profile = await self._store.profiles.get_or_create(discord_id, at)
        written = None if filters == PLAIN else filters.to_json()
        change = await self._store.profiles.set_list_defaults(profile.user_id, written, at)
        return self._told(discord_id, filters, None if change is None else change.change_id)

    def _told(self, discord_id: int, filters: Filters, change_id: int | None = None) -> Defaults:
        return Defaults(discord_id, filters, change_id, lacking(self._search.facets, filters))


def kept(written: str | None) -> Filters:
    """What a profile keeps, read."""
    return PLAIN if written is None else Filters.from_json(written)


def applying(facets: Facets, written: str | None, asked: Filters) -> Filters:
    """The part of a member's defaults that narrows what is asked for, of what the catalogue tells of films."""
    if written is None or not asked.with_defaults:
        return PLAIN
    return in_force(told(facets, kept(written)), asked)


def in_force(defaults: Filters, asked: Filters) -> Filters:
    """The part of the defaults that a wish does not speak against, and that narrows it."""
    is_directed = bool(asked.moods or asked.like)
    is_by_somebody = bool(asked.people or asked.either_people)
    years, runtime = narrowed(asked, defaults).years, narrowed(asked, defaults).runtime
    return replace(
        defaults,
        genres=() if asked.wanted_genres else _without(defaults.genres, asked.without),
        every=() if asked.wanted_genres else _without(defaults.every, asked.without),
        without=_without(defaults.without, asked.wanted_genres),
        moods=() if is_directed else _without(defaults.moods, asked.without_moods),
        without_moods=_without(defaults.without_moods, asked.moods),
        people=() if is_by_somebody else _without(defaults.people, asked.without_people),
        either_people=() if is_by_somebody else _without(defaults.either_people, asked.without_people),
        without_people=_without(defaults.without_people, (*asked.people, *asked.either_people)),
        origins=() if asked.origins else _without(defaults.origins, asked.without_origins),
        without_origins=_without(defaults.without_origins, asked.origins),
        without_years=tuple(one for one in defaults.without_years if not _covers(one, asked.years)),
        years=ANY_YEAR if years == asked.years else defaults.years,
        runtime=ANY_LENGTH if runtime == asked.runtime else defaults.runtime,
        depth=defaults.depth if asked.depth == PLAIN.depth else PLAIN.depth,
        source=defaults.source if asked.source == PLAIN.source and asked.seen != "seen" else PLAIN.source,
    )


def narrowed(asked: Filters, defaults: Filters) -> Filters:
    """What is asked for and the defaults in force, together; of two stretches what both have, or that of the wish."""
    years = asked.years.within(defaults.years) or asked.years
    runtime = _within(astuple(asked.runtime), astuple(defaults.runtime))
    return replace(defaults.joined(asked), years=years, runtime=Runtime(*runtime))


def _without(some: tuple[T, ...], others: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(one for one in some if one not in others)


def _covers(whole: Years, part: Years) -> bool:
    """Whether a closed stretch holds all of another one."""
    if part.first is None or part.last is None:
        return False
    return (whole.first or 0) <= part.first and part.last <= (whole.last or part.last)


def _within(asked: Stretch, default: Stretch) -> Stretch:
    first = max((one for one in (asked[0], default[0]) if one is not None), default=None)
    last = min((one for one in (asked[1], default[1]) if one is not None), default=None)
    return asked if first is not None and last is not None and first > last else (first, last)
