"""A small data set, written in each of the three layouts.

Five users rate six films; film 4 has no rating, and the last one (ids have gaps) carries an accent.
"""

import zipfile
from pathlib import Path

RATINGS = [
    (1, 1, 4.0, 964982703),
    (1, 3, 5.0, 964981247),
    (2, 1, 3.0, 1445714835),
    (2, 6, 4.0, 1445714836),
    (3, 6, 1.0, 1306463578),
    (4, 1, 5.0, 986847000),
    (4, 3, 2.0, 986847001),
    (7, 99, 3.0, 847434962),
]
FILMS = [
    (1, "Toy Story (1995)", "Adventure|Animation|Children"),
    (3, "Matrix, The (1999)", "Action|Sci-Fi"),
    (4, "Unseen Film (2001)", "Drama"),
    (6, "Heat (1995)", "Action|Crime"),
    (12, "American President, The (1995)", "(no genres listed)"),
    (99, "Misérables, Les (1998)", "Drama"),
]
_FLAGS = (
    *("unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary"),
    *("Drama", "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi"),
    *("Thriller", "War", "Western"),
)


def write_csv(folder: Path) -> Path:
    """The layout of ml-latest, ml-20m and later, with links and tags."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{user},{movie},{rating},{time}\r\n" for user, movie, rating, time in RATINGS)
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\r\n" + rows, newline="")
    films = "".join(f'{movie},"{title}",{genres}\r\n' for movie, title, genres in FILMS)
    (folder / "movies.csv").write_text("movieId,title,genres\r\n" + films, "utf-8", newline="")
    links = "1,0114709,862\r\n3,0133093,\r\n"
    (folder / "links.csv").write_text("movieId,imdbId,tmdbId\r\n" + links, newline="")
    tags = '1,1,pixar,1\r\n2,1,Pixar,2\r\n3,1,"fun, really",3\r\n3,6,heist,4\r\n'
    (folder / "tags.csv").write_text("userId,movieId,tag,timestamp\r\n" + tags, newline="")
    return folder


def write_dat(folder: Path, encoding: str = "latin-1") -> Path:
    """The layout of ml-1m (Latin-1) and ml-10m (UTF-8)."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{user}::{movie}::{rating:g}::{time}\n" for user, movie, rating, time in RATINGS)
    (folder / "ratings.dat").write_text(rows)
    films = "".join(f"{movie}::{title}::{_old(genres)}\n" for movie, title, genres in FILMS)
    (folder / "movies.dat").write_text(films, encoding)
    return folder


def write_tab(folder: Path) -> Path:
    """The layout of ml-100k."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{user}\t{movie}\t{rating:g}\t{time}\n" for user, movie, rating, time in RATINGS)
    (folder / "u.data").write_text(rows)
    films = ""
    for movie, title, genres in FILMS:
        flags = "|".join("1" if flag in _old(genres).split("|") else "0" for flag in _FLAGS)
        films += f"{movie}|{title}|01-Jan-1995||http://example.org/title?{movie}|{flags}\n"
    (folder / "u.item").write_text(films, "latin-1")
    return folder


def _old(genres: str) -> str:
    return genres.replace("Children", "Children's").replace("(no genres listed)", "unknown")


def zipped(folder: Path, archive: Path, inside: str = "ml-test") -> Path:
    """Pack `folder` as GroupLens does: one folder inside, its files below."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"{inside}/", "")
        for path in sorted(folder.iterdir()):
            packed.write(path, f"{inside}/{path.name}")
    return archive
