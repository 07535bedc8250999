"""Films and stars within whole sentences: `I finally saw Fargo, and I would give it four and a half stars.`

A sentence counts as a rating where its words besides the film and the stars are of the kinds listed here, which leave
the two as they are. Any other word may turn them round (`almost`, `my brother`, `if`), so it makes a question of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from bot.movies import MovieSearch
from bot.ratings.lines import LONGEST_LINE
from bot.ratings.sentence_words import (
    ASKED_FOR,
    FILM,
    STARS,
    is_common,
    is_harmless,
    is_in_doubt,
    is_not_theirs,
    is_question,
)
from bot.ratings.stars import InvalidStarsError, neighbours, parse_folded
from bot.ratings.wordings import UNITS

_MOST_WORDS = 60
_LONGEST_STARS, _LONGEST_NAME = 6, 10  # words
_LONGEST_STARS_CHARS = 40
_BEYOND_DOUBT = 3
"""So many films with their stars, one behind the other, are a list with nothing between them as well."""
_CLAUSE_END = re.compile(r"[.!?;…]+(?=\s|$)|,(?=\s)|\s(?:but|so|aber|also)\s|\n")
_OF_YEAR = re.compile(r"\s*,?\s*(?:of|from|von|aus)\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_TOGETHER = re.compile(r"\b(?:both|each|all|beide|je|jeweils)\b", re.IGNORECASE)
_START = attrgetter("start")
_ENDS = ".,!?;:…\"“”„'’*_"
_UNMISTAKABLE = re.compile(r"[★⭐½%/]|[0-9][.,][05]|star|stern|out of|von|percent|prozent|half|halb", re.IGNORECASE)
_A_NUMBER = re.compile(r"\b(?:an?|full|solid|strong|clear|easy|eine?|ne|glatte|solide)\s+\W*$", re.IGNORECASE)
_COUNTED = re.compile(rf"[-\s]*{UNITS}\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?|this|that|der|die|das)\s+", re.IGNORECASE)
_ARTICLE_BEHIND = re.compile(r",\s+(?:the|an?|der|die|das)$", re.IGNORECASE)  # `Heat, the projector broke`
_ARTICLE_BEFORE = re.compile(
    r"\b(?:the|an?|this|that|my|our|some|any|der|die|das|den|dem|eine?|mein)\s+\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A film's name or stars within a sentence; `text` as the reader of plain lines takes it.

    `is_word`: a film's name of one word, in small letters; `is_vague`: with an article that makes a noun of it.
    """

    start: int
    end: int
    text: str
    is_stars: bool
    is_word: bool = False
    is_vague: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Films and their stars, each a plain line such as `Fargo 4.5`; without a title it is the film spoken of.

    `is_sure`: no other word stands in doubt. `titles` are all films that stand there, `is_subject_too`: the one spoken
    of may be meant as well.
    """

    lines: tuple[str, ...]
    is_sure: bool
    stars: str
    titles: tuple[str, ...]
    is_subject_too: bool = False


def read_sentence(search: MovieSearch, line: str, *, has_subject: bool) -> Said | None:
    """What a sentence rates; None where it holds no stars, or several and no order among them."""
    if len(line) > LONGEST_LINE:
        return None
    text = ASKED_FOR.sub(lambda asked: asked["what"] + ".", line)
    mentions = tuple(_mentions(search, text))
    films = [one for one in mentions if not one.is_stars]
    if not (films or has_subject) or len(films) == len(mentions):
        return None
    if len(mentions) > 2 and (said := _read_list(text, mentions, has_subject=has_subject)) is not None:
        return said
    stars = [one for one in mentions if one.is_stars]
    if len(stars) > 1:  # `as a dad of 2`, `nearly 3 hours`
        stars = [one for one in stars if not _is_count(text, one)]
    return _read_one(text, films, stars[0], has_subject=has_subject) if len(stars) == 1 else None


def _read_list(text: str, mentions: tuple[Mention, ...], *, has_subject: bool) -> Said | None:
    pairs = _pairs(text, mentions, has_subject=has_subject)
    rest = _between(text, mentions, 0, len(text))
    is_list = len(pairs) > 1 and (len(pairs) >= _BEYOND_DOUBT or _are_apart(text, pairs))
    if not is_list or not (is_harmless(rest) or (len(pairs) >= _BEYOND_DOUBT and not is_in_doubt(rest))):
        return None
    lines, titles = tuple(_plain_line(text, pair) for pair in pairs), tuple(pair[-1].text for pair in pairs)
    return Said(lines, True, pairs[0][0].text, titles)


def _read_one(text: str, films: list[Mention], stars: Mention, *, has_subject: bool) -> Said | None:
    start, end = _clause_around(text, (*films, stars), stars)
    meant = _meant(films, start, end, has_subject=has_subject)
    mentions = tuple(sorted((*meant, stars), key=_START))
    is_clear = _is_unmistakable(text, stars)
    rest = _between(text, mentions, 0, len(text))
    if is_question(rest) or is_question(_between(text, mentions, start, end)) or not (meant or has_subject):
        return None
    is_subject_too = has_subject and any(film.start >= end for film in meant)  # `A 5, for the diner scene`
    is_one = len(meant) < 2 and not is_subject_too and not any(film.is_word for film in meant)
    is_sure = is_one and is_clear and is_harmless(rest) and not is_in_doubt(rest)
    if not is_sure and (is_not_theirs(text) or not is_clear):
        return None
    titles = tuple(film.text for film in meant)
    return Said((f"{''.join(titles[:1])} {stars.text}".strip(),), is_sure, stars.text, titles, is_subject_too)


def _meant(films: list[Mention], start: int, end: int, *, has_subject: bool) -> list[Mention]:
    """The films that stars in the clause from `start` to `end` may be of: those in it before those around it.

    A word in small letters is a film where nothing else is.
    """
    named = [film for film in films if not film.is_vague]
    inside = [film for film in named if start <= film.start < end]
    around = [film for film in named if not film.is_word] if inside or has_subject else named
    meant = inside or around
    return [film for film in meant if not film.is_word] or meant


def _mentions(search: MovieSearch, text: str) -> Iterator[Mention]:
    """Films and stars from left to right, the longest at each place, none over another."""
    words = [word.span() for word in _WORD.finditer(text)][:_MOST_WORDS]
    at = 0
    while at < len(words):
        both = (_stars_at(text, words[at:]), _film_at(search, text, words[at:]))
        found = max(filter(None, both), key=lambda one: (one.end, one.is_stars), default=None)
        if found is not None:
            yield found
        behind = words[at][1] if found is None else found.end
        at = next((later for later in range(at + 1, len(words)) if words[later][0] >= behind), len(words))


def _stars_at(text: str, words: list[tuple[int, int]]) -> Mention | None:
    start = words[0][0]
    for _, end in reversed(words[:_LONGEST_STARS]):
        span = text[start:end].strip(_ENDS + "()=-–")
        begin = text.index(span, start)
        if span and _could_be_given(span) and (not span.isalpha() or _is_alone(text, begin, begin + len(span))):
            return Mention(begin, begin + len(span), span, is_stars=True)
    return None


def _film_at(search: MovieSearch, text: str, words: list[tuple[int, int]]) -> Mention | None:
    start = words[0][0]
    for _, end in reversed(words[:_LONGEST_NAME]):
        name = text[start:end].strip(_ENDS)
        if name.count("(") != name.count(")"):
            name = name.strip("()")
        if (
            not name
            or _ARTICLE_BEHIND.search(name)
            or is_common(name, before_stars=_starts_with_stars(text[end:]))
            or not search.is_name(name)
        ):
            continue
        begin = text.index(name, start)
        if (year := _OF_YEAR.match(text, begin + len(name))) and search.is_name(dated := f"{name} ({year['year']})"):
            return Mention(begin, year.end(), dated, is_stars=False)
        is_word = " " not in _ARTICLE.sub("", name) and name.islower()
        is_vague = is_word and _has_article(search, text[:begin], name)
        return Mention(begin, begin + len(name), name, is_stars=False, is_word=is_word, is_vague=is_vague)
    return None


def _starts_with_stars(text: str) -> bool:
    words = [word.span() for word in _WORD.finditer(text[:_LONGEST_STARS_CHARS])]
    return bool(words) and _stars_at(text, words) is not None


def _has_article(search: MovieSearch, before: str, name: str) -> bool:
    """Whether an article that is no part of the film's title makes a common noun of it: `the diner`."""
    if article := _ARTICLE.match(name):
        return not any(movie.title.lower().startswith(article[0].lower()) for movie in search.titled(name))
    return _ARTICLE_BEFORE.search(before) is not None


def _pairs(text: str, mentions: tuple[Mention, ...], *, has_subject: bool) -> list[tuple[Mention, ...]]:
    """Stars, each with its film behind, where the order of the two leaves no doubt; none where it does.

    The film spoken of is in no mention, so its stars stand alone.
    """
    pairs: list[tuple[Mention, ...]] = []
    if mentions[0].is_stars and not mentions[-1].is_stars:  # `5 stars: Up, Heat. 4 for Casino`
        stars = mentions[0]
        for before, one in pairwise(mentions):
            if one.is_stars and before.is_stars:
                return []
            if one.is_stars:
                stars = one
            elif before is stars or text[stars.end :].lstrip().startswith(":"):
                pairs.append((stars, one))
            else:
                return []
        return pairs
    if mentions[0].is_stars:  # `this 4.5, Collateral 4`
        if not has_subject:
            return []
        pairs, mentions = [mentions[:1]], mentions[1:]
    waiting: list[Mention] = []
    for one in mentions:
        if not one.is_stars:
            waiting.append(one)
        elif len(waiting) == 1 or (waiting and _TOGETHER.search(text, waiting[-1].end, one.start)):
            pairs += [(one, film) for film in waiting]
            waiting = []
        else:
            return []
    return [] if waiting else pairs


def _are_apart(text: str, pairs: list[tuple[Mention, ...]]) -> bool:
    """Whether a sign, a word or a new sentence stands between each two, or they share their stars."""

    def is_apart(one: tuple[Mention, ...], other: tuple[Mention, ...]) -> bool:
        between = text[max(mention.end for mention in one) : min(mention.start for mention in other)]
        return one[0] is other[0] or bool(between.strip())

    return all(is_apart(one, other) for one, other in pairwise(pairs))


def _plain_line(text: str, pair: tuple[Mention, ...]) -> str:
    """As it was typed where only a blank stands between the two, so that what can be read in two ways stays so."""
    first, last = min(pair, key=_START), max(pair, key=_START)
    if len(pair) > 1 and text[first.end : last.start].isspace():
        return text[first.start : last.end]
    return " ".join(one.text for one in reversed(pair))


def _clause_around(text: str, mentions: tuple[Mention, ...], stars: Mention) -> tuple[int, int]:
    """The part of a sentence that the stars stand in; a sign within a film's name ends none."""
    ends = [
        end for end in _CLAUSE_END.finditer(text) if not any(one.start <= end.start() < one.end for one in mentions)
    ]
    before = max((end.end() for end in ends if end.end() <= stars.start), default=0)
    behind = min((end.end() for end in ends if end.start() >= stars.end), default=len(text))
    return before, behind


def _between(text: str, mentions: tuple[Mention, ...], start: int, end: int) -> str:
    """The text of a stretch with a sign in place of each film and all stars."""
    stretches, at = [], start
    for one in (one for one in mentions if start <= one.start < end):
        stretches += [text[at : one.start], STARS if one.is_stars else FILM]
        at = one.end
    return "".join((*stretches, text[at:end]))


def _is_unmistakable(text: str, stars: Mention) -> bool:
    """Whether they are written as stars are, or as `a 5` of nothing else."""
    if _UNMISTAKABLE.search(stars.text) is not None:
        return True
    return _is_alone(text, stars.start, stars.end)


def _is_count(text: str, number: Mention) -> bool:
    """Whether a number within other words counts something: `a dad of 2 that cried`."""
    is_within = text[: number.start].rstrip()[-1:].isalpha() and text[number.end :].lstrip()[:1].isalpha()
    return is_within and not _is_unmistakable(text, number)


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a number stands alone in its sentence, or as in `a full five`, and counts nothing."""
    before, behind = text[:start], text[end:]
    if not (_A_NUMBER.search(before) or not before.strip()):
        return False
    return not _COUNTED.match(behind) if before.strip() else behind.strip()[:1] in ("", *".,!;…")


def _could_be_given(text: str) -> bool:
    try:
        return parse_folded(text) is not None
    except InvalidStarsError:
        return neighbours(text) is not None
