"""Series found from titles, and lists in their order."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from recommender.ranking import EXCLUDED
from recommender.series import NO_SERIES, PartOrder, find_series
from recommender.vocabulary import Vocabulary


def found(*films: str) -> list[list[str]]:
    """The series among films like `Alien (1979) Horror|Sci-Fi`, each as its titles in order."""
    rows = []
    for movie_id, film in enumerate(films, 1):
        title, _, rest = film.rpartition(" (")
        year, _, genres = rest.partition(")")
        rows.append((movie_id, title, int(year) if year else None, genres.strip() or "Action"))
    movies = pd.DataFrame(rows, columns=["movie_id", "title", "year", "genres"])
    series, place = find_series(movies, Vocabulary.of(movies["movie_id"].to_numpy()))
    parts = [np.flatnonzero(series == one) for one in range(series.max() + 1)]
    return [[rows[idx][1] for idx in one[np.argsort(place[one])]] for one in parts]


@pytest.mark.parametrize(
    "titles",
    [
        ("Toy Story (1995)", "Toy Story 2 (1999)", "Toy Story 3 (2010)"),
        ("Rocky (1976)", "Rocky II (1979)", "Rocky IV (1985)", "Rocky V (1990)", "Rocky Balboa (2006)"),
        ("Alien (1979)", "Alien³ (1992)", "Alien: Resurrection (1997)"),
        ("Godfather, The (1972)", "Godfather, The: Part II (1974)"),
        ("The Godfather (1972)", "The Godfather: Part II (1974)", "The Godfather: Part III (1990)"),
        ("Star Wars: Episode IV - A New Hope (1977)", "Star Wars: Episode V - The Empire Strikes Back (1980)"),
        ("Lord of the Rings, The: The Two Towers (2002)", "Lord of the Rings, The: The Return of the King (2003)"),
        ("Harry Potter and the Goblet of Fire (2005)", "Harry Potter and the Deathly Hallows: Part 1 (2010)"),
        ("Indiana Jones and the Temple of Doom (1984)", "Indiana Jones and the Last Crusade (1989)"),
        ("The Matrix (1999)", "The Matrix Reloaded (2003)"),
        ("Kill Bill: Vol. 1 (2003)", "Kill Bill: Vol. 2 (2004)"),
        ("Mission: Impossible (1996)", "Mission: Impossible II (2000)", "Mission: Impossible - Ghost Protocol (2011)"),
        ("The Terminator (1984)", "Terminator 2: Judgment Day (1991)", "Terminator Salvation (2009)"),
        ("The Naked Gun: From the Files (1988)", "The Naked Gun 2 1/2 (1991)", "Naked Gun 33 1/3 (1994)"),
        ("Ocean's Eleven (2001)", "Ocean's Twelve (2004)"),
        ("Airport (1970)", "Airport 1975 (1974)", "Airport '77 (1977)"),
        ("Blade Runner (1982)", "Blade Runner 2049 (2017)"),
        ("Star Trek (2009)", "Star Trek Into Darkness (2013)"),
    ],
    ids=lambda titles: titles[0],
)
def test_parts_are_found_in_their_order(titles: Sequence[str]) -> None:
    assert found(*reversed(titles)) == [[title.rpartition(" (")[0] for title in titles]]


@pytest.mark.parametrize(
    "titles",
    [
        ("Up (2009)", "Upside Down (2012)"),
        ("King Kong (1933)", "King Kong (1976)", "King Kong (2005)"),
        ("Love (2015)", "Love Actually (2003)", "Love & Basketball (2000)"),
        ("The Mission (1986)", "Mission: Impossible (1996)"),
        ("The Mission (1986) Drama", "The Mission: Impossible (1996) Action"),
        ("District 9 (2009)", "District 13 (2004)"),
        ("Game, The (1997)", "Game 6 (2005)"),
        ("Fear (1996)", "Fear X (2003)"),
        ("Henry V (1944)", "Henry V (1989)"),
        ("Apollo 13 (1995)", "Apollo 18 (2011)"),
        ("Dave Chappelle: Killin' Them Softly (2000) Comedy", "Dave Chappelle: Equanimity (2017) Comedy"),
        ("Robin Hood: Prince of Thieves (1991) Adventure|Drama", "Robin Hood: Men in Tights (1993) Comedy"),
        ("The Lord of the Rings (1978) Animation|Fantasy", "The Lord of the Rings: The Two Towers (2002) Fantasy"),
        ("The Prince and the Pauper (1937)", "The Prince and the Showgirl (1957)"),
        ("Sherlock Holmes: The Woman in Green (1945)", "Sherlock Holmes: A Game of Shadows (2011)"),
        ("Beauty and the Beast (1991)", "Beauty and the Devil (1950)"),
        ("Seven (1995)", "Seven (1979)", "Se7en (1995)"),
        ("Toy Story ()", "Toy Story 2 (1999)"),
    ],
    ids=lambda titles: titles[1],
)
def test_no_series(titles: Sequence[str]) -> None:
    assert found(*titles) == []


def test_a_remake_begins_its_own_series() -> None:
    films = ("Halloween (1978)", "Halloween II (1981)", "Halloween (2007)", "Halloween II (2009)")
    assert found(*films) == [["Halloween", "Halloween II"]] * 2


def test_parts_of_one_year_follow_their_numbers() -> None:
    assert found("Che: Part Two (2008)", "Che: Part One (2008)") == [["Che: Part One", "Che: Part Two"]]


def test_without_titles_there_are_no_series() -> None:
    vocabulary = Vocabulary.of([1, 2])
    for movies in (None, pd.DataFrame({"movie_id": [1, 2], "genres": ["", ""]})):
        assert (find_series(movies, vocabulary)[0] == NO_SERIES).all()


def order(listed: Sequence[bool] = (True,) * 6) -> PartOrder:
    """Films 0, 2 and 4 are parts 3, 1 and 2 of one series, 3 and 5 parts 1 and 2 of another."""
    return PartOrder.of(np.array([0, NO_SERIES, 0, 1, 0, 1]), np.array([2, 0, 0, 0, 1, 1]), np.array(listed))


def ordered(*scores: float, listed: Sequence[bool] = (True,) * 6) -> list[float]:
    values = np.array(scores, dtype=np.float32)
    order(listed).apply(values, np.arange(len(values)))
    return values.tolist()


def test_the_first_part_stands_where_the_best_stood() -> None:
    assert ordered(9, 5, 1, 3, 4, 2) == [1, 5, 9, 3, 4, 2]


def test_a_seen_or_excluded_part_is_passed_over() -> None:
    assert ordered(9, 5, EXCLUDED, 3, 4, EXCLUDED) == [4, 5, EXCLUDED, 3, 9, EXCLUDED]


def test_a_part_of_low_support_keeps_its_place() -> None:
    assert ordered(9, 5, -8, 3, 4, 6, listed=(True, True, False, True, True, True)) == [4, 5, -8, 6, 9, 3]


def test_a_beginning_far_behind_does_not_take_a_sequels_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.series.REACH", 4)
    assert ordered(9, 5, 1, 3, 4, 2) == [4, 5, 1, 3, 9, 2]


def test_parts_stand_together_behind_the_first_that_is_listed() -> None:
    assert order().together(np.array([1, 3, 2, 5, 0, 4])).tolist() == [1, 3, 5, 2, 0, 4]
    assert order((True, True, False, True, True, False)).together(np.array([3, 2, 4, 5, 0])).tolist() == [3, 2, 4, 0, 5]


def test_a_chosen_list_names_the_first_parts_of_its_pool() -> None:
    pool = np.array([1, 0, 2, 3, 4, 5])
    assert order().in_list(np.array([0, 1, 5]), pool).tolist() == [2, 1, 3]
    assert order().in_list(np.array([1, 0, 4]), pool).tolist() == [1, 2, 4]
