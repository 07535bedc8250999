"""What a line that should rate a film means: a rating, or a question. Nothing is written here."""

from dataclasses import dataclass

from bot.errors import UsageError
from bot.movies import Choice, FormerMovieError, MovieSearch, UnknownTitleError
from bot.ratings.stars import InvalidStarsError, RatingRequest, find_rating
from data import Movie


@dataclass(frozen=True, slots=True)
class ToRate:
    """The film is known beyond doubt, and so are its stars."""

    movie: Movie
    stars: float


@dataclass(frozen=True, slots=True)
class WhichFilm:
    """Several films fit; `stars` are what the one meant will get, or None where they are still to be asked."""

    choice: Choice
    stars: float | None


@dataclass(frozen=True, slots=True)
class HowManyStars:
    """A film is named, stars are not."""

    movie: Movie


@dataclass(frozen=True, slots=True)
class TitleOrStars:
    """`text` is a film's whole title and ends in what may be stars: `whole`, or `part` with `stars`?

    `part` is the film the rest names, the films it may name, or None where it names none.
    """

    text: str
    whole: Movie
    part: Movie | Choice | None
    stars: float


@dataclass(frozen=True, slots=True)
class MaybeRating:
    """`text` has a film and stars in it, and words beside them that say nothing: is that what was meant?"""

    text: str
    movie: Movie
    stars: float


@dataclass(frozen=True, slots=True)
class UnknownFilm:
    """No film has that name; `error` knows the nearest ones, which `stars` (None: still to be asked) are offered to."""

    error: UnknownTitleError
    stars: float | None


RatingQuestion = WhichFilm | HowManyStars | TitleOrStars | MaybeRating | UnknownFilm


def understand(search: MovieSearch, request: RatingRequest) -> ToRate | RatingQuestion:
    """Raises InvalidStarsError, and UsageError where there are stars alone."""
    titled = search.titled(request.whole)
    if request.stars is None:
        return _without_stars(search, request, titled)
    # Stars that folding drops are no part of a title: `Heat ★★★★` is a rating of Heat.
    if titled and titled != search.titled(request.title):
        return _title_or_stars(search, request, titled[0], request.stars)
    for longer in request.longer_titles:  # `Toy Story 2 / 5` and `Toy Story 2 ½` can be read in two ways
        if (longer_titled := search.titled(longer)) and longer_titled != search.titled(request.title):
            return _title_or_stars(search, request, longer_titled[0], request.stars)
    if not request.title:
        raise UsageError("rate Heat 4.5")
    if not search.is_name(request.title):
        whole = _beyond_doubt(search, request.whole)
        # A slip does not make stars of a sequel's number: `Toy Stroy 2`.
        if whole is not None and whole != _beyond_doubt(search, request.title):
            return _title_or_stars(search, request, whole, request.stars)
    return understand_title(search, request.title, request.stars)


def understand_title(search: MovieSearch, title: str, stars: float) -> ToRate | WhichFilm | UnknownFilm:
    """The same where the stars stand apart from the title."""
    try:
        found = search.look_up(title)
    except UnknownTitleError as error:
        return UnknownFilm(error, stars)
    return ToRate(found, stars) if isinstance(found, Movie) else WhichFilm(found, stars)


def _without_stars(search: MovieSearch, request: RatingRequest, titled: tuple[Movie, ...]) -> RatingQuestion:
    rating = _rating_among_words(search, request.whole)
    if rating is not None and titled in ((), (rating.movie,)):  # folding drops stars before a title
        return rating
    if not titled and request.stars_error is not None:
        if (whole := _beyond_doubt(search, request.whole)) is None:
            raise InvalidStarsError(request.stars_error)
        return HowManyStars(whole)
    try:
        found = search.look_up(request.whole)
    except UnknownTitleError as error:
        return UnknownFilm(error, None)
    return HowManyStars(found) if isinstance(found, Movie) else WhichFilm(found, None)


def _rating_among_words(search: MovieSearch, text: str) -> MaybeRating | None:
    """`Heat 4.5 loved it` and `4.5 Heat`: asked about, since words were passed over."""
    found = find_rating(text)
    if found is None:
        return None
    title, stars = found
    titled = search.titled(title)
    return MaybeRating(text, titled[0], stars) if len(titled) == 1 else None


def _title_or_stars(search: MovieSearch, request: RatingRequest, whole: Movie, stars: float) -> TitleOrStars:
    part = _named(search, request.title) if request.title else None
    return TitleOrStars(request.whole, whole, part, stars)


def _beyond_doubt(search: MovieSearch, text: str) -> Movie | None:
    found = _named(search, text)
    return found if isinstance(found, Movie) else None


def _named(search: MovieSearch, text: str) -> Movie | Choice | None:
    try:
        return search.find(text)
    except (UnknownTitleError, FormerMovieError):
        return None
