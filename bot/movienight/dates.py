"""Giving an evening its time and calling it off, in the database and in Discord alike."""

from bot.chat.ask import Ask
from bot.chat.reply import Reply
from bot.movienight import events, plan_replies
from bot.movienight.planning import PlanningService
from bot.movienight.showing import guild_of


class Dates:
    def __init__(self, planning: PlanningService) -> None:
        self._planning = planning

    async def set(self, ask: Ask, evening_id: int, text: str, zone: str = "", place: str = "") -> None:
        """Plan or move it, as it was written, and answer with how it stands."""
        await ask.replace(await self.put(ask, evening_id, text, zone, place))

    async def put(self, ask: Ask, evening_id: int, text: str, zone: str = "", place: str = "") -> Reply:
        """The same without the answer, which is returned."""
        before = await self._planning.see(evening_id)
        guild = guild_of(ask, before.evening)
        plan = await self._planning.set_time(evening_id, ask.user_id, text, zone, ask.at, may_all=ask.may_manage_events)
        channel = guild.get_channel(ask.channel_id)
        otherwise = f"#{channel.name}" if channel is not None else guild.name
        with ask.speaking_to_all():
            made = await events.put(guild, plan, place, otherwise, ask.bot.pause)
        event_id = made.event_id or before.evening.event_id
        if (event_id, made.voice_id) != (before.evening.event_id, before.evening.voice_id):
            await self._planning.note_event(evening_id, event_id, made.voice_id)
        plan = await self._planning.see(evening_id)
        with ask.speaking_to_all():
            return plan_replies.planned(plan, is_forbidden=made.is_forbidden)

    async def cancel(self, ask: Ask, evening_id: int) -> None:
        guild = guild_of(ask, await self._planning.get(evening_id))
        plan = await self._planning.cancel(evening_id, ask.user_id, may_all=ask.may_manage_events)
        if plan.evening.event_id is not None:
            await events.cancel(guild, plan.evening.event_id, ask.bot.pause)
        with ask.speaking_to_all():
            await ask.replace(plan_replies.cancelled(plan))
