"""`movienight`: who watches, the list for all of them, and choosing a film of it by hand or in a poll."""

from dataclasses import replace
from typing import Any, ClassVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid_group, subcommand
from bot.chat.language import gettext_noop
from bot.chat.people import called
from bot.lists.filter_replies import genre_choices
from bot.movienight import events, plan_replies, poll_replies, replies
from bot.movienight.dates import Dates
from bot.movienight.errors import MOST_MEMBERS, AlreadyChosenError, OthersEveningError
from bot.movienight.evening import Night
from bot.movienight.planning import PlanningService
from bot.movienight.service import POLLED, MovieNightService
from bot.movienight.showing import draw, guild_of, names_of, redraw
from bot.movienight.times import NoHourError
from bot.movienight.wishes import (
    Wishes,
    beside_mentions,
    mentioned_in,
    merged,
    read,
    said,
    timed,
    unknown,
    with_mention,
)
from bot.servers.presence import Presence
from data.store import Evening

OFFERED = 25
"""Discord shows no more."""


class MovieNightCog(commands.Cog, name="Movie night", description="Watch together"):
    hears_anything: ClassVar[bool] = True

    def __init__(self, nights: MovieNightService, planning: PlanningService, presence: Presence) -> None:
        self._nights = nights
        self._planning = planning
        self._dates = Dates(planning)
        self._presence = presence

    def hears(self, ask: Ask, text: str) -> str | None:
        """`movie night with @bob`, said to the bot, or a wish that names others."""
        wishes = said(self._nights.words, text)
        return None if wishes is None else f"movienight {wishes}"

    async def cog_check(self, ctx: commands.Context[Any]) -> bool:
        if ctx.guild is None:
            raise commands.NoPrivateMessage
        return True

    @hybrid_group(
        fallback="plan",
        aliases=("mn",),
        kind="list",
        examples=(
            "movienight @bob @carol",
            gettext_noop("movienight comedy 90s"),
            gettext_noop("movienight @bob fri 8pm"),
            "movienight history",
            gettext_noop("movienight move fri 8pm"),
        ),
    )
    @app_commands.guild_only()
    @app_commands.describe(
        wishes="Mentions, genres, years, a time, rewatch; all in one, as behind the command",
        genre="One genre or several; “and” between them asks for all of them",
        without="Genres to leave out",
        years="Such as 1994, 90s, 1990-1999 or since 2010",
        rewatch="Also films that some of you have seen",
        share="In percent: how many of those who swipe have to like a film",
    )
    async def movienight(
        self,
        ask: Ask,
        *,
        wishes: str = "",
        genre: str = "",
        without: str = "",
        years: str = "",
        rewatch: bool = False,
        share: app_commands.Range[int, 1, 100] = 100,
    ) -> None:
        """A film for several of you: from a voice channel, or mention who watches."""
        wishes = await self._mentioning(ask, wishes)
        when, rest = timed(self._nights.words, wishes)
        asked, utc_offset = self._read(rest, genre, without, years, rewatch, share), None
        if when:
            try:
                moment = await self._planning.read(ask.user_id, when, ask.at)
                asked, utc_offset = replace(asked, at=moment.at), moment.utc_offset
            except NoHourError as error:
                asked = replace(asked, day=error.given)
        await self._begin(ask, wishes, asked, utc_offset)

    @movienight.autocomplete("genre")
    @movienight.autocomplete("without")
    async def complete_genre(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return genre_choices(self._nights.words.complete(current, OFFERED))

    @subcommand(movienight, examples=("movienight history",))
    async def history(self, ask: Ask) -> None:
        """What was watched here, who came, and who has most to say next time."""
        guild = guild_of(ask)
        shown = await self._planning.history(guild.id)
        ids = [one for plan in shown.plans for one in plan.came]
        names = await self._presence.names(guild, [*ids, *shown.owed], ask.at)
        with ask.speaking_to_all():
            await ask.reply(plan_replies.history(shown, names, ask.prefix))

    @subcommand(movienight, kind="write", examples=(gettext_noop("movienight move fri 8pm"),))
    @app_commands.describe(when="Such as 20:30, tomorrow 20:00 or fri 8pm; UTC+2 behind it if I do not know your zone")
    async def move(self, ask: Ask, *, when: str) -> None:
        """Another time for the movie night you planned last."""
        await self._dates.set(ask, (await self._to_come(ask)).evening_id, when)

    @subcommand(movienight, kind="write", examples=("movienight cancel",))
    async def cancel(self, ask: Ask) -> None:
        """Call off the movie night you planned last."""
        await self._dates.cancel(ask, (await self._to_come(ask)).evening_id)

    async def _to_come(self, ask: Ask) -> Evening:
        """The evening that the member planned last; raises OthersEveningError and NoEveningError."""
        guild = guild_of(ask)
        if (evening := await self._planning.of_host(guild.id, ask.user_id)) is not None:
            return evening
        plan, host = await self._planning.of_guest(guild.id, ask.user_id)
        names = await self._presence.names(guild, [host] if host else [], ask.at)
        raise OthersEveningError(plan.movie.label, names.get(host, ""))

    def _read(self, text: str, genre: str, without: str, years: str, rewatch: bool, share: int) -> Wishes:
        named = self._nights.words.read_parts(genre, without, years)
        return merged(read(self._nights.words, text), named, rewatch=rewatch, percent=share)

    async def _mentioning(self, ask: Ask, text: str) -> str:
        """`bob comedy`, with a mention in place of each word that is no wish, or stands among people, and is a name."""
        guild, tried = guild_of(ask), set[str]()
        while len(tried) < MOST_MEMBERS:
            word = unknown(self._nights.words, text)
            names = [one for one in (word, *word.split(), *beside_mentions(text)) if one and one not in tried]
            if not names:
                break
            tried.add(names[0])
            if (member := await called(guild, names[0])) is not None:
                text = with_mention(text, names[0], member.mention)
        return text

    async def _begin(self, ask: Ask, text: str, asked: Wishes, utc_offset: int | None) -> None:
        """Of who is mentioned, else of who is in the caller's voice channel, else of who is chosen."""
        guild = guild_of(ask)
        voice = ask.user.voice.channel if isinstance(ask.user, discord.Member) and ask.user.voice is not None else None
        voice_id = voice.id if isinstance(voice, discord.VoiceChannel) else None
        there = [one for one in events.in_voice(guild, voice_id) if one != ask.user_id]
        named = mentioned_in(text)
        evening_id = await self._nights.begin(
            guild.id, ask.channel_id, ask.user_id, asked, ask.at, voice_id=voice_id, utc_offset=utc_offset
        )
        if named or there:
            await self._show(ask, await self._nights.invite(evening_id, ask.user_id, named or there))
        else:
            await ask.reply(replies.who_watches(evening_id, ask.user_id))

    @action("night_members", command="movienight", kind="list")
    async def choose_members(self, ask: Ask, press: Press) -> None:
        await self._show(ask, await self._nights.invite(press.number(0), ask.user_id, press.all_chosen))

    @action("night_reroll", command="movienight", kind="list")
    async def reroll(self, ask: Ask, press: Press) -> None:
        evening_id, first = press.numbers(2)
        await self._show(ask, await self._nights.reroll(evening_id, ask.user_id, first))

    @action("night_why", command="movienight", kind="list")
    async def why(self, ask: Ask, press: Press) -> None:
        shown = await self._nights.see(press.number(0))
        await ask.reply(replies.why(shown, await names_of(ask, self._presence, shown)))

    @action("night_pick", command="movienight")
    async def pick(self, ask: Ask, press: Press) -> None:
        evening = await self._nights.own(press.number(0), ask.user_id)
        await self._nights.choose(evening.evening_id, press.chosen)
        await ask.reply(await self._dates.chosen(ask.bot, evening.evening_id, ask.at))
        await redraw(ask, self._presence, await self._nights.see(evening.evening_id))

    @action("night_poll", command="movienight")
    async def poll(self, ask: Ask, press: Press) -> None:
        evening = await self._nights.own(press.number(0), ask.user_id)
        if evening.state != "open":
            raise AlreadyChosenError(evening.movie_id)
        if not ask.may_poll:
            await ask.reply(poll_replies.no_polls())
        elif evening.poll_id is not None:
            await ask.reply(poll_replies.poll_is_on())
        else:
            with ask.speaking_to_all():
                sent = await ask.reply(poll_replies.poll(self._nights.movies(evening.shown[:POLLED])))
            if sent is None:
                return
            await self._nights.polled(evening.evening_id, sent.id)
            await redraw(ask, self._presence, await self._nights.see(evening.evening_id))

    async def _show(self, ask: Ask, shown: Night) -> None:
        await ask.replace(await draw(ask, self._presence, shown))
