"""The list: ten films, why they are on it, and the controls under it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.chat.cards import TEXT_LIMIT, ControlRow, card
from bot.chat.components import ActionButton, ActionSelect, Option, view
from bot.chat.genres import genre_name
from bot.chat.language import format_number, gettext, gettext_noop, ngettext
from bot.chat.markdown import bold, escape
from bot.chat.reply import Reply
from bot.chat.stars import confidence, guess
from bot.chat.text import cut, option, plain
from bot.lists import filter_replies as filters_ui
from bot.lists import wish_replies
from bot.lists.dials import Dial, open_dials
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
    "sure": gettext_noop("★ my guess for you, quite sure"),
    "fairly sure": gettext_noop("★ my guess for you, fairly sure"),
    "a guess": gettext_noop("★ my best guess for you"),
}
"""Said once of the whole list, by how sure we are of most of its films."""

_DIALS: dict[Dial, str] = {
    "less_known": gettext_noop("Less known"),
    "better_known": gettext_noop("Better known"),
    "newer": gettext_noop("Newer"),
    "older": gettext_noop("Older"),
    "lighter": gettext_noop("Lighter"),
    "darker": gettext_noop("Darker"),
    "without_my_defaults": gettext_noop("Without my defaults"),
}

ROOM = 400
"""Characters of a card for what stands above and below the lines."""


def recommendations(
    shown: MovieList,
    prefix: str,
    told: Mapping[int, TmdbFilm] = NOTHING_TOLD,
    unread: Sequence[Unread] = (),
    namesake: Movie | None = None,
) -> Reply:
    """The list, what it rests on, and how to go on; or what to change where no film is left.

    `told` is what TMDB tells of its films: their posters. What was `unread` of the wish is said once, with what may
    have been meant. A `namesake` is a film that is called just what was asked for.
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
            *_remarks(shown, prefix, unread),
            *([offers] if offers else []),
            *([] if namesake is None else [[_the_film(namesake, shown.owner_id)]]),
            _lines(shown.movies),
            *gallery((one.movie for one in shown.movies), told),
            f"-# {_basis(shown, prefix)}",
            [_film_select(_rating(shown), "which_stars", shown)],
            [_film_select(gettext("Not for me"), "list_hide", shown)],
            *([] if shown.list_id is None else [_dials(shown, shown.list_id), _ways_on(shown, shown.list_id)]),
        )
    )


def _remarks(shown: MovieList, prefix: str, unread: Sequence[Unread]) -> list[str]:
    filters, rest = shown.filters, _unplaced(shown)
    return wish_replies.remarks(unread, shown.lacking, prefix, filters.without_moods, rest, is_usual=filters.is_plain)


def _the_film(movie: Movie, owner_id: int) -> ActionButton:
    """To the card of the film that may have been meant."""
    label = gettext("The film {film}", film=cut(plain(movie.label), REASON_TITLE))
    return ActionButton(label, "found_film", owner_id, movie.movie_id)


def _title(shown: MovieList) -> str:
    if shown.filters.seen == "seen":
        return f"## {gettext('More films you know') if shown.goes_on else gettext('Films you know')}"
    return f"## {gettext('More films for you') if shown.goes_on else gettext('Films for you')}"


def _rating(shown: MovieList) -> str:
    return gettext("Rate one again") if all(one.is_known for one in shown.movies) else gettext("I've seen…")


def _dials(shown: MovieList, list_id: int) -> ControlRow:
    movies = [one.movie for one in shown.movies]
    dials = open_dials(shown.filters, movies, shown.last_year, has_defaults=shown.defaults != PLAIN)
    options = [Option(gettext(_DIALS[dial]), dial) for dial in dials]
    placeholder = gettext("Like these, but…")
    return [ActionSelect(placeholder, "list_turn", shown.owner_id, list_id, _first(shown), options=options)]


def _first(shown: MovieList) -> int:
    """The place of the first of these films in the list, from 0."""
    return shown.movies[0].rank - 1


def _ways_on(shown: MovieList, list_id: int) -> list[ActionButton]:
    """What needs the list to be kept."""
    return [
        *([] if _is_all(shown) else [ActionButton(gettext("More"), "more", shown.owner_id, list_id)]),
        ActionButton(gettext("Why"), "why_list", shown.owner_id, list_id, _first(shown)),
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
    return f"-# {gettext('These come close:') if above is None else gettext('And these come close:')}\n"


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
    if genres := escape(cut(plain(", ".join(map(genre_name, film.genres[:GENRES_NAMED]))), GENRES_LIMIT)):
        facts.append(genres)
    if film.is_known:
        return [*facts, gettext("you have seen it") if film.own is None else gettext("your own stars")]
    if (sure := confidence(film.stars_sd)) != usual_confidence:
        facts.append(gettext(sure))
    if film.support < FEW_RATINGS:
        facts.append(few_ratings(film.support))
    if film.server is not None and abs(film.server.stars - film.stars) >= SERVER_DIFFERS:
        facts.append(gettext("{stars} in this server", stars=guess(film.server.stars)))
    return facts


def _reason(film: ListedMovie, above: ListedMovie | None) -> list[str]:
    """Why it is here, unless that was said of the film above."""
    if film.because is None or (above is not None and above.because == film.because):
        return []
    title = escape(cut(plain(film.because.movie.title), REASON_TITLE))
    liked = film.because.is_liked
    return [gettext("because you liked {film}", film=title) if liked else gettext("because of {film}", film=title)]


def _head(film: ListedMovie) -> str:
    """`1. **Heat (1995)** ★ 4.3`: short enough not to break on a phone."""
    return f"{film.rank}. {bold(film.movie)} {guess(film.stars)}"


def _basis(shown: MovieList, prefix: str) -> str:
    guessed = gettext(_GUESS[_usual_confidence(shown.movies)])
    if shown.filters.seen == "seen":
        basis = gettext("Your favourites, longest ago first")
    elif shown.rated == 0:
        basis = _of_others(shown, escape(prefix))
    elif shown.adopted:
        own = ngettext(
            "From {n} rating of yours and {others} you started from",
            "From {n} ratings of yours and {others} you started from",
            shown.rated - shown.adopted,
            others=format_number(shown.adopted),
        )
        basis = f"{own} · {guessed}"
    else:
        basis = f"{ngettext('From your {n} rating', 'From your {n} ratings', shown.rated)} · {guessed}"
    return gettext("That is all that fits. {basis}", basis=basis) if _is_all(shown) else basis


def _of_others(shown: MovieList, prefix: str) -> str:
    """What a list rests on for somebody new."""
    if shown.filters.depth == "deep":
        return gettext(
            "What the few who know it like, since you have rated nothing yet: {prefix}start finds out what you like",
            prefix=prefix,
        )
    return gettext(
        "What most people like, since you have rated nothing yet: {prefix}start finds out what you like", prefix=prefix
    )


def _is_all(shown: MovieList) -> bool:
    """Whether nothing is left that More could show."""
    return len(shown.movies) < shown.filters.count


def _unplaced(shown: MovieList) -> int:
    """How many films the list may lack."""
    return shown.unplaced if _is_all(shown) else 0


def _film_select(placeholder: str, action: str, shown: MovieList) -> ActionSelect:
    options = [
        Option(option(one.movie), str(one.movie.movie_id), guess(one.stars, one.stars_sd)) for one in shown.movies
    ]
    return ActionSelect(placeholder, action, shown.owner_id, options=options)


def _filters_button(owner_id: int, list_id: int) -> ActionButton:
    return ActionButton(gettext("Filters"), "filters", owner_id, list_id)


def _nothing(shown: MovieList, prefix: str) -> Reply:
    """No film is left; which filter keeps most of them away?"""
    filters = shown.filters
    if filters.admits_all and shown.defaults == PLAIN:
        return Reply(
            gettext("That was the whole catalogue: there is no film left that you have not rated or seen here.")
        )
    said = [
        _end(shown, escape(prefix)),
        gettext("Take away more than one of these.")
        if shown.loosen is None
        else filters_ui.loosened(shown.loosen, filters),
    ]
    text = "\n".join([" ".join(said), *wish_replies.remarks((), shown.lacking, prefix, (), _unplaced(shown))])
    return Reply(text, view=view(_filters_button(shown.owner_id, shown.list_id)) if shown.list_id is not None else None)


def _end(shown: MovieList, prefix: str) -> str:
    """That nothing is left of what was asked for."""
    plain_watchlist = replace(PLAIN, source="watchlist", depth=shown.filters.depth, count=shown.filters.count)
    if shown.defaults != PLAIN or shown.filters != plain_watchlist:
        asked = ". ".join(filter(None, [filters_ui.words(shown.filters), filters_ui.defaults(shown.defaults)]))
        if shown.goes_on:
            return gettext("That was all: {filters}.", filters=asked)
        return gettext("No film fits: {filters}.", filters=asked)
    if shown.goes_on:
        return gettext(
            "Your watchlist has no other film that you have not rated. {prefix}watchlist add Heat puts one on it.",
            prefix=prefix,
        )
    return gettext(
        "Your watchlist has no film that you have not rated. {prefix}watchlist add Heat puts one on it.", prefix=prefix
    )


def why(owner_id: int, movies: Sequence[Movie]) -> Reply:
    """Which film of a list is to be explained?"""
    options = [(option(movie), str(movie.movie_id)) for movie in movies]
    return Reply(
        gettext("Which film do you wonder about?"),
        view=view(ActionSelect(gettext("Choose the film"), "why_film", owner_id, options=options)),
        ephemeral=True,
    )
