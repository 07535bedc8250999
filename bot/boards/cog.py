"""`top`: the boards of a server."""

import re
from typing import Any, ClassVar, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.boards import replies
from bot.boards.query import KINDS, BoardQuery, Kind
from bot.boards.service import BoardService
from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import by_prefix, by_slash
from bot.chat.language import gettext_noop
from bot.lists.filter_replies import genre_choices
from bot.servers.presence import Presence

OFFERED = 25
"""Discord shows no more."""

TRIES = 5
"""How often a page of members is made again where somebody on it turns out to have left."""

_HERE = r"(?: (?:here|(?:of|in|on) (?:this|the|our) server|hier|auf diesem server))"
_PEOPLE = r"(?:people|we|you (?:all|guys)|every(?:one|body)|this server|die leute|alle|wir)"
_LOVED = re.compile(
    rf"what (?:do|does) {_PEOPLE}{_HERE}? (?:like|love)(?: (?:best|most))?{_HERE}?"
    rf"|was (?:mögen|lieben) {_PEOPLE}(?: am meisten)?{_HERE}?"
    r"|(?:(?:what are|show me) )?(?:(?:the|our|die) )?(?:best|top|most (?:loved|liked)|favou?rite|besten|beliebtesten)"
    rf" (?:films|movies|filme){_HERE}",
    re.IGNORECASE,
)
_RATERS = re.compile(
    rf"who(?: has| have|['’]s)? (?:rates?|rated|seen|watched) (?:the )?most(?: films| movies)?{_HERE}?"
    rf"|wer hat (?:hier )?(?:am meisten|die meisten filme) (?:bewertet|gesehen){_HERE}?",
    re.IGNORECASE,
)


class BoardsCog(commands.Cog, name="Boards", description="Find something to watch"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, boards: BoardService, presence: Presence) -> None:
        self._boards = boards
        self._presence = presence

    def hears(self, ask: Ask, text: str) -> str | None:
        """`what do people here like`, `who rates most`, said to the bot."""
        text = text.strip(" .!?…")
        if _LOVED.fullmatch(text):
            return "top"
        return "top raters" if _RATERS.fullmatch(text) else None

    @commands.guild_only()
    @by_prefix(
        name="top",
        aliases=("lb",),
        kind="list",
        examples=(
            "top",
            gettext_noop("top gems comedy 90s"),
            "top divisive",
            "top raters",
            gettext_noop("top everywhere sci-fi"),
        ),
    )
    async def top_text(self, ask: Ask, *, wishes: str = "") -> None:
        """What this server loves: films, gems, divisive or raters."""
        await self._show(ask, self._boards.read(wishes), 0)

    @app_commands.guild_only()
    @by_slash(name="top", kind="list")
    @app_commands.describe(
        board="Films, hidden gems, what divides, or who rates most",
        where="This server, or everywhere",
        genre="One genre or several; “and” between them asks for all of them",
        years="Such as 1994, 90s, 1990-1999 or since 2010",
    )
    async def top_slash(
        self,
        ask: Ask,
        board: Kind = "films",
        where: Literal["server", "everywhere"] = "server",
        genre: str = "",
        years: str = "",
    ) -> None:
        """What this server loves."""
        filters = self._boards.words.read_strictly(f"{genre}. {years}")
        await self._show(ask, self._boards.checked(board, where == "everywhere", filters), 0)

    @top_slash.autocomplete("genre")
    async def complete_genre(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return genre_choices(self._boards.words.complete(current, OFFERED))

    @action("board_page", command="top", kind="list")
    async def turn(self, ask: Ask, press: Press) -> None:
        query = self._boards.unwritten(press.word(0, KINDS), press.text(1))
        await self._show(ask, query, press.number(2))

    async def _show(self, ask: Ask, query: BoardQuery, page: int) -> None:
        if ask.guild is None:
            raise commands.NoPrivateMessage
        if query.kind == "raters":
            await self._show_raters(ask, ask.guild, query, page)
            return
        board = await self._boards.films(ask.guild.id, query, page)
        with ask.speaking_to_all():
            await ask.replace(replies.films(ask.user_id, board, ask.prefix))

    async def _show_raters(self, ask: Ask, guild: discord.Guild, query: BoardQuery, page: int) -> None:
        """Who turns out to have left is noted, so the next try has the next one in their place."""
        for _ in range(TRIES):
            board = await self._boards.raters(guild.id, query, page)
            names = await self._presence.names(guild, [one.discord_id for one in board.raters], ask.at)
            if len(names) == len(board.raters):
                break
        with ask.speaking_to_all():
            await ask.replace(replies.raters(ask.user_id, board, names, ask.prefix))
