"""Swiping: what all see of it, and the card that each sees alone."""

import discord

from bot.chat.cards import card
from bot.chat.components import ANYBODY, ActionButton
from bot.chat.genres import genre_name
from bot.chat.language import gettext, ngettext
from bot.chat.markdown import bold, escape, name
from bot.chat.reply import CALM, Reply
from bot.chat.text import cut, plain
from bot.movienight import phrases
from bot.movienight.evening import Night
from bot.movienight.phrases import Names
from bot.movienight.swiping import Turn, needed

GENRES_LIMIT = 100


def swipe(shown: Night, names: Names) -> Reply:
    """For all to see; who has joined or answered what is not in it."""
    likes = needed(shown.size, shown.wishes.share)
    if likes == shown.size:
        rule = gettext("Each of you says yes or no to one film after another, and the first that all of you like wins.")
    else:
        rule = ngettext(
            "Each of you says yes or no to one film after another, and the first that one of you likes wins.",
            "Each of you says yes or no to one film after another, and the first that {n} of you like wins.",
            likes,
        )
    notes = [gettext("Only you see your films and your answers; they are gone once a film is chosen.")]
    if shown.size == 2:
        notes.append(
            gettext(
                "There are two of you, so I cannot hide who said no: if you liked a film and it did not win, it was "
                "not you."
            )
        )
    people = gettext("For {people}.", people=phrases.people(shown.shown_ids, names, shown.size))
    lines = [f"## {gettext('Swipe')}", f"{people} {rule}", *(f"-# {one}" for one in notes)]
    join = ActionButton(gettext("Join"), "night_join", ANYBODY, shown.evening_id)
    return Reply(layout=card("\n".join(lines), [join]))


def turn(shown: Turn, owner_id: int) -> Reply:
    """One film, for one member's eyes."""
    movie = shown.movie
    if movie is None:
        return Reply(layout=card(_end(shown), colour=CALM), ephemeral=True)
    genres = escape(cut(plain(", ".join(map(genre_name, movie.genres))), GENRES_LIMIT))
    arguments = (shown.evening_id, movie.movie_id)
    success = discord.ButtonStyle.success
    return Reply(
        layout=card(
            f"## {name(movie)}\n{genres}".rstrip(),
            f"-# {gettext('Film {place} of {films}', place=shown.place, films=shown.films)}",
            [
                ActionButton(gettext("Yes"), "night_swipe", owner_id, *arguments, "yes", style=success),
                ActionButton(gettext("No"), "night_swipe", owner_id, *arguments, "no"),
            ],
        ),
        ephemeral=True,
    )


def _end(shown: Turn) -> str:
    if shown.chosen is not None:
        return gettext("{film} is chosen.", film=bold(shown.chosen))
    return gettext("You have seen all films. As soon as the others have, I say in the channel which one it is.")


def nothing_liked() -> Reply:
    return Reply(
        gettext("You have all seen all films, and nobody liked any. Pick one in the list, or ask for other films.")
    )
