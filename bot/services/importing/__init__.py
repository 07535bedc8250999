"""Importing ratings, watchlists and hidden films from other sites' exports and from our own."""

from bot.services.importing.importing import (
    Asked,
    ImportClosed,
    Imported,
    Importing,
    ImportTakenBack,
    Preview,
    Sample,
)
from bot.services.importing.plan import Named

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
