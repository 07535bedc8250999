"""The menus of a message: rate the film somebody speaks of, and take a reply of the bot away."""

from bot.menus.service import MenuService

__all__ = ["MenuService"]
