"""Why a film is predicted the stars it is, as a sum that a member can check."""

import math
from collections.abc import Sequence

from bot.chat.cards import CardPart, card
from bot.chat.components import ANYBODY, ActionButton
from bot.chat.markdown import bold, escape, name
from bot.chat.reply import Reply
from bot.chat.stars import number, stars
from bot.chat.text import many
from bot.why.service import Explanation, Influence


def why(made: Explanation, prefix: str, *, ephemeral: bool = False) -> Reply:
    """Base, the strongest ratings, the rest as one sum, and the total."""
    lines = _sum(made) if made.rests_on else [_cold(made, prefix)]
    if made.own_stars is not None:
        lines.insert(0, f"You gave it {stars(made.own_stars)}. This is my guess from your other ratings.\n")
    parts: list[CardPart] = [f"## Why ★ {made.stars:.2f} for {name(made.movie)}", "\n".join(lines)]
    if made.strongest:
        parts.append(
            "-# A film pulls by how far your stars for it are from what I expected. “Without it” is solved again "
            "as if you had never rated that film, so those changes do not add up."
        )
    parts.append(
        [
            ActionButton("Rate", "which_stars", ANYBODY, made.movie.movie_id),
            ActionButton("Similar", "similar", ANYBODY, made.movie.movie_id),
        ]
    )
    return Reply(layout=card(*parts), ephemeral=ephemeral)


def _sum(made: Explanation) -> list[str]:
    parts = [made.base, *(one.contribution for one in made.strongest), made.rest]
    base, *pulls, rest = hundredths(parts, shown(made.linear))
    lines = [f"**{base / 100:.2f}** what people who rated the same films give it, before your stars"]
    for one, pull in zip(made.strongest, pulls, strict=True):
        lines += [f"**{signed(pull)}** {bold(one.movie)} {_given(one)}", f"-# without it {_without(one, made)}"]
    if made.others:
        lines.append(f"**{signed(rest)}** {_others(made)}")
    return [*lines, _total(made)]


def _given(one: Influence) -> str:
    return stars(one.given) + (" (from the profile you started with)" if one.is_adopted else "")


def _without(one: Influence, made: Explanation) -> str:
    change = signed(shown(one.without) - shown(made.stars))
    text = f"★ {one.without:.2f} ({change})"
    if made.place is None or one.place_without is None:
        return text
    if made.place == one.place_without:
        return f"{text}, still place {made.place:,}"
    return f"{text}, place {made.place:,} → {one.place_without:,}"


def _others(made: Explanation) -> str:
    other = "other rating" if made.strongest else "rating"
    return f"your {other}" if made.others == 1 else f"your {many(made.others, other)} together"


def _total(made: Explanation) -> str:
    total = f"**= {made.linear:.2f}**"
    if shown(made.linear) != shown(made.stars):
        bound = "no more than" if made.linear > made.stars else "no fewer than"
        total += f", but there are {bound} {number(made.stars)} stars: **★ {made.stars:.2f}**"
    if made.place is None:
        return f"{total} · in none of your lists, since you hid it"
    if made.own_stars is not None:
        return f"{total} · unrated it would be number {made.place:,} in your list"
    return f"{total} · number {made.place:,} in your list"


def _cold(made: Explanation, prefix: str) -> str:
    return (
        f"Nothing of yours is in it yet: ★ {made.stars:.2f} is what people in general give this film. "
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
