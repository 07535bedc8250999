"""`match`, `bridge`, `whorated` and `whowants`, and the menu of a member that compares tastes."""

from typing import Annotated, Any, ClassVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.host import Host
from bot.chat.pages import PAGE
from bot.chat.people import MemberNamed, Somebody
from bot.chat.reply import Reply
from bot.comparing import replies
from bot.comparing.audience import AudienceService
from bot.comparing.sayings import saying
from bot.comparing.service import ComparingService, NotComparableError
from bot.movies.asking import MovieNamed, films_meant
from bot.movies.pronouns import is_it
from bot.servers.presence import Presence
from data import Movie

LOOKS = 5
"""How often a page is read again since somebody on it has left."""


class ComparingCog(commands.Cog, name="Comparing", description="With others here"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, bot: Host, comparing: ComparingService, audience: AudienceService, presence: Presence) -> None:
        self._bot = bot
        self._comparing = comparing
        self._audience = audience
        self._presence = presence
        self._menu = app_commands.ContextMenu(
            name=replies.COMPARE, callback=self._compare, extras={"cooldown": "list", "private": True}
        )
        self._menu.guild_only = True

    async def cog_load(self) -> None:
        self._bot.tree.add_command(self._menu)

    def hears(self, ask: Ask, text: str) -> str | None:
        """`who has seen Heat`, `how alike are @bob and I`, said to the bot."""
        if (said := saying(text)) is None:
            return None
        if said.member:
            return f"{said.command} {said.member}"
        if len(films := films_meant(ask, self._audience.search, said.title)) == 1:
            return f"{said.command} id:{films[0]}"
        is_named = not is_it(said.title) and self._audience.search.is_name(said.title)
        return f"{said.command} {said.title}" if is_named else None

    async def cog_unload(self) -> None:
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @commands.guild_only()
    @hybrid(aliases=("taste",), kind="list", examples=("match @member",))
    @app_commands.describe(member="Whose taste to compare with yours")
    async def match(self, ask: Ask, member: Annotated[Somebody, MemberNamed]) -> None:
        """How alike your taste and another member's are, if both of you want that."""
        await ask.reply(await self._matched(ask, member.id))

    @commands.guild_only()
    @hybrid(kind="list", examples=("bridge @member",))
    @app_commands.describe(member="Who may love what you love")
    async def bridge(self, ask: Ask, member: Annotated[Somebody, MemberNamed]) -> None:
        """Five films you love and another member would."""
        await ask.reply(await self._bridge(ask, member.id))

    @commands.guild_only()
    @hybrid(aliases=("wr",), examples=("whorated Heat",))
    @app_commands.describe(movie="The film's title")
    async def whorated(self, ask: Ask, *, movie: Annotated[Movie, MovieNamed("whorated_film")]) -> None:
        """The stars that members of this server gave a film."""
        await ask.reply(await self._who_rated(ask, movie.movie_id))

    @commands.guild_only()
    @hybrid(aliases=("ww",), kind="list", examples=("whowants Heat",))
    @app_commands.describe(movie="The film's title")
    async def whowants(self, ask: Ask, *, movie: Annotated[Movie, MovieNamed("whowants_film")]) -> None:
        """Who in this server would like a film and has not seen it."""
        await ask.reply(await self._who_wants(ask, movie.movie_id))

    async def _compare(self, interaction: discord.Interaction[Any], member: discord.User) -> None:
        ask = Ask(interaction)
        await ask.reply(await self._matched(ask, member.id, ephemeral=True))

    @action("compare_on", command="match", kind="list")
    async def take_part(self, ask: Ask, press: Press) -> None:
        guild, other_id = _guild(ask), press.number(0)
        await self._comparing.take_part(guild.id, ask.user_id, ask.at)
        await ask.replace(replies.takes_part(ask.prefix))
        await ask.reply(await self._matched(ask, other_id, ephemeral=True))

    @action("bridge_to", command="bridge", kind="list")
    async def bridge_to(self, ask: Ask, press: Press) -> None:
        await ask.reply(await self._bridge(ask, press.number(0)))

    @action("whorated_film", command="whorated")
    async def whorated_film(self, ask: Ask, press: Press) -> None:
        await ask.replace(await self._who_rated(ask, press.chosen))

    @action("whorated_page", command="whorated")
    async def whorated_page(self, ask: Ask, press: Press) -> None:
        movie_id, number = press.numbers(2)
        await ask.replace(await self._who_rated(ask, movie_id, number))

    @action("whowants_film", command="whowants", kind="list")
    async def whowants_film(self, ask: Ask, press: Press) -> None:
        await ask.replace(await self._who_wants(ask, press.chosen))

    async def _matched(self, ask: Ask, other_id: int, *, ephemeral: bool = False) -> Reply:
        other_name = await self._name(ask, other_id)
        found = await self._comparing.match(_guild(ask).id, ask.user_id, other_id)
        return replies.match(found, ask.user.display_name, other_name, ephemeral=ephemeral)

    async def _bridge(self, ask: Ask, other_id: int) -> Reply:
        other_name = await self._name(ask, other_id)
        found = await self._comparing.bridge(_guild(ask).id, ask.user_id, other_id)
        return replies.bridge(found, ask.user.display_name, other_name, ask.prefix)

    async def _name(self, ask: Ask, other_id: int) -> str:
        """What somebody with whom the asker may be compared is called; raises what the service's `check` raises."""
        guild = _guild(ask)
        await self._comparing.check(guild.id, ask.user_id, other_id)
        await ask.take_time()
        names = await self._presence.names(guild, [other_id], ask.at)
        if other_id not in names:
            raise NotComparableError
        return names[other_id]

    async def _who_rated(self, ask: Ask, movie_id: int, number: int = 0) -> Reply:
        """A page without those who have left; they are noted, so that the page is read again without them."""
        guild = _guild(ask)
        await ask.take_time()
        for _ in range(LOOKS):
            shown = await self._audience.who_rated(guild.id, movie_id, number)
            names = await self._presence.names(guild, [one.discord_id for one in shown.rows], ask.at)
            if len(names) == len(shown.rows):
                break
        return replies.who_rated(shown, names, ask.user_id, ask.prefix)

    async def _who_wants(self, ask: Ask, movie_id: int) -> Reply:
        guild = _guild(ask)
        await ask.take_time()
        shown = await self._audience.who_wants(guild.id, movie_id, ask.user_id)
        names = await self._presence.first(guild, [one.discord_id for one in shown.rows], PAGE, ask.at)
        return replies.who_wants(shown, names, ask.prefix)


def _guild(ask: Ask) -> discord.Guild:
    if ask.guild is None:
        raise commands.NoPrivateMessage
    return ask.guild
