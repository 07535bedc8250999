"""Films that are named in a wish: `like Heat`, `I loved Up`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.chat.language import gettext
from bot.lists.filters import Filters, Liked
from bot.lists.wishes.everyday import everyday, key
from bot.lists.wishes.reading import Offer, Unread
from bot.lists.wishes.sentence import Sentence
from bot.lists.wishes.series import parts_of, shown_name
from bot.movies import FormerMovieError, MovieSearch, UnknownTitleError
from data import Movie
from data.folding import fold

LONGEST_TITLE = 14
"""Tokens."""
OFFERED = 3
MUCH_MORE = 2.0
"""Times the ratings of the next film with those words, from which on the better known one is meant."""

_BEFORE = frozenset({"the", "movie", "film", "a"})
_NEVER = frozenset(
    ["that", "this", "these", "those", "it", "me", "us", "you", "him", "them", "what", "one", "her", "my"]
)
_COMMON = frozenset({"genre", "light", "filler", "film", "with", "no", "but", "and", "or", "surprise"})


@dataclass(frozen=True, slots=True)
class Guess:
    """The film that so many tokens name, or what is asked about them."""

    tokens: int
    movie: Movie | None = None
    unread: Unread | None = None


class Titles:
    """Looks films up by what stands behind `like`."""

    def __init__(self, search: MovieSearch) -> None:
        self._search = search

    def year_of_last(self, like: Mapping[Liked, str]) -> int | None:
        """Of the film that was named last, if any was."""
        movie = self._last(like)
        return movie.year if movie is not None else None

    def runtime_of_last(self, like: Mapping[Liked, str]) -> int | None:
        movie = self._last(like)
        return movie.runtime_min if movie is not None else None

    def _last(self, like: Mapping[Liked, str]) -> Movie | None:
        return self._search.catalogue.get(next(reversed(list(like))).movie_id) if like else None

    def liked(self, number: str) -> Filters | None:
        """To be like the film of that number; None where there is none."""
        movie = self._search.catalogue.get(int(number)) if number.isdecimal() else None
        return Filters(like=(Liked(movie.movie_id, movie.label),)) if movie is not None else None

    def exact(self, sentence: Sentence, start: int, *, is_first: bool) -> Guess | None:
        """The film whose whole title begins there, the longest; `the movie Heat` is Heat too."""
        for skipped in range(3 if is_first else 1):
            at = start + skipped
            if at >= len(sentence.tokens) or any(sentence.lower(one) not in _BEFORE for one in range(start, at)):
                break
            for end, text in self._beginnings(sentence, at, is_first=is_first):
                if self._search.is_name(text):
                    return self._best(text, end - start)
        return None

    def unwanted(self, sentence: Sentence, start: int) -> tuple[int, tuple[Liked, ...]]:
        """The films that are not wanted, by their name there, and its tokens: a film, or all that a series has.

        With its year behind it a title is that film alone. Several films that are left out have that name for a label.
        """
        for end, text in self._beginnings(sentence, start, is_first=False):
            is_name_alone = all(one.kind in ("word", "number") for one in sentence.tokens[start:end])
            films = parts_of(self._search, text) if is_name_alone else ()
            if not films and self._search.is_name(text):
                found = self._search.find(text)
                films = (found,) if isinstance(found, Movie) else self._search.titled(text) or found.candidates[:1]
            if films:
                name = shown_name(films, text) if len(films) > 1 else films[0].label
                return end - start, tuple(Liked(one.movie_id, name) for one in films)
        return 0, ()

    def is_dated(self, sentence: Sentence, start: int) -> bool:
        """Whether a title stands there with its year behind it: `alien (1979)`."""
        ends = range(start + 1, min(len(sentence.tokens), start + LONGEST_TITLE))
        end = next((at for at in ends if sentence.tokens[at].kind == "years"), None)
        return end is not None and self._search.is_name(sentence.text(start, end))

    def _beginnings(self, sentence: Sentence, start: int, *, is_first: bool) -> Iterator[tuple[int, str]]:
        """What may be a title that begins there, the longest first: the token behind it, and its text."""
        for end in range(min(len(sentence.tokens), start + LONGEST_TITLE), start, -1):
            if end > start + 1 or not self._is_common(sentence, start, is_first=is_first):
                yield end, sentence.text(start, end - 1)

    def guess(self, sentence: Sentence, place: int, ends: Callable[[int], bool]) -> Guess | None:
        """What the words up to the next break mean; None where there are none."""
        end = place
        while end < len(sentence.tokens) and not ends(end):
            end += 1
        if end == place:
            return None
        text, count = sentence.text(place, end - 1), end - place
        try:
            named = self._search.find(text)
        except UnknownTitleError as error:
            return Guess(count, unread=Unread(text, _offers(error.nearest)))
        except FormerMovieError:
            return Guess(count, unread=Unread(text))
        if isinstance(named, Movie):
            return Guess(count, named)
        words = set(fold(text).split(" "))
        likely = [one for one in named.candidates if words <= set(fold(one.raw_title).split(" "))]
        renown = [self._search.catalogue.renown(one) for one in likely]
        if likely and (len(likely) == 1 or renown[0] >= MUCH_MORE * max(renown[1:])):
            return Guess(count, likely[0])
        return Guess(count, unread=Unread(text, _offers(named.candidates), "title"))

    def whole(self, sentence: Sentence) -> Guess | None:
        """What all the words together mean, where films are called so: `star wars` is not about a war."""
        return self.guess(sentence, 0, lambda _: False) if self._search.is_name(sentence.whole) else None

    def well_known(self, title: str) -> Movie | None:
        """The film that is called just that, where many know it."""
        facets = self._search.facets
        titled = self._search.titled(title)
        known = set(facets.ids[facets.is_well_known].tolist()) if titled else set()
        return next((one for one in titled if one.movie_id in known), None)

    def offers(self, text: str) -> tuple[Offer, ...]:
        """A film of exactly that name, to be like."""
        return _offers(self._search.titled(text)[:1])

    def _best(self, text: str, count: int) -> Guess:
        """The film that goes by a name, as `similar` takes it; where that would ask which, the best known one."""
        found = self._search.find(text)
        if isinstance(found, Movie):
            return Guess(count, found)
        if len(found.candidates) == 1:
            return Guess(count, unread=Unread(text, _offers(found.candidates), "title"))
        titled = self._search.titled(text)
        return Guess(count, next((one for one in found.candidates if one in titled), found.candidates[0]))

    def _is_common(self, sentence: Sentence, at: int, *, is_first: bool) -> bool:
        """Whether a word is hardly ever a title: `like that`; `like Up` and `like up but newer` are."""
        text = sentence.tokens[at].text
        meaning = everyday().meanings.get(key(text))
        if meaning is None or (text[0].isupper() and meaning.kind not in ("genre", "no", "but")):
            return False
        if text.lower() in _NEVER or not is_first:
            return True
        follows = everyday().meanings.get(key(sentence.lower(at + 1)))
        is_alone = at + 1 == len(sentence.tokens) or (follows is not None and follows.kind == "but")
        return meaning.kind in _COMMON and not (is_alone and meaning.kind in ("filler", "light"))


def _offers(movies: Sequence[Movie]) -> tuple[Offer, ...]:
    return tuple(Offer("like", str(one.movie_id), gettext("Like {film}", film=one.label)) for one in movies[:OFFERED])
