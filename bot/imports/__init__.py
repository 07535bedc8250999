"""Importing ratings, watchlists and hidden films from other sites' exports and from our own."""

from bot.imports.plan import Named
from bot.imports.service import (
    Asked,
    ImportClosed,
    Imported,
    ImportService,
    ImportTakenBack,
    Preview,
    Sample,
)

__all__ = [
    "Asked",
    "ImportClosed",
    "ImportService",
    "ImportTakenBack",
    "Imported",
    "Named",
    "Preview",
    "Sample",
]
