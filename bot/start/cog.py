"""`start`: from nothing to the first list in one message of one's own."""

import re
from dataclasses import replace as changed
from typing import ClassVar, Literal

from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.lists.asking import with_posters
from bot.start import replies
from bot.start.service import Finished, StartService, Step
from bot.tmdb import TmdbService

_TO_RATE = re.compile(
    r"(?:what|which (?:films|movies)) (?:should|can|could|do|must) i rate(?: (?:next|now|first))?"
    r"|(?:(?:give|show) me|i (?:want|need)) (?:some |more |a few )*(?:films|movies|something) to rate"
    r"|(?:was|welche filme) (?:soll|kann) ich (?:als nächstes |jetzt |zuerst )?bewerten",
    re.IGNORECASE,
)


class StartCog(commands.Cog, name="Start", description="Begin here"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, start: StartService, tmdb: TmdbService) -> None:
        self._start = start
        self._tmdb = tmdb

    def hears(self, ask: Ask, text: str) -> str | None:
        """`what should I rate?`, said to the bot."""
        return "start" if _TO_RATE.fullmatch(text.strip(" .!?…")) else None

    @hybrid(aliases=("quickrate",), kind="list", private=True, examples=("start",))
    async def start(self, ask: Ask) -> None:
        """Pick what you like, rate up to ten films with a click each, and get your first list."""
        if ask.is_overheard:
            await ask.reply(replies.invitation(ask.user_id))
        else:
            await self._begin(ask)

    @action("start_open", command="start", kind="list")
    async def open(self, ask: Ask, press: Press) -> None:
        await self._begin(ask)

    async def _begin(self, ask: Ask) -> None:
        await ask.reply(replies.step(await self._start.start(ask.user_id, ask.at), ask.prefix))

    @action("start_tastes", command="start", kind="quick")
    async def choose_tastes(self, ask: Ask, press: Press) -> None:
        await self._go_on(ask, await self._start.begin(ask.user_id, press.all_chosen, ask.at))

    @action("start_rate", command="start", kind="quick")
    async def rate(self, ask: Ask, press: Press) -> None:
        await self._answer(ask, press, press.stars(2))

    @action("start_unseen", command="start", kind="quick")
    async def pass_over(self, ask: Ask, press: Press) -> None:
        await self._answer(ask, press, None)

    @action("start_seen", command="start", kind="quick")
    async def note_seen(self, ask: Ask, press: Press) -> None:
        await self._answer(ask, press, "seen")

    async def _answer(self, ask: Ask, press: Press, given: float | Literal["seen"] | None) -> None:
        list_id, movie_id = press.number(0), press.number(1)
        await self._go_on(ask, await self._start.answer(ask.user_id, list_id, movie_id, given, ask.at))

    @action("start_undo", command="start", kind="quick")
    async def undo(self, ask: Ask, press: Press) -> None:
        list_id, movie_id, change_id = press.numbers(3)
        await self._go_on(ask, await self._start.undo(ask.user_id, list_id, movie_id, change_id))

    @action("start_finish", command="start", kind="quick")
    async def finish(self, ask: Ask, press: Press) -> None:
        await self._go_on(ask, await self._start.finish(ask.user_id, press.number(0), ask.at))

    async def _go_on(self, ask: Ask, step: Step) -> None:
        """Turn the one message to the next step; the list comes under it, as private as the message is."""
        await ask.replace(replies.step(step, ask.prefix))
        if isinstance(step, Finished) and step.movies is not None:
            shown = await with_posters(ask, step.movies, self._tmdb)
            await ask.reply(changed(shown, ephemeral=not ask.is_direct))
