"""`retrain` and `model`, and the schedule that trains by itself."""

import asyncio
import contextlib
from typing import Annotated, Any

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.errors import NotOperatorError, UnexpectedWordError
from bot.exts.actions import action
from bot.exts.declaring import hybrid, hybrid_group
from bot.exts.host import Host
from bot.exts.replies import answer, respond
from bot.services.retraining import Run, RunResult
from bot.services.training_process import Stamped
from bot.ui import training as ui
from bot.ui.components import Press
from bot.ui.reply import Reply

EDIT_EVERY_S = 5.0


class ProgressMessage:
    """One message that follows a run: edited at most every five seconds, and at its end."""

    def __init__(self, message: discord.PartialMessage, run: Run) -> None:
        self._message = message
        self._run = run
        self._shown_at_s = float("-inf")
        self._is_over = False
        self._one_at_a_time = asyncio.Lock()
        self._edits: set[asyncio.Task[None]] = set()

    def on_progress(self, stamped: Stamped) -> None:
        """Times are the training's own, so a slow edit is not followed by a burst."""
        if self._is_over or stamped.at_s - self._shown_at_s < EDIT_EVERY_S:
            return
        self._shown_at_s = stamped.at_s
        task = asyncio.create_task(self._edit(ui.progress(self._run)))
        self._edits.add(task)
        task.add_done_callback(self._edits.discard)

    async def on_end(self, result: RunResult) -> None:
        self._is_over = True
        await self._edit(ui.result(result), last=True)

    async def _edit(self, reply: Reply, *, last: bool = False) -> None:
        async with self._one_at_a_time:
            if self._is_over and not last:
                return
            # The message may be gone; the training is not about the message.
            with contextlib.suppress(discord.NotFound, discord.Forbidden):
                await self._message.edit(**reply.to_edit())


class Force(commands.Converter[bool], app_commands.Transformer):
    """The word `force` behind the command; true or false as a slash option."""

    type = discord.AppCommandOptionType.boolean

    async def convert(self, ctx: commands.Context[Any], argument: str) -> bool:
        if argument.strip().lower() != "force":
            raise UnexpectedWordError(argument, "retrain force")
        return True

    async def transform(self, interaction: discord.Interaction[Any], value: bool, /) -> bool:
        return value


class Training(commands.Cog):
    """The model behind the lists."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        self.schedule.start()

    async def cog_unload(self) -> None:
        self.schedule.cancel()

    @tasks.loop(minutes=1)
    async def schedule(self) -> None:
        try:
            await self.bot.house.retraining.start_if_due(int(discord.utils.utcnow().timestamp()))
        except Exception as error:  # a bad minute must not end the schedule
            self.bot.note_bug(error, "the training schedule")

    @hybrid(kind="heavy")
    @app_commands.describe(force="Use the new model even if its lists are worse")
    async def retrain(self, ctx: commands.Context[Host], *, force: Annotated[bool, Force] = False) -> None:
        """Train the model on MovieLens and all ratings given here (operators)."""
        at = self.bot.time_of(ctx)
        if not await self.bot.is_operator(ctx.author):
            await self._check_guild_admin(ctx, at)
        retraining = self.bot.house.retraining
        run = await retraining.start(ctx.author.id, at, force=force)
        sent = await answer(ctx, ui.progress(run))
        # Edited as the bot's own message: an interaction's token ends after 15 minutes.
        channel = self.bot.get_partial_messageable(sent.channel.id)
        follower = ProgressMessage(channel.get_partial_message(sent.id), run)
        await retraining.follow(run, follower.on_progress, follower.on_end)

    async def _check_guild_admin(self, ctx: commands.Context[Host], at: int) -> None:
        member = ctx.author
        if (
            self.bot.settings.retrain_by != "guild_admins"
            or not isinstance(member, discord.Member)
            or not ctx.permissions.administrator
        ):
            raise NotOperatorError
        await self.bot.house.retraining.check_due(at)

    @action("cancel_retrain", command="retrain")
    async def cancel(self, interaction: discord.Interaction[Host], press: Press) -> None:
        run = self.bot.house.retraining.run
        if not await self.bot.is_operator(interaction.user) and not (
            run is not None and run.requested_by == interaction.user.id
        ):
            raise NotOperatorError
        await self.bot.house.retraining.cancel(press.number(0))
        await respond(interaction, ui.cancelling())

    @hybrid_group(fallback="status")
    async def model(self, ctx: commands.Context[Host]) -> None:
        """The model in use: version, data, how good it is."""
        serving = self.bot.house.shelf.serving
        picture = await asyncio.to_thread(self.bot.house.shelf.picture, serving.version)
        await answer(ctx, ui.status(serving, picture, self.bot.house.retraining.run))


async def setup(bot: Host) -> None:
    await bot.add_cog(Training(bot))
