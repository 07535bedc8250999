"""The card of one film, the films like it, and the question which film was meant."""

from collections.abc import Iterable

from bot.chat.cards import embed
from bot.chat.components import ANYBODY, ActionButton, ActionSelect, Option, view
from bot.chat.markdown import bold, escape, name, quote
from bot.chat.reply import Reply
from bot.chat.sentences import sentence, short
from bot.chat.stars import confidence, guess, stars
from bot.chat.text import OPTION_LIMIT, TITLE_LIMIT, cut, many, option, plain
from bot.movies.search import Choice, FormerMovieError, UnknownTitleError
from bot.movies.service import MovieCard, NotLearnedError, SimilarMovie, SimilarMovies
from data import Movie
from data.titles import read_title

IMDB = "https://www.imdb.com/title/tt{:07d}/"
TMDB = "https://www.themoviedb.org/movie/{}"


def card(film: MovieCard) -> Reply:
    """What I know of a film, for one member."""
    movie = film.movie
    lines = [_for_you(film)]
    if film.server is not None:
        lines.append(f"**This server** ★ {film.server.stars:.1f} from {film.server.votes:,}")
    lines.append(f"**MovieLens** {_at_movielens(movie)}")
    if movie.source_mean is not None and movie.source_votes:
        lines.append(f"**IMDb** {movie.source_mean:.1f} of 10 from {many(movie.source_votes, 'vote')}")
    if movie.genres:
        lines.append(f"**Genres** {escape(', '.join(movie.genres))}")
    if movie.tags:
        lines.append(f"**Tags** {escape(plain(', '.join(movie.tags)))}")
    links = _links(film)
    if links:
        lines.append(links)
    return Reply(
        embed=embed(name(movie), "\n".join(lines)),
        view=view(
            ActionButton("Rate", "which_stars", ANYBODY, movie.movie_id),
            ActionButton("Watchlist", "shelf_card", ANYBODY, "watchlist", movie.movie_id),
            ActionButton("Hide", "shelf_card", ANYBODY, "hidden", movie.movie_id),
            ActionButton("Similar", "similar", ANYBODY, movie.movie_id),
            ActionButton("Why", "why_film", ANYBODY, movie.movie_id),
        ),
    )


def _at_movielens(movie: Movie) -> str:
    if movie.ratings_mean is not None:
        return f"★ {movie.ratings_mean:.1f} from {many(movie.ratings_count, 'rating')}"
    return "nobody has rated it" if movie.source == "movielens" else "does not have it"


def _for_you(film: MovieCard) -> str:
    """What the member gave the film, or would."""
    if film.own_stars is not None:
        guessed = f", I would have guessed {film.predicted:.1f}" if film.predicted is not None else ""
        return f"**You gave it** {stars(film.own_stars)}{guessed}"
    if film.predicted is None or film.predicted_sd is None:
        return "**For you** I have not learned of it yet; I will have a guess after the next training"
    return f"**For you** {guess(film.predicted, film.predicted_sd)} · {confidence(film.predicted_sd)}"


def _links(film: MovieCard) -> str:
    links = []
    if film.movie.imdb_id is not None:
        links.append(f"[IMDb]({IMDB.format(film.movie.imdb_id)})")
    if film.movie.tmdb_id is not None:
        links.append(f"[TMDB]({TMDB.format(film.movie.tmdb_id)})")
    return " · ".join(links)


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


def similar(found: SimilarMovies, *, ephemeral: bool = False) -> Reply:
    if not found.similar:
        text = f"I know {bold(found.movie)}, but too few people rated it to say what is like it."
        return Reply(text, ephemeral=ephemeral)
    shown = embed(f"Films like {name(found.movie)}", "\n".join(_line(one) for one in found.similar))
    alike = (
        "Few people rated it, so these share its genres and time" if found.is_by_content else "Liked by the same people"
    )
    shown.set_footer(text=f"{alike} · ★ my guess for you")
    return Reply(embed=shown, ephemeral=ephemeral)


def _line(one: SimilarMovie) -> str:
    """`1. **Heat (1995)** ★ 4.3 ± 0.6 · 102 ratings`, or `you gave ★★★★` in place of a guess."""
    given = guess(one.stars, one.stars_sd) if one.own_stars is None else f"you gave {stars(one.own_stars)}"
    return f"{one.rank}. {bold(one.movie)} {given} · {many(one.support, 'rating')}"


def no_movie(error: UnknownTitleError) -> str:
    """That nothing has this name, and where the catalogue ends if the film is newer."""
    asked = f"I know no film called “{short(error.text)}”."
    if error.asked_year is not None and error.asked_year > error.last_year:
        asked += f" My catalogue ends in {error.last_year}."
    return asked


@sentence.register
def _(error: UnknownTitleError, prefix: str = "!") -> str:
    asked = no_movie(error)
    if not error.nearest:
        return f"{asked} Check the spelling, or use /rate and pick it from the list."
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
