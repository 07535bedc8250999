"""Where the members of a server who want it stand by their taste."""

from bot.tastemap.service import TasteMapService

__all__ = ["TasteMapService"]
