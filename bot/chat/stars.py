"""Stars as people read them."""


def stars(rating: float) -> str:
    """A rating somebody gave, to the half star: `★★★★½`."""
    halves = round(rating * 2)
    return "★" * (halves // 2) + ("½" if halves % 2 else "")


def number(rating: float) -> str:
    """A rating as a number without a useless zero: `4`, `4.5`."""
    return f"{rating:.1f}".removesuffix(".0")


def many_stars(rating: float) -> str:
    """`4.5 stars`, `1 star`."""
    return f"{number(rating)} {'star' if rating <= 1 else 'stars'}"


def guess(rating: float, sd: float | None = None) -> str:
    """A predicted rating and, if known, its standard deviation: `★ 4.3 ± 0.6`."""
    return f"★ {rating:.1f}" if sd is None else f"★ {rating:.1f} ± {sd:.1f}"


SURE_SD, FAIRLY_SURE_SD = 0.65, 0.85
"""Below so many stars of standard deviation; how often that is right: docs/RECOMMENDER.md, "In the bot"."""


def confidence(sd: float) -> str:
    """How far to trust a predicted rating, in a word."""
    if sd < SURE_SD:
        return "sure"
    return "fairly sure" if sd < FAIRLY_SURE_SD else "a guess"
