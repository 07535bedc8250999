"""What a line that should rate a film means: a rating, or a question. Nothing is written here."""

from dataclasses import dataclass, replace

from bot.errors import UsageError
from bot.movies import Choice, FormerMovieError, MovieSearch, UnknownTitleError
from bot.movies.pronouns import is_pronoun
from bot.ratings.clauses import Clauses
from bot.ratings.feelings import Feeling, feeling
from bot.ratings.lines import RatingRequest, split_rating
from bot.ratings.listed import with_parts_named
from bot.ratings.mentions import is_unmistakable
from bot.ratings.sentence_words import is_harmless, limits
from bot.ratings.sentences import Said, clauses_of, is_doubtful, read_clauses, read_sentence
from bot.ratings.stars import InvalidStarsError, is_word, neighbours, parse_folded
from bot.ratings.wordings import Wording, cuts, may_have_stars, titles_in, wordings
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
    """A film is named, stars are not; `instead_of` is what looked like stars and is off the scale."""

    movie: Movie
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class WhichStars:
    """`text` lies between two half stars."""

    text: str
    movie: Movie
    stars: tuple[float, float]


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
    """`text` has a film and stars in it, or what comes to stars, but may say something else: is that what was meant?"""

    text: str
    movie: Movie
    stars: float


@dataclass(frozen=True, slots=True)
class UnknownFilm:
    """No film has that name; `error` knows the nearest ones, which `stars` (None: still to be asked) are offered to."""

    error: UnknownTitleError
    stars: float | None


RatingQuestion = WhichFilm | HowManyStars | WhichStars | TitleOrStars | MaybeRating | UnknownFilm
Understood = ToRate | RatingQuestion


def films_of_line(search: MovieSearch, line: str, subject: Movie | None = None) -> tuple[str, ...]:
    """The ratings of `heat 4, alien 5`, each by itself; the line as it stands where it is no such list.

    A list with no word in doubt is taken as it reads, `this 4.5` in it as `subject`'s. Any other is cut only behind a
    film that is named exactly, with its stars, so commas in titles stay where they are; or at every comma where each
    part ends in stars.
    """
    request = split_rating(with_parts_named(search, line))
    whole = request.whole
    if search.titled(whole) or (request.tail and search.is_name(request.title)):
        return (line,)
    clauses = clauses_of(search, whole)
    if is_doubtful(search, clauses):
        return (line,)
    each = tuple(part.strip() for part in whole.split(","))
    if len(each) > 1 and all(_is_plain(search, split_rating(part)) for part in each):
        return each
    said = read_clauses(clauses, has_subject=subject is not None)
    if said is not None and len(said.lines) > 1 and not _leaves_stars(clauses, said):
        return said.lines
    parts, start = [], 0
    for end, next_start in cuts(whole):
        part = whole[start:end]
        if not may_have_stars(part):
            continue
        worded = _worded(search, part, remarked=False)
        # `toy story 3, fargo 4`: the first is asked about, and does not keep the other from being rated
        if search.is_name(part) or (worded is not None and _could_be_given(worded.stars)):
            parts.append(part)
            start = next_start
    last = whole[start:]
    goes_on = parts and (search.is_name(last) or _worded(search, last) is not None)
    if goes_on:
        return (*parts, last)
    return each if len(each) > 1 and all(_is_rated(split_rating(part)) for part in each) else (line,)


def _leaves_stars(clauses: Clauses, said: Said) -> bool:
    """Whether a film that was not read may have stars in its name: `final destination 4`."""
    titles = {title.casefold() for title in said.titles}
    names = [one.text for one in clauses.mentions if not one.is_stars]
    return any(may_have_stars(name) for name in names if name.casefold() not in titles)


def _is_plain(search: MovieSearch, request: RatingRequest) -> bool:
    """Whether a line is a title with its stars and no more, as far as can be seen."""
    if search.is_name(request.title):
        return request.stars is not None
    return _is_rated(request) and not may_have_stars(request.title)


def _is_rated(request: RatingRequest) -> bool:
    """Whether a line is a title with its stars, and no mere `actually 4`."""
    return request.stars is not None and not is_harmless(request.title)


def is_about_rating(search: MovieSearch, line: str, subject: Movie | None) -> bool:
    """Whether a line that is no command rates a film or says how it was; only an exact title, or none, counts."""
    worded = _worded(search, line)
    if worded is not None:
        return worded.title.casefold() not in {genre.casefold() for genre in search.catalogue.genres}
    if read_sentence(search, line, has_subject=subject is not None) is not None:
        return True
    if (felt := feeling(line)) is not None:
        if not felt.title:
            return subject is not None
        titled = search.titled(line)  # *Life Is Beautiful* says nothing of *Life*
        return felt.is_past and search.is_name(felt.title) and titled in ((), search.titled(felt.title))
    request = split_rating(line)
    if is_unmistakable(request.tail) and request.title and _named(search, request.title) is not None:
        return True
    alone = _stars_alone(search, line) if subject is not None else None
    return alone is not None and (_could_be_given(alone.stars) or not (alone.remark or alone.stars.isdecimal()))


def understand(search: MovieSearch, request: RatingRequest, subject: Movie | None = None) -> Understood:
    """What one line means, said of `subject` where it names no film itself.

    Raises InvalidStarsError, and UsageError where there are stars alone.
    """
    whole = request.whole
    if subject is not None and request.tail and not request.title:
        return _with_stars(subject, request.tail)
    titled = search.titled(whole)
    # Stars that folding drops are no part of a title, `Heat ★★★★` is a rating of Heat; nor is a last word stars.
    if titled and request.stars is not None and not is_word(request.tail) and titled != search.titled(request.title):
        return _title_or_stars(search, request, titled[0], request.stars)
    for longer in request.longer_titles:  # `Toy Story 2 / 5` and `Toy Story 2 ½` can be read in two ways
        if (other := search.titled(longer)) and other != search.titled(request.title) and request.stars is not None:
            return _title_or_stars(search, request, other[0], request.stars)
    is_plain = bool(titled) or (bool(request.tail) and search.is_name(request.title))
    said = None if is_plain else read_sentence(search, whole, has_subject=subject is not None)
    if said is not None and said.is_sure and len(said.lines) == 1 and said.lines != (whole,):
        return understand(search, split_rating(said.lines[0]), subject)
    if (worded := _worded(search, whole)) is not None:
        return _understand_worded(search, whole, worded)
    if (asked := _amid(search, whole, said, subject)) is not None:
        return asked
    if (felt := feeling(whole)) is not None and titled in ((), search.titled(felt.title)):
        return _understand_feeling(search, whole, felt, subject)
    if titled:
        return _without_stars(search, whole)
    if subject is not None and (alone := _stars_alone(search, whole)) is not None:
        stars = _parsed(alone.stars)
        is_count = bool(alone.remark) and alone.stars.isdecimal() and whole[len(alone.stars)].isspace()
        return MaybeRating(whole, subject, stars) if is_count and stars else _with_stars(subject, alone.stars)
    return _inexact(search, request)


def understand_apart(search: MovieSearch, title: str, stars: str) -> Understood:
    """The same where the stars stand apart from the title; raises InvalidStarsError where they are none."""
    if not _could_be_given(stars):
        raise InvalidStarsError(stars)
    given = _parsed(stars)
    try:
        found = search.look_up(title)
    except UnknownTitleError as error:
        return UnknownFilm(error, given)
    return _with_stars(found, stars) if isinstance(found, Movie) else WhichFilm(found, given)


def _worded(search: MovieSearch, line: str, *, remarked: bool = True) -> Wording | None:
    """Stars, and beside them a film named exactly; not where all of it is the title of another film."""
    titled = search.titled(line)
    for wording in wordings(line, remarked=remarked):
        as_typed = (wording.title,)
        for title in as_typed if wording.stars.startswith("*") else titles_in(wording.title):  # `Heat is ****`
            if search.is_name(title) and titled in ((), search.titled(title)):
                return replace(wording, title=title)
    return None


def _understand_worded(search: MovieSearch, text: str, worded: Wording) -> Understood:
    found, stars = search.look_up(worded.title), _parsed(worded.stars)
    if isinstance(found, Choice):
        return WhichFilm(found, stars)
    if stars is None:
        return _with_stars(found, worded.stars)
    if worded.stars.isdecimal():  # it may count the films of a series
        if worded.is_first:
            longer = _beyond_doubt(search, text)
        else:
            longer = next(iter(search.titled(f"{worded.title} {worded.stars}")), None)
        if longer is not None and longer != found:
            return TitleOrStars(text, longer, found, stars)
        if not worded.is_first and search.titled(f"{worded.title} {int(worded.stars) - 1}"):
            return MaybeRating(text, found, stars)
    if worded.remark and (not worded.is_plain or limits(worded.remark) or search.is_name(worded.remark)):
        return MaybeRating(text, found, stars)
    return ToRate(found, stars)


def _understand_feeling(search: MovieSearch, text: str, felt: Feeling, subject: Movie | None) -> Understood:
    if not felt.title and subject is None:
        raise UsageError("rate Heat 4.5")
    try:
        found = search.look_up(felt.title) if felt.title else subject
    except UnknownTitleError as error:
        return UnknownFilm(error, felt.stars)
    if isinstance(found, Choice):
        return WhichFilm(found, felt.stars)
    assert found is not None
    return HowManyStars(found) if felt.stars is None else MaybeRating(text, found, felt.stars)


def _stars_alone(search: MovieSearch, line: str) -> Wording | None:
    """The stars of a line that names no film: `4.5`, `I give it a 4`, `4, great movie`, but also `4 of us went`."""
    for wording in wordings(line):
        if not wording.remark and any(not title or is_pronoun(title) for title in titles_in(wording.title)):
            return Wording("", wording.stars)
        alone = Wording("", wording.stars, wording.title)
        if wording.is_first and alone.is_plain and _named(search, alone.remark) is None:
            return alone
    return None


def _amid(search: MovieSearch, text: str, said: Said | None, subject: Movie | None) -> RatingQuestion | None:
    """What a sentence with a word in doubt may mean: which of its films, or whether its one film got those stars."""
    if said is None or (said.stars and _parsed(said.stars) is None):
        return None
    of_all: list[tuple[Movie, ...]] = (
        [(subject,)] if subject is not None and (said.is_subject_too or not said.titles) else []
    )
    of_all += [_named_by(search, title) for title in said.titles]
    films = tuple(dict.fromkeys(movie for named in of_all for movie in named))
    stars = _parsed(said.stars)
    if stars is None:
        return HowManyStars(films[0]) if len(films) == 1 else WhichFilm(Choice(text, films), None)
    return MaybeRating(text, films[0], stars) if len(films) == 1 else WhichFilm(Choice(text, films), stars)


def _named_by(search: MovieSearch, title: str) -> tuple[Movie, ...]:
    found = search.look_up(title)
    return (found,) if isinstance(found, Movie) else found.candidates


def _could_be_given(stars: str) -> bool:
    return _parsed(stars) is not None or neighbours(stars) is not None


def _with_stars(movie: Movie, stars: str) -> Understood:
    """Stars that may lie between two half stars, or off the scale."""
    given = _parsed(stars)
    if given is not None:
        return ToRate(movie, given)
    nearest = neighbours(stars)
    return HowManyStars(movie, stars) if nearest is None else WhichStars(stars, movie, nearest)


def _inexact(search: MovieSearch, request: RatingRequest) -> Understood:
    """A line whose film is not named exactly, or which has none."""
    if not request.title:
        if request.stars_error is not None:
            raise InvalidStarsError(request.stars_error)
        raise UsageError("rate Heat 4.5")
    if request.tail and not is_word(request.tail):
        whole, part = (_beyond_doubt(search, text) for text in (request.whole, request.title))
        # A slip does not make stars of a sequel's number: `Toy Stroy 2`.
        if whole is not None and whole != part:
            if request.stars is None:
                return HowManyStars(whole)
            return _title_or_stars(search, request, whole, request.stars)
        return understand_apart(search, request.title, request.tail)
    worded = next((one for one in wordings(request.whole) if one.title and one.is_plain), None)
    if worded is not None and _named(search, request.whole) is None:
        return understand_apart(search, worded.title, worded.stars)
    return _without_stars(search, request.whole)


def _without_stars(search: MovieSearch, title: str) -> RatingQuestion:
    try:
        found = search.look_up(title)
    except UnknownTitleError as error:
        return UnknownFilm(error, None)
    return HowManyStars(found) if isinstance(found, Movie) else WhichFilm(found, None)


def _title_or_stars(search: MovieSearch, request: RatingRequest, whole: Movie, stars: float) -> TitleOrStars:
    part = _named(search, request.title) if request.title else None
    return TitleOrStars(request.whole, whole, part, stars)


def _parsed(stars: str) -> float | None:
    try:
        return parse_folded(stars)
    except InvalidStarsError:
        return None


def _beyond_doubt(search: MovieSearch, text: str) -> Movie | None:
    found = _named(search, text)
    return found if isinstance(found, Movie) else None


def _named(search: MovieSearch, text: str) -> Movie | Choice | None:
    try:
        return search.find(text)
    except (UnknownTitleError, FormerMovieError):
        return None
