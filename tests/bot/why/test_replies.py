"""`why`: what is said of the sum, and that what is shown of it adds up."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.why import replies as ui
from bot.why.service import Explanation, Influence
from tests.bot.hostile import film
from tests.bot.limits import described, labels


def influence(
    contribution: float = 0.414, *, title: str = "The Insider", given: float = 5.0, without: float = 3.9
) -> Influence:
    return Influence(film(title, 7, 1999), given, False, contribution, without)


def explained(
    *strongest: Influence,
    base: float = 3.6,
    others: int = 0,
    rest: float = 0.0,
    stars: float | None = None,
    own: float | None = None,
    place: int | None = 3,
) -> Explanation:
    linear = base + sum(one.contribution for one in strongest) + rest
    shown = linear if stars is None else stars
    return Explanation(replace(film(), ratings_count=1), own, base, strongest, others, rest, linear, shown, place)


def text_of(made: Explanation) -> str:
    """The sum without the small words at its end."""
    return described(ui.details(made)).partition("\n-# A film pulls")[0]


def said(made: Explanation) -> str:
    """The first step without its title."""
    return described(ui.why(made, 1, "!")).partition("\n")[2]


@given(
    parts=st.lists(st.floats(-2, 2), min_size=1, max_size=5),
    base=st.floats(0.5, 5),
    rest=st.floats(-1, 1),
)
def test_the_numbers_shown_add_up(parts: list[float], base: float, rest: float) -> None:
    text = text_of(explained(*map(influence, parts), base=base, others=9, rest=rest))
    shown = [float(one.replace("−", "-").replace("±", "")) for one in re.findall(r"^\*\*([-−+±\d.]+)\*\*", text, re.M)]
    (total,) = re.findall(r"\*\*= (-?[\d.]+)\*\*", text)
    assert len(shown) == len(parts) + 2
    assert sum(shown) == pytest.approx(float(total))
    for one, exact in zip(shown, (base, *parts, rest), strict=True):
        assert one == pytest.approx(exact, abs=0.01)


def test_a_card_reads_like_a_sum() -> None:
    down = Influence(film("Grease", 8, 1978), 1.0, True, -0.108, 4.01)
    turned = influence(0.02, title="Speed", without=3.99)
    assert text_of(explained(influence(), turned, down, others=2, rest=0.031)).splitlines() == [
        "## Why ★ 3.96 for Heat (1995)",
        "**3.60** what people who rated the same films give it, before your stars",
        "**+0.42** **The Insider (1999)** ★★★★★",
        "-# without it ★ 3.90",
        "**+0.02** **Speed (1999)** ★★★★★",
        "**−0.11** **Grease (1978)** ★ (from the profile you started with)",
        "-# without it ★ 4.01",
        "**+0.03** your 2 other ratings together",
        "**= 3.96**",
    ]


def test_a_clipped_sum_says_so() -> None:
    above = text_of(explained(influence(1.9), stars=5.0))
    assert above.endswith("**= 5.50**, but there are no more than 5 stars: **★ 5.00**")
    below = text_of(explained(influence(-3.5), stars=0.5))
    assert "**= 0.10**, but there are no fewer than 0.5 stars: **★ 0.50**" in below


def test_the_stronger_side_is_told_first_and_only_what_was_felt_the_same_about() -> None:
    loved, liked = influence(0.4, given=4.5), influence(0.3, title="Speed", given=4.0)
    also_loved, cold = influence(0.2, title="Ghost"), influence(-0.3, title="Grease", given=2.0)
    assert said(explained(loved, liked, also_loved, cold)) == (
        "You loved **The Insider** and **Ghost**, and people who feel the same like this one more than others do.\n"
        "What speaks against it: you did not care for **Grease**.\n-# Number 3 in your list."
    )
    weak = influence(0.1, title="Speed", given=3.5)
    assert said(explained(weak, cold)).startswith(
        "You did not care for **Grease**, and people who feel the same like this one less than others do.\n"
        "What speaks for it: you found **Speed** just all right."
    )
    assert "Nothing you have rated says much about this one, so ★ 3.6 is" in said(explained(influence(0.04)))


def test_a_rated_film_a_hidden_one_and_nobody() -> None:
    own = said(explained(influence(), own=4.5))
    assert own.startswith("You gave it ★★★★½. This is my guess from your other ratings.\nYou loved")
    assert "If you had not rated it, it would be number 3" in own
    assert "In none of your lists, since you hid it" in said(explained(influence(), place=None))
    assert labels(ui.why(explained(influence()), 1, "!"))[0] == "Details"
    cold = said(explained())
    assert "Nothing of yours is in it yet: ★ 3.6 is what people in general give this film." in cold
    assert "!rate Toy Story 4.5" in cold
    assert "Details" not in labels(ui.why(explained(), 1, "!"))
    assert "**±0.00** your rating\n" in text_of(explained(others=1, rest=0.001))
