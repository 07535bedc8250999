"""Films put aside: to be seen, or to hear no more of."""

from bot.shelves.service import ShelfService
from bot.shelves.watchlist import WatchlistService

__all__ = ["ShelfService", "WatchlistService"]
