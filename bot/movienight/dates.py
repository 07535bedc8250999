"""Giving an evening its time and calling it off, in the database and in Discord alike."""

import discord

from bot.chat.ask import Ask
from bot.chat.host import Host
from bot.chat.language import speaking
from bot.chat.reply import Reply
from bot.chat.sending import change
from bot.movienight import events, plan_replies
from bot.movienight.evening import Plan
from bot.movienight.planning import PlanningService
from bot.movienight.showing import cards_of, guild_of


class Dates:
    def __init__(self, planning: PlanningService) -> None:
        self._planning = planning

    async def set(self, ask: Ask, evening_id: int, text: str, zone: str = "", place: str = "") -> None:
        """Plan or move it, as it was written, and answer with how it stands."""
        before = await self._planning.see(evening_id)
        guild = guild_of(ask, before.evening)
        plan = await self._planning.set_time(evening_id, ask.user_id, text, zone, ask.at, may_all=ask.may_manage_events)
        await ask.replace(await self._announce(ask.bot, guild, plan, place))

    async def chosen(self, bot: Host, evening_id: int, now: int, how: str = "") -> Reply:
        """The card of a film that was chosen just now, planned where its time was said beforehand."""
        plan = await self._planning.keep_time(evening_id, now)
        guild = bot.get_guild(plan.evening.guild_id)
        if plan.evening.state == "planned" and guild is not None:
            return await self._announce(bot, guild, plan, how=how)
        with speaking(bot.language_in(guild)):
            return plan_replies.chosen(plan, how)

    async def _announce(self, bot: Host, guild: discord.Guild, plan: Plan, place: str = "", how: str = "") -> Reply:
        """Make the event of a planned evening, or move it, and tell of both."""
        before = plan.evening
        channel = guild.get_channel(before.channel_id)
        otherwise = f"#{channel.name}" if channel is not None else guild.name
        with speaking(bot.language_in(guild)):
            made = await events.put(guild, plan, place, otherwise, bot.pause)
            event_id = made.event_id or before.event_id
            if (event_id, made.voice_id) != (before.event_id, before.voice_id):
                await self._planning.note_event(before.evening_id, event_id, made.voice_id)
            plan = await self._planning.see(before.evening_id)
            return plan_replies.planned(plan, how, is_forbidden=made.is_forbidden)

    async def cancel(self, ask: Ask, evening_id: int) -> None:
        guild = guild_of(ask, await self._planning.get(evening_id))
        plan = await self._planning.cancel(evening_id, ask.user_id, may_all=ask.may_manage_events)
        if plan.evening.event_id is not None:
            await events.cancel(guild, plan.evening.event_id, ask.bot.pause)
        with ask.speaking_to_all():
            reply = plan_replies.cancelled(plan)
        await ask.replace(reply)
        for card in cards_of(ask.bot, evening_id):
            if ask.message is None or card.id != ask.message.id:
                await change(ask.bot, card, reply)
