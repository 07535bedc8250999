"""Why a film is predicted the stars it is: in a sentence or two, and behind `Details` as a sum that adds up."""

import math
from collections.abc import Sequence

from bot.chat.cards import CardPart, card
from bot.chat.components import ANYBODY, ActionButton
from bot.chat.markdown import bold, escape, name, title
from bot.chat.reply import Reply
from bot.chat.stars import guess, number, stars
from bot.chat.text import many
from bot.why.service import Explanation, Influence

SAID = 0.05
"""Stars: a film that does less than this to a guess stands in the sum alone."""

MOST_SAID = 2
"""Films that speak for a film, and as many that speak against it."""


def why(made: Explanation, owner_id: int, prefix: str) -> Reply:
    """Which films speak for it and which against, the stronger side first."""
    said = _said(made) if made.rests_on else _cold(made, prefix)
    if made.own_stars is not None:
        rests_on = " This is my guess from your other ratings." if made.rests_on else ""
        said = f"You gave it {stars(made.own_stars)}.{rests_on}\n{said}"
    details = ActionButton("Details", "why_details", owner_id, made.movie.movie_id)
    parts: list[CardPart] = [f"## Why {guess(made.stars)} for {name(made.movie)}", said, f"-# {_place(made)}"]
    parts.append(
        [
            *([details] if made.rests_on else []),
            ActionButton("Rate", "which_stars", ANYBODY, made.movie.movie_id),
            ActionButton("Similar", "similar", ANYBODY, made.movie.movie_id),
        ]
    )
    return Reply(layout=card(*parts))


def details(made: Explanation) -> Reply:
    """Base, the strongest ratings, the rest as one sum, and the total."""
    parts: list[CardPart] = [f"## Why ★ {made.stars:.2f} for {name(made.movie)}", "\n".join(_sum(made))]
    if made.strongest:
        parts.append(
            "-# A film pulls by how far your stars for it are from what I expected. “Without it” is what I would guess "
            "had you never rated that film; the rest then counts for more, so those stars do not add up."
        )
    return Reply(layout=card(*parts), ephemeral=True)


def _said(made: Explanation) -> str:
    lifts = _alike([one for one in made.strongest if one.contribution >= SAID])
    falls = _alike([one for one in reversed(made.strongest) if one.contribution <= -SAID])
    if not lifts and not falls:
        return f"Nothing you have rated says much about this one, so {guess(made.stars)} is about {_usual(made)}."
    sides = [
        (lifts, "people who feel the same like this one more than others do", "What speaks for it"),
        (falls, "people who feel the same like this one less than others do", "What speaks against it"),
    ]
    (first, who, _), (second, _, what) = sorted(sides, key=lambda side: -sum(abs(one.contribution) for one in side[0]))
    said = f"{_felt(first)}, and {who}."
    return f"{said}\n{what}: {_lowered(_felt(second))}." if second else said


def _alike(strongest: Sequence[Influence]) -> list[Influence]:
    """The strongest, and others that were felt the same about."""
    return [one for one in strongest if _feeling(one) == _feeling(strongest[0])][:MOST_SAID]


def _feeling(one: Influence) -> str:
    """How whoever gave the stars felt, with room for the films."""
    who = "Whoever you started from" if one.is_adopted else "You"
    if one.given >= 4.5:
        return f"{who} loved {{}}"
    if one.given >= 4:
        return f"{who} liked {{}}"
    return f"{who} found {{}} just all right" if one.given >= 3 else f"{who} did not care for {{}}"


def _felt(films: Sequence[Influence]) -> str:
    """`You loved **Heat** and **The Insider**`."""
    return _feeling(films[0]).format(" and ".join(f"**{title(one.movie)}**" for one in films))


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def _place(made: Explanation) -> str:
    if made.is_kept_out:
        return "Your defaults keep it out of your lists."
    if made.place is None:
        return "In none of your lists, since you hid it or have seen it."
    if made.own_stars is not None:
        return f"If you had not rated it, it would be number {made.place:,} in your list."
    return f"Number {made.place:,} in your list."


def _sum(made: Explanation) -> list[str]:
    parts = [made.base, *(one.contribution for one in made.strongest), made.rest]
    base, *pulls, rest = hundredths(parts, shown(made.linear))
    lines = [f"**{base / 100:.2f}** {_usual(made)}, before your stars"]
    for one, pull in zip(made.strongest, pulls, strict=True):
        lines.append(f"**{signed(pull)}** {bold(one.movie)} {_given(one)}")
        if (made.stars - one.without) * one.contribution > 0:  # a small one may turn with the base
            lines.append(f"-# without it ★ {one.without:.2f}")
    if made.others:
        lines.append(f"**{signed(rest)}** {_others(made)}")
    return [*lines, _total(made)]


def _given(one: Influence) -> str:
    return stars(one.given) + (" (from the profile you started with)" if one.is_adopted else "")


def _others(made: Explanation) -> str:
    other = "other rating" if made.strongest else "rating"
    return f"your {other}" if made.others == 1 else f"your {many(made.others, other)} together"


def _usual(made: Explanation) -> str:
    """Of a film that nobody has rated it is only expected."""
    people = "people who rated the same films"
    return f"what {people} give it" if made.movie.ratings_count else f"what I expect {people} to give it"


def _total(made: Explanation) -> str:
    total = f"**= {made.linear:.2f}**"
    if shown(made.linear) != shown(made.stars):
        bound = "no more than" if made.linear > made.stars else "no fewer than"
        total += f", but there are {bound} {number(made.stars)} stars: **★ {made.stars:.2f}**"
    return total


def _cold(made: Explanation, prefix: str) -> str:
    rated = made.movie.ratings_count
    usual = "what people in general give this film" if rated else "what I expect people to give a film like this"
    return (
        f"Nothing of yours is in it yet: {guess(made.stars)} is {usual}. "
        f"Rate a few, and I can say which of them pull it up or down: {escape(prefix)}rate Toy Story 4.5"
    )


def signed(in_hundredths: int) -> str:
    """`+0.41`, `−0.08`, `±0.00`."""
    sign = "±" if in_hundredths == 0 else "+" if in_hundredths > 0 else "−"
    return f"{sign}{abs(in_hundredths) / 100:.2f}"


def shown(number: float) -> int:
    """A number in hundredths, rounded as it is when it is written with two places."""
    return round(100 * float(f"{number:.2f}"))


def hundredths(parts: Sequence[float], total: int) -> list[int]:
    """The parts in whole hundredths that add up to their rounded `total`, each off by about one (largest remainder)."""
    exact = [100 * one for one in parts]
    whole = [math.floor(one) for one in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: total - sum(whole)]:
        whole[place] += 1
    return whole
