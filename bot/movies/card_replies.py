"""The card of one film, and posters side by side."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

from babel import Locale

from bot.chat.cards import CardPart, ControlRow, Gallery, Illustrated, Poster, card, link
from bot.chat.components import ANYBODY, ActionButton
from bot.chat.genres import genre_name
from bot.chat.language import format_number, gettext, gettext_noop, language, ngettext
from bot.chat.markdown import bold, escape, name
from bot.chat.reply import Reply
from bot.chat.stars import confidence, guess, stars
from bot.chat.text import TITLE_LIMIT, cut, in_hours, plain
from bot.movies.service import MovieCard
from data import Movie
from data.tmdb.film import TmdbFilm

IMDB = "https://www.imdb.com/title/tt{:07d}/"
TMDB = "https://www.themoviedb.org/movie/{}"

PLOT_LIMIT, LINE_LIMIT = 280, 160
"""Characters of the plot, and of any other line that comes from outside."""
COUNTRIES, LEADS = 2, 3
NOTHING = TmdbFilm(0)
NOTHING_TOLD: Mapping[int, TmdbFilm] = {}

_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[\"“'(A-Z0-9])")
_SHORT = {"United States of America": "United States"}


def movie_card(
    film: MovieCard, told: TmdbFilm | None, *, has_pictures: bool, ways_on: Sequence[ControlRow] = ()
) -> Reply:
    """What there is to know of a film, for one member; `told` is what TMDB tells of it."""
    movie, more = film.movie, told or NOTHING
    about = [f"## {name(movie)}", *_small(_facts(movie, more)), *_people(movie, more)]
    if movie.original_title is not None and movie.original_title != movie.title:
        about.insert(1, f"*{_line(movie.original_title)}*")
    text = "\n".join(about)
    head = Illustrated([text], poster(movie, more)) if has_pictures and more.poster is not None else text
    plot = [shown] if (shown := _plot(more.overview)) else []
    lines = [_for_you(film), *_means(film), *_tags(movie), *_where(more)]
    return Reply(layout=card(head, *plot, "\n".join(lines), *_controls(film, more), *ways_on))


def trailer(movie: Movie, told: TmdbFilm | None) -> Reply:
    """A way to it, where TMDB knows one."""
    if told is None or not told.trailer:
        return Reply(gettext("I know no trailer of {film}.", film=bold(movie)))
    return Reply(layout=card(f"## {name(movie)}", [link(gettext("Trailer"), told.trailer)]))


def gallery(movies: Iterable[Movie], told: Mapping[int, TmdbFilm]) -> list[CardPart]:
    """The posters there are, in this order; a single one would be as large as the card."""
    known = [(movie, told[movie.movie_id]) for movie in movies if movie.movie_id in told]
    posters = [poster(movie, film) for movie, film in known if film.poster is not None]
    return [Gallery(posters)] if len(posters) > 1 else []


def poster(movie: Movie, told: TmdbFilm) -> Poster:
    return Poster(told.poster or "", gettext("Poster of {film}", film=cut(plain(movie.label), TITLE_LIMIT)))


def _facts(movie: Movie, told: TmdbFilm) -> str:
    """`Action, Crime · 2 h 50 min · rated R · United States`."""
    runtime = movie.runtime_min or told.runtime_min
    facts = [
        ", ".join(map(genre_name, movie.genres)),
        in_hours(runtime) if runtime else "",
        gettext("rated {age}", age=told.age) if told.age else "",
        ", ".join(
            _local(_SHORT.get(one, one), "territories") for one in (movie.countries or told.countries)[:COUNTRIES]
        ),
        gettext("in {language}", language=_local(told.language, "languages"))
        if told.language not in ("", "English")
        else "",
        told.collection,
    ]
    return _line(" · ".join(filter(None, facts)))


def _local(english: str, kind: Literal["languages", "territories"]) -> str:
    """The name of a language or country as readers call it; as it came where nobody has heard of it."""
    code = _codes(kind).get(english)
    return english if code is None else str(getattr(Locale(language()), kind).get(code, english))


@cache
def _codes(kind: str) -> dict[str, str]:
    return {name: code for code, name in getattr(Locale("en"), kind).items()}


def _people(movie: Movie, told: TmdbFilm) -> list[str]:
    directors = _line(", ".join(movie.directors or told.directors))
    leads = _line(", ".join((movie.leads or told.leads)[:LEADS]))
    if directors and leads:
        return [gettext("By **{directors}**, with {leads}", directors=directors, leads=leads)]
    if directors:
        return [gettext("By **{directors}**", directors=directors)]
    return [gettext("With {leads}", leads=leads)] if leads else []


def _plot(overview: str) -> str:
    """Its first sentences, as many as are short enough."""
    first, *others = _SENTENCE.split(plain(overview))
    shown = cut(first, PLOT_LIMIT)
    for one in others:
        if len(shown) + len(one) >= PLOT_LIMIT:
            break
        shown += f" {one}"
    return escape(shown)


def _for_you(film: MovieCard) -> str:
    """What the member gave the film, or would."""
    if film.own_stars is not None and film.predicted is not None:
        return gettext(
            "**You gave it** {stars}, I would have guessed {guess}",
            stars=stars(film.own_stars),
            guess=format_number(film.predicted, 1),
        )
    if film.own_stars is not None:
        return gettext("**You gave it** {stars}", stars=stars(film.own_stars))
    if film.predicted is None or film.predicted_sd is None:
        return gettext("**For you** I have not learned of it yet; I will have a guess once I have")
    how_sure = gettext(confidence(film.predicted_sd))
    return gettext("**For you** {guess}, {how_sure}", guess=guess(film.predicted), how_sure=how_sure)


def _means(film: MovieCard) -> list[str]:
    """What others think of it: this server, MovieLens and IMDb."""
    movie, means = film.movie, []
    if film.server is not None:
        means.append((gettext("This server"), guess(film.server.stars), film.server.votes))
    if movie.ratings_mean is not None:
        means.append(("MovieLens", guess(movie.ratings_mean), movie.ratings_count))
    if movie.source_mean is not None and movie.source_votes:
        of_ten = gettext("{mean} of 10", mean=format_number(movie.source_mean, 1))
        means.append(("IMDb", of_ten, movie.source_votes))
    said = [
        ngettext("**{who}** {mean} from {n}", "**{who}** {mean} from {n}", votes, who=who, mean=mean)
        for who, mean, votes in means
    ]
    return [" · ".join(said)] if said else []


def _tags(movie: Movie) -> list[str]:
    return [gettext("**Tags** {tags}", tags=_line(", ".join(movie.main_tags)))] if movie.tags else []


def _where(told: TmdbFilm) -> list[str]:
    """Where to watch it, and whose word all that is."""
    kinds = ((gettext_noop("Stream"), told.streams), (gettext_noop("Rent or buy"), told.rents))
    offers = [f"**{gettext(how)} ({told.region})** {_line(', '.join(names))}" for how, names in kinds if names]
    if told is NOTHING:
        return []
    if offers:
        return [*offers, f"-# {gettext('Poster and plot from TMDB, where to watch from JustWatch')}"]
    return [f"-# {gettext('Poster and plot from TMDB')}"]


def _controls(film: MovieCard, told: TmdbFilm) -> list[ControlRow]:
    movie = film.movie
    rows: list[ControlRow] = [
        [
            ActionButton(gettext("Rate"), "which_stars", ANYBODY, movie.movie_id),
            ActionButton(gettext("Seen"), "shelf_card", ANYBODY, "seen", movie.movie_id),
            ActionButton(gettext("Watchlist"), "shelf_card", ANYBODY, "watchlist", movie.movie_id),
            ActionButton(gettext("Hide"), "shelf_card", ANYBODY, "hidden", movie.movie_id),
        ]
    ]
    about = [
        ActionButton(gettext("Similar"), "similar", ANYBODY, movie.movie_id),
        ActionButton(gettext("Why"), "why_film", ANYBODY, movie.movie_id),
    ]
    imdb_id, tmdb_id = movie.imdb_id or told.imdb_id, told.tmdb_id or movie.tmdb_id
    links = [
        *([link(gettext("Trailer"), told.trailer)] if told.trailer else []),
        *([link("IMDb", IMDB.format(imdb_id))] if imdb_id else []),
        *([link("TMDB", TMDB.format(tmdb_id))] if tmdb_id else []),
    ]
    return [*rows, [*about, *links]]


def _small(text: str) -> list[str]:
    return [f"-# {text}"] if text else []


def _line(text: str) -> str:
    return escape(cut(plain(text), LINE_LIMIT))
