"""The menus of a message, and what they answer. Seen by who used them only."""

from bot.chat.components import ActionSelect, view
from bot.chat.language import gettext, gettext_noop
from bot.chat.reply import Reply
from bot.chat.sentences import sentence
from bot.menus.service import NotMyMessageError, NotYourReplyError
from bot.movies.replies import none_of_these, options
from bot.ratings.replies import how_many_stars
from data import Movie

RATE = gettext_noop("Rate this movie")
DELETE = gettext_noop("Delete bot reply")


def movies_found(owner_id: int, movies: tuple[Movie, ...]) -> Reply:
    """Stars for the film of a message, or which of several films; nothing is written yet."""
    if not movies:
        return Reply(
            gettext("I find no film in that message. You can rate it yourself: /rate, then the title and your stars."),
            ephemeral=True,
        )
    if len(movies) == 1:
        return how_many_stars(owner_id, movies[0], ephemeral=True)
    select = ActionSelect(gettext("Choose the film"), "rate_film", owner_id, 0, options=options(movies))
    return Reply(
        gettext("Which film of that message do you want to rate?"),
        view=view(select, none_of_these(owner_id)),
        ephemeral=True,
    )


def deleted() -> Reply:
    return Reply(gettext("That reply is gone. Your ratings stay as they are."), ephemeral=True)


@sentence.register
def _(error: NotMyMessageError, prefix: str = "!") -> str:
    return gettext("That message is not mine. I delete my own replies only.")


@sentence.register
def _(error: NotYourReplyError, prefix: str = "!") -> str:
    return gettext("That reply was for somebody else. They can delete it, or a member who may manage messages here.")
