"""`start`: from nothing to the first list in one message of one's own."""

from dataclasses import replace as changed

import discord
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.host import Host
from bot.chat.sending import answer, replace, respond
from bot.lists import replies as lists_ui
from bot.start import replies as ui
from bot.start.service import Finished, Step


class Starting(commands.Cog):
    """Tell me what you like."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid(aliases=("quickrate",), kind="list", private=True)
    async def start(self, ctx: commands.Context[Host]) -> None:
        """Pick what you like, rate up to ten films with a click each, and get your first list."""
        if ctx.interaction is None and ctx.guild is not None:
            await answer(ctx, ui.invitation(ctx.author.id))
            return
        step = await self.bot.house.starting.start(ctx.author.id, self.bot.time_of(ctx))
        await answer(ctx, ui.step(step, self.bot.prefix_in(ctx.guild)))

    @action("start_open", command="start", kind="list")
    async def open(self, interaction: discord.Interaction[Host], press: Press) -> None:
        step = await self.bot.house.starting.start(interaction.user.id, self.bot.time_of(interaction))
        await respond(interaction, ui.step(step, self.bot.prefix_in(interaction.guild)))

    @action("start_tastes", command="start", kind="quick")
    async def begin(self, interaction: discord.Interaction[Host], press: Press) -> None:
        chosen = press.all_chosen
        await self._go_on(
            interaction,
            await self.bot.house.starting.begin(interaction.user.id, chosen, self.bot.time_of(interaction)),
        )

    @action("start_rate", command="start", kind="quick")
    async def rate(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await self._answer(interaction, press.number(0), press.number(1), press.stars(2))

    @action("start_unseen", command="start", kind="quick")
    async def pass_over(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await self._answer(interaction, press.number(0), press.number(1), None)

    async def _answer(
        self, interaction: discord.Interaction[Host], list_id: int, movie_id: int, given: float | None
    ) -> None:
        at = self.bot.time_of(interaction)
        step = await self.bot.house.starting.answer(interaction.user.id, list_id, movie_id, given, at)
        await self._go_on(interaction, step)

    @action("start_undo", command="start", kind="quick")
    async def undo(self, interaction: discord.Interaction[Host], press: Press) -> None:
        list_id, movie_id, write_id = press.numbers(3)
        at = self.bot.time_of(interaction)
        step = await self.bot.house.starting.undo(interaction.user.id, list_id, movie_id, write_id, at)
        await self._go_on(interaction, step)

    @action("start_finish", command="start", kind="quick")
    async def finish(self, interaction: discord.Interaction[Host], press: Press) -> None:
        at = self.bot.time_of(interaction)
        await self._go_on(interaction, await self.bot.house.starting.finish(interaction.user.id, press.number(0), at))

    async def _go_on(self, interaction: discord.Interaction[Host], step: Step) -> None:
        """Turn the one message to the next step; the list comes under it, as private as the message is."""
        prefix = self.bot.prefix_in(interaction.guild)
        await replace(interaction, ui.step(step, prefix))
        if isinstance(step, Finished) and step.films is not None:
            films = lists_ui.recommendations(step.films, prefix)
            await respond(interaction, changed(films, ephemeral=interaction.guild is not None))


async def setup(bot: Host) -> None:
    await bot.add_cog(Starting(bot))
