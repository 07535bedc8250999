"""What of Discord's refusals passes by itself, and how long to wait for that."""

import contextlib
import random
from collections.abc import Callable

import aiohttp
import discord

LONGEST_PAUSE_S = 45.0
"""With the time an attempt may take, a returning Discord is found within a minute."""

Pause = Callable[[int], float]
"""Seconds to wait after so many failures in a row."""


def growing_pause(failures: int) -> float:
    """1, 2, 4… seconds up to the longest, each shortened by chance, so that not everybody comes back at once."""
    longest_s = min(LONGEST_PAUSE_S, 2.0 ** min(failures - 1, 10))
    return longest_s * random.uniform(0.5, 1.0)


def is_transient(error: BaseException) -> bool:
    """Whether the same may go well a little later: no connection, no answer, too much, or a fault of Discord's."""
    if isinstance(error, discord.HTTPException):
        return error.status == 429 or error.status >= 500
    return isinstance(error, OSError | aiohttp.ClientError | discord.RateLimited)


def retry_after(error: BaseException) -> float:
    """Seconds that Discord asks us to wait; 0 where it does not say."""
    if isinstance(error, discord.RateLimited):
        return error.retry_after
    if isinstance(error, discord.HTTPException):
        with contextlib.suppress(ValueError):
            return float(getattr(error.response, "headers", {}).get("Retry-After", 0))
    return 0.0


def in_words(error: BaseException) -> str:
    """Why, in a few words for a line of the log."""
    match error:
        case discord.HTTPException():
            return f"it answered {error.status}"
        case discord.RateLimited():
            return "it answered 429"
        case TimeoutError():
            return "no answer"
        case OSError() | aiohttp.ClientConnectionError():
            return "no connection"
        case _:
            return type(error).__name__
