"""The panel behind `Filters`: everything in it is a press."""

from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.lists import panel_replies as replies
from bot.lists.asking import with_posters
from bot.lists.panel import PANEL_FIELDS, FilterPanel
from bot.tmdb import TmdbService


class FilterPanelCog(commands.Cog, name="Filter panel"):
    def __init__(self, panel: FilterPanel, tmdb: TmdbService) -> None:
        self._panel = panel
        self._tmdb = tmdb

    @action("filters", command="recommend")
    async def open(self, ask: Ask, press: Press) -> None:
        panel = await self._panel.open(ask.user_id, press.number(0), ask.at)
        await ask.reply(replies.panel(panel))

    @action("filters_choose", command="recommend")
    async def choose(self, ask: Ask, press: Press) -> None:
        draft_id, choice = press.number(0), press.word(1, PANEL_FIELDS)
        panel = await self._panel.choose(ask.user_id, draft_id, choice, press.values)
        await ask.replace(replies.panel(panel))

    @action("filters_clear", command="recommend")
    async def clear(self, ask: Ask, press: Press) -> None:
        panel = await self._panel.clear(ask.user_id, press.number(0))
        await ask.replace(replies.panel(panel))

    @action("filters_defaults", command="recommend")
    async def turn_defaults(self, ask: Ask, press: Press) -> None:
        panel = await self._panel.turn_defaults(ask.user_id, press.number(0))
        await ask.replace(replies.panel(panel))

    @action("filters_show", command="recommend", kind="list")
    async def show(self, ask: Ask, press: Press) -> None:
        draft_id = press.number(0)
        shown = await self._panel.show(ask.user_id, draft_id)
        if not shown.movies:  # since the panel was drawn, the last of them was rated or hidden
            await ask.replace(replies.panel(await self._panel.see(ask.user_id, draft_id)))
            return
        await ask.replace(replies.panel_done(shown.filters))
        await ask.reply(await with_posters(ask, shown, self._tmdb))
