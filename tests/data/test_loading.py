import shutil
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from data import Catalogue, Dataset, UnknownDatasetError, load_dataset, open_cached
from data.errors import CorruptDatasetError, DataFolderError, UnsafeArchiveError
from tests.data.builders import FILMS, RATINGS, write_csv, write_dat, write_tab, zipped

LAYOUTS = {"csv": write_csv, "dat": write_dat, "tab": write_tab}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "datasets"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("packed", [False, True])
def test_every_layout_reads_alike(layout: str, packed: bool, tmp_path: Path, folder: Path) -> None:
    source = LAYOUTS[layout](tmp_path / "source")
    if packed:
        source = zipped(source, tmp_path / "source.zip")
    dataset = load_dataset(str(source), folder)

    ratings = dataset.load_ratings()
    assert [tuple(row) for row in ratings.itertuples(index=False)] == RATINGS
    assert ratings.dtypes.astype(str).to_dict() == {
        "user_id": "int64",
        "movie_id": "int64",
        "rating": "float32",
        "timestamp": "int64",
    }
    movies = dataset.movies
    assert movies["movie_id"].tolist() == [movie_id for movie_id, _, _ in FILMS]
    assert movies["raw_title"].tolist() == [title for _, title, _ in FILMS]
    assert movies["title"].tolist() == [
        "Toy Story",
        "The Matrix",
        "Unseen Film",
        "Heat",
        "The American President",
        "Les Misérables",
    ]
    assert movies["year"].tolist() == [1995, 1999, 2001, 1995, 1995, 1998]
    assert movies["genres"].tolist()[0] == "Adventure|Animation|Children"
    assert movies["genres"].tolist()[4] == ""
    assert movies["ratings_count"].tolist() == [3, 2, 0, 2, 0, 1]
    assert movies["ratings_mean"].tolist()[:2] == [4.0, 3.5]
    assert pd.isna(movies["ratings_mean"][2])
    assert dataset.name == "source"
    assert dataset.id_space == ("100k" if layout == "tab" else "movielens")


def test_the_counts_are_those_of_the_ratings(tmp_path: Path, folder: Path) -> None:
    stats = load_dataset(str(write_csv(tmp_path / "source")), folder).stats
    assert (stats.users, stats.movies, stats.rated_movies, stats.ratings) == (5, 6, 4, 8)
    assert (stats.rating_min, stats.rating_max) == (1.0, 5.0)
    assert (stats.first, stats.last) == (date(1996, 11, 8), date(2015, 10, 24))
    assert stats.density == 8 / (5 * 4)


def test_links_and_tags_come_along(tmp_path: Path, folder: Path) -> None:
    catalogue = Catalogue.from_dataset(load_dataset(str(write_csv(tmp_path / "source")), folder))
    assert (catalogue[1].imdb_id, catalogue[1].tmdb_id) == (114709, 862)
    assert (catalogue[3].imdb_id, catalogue[3].tmdb_id) == (133093, None)
    assert (catalogue[6].imdb_id, catalogue[6].tmdb_id) == (None, None)
    assert catalogue[1].tags == ("pixar", "fun, really")


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_both_encodings_of_the_dat_layout_are_read(encoding: str, tmp_path: Path, folder: Path) -> None:
    dataset = load_dataset(str(write_dat(tmp_path / "source", encoding)), folder)
    assert dataset.movies["title"].tolist()[-1] == "Les Misérables"


def test_a_film_that_was_rated_but_not_listed_is_named_by_its_number(tmp_path: Path, folder: Path) -> None:
    source = write_csv(tmp_path / "source")
    with (source / "ratings.csv").open("a") as file:
        file.write("9,500,4.5,1445714840\n9,400,0.5,1445714841\n")
    catalogue = Catalogue.from_dataset(load_dataset(str(source), folder))
    assert [movie.title for movie in catalogue.values()][-2:] == ["Film 400", "Film 500"]
    assert catalogue[500].year is None


def test_a_file_packed_without_a_folder_is_found(tmp_path: Path, folder: Path) -> None:
    source = write_csv(tmp_path / "source")
    with zipfile.ZipFile(tmp_path / "flat.zip", "w") as packed:
        for path in source.iterdir():
            packed.write(path, path.name)
    assert load_dataset(str(tmp_path / "flat.zip"), folder).stats.ratings == 8


def test_the_second_time_nothing_is_parsed(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_csv(tmp_path / "source")
    first = load_dataset(str(source), folder)
    monkeypatch.setattr("data.loading.read_movies", None)
    second = load_dataset(str(source), folder)
    assert second.content_hash == first.content_hash
    assert second.stats == first.stats
    pd.testing.assert_frame_equal(second.movies, first.movies)
    pd.testing.assert_frame_equal(second.load_ratings(), first.load_ratings())


def test_changed_content_is_read_anew(tmp_path: Path, folder: Path) -> None:
    source = write_csv(tmp_path / "source")
    before = load_dataset(str(source), folder)
    with (source / "ratings.csv").open("a") as file:
        file.write("9,1,4.5,1445714840\n")
    after = load_dataset(str(source), folder)
    assert after.stats.ratings == before.stats.ratings + 1
    assert after.content_hash != before.content_hash


def test_the_name_is_the_one_asked_for_though_the_content_was_cached_under_another(
    tmp_path: Path, folder: Path
) -> None:
    one = zipped(write_csv(tmp_path / "source"), tmp_path / "one.zip")
    other = tmp_path / "other.zip"
    shutil.copy(one, other)
    assert load_dataset(str(one), folder).path == load_dataset(str(other), folder).path
    assert load_dataset(str(other), folder).name == "other"


def test_a_cached_data_set_opens_by_its_path(tmp_path: Path, folder: Path) -> None:
    dataset = load_dataset(str(write_csv(tmp_path / "source")), folder)
    reopened = open_cached(dataset.path)
    assert (reopened.name, reopened.content_hash) == (dataset.name, dataset.content_hash)
    pd.testing.assert_frame_equal(reopened.load_ratings(), dataset.load_ratings())


def test_progress_goes_to_standard_error(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load_dataset(str(write_csv(tmp_path / "source")), folder, progress=True)
    shown = capsys.readouterr()
    assert "source" in shown.err
    assert shown.out == ""


def test_without_progress_nothing_is_printed(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load_dataset(str(write_csv(tmp_path / "source")), folder)
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "")


@pytest.mark.parametrize("name", ["ml-33m", "", "no/such/path"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str, folder: Path) -> None:
    with pytest.raises(UnknownDatasetError) as caught:
        load_dataset(name, folder)
    assert caught.value.name == name
    assert {"ml-latest-small", "ml-32m", "sample"} <= set(caught.value.known)


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(DataFolderError) as caught:
        load_dataset(str(write_csv(tmp_path / "source")), blocked)
    assert caught.value.path == blocked


@pytest.mark.parametrize(
    "member", ["../evil.csv", "/etc/evil.csv", "ml-test/../../evil.csv", "C:\\evil.csv", "..\\evil.csv"]
)
def test_a_member_that_leads_out_of_the_folder_is_refused(member: str, tmp_path: Path, folder: Path) -> None:
    archive = zipped(write_csv(tmp_path / "source"), tmp_path / "evil.zip")
    with zipfile.ZipFile(archive, "a") as packed:
        packed.writestr(member, "x")
    with pytest.raises(UnsafeArchiveError) as caught:
        load_dataset(str(archive), folder)
    assert (caught.value.path, caught.value.member) == (archive, member)
    assert not (folder / "cache").exists()


def test_a_truncated_zip_is_refused(tmp_path: Path, folder: Path) -> None:
    archive = zipped(write_csv(tmp_path / "source"), tmp_path / "short.zip")
    archive.write_bytes(archive.read_bytes()[:-200])
    with pytest.raises(CorruptDatasetError) as caught:
        load_dataset(str(archive), folder)
    assert (caught.value.file, caught.value.line) == ("short.zip", None)


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "page.zip").write_text("<html>Not found</html>")
    with pytest.raises(CorruptDatasetError, match=r"page\.zip: expected a zip archive"):
        load_dataset(str(tmp_path / "page.zip"), folder)


def test_damage_inside_a_zip_names_the_file(tmp_path: Path, folder: Path) -> None:
    source = write_csv(tmp_path / "source")
    archive = tmp_path / "damaged.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for path in source.iterdir():
            packed.write(path, path.name)
    archive.write_bytes(archive.read_bytes().replace(b"964982703", b"964982704"))
    with pytest.raises(CorruptDatasetError, match=r"ratings\.csv: expected an intact file in the zip"):
        load_dataset(str(archive), folder)
    assert list((folder / "cache").iterdir()) == []


def test_an_empty_folder_lacks_the_ratings(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorruptDatasetError, match=r"one of ratings\.csv, ratings\.dat, u\.data"):
        load_dataset(str(tmp_path / "empty"), folder)


def test_ratings_without_films_are_refused(tmp_path: Path, folder: Path) -> None:
    source = write_csv(tmp_path / "source")
    (source / "movies.csv").unlink()
    with pytest.raises(CorruptDatasetError, match=r"expected a file movies\.csv"):
        load_dataset(str(source), folder)


def test_the_real_small_set(real_dataset: Dataset) -> None:
    """Facts of the edition of 2018; those of the packaged sample stand in `test_sample.py`."""
    dataset, stats = real_dataset, real_dataset.stats
    if dataset.name != "ml-latest-small":
        pytest.skip("MARQUEE_TEST_ARCHIVE names no ml-latest-small.zip")
    assert (stats.users, stats.movies, stats.ratings) == (610, 9742, 100836)
    assert (stats.rating_min, stats.rating_max) == (0.5, 5.0)
    assert (stats.first, stats.last) == (date(1996, 3, 29), date(2018, 9, 24))
    catalogue = Catalogue.from_dataset(dataset)
    assert sum(movie.year is None for movie in catalogue.values()) == 12
    assert sum(movie.raw_title != movie.raw_title.strip() for movie in catalogue.values()) == 11
    assert sum(movie.tmdb_id is None for movie in catalogue.values()) == 8
    assert sum(not movie.genres for movie in catalogue.values()) == 34
    assert (catalogue.last_year, len(catalogue.genres)) == (2018, 19)
    assert catalogue[318].label == "The Shawshank Redemption (1994)"
    assert catalogue[318].ratings_count == 317
    ratings = dataset.load_ratings()
    assert tuple(ratings.iloc[0]) == (1, 1, 4.0, 964982703)
    assert tuple(ratings.iloc[-1]) == (610, 170875, 3.0, 1493846415)
    assert ratings["timestamp"].sum() == 121_602_779_665_887
    assert ratings["rating"].astype("float64").sum() == 353_083.0


def test_a_compression_nobody_reads_is_told(tmp_path: Path, folder: Path) -> None:
    archive = zipped(write_csv(tmp_path / "source"), tmp_path / "exotic.zip")
    content = bytearray(archive.read_bytes())
    for mark, method_at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = content.find(mark)
        while start >= 0:
            content[start + method_at : start + method_at + 2] = (99).to_bytes(2, "little")
            start = content.find(mark, start + 4)
    archive.write_bytes(content)
    with pytest.raises(CorruptDatasetError, match="expected a readable file in the zip"):
        load_dataset(str(archive), folder)
