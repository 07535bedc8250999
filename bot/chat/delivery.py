"""Getting a message to Discord: tried again while that may help, and in the log where it did not."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
import discord

from bot.chat.language import gettext
from bot.chat.reply import Reply
from bot.chat.transient import Pause, in_words, is_transient, retry_after

log = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE_S = 60.0
"""How long one message is tried for."""

UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060
TOKEN_EXPIRED = 50027
CANNOT_WRITE_TO_USER = 50007

DeliveryError = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)


def is_refusal(error: BaseException) -> bool:
    """Whether that is for Discord to decide: not allowed, gone, too late, answered already."""
    return isinstance(error, discord.HTTPException) and (
        error.status in (403, 404) or error.code in (ALREADY_ACKNOWLEDGED, TOKEN_EXPIRED)
    )


def may_have_arrived(error: BaseException) -> bool:
    """Whether the request may have been carried out although no answer came back."""
    return not isinstance(error, discord.HTTPException | discord.RateLimited | aiohttp.ClientConnectorError)


def is_safe_to_repeat(error: BaseException) -> bool:
    """For what would be there twice if it had arrived."""
    return is_transient(error) and not may_have_arrived(error)


async def persist(
    send: Callable[[], Awaitable[T]], pause: Pause, again: Callable[[BaseException], bool] = is_transient
) -> T:
    """Try until it goes well, Discord refuses, or the time is over; raises the last error then."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE_S
    failures = 0
    while True:
        try:
            async with asyncio.timeout_at(until):
                return await send()
        except DeliveryError as error:
            failures += 1
            wait_s = max(pause(failures), retry_after(error))
            if not again(error) or loop.time() + wait_s >= until:
                raise
        await asyncio.sleep(wait_s)


class Mute:
    """Channels where the bot may not speak: said to each member once, and once in the log."""

    def __init__(self) -> None:
        self._channels: set[int] = set()
        self._told: set[tuple[int, int]] = set()

    async def tell(self, channel_id: int, user: discord.User | discord.Member, pause: Pause) -> None:
        """By direct message, the one way that is left."""
        if channel_id not in self._channels:
            self._channels.add(channel_id)
            log.warning("members get no answers in channel %s: I lack a permission to speak there", channel_id)
        if (channel_id, user.id) not in self._told:
            self._told.add((channel_id, user.id))
            await write_to(user, _muted(channel_id), pause)


def _muted(channel_id: int) -> Reply:
    return Reply(
        gettext(
            "I cannot answer you in <#{channel_id}>: I need to see that channel, to send messages, to embed links "
            "and to attach files there. Whoever runs the server can allow it; until then ask me here. What you rated "
            "counts.",
            channel_id=channel_id,
        )
    )


async def write_to(user: discord.User | discord.Member, reply: Reply, pause: Pause) -> bool:
    """Send a direct message; False where that did not go, mostly since the member takes none."""
    nonce = new_nonce()
    try:
        await persist(lambda: user.send(**reply.to_send(), nonce=nonce), pause)
    except DeliveryError as error:
        if not (is_refusal(error) or is_transient(error)):
            raise
        log.info("a direct message was not delivered (%s)", in_words(error))
        return False
    return True


def new_nonce() -> int:
    """With the same nonce Discord takes a message once, however often it is sent (discord.py has it enforced)."""
    return secrets.randbits(63)


def note_undelivered(error: BaseException, what: str) -> None:
    """What was asked for was done nevertheless; raises what is neither a refusal nor trouble, since it is a bug."""
    if not (is_refusal(error) or is_transient(error)):
        raise error
    code = f", code {error.code}" if isinstance(error, discord.HTTPException) and error.code else ""
    log.warning("%s was not delivered: %s%s", what, in_words(error), code)


def forbids_speaking(error: BaseException) -> bool:
    return isinstance(error, discord.Forbidden) and error.code != CANNOT_WRITE_TO_USER


def is_late(error: BaseException) -> bool:
    """Whether an interaction was not acknowledged within Discord's three seconds, or its quarter of an hour is over."""
    return isinstance(error, discord.HTTPException) and error.code in (UNKNOWN_INTERACTION, TOKEN_EXPIRED)


def has_code(error: Any, code: int) -> bool:
    return isinstance(error, discord.HTTPException) and error.code == code
