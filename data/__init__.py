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

__all__ = [
    "DEFAULT_BASE_URL",
    "KNOWN_NAMES",
    "Catalogue",
    "CorruptDatasetError",
    "DataError",
    "DataFolderError",
    "Dataset",
    "DatasetStats",
    "DownloadError",
    "IdSpace",
    "Movie",
    "SampleMissingError",
    "UnknownDatasetError",
    "UnsafeArchiveError",
    "load_dataset",
    "open_cached",
]
