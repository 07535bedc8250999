"""The panel behind `Filters`: everything in it is a press."""

import discord
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.host import Host
from bot.chat.sending import replace, respond
from bot.lists import filter_replies as ui
from bot.lists import replies as lists_ui
from bot.lists.panel import CHOICES


class Filtering(commands.Cog):
    """Choose what your list may hold."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @action("filters", command="recommend")
    async def open(self, interaction: discord.Interaction[Host], press: Press) -> None:
        at = self.bot.time_of(interaction)
        panel = await self.bot.house.filter_panel.open(interaction.user.id, press.number(0), at)
        await respond(interaction, ui.panel(panel))

    @action("filters_choose", command="recommend")
    async def choose(self, interaction: discord.Interaction[Host], press: Press) -> None:
        draft_id, choice = press.number(0), press.word(1, CHOICES)
        panel = await self.bot.house.filter_panel.choose(interaction.user.id, draft_id, choice, press.values)
        await replace(interaction, ui.panel(panel))

    @action("filters_clear", command="recommend")
    async def clear(self, interaction: discord.Interaction[Host], press: Press) -> None:
        panel = await self.bot.house.filter_panel.clear(interaction.user.id, press.number(0))
        await replace(interaction, ui.panel(panel))

    @action("filters_show", command="recommend", kind="list")
    async def show(self, interaction: discord.Interaction[Host], press: Press) -> None:
        draft_id = press.number(0)
        films = await self.bot.house.listing.begin(interaction.user.id, draft_id)
        if not films.films:  # since the panel was drawn, the last of them was rated or hidden
            panel = await self.bot.house.filter_panel.see(interaction.user.id, draft_id)
            await replace(interaction, ui.panel(panel))
            return
        await replace(interaction, ui.panel_done(films.filters))
        await respond(interaction, lists_ui.recommendations(films, self.bot.prefix_in(interaction.guild)))


async def setup(bot: Host) -> None:
    await bot.add_cog(Filtering(bot))
