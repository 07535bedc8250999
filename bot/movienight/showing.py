"""A group's list in the message that is answered or was pressed, for those of the group who are still there."""

import discord

from bot.chat.ask import Ask
from bot.chat.components import read_press
from bot.chat.host import Host
from bot.chat.reply import Reply
from bot.chat.subject import walk
from bot.movienight import replies
from bot.movienight.errors import EveningGoneError
from bot.movienight.evening import Night
from bot.servers.presence import Presence
from data.store import Evening


def guild_of(ask: Ask, evening: Evening | None = None) -> discord.Guild:
    """The server it is asked in; raises EveningGoneError where there is none, or the evening is another one's."""
    if ask.guild is None or (evening is not None and evening.guild_id != ask.guild.id):
        raise EveningGoneError
    return ask.guild


async def draw(ask: Ask, presence: Presence, shown: Night) -> Reply:
    """In the language of the server, since all of the group read it."""
    names = await names_of(ask, presence, shown)
    with ask.speaking_to_all():
        return replies.night(shown, names)


async def names_of(ask: Ask, presence: Presence, shown: Night) -> dict[int, str]:
    return await presence.names(guild_of(ask, shown.evening), shown.shown_ids, ask.at)


async def redraw(ask: Ask, presence: Presence, shown: Night) -> None:
    """The list that was pressed, which now offers other ways."""
    if ask.message is not None:
        await ask.revise(ask.message.id, await draw(ask, presence, shown))


def cards_of(bot: Host, evening_id: int) -> list[discord.Message]:
    """The messages that offer to give an evening its time, of those that are remembered."""
    return [one for one in bot.cached_messages if one.author == bot.user and _offers_time(one, evening_id)]


def _offers_time(message: discord.Message, evening_id: int) -> bool:
    presses = (read_press(str(getattr(one, "custom_id", None) or "")) for one in walk(message.components))
    return any(one is not None and one.action == "night_when" and one.number(0) == evening_id for one in presses)
