"""The list: ten films, why they are on it, and the controls under it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.chat.cards import TEXT_LIMIT, ControlRow, card
from bot.chat.components import ActionButton, ActionSelect, Option, view
from bot.chat.markdown import bold, escape
from bot.chat.reply import Reply
from bot.chat.stars import confidence, guess
from bot.chat.text import cut, many, option, plain
from bot.lists import filter_replies as filters_ui
from bot.lists import wish_replies
from bot.lists.dials import open_dials
from bot.lists.filters import PLAIN
from bot.lists.service import ListedMovie, MovieList
from bot.lists.wishes import Unread
from bot.movies.card_replies import NOTHING_TOLD, gallery
from bot.movies.replies import few_ratings
from bot.movies.service import FEW_RATINGS
from data import Movie
from data.tmdb.film import TmdbFilm

REASON_TITLE = 40
"""Characters of the title of a film that is only a reason."""

GENRES_NAMED = 2
"""Of each film; a line should not break more than once on a phone."""

GENRES_LIMIT = 60
"""Characters of them."""

SERVER_DIFFERS = 0.5
"""Stars between what a server thinks of a film and what its member is predicted, from which on it is said."""

_GUESS = {
    "sure": "★ my guess for you, quite sure",
    "fairly sure": "★ my guess for you, fairly sure",
    "a guess": "★ my best guess for you",
}
"""Said once of the whole list, by how sure we are of most of its films."""

SEEN = "I've seen…"

ROOM = 400
"""Characters of a card for what stands above and below the lines."""


def recommendations(
    shown: MovieList, prefix: str, told: Mapping[int, TmdbFilm] = NOTHING_TOLD, unread: Sequence[Unread] = ()
) -> Reply:
    """The list, what it rests on, and how to go on; or what to change where no film is left.

    `told` is what TMDB tells of its films: their posters. What was `unread` of the wish is said once, with what may
    have been meant.
    """
    if not shown.movies:
        return _nothing(shown, prefix)
    offers = wish_replies.offers(unread, shown.owner_id, shown.list_id)
    is_known = shown.filters.seen == "seen"  # which the title tells
    asked = filters_ui.heading(replace(shown.filters, seen=PLAIN.seen) if is_known else shown.filters)
    defaults = filters_ui.defaults(shown.defaults)
    return Reply(
        layout=card(
            "\n-# ".join([_title(shown), *filter(None, (asked, defaults))]),
            *wish_replies.remarks(unread, shown.lacking, prefix, shown.filters.without_moods),
            *([offers] if offers else []),
            _lines(shown.movies),
            *gallery((one.movie for one in shown.movies), told),
            f"-# {_basis(shown, prefix)}",
            [
                _film_select(
                    SEEN if any(not one.is_known for one in shown.movies) else "Rate one anew", "which_stars", shown
                )
            ],
            [_film_select("Not for me", "list_hide", shown)],
            *([] if shown.list_id is None else [_dials(shown, shown.list_id), _ways_on(shown, shown.list_id)]),
        )
    )


def _title(shown: MovieList) -> str:
    films = "films you know" if shown.filters.seen == "seen" else "films for you"
    return f"## More {films}" if shown.goes_on else f"## {films.capitalize()}"


def _dials(shown: MovieList, list_id: int) -> ControlRow:
    movies = [one.movie for one in shown.movies]
    dials = open_dials(shown.filters, movies, shown.last_year, has_defaults=shown.defaults != PLAIN)
    options = [Option(dial.replace("_", " ").capitalize(), dial) for dial in dials]
    return [ActionSelect("Like these, but…", "list_turn", shown.owner_id, list_id, _first(shown), options=options)]


def _first(shown: MovieList) -> int:
    """The place of the first of these films in the list, from 0."""
    return shown.movies[0].rank - 1


def _ways_on(shown: MovieList, list_id: int) -> list[ActionButton]:
    """What needs the list to be kept."""
    return [
        *([] if _is_all(shown) else [ActionButton("More", "more", shown.owner_id, list_id)]),
        ActionButton("Why", "why_list", shown.owner_id, list_id, _first(shown)),
        _filters_button(shown.owner_id, list_id),
    ]


def _lines(movies: Sequence[ListedMovie]) -> str:
    """As much of each film as all of them have room for."""
    usual = _usual_confidence(movies)
    pairs = list(zip((None, *movies), movies, strict=False))
    forms: tuple[Callable[[ListedMovie | None, ListedMovie], str], ...] = (
        lambda above, film: _entry(film, [*_facts(film, usual), *_reason(film, above)]),
        lambda above, film: _entry(film, _facts(film, usual)),
        lambda above, film: _head(film),
    )
    shown = ("\n".join(f"{_divider(above, film)}{form(above, film)}" for above, film in pairs) for form in forms)
    return next((text for text in shown if len(text) <= TEXT_LIMIT - ROOM), "")


def _divider(above: ListedMovie | None, film: ListedMovie) -> str:
    """What stands before the first film that only comes close to what was asked for."""
    if not film.is_close or (above is not None and above.is_close):
        return ""
    return "-# These come close:\n" if above is None else "-# And these come close:\n"


def _usual_confidence(movies: Sequence[ListedMovie]) -> str:
    """How sure we are of most of them."""
    guessed = [film for film in movies if not film.is_known] or movies
    return Counter(confidence(film.stars_sd) for film in guessed).most_common(1)[0][0]


def _entry(film: ListedMovie, facts: Sequence[str]) -> str:
    """A film, and in small what it is and why it is here."""
    return f"{_head(film)}\n-# {' · '.join(facts)}" if facts else _head(film)


def _facts(film: ListedMovie, usual_confidence: str) -> list[str]:
    """The film's genres, and what is out of the ordinary about it."""
    facts = []
    if genres := escape(cut(plain(", ".join(film.genres[:GENRES_NAMED])), GENRES_LIMIT)):
        facts.append(genres)
    if film.is_known:
        return [*facts, "you have seen it" if film.own is None else "your own stars"]
    if (sure := confidence(film.stars_sd)) != usual_confidence:
        facts.append(sure)
    if film.support < FEW_RATINGS:
        facts.append(few_ratings(film.support))
    if film.server is not None and abs(film.server.stars - film.stars) >= SERVER_DIFFERS:
        facts.append(f"★ {film.server.stars:.1f} in this server")
    return facts


def _reason(film: ListedMovie, above: ListedMovie | None) -> list[str]:
    """Why it is here, unless that was said of the film above."""
    if film.because is None or (above is not None and above.because == film.because):
        return []
    verb = "because you liked" if film.because.is_liked else "because of"
    return [f"{verb} {escape(cut(plain(film.because.movie.title), REASON_TITLE))}"]


def _head(film: ListedMovie) -> str:
    """`1. **Heat (1995)** ★ 4.3`: short enough not to break on a phone."""
    return f"{film.rank}. {bold(film.movie)} {guess(film.stars)}"


def _basis(shown: MovieList, prefix: str) -> str:
    guessed = _GUESS[_usual_confidence(shown.movies)]
    if shown.filters.seen == "seen":
        basis = "What you liked best, the longest ago first"
    elif shown.rated == 0:
        liked = "What the few who know it like" if shown.filters.depth == "deep" else "What most people like"
        basis = f"{liked}, since you have rated nothing yet: {escape(prefix)}start finds out what you like"
    elif shown.adopted:
        own = shown.rated - shown.adopted
        basis = f"From {many(own, 'rating')} of yours and {shown.adopted:,} you started from · {guessed}"
    else:
        basis = f"From your {many(shown.rated, 'rating')} · {guessed}"
    return f"That is all that fits. {basis}" if _is_all(shown) else basis


def _is_all(shown: MovieList) -> bool:
    """Whether nothing is left that More could show."""
    return len(shown.movies) < shown.filters.count


def _film_select(placeholder: str, action: str, shown: MovieList) -> ActionSelect:
    options = [
        Option(option(one.movie), str(one.movie.movie_id), guess(one.stars, one.stars_sd)) for one in shown.movies
    ]
    return ActionSelect(placeholder, action, shown.owner_id, options=options)


def _filters_button(owner_id: int, list_id: int) -> ActionButton:
    return ActionButton("Filters", "filters", owner_id, list_id)


def _nothing(shown: MovieList, prefix: str) -> Reply:
    """No film is left; which filter keeps most of them away?"""
    filters = shown.filters
    if filters.admits_all and shown.defaults == PLAIN:
        return Reply("That was the whole catalogue: there is no film left that you have not rated or seen here.")
    if shown.defaults == PLAIN and filters == replace(
        PLAIN, source="watchlist", depth=filters.depth, count=filters.count
    ):
        said = f"Your watchlist has no {'other ' if shown.goes_on else ''}film that you have not rated."
        said += f" {escape(prefix)}watchlist add Heat puts one on it."
    else:
        asked = [filters_ui.words(filters), filters_ui.defaults(shown.defaults)]
        said = f"{'That was all' if shown.goes_on else 'No film fits'}: {'. '.join(filter(None, asked))}."
    if shown.loosen is None:
        said += " Take away more than one of these."
    else:
        said += f" {filters_ui.loosened(shown.loosen.part, filters)} I have {many(shown.loosen.films, 'film')} for you."
    said = "\n".join([said, *wish_replies.remarks((), shown.lacking, prefix)])
    return Reply(said, view=view(_filters_button(shown.owner_id, shown.list_id)) if shown.list_id is not None else None)


def why(owner_id: int, movies: Sequence[Movie]) -> Reply:
    """Which film of a list is to be explained?"""
    options = [(option(movie), str(movie.movie_id)) for movie in movies]
    return Reply(
        "Which film do you wonder about?",
        view=view(ActionSelect("Choose the film", "why_film", owner_id, options=options)),
        ephemeral=True,
    )
