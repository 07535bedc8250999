"""Reading what a poll of Discord's came to."""

import logging
from dataclasses import dataclass

import discord

from bot.chat.delivery import DeliveryError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`winner` is the place of the answer with most votes, the first of several; None where nobody voted."""

    winner: int | None
    is_tie: bool = False


async def outcome(channel: discord.abc.Messageable, poll_id: int, *, end: bool = False) -> Outcome | None:
    """What came of a poll; None where it goes on, unless it is to `end` now. One that is gone had no votes."""
    try:
        message = await channel.fetch_message(poll_id)
        if end and message.poll is not None and not message.poll.is_finalised():
            await message.end_poll()
            message = await channel.fetch_message(poll_id)
    except discord.NotFound:
        return Outcome(None)
    except DeliveryError as error:
        log.info("a poll could not be read: %s", error)
        return None
    if message.poll is None:
        return Outcome(None)
    if not end and not message.poll.is_finalised():
        return None
    votes = [one.vote_count for one in message.poll.answers]
    most = max(votes, default=0)
    return Outcome(votes.index(most), votes.count(most) > 1) if most else Outcome(None)
