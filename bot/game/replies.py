"""A round of the guess game while it runs and when it has ended, and the table of a week."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from babel.dates import format_date

from bot.chat.ask import Ask
from bot.chat.cards import CardPart, card, embed
from bot.chat.components import ANYBODY, ActionButton, ActionSelect, view
from bot.chat.errors import explanation
from bot.chat.genres import genre_name
from bot.chat.language import gettext, gettext_noop, language, listed, ngettext
from bot.chat.markdown import bold, countdown, escape, name, person
from bot.chat.pages import PAGE
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence
from bot.chat.stars import guess, many_stars, number, stars
from bot.game.scoring import EXACT, nearest_half
from bot.game.service import (
    LEAST_RATINGS,
    AboutYouError,
    Begun,
    Ended,
    Guess,
    NobodyToGuessError,
    NoFilmLeftError,
    RoundOverError,
    RoundRunningError,
    Table,
)
from bot.ratings.stars import HALF_STARS
from data.store import Standing
from data.store.games import GuessMade

RULE = gettext_noop(
    "{exact} points for the half star nearest to my guess, {near} for half a star off, {far} for a whole star off."
)
NAMED = 3
"""Of those who are equally near."""

Names = Mapping[int, str]
"""Of those who are in the server and may be shown, by Discord id."""


def _rule() -> str:
    return gettext(RULE, exact=EXACT, near=EXACT - 1, far=EXACT - 2)


def begun(starter_id: int, made: Begun, about: str) -> Reply:
    """The film, the member, and a select that anybody may guess in."""
    genres = escape(", ".join(map(genre_name, made.movie.genres)))
    round_id = made.round.round_id
    title = gettext("How many stars would {member} give {film}?", member=person(about), film=name(made.movie))
    how = gettext(
        "Guess what I think. Nobody sees your guess before the end, and until then you can change it. "
        "I tell you {when}.",
        when=countdown(made.round.ends_at),
    )
    options = [(f"{stars(half)}  {number(half)}", f"{half:g}") for half in reversed(HALF_STARS)]
    parts = card(
        f"## {title}",
        f"{genres}\n{how}" if genres else how,
        [ActionSelect(gettext("Your guess"), "game_guess", ANYBODY, round_id, options=options)],
        [ActionButton(gettext("Reveal"), "game_reveal", starter_id, round_id)],
        f"-# {_rule()}",
    )
    return Reply(layout=parts)


def guessed(made: Guess) -> Reply:
    values = {"film": bold(made.movie), "stars": stars(made.stars), "ends": countdown(made.ends_at)}
    if made.is_changed:
        said = gettext(
            "You have changed your guess for {film}: {stars}. The round ends {ends}; until then you can change it.",
            **values,
        )
    else:
        said = gettext("Your guess for {film}: {stars}. The round ends {ends}; until then you can change it.", **values)
    return Reply(said, ephemeral=True)


def ended(result: Ended, names: Names) -> Reply:
    """The prediction, who was nearest, and the points; of those alone who may be named."""
    about = names.get(result.about_id) if result.about_id is not None else None
    film = name(result.movie)
    again = ActionButton(gettext("Another round"), "game_again", ANYBODY)
    if about is None or result.predicted is None:
        title = gettext("How many stars for {film}?", film=film)
        text = gettext(
            "It was about somebody I may not name any more, so I keep the answer to myself and nobody gets points."
        )
        return Reply(layout=card(f"## {title}", text, [again], colour=CALM))
    who, half = person(about), nearest_half(result.predicted)
    title = gettext("{film} for {member}: {stars}", film=film, member=who, stars=guess(result.predicted))
    values = {"member": who, "stars": many_stars(result.predicted)}
    if f"{result.predicted:.1f}" == f"{half:.1f}":
        answer = gettext("I think {member} would give it {stars}.", **values)
    else:
        answer = gettext(
            "I think {member} would give it {stars}, which is nearest to {half}.", half=stars(half), **values
        )
    seen = gettext("{member}, have you seen it? Your stars tell how well I guessed.", member=who)
    parts: list[CardPart] = [
        f"## {title}",
        f"{answer}\n\n{_guesses(result, names)}",
        f"-# {seen}",
        [
            ActionButton(gettext("Seen it? Rate it"), "which_stars", ANYBODY, result.movie.movie_id),
            again,
            ActionButton(gettext("Table"), "game_table", ANYBODY),
        ],
    ]
    return Reply(layout=card(*parts))


def _guesses(result: Ended, names: Names) -> str:
    shown = [one for one in result.guesses if one.discord_id in names]
    if not shown:
        return gettext("No guess that I could show.") if result.guesses else gettext("Nobody has guessed.")
    lines = [_guess(one, names[one.discord_id]) for one in shown[:PAGE]]
    if len(shown) > PAGE:
        more = ngettext("and {n} more guess", "and {n} more guesses", len(shown) - PAGE)
        lines.append(f"-# {more}")
    return f"{_nearest(shown, result.predicted or 0.0, names)}\n" + "\n".join(lines)


def _nearest(shown: Sequence[GuessMade], predicted: float, names: Names) -> str:
    """All who are equally near."""
    distances = [round(abs(one.stars - predicted), 1) for one in shown]
    best = [f"**{person(names[shown[place].discord_id])}**" for place, d in enumerate(distances) if d == distances[0]]
    if len(best) > NAMED:
        best[NAMED - 1 :] = [ngettext("{n} other player", "{n} other players", len(best) - NAMED + 1)]
    return gettext("Nearest: {members}", members=listed(best))


def _guess(one: GuessMade, shown_name: str) -> str:
    return f"**{person(shown_name)}** {stars(one.stars)} · {_points(one.points or 0)}"


def _points(number: int) -> str:
    return ngettext("{n} point", "{n} points", number)


def table(owner_id: int, shown: Table, names: Names, prefix: str) -> Reply:
    """The ten with most points of a week, and how the bot itself has done."""
    rows = [one for one in shown.rows if one.discord_id in names][:PAGE]
    lines = [_standing(one, rows, names[one.discord_id]) for one in rows]
    if not rows and shown.is_now:
        lines = [gettext("Nobody has points this week yet. {prefix}guess starts a round.", prefix=escape(prefix))]
    elif not rows:
        lines = [gettext("Nobody had points that week.")]
    if shown.rated:
        own = ngettext(
            "And I: {points}, since one of the films I was asked about got stars by now.",
            "And I: {points}, since {n} of the films I was asked about got stars by now.",
            shown.rated,
            points=_points(shown.own_points),
        )
        lines.append(f"\n{own}")
    day = format_date(datetime.fromtimestamp(shown.first, UTC), "long", "de" if language() == "de" else "en_GB")
    since = gettext("This week, since {day}", day=day) if shown.is_now else gettext("The week from {day}", day=day)
    made = embed(gettext("Guess game"), f"{since}\n\n" + "\n".join(lines))
    made.set_footer(text=f"{gettext('Weeks begin on Monday, 00:00 UTC.')} {_rule()}")
    earlier = ActionButton(gettext("Week before"), "game_table", owner_id, shown.week - 1, disabled=shown.week <= 0)
    later = ActionButton(gettext("Week after"), "game_table", owner_id, shown.week + 1, disabled=shown.is_now)
    return Reply(embed=made, view=view(earlier, later))


def _standing(one: Standing, rows: list[Standing], shown_name: str) -> str:
    place = 1 + sum(other.points > one.points for other in rows)
    values = {"place": place, "member": person(shown_name), "points": _points(one.points)}
    said = ngettext(
        "{place}. **{member}** {points} in {n} round",
        "{place}. **{member}** {points} in {n} rounds",
        one.rounds,
        **values,
    )
    if not one.exact:
        return said
    return f"{said}, {ngettext('{n} exact', '{n} exact', one.exact)}"


def joined(is_private: bool, prefix: str) -> Reply:
    """The member may be guessed from now on."""
    shown = escape(prefix)
    text = gettext(
        "From now on members here may compare their taste with yours, and rounds may be about you: then everybody in "
        "the channel reads how many stars I think you would give a film. {prefix}privacy compare off ends that.",
        prefix=shown,
    )
    if is_private:
        hidden = gettext(
            "You keep your ratings to yourself, so nothing happens until {prefix}privacy visibility says otherwise.",
            prefix=shown,
        )
        text = f"{text} {hidden}"
    return Reply(text, ephemeral=True)


@explanation.register
def _(error: NobodyToGuessError, ask: Ask) -> Reply:
    prefix = "/" if ask.interaction is not None else ask.prefix
    join = ActionButton(gettext("Let others guess mine"), "game_join", ANYBODY)
    return Reply(escape(sentence(error, prefix) or ""), view=view(join), ephemeral=True)


@sentence.register
def _(error: NobodyToGuessError, prefix: str = "!") -> str:
    return ngettext(
        "A round is about somebody here who lets tastes be compared and has rated {n} film, and there is nobody yet. "
        "{prefix}privacy compare on, or the button, makes it you.",
        "A round is about somebody here who lets tastes be compared and has rated {n} films, and there is nobody yet. "
        "{prefix}privacy compare on, or the button, makes it you.",
        LEAST_RATINGS,
        prefix=prefix,
    )


@sentence.register
def _(error: NoFilmLeftError, prefix: str = "!") -> str:
    return gettext("I have asked about every film I could. Let somebody else be guessed, or try again in some weeks.")


@sentence.register
def _(error: RoundRunningError, prefix: str = "!") -> str:
    return gettext("A round is on in this channel already. Guess there, and start the next one when it has ended.")


@sentence.register
def _(error: RoundOverError, prefix: str = "!") -> str:
    return gettext("That round is over. {prefix}guess starts another one.", prefix=prefix)


@sentence.register
def _(error: AboutYouError, prefix: str = "!") -> str:
    return gettext("This one is about you, and you could look the answer up. Watch what the others think of you.")
