"""A poll of the films that stand first in a group's list."""

from collections.abc import Sequence
from datetime import timedelta

import discord

from bot.chat.language import gettext
from bot.chat.reply import Reply
from bot.chat.sentences import sentence
from bot.chat.text import cut, plain
from bot.movienight.errors import AlreadyChosenError
from bot.movienight.service import POLLED
from data import Movie

ANSWER_LIMIT = 55
"""Characters of an answer."""

POLL_HOURS = 8


def poll(movies: Sequence[Movie]) -> Reply:
    """Discord's own poll of the films that stand first."""
    made = discord.Poll(gettext("Which film do we watch?"), duration=timedelta(hours=POLL_HOURS))
    for movie in movies[:POLLED]:
        made.add_answer(text=cut(plain(movie.label), ANSWER_LIMIT - 1))
    return Reply(poll=made)


def no_polls() -> Reply:
    return Reply(
        gettext(
            "I may not start polls here: whoever runs the server can give me the permission “Create Polls” in this "
            "channel. Pick a film yourself, or swipe."
        ),
        ephemeral=True,
    )


def poll_is_on() -> Reply:
    return Reply(gettext("A poll is on already."), ephemeral=True)


def nobody_voted() -> Reply:
    return Reply(gettext("The poll is over, and nobody voted. Pick a film in the list, or ask for another poll there."))


@sentence.register
def _(error: AlreadyChosenError, prefix: str = "!") -> str:
    return gettext("A film was chosen already; it stands further down.")
