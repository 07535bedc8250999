"""What the members of a server make of the same films: tastes compared, who rated a film, and who would like it."""

from bot.comparing.audience import AudienceService
from bot.comparing.service import ComparingService
from bot.comparing.tastes import ServerTastesReader

__all__ = ["AudienceService", "ComparingService", "ServerTastesReader"]
