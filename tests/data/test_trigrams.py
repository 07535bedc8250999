from hypothesis import given
from hypothesis import strategies as st

from data.trigrams import TrigramIndex


def test_the_text_with_most_in_common_is_among_few() -> None:
    index = TrigramIndex(["pulp fiction", "fight club", "pulp", "the shawshank redemption"])
    assert index.nearest("shawshenk redemtion", 1).tolist() == [3]
    assert index.nearest("pulp ficton", 1).tolist() == [0]


def test_nothing_in_common_is_nothing() -> None:
    assert TrigramIndex(["heat"]).nearest("qqqq", 5).tolist() == []
    assert TrigramIndex([]).nearest("heat", 5).tolist() == []


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=20), st.data())
def test_every_text_finds_itself(texts: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.integers(0, len(texts) - 1))
    assert wanted in TrigramIndex(texts).nearest(texts[wanted], len(texts)).tolist()
