"""A year of films, or all of them, as a picture to share."""

from bot.tastecard.service import TasteCardService

__all__ = ["TasteCardService"]
