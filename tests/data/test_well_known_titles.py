"""Titles without a year, against real catalogues: who is asked whether a little-known film was meant."""

from pathlib import Path

import pytest

from data import Ambiguous, Catalogue, Doubtful, Found, Movie, TitleIndex
from data.namesakes import newer_namesakes

FOLDER = Path(__file__).parent
ASKED_ABOUT = 0.05
"""Share of well-known titles that may be asked about: few know the film, or a newer one is called so."""


def read(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.fixture(scope="module")
def index(real_catalogue: Catalogue) -> TitleIndex:
    return TitleIndex(real_catalogue)


def test_well_known_films_are_hardly_ever_asked_about(index: TitleIndex) -> None:
    titles = read("well_known_titles.txt")
    assert len({*titles}) == 200
    answers = [index.resolve(title) for title in titles]
    known = [answer for answer in answers if isinstance(answer, Found | Doubtful)]
    assert len(known) >= 180  # some are newer than the older edition
    asked = {answer.movie.title for answer in known if isinstance(answer, Doubtful)}
    remade = {title for title, _ in newer_namesakes()} & asked  # asked about whoever knows the older film
    assert remade >= {"Aladdin", "The Lion King"}
    assert len(asked) <= ASKED_ABOUT * len(known)


def test_films_newer_than_the_catalogue_are_not_taken_for_old_ones_few_know(index: TitleIndex) -> None:
    titles = read("newer_titles.txt")
    assert len({*titles}) == 200
    typed = [*titles, *map(str.lower, titles)]
    assert not [title for title in typed if isinstance(index.resolve(title), Found)]


@pytest.mark.parametrize(
    ("title", "year", "label"),
    [
        ("Parasite", 1982, "Parasite (1982)"),
        ("Black Widow", 1987, "Black Widow (1987)"),
        ("the killer", 1989, "The Killer (1989)"),
    ],
)
def test_with_its_year_a_film_few_know_is_meant(index: TitleIndex, title: str, year: int, label: str) -> None:
    doubtful = index.resolve(title)
    assert isinstance(doubtful, Doubtful)
    assert doubtful.movie.label == label
    assert index.resolve(f"{title} {year}") == index.resolve(f"id:{doubtful.movie.movie_id}") == Found(doubtful.movie)


def test_a_title_that_a_newer_film_has_is_asked_about_until_that_one_is_here(real_catalogue: Catalogue) -> None:
    for text in ("Aladdin", "lion king", "The Lion King", "Hustlers"):
        assert isinstance(TitleIndex(real_catalogue).resolve(text), Doubtful), text
    newer = Movie(100_000_001, "Aladdin", 2019, ("Comedy",), "Aladdin (2019)", source_votes=1)
    index = TitleIndex(real_catalogue.with_films([newer]))
    assert isinstance(index.resolve("Aladdin"), Ambiguous)
    assert index.resolve("Aladdin 2019") == Found(newer)
    assert isinstance(index.resolve("Aladdin 1992"), Found)
    assert isinstance(index.resolve("The Hustler"), Found)
