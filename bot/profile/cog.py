"""`profile`: a member's MovieLens profile, and the MovieLens user it starts from."""

import asyncio
import re
from typing import Annotated, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.declaring import hybrid_group, subcommand
from bot.chat.host import Host
from bot.chat.people import Somebody, find, is_member
from bot.chat.sending import answer, replace, respond
from bot.errors import UnexpectedWordError
from bot.profile import adoption_replies as adopting_ui
from bot.profile import replies as ui
from bot.profile import reset_replies as resetting_ui
from bot.ratings import rated_replies as ratings_ui

LARGEST_ID = 999_999_999


class MovieLensId(commands.Converter[int], app_commands.Transformer):
    """The number of a user of the data set; the ids of members begin above all of them."""

    type = discord.AppCommandOptionType.integer
    min_value = 1
    max_value = LARGEST_ID

    async def convert(self, ctx: commands.Context[Any], argument: str) -> int:
        if re.fullmatch(r"0*[1-9][0-9]{0,8}", argument, re.ASCII) is None:
            raise UnexpectedWordError(argument, "profile adopt 42")
        return int(argument)

    async def transform(self, interaction: discord.Interaction[Any], value: int, /) -> int:
        return value


class Profiles(commands.Cog):
    """Your MovieLens profile."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid_group(fallback="show", aliases=("stats",))
    @app_commands.describe(member="Whose profile; yours if left out")
    async def profile(self, ctx: commands.Context[Host], member: Somebody = commands.Author) -> None:
        """Your ratings in numbers, what you like, and how well I guess."""
        card = await self.bot.house.profiles.card(
            ctx.author.id, member.id, self.bot.time_of(ctx), in_guild=is_member(member)
        )
        picture = await asyncio.to_thread(ui.histogram, card)
        await answer(ctx, ui.profile(card, picture, member.display_name, self.bot.prefix_in(ctx.guild)))

    @subcommand(profile, kind="write")
    @app_commands.describe(user_id="A MovieLens user's number; left out, I suggest some")
    async def adopt(self, ctx: commands.Context[Host], user_id: Annotated[int | None, MovieLensId] = None) -> None:
        """Start from a MovieLens user's ratings, with yours going before theirs."""
        prefix, adopting = self.bot.prefix_in(ctx.guild), self.bot.house.adopting
        if user_id is None:
            await answer(ctx, adopting_ui.suggestions(await adopting.suggest(ctx.author.id), prefix))
            return
        result = await adopting.adopt(ctx.author.id, user_id, self.bot.time_of(ctx))
        await answer(ctx, adopting_ui.adopted(result, prefix))

    @subcommand(profile, private=True)
    async def reset(self, ctx: commands.Context[Host]) -> None:
        """Forget the MovieLens user you start from, or your ratings; both can be brought back."""
        choice = await self.bot.house.resetting.choice(ctx.author.id)
        await answer(ctx, resetting_ui.choice(choice, self.bot.prefix_in(ctx.guild)))

    @action("profile_ratings", command="ratings")
    async def show_ratings(self, interaction: discord.Interaction[Host], press: Press) -> None:
        viewer, owner = interaction.user, await find(interaction, press.number(0))
        page = await self.bot.house.rated_films.page(viewer.id, owner.id, "newest", 0, in_guild=is_member(owner))
        await respond(interaction, ratings_ui.ratings_page(viewer.id, page, owner.display_name, "/"))

    @action("adopt_user", command="profile adopt", kind="write")
    async def adopt_chosen(self, interaction: discord.Interaction[Host], press: Press) -> None:
        at = self.bot.time_of(interaction)
        result = await self.bot.house.adopting.adopt(interaction.user.id, press.number(0), at)
        await replace(interaction, adopting_ui.adopted(result, self.bot.prefix_in(interaction.guild)))

    @action("adopt_undo", command="profile adopt", kind="write")
    async def undo_adoption(self, interaction: discord.Interaction[Host], press: Press) -> None:
        user_id, before = press.numbers(2)
        at = self.bot.time_of(interaction)
        result = await self.bot.house.adopting.go_back(interaction.user.id, user_id, before or None, at)
        await replace(interaction, adopting_ui.went_back(result, self.bot.prefix_in(interaction.guild)))

    @action("reset_ask", command="profile reset")
    async def ask_again(self, interaction: discord.Interaction[Host], press: Press) -> None:
        choice = await self.bot.house.resetting.choice(interaction.user.id)
        await replace(interaction, resetting_ui.confirmation(choice, self.bot.prefix_in(interaction.guild)))

    @action("reset_keep", command="profile reset")
    async def keep_all(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await replace(interaction, resetting_ui.kept())

    @action("reset_ratings", command="profile reset", kind="write")
    async def forget_ratings(self, interaction: discord.Interaction[Host], press: Press) -> None:
        rated, adopted = press.numbers(2)
        at, prefix = self.bot.time_of(interaction), self.bot.prefix_in(interaction.guild)
        done = await self.bot.house.resetting.forget(interaction.user.id, rated, adopted or None, at)
        await replace(interaction, resetting_ui.result(done, prefix))

    @action("reset_restore", command="profile reset", kind="write")
    async def restore_ratings(self, interaction: discord.Interaction[Host], press: Press) -> None:
        forgotten_at, adopted = press.numbers(2)
        done = await self.bot.house.resetting.restore(interaction.user.id, forgotten_at, adopted or None)
        await replace(interaction, resetting_ui.restored(done))


async def setup(bot: Host) -> None:
    await bot.add_cog(Profiles(bot))
