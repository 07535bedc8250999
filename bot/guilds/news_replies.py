"""What the bot tells a server by itself."""

from collections.abc import Iterable, Mapping

from bot.chat.cards import embed
from bot.chat.markdown import bold, day, escape, person
from bot.chat.reply import Reply
from bot.chat.stars import number
from bot.chat.text import many
from bot.guilds.digest import Digest, RatedMovie
from bot.guilds.news import NewModel

RATERS_SHOWN = 3


def new_model(news: NewModel, prefix: str) -> Reply:
    came = "has" if news.ratings == 1 else "have"
    return Reply(
        f"I have learned anew: {many(news.ratings, 'new rating')} {came} come in since the last time. "
        f"Your list may have changed: {escape(prefix)}recommend"
    )


def digest(shown: Digest, names: Mapping[int, str], prefix: str) -> Reply:
    """The week; `names` are those of raters who are still there."""
    parts = []
    if shown.ratings:
        who = many(shown.members, "member")
        parts.append(f"{many(shown.ratings, 'rating')} from {who} since {day(shown.since)}.")
    if shown.loved:
        parts.append("**Loved most**\n" + "\n".join(_loved(shown.loved)))
    if shown.divisive is not None:
        parts.append(f"**Most divisive**\n{_divisive(shown.divisive)}")
    raters = [f"{person(names[one])} ({many(count, 'film')})" for one, count in shown.raters if one in names]
    if raters:
        parts.append(f"**Rated most**\n{', '.join(raters[:RATERS_SHOWN])}")
    if shown.evening is not None:
        parts.append(f"**Next movie night**\n{shown.evening}")
    card = embed("The week in films", "\n\n".join(parts))
    card.set_footer(text=f"Once a week · {prefix}config digest off ends it (for who manages the server)")
    return Reply(embed=card)


def _loved(films: Iterable[RatedMovie]) -> list[str]:
    return [
        f"{place}. {bold(one.movie)} ★ {one.mean:.1f} ({many(one.raters, 'rating')})"
        for place, one in enumerate(films, 1)
    ]


def _divisive(film: RatedMovie) -> str:
    return f"{bold(film.movie)}: from ★ {number(film.low)} to ★ {number(film.high)} ({many(film.raters, 'rating')})"
