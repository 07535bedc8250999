"""What happens to a chosen film: its time, its event, who comes, and the question how it was."""

import logging

import discord
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.host import Host
from bot.chat.language import gettext, speaking
from bot.chat.loops import every
from bot.chat.reply import Reply
from bot.chat.sending import post
from bot.movienight import events, plan_replies, poll_replies, polls
from bot.movienight.dates import Dates
from bot.movienight.errors import AlreadyChosenError
from bot.movienight.planning import PlanningService
from bot.movienight.service import MovieNightService
from bot.movienight.showing import guild_of, redraw
from bot.servers.presence import Presence
from data.store import Evening

log = logging.getLogger(__name__)

LOOK_EVERY_MIN = 5


class EveningCog(commands.Cog, name="Evenings"):
    def __init__(self, bot: Host, nights: MovieNightService, planning: PlanningService, presence: Presence) -> None:
        self._bot = bot
        self._nights = nights
        self._planning = planning
        self._dates = Dates(planning)
        self._presence = presence

    async def cog_load(self) -> None:
        self.look.start()

    async def cog_unload(self) -> None:
        self.look.cancel()

    # ---------------------------------------------------------------- presses

    @action("night_when", command="movienight")
    async def ask_when(self, ask: Ask, press: Press) -> None:
        evening_id = press.number(0)
        await self._planning.check_may(evening_id, ask.user_id, may_all=ask.may_manage_events)
        plan = await self._planning.see(evening_id)
        channel = events.voice_channel(guild_of(ask, plan.evening), "", plan.evening.voice_id)
        place = "" if channel is None else channel.name
        await ask.open(plan_replies.when(plan, await self._planning.offset_of(ask.user_id), place))

    @action("night_set_time", command="movienight", kind="write")
    async def set_time(self, ask: Ask, press: Press) -> None:
        text, zone, place = (press.fields.get(name, "") for name in ("when", "zone", "where"))
        await self._dates.set(ask, press.number(0), text, zone, place)

    @action("night_cancel", command="movienight", kind="write")
    async def cancel(self, ask: Ask, press: Press) -> None:
        await self._dates.cancel(ask, press.number(0))

    @action("night_came", command="movienight", kind="write")
    async def was_there(self, ask: Ask, press: Press) -> None:
        evening = await self._planning.get(press.number(0))
        guild_of(ask, evening)
        plan = await self._planning.was_there(evening.evening_id, ask.user_id, ask.at)
        await ask.reply(plan_replies.was_there(plan))

    @action("night_poll_end", command="movienight")
    async def end_poll(self, ask: Ask, press: Press) -> None:
        evening = await self._nights.own(press.number(0), ask.user_id)
        if evening.state != "open":
            raise AlreadyChosenError(evening.movie_id)
        if evening.poll_id is not None:
            channel = self._bot.get_partial_messageable(evening.channel_id)
            found = await polls.outcome(channel, evening.poll_id, end=True)
            if found is not None:
                await ask.reply(await self._decided(evening, found, ask.at))
        await redraw(ask, self._presence, await self._nights.see(evening.evening_id))

    # ----------------------------------------------------------- as time goes on

    @every(minutes=LOOK_EVERY_MIN, place="looking after movie nights")
    async def look(self) -> None:
        """Polls that ended, who is there now, and who was there yesterday."""
        now = int(discord.utils.utcnow().timestamp())
        due = await self._planning.due(now)
        for evening in due.polls:
            await self._read_poll(evening, now)
        for evening in due.gathering:
            await self._note_guests(evening, now)
        for evening in due.to_ask:
            await self._ask_for_stars(evening, now)

    @look.before_loop
    async def _when_ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _read_poll(self, evening: Evening, now: int) -> None:
        channel = self._bot.get_partial_messageable(evening.channel_id)
        found = await polls.outcome(channel, evening.poll_id or 0)
        if found is not None:
            await post(self._bot, channel, await self._decided(evening, found, now))

    async def _decided(self, evening: Evening, found: polls.Outcome, now: int) -> Reply:
        with speaking(self._bot.language_in(self._bot.get_guild(evening.guild_id))):
            if found.winner is None or found.winner >= len(evening.shown):
                await self._nights.polled(evening.evening_id, None)
                return poll_replies.nobody_voted()
            await self._nights.choose(evening.evening_id, evening.shown[found.winner])
            tie = gettext("A tie: of the films you like best, the one that suits all of you")
            how = tie if found.is_tie else gettext("The poll chose")
            return await self._dates.chosen(self._bot, evening.evening_id, now, how)

    async def _note_guests(self, evening: Evening, now: int) -> None:
        guild = self._bot.get_guild(evening.guild_id)
        if guild is None:
            return
        if there := events.in_voice(guild, evening.voice_id):
            await self._planning.note_came(evening, there, now)
        if evening.event_id is not None and (found := await events.interested(guild, evening.event_id)) is not None:
            await self._planning.note_interested(evening, found, now)

    async def _ask_for_stars(self, evening: Evening, now: int) -> None:
        guild = self._bot.get_guild(evening.guild_id)
        plan = await self._planning.ask_for_stars(evening, now)
        if guild is not None and plan is not None:
            names = await self._presence.names(guild, plan.came, now)
            channel = self._bot.get_partial_messageable(evening.channel_id)
            with speaking(self._bot.language_in(guild)):
                await post(self._bot, channel, plan_replies.how_was_it(plan, names))

    @commands.Cog.listener()
    async def on_scheduled_event_update(self, before: discord.ScheduledEvent, after: discord.ScheduledEvent) -> None:
        """Somebody moved or cancelled it in Discord."""
        await self._follow(after.id, int(after.start_time.timestamp()), after.status is discord.EventStatus.cancelled)

    @commands.Cog.listener()
    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        is_to_come = event.status is discord.EventStatus.scheduled
        await self._follow(event.id, int(event.start_time.timestamp()), is_off=is_to_come)

    async def _follow(self, event_id: int, starts_at: int, is_off: bool) -> None:
        with self._bot.noting_bugs("following an event"):
            evening = await self._planning.by_event(event_id)
            if evening is None:
                return
            if is_off:
                await self._planning.called_off(evening)
            else:
                await self._planning.moved(evening, starts_at)
