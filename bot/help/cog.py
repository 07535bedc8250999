"""`help`, `about` and `ping`."""

from typing import Any

from discord import app_commands
from discord.ext import commands
from rapidfuzz import fuzz, process

from bot.chat.ask import Ask
from bot.chat.declaring import examples_of, hybrid
from bot.chat.host import Host
from bot.help import replies
from bot.help.service import AboutService, UnknownTopicError

NEAR_SCORE = 60.0


class HelpCog(commands.Cog, name="Help", description="About me"):
    def __init__(self, bot: Host, about: AboutService) -> None:
        self._bot = bot
        self._about = about

    @hybrid(examples=("help rate",), everywhere=True)
    @app_commands.describe(topic="A command, such as rate")
    async def help(self, ask: Ask, topic: str = "") -> None:
        """What I can do, or how one command is written."""
        prefix, written = ask.prefix, ask.bot.prefix_in(ask.guild)
        if not topic:
            await ask.reply(replies.overview(declared_commands(self._bot), prefix))
            return
        command = self._bot.get_command(topic.removeprefix(written).removeprefix("/").lower())
        if command is None or command.hidden:
            names = [one.name for one in self._bot.commands if not one.hidden]
            near = process.extractOne(topic.lower(), names, scorer=fuzz.ratio, score_cutoff=NEAR_SCORE)
            raise UnknownTopicError(topic, near[0] if near else None)
        await ask.reply(replies.command_help(_help_of(command), prefix, written))

    @hybrid(examples=("about",))
    async def about(self, ask: Ask) -> None:
        """Version, model, licence, MovieLens credit and privacy."""
        await ask.reply(replies.about(self._about.about()))

    @hybrid(examples=("ping",))
    async def ping(self, ask: Ask) -> None:
        """Whether I am there, and how far away Discord is."""
        await ask.reply(replies.ping(self._bot.latency))


def declared_commands(bot: commands.Bot | commands.AutoShardedBot) -> list[replies.CommandHelp]:
    """All commands that members see, in the order in which their cogs were added."""
    return [_help_of(command) for cog in bot.cogs.values() for command in cog.get_commands() if not command.hidden]


def _help_of(command: commands.Command[Any, ..., Any]) -> replies.CommandHelp:
    topic = command.cog.description if command.cog is not None else ""
    return replies.CommandHelp(
        command.qualified_name, tuple(command.aliases), command.short_doc, examples_of(command), topic
    )
