"""The guess game: members of a server guess what is predicted for one of them."""

from bot.game.service import GameService

__all__ = ["GameService"]
