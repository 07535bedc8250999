"""What each site's export says, whatever the file is called, and rows that say nothing."""

import json

import pytest

from bot.imports.errors import ImportFileError
from bot.imports.reading import read_upload
from bot.imports.rows import MAX_ROWS, Reading, Row
from tests.bot.imports import exports

NEW_YEAR_2020 = 1_577_836_800


def read(content: str | bytes, name: str = "file.txt") -> Reading:
    return read_upload(name, content.encode() if isinstance(content, str) else content)


def refused(content: str | bytes, name: str = "file.txt") -> str:
    with pytest.raises(ImportFileError) as caught:
        read(content, name)
    return caught.value.reason


def test_movielens() -> None:
    reading = read(exports.MOVIELENS)
    assert (reading.source, reading.id_space) == ("movielens", "movielens")
    assert reading.rows[0] == Row("rating", "", stars=4.5, at=NEW_YEAR_2020, movie_id=10)
    assert len(reading.rows) == 3


def test_movielens_website() -> None:
    reading = read(exports.MOVIELENS_SITE)
    assert reading.source == "movielens"
    assert reading.rows[1] == Row("rating", "The Matrix", 2000, 5.0, None, 60, 133093, 603)


def test_a_data_set_of_many_people_is_nobodys_export() -> None:
    assert refused(exports.MOVIELENS + "8,10,1.0,1577836803\n") == "several_people"


def test_letterboxd_ratings() -> None:
    reading = read(exports.LETTERBOXD_RATINGS)
    assert (reading.source, reading.id_space, reading.scale) == ("letterboxd", None, 5)
    assert reading.rows[0] == Row("rating", "Heat", 1995, 4.5, NEW_YEAR_2020)
    assert reading.rows[3].title == "No Such Film, Ever"


def test_letterboxd_zip_takes_ratings_before_the_diary_and_the_watchlist_too() -> None:
    reading = read(exports.letterboxd_zip())
    told = [(row.kind, row.title, row.stars) for row in reading.rows]
    assert told == [
        ("rating", "Heat", 4.5),
        ("rating", "The Matrix", 5.0),
        ("rating", "Sabrina", 3.0),
        ("rating", "No Such Film, Ever", 2.5),
        ("rating", "Alien", 3.5),
        ("seen", "Speed", None),
        ("watchlist", "Ghost", None),
    ]
    assert reading.left_out["unrated"] == 0


def test_seen_films_and_watchlist_differ_by_name_alone() -> None:
    watched = read(exports.LETTERBOXD_WATCHED, "watched.csv").rows
    assert [(row.kind, row.title) for row in watched] == [("seen", "Heat"), ("seen", "Speed")]
    unrated = "Const,Your Rating,Date Rated,Title,Title Type,Year\ntt0113277,,,Heat,movie,1995\n"
    assert refused(unrated, "my list.csv") == "no_ratings"  # a list of films says nothing of having seen them
    assert [row.kind for row in read(unrated, "Watched.csv").rows] == ["seen"]
    trakt = exports.TRAKT_WATCHLIST.replace("listed_at", "last_watched_at")
    assert [row.kind for row in read(trakt, "watched-movies.json").rows] == ["seen"]
    (row,) = read(exports.LETTERBOXD_WATCHLIST, "watchlist-ann-2024.csv").rows
    assert (row.kind, row.title) == ("watchlist", "Ghost")


def test_imdb() -> None:
    reading = read(exports.IMDB)
    assert (reading.source, reading.scale) == ("imdb", 10)
    assert reading.rows[0] == Row("rating", "Heat", 1995, 4.5, NEW_YEAR_2020 + 30 * 86_400, imdb_id=113277)
    assert [row.is_series for row in reading.rows] == [False, False, True]


def test_imdb_before_2017() -> None:
    (row,) = read(exports.IMDB_OLD).rows
    assert row == Row("rating", "Heat", 1995, 3.5, 1_483_142_400, imdb_id=113277)


def test_trakt() -> None:
    reading = read(exports.TRAKT)
    assert (reading.source, reading.scale) == ("trakt", 10)
    heat, show = reading.rows
    assert heat == Row("rating", "Heat", 1995, 4.0, 1_580_500_800, imdb_id=113277, tmdb_id=949)
    assert (show.is_series, show.tmdb_id) == (True, None)  # 1396 is another film's number
    assert reading.left_out["series"] == 1


def test_trakt_zip() -> None:
    reading = read(
        exports.packed(
            {"ann/ratings/ratings-movies.json": exports.TRAKT, "ann/lists/watchlist.json": exports.TRAKT_WATCHLIST}
        )
    )
    assert [(row.kind, row.title) for row in reading.rows if not row.is_series] == [
        ("rating", "Heat"),
        ("watchlist", "Alien"),
    ]


def test_our_own_export() -> None:
    reading = read(exports.own_zip())
    assert (reading.source, reading.id_space) == ("marquee", "movielens")
    assert [(row.kind, row.movie_id, row.stars, row.at) for row in reading.rows] == [
        ("rating", 10, 4.5, 1_580_500_800),
        ("rating", 777, 1.0, 1_580_500_801),
        ("watchlist", 20, None, 1_609_459_200),
        ("hidden", 30, None, 1_609_545_600),
    ]
    assert reading.rows[1].title == "=Gone (2001)"
    assert read(exports.OWN_RATINGS).id_space is None  # alone it does not say how films are numbered


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_encodings(encoding: str) -> None:
    text = exports.LETTERBOXD_RATINGS.replace("Heat", "Amélie")
    assert read(text.encode(encoding)).rows[0].title == "Amélie"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheet_may_have_chosen_another_delimiter(delimiter: str) -> None:
    text = exports.LETTERBOXD_RATINGS.splitlines()[:3]
    reading = read("\r\n".join(text).replace("4.5", "4_5").replace(",", delimiter).replace("4_5", "4,5"))
    assert [row.stars for row in reading.rows] == [4.5, 5.0]


def test_bad_rows_are_named_and_the_others_count() -> None:
    rows = ["2020-01-01,Alien,1996,x,0.5", "junk", "2020-01-01,,1996,x,4", "2020-01-01,Jaws,2002,x,banana"]
    rows += [f"2020-01-01,Film {n},2000,x,5" for n in range(40)]
    rows += ["2020-01-01,Nul\0 Film,2002,x,4", "2020-01-01,Ghost,2007,x,55", "2020-01-01,Speed,1998,x,"]
    reading = read("Date,Name,Year,Letterboxd URI,Rating\n" + "\n".join(rows))
    assert [(one.line, one.fault) for one in reading.unreadable] == [
        (3, "row"),
        (4, "title"),
        (5, "rating"),
        (47, "rating"),
    ]
    assert [row.kind for row in reading.rows] == ["rating"] * 42 + ["seen"]


def test_a_cell_beyond_all_measure_costs_its_row_only() -> None:
    long = "2020-01-01," + "x" * 1_000_000 + ",1996,x,4\n"
    reading = read(exports.LETTERBOXD_RATINGS + long + "2020-01-01,Alien,1996,x,4\n")
    assert [one.fault for one in reading.unreadable] == ["row"]
    assert reading.rows[-1].title == "Alien"


def test_other_scales_are_told_by_the_ratings() -> None:
    def scaled(*ratings: object) -> tuple[int, list[float | None]]:
        rows = "".join(f"2020-01-01,Film {n},2000,x,{rating}\n" for n, rating in enumerate(ratings))
        reading = read("Date,Name,Year,Letterboxd URI,Rating\n" + rows)
        return reading.scale, [row.stars for row in reading.rows]

    assert scaled(1, 2.5, 5) == (5, [1.0, 2.5, 5.0])
    assert scaled(1, 7, 10, 8.5) == (10, [0.5, 3.5, 5.0, 4.5])
    assert scaled(1, 70, 95, 84) == (100, [0.5, 3.5, 5.0, 4.0])
    assert scaled(4.3, 4.75, 0.1) == (5, [4.5, 5.0, 0.5])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "unknown"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "unknown"),
        (b"title,stars\nHeat,5\n", "unknown"),
        (b"{}", "unknown"),
        (b'{"format": "marquee-export"}', "unknown"),
        (b"[", "damaged"),
        (b'[{"rating": 8,', "damaged"),
        (b"[" * 100_000, "damaged"),
        (b"[" + b"9" * 10_000 + b"]", "damaged"),
        (b"[]", "no_ratings"),
        (b"Date,Name,Year,Letterboxd URI,Rating\n", "no_ratings"),
    ],
)
def test_what_is_no_export_is_refused(content: bytes, reason: str) -> None:
    assert refused(content) == reason


@pytest.mark.parametrize("item", [None, 5, "x", [], {}, {"rating": {}}, {"movie": [1]}, {"movie": {"title": 5}}])
def test_json_of_the_wrong_shape_is_a_bad_row(item: object) -> None:
    reading = read(json.dumps([item, *json.loads(exports.TRAKT)]))
    assert len(reading.unreadable) == 1
    assert reading.rows[0].title == "Heat"


@pytest.mark.parametrize("rating", [True, -1, 11, 1e300, "NaN", [8]])
def test_json_ratings_off_the_scale(rating: object) -> None:
    (item,) = json.loads(exports.TRAKT)[:1]
    reading = read(json.dumps([item | {"rating": rating}, item]))
    assert [one.fault for one in reading.unreadable] == ["rating"]


def test_more_rows_than_are_taken() -> None:
    row = "2020-01-01,Heat,1995,x,4\n"
    assert refused("Date,Name,Year,Letterboxd URI,Rating\n" + row * (MAX_ROWS + 1)) == "too_many_rows"
    assert refused("[" + ",".join(["1"] * (MAX_ROWS + 1)) + "]") == "too_many_rows"
