"""Help, about and ping."""

from bot.help.service import AboutService

__all__ = ["AboutService"]
