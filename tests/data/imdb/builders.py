"""IMDb's files as they are published, with a few films in them; `~` stands for a tab."""

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path

from data.imdb.tables import file_of

HEADERS = {
    "title.basics": ("tconst~titleType~primaryTitle~originalTitle~isAdult~startYear~endYear~runtimeMinutes~genres"),
    "title.ratings": "tconst~averageRating~numVotes",
    "title.akas": "titleId~ordering~title~region~language~types~attributes~isOriginalTitle",
    "title.crew": "tconst~directors~writers",
    "title.principals": "tconst~ordering~nconst~category~job~characters",
    "name.basics": "nconst~primaryName~birthYear~deathYear~primaryProfession~knownForTitles",
}
ROWS: Mapping[str, Sequence[str]] = {
    "title.basics": (
        r"tt0114709~movie~Toy Story~Toy Story~0~1995~\N~81~Adventure,Animation,Comedy",
        r"tt15398776~movie~Oppenheimer~Oppenheimer~0~2023~\N~180~Biography,Drama,History",
        r"tt0245429~movie~Spirited Away~Sen to Chihiro no kamikakushi~0~2001~\N~124~Adventure,Family,Fantasy",
        r'tt9000001~tvMovie~"Quoted" and 7" Singles~"Quoted" and 7" Singles~0~2020~\N~\N~\N',
        r"tt9000002~tvSeries~A Series~A Series~0~2020~2021~45~Drama",
        r"tt9000003~movie~Not for Children~Not for Children~1~2020~\N~90~Adult",
        r"tt9000004~movie~Hardly Seen~Hardly Seen~0~2020~\N~90~Drama",
        r"tt0133093~video~The Matrix~The Matrix~0~1999~\N~136~Action,Sci-Fi",
    ),
    "title.ratings": (
        "tt0114709~8.3~1100000",
        "tt15398776~8.2~900000",
        "tt0245429~8.6~950000",
        "tt9000001~6.1~1000",
        "tt9000002~7.0~50000",
        "tt9000003~5.0~50000",
        "tt9000004~7.5~999",
        "tt0133093~8.7~12",
    ),
    "title.akas": (
        r"tt15398776~1~Oppenheimer~\N~\N~original~\N~1",
        r"tt15398776~2~オッペンハイマー~JP~\N~imdbDisplay~\N~0",
        r"tt15398776~3~Опенхаймер~BG~bg~imdbDisplay~\N~0",
        r"tt0245429~1~千と千尋の神隠し~JP~\N~imdbDisplay~\N~0",
        r"tt0245429~2~Chihiros Reise ins Zauberland~DE~\N~imdbDisplay~\N~0",
        r"tt0245429~3~chihiros reise ins zauberland~AT~\N~\N~\N~0",
        r"tt9000002~1~Eine Serie~DE~\N~\N~\N~0",
        r"tt9000001~1~\N~DE~\N~\N~\N~0",
    ),
    "title.crew": (
        r"tt15398776~nm0634240~nm0634240,nm12",
        r"tt0245429~nm0594503~nm0594503",
        r"tt9000001~\N~\N",
    ),
    "title.principals": (
        r'tt15398776~2~nm0001570~actress~\N~["Kitty"]',
        r'tt15398776~1~nm0614165~actor~\N~["J. Robert Oppenheimer"]',
        r"tt15398776~3~nm0634240~director~\N~\N",
        r"tt15398776~4~nm_gone~actor~\N~\N",
        r"tt9000002~1~nm0614165~actor~\N~\N",
    ),
    "name.basics": (
        r"nm0634240~Christopher Nolan~1970~\N~director~\N",
        r"nm0594503~Hayao Miyazaki~1941~\N~director~\N",
        r"nm0614165~Cillian Murphy~1976~\N~actor~\N",
        r"nm0001570~Emily Blunt~1983~\N~actress~\N",
    ),
}


def write_imdb(folder: Path, **more: Sequence[str]) -> Path:
    """All files; rows given as `title_basics=…` follow those that are always there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in ROWS.items():
        write_file(folder / file_of(name), HEADERS[name], [*rows, *more.get(name.replace(".", "_"), ())])
    return folder


def write_file(path: Path, header: str, rows: Sequence[str]) -> None:
    text = "".join(f"{line}\n" for line in (header, *rows)).replace("~", "\t")
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
