"""Stars as people read them."""

from bot.chat.language import format_number, gettext, gettext_noop


def stars(rating: float) -> str:
    """A rating somebody gave, to the half star: `★★★★½`."""
    halves = round(rating * 2)
    return "★" * (halves // 2) + ("½" if halves % 2 else "")


def number(rating: float) -> str:
    """A rating as a number without a useless zero: `4`, `4.5`."""
    return format_number(rating, 0 if f"{rating:.1f}".endswith(".0") else 1)


def many_stars(rating: float) -> str:
    """`4.5 stars`, `1 star`."""
    given = number(rating)
    return gettext("{stars} star", stars=given) if rating <= 1 else gettext("{stars} stars", stars=given)


def guess(rating: float, sd: float | None = None) -> str:
    """A predicted rating and, if known, its standard deviation: `★ 4.3 ± 0.6`."""
    shown = f"★ {format_number(rating, 1)}"
    return shown if sd is None else f"{shown} ± {format_number(sd, 1)}"


SURE_SD, FAIRLY_SURE_SD = 0.65, 0.85
"""Below so many stars of standard deviation; how often that is right: docs/RECOMMENDER.md, "In the bot"."""


def confidence(sd: float) -> str:
    """How far to trust a predicted rating, in a word, which `gettext` says."""
    if sd < SURE_SD:
        return gettext_noop("sure")
    return gettext_noop("fairly sure") if sd < FAIRLY_SURE_SD else gettext_noop("a guess")
