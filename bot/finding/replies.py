"""A film by chance, and the films a text may name."""

from bot.chat.cards import ControlRow, card
from bot.chat.components import ActionButton, ActionSelect
from bot.chat.genres import genre_name
from bot.chat.language import format_number, gettext, ngettext
from bot.chat.markdown import bold, escape, quote
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.finding.service import NothingLeftError, NoTitleError, Titled
from bot.lists.wishes.everyday import key, mood
from bot.movies.replies import options
from data import Movie


def ways_on(owner_id: int, list_id: int | None) -> list[ControlRow]:
    """To another film, where the list could be kept."""
    return [] if list_id is None else [[ActionButton(gettext("Another"), "random_again", owner_id, list_id)]]


def to_theme(owner_id: int, list_id: int | None, theme: str) -> list[ControlRow]:
    """To films of the theme that a film is called like, where a list could be kept."""
    label = gettext("Films: {theme}", theme=gettext(mood(theme).shown))
    return [] if list_id is None else [[ActionButton(label, "wish_also", owner_id, list_id, "mood", key(theme))]]


def titled(owner_id: int, found: Titled) -> Reply:
    text = quote(found.text)
    heading = (
        gettext("No film is called {text}. The nearest:", text=text)
        if found.is_near
        else gettext("Films called {text}", text=text)
    )
    narrow = [f"-# {gettext('There are more; another word or the year narrows them.')}"] if found.goes_on else []
    return Reply(
        layout=card(
            f"## {heading}",
            "\n".join(_line(rank, movie) for rank, movie in enumerate(found.movies, 1)),
            *narrow,
            [ActionSelect(gettext("Show one"), "found_film", owner_id, options=options(found.movies))],
            colour=CALM,
        )
    )


def _line(rank: int, movie: Movie) -> str:
    """`1. **Heat (1995)** Action, Crime · ★ 3.9 from 102 ratings`."""
    told = [escape(", ".join(map(genre_name, movie.genres)))] if movie.genres else []
    if movie.ratings_mean is not None:
        stars = format_number(movie.ratings_mean, 1)
        told.append(
            ngettext("★ {stars} from {n} rating", "★ {stars} from {n} ratings", movie.ratings_count, stars=stars)
        )
    return f"{rank}. {bold(movie)} {' · '.join(told)}".rstrip()


@sentence.register
def _(error: NothingLeftError, prefix: str = "!") -> str:
    if error.has_defaults:
        return gettext(
            "That was all I have within your defaults. {prefix}random without defaults has more.", prefix=prefix
        )
    if error.is_narrow:
        return gettext(
            "That was all I have. {prefix}random without a wish, or with another one, has more.", prefix=prefix
        )
    return gettext("You have rated or hidden every film I know. {prefix}hide lists what you keep out.", prefix=prefix)


@sentence.register
def _(error: NoTitleError, prefix: str = "!") -> str:
    if error.is_year:
        return gettext(
            "No film is called “{text}”. {prefix}recommend {text} lists those of that year.",
            text=short(error.text),
            prefix=prefix,
        )
    if error.is_person and error.has_people:
        return gettext(
            "No film is called “{text}”. {prefix}recommend by {text} and {prefix}recommend with {text} list films by "
            "who made them or plays in them.",
            text=short(error.text),
            prefix=prefix,
        )
    if error.is_person:
        return gettext(
            "No film is called “{text}”, and I do not know who made a film or plays in it. A part of its title finds "
            "it.",
            text=short(error.text),
        )
    return gettext(
        "I know no film called anything like “{text}”. A shorter part of the title may find it.", text=short(error.text)
    )
