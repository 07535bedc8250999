"""A film by chance, and the films a text may name."""

from bot.chat.cards import ControlRow, card
from bot.chat.components import ActionButton, ActionSelect
from bot.chat.markdown import bold, escape, quote
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.chat.text import many
from bot.finding.service import NothingLeftError, NoTitleError, Titled
from bot.movies.replies import options
from data import Movie


def ways_on(owner_id: int, list_id: int | None) -> list[ControlRow]:
    """To another film, where the list could be kept."""
    return [] if list_id is None else [[ActionButton("Another", "random_again", owner_id, list_id)]]


def titled(owner_id: int, found: Titled) -> Reply:
    text = quote(found.text)
    heading = f"No film is called {text}. The nearest:" if found.is_near else f"Films called {text}"
    return Reply(
        layout=card(
            f"## {heading}",
            "\n".join(_line(rank, movie) for rank, movie in enumerate(found.movies, 1)),
            *(["-# There are more; another word or the year narrows them."] if found.goes_on else []),
            [ActionSelect("Show one", "found_film", owner_id, options=options(found.movies))],
            colour=CALM,
        )
    )


def _line(rank: int, movie: Movie) -> str:
    """`1. **Heat (1995)** Action, Crime · ★ 3.9 from 102 ratings`."""
    told = [escape(", ".join(movie.genres))] if movie.genres else []
    if movie.ratings_mean is not None:
        told.append(f"★ {movie.ratings_mean:.1f} from {many(movie.ratings_count, 'rating')}")
    return f"{rank}. {bold(movie)} {' · '.join(told)}".rstrip()


@sentence.register
def _(error: NothingLeftError, prefix: str = "!") -> str:
    if error.is_narrow:
        return f"That was all I have. {prefix}random without a wish, or with another one, has more."
    return f"You have rated or hidden every film I know. {prefix}hide lists what you keep out."


@sentence.register
def _(error: NoTitleError, prefix: str = "!") -> str:
    return f"I know no film called anything like “{short(error.text)}”. A shorter part of the title may find it."
