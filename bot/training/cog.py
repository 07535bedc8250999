"""`retrain` and `model`, and the schedule that trains by itself."""

import asyncio
import logging
from typing import Annotated, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid, hybrid_group
from bot.chat.delivery import DeliveryError
from bot.chat.host import Host
from bot.chat.reply import Reply
from bot.chat.sending import change, post, write_to_operators
from bot.errors import UsageError
from bot.training import replies
from bot.training.process import Stamped
from bot.training.service import NotOperatorError, Run, RunResult, TrainingService

log = logging.getLogger(__name__)

EDIT_EVERY_S = 5.0
ASK_EVERY_S = 60.0


class ProgressMessage:
    """One message that follows a run: edited at most every five seconds, and at its end.

    Where the message is gone or cannot be changed, the end is told in a new one.
    """

    def __init__(self, bot: Host, channel: discord.PartialMessageable, message_id: int | None, run: Run) -> None:
        self._bot = bot
        # Edited as the bot's own message: an interaction's token ends after 15 minutes.
        self._message = channel.get_partial_message(message_id) if message_id is not None else None
        self._channel = channel
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
        task = asyncio.create_task(self._edit(replies.progress(self._run)), name="telling a training's progress")
        self._edits.add(task)
        task.add_done_callback(self._edits.discard)

    async def on_end(self, result: RunResult) -> None:
        self._is_over = True
        reply = replies.result(result)
        try:
            async with self._one_at_a_time:
                if self._message is None or not await change(self._bot, self._message, reply):
                    await post(self._bot, self._channel, reply)
        except Exception as error:  # the training has ended well or not; the message about it does not change that
            self._bot.note_bug(error, "telling the end of a training")

    async def _edit(self, reply: Reply) -> None:
        async with self._one_at_a_time:
            if self._is_over or self._message is None:
                return
            try:
                await self._message.edit(**reply.to_edit())
            except DeliveryError as error:  # the next one may get through
                log.debug("a training's progress was not shown: %s", error)
            except Exception as error:
                self._bot.note_bug(error, "telling a training's progress")


def _unwatched(stamped: Stamped) -> None:
    """The progress of a training that nobody has asked for."""


class Force(commands.Converter[bool], app_commands.Transformer):
    """The word `force` behind the command; true or false as a slash option."""

    type = discord.AppCommandOptionType.boolean

    async def convert(self, ctx: commands.Context[Any], argument: str) -> bool:
        if argument.strip().lower() != "force":
            raise UsageError("retrain force", argument)
        return True

    async def transform(self, interaction: discord.Interaction[Any], value: bool, /) -> bool:
        return value


class TrainingCog(commands.Cog, name="Training", description="The model"):
    def __init__(self, bot: Host, training: TrainingService) -> None:
        self._bot = bot
        self._training = training

    async def cog_load(self) -> None:
        self._schedule = asyncio.create_task(self._ask_every_minute(), name="training schedule")

    async def cog_unload(self) -> None:
        self._schedule.cancel()

    async def _ask_every_minute(self) -> None:
        """No loop of discord.py's: after a sleep of the machine it makes up for every minute that was missed.

        The sleep goes through the waiter, so that a simulation can tell it from work.
        """
        while True:
            with self._bot.noting_bugs("the training schedule"):  # a bad minute must not end it
                await self._training.notice_current()
                run = await self._training.start_if_due(int(discord.utils.utcnow().timestamp()))
                if run is not None:
                    await self._training.follow(run, _unwatched, self._tell_operators)
            await self._training.wait(asyncio.sleep(ASK_EVERY_S))

    async def _tell_operators(self, result: RunResult) -> None:
        """Of a refusal that nobody waits for, once: the next schedule will mostly come to the same."""
        with self._bot.noting_bugs("telling operators of a refused training"):
            if not await self._training.is_news(result):
                return
            if await write_to_operators(self._bot, replies.refused_by_itself(result)):
                await self._training.note_told(result)

    @hybrid(kind="heavy", examples=("retrain", "retrain force"))
    @app_commands.describe(force="Use the new model even if it is worse")
    async def retrain(self, ask: Ask, *, force: Annotated[bool, Force] = False) -> None:
        """Train the model on MovieLens and all ratings given here (operators)."""
        if not await self._bot.is_operator(ask.user):
            await self._check_guild_admin(ask)
        run = await self._training.start(ask.user_id, ask.at, force=force)
        sent = await ask.reply(replies.progress(run))
        channel = self._bot.get_partial_messageable(sent.channel.id if sent is not None else ask.channel_id)
        follower = ProgressMessage(self._bot, channel, sent.id if sent is not None else None, run)
        await self._training.follow(run, follower.on_progress, follower.on_end)

    async def _check_guild_admin(self, ask: Ask) -> None:
        if self._bot.settings.retrain_by != "guild_admins" or not ask.is_guild_admin:
            raise NotOperatorError
        await self._training.check_due(ask.at)

    @action("cancel_retrain", command="retrain")
    async def cancel(self, ask: Ask, press: Press) -> None:
        run = self._training.run
        is_own = run is not None and run.requested_by == ask.user_id
        if not is_own and not await self._bot.is_operator(ask.user):
            raise NotOperatorError
        await self._training.cancel(press.number(0))
        await ask.reply(replies.cancelling())

    @hybrid_group(fallback="status", examples=("model",))
    async def model(self, ask: Ask) -> None:
        """The model in use: version, data, how good it is."""
        serving = self._training.models.serving
        picture = await asyncio.to_thread(self._training.models.picture, serving.version)
        is_operator = await self._bot.is_operator(ask.user)
        await ask.reply(replies.status(serving, picture, self._training.run, is_operator=is_operator))
