"""The first minute: from nothing to a first list."""

from bot.start.service import StartService

__all__ = ["StartService"]
