"""`recommend` and its `More`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import CountError
from bot.exts.actions import action
from bot.exts.declaring import hybrid
from bot.exts.host import Host
from bot.exts.replies import answer, respond
from bot.services.recommending import LIST_LENGTH
from bot.ui import lists as ui
from bot.ui.components import Press


class Recommending(commands.Cog):
    """Films you have not seen and will like."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid(aliases=("rec", "recs"), kind="list")
    @app_commands.describe(count="How many films, 1 to 10")
    async def recommend(self, ctx: commands.Context[Host], count: str = str(LIST_LENGTH)) -> None:
        """Ten films for you, from everything you have rated so far."""
        if not (count.isascii() and count.isdigit() and len(count) <= 3):
            raise CountError(count, LIST_LENGTH)
        films = await self.bot.house.recommending.top(ctx.author.id, self.bot.time_of(ctx), int(count))
        await answer(ctx, ui.recommendations(films, self.bot.prefix_in(ctx.guild)))

    @action("more", command="recommend", kind="list")
    async def more(self, interaction: discord.Interaction[Host], press: Press) -> None:
        films = await self.bot.house.recommending.more(interaction.user.id, int(press.arguments[0]))
        await respond(interaction, ui.recommendations(films, self.bot.prefix_in(interaction.guild)))


async def setup(bot: Host) -> None:
    await bot.add_cog(Recommending(bot))
