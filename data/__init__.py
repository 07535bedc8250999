"""MovieLens data sets, the catalogue, title search, and the SQLite store (`data.store`)."""

from data.catalogue import Catalogue, Movie
from data.dataset import Dataset, DatasetStats, IdSpace, open_cached
from data.errors import (
    CorruptDatasetError,
    DataError,
    DataFolderError,
    DownloadError,
    SampleMissingError,
    UnknownDatasetError,
    UnsafeArchiveError,
)
from data.loading import load_dataset
from data.registry import DEFAULT_BASE_URL, KNOWN_NAMES
from data.search import Ambiguous, Doubtful, Found, Match, Resolution, Tier, TitleIndex, Unknown

__all__ = [
    "DEFAULT_BASE_URL",
    "KNOWN_NAMES",
    "Ambiguous",
    "Catalogue",
    "CorruptDatasetError",
    "DataError",
    "DataFolderError",
    "Dataset",
    "DatasetStats",
    "Doubtful",
    "DownloadError",
    "Found",
    "IdSpace",
    "Match",
    "Movie",
    "Resolution",
    "SampleMissingError",
    "Tier",
    "TitleIndex",
    "Unknown",
    "UnknownDatasetError",
    "UnsafeArchiveError",
    "load_dataset",
    "open_cached",
]
