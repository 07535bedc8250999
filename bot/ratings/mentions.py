"""Films and stars within a sentence: where each stands in it, and what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.movies import MovieSearch
from bot.ratings.sentence_words import is_common, is_harmless
from bot.ratings.stars import InvalidStarsError, neighbours, parse_folded
from bot.ratings.wordings import UNITS

_MOST_WORDS = 250
_LONGEST_STARS, _LONGEST_NAME = 6, 16  # words
_OF_YEAR = re.compile(r"\s*,?\s*(?:of|from|von|aus)\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_ENDS = ".,!?;:…\"“”„'’*_"
_UNMISTAKABLE = re.compile(r"[★⭐½%/]|[0-9][.,][05]|star|stern|out of|von|percent|prozent|half|halb", re.IGNORECASE)
_A_NUMBER = re.compile(r"\b(?:an?|full|solid|strong|clear|easy|eine?|ne|glatte|solide)\s+\W*$", re.IGNORECASE)
_COUNTED = re.compile(rf"[-\s]*{UNITS}\b", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:for|für)\s", re.IGNORECASE)
_GOES_ON = re.compile(r"(?::|\s[-–—&+]|\s+(?=[A-ZÄÖÜ]|[ivx]{1,4}\b)|\s+#[0-9])\s*(?P<words>[^.,;!?★⭐0-9]*)")
"""`Mission: Impossible - Fallout`, up to the next sign or number."""
_NEXT = re.compile(
    r"(?:\s+(?!(?:at|in|on|with|w|for|to|after|before|while|when|and|but|because|bc|made|is|was|has|on)\b)[a-zäöü]+"
    r"(?:\s+[a-zäöü]+){0,2})\b"
)
_IS_WITHIN = re.compile(r"[\w,]\s+$")
_BEGUN = re.compile(r"\b(?P<word>(?!I\b)[A-ZÄÖÜ]\w*):?\s+(?:(?:at|of|the|and|in|an?|to|for|on|der|die|das|und)\s+)*$")
_SENTENCE_END = re.compile(r"\w{3}[.!?…]+\s+[A-ZÄÖÜ]")  # `Police Academy. Two hours of it`
_WATCHED = re.compile(r"(?:saw|see|watch)\b", re.IGNORECASE)
_AT_BEGIN = re.compile(r"(?:^|[.!?…\n])\W*$")
_NO_STARS = re.compile(r"\*|\d+[.,]\d\d$")  # a word left out, a price
_COMPARED = re.compile(
    r"\b(?:like|than|since|as|no|not|vs|new|latest|second|third|fourth|expect\w*|read\w*|play\w*|remind\w* \w+ of"
    r"|(?:cast|director|guy|makers?|people) of) (?:the )?$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"\b\w\.\w\.$")  # `E.T.`
_ARTICLE = re.compile(r"^(?:the|an?|this|that|der|die|das)\s+", re.IGNORECASE)
_ARTICLE_BEHIND = re.compile(r"[,:]\s+(?:the|an?|der|die|das)$", re.IGNORECASE)  # `Heat, the projector broke`
_ARTICLE_BEFORE = re.compile(
    r"\b(?:the|an?|this|that|my|our|some|any|der|die|das|den|dem|eine?|mein)\s+\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A film's name or stars within a sentence; `text` as the reader of plain lines takes it.

    `is_word`: a film's name of one word, in small letters; `is_vague`: with an article that makes a noun of it.
    `is_part`: perhaps the beginning or end of a longer name.
    """

    start: int
    end: int
    text: str
    is_stars: bool
    is_word: bool = False
    is_vague: bool = False
    is_part: bool = False

    @property
    def value(self) -> float | None:
        """How many stars; None where they lie between two half stars."""
        try:
            return parse_folded(self.text)
        except InvalidStarsError:
            return None

    @property
    def signs(self) -> str:
        """Stars as signs, which no number of a title is taken for; as they were typed where they are between two."""
        return self.text if self.value is None else "★" * int(self.value) + "½" * (self.value % 1 > 0)

    @property
    def is_unmistakable(self) -> bool:
        return is_unmistakable(self.text)


def is_unmistakable(stars: str) -> bool:
    """Whether stars are written as nothing else is, unlike a bare `4`."""
    return _UNMISTAKABLE.search(stars) is not None


def mentions_in(search: MovieSearch, text: str) -> Iterator[Mention]:
    """Films and stars from left to right, the longest at each place, none over another."""
    words = [word.span() for word in _WORD.finditer(text)][:_MOST_WORDS]
    stars = [_stars_at(text, words[at:]) for at in range(len(words))]
    at = 0
    while at < len(words):
        film = _film_at(search, text, words, stars, at)
        if film is not None and _WATCHED.match(film.text):  # `saw V for Vendetta` is not *Saw V*
            within = [later for later in range(at + 1, len(words)) if words[later][0] < film.end]
            longer = (_film_at(search, text, words, stars, later) for later in within)
            film = max((film, *filter(None, longer)), key=lambda one: one.end)
        found = max(filter(None, (stars[at], film)), key=lambda one: (one.end, one.is_stars), default=None)
        if found is not None:
            yield found
        behind = words[at][1] if found is None else found.end
        at = next((later for later in range(at + 1, len(words)) if words[later][0] >= behind), len(words))


def _stars_at(text: str, words: list[tuple[int, int]]) -> Mention | None:
    start = words[0][0]
    for _, end in reversed(words[:_LONGEST_STARS]):
        span = text[start:end].strip(_ENDS + "()=-–")
        begin = text.index(span, start)
        if not span or _NO_STARS.match(span) or _COUNTED.match(text, begin + len(span)):
            continue
        if _could_be_given(span) and (not span.isalpha() or _is_alone(text, begin, begin + len(span))):
            return Mention(begin, begin + len(span), span, is_stars=True)
    return None


def _film_at(
    search: MovieSearch, text: str, words: list[tuple[int, int]], stars: list[Mention | None], at: int
) -> Mention | None:
    """The film with the longest name that begins at a word; `stars` are those that begin at each."""
    start = words[at][0]
    begins = _AT_BEGIN.search(text[:start]) is not None
    for behind in range(min(at + _LONGEST_NAME, len(words)), at, -1):
        end = words[behind - 1][1]
        name = text[start:end].strip(_ENDS.replace(".", "") if _INITIALS.search(text[start:end]) else _ENDS + " -–—")
        if name.count("(") != name.count(")"):
            name = name.strip("()")
        if (
            not name
            or _ARTICLE_BEHIND.search(name)
            or _SENTENCE_END.search(name)
            or is_common(name, before_stars=any(stars[behind : behind + 1]), begins=begins)
            or not search.is_name(name)
        ):
            continue
        begin = text.index(name, start)
        if name[-1].isdecimal() and _COUNTED.match(text, begin + len(name)):  # `I saw Alien 3 times`
            continue
        if (year := _OF_YEAR.match(text, begin + len(name))) and search.is_name(dated := f"{name} ({year['year']})"):
            return Mention(begin, year.end(), dated, is_stars=False)
        is_word = " " not in _ARTICLE.sub("", name) and name.islower()
        return Mention(
            begin,
            begin + len(name),
            name,
            is_stars=False,
            is_word=is_word,
            is_vague=is_word and _has_article(search, text[:begin], name),
            is_part=_goes_on(text, begin, begin + len(name)),
        )
    return None


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a film's name seems to be a part of a longer one that nobody here knows, `Top Gun: Maverick`, or is only
    compared with: `like Inception`.
    """
    if _COMPARED.search(text[:start]):
        return True
    begun, going_on = _BEGUN.search(text[:start]), _GOES_ON.match(text, end)
    if begun is not None and (not is_harmless(begun["word"]) or _IS_WITHIN.search(text[: begun.start()])):
        return True
    if going_on is not None and ("#" in going_on[0] or not is_harmless(going_on["words"])):
        return True
    words = _NEXT.match(text, end) if text[start:end].islower() else None  # `saw avatar fire and ash`
    return words is not None and not is_harmless(words[0])


def _has_article(search: MovieSearch, before: str, name: str) -> bool:
    """Whether an article that is no part of the film's title makes a common noun of it: `the diner`."""
    if article := _ARTICLE.match(name):
        return not any(movie.title.lower().startswith(article[0].lower()) for movie in search.titled(name))
    return _ARTICLE_BEFORE.search(before) is not None


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a number stands alone in its sentence, or as in `a full five`, and counts nothing."""
    before, behind = text[:start], text[end:]
    if _A_NUMBER.search(before):
        return not _COUNTED.match(behind)
    is_last = behind.strip()[:1] in ("", *".,!;…") or _FOR.match(behind) is not None
    return is_last and (not before.strip() or text[start:end].lower() != "one")


def _could_be_given(text: str) -> bool:
    try:
        return parse_folded(text) is not None
    except InvalidStarsError:
        return neighbours(text) is not None
