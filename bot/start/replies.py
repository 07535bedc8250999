"""The wizard of `start`: an invitation, the choice of tastes, one question after the other, and the end."""

import re

import discord

from bot.chat.cards import card
from bot.chat.components import ActionButton, ActionSelect, Option, view
from bot.chat.genres import genre_name
from bot.chat.language import format_number, gettext, listed, ngettext
from bot.chat.markdown import escape, name
from bot.chat.reply import CALM, Reply
from bot.chat.stars import stars
from bot.chat.text import OPTION_LIMIT, cut, plain
from bot.start.service import QUESTIONS, Choices, Finished, Seen, StartQuestion, Step, TasteChoice

MOST_TASTES = 3
WORDS_LIMIT = 60
LONG_TITLE = 24
_SUBTITLE = re.compile(r"(?<=.{4})( or)?: .*")
WHOLE_STARS = (1, 2, 3, 4, 5)


def invitation(owner_id: int) -> Reply:
    """What everybody sees of it; the rest is for its owner only."""
    return Reply(
        gettext(
            "Pick what you like, rate up to {n} films with a click each, and I make you a list. "
            "It takes a minute, and only you see it.",
            n=QUESTIONS,
        ),
        view=view(ActionButton(gettext("Start"), "start_open", owner_id, style=discord.ButtonStyle.primary)),
    )


def step(step: Step, prefix: str) -> Reply:
    match step:
        case Choices():
            return _choices(step)
        case StartQuestion():
            return _question(step, prefix)
        case Finished():
            return _finished(step, prefix)


def _choices(choices: Choices) -> Reply:
    most = min(MOST_TASTES, len(choices.tastes))
    select = ActionSelect(
        gettext("Pick 1 to {most}", most=most),
        "start_tastes",
        choices.owner_id,
        options=[_taste(taste) for taste in choices.tastes],
        at_most=most,
    )
    each = gettext("Each line is a taste: films that the same people love. Pick the ones most like yours.")
    return Reply(
        layout=card(
            f"## {gettext('What do you like to watch?')}\n{each}",
            [select],
            f"-# {gettext('Then I ask about {n} films at most, and your list follows.', n=QUESTIONS)}",
        ),
        ephemeral=True,
    )


def _taste(taste: TasteChoice) -> Option:
    """`Space and robots: Star Wars, The Matrix`, with as many films as there is room for, and genres and years."""
    label = cut(plain(listed([gettext(word) for word in taste.words])), WORDS_LIMIT)
    label = label[:1].upper() + label[1:]
    for place, film in enumerate(dict.fromkeys(_short(movie.title) for movie in taste.faces)):
        longer = f"{label}{', ' if place else ': ' if label else ''}{film}"
        if len(longer) <= OPTION_LIMIT or not place:
            label = longer
    facts = [", ".join(map(genre_name, taste.genres)), "–".join(map(str, dict.fromkeys(taste.years or ())))]
    return Option(cut(label, OPTION_LIMIT), str(taste.movie_id), plain(" · ".join(filter(None, facts))) or None)


def _short(title: str) -> str:
    """A long title without what follows its colon: enough to know a taste by."""
    shown = plain(title)
    return _SUBTITLE.sub("", shown) if len(shown) > LONG_TITLE else shown


def _question(question: StartQuestion, prefix: str) -> Reply:
    owner, movie = question.owner_id, question.movie
    about = (question.list_id, movie.movie_id)
    title = f"## {name(movie)}"
    genres = escape(plain(", ".join(map(genre_name, movie.genres))))
    last = question.last
    undo = ActionButton(gettext("Undo"), "start_undo", owner, *about, last.change_id if last is not None else 0)
    return Reply(
        layout=card(
            f"{title}\n{genres}" if genres else title,
            "\n-# ".join(filter(None, [_meter(question.number, question.of), _remark(question, prefix)])),
            [ActionButton(stars(given), "start_rate", owner, *about, given) for given in WHOLE_STARS],
            [
                ActionButton(gettext("Haven't seen"), "start_unseen", owner, *about),
                ActionButton(gettext("Seen, no stars"), "start_seen", owner, *about),
                *([undo] if question.went_on else []),
                ActionButton(gettext("Finish"), "start_finish", owner, question.list_id),
            ],
        ),
        ephemeral=True,
    )


def _remark(question: StartQuestion, prefix: str) -> str:
    """What was answered before, or how to answer."""
    last = question.last
    if isinstance(last, Seen):
        return gettext("You have seen {film}.", film=name(last.movie))
    if last is not None:
        film, given = name(last.movie), stars(last.stars)
        if last.guess is None:
            return gettext("You gave {film} {stars}.", film=film, stars=given)
        guess = format_number(last.guess, 1)
        return gettext("You gave {film} {stars}; my guess was {guess}.", film=film, stars=given, guess=guess)
    if question.number == 1:
        return gettext("Whole stars will do here. Half stars go with {prefix}rate, at any time.", prefix=escape(prefix))
    return ""


def _meter(done: int, of: int) -> str:
    """`● ● ● ○ ○  3 of 5`"""
    return f"{' '.join('●' * done + '○' * (of - done))}  {gettext('{done} of {of}', done=done, of=of)}"


def _finished(finished: Finished, prefix: str) -> Reply:
    shown = escape(prefix)
    if finished.movies is None:
        text = gettext(
            "This is done, and your list is there already. {prefix}start asks about other films.", prefix=shown
        )
    elif finished.rated:
        text = ngettext(
            "You rated {n} film. Your list is below; every further rating moves it.",
            "You rated {n} films. Your list is below; every further rating moves it.",
            finished.rated,
        )
    elif finished.movies.rated:
        text = gettext("Your list is below; it rests on the ratings you had before.")
    else:
        text = gettext("You rated none of these films, so the list below rests on what you picked.")
    more = gettext(
        "What comes next: {prefix}rate Heat 4.5 for any other film · {prefix}import brings ratings from "
        "elsewhere · {prefix}why says what speaks for a film",
        prefix=shown,
    )
    return Reply(
        layout=card(
            f"## {gettext('Thank you')}\n{text}",
            f"-# {more}",
            colour=CALM,
        ),
        ephemeral=True,
    )
