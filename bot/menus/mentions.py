"""Finding the films that somebody speaks of in a message. The text is read and forgotten."""

import re

from bot.movies import FormerMovieError, MovieSearch, UnknownTitleError
from bot.ratings import split_rating
from data import Movie

LIMIT = 10
"""Films found in one message; a list of ours has as many."""
TEXT_LIMIT = 4_000
"""Characters that are read."""

_IMDB = re.compile(r"\btt(\d{7,9})\b", re.ASCII)
_TMDB = re.compile(r"themoviedb\.org/(?:[a-z-]+/)?movie/(\d{1,9})", re.ASCII)
_LETTERBOXD = re.compile(r"letterboxd\.com/(?:[\w-]+/)?film/([a-z0-9-]+)", re.ASCII)
_ADDRESS = re.compile(r"https?://\S+|<[@#:][^>]*>")
_MARKED = re.compile(
    r'"(?P<a>[^"\n]{1,100})"|“(?P<b>[^”\n]{1,100})”|«(?P<c>[^»\n]{1,100})»|‘(?P<d>[^’\n]{1,100})’'
    r"|(?<!\w)'(?P<e>[^'\n]{1,100})'(?!\w)|\*{1,3}(?P<f>[^*\n]{1,100})\*{1,3}|(?<!\w)_{1,2}(?P<g>[^_\n]{1,100})_{1,2}(?!\w)"
    r"|`+(?P<h>[^`\n]{1,100})`+|\|\|(?P<i>[^|\n]{1,100})\|\||~~(?P<j>[^~\n]{1,100})~~"
)
_YEAR = re.compile(r"\s*\(((?:18|19|20)\d\d)\)", re.ASCII)
_BULLET = re.compile(r"^\s*(?:[-*•>#]+|\d{1,3}[.)])\s+")
_WORD = re.compile(r"[^\s,;!?\"“”()\[\]…]+")
_SENTENCE_END = re.compile(r"[!?;\n…]|\w{3}\.\s")
_CUE = re.compile(
    r"\b(?:re-?)?(?:watch(?:ed|ing)?|saw|seen|finished|recommend(?:ed)?|loved?|liked?|hated?|rated?|about|like)\s+",
    re.IGNORECASE,
)


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split(" "))


_INSIDE = _listed("of the and a an in to for on at is vs & de la le du der with from by or no i")
"""Small words that stand between the capitals of a title."""
_COMMON = _listed(
    "a about after again all also alone always and any are as at awake bad be before best big but can crazy do evil "
    "film films first for fresh friday from fun funny gone good great ha happy he her here him his holidays home "
    "hot how i if in is it just kids last life like lol look lost love man me monday money more movie movies my new "
    "next night no not now of oh ok old on once one or our out over please really right saw seen she so some sunday "
    "super thanks that the them then there they this time to today together tomorrow tonight too trust truth two up "
    "us watch we well what when where who why wild with wow yes yesterday you your"
)
"""Words that are films' titles too, but hardly ever meant as one."""
_MOST_WORDS = 9
_MOST_NAMESAKES = 3
"""A word that many films have for a part of their title names none of them."""
_LEAST_LETTERS = 8
_FALLBACK = 3
_GUESSES = 25
"""Names in one message that are looked for although they are no title letter by letter, which takes milliseconds."""
_LONGEST_NAME = 120


def find_movies(search: MovieSearch, text: str, limit: int = LIMIT) -> tuple[Movie, ...]:
    """The films a text speaks of, each once, the surest first: by links, quotes and bold, years, lines, capitals.

    Only names that are a film's beyond doubt count, or several films of one name. It takes some milliseconds for a
    long text.
    """
    finder = _Finder(search, text[:TEXT_LIMIT])
    for step in (finder.links, finder.marked, finder.dated, finder.lines, finder.capitals, finder.cued):
        step()
    if not finder.found:
        finder.anywhere()
    return tuple(finder.found.values())[:limit]


class _Finder:
    """What was found so far, and what of the text is left; whatever was read becomes a line break."""

    def __init__(self, search: MovieSearch, text: str) -> None:
        self._search = search
        self._text = text
        self._guesses = _GUESSES
        self.found: dict[int, Movie] = {}

    def links(self) -> None:
        for match in _IMDB.finditer(self._text):
            self._add(self._search.linked(imdb_id=int(match[1])))
        for match in _TMDB.finditer(self._text):
            self._add(self._search.linked(tmdb_id=int(match[1])))
        for match in _LETTERBOXD.finditer(self._text):
            self._add(*self._meant(match[1].replace("-", " ")))
        self._text = _ADDRESS.sub("\n", self._text)

    def marked(self) -> None:
        """Quotes and emphasis, with a year behind them if there is one."""
        for match in list(_MARKED.finditer(self._text)):
            inner = next(one for one in match.groups() if one is not None).strip()
            year = _YEAR.match(self._text, match.end())
            movies = self._meant(f"{inner} ({year[1]})" if year else _titled(self._search, inner))
            if movies:
                self._add(*movies)
                self._blank(match.start(), year.end() if year else match.end())

    def dated(self) -> None:
        """`Title (1995)`: the longest run of words before the year that is a film of that year."""
        for match in list(_YEAR.finditer(self._text)):
            line_start = self._text.rfind("\n", 0, match.start()) + 1
            words = list(re.finditer(r"\S+", self._text[line_start : match.start()]))[-_MOST_WORDS:]
            for word in words:
                start = line_start + word.start()
                title = self._text[start : match.start()]
                if self._search.titled(title) and (movies := self._meant(f"{title} ({match[1]})")):
                    self._add(*movies)
                    self._blank(start, match.end())
                    break

    def lines(self) -> None:
        """Lines that are a title, with or without stars."""
        start = 0
        for line in self._text.split("\n"):
            bare = _BULLET.sub("", line).strip()
            title = _titled(self._search, bare)
            is_chat = title == bare and _is_common(title)
            if not is_chat and (movies := self._meant(title)):
                self._add(*movies)
                self._blank(start, start + len(line))
            start += len(line) + 1

    def capitals(self) -> None:
        """The longest runs of capitalised words, with the small words between them, that are titles."""
        words = list(_WORD.finditer(self._text))
        at = 0
        while at < len(words):
            at += self._take(words[at : at + _MOST_WORDS]) if _is_capital(words[at][0]) else 1

    def cued(self) -> None:
        """What follows `watched` and its like in small letters."""
        for match in list(_CUE.finditer(self._text)):
            line = self._text[match.end() :].split("\n", 1)[0]
            words = [one.span() for one in _WORD.finditer(line)][:_MOST_WORDS]
            for start, end in ((words[0][0], end) for _, end in reversed(words)):
                phrase = line[start:end]
                if not _is_common(phrase) and (movies := self._named(phrase)):
                    self._add(*movies)
                    break

    def anywhere(self) -> None:
        """Any two words or more that are a title; only where nothing surer was found."""
        words = list(_WORD.finditer(self._text))
        for size in range(min(_MOST_WORDS, len(words)), 1, -1):
            for first, last in zip(words, words[size - 1 :], strict=False):
                phrase = self._text[first.start() : last.end()]
                if len(self.found) < _FALLBACK and len(phrase) >= _LEAST_LETTERS and not _is_common(phrase):
                    self._add(*self._named(phrase))

    def _take(self, words: list[re.Match[str]]) -> int:
        """Add the longest title that begins with these words; how many words it has, at least 1."""
        run = len(words)
        for at, word in enumerate(words):
            if at and _SENTENCE_END.search(self._text, words[at - 1].start(), word.start()):
                run = at
                break
            if not (_is_capital(word[0]) or word[0].lower() in _INSIDE):
                run = at
                break
        for size in range(run, 0, -1):
            if not _is_capital(words[size - 1][0]):
                continue
            phrase = self._text[words[0].start() : words[size - 1].end()].rstrip(".:'’")
            if _is_common(phrase) or not 0 < len(movies := self._named(phrase)) <= _MOST_NAMESAKES:
                continue
            self._add(*movies)
            return size
        return 1

    def _meant(self, text: str) -> tuple[Movie, ...]:
        """The film of that name, also with a slip; or the ones that share it."""
        titled = self._search.titled(text)
        if not titled:
            if self._guesses == 0 or not 2 < len(text) <= _LONGEST_NAME:
                return ()
            self._guesses -= 1
        try:
            found = self._search.look_up(text)
        except (UnknownTitleError, FormerMovieError):
            return ()
        if isinstance(found, Movie):
            return (found,)
        return tuple(movie for movie in found.candidates if movie in titled)

    def _named(self, text: str) -> tuple[Movie, ...]:
        """The same for what may be a title or not: letter by letter only."""
        return self._meant(text) if self._search.titled(text) else ()

    def _add(self, *movies: Movie | None) -> None:
        for movie in movies:
            if movie is not None:
                self.found.setdefault(movie.movie_id, movie)

    def _blank(self, start: int, end: int) -> None:
        self._text = self._text[:start] + "\n" * (end - start) + self._text[end:]


def _titled(search: MovieSearch, text: str) -> str:
    """The text without stars behind it, unless they are the end of a title."""
    return text if search.titled(text) else split_rating(text).title


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit()


def _is_common(phrase: str) -> bool:
    words = (word.strip(".,:'’").lower() for word in phrase.split())
    return all(word in _COMMON or (word.isdigit() and len(word) < 3) for word in words)
