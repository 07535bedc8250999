"""`privacy` and `forgetme`: what is kept about a member, and their say in it."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.declaring import hybrid, hybrid_group, rest, subcommand
from bot.chat.deferring import take_time
from bot.chat.delivery import write_to
from bot.chat.host import Host
from bot.chat.reply import Reply
from bot.chat.sending import answer, replace, respond
from bot.errors import UnexpectedWordError
from bot.privacy import replies as ui
from bot.privacy.service import Receipt
from data.store import Visibility

DELETE = "delete"


def is_overheard(ctx: commands.Context[Any]) -> bool:
    """Whether others would read the answer: a prefix command in a server has no other."""
    return ctx.interaction is None and ctx.guild is not None


class Privacy(commands.Cog):
    """What I keep about you, and your say in it."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid_group(fallback="show", private=True)
    async def privacy(self, ctx: commands.Context[Host]) -> None:
        """What I keep about you, who sees it, and the way to export or delete it."""
        if word := rest(ctx):  # what is none of the subcommands
            raise UnexpectedWordError(word, "privacy export")
        await self._open(ctx, "show")

    @subcommand(privacy, private=True)
    async def delete(self, ctx: commands.Context[Host]) -> None:
        """Delete everything I keep about you; I ask before I do."""
        await self._open(ctx, DELETE)

    @hybrid(private=True)
    async def forgetme(self, ctx: commands.Context[Host]) -> None:
        """Delete everything I keep about you; I ask before I do."""
        await self._open(ctx, DELETE)

    @subcommand(privacy, private=True)
    @app_commands.rename(who="to")
    @app_commands.describe(who="Who sees your ratings and your profile")
    async def visibility(self, ctx: commands.Context[Host], who: Literal["private", "server", "public"]) -> None:
        """Choose who sees your ratings: private, server or public."""
        card = await self.bot.house.privacy.show_to(ctx.author.id, who, self.bot.time_of(ctx))
        await answer(ctx, ui.visibility_set(card))

    @subcommand(privacy, private=True)
    @app_commands.describe(state="Whether the model may learn from your ratings")
    async def training(self, ctx: commands.Context[Host], state: Literal["on", "off"]) -> None:
        """Choose whether the model learns from your ratings: on or off."""
        card = await self.bot.house.privacy.train_on(ctx.author.id, state == "on", self.bot.time_of(ctx))
        await answer(ctx, ui.training_set(card))

    @subcommand(privacy, kind="list", private=True)
    async def export(self, ctx: commands.Context[Host]) -> None:
        """Get everything I keep about you as a file."""
        await take_time(ctx)
        reply = await self._export(ctx.author.id, self.bot.time_of(ctx), self.bot.prefix_in(ctx.guild))
        if is_overheard(ctx):
            is_sent = await write_to(ctx.author, reply, self.bot.pause)
            reply = ui.sent_privately() if is_sent else ui.cannot_send_privately()
        await answer(ctx, reply)

    async def _export(self, user_id: int, at: int, prefix: str) -> Reply:
        return ui.export(await self.bot.house.exporting.export(user_id, at, ui.README), prefix)

    async def _open(self, ctx: commands.Context[Host], what: str) -> None:
        if is_overheard(ctx):
            await answer(ctx, ui.door(ctx.author.id, what))
        else:
            await answer(ctx, await self._view(ctx.author.id, what, self.bot.time_of(ctx)))

    async def _view(self, user_id: int, what: str, at: int) -> Reply:
        if what == DELETE:
            return ui.ask(await self.bot.house.privacy.ask_to_delete(user_id, at))
        return ui.card(await self.bot.house.privacy.card(user_id))

    @action("privacy_open", command="privacy")
    async def open_door(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await respond(interaction, await self._view(interaction.user.id, press.text(0), self.bot.time_of(interaction)))

    @action("set_visibility", command="privacy")
    async def choose_visibility(self, interaction: discord.Interaction[Host], press: Press) -> None:
        choices: dict[str, Visibility] = {"private": "private", "server": "server", "public": "public"}
        chosen = press.chosen_word(choices)
        card = await self.bot.house.privacy.show_to(interaction.user.id, chosen, self.bot.time_of(interaction))
        await replace(interaction, ui.card(card))

    @action("set_training", command="privacy")
    async def choose_training(self, interaction: discord.Interaction[Host], press: Press) -> None:
        trains = press.text(0) == "on"
        card = await self.bot.house.privacy.train_on(interaction.user.id, trains, self.bot.time_of(interaction))
        await replace(interaction, ui.card(card))

    @action("export_mine", command="privacy", kind="list")
    async def export_mine(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await take_time(interaction)
        reply = await self._export(interaction.user.id, self.bot.time_of(interaction), "/")
        await respond(interaction, reply)

    @action("ask_delete", command="privacy")
    async def ask_delete(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await replace(interaction, await self._view(interaction.user.id, DELETE, self.bot.time_of(interaction)))

    @action("keep_everything", command="privacy")
    async def keep(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await replace(interaction, await self._view(interaction.user.id, "show", self.bot.time_of(interaction)))

    @action("delete_for_good", command="privacy", kind="heavy")
    async def delete_for_good(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await take_time(interaction)
        user_id, rows, asked_at = press.numbers(3)
        outcome = await self.bot.house.privacy.delete(
            interaction.user.id, user_id, rows, asked_at, self.bot.time_of(interaction)
        )
        if isinstance(outcome, Receipt):
            self.bot.cooldowns.forget(interaction.user.id)
        await replace(interaction, ui.deletion(outcome))


async def setup(bot: Host) -> None:
    await bot.add_cog(Privacy(bot))
