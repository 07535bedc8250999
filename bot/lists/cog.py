"""`recommend`, and the controls under a list."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import by_prefix, by_slash
from bot.chat.text import OPTION_LIMIT
from bot.lists import replies
from bot.lists.filters import LIST_LENGTH, Depth, ListSource
from bot.lists.service import ListService
from bot.lists.showing import with_posters
from bot.tmdb import TmdbService

OFFERED = 25
"""Discord shows no more."""


class ListsCog(commands.Cog, name="Lists", description="Find something to watch"):
    def __init__(self, lists: ListService, tmdb: TmdbService) -> None:
        self._lists = lists
        self._tmdb = tmdb

    @by_prefix(
        name="recommend",
        aliases=("rec", "recs"),
        kind="list",
        examples=(
            "recommend",
            "recommend 5",
            "recommend comedy drama without:romance",
            "recommend sci-fi 80s deep",
            "recommend watchlist 1990-1999 popular",
        ),
    )
    async def recommend_text(self, ask: Ask, *, wishes: str = "") -> None:
        """Ten films for you; name genres, years or a depth to narrow them."""
        shown = await self._lists.make(ask.user_id, self._lists.words.read(wishes), ask.at, guild_id=ask.guild_id)
        await ask.reply(await with_posters(ask, shown, self._tmdb))

    @by_slash(name="recommend", kind="list")
    @app_commands.describe(
        genre="One genre or several; a film needs any one of them",
        without="Genres to leave out",
        years="Such as 1994, 90s, 1990-1999 or since 2010",
        depth="What many people know, or what few have seen",
        source="All films, or those on your watchlist",
        count="How many films, 1 to 10",
    )
    async def recommend_slash(
        self,
        ask: Ask,
        genre: str = "",
        without: str = "",
        years: str = "",
        depth: Depth = "balanced",
        source: ListSource = "all",
        count: app_commands.Range[int, 1, LIST_LENGTH] = LIST_LENGTH,
    ) -> None:
        """Films you have not seen and will like."""
        filters = self._lists.words.read_parts(genre, without, years, depth, source, count)
        shown = await self._lists.make(ask.user_id, filters, ask.at, guild_id=ask.guild_id)
        await ask.reply(await with_posters(ask, shown, self._tmdb))

    @recommend_slash.autocomplete("genre")
    @recommend_slash.autocomplete("without")
    async def complete_genre(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        found = self._lists.words.complete(current, OFFERED)
        return [app_commands.Choice(name=one, value=one) for one in found if len(one) <= OPTION_LIMIT]

    @recommend_slash.autocomplete("years")
    async def complete_years(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        decades = [f"{first}s" for first in reversed(self._lists.decades())]
        found = [one for one in decades if current.strip() in one][:OFFERED]
        return [app_commands.Choice(name=one, value=one) for one in found]

    @action("more", command="recommend", kind="list")
    async def more(self, ask: Ask, press: Press) -> None:
        shown = await self._lists.more(ask.user_id, press.number(0), ask.guild_id)
        await ask.reply(await with_posters(ask, shown, self._tmdb))

    @action("why_list", command="recommend")
    async def why(self, ask: Ask, press: Press) -> None:
        list_id, first = press.numbers(2)
        movies = await self._lists.page(ask.user_id, list_id, first)
        await ask.reply(replies.why(ask.user_id, movies))
