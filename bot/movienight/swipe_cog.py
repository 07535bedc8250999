"""Swiping: the button under a list, `Join`, and each member's yes and no."""

from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.host import Host
from bot.chat.language import gettext
from bot.chat.sending import post
from bot.movienight import swipe_replies
from bot.movienight.dates import Dates
from bot.movienight.planning import PlanningService
from bot.movienight.showing import names_of, redraw
from bot.movienight.swiping import SwipeService, Turn
from bot.servers.presence import Presence

ANSWERS = {"yes": True, "no": False}


class SwipeCog(commands.Cog, name="Swiping"):
    def __init__(self, bot: Host, swiping: SwipeService, planning: PlanningService, presence: Presence) -> None:
        self._bot = bot
        self._swiping = swiping
        self._dates = Dates(planning)
        self._presence = presence

    @action("night_deck", command="movienight", kind="list")
    async def start(self, ask: Ask, press: Press) -> None:
        shown = await self._swiping.start(press.number(0), ask.user_id)
        names = await names_of(ask, self._presence, shown)
        with ask.speaking_to_all():
            await ask.reply(swipe_replies.swipe(shown, names))
        await redraw(ask, self._presence, shown)

    @action("night_join", command="movienight")
    async def join(self, ask: Ask, press: Press) -> None:
        await ask.reply(swipe_replies.turn(await self._swiping.join(press.number(0), ask.user_id), ask.user_id))

    @action("night_swipe", command="movienight")
    async def swipe(self, ask: Ask, press: Press) -> None:
        evening_id, movie_id, likes = press.number(0), press.number(1), press.word(2, ANSWERS)
        shown = await self._swiping.answer(evening_id, ask.user_id, movie_id, ask.at, likes=likes)
        await ask.replace(swipe_replies.turn(shown, ask.user_id))
        if shown.has_ended:
            await self._tell(ask, shown)

    async def _tell(self, ask: Ask, shown: Turn) -> None:
        """In a message of its own: an answer to the press would say whose it was."""
        with ask.speaking_to_all():
            reply = swipe_replies.nothing_liked()
            if shown.chosen is not None:
                reply = await self._dates.chosen(self._bot, shown.evening_id, ask.at, gettext("You have found one"))
            await post(self._bot, self._bot.get_partial_messageable(ask.channel_id), reply)
