"""The films like one, and the question which film was meant."""

from collections.abc import Iterable, Mapping

from bot.chat.cards import card
from bot.chat.components import ANYBODY, ActionButton, ActionSelect, Option, view
from bot.chat.genres import genre_name
from bot.chat.language import gettext, listed, ngettext
from bot.chat.markdown import bold, escape, name, quote
from bot.chat.reply import Reply
from bot.chat.sentences import sentence, short
from bot.chat.stars import guess, stars
from bot.chat.text import OPTION_LIMIT, TITLE_LIMIT, cut, option, plain
from bot.movies.adding import NewFilm
from bot.movies.card_replies import NOTHING_TOLD, gallery
from bot.movies.search import Choice, FormerMovieError, NarrowedError, PlaceError, UnknownTitleError
from bot.movies.service import FEW_RATINGS, NotLearnedError, SimilarMovie, SimilarMovies
from data import Movie
from data.titles import read_title
from data.tmdb.film import TmdbFilm


def which(owner_id: int, choice: Choice, action: str, *arguments: object) -> Reply:
    """What was typed is in doubt; choosing a film performs `action`, which gets the arguments too."""
    asked = gettext("Choose the film")
    select = ActionSelect(asked, action, owner_id, *arguments, options=options(choice.candidates))
    return Reply(question(choice), view=view(select, none_of_these(owner_id)))


def question(choice: Choice) -> str:
    if len(choice.candidates) == 1:
        return gettext("Do you mean {film}?", film=bold(choice.candidates[0]))
    return gettext("Which {title} do you mean?", title=quote(choice.text))


def none_of_these(owner_id: int) -> ActionButton:
    """The way out of every question which film is meant."""
    return ActionButton(gettext("None of these"), "none_of_these", owner_id)


def new_film(owner_id: int, film: NewFilm, given: float | None = None) -> Reply:
    """Nobody here knows it yet; a press adds it and, where stars were given, rates it."""
    people = escape(cut(plain(listed(film.directors)), TITLE_LIMIT))
    label = f"**{escape(cut(plain(f'{film.title} ({film.year})'), TITLE_LIMIT))}**"
    asked = (
        gettext("I did not know {film} by {people}. Add it?", film=label, people=people)
        if people
        else gettext("I did not know {film}. Add it?", film=label)
    )
    return Reply(asked, view=view(new_film_button(owner_id, film, given), none_of_these(owner_id)))


def new_film_button(owner_id: int, film: NewFilm, given: float | None) -> ActionButton:
    if given is None:
        return ActionButton(gettext("Add it"), "add_film", owner_id, film.draft_id)
    label = gettext("Add and rate {stars}", stars=stars(given))
    return ActionButton(label, "add_and_rate", owner_id, film.draft_id, f"{given:g}")


def how_to_name(last_year: int) -> Reply:
    """What to do where none of the films asked about was meant."""
    return Reply(
        gettext(
            "Nothing was changed. Write the year behind the title, as in “Heat 1995”, or the film's MovieLens number, "
            "as in “id:318”. My catalogue ends in {year}; I know no film that is newer.",
            year=last_year,
        )
    )


def options(movies: Iterable[Movie]) -> list[Option]:
    """Films to choose from; under each another title and its genres."""
    return [Option(option(movie), str(movie.movie_id), _hint(movie)) for movie in movies]


def _hint(movie: Movie) -> str | None:
    others = [other.text for other in read_title(movie.raw_title).others]
    others += [movie.original_title] if movie.original_title is not None else []
    parts = [gettext("also {title}", title=others[0])] if others else []
    parts += [", ".join(map(genre_name, movie.genres))] if movie.genres else []
    return cut(plain(" · ".join(parts)), OPTION_LIMIT) or None


def similar(found: SimilarMovies, told: Mapping[int, TmdbFilm] = NOTHING_TOLD, *, ephemeral: bool = False) -> Reply:
    """`told` is what TMDB tells of them: their posters."""
    if not found.similar:
        text = gettext("I know {film}, but too few people rated it to say what is like it.", film=bold(found.movie))
        return Reply(layout=card(text), ephemeral=ephemeral)
    movies = [one.movie for one in found.similar]
    heading = gettext("Films like {film}", film=name(found.movie))
    shown = card(
        f"## {heading}\n-# {_alike(found)} · {gettext('★ my guess for you')}",
        "\n".join(_line(one) for one in found.similar),
        *gallery(movies, told),
        [ActionSelect(gettext("Show one"), "found_film", ANYBODY, options=options(movies))],
    )
    return Reply(layout=shown, ephemeral=ephemeral)


def _alike(found: SimilarMovies) -> str:
    if not found.is_by_content:
        return gettext("Liked by the same people")
    if found.support:
        return gettext("Few people rated it, so these share its genres and time")
    return gettext("Nobody has rated it yet, so these share its genres and time")


def _line(one: SimilarMovie) -> str:
    """`1. **Heat (1995)** ★ 4.3`, or `you gave ★★★★` in place of a guess; whether it was seen, how few rated it."""
    own = one.own_stars
    said = [guess(one.stars) if own is None else gettext("you gave {stars}", stars=stars(own))]
    said += [gettext("seen")] if one.is_seen else []
    said += [few_ratings(one.support)] if one.support < FEW_RATINGS else []
    return f"{one.rank}. {bold(one.movie)} {' · '.join(said)}"


def few_ratings(support: int) -> str:
    if not support:
        return gettext("nobody has rated it yet")
    return ngettext("only {n} rating", "only {n} ratings", support)


def no_movie(error: UnknownTitleError) -> str:
    """That nothing has this name, and where the catalogue ends if the film is newer."""
    title = short(error.text)
    if error.is_newer:
        return gettext(
            "I know no film called “{title}”. My catalogue ends in {year}.", title=title, year=error.last_year
        )
    return gettext("I know no film called “{title}”.", title=title)


@sentence.register
def _(error: UnknownTitleError, prefix: str = "!") -> str:
    asked = no_movie(error)
    if not error.nearest:
        if error.is_newer:
            return f"{asked} {gettext('Whoever runs me can add newer films.')}"
        told = gettext(
            "My catalogue ends in {year}. If it is older, check the spelling; {prefix}search finds films by a part of "
            "their title.",
            year=error.last_year,
            prefix=prefix,
        )
        return f"{asked} {told}"
    nearest = [gettext("“{title}”", title=short(movie.label, TITLE_LIMIT)) for movie in error.nearest]
    return f"{asked} {gettext('Did you mean {titles}?', titles=listed(nearest, 'or'))}"


@sentence.register
def _(error: FormerMovieError, prefix: str = "!") -> str:
    film = short(error.movie.label, TITLE_LIMIT)
    return gettext(
        "“{film}” is no longer in the catalogue. Ratings it was given are kept; {prefix}unrate takes yours back.",
        film=film,
        prefix=prefix,
    )


@sentence.register
def _(error: PlaceError, prefix: str = "!") -> str:
    return gettext(
        "I cannot tell which list “{text}” is of. Write the film's title instead, as in {prefix}movie Heat; under a "
        "list, Why lets you choose one.",
        text=short(error.text),
        prefix=prefix,
    )


@sentence.register
def _(error: NarrowedError, prefix: str = "!") -> str:
    return gettext(
        "For that, {prefix}recommend like {text} makes a list; {prefix}similar takes a film alone.",
        prefix=prefix,
        text=short(error.text),
    )


@sentence.register
def _(error: NotLearnedError, prefix: str = "!") -> str:
    return gettext(
        "I have not learned of “{film}” yet, since it is new here. I can tell you once I have; rate it already if you "
        "like.",
        film=short(error.movie.label, TITLE_LIMIT),
    )
