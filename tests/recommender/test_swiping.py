"""The deck of a group that swipes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import Recommender, TrainingConfig, swipe_deck, train
from tests.recommender.test_groups import LOVES_EVEN, SMALL_IDS, films, groups, models, some_ids
from tests.recommender.worlds import EVEN, checkerboard, frame


@given(
    model=models,
    group=groups,
    n=st.integers(0, 25),
    exclude=some_ids,
    answers=st.lists(st.dictionaries(st.sampled_from([*SMALL_IDS, 1]), st.booleans()), min_size=4, max_size=4),
)
def test_a_deck_holds_all_that_can_still_be_agreed_on(
    model: Recommender, group: list[dict[int, float]], n: int, exclude: set[int], answers: list[dict[int, bool]]
) -> None:
    given_so_far = answers[: len(group)]
    deck = swipe_deck(model, group, n, answers=given_so_far, exclude=exclude)
    rated = {movie_id for profile in group for movie_id in profile}
    refused = {movie_id for own in given_so_far for movie_id, is_yes in own.items() if not is_yes}
    answered = set.intersection(*map(set, given_so_far))
    left = set(SMALL_IDS) - rated - refused - answered - exclude
    assert set(films(deck)) <= left
    assert len(set(films(deck))) == len(deck) == min(n, len(left))
    assert swipe_deck(model, group, n, answers=given_so_far, exclude=exclude) == deck


@given(model=models, group=groups, refused=some_ids)
def test_the_others_keep_their_order(model: Recommender, group: list[dict[int, float]], refused: set[int]) -> None:
    answers: list[dict[int, bool]] = [dict.fromkeys(refused, False), *[{}] * (len(group) - 1)]
    deck = swipe_deck(model, group, answers=answers)
    assert list(deck) == [pick for pick in swipe_deck(model, group) if pick.movie_id not in refused]


def test_without_answers_it_is_the_first_deck(board: Recommender) -> None:
    group = [LOVES_EVEN, LOVES_EVEN, {}]
    deck = swipe_deck(board, group)
    assert swipe_deck(board, group, answers=[{}, {}, {}]) == deck
    assert set(films(deck[:10])) <= set(EVEN)
    assert set(films(swipe_deck(board, group, candidates=films(deck[3:5])))) == set(films(deck[3:5]))


def test_a_film_that_one_said_yes_to_comes_first(board: Recommender) -> None:
    group = [LOVES_EVEN, LOVES_EVEN]
    later = films(swipe_deck(board, group))[3]
    deck = swipe_deck(board, group, answers=[{later: True}, {}])
    assert deck[0].movie_id == later
    assert films(deck[1:]) == [one for one in films(swipe_deck(board, group)) if one != later]


def test_better_known_films_come_before_equally_appealing_ones() -> None:
    """Two camps without anything in common: neither appeals to both, and more people know the even films."""
    rows = [(user, 1 + user % 2 + 2 * film, 5.0, film) for user in range(60) for film in range(12)]
    more = [(100 + user, 2 + 2 * film, 5.0, film) for user in range(60) for film in range(12)]
    model = train(frame([*rows, *more]), config=TrainingConfig.fast())
    first = swipe_deck(model, [{1: 5.0, 3: 5.0}, {2: 5.0, 4: 5.0}], 1)
    assert first[0].movie_id % 2 == 0


def test_rewatching(board: Recommender) -> None:
    group = [LOVES_EVEN, LOVES_EVEN]
    assert not {*LOVES_EVEN} & {*films(swipe_deck(board, group, 60))}
    deck = films(swipe_deck(board, group, 60, rewatch=True))
    assert {*LOVES_EVEN} <= {*deck}
    assert max(deck.index(loved) for loved in (1000, 1002, 1004)) < min(deck.index(hated) for hated in (1001, 1003))


def test_implicit_feedback() -> None:
    model = train(checkerboard().query("rating == 5").drop(columns="rating"), config=TrainingConfig.fast())
    group = [{1000: 1.0, 1008: 1.0}, {1006: 1.0}]
    deck = swipe_deck(model, group, 10, answers=[{1002: True}, {1002: True, 1004: True}])
    assert set(films(deck)) <= {*EVEN} - {1000, 1002, 1006, 1008}


def test_decks_that_cannot_be(board: Recommender) -> None:
    with pytest.raises(ValueError, match="-1 films"):
        swipe_deck(board, [{}], -1)
    with pytest.raises(ValueError, match="one mapping a member"):
        swipe_deck(board, [{}, {}], answers=[{}])
    with pytest.raises(ValueError, match="at least one member"):
        swipe_deck(board, [])
