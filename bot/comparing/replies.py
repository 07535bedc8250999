"""Tastes compared, films that bridge them, and who of a server rated or would like a film."""

from collections.abc import Mapping, Sequence

import discord

from bot.chat.ask import Ask
from bot.chat.cards import CardPart, card, embed
from bot.chat.components import ANYBODY, ActionButton, view
from bot.chat.errors import explanation
from bot.chat.language import format_number, gettext, gettext_noop, ngettext
from bot.chat.markdown import bold, escape, name, person
from bot.chat.paging import controls, whereabouts
from bot.chat.reply import Reply
from bot.chat.sentences import sentence
from bot.chat.stars import guess, number, stars
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

COMPARE = gettext_noop("Compare taste")

SURE, FAIRLY_SURE = 30, 10
"""Films that both have rated from which a comparison is that sure."""

NOT_COMPARABLE = gettext_noop(
    "I cannot compare you with that member: it takes two who are in this server, show their ratings here and have "
    "said that they want to be compared."
)


def match(found: Matched, own_name: str, others_name: str, *, ephemeral: bool = False) -> Reply:
    """How alike, from what; where they agree and where not; and a film for both."""
    own, others = person(own_name), person(others_name)
    share = format_number(100 * found.share)
    head = gettext("{own} and {others}: {share} % alike", own=own, others=others, share=share)
    parts: list[CardPart] = [f"## {head}\n{_from(found)}"]
    if found.agree:
        parts.append(f"**{gettext('You agree on')}**\n" + "\n".join(_both(film) for film in found.agree))
    if found.clash:
        clash = gettext("**You clash over** ({own} and {others})", own=own, others=others)
        parts.append(f"{clash}\n" + "\n".join(_both(film) for film in found.clash))
    if found.for_both is not None:
        film = found.for_both
        guessed = gettext(
            "{film}: I guess {stars} from {own} and {others_stars} from {others}",
            film=bold(film.movie),
            stars=guess(film.stars),
            own=own,
            others_stars=guess(film.others_stars),
            others=others,
        )
        parts.append(f"**{gettext('One for both of you')}**\n{guessed}")
    parts.append([ActionButton(gettext("Films to show them"), "bridge_to", found.owner_id, found.other_id)])
    return Reply(layout=card(*parts), ephemeral=ephemeral)


def _from(found: Matched) -> str:
    if not found.overlap:
        return gettext("You have not rated one film in common yet, so it is a guess from what each of you likes.")
    if found.overlap >= SURE:
        return ngettext(
            "From {n} film you both rated: {sure}.",
            "From {n} films you both rated: {sure}.",
            found.overlap,
            sure=gettext("sure"),
        )
    return ngettext(
        "From {n} film you both rated, and from what each of you likes otherwise: {sure}.",
        "From {n} films you both rated, and from what each of you likes otherwise: {sure}.",
        found.overlap,
        sure=gettext("fairly sure") if found.overlap >= FAIRLY_SURE else gettext("a guess"),
    )


def _both(film: ForTwo) -> str:
    return gettext(
        "{film} {stars} and {others_stars}",
        film=bold(film.movie),
        stars=stars(film.stars),
        others_stars=stars(film.others_stars),
    )


def bridge(found: Sequence[ForTwo], own_name: str, others_name: str, prefix: str) -> Reply:
    """Films one loves and the other would."""
    own, others = person(own_name), person(others_name)
    if not found:
        return Reply(
            gettext(
                "You love no film yet that I think {others} would love too and has not rated. "
                "Rate more of what you love: {prefix}start",
                others=others,
                prefix=escape(prefix),
            )
        )
    lines = [
        gettext(
            "{place}. {film} {stars} from {own}, I guess {others_stars} from {others}",
            place=place,
            film=bold(film.movie),
            stars=stars(film.stars),
            own=own,
            others_stars=guess(film.others_stars),
            others=others,
        )
        for place, film in enumerate(found, 1)
    ]
    title = gettext("What {own} loves and {others} would", own=own, others=others)
    return Reply(embed=embed(title, "\n".join(lines)))


def who_rated(shown: WhoRated, names: Mapping[int, str], viewer_id: int, prefix: str) -> Reply:
    """Stars of those members who are still there, by Discord id in `names`."""
    if shown.mean is None:
        return Reply(
            gettext(
                "Nobody here who shows their ratings has rated {film}. Be the first: {prefix}rate {title} 4.5",
                film=bold(shown.movie),
                prefix=escape(prefix),
                title=name(shown.movie),
            )
        )
    lines = [f"{stars(one.stars)} {person(names[one.discord_id])}" for one in _named(shown.rows, names)]
    made = embed(gettext("Who rated {film}", film=name(shown.movie)), "\n".join(lines))
    mean = gettext("{stars} on average", stars=guess(shown.mean))
    made.set_footer(text=f"{mean} · {whereabouts(shown.page, 'rating')}")
    buttons = controls("whorated_page", viewer_id, shown.page, shown.movie.movie_id)
    return Reply(embed=made, view=view(*buttons) if buttons else None)


def who_wants(shown: WhoWants, names: Mapping[int, str], prefix: str) -> Reply:
    """Those members who are still there, by Discord id in `names`, with what I guess each would give."""
    found = _named(shown.rows, names)
    if not found:
        return Reply(
            gettext(
                "I know of nobody else here who has not seen {film} and would give it {stars} stars or more. "
                "{prefix}whorated tells who has rated it.",
                film=bold(shown.movie),
                stars=number(LIKED),
                prefix=escape(prefix),
            )
        )
    lines = [f"{guess(one.stars)} {person(names[one.discord_id])}" for one in found]
    made = embed(gettext("Who would like {film}", film=name(shown.movie)), "\n".join(lines))
    made.set_footer(text=gettext("members who have not rated it · ★ my guess for each"))
    rate = ActionButton(gettext("I've seen it"), "which_stars", ANYBODY, shown.movie.movie_id)
    return Reply(embed=made, view=view(rate))


def _named(rows: Sequence[Opinion], names: Mapping[int, str]) -> list[Opinion]:
    return [one for one in rows if one.discord_id in names]


def takes_part(prefix: str) -> Reply:
    return Reply(
        gettext(
            "From now on members who want it too can compare tastes with you, in servers you share. "
            "{prefix}privacy compare off ends that.",
            prefix=escape(prefix),
        )
    )


@explanation.register
def _(error: ComparingOffError, ask: Ask) -> Reply:
    """A sentence, and the button that mends it."""
    button = ActionButton(
        gettext("Compare my taste"), "compare_on", ask.user_id, error.other_id, style=discord.ButtonStyle.primary
    )
    return Reply(
        gettext(
            "Comparing tastes is for those who want it, and you have not said so yet. It shows what you and another "
            "member agree on, with your stars, if both of you take part."
        ),
        view=view(button),
        ephemeral=True,
    )


@sentence.register
def _(error: ComparingOffError, prefix: str = "!") -> str:
    return gettext("Comparing tastes is for those who want it. {prefix}privacy compare on takes part.", prefix=prefix)


@sentence.register
def _(error: KeepsToThemselvesError, prefix: str = "!") -> str:
    return gettext(
        "You keep your ratings to yourself, so they are not compared with anybody's. "
        "{prefix}privacy visibility server shows them to members of servers you share.",
        prefix=prefix,
    )


@sentence.register
def _(error: NotShownHereError, prefix: str = "!") -> str:
    return gettext(
        "You are on no board of this server yet, so I compare you with nobody here. Ask me once more in a minute."
    )


@sentence.register
def _(error: NotComparableError, prefix: str = "!") -> str:
    return gettext(NOT_COMPARABLE)


@sentence.register
def _(error: YourselfError, prefix: str = "!") -> str:
    return gettext("That is you. Name somebody else, or look at {prefix}profile.", prefix=prefix)


@sentence.register
def _(error: NothingToCompareError, prefix: str = "!") -> str:
    if error.is_own:
        return gettext(
            "You have rated nothing yet, so there is nothing to compare. {prefix}start asks for a few films.",
            prefix=prefix,
        )
    return gettext("That member has rated nothing yet, so there is nothing to compare.")
