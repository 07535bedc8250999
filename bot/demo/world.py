"""A simulated Discord with one guild, one channel, people, and the real bot in it."""

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any, Self, TypeVar

from discord import EventStatus, Locale
from simcord import ChannelHandle, Env, GuildHandle, MemberActor, UserHandle
from simcord.backend.models import Message, ScheduledEvent, User

from bot.client import Marquee
from bot.demo.record import Recorder, Sink
from bot.demo.roster import GUILD_ID, Roster
from bot.demo.script import OPERATOR
from bot.waiting import Wait

T = TypeVar("T")

BOT_NAME = "Marquee"
GUILD_NAME = "Marquee"
CHANNEL_NAME = "movies"
VOICE_NAME = "cinema"
CHANNEL_TOPIC = "Rate films and get films you will like: /help tells how"
SETTLED_IN = timedelta(days=40)
"""How long everybody has been here when the bot starts."""

TO_COME = (EventStatus.scheduled.value, EventStatus.active.value)
SETTLE_TIMEOUT_S = 120.0
CANCEL_TIMEOUT_S = 20.0
TICK_S = 0.1
STRIDE_S = 3600.0
"""Longer advances are made in such strides: each of them has the whole settle timeout."""


LOOK_EVERY_S = 0.005
CROWDED = 30
"""Tasks of the bot; at rest it has about ten."""


MakeBot = Callable[[Wait], Marquee]


class QuickEnv(Env):
    """Looks more often whether all is done. Work that ends no task, such as a turn of a loop, it can only look for.

    Where much is going on, a look costs more than it saves.
    """

    async def _settle_internal(self, *, idle: float = 0.05, **options: Any) -> None:
        await super()._settle_internal(idle=LOOK_EVERY_S if len(self._work.tasks) < CROWDED else idle, **options)

    async def advance_time(self, seconds: float) -> None:
        """Let a timer that real time has just brought due come first: begun in one turn, each waits for the other."""
        while (real := self._real_advance_task) is not None and not real.done():
            await asyncio.wait({real})
        await super().advance_time(seconds)


class World:
    """`async with World(make_bot, roster, sink) as world`: the bot is ready in it, and closed at its end."""

    env: Env
    guild: GuildHandle
    channel: ChannelHandle
    voice: ChannelHandle
    recorder: Recorder

    def __init__(self, make_bot: MakeBot, roster: Roster, sink: Sink, locale: Locale = Locale.american_english) -> None:
        self._make_bot = make_bot
        self._roster = roster
        self._sink = sink
        self._people: dict[str, MemberActor] = {}
        self.locale = locale
        self.locales: dict[int, Locale] = {}
        """Whose Discord is in another language than the server."""
        self._bugs_before = 0
        self._caught_up_s = perf_counter()

    async def __aenter__(self) -> Self:
        self.bot = self._make_bot(self._wait)
        self.env = QuickEnv(self.bot, shard_count=1, check_errors=False, settle_timeout=SETTLE_TIMEOUT_S)
        self._furnish()
        try:
            await self.env.start()
            await self._register_commands()
        except BaseException:
            await self.bot.close()
            raise
        self._caught_up_s = perf_counter()
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            self._roster.save(self.env.now())
            await self.bot.close()
        finally:
            await self.env.shutdown()

    def _furnish(self) -> None:
        """Guild, channel and people stand before the bot comes; then time goes to where it is really."""
        backend = self.env.backend
        backend.edit_bot_profile(BOT_NAME)
        self.guild = self.env.create_guild(
            GUILD_NAME, id=GUILD_ID, owner=self._account(OPERATOR), preferred_locale=self.locale.value
        )
        self.channel = self.guild.create_text_channel(CHANNEL_NAME, topic=CHANNEL_TOPIC)
        self.voice = self.guild.create_voice_channel(VOICE_NAME)
        for name in list(self._roster.people):
            self.person(name)
        opened = self.env.now()
        start = max(opened + SETTLED_IN, datetime.now(UTC), self._roster.left_at or opened)
        backend.advance_clock((start - opened).total_seconds())
        self.recorder = Recorder(backend, self._sink)
        self._speak()

    def _speak(self) -> None:
        """Presses and slash commands tell of languages; those of SimCord are all American."""
        emit = self.env.backend.emit

        def in_language(event: str, payload: Mapping[str, Any]) -> None:
            if event == "INTERACTION_CREATE":
                user = payload["member"]["user"] if "member" in payload else payload["user"]
                spoken = {"locale": self.locales.get(int(user["id"]), self.locale), "guild_locale": self.locale}
                payload = {**payload, **{key: one.value for key, one in spoken.items() if key in payload}}
            emit(event, payload)

        self.env.backend.emit = in_language  # type: ignore[method-assign]

    async def _wait(self, awaitable: Awaitable[T], /) -> T:
        result: T = await self.env.external_wait(awaitable, reason="a training process")
        return result

    async def _register_commands(self) -> None:
        """Discord keeps slash commands from one start to the next; a bot that relies on it does not sync again."""
        if not self.env.backend.commands.get(None) and self.bot.tree.get_commands():
            await self.bot.tree.sync()

    # ------------------------------------------------------------------ people

    def person(self, name: str) -> MemberActor:
        """The member of that name, who joins when first heard of."""
        if name not in self._people:
            account = self._account(name)
            is_owner = account.id == self.guild.owner.id
            self._people[name] = (
                MemberActor(self.env, self.guild, account) if is_owner else self.guild.add_member(account)
            )
        return self._people[name]

    def name_of(self, discord_id: int) -> str:
        """The name of a person or a channel."""
        named = self.env.backend.users.get(discord_id) or self.env.backend.channels.get(discord_id)
        return (named and named.name) or str(discord_id)

    def _account(self, name: str) -> UserHandle:
        discord_id = self._roster.id_of(name, self.env.now())
        users = self.env.backend.users
        if discord_id not in users:
            users[discord_id] = User(self.env.backend.reserve_id(discord_id), name)
        return UserHandle(self.env, users[discord_id])

    def messages_seen_by(self, person: MemberActor) -> list[Message]:
        """What a person can read in the channel and in their direct messages, newest first."""
        stored = self.env.backend.messages
        private = self.env.backend.dm_channels.get(person.id)
        places = [self.channel.id, *([private] if private is not None else [])]
        seen = [one for place in places for one in stored.get(place, {}).values() if one.visible_to(person.id)]
        return sorted(seen, key=lambda message: message.id, reverse=True)

    def newest_event(self) -> ScheduledEvent | None:
        """The event that was announced last, if it is not over or off."""
        events = self.env.backend.get_guild(self.guild.id).scheduled_events.values()
        return max((one for one in events if one.status in TO_COME), key=lambda one: one.id, default=None)

    # ----------------------------------------------------------------- the bot

    @property
    def bugs(self) -> int:
        """Bugs the bot has met since the demo began, over all restarts."""
        return self._bugs_before + self.bot.bugs

    @property
    def is_training(self) -> bool:
        return self.bot.retraining.running

    async def restart(self) -> None:
        """End the bot as a service manager would and start another over the same files."""
        self._bugs_before += self.bot.bugs
        await self.bot.close()
        self.bot = self._make_bot(self._wait)
        await self.env.restart_bot(self.bot)
        await self._register_commands()

    async def finish_training(self) -> None:
        """Return when the running training has ended and told so."""
        while self.is_training:
            await self.pass_time(TICK_S)
        await self.env.settle()

    async def cancel_training(self) -> None:
        """Stop the running training and let the bot tell so; one that does not stop is ended with the bot."""
        if self.is_training:
            await self.bot.retraining.cancel()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CANCEL_TIMEOUT_S):
                    await self.finish_training()

    # -------------------------------------------------------------------- time

    async def advance(self, seconds: float) -> None:
        """Move the bot's clock; whatever is due on the way happens."""
        strides = max(1, math.ceil(seconds / STRIDE_S))
        for _ in range(strides):
            await self.env.advance_time(seconds / strides)

    async def catch_up(self) -> None:
        """Move the bot's clock by the real time that has passed since the last call."""
        now_s = perf_counter()
        await self.env.advance_time(now_s - self._caught_up_s)
        self._caught_up_s = now_s

    async def pass_time(self, seconds: float) -> None:
        """Let real time pass, in the bot's clock as well."""
        await asyncio.sleep(seconds)
        await self.catch_up()

    async def until(self, awaitable: Awaitable[T]) -> T:
        """Await something outside of the world while its clock goes on."""
        future: asyncio.Future[T] = asyncio.ensure_future(awaitable)
        try:
            while not future.done():
                await asyncio.wait({future}, timeout=TICK_S)
                await self.catch_up()
        finally:
            future.cancel()
        return future.result()
