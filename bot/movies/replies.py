"""The films like one, and the question which film was meant."""

from collections.abc import Iterable, Mapping

from bot.chat.cards import card
from bot.chat.components import ANYBODY, ActionButton, ActionSelect, Option, view
from bot.chat.markdown import bold, escape, name, quote
from bot.chat.reply import Reply
from bot.chat.sentences import sentence, short
from bot.chat.stars import guess, number, stars
from bot.chat.text import OPTION_LIMIT, TITLE_LIMIT, cut, many, option, plain
from bot.movies.adding import NewFilm
from bot.movies.card_replies import NOTHING_TOLD, gallery
from bot.movies.search import Choice, FormerMovieError, UnknownTitleError
from bot.movies.service import FEW_RATINGS, NotLearnedError, SimilarMovie, SimilarMovies
from data import Movie
from data.titles import read_title
from data.tmdb.film import TmdbFilm


def which(owner_id: int, choice: Choice, action: str, *arguments: object) -> Reply:
    """What was typed is in doubt; choosing a film performs `action`, which gets the arguments too."""
    select = ActionSelect("Choose the film", action, owner_id, *arguments, options=options(choice.candidates))
    return Reply(question(choice), view=view(select, none_of_these(owner_id)))


def question(choice: Choice) -> str:
    if len(choice.candidates) == 1:
        return f"Do you mean {bold(choice.candidates[0])}?"
    return f"Which {quote(choice.text)} do you mean?"


def none_of_these(owner_id: int) -> ActionButton:
    """The way out of every question which film is meant."""
    return ActionButton("None of these", "none_of_these", owner_id)


def new_film(owner_id: int, film: NewFilm, given: float | None = None) -> Reply:
    """Nobody here knows it yet; a press adds it and, where stars were given, rates it."""
    by = f" by {escape(cut(plain(', '.join(film.directors)), TITLE_LIMIT))}" if film.directors else ""
    label = escape(cut(plain(f"{film.title} ({film.year})"), TITLE_LIMIT))
    buttons = view(new_film_button(owner_id, film, given), none_of_these(owner_id))
    return Reply(f"I did not know **{label}**{by}. Add it?", view=buttons)


def new_film_button(owner_id: int, film: NewFilm, given: float | None) -> ActionButton:
    if given is None:
        return ActionButton("Add it", "add_film", owner_id, film.draft_id)
    return ActionButton(f"Add and rate {stars(given)}", "add_and_rate", owner_id, film.draft_id, number(given))


def how_to_name(last_year: int) -> Reply:
    """What to do where none of the films asked about was meant."""
    return Reply(
        "Nothing was changed. Write the year behind the title, as in “Heat 1995”, or the film's MovieLens number, "
        f"as in “id:318”. My catalogue ends in {last_year}; I know no film that is newer."
    )


def options(movies: Iterable[Movie]) -> list[Option]:
    """Films to choose from; under each another title and its genres."""
    return [Option(option(movie), str(movie.movie_id), _hint(movie)) for movie in movies]


def _hint(movie: Movie) -> str | None:
    others = [other.text for other in read_title(movie.raw_title).others]
    others += [movie.original_title] if movie.original_title is not None else []
    parts = [f"also {others[0]}"] if others else []
    parts += [", ".join(movie.genres)] if movie.genres else []
    return cut(plain(" · ".join(parts)), OPTION_LIMIT) or None


def similar(found: SimilarMovies, told: Mapping[int, TmdbFilm] = NOTHING_TOLD, *, ephemeral: bool = False) -> Reply:
    """`told` is what TMDB tells of them: their posters."""
    if not found.similar:
        text = f"I know {bold(found.movie)}, but too few people rated it to say what is like it."
        return Reply(layout=card(text), ephemeral=ephemeral)
    alike = (
        f"{'Few people rated it' if found.support else 'Nobody has rated it yet'}, so these share its genres and time"
        if found.is_by_content
        else "Liked by the same people"
    )
    movies = [one.movie for one in found.similar]
    shown = card(
        f"## Films like {name(found.movie)}\n-# {alike} · ★ my guess for you",
        "\n".join(_line(one) for one in found.similar),
        *gallery(movies, told),
        [ActionSelect("Show one", "found_film", ANYBODY, options=options(movies))],
    )
    return Reply(layout=shown, ephemeral=ephemeral)


def _line(one: SimilarMovie) -> str:
    """`1. **Heat (1995)** ★ 4.3`, or `you gave ★★★★` in place of a guess; whether it was seen, how few rated it."""
    given = guess(one.stars) if one.own_stars is None else f"you gave {stars(one.own_stars)}"
    given += " · seen" if one.is_seen else ""
    few = f" · {few_ratings(one.support)}" if one.support < FEW_RATINGS else ""
    return f"{one.rank}. {bold(one.movie)} {given}{few}"


def few_ratings(support: int) -> str:
    return f"only {many(support, 'rating')}" if support else "nobody has rated it yet"


def no_movie(error: UnknownTitleError) -> str:
    """That nothing has this name, and where the catalogue ends if the film is newer."""
    asked = f"I know no film called “{short(error.text)}”."
    if error.is_newer:
        asked += f" My catalogue ends in {error.last_year}."
    return asked


@sentence.register
def _(error: UnknownTitleError, prefix: str = "!") -> str:
    asked = no_movie(error)
    if not error.nearest:
        if error.is_newer:
            return f"{asked} Whoever runs me can add newer films."
        return f"{asked} Check the spelling; {prefix}search finds films by a part of their title."
    *most, last = [f"“{short(movie.label, TITLE_LIMIT)}”" for movie in error.nearest]
    return f"{asked} Did you mean {', '.join(most)} or {last}?" if most else f"{asked} Did you mean {last}?"


@sentence.register
def _(error: FormerMovieError, prefix: str = "!") -> str:
    film = short(error.movie.label, TITLE_LIMIT)
    return f"“{film}” is no longer in the catalogue. Ratings it was given are kept; {prefix}unrate takes yours back."


@sentence.register
def _(error: NotLearnedError, prefix: str = "!") -> str:
    return (
        f"I have not learned of “{short(error.movie.label, TITLE_LIMIT)}” yet: it came into my catalogue after my "
        "last training. I can tell you after the next training; you can rate it already."
    )
