"""`random`: one film by chance, and another one."""

import re
from typing import ClassVar

from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.language import gettext_noop
from bot.chat.reply import Reply
from bot.finding import replies
from bot.finding.asking import card_of
from bot.finding.service import ByChance, FindingService
from bot.lists.following import asks_for_more
from bot.movies import MovieService
from bot.tmdb import TmdbService

AGAIN = "random_again"

_NO = re.compile(r"^(?:(?:no|nope|nah|hm+|nein|nee)[ ,]+)+", re.IGNORECASE)
_ANOTHER = re.compile(
    r"again|not (?:that|this)(?: one)?|nicht (?:den|der|dieser?n?)|(?:den|der|dieser?n?) nicht|(?:noch mal|nochmal)"
    r"|(?:einen? )?andere[nr]?(?: film)?",
    re.IGNORECASE,
)
_OBJECT = r"(?:one|it|a film|a movie|something|anything)"
_CHOOSE = re.compile(
    r"(?:(?:hey|ok|just|please|idk|so|hm+|can you|could you|bitte)[ ,]+)*"
    rf"(?:surprise (?:me|us)|you (?:decide|choose|pick)(?: {_OBJECT})?(?: for (?:me|us|tonight))*"
    rf"|(?:choose|pick) {_OBJECT}(?: for (?:me|us|tonight))*|(?:choose|pick) for (?:me|us)"
    r"|(?:give me |show me )?(?:a )?random (?:one|film|movie)|überrasche? (?:mich|uns)"
    r"|(?:such|wähle?) (?:du )?(?:mir |uns )?(?:was|etwas|einen|einen film) aus|entscheide? du)"
    r"(?: (?:with|mit) (?:an? |einem |einer )?(?P<wishes>.+?))?(?:[ ,]+(?:please|bitte|tonight|heute))*",
    re.IGNORECASE,
)


class ChanceCog(commands.Cog, name="Chance", description="Find something to watch"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, finding: FindingService, movies: MovieService, tmdb: TmdbService) -> None:
        self._finding = finding
        self._movies = movies
        self._tmdb = tmdb

    @hybrid(kind="list", examples=("random", gettext_noop("random comedy 90s")))
    @app_commands.describe(wishes="Genres and years, as in comedy 90s")
    async def random(self, ask: Ask, *, wishes: str = "") -> None:
        """One film you have not seen and should like, by chance."""
        if (before := _before(ask, wishes)) is not None:
            found = await self._finding.another(ask.user_id, before)
        else:
            found = await self._finding.random(ask.user_id, wishes, ask.at)
        await ask.reply(await self._shown(ask, found))

    @action(AGAIN, command="random", kind="quick")
    async def another(self, ask: Ask, press: Press) -> None:
        await ask.replace(await self._shown(ask, await self._finding.another(ask.user_id, press.number(0))))

    def hears(self, ask: Ask, text: str) -> str | None:
        """`surprise me with a comedy`, said to the bot, and `another one` where one was shown just before."""
        text = text.strip(" .!?…")
        if _before(ask, text) is not None:
            return f"random {text}"
        if (said := _CHOOSE.fullmatch(text)) is None:
            return None
        wishes = said["wishes"] or ""
        return f"random {wishes}".strip() if self._finding.is_understood(wishes) else None

    async def _shown(self, ask: Ask, found: ByChance) -> Reply:
        ways_on = replies.ways_on(ask.user_id, found.list_id)
        return await card_of(ask, self._movies, self._tmdb, found.movie.movie_id, ways_on)


def _before(ask: Ask, text: str) -> int | None:
    """The list that remembers what came up by chance just before, where a text asks for another one."""
    text = _NO.sub("", text)
    press = ask.offered(AGAIN) if asks_for_more(text) or _ANOTHER.fullmatch(text.strip(" .!?…")) else None
    return None if press is None else press.number(0)
