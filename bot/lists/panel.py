"""The panel in which filters are chosen: a list that has shown nothing yet, and is asked for at the end."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args

from bot.errors import StaleComponentError
from bot.lists.choosing import left, places
from bot.lists.defaults import applying
from bot.lists.filters import PLAIN, Depth, Filters, ListSource, Runtime, Seen, Years
from bot.lists.service import ListService, MovieList
from bot.lists.wishes.everyday import everyday
from bot.members import FeedbackReader
from bot.models import ModelRegistry
from bot.movies import MovieSearch
from data.store import ShownList, Store

LISTS_REMEMBERED = 20
"""Among so many lists of the member's the last one with filters is looked for."""

PanelField = Literal["genres", "every", "without", "origins", "years", "runtime", "depth", "source"]
PANEL_FIELDS: Mapping[str, PanelField] = {choice: choice for choice in get_args(PanelField)}
DEPTHS: Mapping[str, Depth] = {depth: depth for depth in get_args(Depth)}
SOURCES: Mapping[str, ListSource] = {source: source for source in get_args(ListSource)}
SEEN: Mapping[str, Seen] = {seen: seen for seen in get_args(Seen) if seen != "unseen"}
EVERY: Mapping[str, bool] = {"any": False, "all": True}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Panel:
    """`fits` is how many films the list could hold; `genres`, `decades` and `places` are those of the catalogue.

    `has_runtimes`: it tells how long films are. `defaults` are the member's, as far as they narrow the list.
    """

    draft_id: int
    owner_id: int
    filters: Filters
    fits: int
    genres: tuple[str, ...]
    decades: tuple[int, ...]
    has_runtimes: bool = False
    defaults: Filters = PLAIN
    places: tuple[str, ...] = ()


class FilterPanel:
    """All of its state is the draft in the store, so it goes on after a restart."""

    def __init__(
        self, store: Store, search: MovieSearch, models: ModelRegistry, feedback: FeedbackReader, lists: ListService
    ) -> None:
        self._store = store
        self._search = search
        self._models = models
        self._feedback = feedback
        self._lists = lists

    async def open(self, discord_id: int, list_id: int, at: int) -> Panel:
        """A panel with the filters of a list, or with the member's last ones where that had none."""
        shown = await self._lists.own(discord_id, list_id)
        filters = Filters.from_json(shown.query)
        if filters.is_plain:
            filters = replace(await self._last(shown.user_id), count=filters.count)
        draft_id = await self._store.lists.create(shown.user_id, (), filters.to_json(), at)
        return await self._panel(discord_id, draft_id, filters)

    async def choose(self, discord_id: int, draft_id: int, choice: PanelField, values: Sequence[str]) -> Panel:
        """Set one filter. A genre that was on the other side changes sides.

        Raises StaleComponentError for what is not offered, as a genre of an earlier catalogue.
        """
        filters = Filters.from_json((await self._draft(discord_id, draft_id)).query)
        match choice:
            case "genres" | "without" if not {*values} <= {*self._search.catalogue.genres}:
                raise StaleComponentError
            case "origins" if not {*values} <= {*everyday().codes}:
                raise StaleComponentError
            case "genres":
                others = tuple(one for one in filters.without if one not in values)
                filters = _wanting(replace(filters, without=others), values, is_every=bool(filters.every))
            case "every":
                filters = _wanting(filters, filters.wanted_genres, is_every=_offered(EVERY, _one(values)))
            case "without":
                others = tuple(one for one in filters.wanted_genres if one not in values)
                filters = _wanting(replace(filters, without=tuple(values)), others, is_every=bool(filters.every))
            case "origins":
                others = tuple(one for one in filters.without_origins if one not in values)
                filters = replace(filters, origins=tuple(values), without_origins=others)
            case "years":
                stretches = (Years(*_stretch(one)) for one in _one(values).split(","))
                filters = replace(filters, years=Years.any_of(stretches))
            case "runtime":
                filters = replace(filters, runtime=Runtime(*_stretch(_one(values))))
            case "depth":
                filters = replace(filters, depth=_offered(DEPTHS, _one(values)))
            case "source" if _one(values) in SEEN:
                filters = replace(filters, source=PLAIN.source, seen=SEEN[_one(values)])
            case "source":
                filters = replace(filters, source=_offered(SOURCES, _one(values)), seen=PLAIN.seen)
        return await self._keep(discord_id, draft_id, filters)

    async def clear(self, discord_id: int, draft_id: int) -> Panel:
        """Take all filters away; the length of the list stays."""
        filters = Filters.from_json((await self._draft(discord_id, draft_id)).query)
        return await self._keep(discord_id, draft_id, replace(PLAIN, count=filters.count))

    async def turn_defaults(self, discord_id: int, draft_id: int) -> Panel:
        """Make the list without the member's defaults, or with them again."""
        filters = Filters.from_json((await self._draft(discord_id, draft_id)).query)
        return await self._keep(discord_id, draft_id, replace(filters, with_defaults=not filters.with_defaults))

    async def see(self, discord_id: int, draft_id: int) -> Panel:
        """The panel as it stands."""
        filters = Filters.from_json((await self._draft(discord_id, draft_id)).query)
        return await self._panel(discord_id, draft_id, filters)

    async def show(self, discord_id: int, draft_id: int) -> MovieList:
        """The list that was asked for; raises StaleComponentError where it has been shown."""
        return await self._lists.begin(discord_id, draft_id)

    async def _draft(self, discord_id: int, draft_id: int) -> ShownList:
        draft = await self._lists.own(discord_id, draft_id)
        if draft.movie_ids:  # its list has been shown
            raise StaleComponentError
        return draft

    async def _keep(self, discord_id: int, draft_id: int, filters: Filters) -> Panel:
        await self._store.lists.rewrite(draft_id, filters.to_json())
        return await self._panel(discord_id, draft_id, filters)

    async def _last(self, user_id: int) -> Filters:
        for shown in await self._store.lists.newest(user_id, LISTS_REMEMBERED):
            filters = Filters.from_json(shown.query)
            if not filters.is_plain:
                return filters
        return PLAIN

    async def _panel(self, discord_id: int, draft_id: int, filters: Filters) -> Panel:
        feedback = await self._feedback.of(discord_id)
        facets = self._search.facets
        fits = await asyncio.to_thread(left, self._models.serving, facets, feedback, filters)
        return Panel(
            draft_id, discord_id, filters, fits, self._search.catalogue.genres, facets.decades(), facets.has_runtimes,
            applying(facets, feedback.list_defaults, filters), places(facets),
        )  # fmt: skip


def _one(values: Sequence[str]) -> str:
    if len(values) != 1:
        raise StaleComponentError
    return values[0]


def _offered(offers: Mapping[str, T], value: str) -> T:
    if value not in offers:
        raise StaleComponentError
    return offers[value]


def _wanting(filters: Filters, genres: Sequence[str], *, is_every: bool) -> Filters:
    """The same with those genres, of which all are needed or any one."""
    every, either = (tuple(genres), ()) if is_every and len(genres) > 1 else ((), tuple(genres))
    return replace(filters, every=every, genres=either)


def _stretch(value: str) -> tuple[int | None, int | None]:
    """The ends that an option stands for: `1990-1999`, one end of them open, or `any`."""
    if value == "any":
        return None, None
    match = re.fullmatch(r"([0-9]{1,4})?-([0-9]{1,4})?", value, re.ASCII)
    if match is None:
        raise StaleComponentError
    first, last = (int(end) if end else None for end in match.groups())
    return first, last
