import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.vocabulary import UNKNOWN, HashableVocabulary, Profile, RatingHistory, Vocabulary, stable_argsort


def test_indices_follow_the_order_of_ids() -> None:
    vocabulary = Vocabulary.of([30, 10], [20, 10])
    assert vocabulary.ids.tolist() == [10, 20, 30]
    assert vocabulary.indices([30, 10]).tolist() == [2, 0]


def test_an_id_that_is_not_there_has_no_index() -> None:
    vocabulary = Vocabulary.of([10, 20])
    assert vocabulary.indices([5, 10, 15, 25]).tolist() == [UNKNOWN, 0, UNKNOWN, UNKNOWN]
    assert vocabulary.known(iter([25, 20])).tolist() == [1]
    assert 10 in vocabulary
    assert 15 not in vocabulary


def test_an_empty_vocabulary_knows_nothing() -> None:
    assert Vocabulary.of([]).indices(np.array([1, 2])).tolist() == [UNKNOWN, UNKNOWN]


ids = st.lists(st.integers(-3, 12) | st.integers(-(10**12), 10**12), max_size=40)


@given(known=ids, asked=ids)
def test_indices_are_places_among_the_sorted_ids(known: list[int], asked: list[int]) -> None:
    """Dense ids and scattered ones, few and many asked for: one answer."""
    vocabulary = Vocabulary.of(known[:3], known[3:])
    order = sorted(set(known))
    assert vocabulary.ids.tolist() == order
    assert vocabulary.indices(asked).tolist() == [order.index(one) if one in order else UNKNOWN for one in asked]


@given(groups=st.lists(st.integers(0, 5) | st.integers(-(2**40), 2**40), max_size=50))
def test_grouping_is_a_stable_argsort(groups: list[int]) -> None:
    group = np.array(groups, dtype=np.int64)
    assert stable_argsort(group).tolist() == np.argsort(group, kind="stable").tolist()


hashable = st.recursive(
    st.text(max_size=5) | st.integers(-(2**70), 2**70), lambda one: st.tuples(one, one), max_leaves=4
)


@given(known=st.lists(hashable, unique=True, max_size=20), asked=st.lists(hashable | st.none(), max_size=20))
def test_ids_of_any_kind_are_found_and_kept(known: list[object], asked: list[object]) -> None:
    vocabulary = HashableVocabulary.sorted(known)
    assert len(vocabulary) == len(known)
    found = [None if idx == UNKNOWN else vocabulary.ids[idx] for idx in vocabulary.indices(asked)]
    assert found == [one if one in known else None for one in asked]
    assert Vocabulary.restored(vocabulary.tensors()).ids.tolist() == vocabulary.ids.tolist()


def test_ids_with_an_order_are_in_it() -> None:
    assert HashableVocabulary.sorted(["b", "a", "b"]).ids.tolist() == ["a", "b"]
    assert HashableVocabulary.sorted(["b", 1, "a"]).ids.tolist() == ["b", 1, "a"]


def test_whole_numbers_among_other_things_asked_for_are_found() -> None:
    vocabulary = Vocabulary.of([10, 20])
    assert vocabulary.indices(["10", 20, (10,)]).tolist() == [UNKNOWN, 1, UNKNOWN]
    assert vocabulary.indices(np.array([20, 11], dtype=np.uint8)).tolist() == [1, UNKNOWN]


def test_ids_that_cannot_be_written_down_are_not() -> None:
    with pytest.raises(TypeError):
        HashableVocabulary.sorted([frozenset("ab")]).tensors()


def test_a_history_says_how_long_ago_each_rating_was_and_a_dict_does_not() -> None:
    movies = Vocabulary.of([10, 20, 30])
    given_last_first = {30: 4.0, 99: 1.0, 10: 5.0}
    profile = Profile.of(RatingHistory(given_last_first), movies)
    assert profile.movie_idx.tolist() == [0, 2]
    assert profile.rating.tolist() == [5.0, 4.0]
    assert profile.age is not None
    assert profile.age.tolist() == [0, 2]  # the unknown film came between
    assert Profile.of(given_last_first, movies).age is None
