"""Why a film is predicted the stars it is: in a sentence or two, and behind `Details` as a sum that adds up."""

import math
from collections.abc import Sequence

from bot.chat.cards import CardPart, card
from bot.chat.components import ANYBODY, ActionButton
from bot.chat.language import format_number, gettext, language, listed, ngettext
from bot.chat.markdown import bold, escape, name, title
from bot.chat.reply import Reply
from bot.chat.sentences import sentence, short
from bot.chat.stars import guess, number, stars
from bot.why.asking import WhyForOthersError
from bot.why.service import Explanation, Influence

SAID = 0.05
"""Stars: a film that does less than this to a guess stands in the sum alone."""

MOST_SAID = 2
"""Films that speak for a film, and as many that speak against it."""


def why(made: Explanation, owner_id: int, prefix: str) -> Reply:
    """Which films speak for it and which against, the stronger side first."""
    said = _said(made) if made.rests_on else _cold(made, prefix)
    if made.own_stars is not None:
        given = stars(made.own_stars)
        own = (
            gettext("You gave it {stars}. This is my guess from your other ratings.", stars=given)
            if made.rests_on
            else gettext("You gave it {stars}.", stars=given)
        )
        said = f"{own}\n{said}"
    details = ActionButton(gettext("Details"), "why_details", owner_id, made.movie.movie_id)
    parts: list[CardPart] = [_heading(made, guess(made.stars)), said, f"-# {_place(made)}"]
    parts.append(
        [
            *([details] if made.rests_on else []),
            ActionButton(gettext("Rate"), "which_stars", ANYBODY, made.movie.movie_id),
            ActionButton(gettext("Similar"), "similar", ANYBODY, made.movie.movie_id),
        ]
    )
    return Reply(layout=card(*parts))


def details(made: Explanation) -> Reply:
    """Base, the strongest ratings, the rest as one sum, and the total."""
    parts: list[CardPart] = [_heading(made, f"★ {format_number(made.stars, 2)}"), "\n".join(_sum(made))]
    if made.strongest:
        told = gettext(
            "A film pulls by how far your stars for it are from what I expected. “Without it” is what I would guess "
            "had you never rated that film; the rest then counts for more, so those stars do not add up."
        )
        parts.append(f"-# {told}")
    return Reply(layout=card(*parts), ephemeral=True)


def _heading(made: Explanation, guessed: str) -> str:
    return f"## {gettext('Why {guess} for {film}', guess=guessed, film=name(made.movie))}"


def _said(made: Explanation) -> str:
    lifts = _alike([one for one in made.strongest if one.contribution >= SAID])
    falls = _alike([one for one in reversed(made.strongest) if one.contribution <= -SAID])
    if not lifts and not falls:
        return _undecided(made)
    if sum(one.contribution for one in lifts) >= -sum(one.contribution for one in falls):
        said = gettext("{felt}, and people who feel the same like this one more than others do.", felt=_felt(lifts))
        other = falls and gettext("What speaks against it: {felt}.", felt=_lowered(_felt(falls)))
    else:
        said = gettext("{felt}, and people who feel the same like this one less than others do.", felt=_felt(falls))
        other = lifts and gettext("What speaks for it: {felt}.", felt=_lowered(_felt(lifts)))
    return f"{said}\n{other}" if other else said


def _undecided(made: Explanation) -> str:
    """Of a film that nobody has rated it is only expected what people give it."""
    guessed = guess(made.stars)
    if made.movie.ratings_count:
        return gettext(
            "Nothing you have rated says much about this one, so {guess} is about what people who rated the same films "
            "give it.",
            guess=guessed,
        )
    return gettext(
        "Nothing you have rated says much about this one, so {guess} is about what I expect people who rated the same "
        "films to give it.",
        guess=guessed,
    )


def _alike(strongest: Sequence[Influence]) -> list[Influence]:
    """The strongest, and others that were felt the same about."""
    return [one for one in strongest if _feeling(one, "") == _feeling(strongest[0], "")][:MOST_SAID]


def _feeling(one: Influence, films: str) -> str:
    """How whoever gave the stars felt about the films."""
    if one.given >= 4.5:
        if one.is_adopted:
            return gettext("Whoever you started from loved {films}", films=films)
        return gettext("You loved {films}", films=films)
    if one.given >= 4:
        if one.is_adopted:
            return gettext("Whoever you started from liked {films}", films=films)
        return gettext("You liked {films}", films=films)
    if one.given >= 3:
        if one.is_adopted:
            return gettext("Whoever you started from found {films} just all right", films=films)
        return gettext("You found {films} just all right", films=films)
    if one.is_adopted:
        return gettext("Whoever you started from did not care for {films}", films=films)
    return gettext("You did not care for {films}", films=films)


def _felt(films: Sequence[Influence]) -> str:
    """`You loved **Heat** and **The Insider**`."""
    return _feeling(films[0], listed([f"**{title(one.movie)}**" for one in films]))


def _lowered(text: str) -> str:
    """As it stands behind a colon, where German begins a sentence anew."""
    return text if language() == "de" else text[0].lower() + text[1:]


def _place(made: Explanation) -> str:
    if made.is_kept_out:
        return gettext("Your defaults keep it out of your lists.")
    if made.place is None:
        return gettext("In none of your lists, since you hid it or have seen it.")
    place = format_number(made.place)
    if made.own_stars is not None:
        return gettext("If you had not rated it, it would be number {place} in your list.", place=place)
    return gettext("Number {place} in your list.", place=place)


def _sum(made: Explanation) -> list[str]:
    parts = [made.base, *(one.contribution for one in made.strongest), made.rest]
    base, *pulls, rest = hundredths(parts, shown(made.linear))
    lines = [f"**{format_number(base / 100, 2)}** {_usual(made)}"]
    for one, pull in zip(made.strongest, pulls, strict=True):
        lines.append(f"**{signed(pull)}** {bold(one.movie)} {_given(one)}")
        if (made.stars - one.without) * one.contribution > 0:  # a small one may turn with the base
            lines.append(f"-# {gettext('without it {guess}', guess=f'★ {format_number(one.without, 2)}')}")
    if made.others:
        lines.append(f"**{signed(rest)}** {_others(made)}")
    return [*lines, _total(made)]


def _given(one: Influence) -> str:
    if one.is_adopted:
        return gettext("{stars} (from the profile you started with)", stars=stars(one.given))
    return stars(one.given)


def _others(made: Explanation) -> str:
    if made.strongest:
        return ngettext("your other rating", "your {n} other ratings together", made.others)
    return ngettext("your rating", "your {n} ratings together", made.others)


def _usual(made: Explanation) -> str:
    """Of a film that nobody has rated it is only expected."""
    if made.movie.ratings_count:
        return gettext("what people who rated the same films give it, before your stars")
    return gettext("what I expect people who rated the same films to give it, before your stars")


def _total(made: Explanation) -> str:
    total = f"**= {format_number(made.linear, 2)}**"
    if shown(made.linear) == shown(made.stars):
        return total
    most, guessed = number(made.stars), f"**★ {format_number(made.stars, 2)}**"
    if made.linear > made.stars:
        return gettext("{sum}, but there are no more than {stars} stars: {guess}", sum=total, stars=most, guess=guessed)
    return gettext("{sum}, but there are no fewer than {stars} stars: {guess}", sum=total, stars=most, guess=guessed)


def _cold(made: Explanation, prefix: str) -> str:
    guessed = guess(made.stars)
    told = (
        gettext("Nothing of yours is in it yet: {guess} is what people in general give this film.", guess=guessed)
        if made.movie.ratings_count
        else gettext(
            "Nothing of yours is in it yet: {guess} is what I expect people to give a film like this.", guess=guessed
        )
    )
    command = gettext("{prefix}rate Toy Story 4.5", prefix=escape(prefix))
    return f"{told} {gettext('Rate a few, and I can say which of them pull it up or down: {command}', command=command)}"


def signed(in_hundredths: int) -> str:
    """`+0.41`, `−0.08`, `±0.00`."""
    sign = "±" if in_hundredths == 0 else "+" if in_hundredths > 0 else "−"
    return f"{sign}{format_number(abs(in_hundredths) / 100, 2)}"


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


@sentence.register
def _(error: WhyForOthersError, prefix: str = "!") -> str:
    return gettext(
        "Why is about your own ratings; what others gave stays theirs. {prefix}why {title} tells it for you, "
        "{prefix}match compares two of you.",
        prefix=prefix,
        title=short(error.title),
    )
