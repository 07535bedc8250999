"""Swiping: what all see of it, and the card that each sees alone."""

import discord

from bot.chat.cards import card
from bot.chat.components import ANYBODY, ActionButton
from bot.chat.markdown import bold, escape, name
from bot.chat.reply import CALM, Reply
from bot.chat.text import cut, plain
from bot.movienight import phrases
from bot.movienight.phrases import Names
from bot.movienight.swiping import Swipe, Turn

GENRES_LIMIT = 100


def swipe(shown: Swipe, names: Names) -> Reply:
    """For all to see; who has joined or answered what is not in it."""
    night = shown.night
    who = phrases.people(night.shown_ids, names, night.size)
    enough = "all of you" if shown.needed == night.size else f"{phrases.count(shown.needed)} of you"
    verb = "likes" if shown.needed == 1 else "like"
    rule = f"Each of you says yes or no to one film after another, and the first that {enough} {verb} wins."
    lines = [
        f"## Swipe\nFor {who}. {rule}",
        "-# Only you see your films and your answers; they are gone once a film is chosen.",
    ]
    if night.size == 2:
        lines.append(
            "-# There are two of you, so I cannot hide who said no: if you liked a film and it did not win, it was "
            "not you."
        )
    return Reply(layout=card("\n".join(lines), [ActionButton("Join", "night_join", ANYBODY, shown.evening_id)]))


def turn(shown: Turn, owner_id: int) -> Reply:
    """One film, for one member's eyes."""
    movie = shown.movie
    if movie is None:
        return Reply(layout=card(_end(shown), colour=CALM), ephemeral=True)
    genres = escape(cut(plain(", ".join(movie.genres)), GENRES_LIMIT))
    arguments = (shown.evening_id, movie.movie_id)
    return Reply(
        layout=card(
            f"## {name(movie)}\n{genres}".rstrip(),
            f"-# Film {shown.place} of {shown.films}",
            [
                ActionButton("Yes", "night_swipe", owner_id, *arguments, "yes", style=discord.ButtonStyle.success),
                ActionButton("No", "night_swipe", owner_id, *arguments, "no"),
            ],
        ),
        ephemeral=True,
    )


def _end(shown: Turn) -> str:
    if shown.chosen is not None:
        return f"{bold(shown.chosen)} is chosen."
    return "You have seen all films. As soon as the others have, I say in the channel which one it is."


def nothing_liked() -> Reply:
    return Reply("You have all seen all films, and nobody liked any. Pick one in the list, or ask for other films.")
