"""Importing ratings, watchlists and hidden films from other sites' exports and from our own."""

from bot.imports.service import Imported, ImportService

__all__ = ["ImportService", "Imported"]
