"""Which site wrote a table, told by its columns, and what it says.

    MovieLens data set   userId,movieId,rating,timestamp
    MovieLens website    movie_id,imdb_id,tmdb_id,rating,average_rating,title
    Letterboxd           Date,Name,Year,Letterboxd URI[,Rating[,Rewatch,Tags,Watched Date]]
    IMDb                 Const,Your Rating,Date Rated,Title,…,Title Type,…,Year,…
    IMDb until 2017      position,const,created,…,Title,Title type,…,You rated,…,Year,…
    ours                 movie_id,title,year,imdb_id,tmdb_id and rating,rated_at or added_at

A file's name counts only where a site writes two kinds of file in the same columns: a watchlist says so. A film without
stars was seen where Letterboxd names it, or a file that is called so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.imports.errors import ImportFileError
from bot.imports.rows import Fault, Reading, Row, RowKind, Site, Unreadable
from bot.imports.tables import Line, Table
from bot.imports.values import as_written, identity, moment, number, scale_of, stars_of, year
from data.titles import read_title

_SEEN = ("seen", "watched", "checkins")
"""In the name of a file of films that were seen."""
_SERIES = ("series", "episode", "game", "podcast", "musicvideo")


@dataclass(frozen=True, slots=True)
class Format:
    """Where a site writes what. `needs` are the columns it is known by, `scale` is that of its ratings."""

    source: Site
    needs: frozenset[str]
    scale: int = 5
    title: str = "title"
    year: str = "year"
    rating: str = "rating"
    at: str = ""
    movie_id: str = "movie_id"
    imdb_id: str = "imdb_id"
    tmdb_id: str = "tmdb_id"

    @property
    def id_space(self) -> str | None:
        return "movielens" if self.source == "movielens" else None


_OURS = frozenset(("movie_id", "title", "year", "imdb_id", "tmdb_id"))
FORMATS = (
    Format("marquee", _OURS | {"rating", "rated_at"}, at="rated_at"),
    Format("marquee", _OURS | {"added_at"}, at="added_at"),
    Format("movielens", frozenset(("userid", "movieid", "rating")), at="timestamp", movie_id="movieid"),
    Format("movielens", frozenset(("movie_id", "rating", "average_rating", "title"))),
    Format("letterboxd", frozenset(("name", "year", "letterboxd uri")), title="name", at="date"),
    Format("imdb", frozenset(("const", "your rating")), 10, rating="your rating", at="date rated", imdb_id="const"),
    Format("imdb", frozenset(("const", "you rated")), 10, rating="you rated", at="created", imdb_id="const"),
)


def format_of(table: Table) -> Format | None:
    """The site whose columns these are."""
    return next((one for one in FORMATS if one.needs <= table.columns), None)


def read_tables(tables: Sequence[Table]) -> Reading | None:
    """What the tables of one upload say, the surest first; None where no site's columns are among them.

    A rating in a later table does not count where an earlier one rates that film: Letterboxd's diary knows
    what somebody once thought of a film, its ratings what they think now.
    """
    known = [(table, found) for table in tables if (found := format_of(table)) is not None]
    if not known:
        return None
    reading = Reading(known[0][1].source, id_space=known[0][1].id_space)
    rated: set[tuple[object, ...]] = set()
    unrated: set[tuple[object, ...]] = set()
    seen: set[tuple[object, ...]] = set()
    for table, found in known:
        if found.source == reading.source:
            here: set[tuple[object, ...]] = set()
            _TableReader(table, found, reading, rated, here, unrated, seen).read()
            rated |= here
    reading.left_out["unrated"] = len(unrated - rated - seen)
    return reading


@dataclass(slots=True)
class _TableReader:
    """Reads one table into `reading`. Films are told apart by what the file says of them."""

    table: Table
    format: Format
    reading: Reading
    rated_before: set[tuple[object, ...]]
    rated_here: set[tuple[object, ...]]
    unrated: set[tuple[object, ...]]
    seen: set[tuple[object, ...]]

    def read(self) -> None:
        lines, kind = self._lines(), self._kind()
        if kind == "rating":
            given = [rating for line in lines if (rating := number(line.get(self.format.rating)))]
            self.reading.scale = scale_of(given, self.format.scale)
        for line in lines:
            if line.cells is None:
                self._pass_over(line, "row")
            elif not (line.get(self.format.title) or line.get(self.format.movie_id) or line.get(self.format.imdb_id)):
                self._pass_over(line, "title")
            else:
                self._read(line, kind)

    def _lines(self) -> list[Line]:
        lines, people = [], set()
        for line in self.table.lines():
            people.add(line.get("userid"))
            if len(people) > 1 and self.format.source == "movielens":
                raise ImportFileError("several_people")
            lines.append(line)
        return lines

    def _kind(self) -> RowKind:
        shelves: tuple[RowKind, ...] = ("watchlist", "hidden")
        return next((shelf for shelf in shelves if shelf in self.table.name.lower()), "rating")

    def _read(self, line: Line, kind: RowKind) -> None:
        row = self._row(line, kind)
        film = (row.imdb_id or row.movie_id or row.title.lower(), row.year)
        if kind != "rating":
            self.reading.rows.append(row)
        elif film in self.rated_before:
            return
        elif line.get(self.format.rating) in ("", "0"):
            if not self._is_of_seen_films():
                self.unrated.add(film)
            elif film not in self.seen:
                self.seen.add(film)
                self.reading.rows.append(replace(row, kind="seen"))
        elif row.stars is None:
            self._pass_over(line, "rating")
        else:
            self.rated_here.add(film)
            self.reading.rows.append(row)

    def _is_of_seen_films(self) -> bool:
        called = self.table.name.lower()
        return self.format.source == "letterboxd" or any(word in called for word in _SEEN)

    def _row(self, line: Line, kind: RowKind) -> Row:
        columns = self.format
        title, its_year = line.get(columns.title), year(line.get(columns.year))
        if columns.source == "marquee":
            title = as_written(title)
        elif columns.source == "movielens":  # the website writes titles as the data sets do
            parts = read_title(title)
            title, its_year = parts.main.text, parts.year
        rating = number(line.get(columns.rating)) if kind == "rating" else None
        kind_of_title = "".join(letter for letter in line.get("title type").lower() if letter.isalpha())
        return Row(
            kind,
            title,
            its_year,
            stars=None if rating is None else stars_of(rating, self.reading.scale),
            at=moment(line.get(columns.at)),
            movie_id=identity(line.get(columns.movie_id)),
            imdb_id=identity(line.get(columns.imdb_id)),
            tmdb_id=identity(line.get(columns.tmdb_id)),
            is_series=any(word in kind_of_title for word in _SERIES),
        )

    def _pass_over(self, line: Line, fault: Fault) -> None:
        self.reading.unreadable.append(Unreadable(self.table.name, line.number, fault, line.text))
