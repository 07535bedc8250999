"""Wishes in words: what a list is asked to hold, as people say it."""

from bot.lists.wishes.errors import ContradictionError, CountError
from bot.lists.wishes.reader import WishReader
from bot.lists.wishes.reading import Offer, Reading, Unread

__all__ = ["ContradictionError", "CountError", "Offer", "Reading", "Unread", "WishReader"]
