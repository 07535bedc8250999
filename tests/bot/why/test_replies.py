"""The card of `why`: what is shown adds up to what is shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.why import replies as ui
from bot.why.service import Explanation, Influence
from tests.bot.hostile import film
from tests.bot.limits import described


def influence(contribution: float = 0.414, *, without: float = 3.9, place: int | None = 9) -> Influence:
    return Influence(film("The Insider", 7, 1999), 5.0, False, contribution, without, place)


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
    return Explanation(film(), own, base, strongest, others, rest, linear, shown, place)


def text_of(made: Explanation) -> str:
    """The card without the small words at its end."""
    return described(ui.why(made, "!")).partition("\n-# A film pulls")[0]


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
    down = Influence(film("Grease", 8, 1978), 1.0, True, -0.108, 4.01, 3)
    assert text_of(explained(influence(), down, others=2, rest=0.031)).splitlines() == [
        "## Why ★ 3.94 for Heat (1995)",
        "**3.60** what people who rated the same films give it, before your stars",
        "**+0.42** **The Insider (1999)** ★★★★★",
        "-# without it ★ 3.90 (−0.04), place 3 → 9",
        "**−0.11** **Grease (1978)** ★ (from the profile you started with)",
        "-# without it ★ 4.01 (+0.07), still place 3",
        "**+0.03** your 2 other ratings together",
        "**= 3.94** · number 3 in your list",
    ]


def test_a_clipped_sum_says_so() -> None:
    above = text_of(explained(influence(1.9), stars=5.0))
    assert above.endswith("**= 5.50**, but there are no more than 5 stars: **★ 5.00** · number 3 in your list")
    below = text_of(explained(influence(-3.5), stars=0.5))
    assert "**= 0.10**, but there are no fewer than 0.5 stars: **★ 0.50**" in below


def test_a_rated_film_a_hidden_one_and_nobody() -> None:
    own = text_of(explained(influence(), own=4.5))
    assert "You gave it ★★★★½. This is my guess from your other ratings." in own
    assert "unrated it would be number 3" in own
    hidden = text_of(explained(influence(place=None), place=None))
    assert "in none of your lists, since you hid it" in hidden
    assert "place" not in hidden
    cold = text_of(explained())
    assert "Nothing of yours is in it yet: ★ 3.60 is what people in general give this film." in cold
    assert "!rate Toy Story 4.5" in cold
    quiet = text_of(explained(others=1, rest=0.001))
    assert "**±0.00** your rating\n" in quiet
