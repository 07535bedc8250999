"""The three layouts MovieLens has been published in."""

from dataclasses import dataclass

from data.archive import Archive
from data.dataset import IdSpace
from data.errors import CorruptDatasetError

RATINGS_HEADER = ("userId", "movieId", "rating", "timestamp")


@dataclass(frozen=True, slots=True)
class Layout:
    """File names and how a line of the ratings is cut; `header` is empty where there is none."""

    ratings: str
    movies: str
    links: str | None
    tags: str | None
    separator: str
    header: tuple[str, ...]
    id_space: IdSpace

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(name for name in (self.ratings, self.movies, self.links, self.tags) if name is not None)


CSV = Layout("ratings.csv", "movies.csv", "links.csv", "tags.csv", ",", RATINGS_HEADER, "movielens")
DAT = Layout("ratings.dat", "movies.dat", None, "tags.dat", "::", (), "movielens")
TAB = Layout("u.data", "u.item", None, None, "\t", (), "100k")
LAYOUTS = (CSV, DAT, TAB)


def find_layout(archive: Archive) -> Layout:
    """The layout whose ratings file `archive` holds; raises CorruptDatasetError where there is none."""
    for layout in LAYOUTS:
        if layout.ratings in archive:
            return layout
    expected = "one of " + ", ".join(layout.ratings for layout in LAYOUTS)
    raise CorruptDatasetError(archive.root.name, None, expected, "none of them")
