"""What the bot tells a server by itself."""

from collections.abc import Iterable, Mapping

from bot.chat.cards import embed
from bot.chat.language import gettext, ngettext
from bot.chat.markdown import bold, day, escape, person
from bot.chat.reply import Reply
from bot.chat.stars import guess, number
from bot.guilds.digest import Digest, RatedMovie
from bot.guilds.news import NewModel

RATERS_SHOWN = 3


def new_model(news: NewModel, prefix: str) -> Reply:
    return Reply(
        ngettext(
            "I have learned from {n} new rating since the last time. Your list may have changed: {prefix}recommend",
            "I have learned from {n} new ratings since the last time. Your list may have changed: {prefix}recommend",
            news.ratings,
            prefix=escape(prefix),
        )
    )


def digest(shown: Digest, names: Mapping[int, str], prefix: str) -> Reply:
    """The week; `names` are those of raters who are still there."""
    parts = []
    if shown.ratings:
        ratings = ngettext("{n} rating", "{n} ratings", shown.ratings)
        parts.append(
            ngettext(
                "{ratings} from {n} member since {day}.",
                "{ratings} from {n} members since {day}.",
                shown.members,
                ratings=ratings,
                day=day(shown.since),
            )
        )
    if shown.loved:
        parts.append("\n".join([gettext("**Loved most**"), *_loved(shown.loved)]))
    if shown.divisive is not None:
        parts.append(gettext("**Most divisive**") + f"\n{_divisive(shown.divisive)}")
    raters = [
        ngettext("{name} ({n} film)", "{name} ({n} films)", count, name=person(names[one]))
        for one, count in shown.raters
        if one in names
    ]
    if raters:
        parts.append(gettext("**Rated most**") + f"\n{', '.join(raters[:RATERS_SHOWN])}")
    if shown.evening is not None:
        parts.append(gettext("**Next movie night**") + f"\n{shown.evening}")
    card = embed(gettext("The week in films"), "\n\n".join(parts))
    card.set_footer(
        text=gettext("Once a week · {prefix}config digest off ends it (for who manages the server)", prefix=prefix)
    )
    return Reply(embed=card)


def _loved(films: Iterable[RatedMovie]) -> list[str]:
    return [
        f"{place}. {bold(one.movie)} {guess(one.mean)} ({ngettext('{n} rating', '{n} ratings', one.raters)})"
        for place, one in enumerate(films, 1)
    ]


def _divisive(film: RatedMovie) -> str:
    return gettext(
        "{film}: from ★ {low} to ★ {high} ({ratings})",
        film=bold(film.movie),
        low=number(film.low),
        high=number(film.high),
        ratings=ngettext("{n} rating", "{n} ratings", film.raters),
    )
