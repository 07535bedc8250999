"""Films with their stars in a list: `Alien 4, Heat 5`, `5 stars: Up, Heat`, `Toy Story 1, 2 and 3 all 5 stars`."""

import re
from itertools import pairwise
from operator import attrgetter

from bot.movies import MovieSearch
from bot.ratings.clauses import Clauses, is_at_a_time
from bot.ratings.mentions import Mention
from bot.ratings.sentence_words import is_harmless, is_in_doubt, speaks_of_others

_BEYOND_DOUBT = 3
"""So many films with their stars, one behind the other, are a list with nothing between them as well."""
_TOGETHER = re.compile(r"\b(?:both|each|all|beide|je|jeweils)\b", re.IGNORECASE)
_PARTS = re.compile(
    r"(?<=\s)[1-9](?:\s*,\s*[1-9])*\s*,?\s*(?:and|und|&|\+)\s*[1-9](?![\w.,/%★⭐]|\s*stars?\b)", re.IGNORECASE
)
"""Several films of a series, by their numbers."""
_LONGEST_SERIES = 6  # words of its name
_START = attrgetter("start")


def with_parts_named(search: MovieSearch, line: str) -> str:
    """`Toy Story 1, 2 and 3` as `Toy Story, Toy Story 2, Toy Story 3 all`, where all of them are films."""
    found = _PARTS.search(line)
    if found is None:
        return line
    before = line[: found.start()].rstrip()
    starts = [word.start() for word in re.finditer(r"\S+", before)][-_LONGEST_SERIES:]
    for start in starts:
        numbers = re.findall(r"[1-9]", found[0])
        named = [before[start:] if number == "1" else f"{before[start:]} {number}" for number in numbers]
        if all(search.titled(name) for name in named):
            return f"{line[:start]}{', '.join(named)} all{line[found.end() :]}"
    return line


def listed(clauses: Clauses, *, has_subject: bool) -> list[tuple[Mention, ...]]:
    """The stars of a list, each with its film behind; none where it is no list, or one of other things.

    The film spoken of is in no mention, so its stars stand alone.
    """
    text, mentions = clauses.text, clauses.mentions
    if len(mentions) < 3:
        return []
    pairs = _pairs(text, mentions, has_subject=has_subject)
    rest = clauses.words(0, len(text))
    if len(pairs) < 2 or not (len(pairs) >= _BEYOND_DOUBT or _are_apart(text, pairs)):
        return []
    is_sure = is_harmless(rest) or (
        len(pairs) >= _BEYOND_DOUBT and not (is_in_doubt(rest) or speaks_of_others(rest)) and not _is_headed(clauses)
    )
    return pairs if is_sure and not is_at_a_time(rest) else []


def _is_headed(clauses: Clauses) -> bool:
    """Whether a list stands behind words that may say what it is a list of: `ranking: `, `Ebert gave`."""
    before = clauses.text[: clauses.mentions[0].start].strip()
    return not is_harmless(before) and before[-1:] not in (*".!?…\n",)


def _pairs(text: str, mentions: tuple[Mention, ...], *, has_subject: bool) -> list[tuple[Mention, ...]]:
    """Stars, each with its film behind, where the order of the two leaves no doubt; none where it does."""
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


def plain_line(text: str, pair: tuple[Mention, ...]) -> str:
    """As it was typed where only a blank stands between the two, so that what can be read in two ways stays so."""
    first, last = min(pair, key=_START), max(pair, key=_START)
    if len(pair) > 1 and text[first.end : last.start].isspace():
        return text[first.start : last.end]
    return " ".join(one.text for one in reversed(pair))
