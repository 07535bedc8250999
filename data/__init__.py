"""MovieLens data sets, the catalogue, title search, and the SQLite store (`data.store`)."""

from data.catalogue import Catalogue as Catalogue
from data.catalogue import Movie as Movie
from data.dataset import Dataset as Dataset
from data.dataset import IdSpace as IdSpace
from data.dataset import open_cached as open_cached
from data.errors import DataError as DataError
from data.errors import DownloadError as DownloadError
from data.errors import UnknownDatasetError as UnknownDatasetError
from data.loading import load_dataset as load_dataset
from data.search import Ambiguous as Ambiguous
from data.search import Doubtful as Doubtful
from data.search import Found as Found
from data.search import Resolution as Resolution
from data.search import TitleIndex as TitleIndex
from data.search import Unknown as Unknown
