"""What a board cannot be asked for."""

from dataclasses import dataclass

from bot.errors import UserError


@dataclass(eq=False)
class BoardFilterError(UserError):
    """A wish that makes sense for one's own list alone: a depth, the watchlist, a mood."""


@dataclass(eq=False)
class ServerOnlyError(UserError):
    """Who rates most, and what divides, is told of a server alone."""


@dataclass(eq=False)
class NobodyKnownError(UserError):
    """An account that never told me anything."""

    discord_id: int
