"""Which film of the catalogue a row means: by its numbers where it has some, else by title and year."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.imports.rows import Row
from bot.movies import Choice, FormerMovieError, MovieSearch, UnknownTitleError
from bot.tmdb.service import YEAR_TOLERANCE
from data import IdSpace, Movie
from data.catalogue import FIRST_OWN_ID, FIRST_UNNUMBERED_ID
from data.folding import fold


@dataclass(frozen=True, slots=True)
class Matched:
    """The film without a doubt; of our own export also one that this catalogue does not have."""

    movie_id: int


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may be one of these, the likeliest first."""

    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The catalogue does not have it."""


Match = Matched | Uncertain | Missing


def _imdb_number(movie_id: int | None) -> int:
    """The IMDb number in the id of a film that MovieLens lacks, or lacked; 0 for another id."""
    return movie_id - FIRST_OWN_ID if movie_id is not None and FIRST_OWN_ID < movie_id < FIRST_UNNUMBERED_ID else 0


class Matcher:
    """Matches rows to one catalogue; knows nothing of members, so threads may share it."""

    def __init__(self, search: MovieSearch, id_space: IdSpace) -> None:
        self._search = search
        self._id_space = id_space

    def match(self, row: Row, id_space: str | None, *, is_own: bool = False) -> Match:
        """The film of `row`, whose `movie_id` counts as `id_space` says (None: not known)."""
        numbered = row.movie_id if id_space == self._id_space else None
        # Films without an IMDb number are counted on each machine for itself.
        if numbered is not None and numbered < FIRST_UNNUMBERED_ID and numbered in self._search.catalogue:
            return Matched(numbered)
        imdb_id = row.imdb_id or _imdb_number(numbered)
        linked = self._search.linked(imdb_id=imdb_id, tmdb_id=row.tmdb_id or 0)
        if linked is None and numbered is not None and is_own and numbered < FIRST_UNNUMBERED_ID:
            return Matched(numbered)
        if linked is not None:
            return Matched(linked.movie_id)
        if row.is_series or not row.title:
            return Missing()
        return self._by_title(row)

    def _by_title(self, row: Row) -> Match:
        same = self._search.catalogue.get(row.movie_id or 0)
        if same is not None and (same.title, same.year) == (row.title, row.year):
            return Matched(same.movie_id)  # the one of two films of that name and year
        if (exact := self._exactly(row)) is not None:
            return Matched(exact.movie_id)
        text = row.title if row.year is None else f"{row.title} ({row.year})"
        try:
            found = self._search.look_up(text)
        except (UnknownTitleError, FormerMovieError):
            return Missing()
        if isinstance(found, Choice):
            return self._uncertain(row, found.candidates)
        # A site writes titles as they are, so what differs in title and year is more likely another film.
        if found.year == row.year or fold(found.title) == fold(row.title):
            return Matched(found.movie_id)
        return self._uncertain(row, (found,))

    def _exactly(self, row: Row) -> Movie | None:
        """The one film of that very title from that year, or else from a year beside it.

        Nobody typed it, so it is not asked, as it is of members, whether a better known film was meant.
        """
        if row.year is None:
            return None
        folded = fold(row.title)
        titled = [movie for movie in self._search.titled(row.title) if fold(movie.title) == folded]
        dated = [movie for movie in titled if movie.year == row.year] or [
            movie for movie in titled if movie.year is not None and _is_near(movie.year, row.year)
        ]
        return dated[0] if len(dated) == 1 else None

    @staticmethod
    def _uncertain(row: Row, candidates: Sequence[Movie]) -> Match:
        """Only films of about that year are worth a question."""
        fitting = tuple(movie.movie_id for movie in candidates if _is_near(movie.year, row.year))
        return Uncertain(fitting) if fitting else Missing()


def _is_near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= YEAR_TOLERANCE
