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

_MOST_WORDS = 60
_LONGEST_STARS, _LONGEST_NAME = 6, 10  # words
_BEYOND_DOUBT = 3
"""So many films with their stars, one behind the other, are a list with nothing between them as well."""
_CLAUSE_END = re.compile(r"[.!?;…]+(?=\s|$)|,(?=\s)|\s(?:but|so|aber|also)\s|\n")
_OF_YEAR = re.compile(r"\s*,?\s*(?:of|from|von|aus)\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_TOGETHER = re.compile(r"\b(?:both|each|all|beide|je|jeweils)\b", re.IGNORECASE)
_START = attrgetter("start")
_ENDS = ".,!?;:…\"“”„'’*_"
_UNMISTAKABLE = re.compile(r"[★⭐½%/]|[0-9][.,][05]|star|stern|out of|von|percent|prozent|half|halb", re.IGNORECASE)
_A_NUMBER = re.compile(r"(?:^|\s)(?:an?|eine?)\s+\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A film's name or stars within a sentence; `text` as the reader of plain lines takes it."""

    start: int
    end: int
    text: str
    is_stars: bool


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
    stars = [one for one in mentions if one.is_stars]
    titles = tuple(one.text for one in mentions if not one.is_stars)
    if not stars or not (titles or has_subject):
        return None
    if len(stars) > 1:
        pairs = _pairs(text, mentions, has_subject=has_subject)
        if not _is_list(text, pairs) or not is_harmless(_between(text, mentions)):
            return None
        return Said(tuple(_plain_line(text, pair) for pair in pairs), True, stars[0].text, titles)
    (given,) = stars
    start, end = _clause_around(text, mentions, given)
    clause, others = _between(text, mentions, start, end), _between(text, mentions, 0, start, end, len(text))
    if is_question(clause) or is_question(_between(text, mentions)):
        return None
    is_subject_too = has_subject and bool(titles) and mentions[-1].start >= end  # `A 5, for the diner scene`
    is_sure = len(titles) < 2 and not is_subject_too and is_harmless(clause) and not is_in_doubt(others)
    if not is_sure and (is_not_theirs(text) or not _is_unmistakable(text, given)):
        return None
    return Said((f"{''.join(titles[:1])} {given.text}".strip(),), is_sure, given.text, titles, is_subject_too)


def _mentions(search: MovieSearch, text: str) -> Iterator[Mention]:
    """Films and stars from left to right, the longest at each place, none over another."""
    words = [word.span() for word in _WORD.finditer(text)][:_MOST_WORDS]
    at = 0
    while at < len(words):
        found = max(
            filter(None, (_stars_at(text, words[at:]), _film_at(search, text, words[at:]))),
            key=lambda one: (one.end, one.is_stars),
            default=None,
        )
        if found is None:
            at += 1
            continue
        yield found
        at = next((later for later in range(at + 1, len(words)) if words[later][0] >= found.end), len(words))


def _stars_at(text: str, words: list[tuple[int, int]]) -> Mention | None:
    for _, end in reversed(words[:_LONGEST_STARS]):
        span = text[words[0][0] : end].strip(_ENDS + "()=-–")
        if span and _could_be_given(span):
            start = text.index(span, words[0][0])
            return Mention(start, start + len(span), span, is_stars=True)
    return None


def _film_at(search: MovieSearch, text: str, words: list[tuple[int, int]]) -> Mention | None:
    start = words[0][0]
    for _, end in reversed(words[:_LONGEST_NAME]):
        name = text[start:end].strip(_ENDS)
        if name.count("(") != name.count(")"):
            name = name.strip("()")
        if not name or is_common(name) or not search.is_name(name):
            continue
        begin = text.index(name, start)
        if (year := _OF_YEAR.match(text, begin + len(name))) and search.is_name(dated := f"{name} ({year['year']})"):
            return Mention(begin, year.end(), dated, is_stars=False)
        return Mention(begin, begin + len(name), name, is_stars=False)
    return None


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


def _is_list(text: str, pairs: list[tuple[Mention, ...]]) -> bool:
    """Whether a sign, a word or a new sentence stands between each two, or they are too many to be anything else."""
    spans = [(min(one.start for one in pair), max(one.end for one in pair)) for pair in pairs]
    apart = all(text[end:start].strip() for (_, end), (start, _) in pairwise(spans))
    return len(pairs) >= _BEYOND_DOUBT or (len(pairs) > 1 and apart)


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


def _between(text: str, mentions: tuple[Mention, ...], *ends: int) -> str:
    """The text of some stretches, all of it where none is named, with a sign in place of each film and all stars."""
    spans = tuple(zip(ends[::2], ends[1::2], strict=True)) or ((0, len(text)),)
    stretches = []
    for start, end in spans:
        at = start
        for one in (one for one in mentions if start <= one.start < end):
            stretches += [text[at : one.start], STARS if one.is_stars else FILM]
            at = min(one.end, end)
        stretches += [text[at:end], " . "]
    return "".join(stretches[:-1])


def _is_unmistakable(text: str, stars: Mention) -> bool:
    return _UNMISTAKABLE.search(stars.text) is not None or (
        _A_NUMBER.search(text[: stars.start]) is not None and text[stars.end : stars.end + 1] in ("", *_ENDS, ")")
    )


def _could_be_given(text: str) -> bool:
    try:
        return parse_folded(text) is not None and not text.isalpha()
    except InvalidStarsError:
        return neighbours(text) is not None
