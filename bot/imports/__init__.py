"""Importing ratings, watchlists and hidden films from other sites' exports and from our own."""

from bot.imports.plan import Named
from bot.imports.service import (
    Asked,
    ImportClosed,
    Imported,
    Importing,
    ImportTakenBack,
    Preview,
    Sample,
)

__all__ = [
    "Asked",
    "ImportClosed",
    "ImportTakenBack",
    "Imported",
    "Importing",
    "Named",
    "Preview",
    "Sample",
]
