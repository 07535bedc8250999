"""Films found by the titles they go by elsewhere, and shown by the one people know them by."""

import numpy as np
import pyarrow as pa
import pytest

from data import Ambiguous, Catalogue, Doubtful, Found, Movie, TitleIndex
from data.folding import fold
from data.othertitles import OtherTitles

GODFATHER = Movie(858, "The Godfather", 1972, (), "Godfather, The (1972)", ratings_count=192)
SPIRITED = Movie(5618, "Spirited Away", 2001, (), "Spirited Away (2001)", ratings_count=87)
HATE = Movie(97, "Hate", 1995, (), "Hate (Haine, La) (1995)", ratings_count=20)
OPPENHEIMER = Movie(115_398_776, "Oppenheimer", 2023, (), "Oppenheimer (2023)", source_votes=900_000, source="imdb")
FILMS = (GODFATHER, SPIRITED, HATE, OPPENHEIMER)
TITLES = {
    858: ["Der Pate", "Le Parrain", "Крёстный отец", "Hate the Father"],
    5618: ["千と千尋の神隠し", "Chihiros Reise ins Zauberland", "El viaje de Chihiro", "센과 치히로의 행방불명"],
    115_398_776: ["オッペンハイマー", "Опенхаймер"],
    4711: ["Der Pate"],  # of no film here
}


@pytest.fixture(scope="module")
def index() -> TitleIndex:
    pairs = [(movie_id, fold(one)) for movie_id, some in TITLES.items() for one in some]
    ids, titles = zip(*pairs, strict=True)
    return TitleIndex(Catalogue(FILMS), OtherTitles(np.array(ids, dtype=np.int32), pa.array(titles)))


@pytest.mark.parametrize(
    ("typed", "movie"),
    [
        ("Der Pate", GODFATHER),
        ("der pate (1972)", GODFATHER),
        ("крестный отец", GODFATHER),
        ("千と千尋の神隠し", SPIRITED),
        ("센과 치히로의 행방불명", SPIRITED),
        ("chihiros reise ins zauberland", SPIRITED),
        ("オッペンハイマー", OPPENHEIMER),
        ("La Haine", HATE),
        ("Hate", HATE),
    ],
)
def test_a_whole_title_is_the_film(index: TitleIndex, typed: str, movie: Movie) -> None:
    assert index.resolve(typed) in (Found(movie), Doubtful(movie))


@pytest.mark.parametrize(
    ("typed", "movie"),
    [("der p", GODFATHER), ("千と", SPIRITED), ("千", SPIRITED), ("zauberl", SPIRITED), ("viaje chih", SPIRITED)],
)
def test_it_is_completed(index: TitleIndex, typed: str, movie: Movie) -> None:
    assert index.autocomplete(typed)[0] == movie


def test_the_titles_here_come_first(index: TitleIndex) -> None:
    assert index.autocomplete("hate")[0] == HATE
    assert index.autocomplete("de") == []  # too little to tell films by what they are called elsewhere


def test_a_part_of_one_is_asked_about(index: TitleIndex) -> None:
    assert index.resolve("chihiros reise") == Ambiguous((SPIRITED,))


def test_a_film_that_is_newer_than_the_ratings_is_as_well_known_as_its_votes_say() -> None:
    rated = Movie(1, "Heat", 1995, (), "Heat (1995)", ratings_count=100, source_votes=700_000)
    unknown = Movie(2, "Oppenheimer", 1980, (), "Oppenheimer (1980)", ratings_count=2, source_votes=100_000)
    index = TitleIndex(Catalogue([rated, unknown, OPPENHEIMER]))
    assert index.autocomplete("")[0] == OPPENHEIMER
    assert index.resolve("Oppenheimer") == Ambiguous((OPPENHEIMER, unknown))
    assert index.resolve("Oppenheimer 2023") == Found(OPPENHEIMER)


def test_without_any_other_titles_nothing_is_found() -> None:
    placed = OtherTitles.none().at_places(np.array([1, 2]))
    assert (list(placed.whole(["a"])), placed.with_prefix(["abc"], 5), placed.with_words(["abc", "d"], 5)) == (
        [],
        [],
        [],
    )
    of_none = OtherTitles(np.array([1], dtype=np.int32), pa.array(["abc"]))
    assert TitleIndex(Catalogue([]), of_none).autocomplete("abc") == []
