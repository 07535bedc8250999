"""The panel in which filters are chosen: a list that has shown nothing yet, and is asked for at the end."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args

from bot.errors import StaleComponentError
from bot.lists.choosing import left
from bot.lists.filters import ANY_YEAR, PLAIN, Depth, Filters, Source, Years
from bot.lists.service import Listing
from bot.members.feedback import Tastes
from bot.models.registry import ModelShelf
from bot.movies.search import Films
from data.store import ShownList, Store

LISTS_REMEMBERED = 20
"""Among so many lists of the member's the last one with filters is looked for."""

Choice = Literal["genres", "without", "years", "depth", "source"]
CHOICES: Mapping[str, Choice] = {choice: choice for choice in get_args(Choice)}
DEPTHS: Mapping[str, Depth] = {depth: depth for depth in get_args(Depth)}
SOURCES: Mapping[str, Source] = {source: source for source in get_args(Source)}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Panel:
    """`fits` is how many films the list could hold; `genres` and `decades` are those of the catalogue."""

    draft_id: int
    owner_id: int
    filters: Filters
    fits: int
    genres: tuple[str, ...]
    decades: tuple[int, ...]


class FilterPanel:
    """All of its state is the draft in the store, so it goes on after a restart."""

    def __init__(self, store: Store, films: Films, shelf: ModelShelf, tastes: Tastes, listing: Listing) -> None:
        self._store = store
        self._films = films
        self._shelf = shelf
        self._tastes = tastes
        self._listing = listing

    async def open(self, discord_id: int, list_id: int, at: int) -> Panel:
        """A panel with the filters of a list, or with the member's last ones where that had none."""
        shown = await self._listing.own(discord_id, list_id)
        filters = Filters.from_json(shown.query)
        if filters.is_plain:
            filters = replace(await self._last(shown.user_id), count=filters.count)
        draft_id = await self._store.lists.create(shown.user_id, (), filters.to_json(), at)
        return await self._panel(discord_id, draft_id, filters)

    async def choose(self, discord_id: int, draft_id: int, choice: Choice, values: Sequence[str]) -> Panel:
        """Set one filter. A genre that was on the other side changes sides.

        Raises StaleComponentError for what is not offered, as a genre of an earlier catalogue.
        """
        filters = Filters.from_json((await self._draft(discord_id, draft_id)).query)
        match choice:
            case "genres" | "without" if not {*values} <= {*self._films.catalogue.genres}:
                raise StaleComponentError
            case "genres":
                others = tuple(one for one in filters.without if one not in values)
                filters = replace(filters, genres=tuple(values), without=others)
            case "without":
                others = tuple(one for one in filters.genres if one not in values)
                filters = replace(filters, without=tuple(values), genres=others)
            case "years":
                filters = replace(filters, years=_stretch(_one(values)))
            case "depth":
                filters = replace(filters, depth=_offered(DEPTHS, _one(values)))
            case "source":
                filters = replace(filters, source=_offered(SOURCES, _one(values)))
        return await self._keep(discord_id, draft_id, filters)

    async def clear(self, discord_id: int, draft_id: int) -> Panel:
        """Take all filters away; the length of the list stays."""
        filters = Filters.from_json((await self._draft(discord_id, draft_id)).query)
        return await self._keep(discord_id, draft_id, replace(PLAIN, count=filters.count))

    async def see(self, discord_id: int, draft_id: int) -> Panel:
        """The panel as it stands."""
        filters = Filters.from_json((await self._draft(discord_id, draft_id)).query)
        return await self._panel(discord_id, draft_id, filters)

    async def _draft(self, discord_id: int, draft_id: int) -> ShownList:
        draft = await self._listing.own(discord_id, draft_id)
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
        taste = await self._tastes.of(discord_id)
        facets = self._films.facets
        fits = await asyncio.to_thread(left, self._shelf.serving, facets, taste, filters)
        return Panel(draft_id, discord_id, filters, fits, self._films.catalogue.genres, facets.decades())


def _one(values: Sequence[str]) -> str:
    if len(values) != 1:
        raise StaleComponentError
    return values[0]


def _offered(offers: Mapping[str, T], value: str) -> T:
    if value not in offers:
        raise StaleComponentError
    return offers[value]


def _stretch(value: str) -> Years:
    """The years that an option stands for: `1990-1999`, one end of them open, or `any`."""
    if value == "any":
        return ANY_YEAR
    match = re.fullmatch(r"([0-9]{1,4})?-([0-9]{1,4})?", value, re.ASCII)
    if match is None:
        raise StaleComponentError
    first, last = (int(end) if end else None for end in match.groups())
    return Years(first, last)
