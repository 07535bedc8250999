"""The films the bot knows: those of the data set, and those that other sources add."""

from bot.catalogue.service import CatalogueService, read_catalogue

__all__ = ["CatalogueService", "read_catalogue"]
