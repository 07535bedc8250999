"""A round of the guess game while it runs and when it has ended, and the table of a week."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.chat.ask import Ask
from bot.chat.cards import CardPart, card, embed
from bot.chat.components import ANYBODY, ActionButton, ActionSelect, view
from bot.chat.errors import explanation
from bot.chat.markdown import bold, countdown, escape, name, person
from bot.chat.pages import PAGE
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence
from bot.chat.stars import many_stars, number, stars
from bot.chat.text import many
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

RULE = f"{EXACT} points for the half star nearest to my guess, {EXACT - 1} for half a star off, 1 for a whole star off."
YOUR_GUESS = "Your guess"
SOMEBODY = "somebody"
NAMED = 3
"""Of those who are equally near."""

Names = Mapping[int, str]
"""Of those who are in the server and may be shown, by Discord id."""


def begun(starter_id: int, made: Begun, about: str) -> Reply:
    """The film, the member, and a select that anybody may guess in."""
    who, genres = person(about), ", ".join(made.movie.genres)
    round_id = made.round.round_id
    parts = card(
        f"## How many stars would {who} give {name(made.movie)}?",
        (f"{escape(genres)}\n" if genres else "")
        + "Guess what I think. Nobody sees your guess before the end, and until then you can change it. "
        + f"I tell you {countdown(made.round.ends_at)}.",
        [
            ActionSelect(
                YOUR_GUESS,
                "game_guess",
                ANYBODY,
                round_id,
                options=[(f"{stars(half)}  {number(half)}", number(half)) for half in reversed(HALF_STARS)],
            )
        ],
        [ActionButton("Reveal", "game_reveal", starter_id, round_id)],
        f"-# {RULE}",
    )
    return Reply(layout=parts)


def guessed(guess: Guess) -> Reply:
    change = "You have changed your guess" if guess.is_changed else "Your guess"
    return Reply(
        f"{change} for {bold(guess.movie)}: {stars(guess.stars)}. The round ends {countdown(guess.ends_at)}; "
        "until then you can change it.",
        ephemeral=True,
    )


def ended(result: Ended, names: Names) -> Reply:
    """The prediction, who was nearest, and the points; of those alone who may be named."""
    about = names.get(result.about_id) if result.about_id is not None else None
    movie_id = result.movie.movie_id
    again = ActionButton("Another round", "game_again", ANYBODY)
    if about is None or result.predicted is None:
        text = (
            f"It was about {SOMEBODY} I may not name any more, so I keep the answer to myself and nobody gets points."
        )
        return Reply(layout=card(f"## How many stars for {name(result.movie)}?", text, [again], colour=CALM))
    who, half = person(about), nearest_half(result.predicted)
    close = "" if f"{result.predicted:.1f}" == f"{half:.1f}" else f", which is nearest to {stars(half)}"
    parts: list[CardPart] = [
        f"## {name(result.movie)} for {who}: ★ {result.predicted:.1f}",
        f"I think {who} would give it {many_stars(result.predicted)}{close}.\n\n{_guesses(result, names)}",
        f"-# {who}, have you seen it? Your stars tell how well I guessed.",
        [
            ActionButton("Seen it? Rate it", "which_stars", ANYBODY, movie_id),
            again,
            ActionButton("Table", "game_table", ANYBODY),
        ],
    ]
    return Reply(layout=card(*parts))


def _guesses(result: Ended, names: Names) -> str:
    shown = [one for one in result.guesses if one.discord_id in names]
    if not shown:
        return "No guess that I could show." if result.guesses else "Nobody has guessed."
    lines = [_guess(one, names[one.discord_id]) for one in shown[:PAGE]]
    if len(shown) > PAGE:
        lines.append(f"-# and {many(len(shown) - PAGE, 'more guess', 'more guesses')}")
    return f"{_nearest(shown, result.predicted or 0.0, names)}\n" + "\n".join(lines)


def _nearest(shown: Sequence[GuessMade], predicted: float, names: Names) -> str:
    """All who are equally near."""
    distances = [round(abs(one.stars - predicted), 1) for one in shown]
    best = [f"**{person(names[shown[place].discord_id])}**" for place, d in enumerate(distances) if d == distances[0]]
    if len(best) > NAMED:
        best[NAMED - 1 :] = [many(len(best) - NAMED + 1, "other")]
    *others, last = best
    return f"Nearest: {', '.join(others)} and {last}" if others else f"Nearest: {last}"


def _guess(one: GuessMade, shown_name: str) -> str:
    return f"**{person(shown_name)}** {stars(one.stars)} · {many(one.points or 0, 'point')}"


def table(owner_id: int, shown: Table, names: Names, prefix: str) -> Reply:
    """The ten with most points of a week, and how the bot itself has done."""
    rows = [one for one in shown.rows if one.discord_id in names][:PAGE]
    lines = [_standing(one, rows, names[one.discord_id]) for one in rows]
    if not rows:
        now = f"Nobody has points this week yet. {escape(prefix)}guess starts a round."
        lines.append(now if shown.is_now else "Nobody had points that week.")
    if shown.rated:
        films = "one of the films" if shown.rated == 1 else f"{shown.rated:,} of the films"
        lines.append(f"\nAnd I: {many(shown.own_points, 'point')}, since {films} I was asked about got stars by now.")
    since = "This week, since" if shown.is_now else "The week from"
    made = embed("Guess game", f"{since} {_day(shown.first)}\n\n" + "\n".join(lines))
    made.set_footer(text="Weeks begin on Monday, 00:00 UTC. " + RULE)
    earlier = ActionButton("Week before", "game_table", owner_id, shown.week - 1, disabled=shown.week <= 0)
    later = ActionButton("Week after", "game_table", owner_id, shown.week + 1, disabled=shown.is_now)
    return Reply(embed=made, view=view(earlier, later))


def _standing(one: Standing, rows: list[Standing], shown_name: str) -> str:
    place = 1 + sum(other.points > one.points for other in rows)
    exact = f", {one.exact:,} exact" if one.exact else ""
    return f"{place}. **{person(shown_name)}** {many(one.points, 'point')} in {many(one.rounds, 'round')}{exact}"


def joined(is_private: bool, prefix: str) -> Reply:
    """The member may be guessed from now on."""
    shown = escape(prefix)
    text = (
        "From now on members here may compare their taste with yours, and rounds may be about you: then everybody in "
        f"the channel reads how many stars I think you would give a film. {shown}privacy compare off ends that."
    )
    if is_private:
        text += (
            f" You keep your ratings to yourself, so nothing happens until {shown}privacy visibility says otherwise."
        )
    return Reply(text, ephemeral=True)


@explanation.register
def _(error: NobodyToGuessError, ask: Ask) -> Reply:
    prefix = "/" if ask.interaction is not None else ask.prefix
    join = ActionButton("Let others guess mine", "game_join", ANYBODY)
    return Reply(escape(sentence(error, prefix) or ""), view=view(join), ephemeral=True)


@sentence.register
def _(error: NobodyToGuessError, prefix: str = "!") -> str:
    return (
        f"A round is about somebody here who lets tastes be compared and has rated {LEAST_RATINGS} films, and there "
        f"is nobody yet. {prefix}privacy compare on, or the button, makes it you."
    )


@sentence.register
def _(error: NoFilmLeftError, prefix: str = "!") -> str:
    return "I have asked about every film I could. Let somebody else be guessed, or try again in some weeks."


@sentence.register
def _(error: RoundRunningError, prefix: str = "!") -> str:
    return "A round is on in this channel already. Guess there, and start the next one when it has ended."


@sentence.register
def _(error: RoundOverError, prefix: str = "!") -> str:
    return f"That round is over. {prefix}guess starts another one."


@sentence.register
def _(error: AboutYouError, prefix: str = "!") -> str:
    return "This one is about you, and you could look the answer up. Watch what the others think of you."


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%-d %B %Y}"
