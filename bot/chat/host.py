"""The bot as far as a cog knows it."""

import contextlib
import logging
import secrets
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import discord
from discord.ext import commands

from bot.chat.clickable import Clickable
from bot.chat.cooldowns import Cooldowns
from bot.chat.delivery import Mute
from bot.chat.language import ENGLISH, Language, known
from bot.chat.transient import Pause
from bot.chat.translating import spoken_in
from bot.chat.turns import Turns
from bot.settings import Settings
from data.store import GuildSettings, StoreUnavailableError

log = logging.getLogger(__name__)


UNCHOSEN = GuildSettings()

LATENCIES_KEPT = 10_000
"""The newest ones speak for the day."""


@dataclass(slots=True)
class Day:
    """What happened since the last summary: counts only, of nobody in particular."""

    commands: int = 0
    presses: int = 0
    latencies_s: deque[float] = field(default_factory=lambda: deque(maxlen=LATENCIES_KEPT))

    def answer_times(self) -> str:
        """The median and the 95th percentile, of commands, from when they came to when they were done."""
        if not self.latencies_s:
            return "never answered"
        times = sorted(self.latencies_s)
        median, high = (1000 * times[int(share * len(times))] for share in (0.5, 0.95))
        return f"answered in {median:.0f} ms (median), {high:.0f} ms (95th percentile)"


class Host(commands.AutoShardedBot):
    """A discord.py bot with its settings, and what it keeps of the chat while it runs."""

    settings: Settings
    cooldowns: Cooldowns
    turns: Turns
    bugs: int
    day: Day
    guild_settings: dict[int, GuildSettings]
    without_pictures: set[int]
    languages: dict[int, Language]
    film_places: dict[str, int]
    list_actions: set[str]
    clickable: Clickable
    pause: Pause
    mute: Mute

    def prefix_in(self, guild: discord.Guild | None) -> str:
        """What a command begins with in this guild, or in direct messages."""
        return self.settings_in(guild.id if guild is not None else None).prefix or self.settings.command_prefix

    def settings_in(self, guild_id: int | None) -> GuildSettings:
        """What a server has chosen; in direct messages what holds where nothing was chosen."""
        return self.guild_settings.get(guild_id or 0, UNCHOSEN)

    def give_pictures(self, user_id: int, has_pictures: bool) -> None:
        """Remember what a member has chosen, and the database knows."""
        (self.without_pictures.discard if has_pictures else self.without_pictures.add)(user_id)

    def has_pictures(self, guild_id: int | None, user_id: int | None = None) -> bool:
        """Whether who asks there gets pictures, or the same in words: both the server and the member may say no."""
        return self.settings_in(guild_id).has_pictures and user_id not in self.without_pictures

    def give_language(self, user_id: int, language: str | None) -> None:
        """Remember what a member has chosen, and the database knows; what another version could do is passed over."""
        self.languages.pop(user_id, None)
        if (spoken := known(language)) is not None:
            self.languages[user_id] = spoken

    def language_of(self, source: discord.Message | discord.Interaction[Any]) -> Language:
        """What the asker has chosen, the language of their client, or that of the server; in this order."""
        user = source.author if isinstance(source, discord.Message) else source.user
        of_client = spoken_in(source.locale) if isinstance(source, discord.Interaction) else None
        return self.languages.get(user.id) or of_client or self.language_in(self.joined(source.guild))

    def language_in(self, guild: discord.Guild | None) -> Language:
        """What is spoken in a server, to all of it: what it has chosen here, or else at Discord."""
        if guild is None:
            return ENGLISH
        return known(self.settings_in(guild.id).language) or spoken_in(guild.preferred_locale) or ENGLISH

    def joined(self, guild: discord.Guild | None) -> discord.Guild | None:
        """The server, None where the bot is no member of it: there it came with who asks, and knows nothing of it."""
        return guild if guild is not None and self.get_guild(guild.id) is not None else None

    def is_at(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether the bot itself can read and write where this was asked; elsewhere it can answer, and no more."""
        if interaction.guild_id is not None:
            return self.get_guild(interaction.guild_id) is not None
        return not interaction.context.private_channel

    async def is_operator(self, user: discord.abc.User) -> bool:
        """Operators are those of OPERATOR_IDS and the application's owner or team."""
        return user.id in self.settings.operator_ids or await self.is_owner(user)

    async def operators(self) -> list[discord.User]:
        """Who is written to of what operators should know: those of OPERATOR_IDS, else the application's owner or team.

        Raises HTTPException.
        """
        ids = self.settings.operator_ids
        if not ids and self.user is not None:
            await self.is_owner(self.user)  # discord.py asks who owns the application, and remembers
            ids = frozenset(self.owner_ids or filter(None, [self.owner_id]))
        found = []
        for operator_id in sorted(ids):
            with contextlib.suppress(discord.NotFound):  # a mistyped id keeps nothing from the others
                found.append(self.get_user(operator_id) or await self.fetch_user(operator_id))
        return found

    @contextlib.contextmanager
    def noting_bugs(self, place: str) -> Iterator[None]:
        """Of what nobody waits for: an error ends here and is in the log, where that of the database is already."""
        try:
            yield
        except StoreUnavailableError:
            pass
        except Exception as error:
            self.note_bug(error, place)

    def note_bug(self, error: BaseException, place: str) -> str:
        """Log a bug with its trace under an incident id, which is returned."""
        self.bugs += 1
        incident = secrets.token_hex(3)
        log.error("incident %s in %s", incident, place, exc_info=error)
        return incident
