"""`guess` and its table: rounds that anybody in the channel plays, and that end by themselves."""

import asyncio
from collections.abc import Iterable

import discord
from discord.ext import commands

from bot.chat import sending
from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid_group, subcommand
from bot.chat.host import Host
from bot.chat.language import speaking
from bot.chat.pages import PAGE
from bot.chat.reply import Reply
from bot.errors import StaleComponentError
from bot.game import replies
from bot.game.service import Begun, GameService, NobodyToGuessError, NoFilmLeftError, RoundOverError, Table
from bot.servers.presence import Presence
from bot.waiting import Wait
from data.store import Round, StoreUnavailableError

LOOKED_AT = 3 * PAGE
"""Of so many who may be shown it is asked whether they are still there."""

RETRY_S = 60.0


class GameCog(commands.Cog, name="Game", description="With others here"):
    def __init__(self, bot: Host, game: GameService, presence: Presence, wait: Wait) -> None:
        self._bot = bot
        self._game = game
        self._presence = presence
        self._wait = wait
        self._ends: dict[int, asyncio.Task[None]] = {}

    async def cog_load(self) -> None:
        """Rounds outlive the bot: those that are due end as soon as it is there again."""
        for round_ in await self._game.to_tell():
            self._end_in_time(round_)

    async def cog_unload(self) -> None:
        for task in self._ends.values():
            task.cancel()
        await asyncio.gather(*self._ends.values(), return_exceptions=True)

    @hybrid_group(fallback="play", aliases=("game",), kind="write", examples=("guess", "guess table"))
    @commands.guild_only()
    async def guess(self, ask: Ask) -> None:
        """Guess what I predict for somebody here: 3 points for the exact half star, 2 or 1 beside it."""
        await self._play(ask)

    @commands.guild_only()
    @subcommand(guess, name="table", examples=("guess table",))
    async def guess_table(self, ask: Ask) -> None:
        """Who has most points this week."""
        await ask.reply(await self._table(ask))

    async def _play(self, ask: Ask) -> None:
        guild = _guild(ask)
        made, about = await self._begun(guild, ask.channel_id, ask.user_id, ask.at)
        with ask.speaking_to_all():
            message = await ask.reply(replies.begun(ask.user_id, made, about))
        await self._game.sent(made.round.round_id, None if message is None else message.id)
        if message is not None:
            self._end_in_time(made.round)

    async def _begun(self, guild: discord.Guild, channel_id: int, asker_id: int, at: int) -> tuple[Begun, str]:
        """A new round, and the name of the member it is about."""
        await self._game.check_free(channel_id)
        subjects = await self._game.subjects(guild.id, asker_id)
        names = await self._presence.names(guild, subjects.discord_ids, at)
        if not names:
            raise NobodyToGuessError
        for about_id, about in names.items():
            made = await self._game.begin(guild.id, channel_id, about_id, at, subjects.raters)
            if made is not None:
                return made, about
        raise NoFilmLeftError

    @action("game_again", command="guess", kind="write")
    async def again(self, ask: Ask, press: Press) -> None:
        await self._play(ask)

    @action("game_guess", command="guess", kind="quick")
    async def take_guess(self, ask: Ask, press: Press) -> None:
        """Everybody guesses for themselves."""
        made = await self._game.guess(_guild(ask).id, press.number(0), ask.user_id, press.chosen_stars, ask.at)
        await ask.reply(replies.guessed(made))

    @action("game_reveal", command="guess")
    async def reveal(self, ask: Ask, press: Press) -> None:
        """Who has started a round may end it sooner."""
        guild = _guild(ask)
        round_ = await self._game.running(guild.id, press.number(0))
        with ask.speaking_to_all():
            reply = await self._ended(guild, round_, ask.at)
        if reply is None:
            raise RoundOverError
        await ask.replace(reply)
        await self._game.told(round_.round_id, ask.at)

    @action("game_join", command="guess", kind="write")
    async def join(self, ask: Ask, press: Press) -> None:
        """Whoever presses it lets their own taste be compared."""
        is_private = await self._game.join(ask.user_id, ask.at)
        await ask.reply(replies.joined(is_private, ask.prefix))

    @action("game_table", command="guess table")
    async def turn_table(self, ask: Ask, press: Press) -> None:
        """Under the table another week takes its place; under a round it is a message of its own."""
        if press.arguments:
            await ask.replace(await self._table(ask, press.number(0)))
        else:
            await ask.reply(await self._table(ask))

    async def _table(self, ask: Ask, week: int | None = None) -> Reply:
        guild = _guild(ask)
        shown, names = await self._standings(guild, ask.at, week)
        with ask.speaking_to_all():
            return replies.table(ask.user_id, shown, names, ask.prefix)

    async def _standings(self, guild: discord.Guild, at: int, week: int | None) -> tuple[Table, dict[int, str]]:
        """A week's points, and the names of those with most of them who are still there."""
        shown = await self._game.table(guild.id, at, week)
        return shown, await self._names(guild, [one.discord_id for one in shown.rows], at)

    async def _names(self, guild: discord.Guild, discord_ids: Iterable[int], at: int) -> dict[int, str]:
        return await self._presence.names(guild, list(discord_ids)[:LOOKED_AT], at)

    async def _ended(self, guild: discord.Guild | None, round_: Round, at: int) -> Reply | None:
        """End a round and tell how; None where somebody else is doing that."""
        about_id = await self._game.about(round_.round_id)
        is_here = bool(guild and about_id is not None and await self._presence.names(guild, [about_id], at))
        if not await self._game.end(round_.round_id, at, is_here=is_here):
            return None
        return await self._told(guild, round_, at)

    async def _told(self, guild: discord.Guild | None, round_: Round, at: int) -> Reply:
        result = await self._game.ended(round_)
        if guild is None:
            return replies.ended(result, {})
        about = [] if result.about_id is None else [result.about_id]
        names = await self._names(guild, [*about, *(one.discord_id for one in result.guesses)], at)
        return replies.ended(result, names)

    def _end_in_time(self, round_: Round) -> None:
        task = asyncio.create_task(self._wait_and_end(round_))
        self._ends[round_.round_id] = task
        task.add_done_callback(lambda _: self._ends.pop(round_.round_id, None))

    async def _wait_and_end(self, round_: Round) -> None:
        """Also a round whose end was not told before the bot itself ended.

        The sleep goes through the waiter, so that a simulation can tell it from work.
        """
        await self._bot.wait_until_ready()
        await self._wait(asyncio.sleep(max(0.0, round_.ends_at - discord.utils.utcnow().timestamp())))
        while True:
            try:
                await self._end(round_.round_id)
            except StoreUnavailableError:  # in the log already
                await self._wait(asyncio.sleep(RETRY_S))
            except Exception as error:  # one round must not end them all
                self._bot.note_bug(error, "the end of a round")
                return
            else:
                return

    async def _end(self, round_id: int) -> None:
        at = int(discord.utils.utcnow().timestamp())
        untold = {one.round_id: one for one in await self._game.to_tell()}
        if (round_ := untold.get(round_id)) is None:
            return
        guild = self._bot.get_guild(round_.guild_id)
        with speaking(self._bot.language_in(guild)):
            reply = await (self._ended if round_.ended_at is None else self._told)(guild, round_, at)
        if reply is None:
            return
        if round_.message_id is not None:
            channel = self._bot.get_partial_messageable(round_.channel_id, guild_id=round_.guild_id)
            await sending.change(self._bot, channel.get_partial_message(round_.message_id), reply)
        await self._game.told(round_id, at)


def _guild(ask: Ask) -> discord.Guild:
    """A button of a round may have been forwarded to where there is no server."""
    if ask.guild is None:
        raise StaleComponentError
    return ask.guild
