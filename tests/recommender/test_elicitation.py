"""The next question: value, neighbours, and what is never asked."""

import numpy as np

from recommender import Recommender
from recommender.elicitation import POOL, askable, expected_information, most_informative
from tests.recommender.worlds import EVEN, ODD

NONE = np.array([], dtype=np.int64)
FILMS = np.arange(4)
APART = np.eye(4)


def test_only_the_most_rated_open_films_may_be_asked_about() -> None:
    support = np.array([5, 0, 9, 7, 8])
    assert askable(support, np.array([2])).tolist() == [4, 3, 0]
    assert len(askable(np.arange(1, 2 * POOL), NONE)) == POOL


def test_what_is_certain_or_agreed_upon_or_unknown_is_value_nothing() -> None:
    support, entropy, deviation = np.array([99, 0, 99, 99]), np.array([2.0, 2, 0, 2]), np.array([0.5, 0.5, 0.5, 0.0])
    value = expected_information(support, entropy, deviation)
    assert value.tolist() == [99, 0, 0, 0]


def test_the_film_of_the_greatest_value_is_asked() -> None:
    assert most_informative(FILMS, np.array([1.0, 3.0, 2.0, 0.0]), APART, NONE) == 1


def test_a_near_duplicate_of_an_asked_film_is_passed_over() -> None:
    embeddings = np.array([[1.0, 0.0], [0.8, 0.6], [0.0, 1.0]])
    assert most_informative(np.array([1, 2]), np.array([9.0, 1.0]), embeddings, np.array([0])) == 2
    assert most_informative(np.array([1]), np.array([9.0]), embeddings, np.array([0])) == 1  # nothing else is left
    assert most_informative(NONE, np.array([]), embeddings, NONE, [np.array([0])]) is None


def test_chosen_films_come_first_and_then_their_neighbours() -> None:
    value = np.array([1.0, 9.0, 8.0, 2.0])
    assert most_informative(FILMS, value, APART, NONE, [np.array([0, 3])]) == 3
    embeddings = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.75**0.5], [0.0, -1.0]])
    assert most_informative(np.array([1, 2, 3]), value[1:], embeddings, np.array([0]), [np.array([0])]) == 2


def test_questions_go_round_the_tastes_until_one_has_no_film_left() -> None:
    value, tastes = np.array([9.0, 8.0, 7.0, 1.0]), [np.array([0, 1, 2]), np.array([3])]
    asked: list[int] = []
    while len(asked) < len(FILMS):
        left = np.setdiff1d(FILMS, asked)
        film = most_informative(left, value[left], APART, np.array(asked, dtype=np.int64), tastes)
        assert film is not None
        asked.append(film)
    assert asked == [0, 3, 1, 2]


def test_no_question_comes_twice_and_rated_and_excluded_films_never(any_model: Recommender) -> None:
    entropies = dict.fromkeys([*EVEN, *ODD], 1.0)
    ratings, hidden, asked = {EVEN[0]: 5.0}, ODD[0], list[int]()
    while (film := any_model.next_question(ratings, entropies, asked=asked, exclude=[hidden])) is not None:
        asked.append(film)
    assert sorted(asked) == sorted({*EVEN, *ODD} - {EVEN[0], hidden})


def test_the_chosen_side_is_asked_about_first(board: Recommender) -> None:
    entropies = dict.fromkeys([*EVEN, *ODD], 1.0)
    assert board.next_question({}, entropies, tastes=[ODD]) in ODD
    assert board.next_question({}, entropies, tastes=[EVEN]) in EVEN
