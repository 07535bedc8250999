from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from data.archive import Archive
from data.dataset import RATINGS_SCHEMA
from data.errors import CorruptDatasetError
from data.layouts import find_layout
from data.ratings import Tally, stream_ratings
from tests.data.builders import RATINGS, write_csv, write_dat, write_tab


def read(folder: Path) -> list[tuple[float, ...]]:
    with Archive(folder) as archive:
        batches = list(stream_ratings(archive, find_layout(archive)))
    return [tuple(row.values()) for batch in batches for row in batch.to_pylist()]


def fault(folder: Path) -> CorruptDatasetError:
    with pytest.raises(CorruptDatasetError) as caught:
        read(folder)
    return caught.value


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2,1,3.0", "4 fields"),
        ("2,1,3.0,1445714835,9", "4 fields"),
        ("2;1;3.0;1445714835", "4 fields"),
        ("2,1,3.0,", "a time"),
        ("2,1,,1445714835", "a rating"),
        ("2,1,nan,1445714835", "a rating"),
        ("2,1,inf,1445714835", "a rating"),
        ("2,1,0,1445714835", "a rating"),
        ("2,1,5.5,1445714835", "a rating"),
        ("2,1,-1,1445714835", "a rating"),
        ("2,1,3.7,1445714835", "a rating"),
        ("2,1,good,1445714835", "a rating"),
        ("x,1,3.0,1445714835", "a user id"),
        ("0,1,3.0,1445714835", "a user id"),
        ("1000000000,1,3.0,1445714835", "a user id"),
        ("2.5,1,3.0,1445714835", "a user id"),
        ("2,-1,3.0,1445714835", "a film id"),
        ("2,4294967296,3.0,1445714835", "a film id"),
        ("2,1,3.0,-5", "a time"),
        ("2,1,3.0,1445714835000", "a time"),
        ("userId,movieId,rating,timestamp", "a user id"),
    ],
)
def test_a_wrong_line_is_named(line: str, expected: str, tmp_path: Path) -> None:
    file = write_csv(tmp_path) / "ratings.csv"
    lines = file.read_text().splitlines()
    lines[3] = line
    file.write_text("\n".join(lines) + "\n")
    error = fault(tmp_path)
    assert (error.file, error.line) == ("ratings.csv", 4)
    assert error.expected.startswith(expected)
    assert line in error.found


@pytest.mark.parametrize(
    ("write", "file", "line", "expected"),
    [
        (write_dat, "ratings.dat", "1::3::5", "4 fields separated by '::'"),
        (write_dat, "ratings.dat", "1:x:3::5::964981247", "4 fields separated by '::'"),
        (write_dat, "ratings.dat", "1::3::6::964981247", "a rating"),
        (write_tab, "u.data", "1 3 5 964981247", "4 fields separated by '\\t'"),
        (write_tab, "u.data", "1\t3\t5\tyesterday", "a time"),
    ],
)
def test_a_wrong_line_is_named_in_the_old_layouts(
    write: Callable[[Path], Path], file: str, line: str, expected: str, tmp_path: Path
) -> None:
    path = write(tmp_path) / file
    lines = path.read_text().splitlines()
    lines[1] = line
    path.write_text("\n".join(lines) + "\n")
    error = fault(tmp_path)
    assert (error.file, error.line) == (file, 2)
    assert error.expected.startswith(expected)


def test_a_fault_in_a_late_block_has_its_line(tmp_path: Path) -> None:
    file = write_csv(tmp_path) / "ratings.csv"
    sound = "".join(f"{user},1,4.0,964982703\n" for user in range(1, 500_001))
    file.write_text(f"userId,movieId,rating,timestamp\n{sound}7,1,9.0,964982703\n")
    error = fault(tmp_path)
    assert error.line == 500_002


@pytest.mark.parametrize("header", ["user,movie,rating,timestamp", "1,1,4.0,964982703", "userId,movieId,rating"])
def test_another_header_is_refused(header: str, tmp_path: Path) -> None:
    (write_csv(tmp_path) / "ratings.csv").write_text(header + "\n1,1,4.0,964982703\n")
    error = fault(tmp_path)
    assert (error.line, error.expected) == (1, "the header userId,movieId,rating,timestamp")
    assert header in error.found


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (write_csv(tmp_path / "csv") / "ratings.csv").write_text("")
    assert fault(tmp_path / "csv").line == 1
    (write_tab(tmp_path / "tab") / "u.data").write_text("")
    assert fault(tmp_path / "tab").expected == "at least one rating"


@pytest.mark.parametrize("blank", ["", "\n", "\r\n\r\n"])
def test_a_header_alone_is_refused(blank: str, tmp_path: Path) -> None:
    (write_csv(tmp_path) / "ratings.csv").write_text("userId,movieId,rating,timestamp\n" + blank)
    assert fault(tmp_path).expected == "at least one rating"


def test_byte_order_mark_quotes_blank_lines_and_a_missing_last_newline_are_read(tmp_path: Path) -> None:
    (write_csv(tmp_path) / "ratings.csv").write_bytes(
        b'\xef\xbb\xbf"userId","movieId","rating","timestamp"\r\n\r\n"1","3","4.5","964982703"\r\n2,3,1,964982704'
    )
    assert read(tmp_path) == [(1, 3, 4.5, 964982703), (2, 3, 1.0, 964982704)]


def test_the_tally_counts_over_batches(tmp_path: Path) -> None:
    with Archive(write_csv(tmp_path)) as archive:
        (batch,) = stream_ratings(archive, find_layout(archive))
    whole, split = Tally(), Tally()
    whole.add(batch)
    split.add(batch.slice(0, 3))
    split.add(batch.slice(3))
    assert split.by_movie() == whole.by_movie()
    assert split.stats(6) == whole.stats(6)
    for movie_id, film in whole.by_movie().items():
        ratings = [rating for _, movie, rating, _ in RATINGS if movie == movie_id]
        assert (film.count, film.mean) == (len(ratings), np.mean(ratings))
        shares = np.unique(ratings, return_counts=True)[1] / len(ratings)
        assert film.entropy == pytest.approx(-(shares * np.log2(shares)).sum())


def test_the_entropy_of_a_film_says_how_far_people_disagree() -> None:
    stars = {1: [4.0, 4.0, 4.0, 4.0], 2: [1.0, 2.0, 4.0, 5.0], 3: [4.0, 4.0, 5.0, 5.0]}
    rows = [
        {"user_id": user, "movie_id": movie, "rating": one, "timestamp": 0}
        for movie, given in stars.items()
        for user, one in enumerate(given, 1)
    ]
    tally = Tally()
    tally.add(pa.RecordBatch.from_pylist(rows, schema=RATINGS_SCHEMA))
    assert {movie: one.entropy for movie, one in tally.by_movie().items()} == {1: 0.0, 2: 2.0, 3: 1.0}
