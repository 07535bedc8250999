from pathlib import Path

import pytest

from data.archive import Archive
from data.errors import CorruptDatasetError
from data.layouts import find_layout
from data.movies import plain_genres, read_links, read_movies, read_tags
from tests.data.builders import write_csv, write_dat, write_tab


def fault(folder: Path) -> CorruptDatasetError:
    with Archive(folder) as archive, pytest.raises(CorruptDatasetError) as caught:
        read_movies(archive, find_layout(archive))
    return caught.value


@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        (b"", 1, "the header movieId,title,genres"),
        (b"id,title,genres\n1,Heat (1995),Crime\n", 1, "the header movieId,title,genres"),
        (b"movieId,title,genres\n", None, "at least one film"),
        (b"movieId,title,genres\n1,Heat (1995)\n", 2, "3 fields"),
        (b"movieId,title,genres\n1,American President, The (1995),Drama\n", 2, "3 fields"),
        (b"movieId,title,genres\n1,Heat (1995),Crime\nx,Up (2009),Drama\n", 3, "a number from 1"),
        (b"movieId,title,genres\n0,Heat (1995),Crime\n", 2, "a number from 1"),
        (b"movieId,title,genres\n1,Heat (1995),Crime\n1,Up (2009),Drama\n", 3, "every film id once"),
        (b"movieId,title,genres\n1, ,Crime\n", 2, "a title"),
        (b"movieId,title,genres\n1,Heat (1995),Crime\n2,Am\xe9lie (2001),Drama\n", 3, "text in utf-8-sig"),
        (b'movieId,title,genres\n1,"Heat (1995),Crime\n2,Up (2009),Drama\n', 3, "well-formed CSV"),
    ],
)
def test_a_wrong_line_of_the_csv_layout_is_named(
    content: bytes, line: int | None, expected: str, tmp_path: Path
) -> None:
    (write_csv(tmp_path) / "movies.csv").write_bytes(content)
    error = fault(tmp_path)
    assert (error.file, error.line) == ("movies.csv", line)
    assert error.expected.startswith(expected)


@pytest.mark.parametrize("row", ["1::Heat (1995)", "Heat", "1;Heat (1995);Crime"])
def test_a_wrong_line_of_the_dat_layout_is_named(row: str, tmp_path: Path) -> None:
    (write_dat(tmp_path) / "movies.dat").write_text(f"3::Up (2009)::Drama\n{row}\n")
    error = fault(tmp_path)
    assert (error.file, error.line, error.expected) == ("movies.dat", 2, "3 fields separated by '::'")


@pytest.mark.parametrize(
    "row", ["1|Heat (1995)|01-Jan-1995||", "1|Heat (1995)|||" + "|2" * 19, "1|Heat|||" + "|0" * 18]
)
def test_a_wrong_line_of_the_item_layout_is_named(row: str, tmp_path: Path) -> None:
    (write_tab(tmp_path) / "u.item").write_text(row + "\n")
    error = fault(tmp_path)
    assert (error.file, error.line) == ("u.item", 1)
    assert error.expected.startswith("24 fields")


def test_quoted_titles_keep_commas_and_quotes(tmp_path: Path) -> None:
    (write_csv(tmp_path) / "movies.csv").write_text(
        'movieId,title,genres\n7,"""Great Performances"" Cats (1998)",Musical\n5,"Postman, The (1994)",Drama\n'
    )
    with Archive(tmp_path) as archive:
        movies = read_movies(archive, find_layout(archive))
    assert [movie.raw_title for movie in movies] == ['"Great Performances" Cats (1998)', "Postman, The (1994)"]


def test_a_title_may_hold_the_separator_and_old_control_characters(tmp_path: Path) -> None:
    (write_dat(tmp_path) / "movies.dat").write_bytes(b"1::Up:: Again\x85 (2009)::Drama\n")
    with Archive(tmp_path) as archive:
        (movie,) = read_movies(archive, find_layout(archive))
    assert movie.raw_title == "Up:: Again\x85 (2009)"


def test_a_film_without_year_takes_the_date_column_of_ml_100k(tmp_path: Path) -> None:
    dateless = "267|unknown||||1" + "|0" * 18
    (write_tab(tmp_path) / "u.item").write_text(f"{dateless}\n268|Chasing|01-Jan-1997||{'|0' * 19}\n")
    with Archive(tmp_path) as archive:
        movies = read_movies(archive, find_layout(archive))
    assert [(movie.raw_title, movie.released, movie.genres) for movie in movies] == [
        ("unknown", None, ""),
        ("Chasing", 1997, ""),
    ]


@pytest.mark.parametrize(
    ("genres", "plain"),
    [
        ("Action|Children's|Comedy", "Action|Children|Comedy"),
        ("(no genres listed)", ""),
        ("", ""),
        ("Drama|Drama", "Drama"),
        (" Sci-Fi | Film-Noir", "Sci-Fi|Film-Noir"),
    ],
)
def test_genres_have_one_spelling(genres: str, plain: str) -> None:
    assert plain_genres(genres) == plain


def test_a_wrong_link_is_named(tmp_path: Path) -> None:
    (write_csv(tmp_path) / "links.csv").write_text("movieId,imdbId,tmdbId\n1,tt0114709,862\n")
    with Archive(tmp_path) as archive, pytest.raises(CorruptDatasetError, match=r"links\.csv, line 2"):
        read_links(archive, find_layout(archive))


def test_a_set_without_links_and_tags_is_whole(tmp_path: Path) -> None:
    folder = write_csv(tmp_path)
    (folder / "links.csv").unlink()
    (folder / "tags.csv").unlink()
    with Archive(folder) as archive:
        layout = find_layout(archive)
        assert (read_links(archive, layout), read_tags(archive, layout)) == ({}, {})


def test_the_tags_given_most_come_first_and_unreadable_ones_are_passed_over(tmp_path: Path) -> None:
    rows = ["1,5,slow,1", "2,5,Heist,1", "3,5,heist ,1", "4,5,a|b,1", "5,5", f"6,5,{'x' * 41},1", "7,y,heist,1"]
    rows += [f"8,5,z{number},1" for number in range(9)]
    rows += [f"{number},6,robots,1" for number in range(20)] + ["1,6,dull,1", "1,6,scary,1", "2,6,scary,1"]
    (write_csv(tmp_path) / "tags.csv").write_text("userId,movieId,tag,timestamp\n" + "\n".join(rows))
    with Archive(tmp_path) as archive:
        assert read_tags(archive, find_layout(archive)) == {
            5: "heist|slow|z0|z1|z2|z3|z4|z5|z6|z7|z8",
            6: "robots|scary",  # one of twenty finds it dull
        }


def test_tags_of_ml_10m_are_read(tmp_path: Path) -> None:
    (write_dat(tmp_path) / "tags.dat").write_text("15::4973::excellent!::1215184630\n")
    with Archive(tmp_path) as archive:
        assert read_tags(archive, find_layout(archive)) == {4973: "excellent!"}
