import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender.vocabulary import UNKNOWN, Vocabulary, stable_argsort


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
