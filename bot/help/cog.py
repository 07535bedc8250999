"""`help`, `about` and `ping`."""

from typing import Any

from discord import app_commands
from discord.ext import commands
from rapidfuzz import fuzz, process

from bot.chat.declaring import hybrid
from bot.chat.host import Host
from bot.chat.sending import answer
from bot.errors import UnknownTopicError
from bot.help import replies as ui

NEAR_SCORE = 60.0
TOPICS = {
    "Begin here": ("Starting", "Importing"),
    "Find something to watch": ("Recommending", "Films", "Explaining"),
    "Rate": ("Rating", "RatedFilms"),
    "Your lists": ("Watchlist", "Hiding"),
    "You and your data": ("Profiles", "Privacy"),
    "The model": ("Training",),
    "About me": ("Information",),
}
"""What each part of `help` is about and the cogs it shows, in the order a newcomer needs them."""


class Information(commands.Cog):
    """What this bot is and how to use it."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid()
    @app_commands.describe(topic="A command, such as rate")
    async def help(self, ctx: commands.Context[Host], topic: str = "") -> None:
        """What I can do, or how one command is written."""
        prefix = self.bot.prefix_in(ctx.guild)
        if not topic:
            await answer(ctx, ui.overview(self._topics(), prefix))
            return
        command = self.bot.get_command(topic.removeprefix(prefix).removeprefix("/").lower())
        if command is None or command.hidden:
            names = [one.name for one in self.bot.commands if not one.hidden]
            near = process.extractOne(topic.lower(), names, scorer=fuzz.ratio, score_cutoff=NEAR_SCORE)
            raise UnknownTopicError(topic, near[0] if near else None)
        await answer(ctx, ui.command_help(_help_of(command), prefix))

    def _topics(self) -> dict[str, list[ui.CommandHelp]]:
        return {
            title: [_help_of(command) for cog in cogs for command in self.bot.get_cog(cog).get_commands()]  # type: ignore[union-attr]
            for title, cogs in TOPICS.items()
        }

    @hybrid()
    async def about(self, ctx: commands.Context[Host]) -> None:
        """Version, model, licence, MovieLens credit and privacy."""
        house = self.bot.house
        catalogue = house.films.catalogue
        await answer(ctx, ui.about(house.shelf.serving, len(catalogue), catalogue.last_year, house.dataset.name))

    @hybrid()
    async def ping(self, ctx: commands.Context[Host]) -> None:
        """Whether I am there, and how far away Discord is."""
        await answer(ctx, ui.ping(self.bot.latency))


def _help_of(command: commands.Command[Any, ..., Any]) -> ui.CommandHelp:
    return ui.CommandHelp(command.qualified_name, tuple(command.aliases), command.short_doc)


async def setup(bot: Host) -> None:
    await bot.add_cog(Information(bot))
