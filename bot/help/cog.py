"""`help`, `about` and `ping`."""

import re
from typing import Any, ClassVar

from discord import app_commands
from discord.ext import commands
from rapidfuzz import fuzz, process

from bot.chat.ask import Ask
from bot.chat.declaring import examples_of, hybrid
from bot.chat.host import Host
from bot.help import replies
from bot.help.service import AboutService, UnknownTopicError
from bot.help.topics import topic_of

NEAR_SCORE = 60.0

_FOR_ALL = re.compile(
    r"(?:help|hilfe|hilf)(?: (?:me|mir))?"
    r"|what (?:(?:can|could|do) (?:you|u|i|we) do|are your commands|else can you do)"
    r"(?: (?:for (?:me|us)|here|with you))?"
    r"|how do (?:you work|i use (?:you|this(?: bot)?))|how does (?:this|it)(?: bot)? work"
    r"|was (?:kannst|machst|tust) du(?: (?:so|alles|denn|hier|für mich))*"
    r"|wie (?:funktionierst du|funktioniert (?:das|dieser bot)|geht das)|(?:commands|befehle)",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"(?:how (?:do|can|could|would|should) (?:i|we|you|people)|how to|wie \w+ (?:ich|man|wir)) .+",
    re.IGNORECASE | re.DOTALL,
)
_COURTEOUS = re.compile(
    r"^(?:(?:hey|hi|ok|okay|so|and|please|also|und|na|bitte)[\s,!.]+)+|(?:[\s,]+(?:please|bitte))?[\s.!?]*$"
)
_FILLERS = frozenset({"me", "mir", "please", "pls", "bitte", "with", "bei"})


class HelpCog(commands.Cog, name="Help", description="About me"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, bot: Host, about: AboutService) -> None:
        self._bot = bot
        self._about = about

    def hears(self, ask: Ask, text: str) -> str | None:
        """`what can you do?` and `how do I rate a film?`, said to the bot."""
        said = _COURTEOUS.sub("", text)
        if _FOR_ALL.fullmatch(said):
            return "help"
        topic = self._topic(said) if _HOW.fullmatch(said) else None
        if topic is None:
            return None
        return "import" if topic == "import" else f"help {said}"  # which tells of each site by itself

    @hybrid(aliases=("hilfe",), examples=("help rate",), everywhere=True)
    @app_commands.describe(topic="A command, such as rate")
    async def help(self, ask: Ask, *, topic: str = "") -> None:
        """What I can do, or how one command is written."""
        prefix, written = ask.prefix, ask.bot.prefix_in(ask.guild)
        asked = " ".join(word for word in topic.split() if word.lower().strip("!.?,") not in _FILLERS)
        if not asked:
            await ask.reply(replies.overview(declared_commands(self._bot), prefix))
            return
        command = self._meant(asked.removeprefix(written).removeprefix("/"))
        if command is None:
            near = process.extractOne(asked.lower(), list(self._names()), scorer=fuzz.ratio, score_cutoff=NEAR_SCORE)
            raise UnknownTopicError(topic, near[0] if near else None)
        await ask.reply(replies.command_help(_help_of(command), prefix, written))

    def _meant(self, topic: str) -> commands.Command[Any, ..., Any] | None:
        """The command of that name, `movie night` too; else what the words speak of, else what they begin with."""
        words = topic.lower().split()
        names = ("".join(words), self._topic(topic) or "", *words[:1])
        found = (self._bot.get_command(name) for name in names)
        return next((one for one in found if one is not None and not one.hidden), None)

    def _topic(self, text: str) -> str | None:
        return topic_of(text, self._names())

    def _names(self) -> dict[str, tuple[str, ...]]:
        """All names of each command that members see."""
        return {one.name: (one.name, *one.aliases) for one in declared_commands(self._bot)}

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
