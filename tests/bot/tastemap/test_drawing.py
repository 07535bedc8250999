"""Labels lie beside one another, whoever stands where."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.drawing import figure
from bot.tastemap.drawing import DPI, HEIGHT, WIDTH, Mark, View, labels

coordinates = st.floats(-1, 1, allow_nan=False)
names = st.sampled_from(["anna", "Jo", "W" * 32, "Δημήτρης", "no. 12", "$x$", "fi"])
others = st.lists(st.builds(Mark, names, coordinates, coordinates, st.just("other")), max_size=25)
genres = st.lists(st.builds(Mark, names, coordinates, coordinates, st.just("genre")), max_size=20)


@settings(max_examples=20, deadline=None)
@given(me=st.builds(Mark, names, coordinates, coordinates, st.just("me")), others=others, genres=genres)
def test_no_label_meets_another(me: Mark, others: list[Mark], genres: list[Mark]) -> None:
    marks = [me, *others, *genres]
    view = View.of(marks)
    assert all(view.shows(mark) for mark in (me, *others))
    found = labels(figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI), view, marks)
    assert not any(one.box.meets(other.box) for one, other in combinations(found, 2))
    assert all(label.box.is_inside for label in found)
    assert not any(label.box.meets(view.around(mark)) for label in found for mark in marks if mark is not label.mark)


def test_a_small_crowd_is_shown_apart() -> None:
    crowd = [Mark("x", 0.8 + place / 100, 0.1, "other") for place in range(10)]
    far = View.of([Mark("me", -0.9, 0, "me"), Mark("x", 0.9, 0.5, "other")])
    assert (far.x, far.y) == (0, 0)
    assert View.of([Mark("me", 0.8, 0.1, "me"), *crowd]).scale > far.scale
