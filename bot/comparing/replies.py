"""Tastes compared, films that bridge them, and who of a server rated or would like a film."""

from collections.abc import Mapping, Sequence

import discord

from bot.chat.ask import Ask
from bot.chat.cards import CardPart, card, embed
from bot.chat.components import ANYBODY, ActionButton, view
from bot.chat.errors import explanation
from bot.chat.markdown import bold, escape, name, person
from bot.chat.paging import controls, whereabouts
from bot.chat.reply import Reply
from bot.chat.sentences import sentence
from bot.chat.stars import guess, stars
from bot.chat.text import many
from bot.comparing.audience import LIKED, Opinion, WhoRated, WhoWants
from bot.comparing.service import (
    ComparingOffError,
    ForTwo,
    KeepsToThemselvesError,
    Matched,
    NotComparableError,
    NothingToCompareError,
    NotShownHereError,
    YourselfError,
)

COMPARE = "Compare taste"

SURE, FAIRLY_SURE = 30, 10
"""Films that both have rated from which a comparison is that sure."""

NOT_COMPARABLE = (
    "I cannot compare you with that member: it takes two who are in this server, show their ratings here and have "
    "said that they want to be compared."
)


def match(found: Matched, own_name: str, others_name: str, *, ephemeral: bool = False) -> Reply:
    """How alike, from what; where they agree and where not; and a film for both."""
    own, others = person(own_name), person(others_name)
    parts: list[CardPart] = [f"## {own} and {others}: {round(100 * found.share)} % alike\n{_from(found)}"]
    if found.agree:
        parts.append("**You agree on**\n" + "\n".join(_both(film) for film in found.agree))
    if found.clash:
        parts.append(f"**You clash over** ({own} and {others})\n" + "\n".join(_both(film) for film in found.clash))
    if found.for_both is not None:
        film = found.for_both
        parts.append(
            f"**One for both of you**\n{bold(film.movie)}: I guess {guess(film.stars)} from {own} and "
            f"{guess(film.others_stars)} from {others}"
        )
    parts.append([ActionButton("Films to show them", "bridge_to", found.owner_id, found.other_id)])
    return Reply(layout=card(*parts), ephemeral=ephemeral)


def _from(found: Matched) -> str:
    if not found.overlap:
        return "You have not rated one film in common yet, so it is a guess from what each of you likes."
    sure = "sure" if found.overlap >= SURE else "fairly sure" if found.overlap >= FAIRLY_SURE else "a guess"
    rest = "" if found.overlap >= SURE else ", and from what each of you likes otherwise"
    return f"From {many(found.overlap, 'film')} you both rated{rest}: {sure}."


def _both(film: ForTwo) -> str:
    return f"{bold(film.movie)} {stars(film.stars)} and {stars(film.others_stars)}"


def bridge(found: Sequence[ForTwo], own_name: str, others_name: str, prefix: str) -> Reply:
    """Films one loves and the other would."""
    own, others = person(own_name), person(others_name)
    if not found:
        return Reply(
            f"You love no film yet that I think {others} would love too and has not rated. "
            f"Rate more of what you love: {escape(prefix)}start"
        )
    lines = [
        f"{place}. {bold(film.movie)} {stars(film.stars)} from {own}, I guess {guess(film.others_stars)} from {others}"
        for place, film in enumerate(found, 1)
    ]
    return Reply(embed=embed(f"What {own} loves and {others} would", "\n".join(lines)))


def who_rated(shown: WhoRated, names: Mapping[int, str], viewer_id: int, prefix: str) -> Reply:
    """Stars of those members who are still there, by Discord id in `names`."""
    if shown.mean is None:
        return Reply(
            f"Nobody here who shows their ratings has rated {bold(shown.movie)}. "
            f"Be the first: {escape(prefix)}rate {name(shown.movie)} 4.5"
        )
    lines = [f"{stars(one.stars)} {person(names[one.discord_id])}" for one in _named(shown.rows, names)]
    made = embed(f"Who rated {name(shown.movie)}", "\n".join(lines))
    made.set_footer(text=f"★ {shown.mean:.1f} on average · {whereabouts(shown.page, 'rating')}")
    buttons = controls("whorated_page", viewer_id, shown.page, shown.movie.movie_id)
    return Reply(embed=made, view=view(*buttons) if buttons else None)


def who_wants(shown: WhoWants, names: Mapping[int, str], prefix: str) -> Reply:
    """Those members who are still there, by Discord id in `names`, with what I guess each would give."""
    found = _named(shown.rows, names)
    if not found:
        return Reply(
            f"I know of nobody else here who has not seen {bold(shown.movie)} and would give it "
            f"{LIKED:g} stars or more. {escape(prefix)}whorated tells who has rated it."
        )
    lines = [f"{guess(one.stars)} {person(names[one.discord_id])}" for one in found]
    made = embed(f"Who would like {name(shown.movie)}", "\n".join(lines))
    made.set_footer(text="members who have not rated it · ★ my guess for each")
    rate = ActionButton("I've seen it", "which_stars", ANYBODY, shown.movie.movie_id)
    return Reply(embed=made, view=view(rate))


def _named(rows: Sequence[Opinion], names: Mapping[int, str]) -> list[Opinion]:
    return [one for one in rows if one.discord_id in names]


def takes_part(prefix: str) -> Reply:
    return Reply(
        "From now on members who want it too can compare tastes with you, in servers you share. "
        f"{escape(prefix)}privacy compare off ends that."
    )


@explanation.register
def _(error: ComparingOffError, ask: Ask) -> Reply:
    """A sentence, and the button that mends it."""
    button = ActionButton(
        "Compare my taste", "compare_on", ask.user_id, error.other_id, style=discord.ButtonStyle.primary
    )
    return Reply(
        "Comparing tastes is for those who want it, and you have not said so yet. It shows what you and another "
        "member agree on, with your stars, if both of you take part.",
        view=view(button),
        ephemeral=True,
    )


@sentence.register
def _(error: ComparingOffError, prefix: str = "!") -> str:
    return f"Comparing tastes is for those who want it. {prefix}privacy compare on takes part."


@sentence.register
def _(error: KeepsToThemselvesError, prefix: str = "!") -> str:
    return (
        "You keep your ratings to yourself, so they are not compared with anybody's. "
        f"{prefix}privacy visibility server shows them to members of servers you share."
    )


@sentence.register
def _(error: NotShownHereError, prefix: str = "!") -> str:
    return "You are on no board of this server yet, so I compare you with nobody here. Ask me once more in a minute."


@sentence.register
def _(error: NotComparableError, prefix: str = "!") -> str:
    return NOT_COMPARABLE


@sentence.register
def _(error: YourselfError, prefix: str = "!") -> str:
    return f"That is you. Name somebody else, or look at {prefix}profile."


@sentence.register
def _(error: NothingToCompareError, prefix: str = "!") -> str:
    if error.is_own:
        return f"You have rated nothing yet, so there is nothing to compare. {prefix}start asks for a few films."
    return "That member has rated nothing yet, so there is nothing to compare."
