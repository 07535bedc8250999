"""Films and stars within whole sentences: `I finally saw Fargo, and I would give it four and a half stars.`

Stars are a verdict where their clause holds nothing but them, a film and words that leave the two as they are. A
verdict is taken where nothing around it may turn it round (`almost`, `my brother says`, `if`); else it is asked about.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from bot.movies import MovieSearch
from bot.ratings.clauses import Clause, Clauses, is_at_a_time
from bot.ratings.mentions import Mention, mentions_in
from bot.ratings.sentence_words import (
    contradicts,
    is_conditional,
    is_harmless,
    is_in_doubt,
    is_not_theirs,
    is_question,
    plain_words,
    speaks_of_others,
    watched_another,
)

LONGEST_SENTENCE = 500  # characters
_BEYOND_DOUBT = 3
"""So many films with their stars, one behind the other, are a list with nothing between them as well."""
_TOGETHER = re.compile(r"\b(?:both|each|all|beide|je|jeweils)\b", re.IGNORECASE)
_PARTS = re.compile(
    r"(?<=\s)[1-9](?:\s*,\s*[1-9])*\s*,?\s*(?:and|und|&|\+)\s*[1-9](?![\w.,/%★⭐]|\s*stars?\b)", re.IGNORECASE
)
"""Several films of a series, by their numbers."""
_LONGEST_SERIES = 6  # words of its name
_JOINED = re.compile(r"\s*(?:,|/|&|and|or|vs\.?|than|like|und|oder|als)\s*", re.IGNORECASE)
_LABEL = re.compile(r"\W*(?P<label>[^.,!?:\0\1]{1,40}):\s")
_OTHER_SUBJECT = re.compile(
    r"\b(?!(?:I|It|This|That|He|She|They|We|Everyone|Nobody|The)\b)[A-Z]\w+ (?:was|is|bored|had|made|blew)\b"
)
"""`Heat was ok. Oppenheimer was amazing. 5 stars`"""
_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Said:
    """Films and their stars, each a plain line such as `Fargo 4.5`; without a title it is the film spoken of.

    `is_sure`: no other word stands in doubt. `titles` are all films that stand there, `is_subject_too`: the one spoken
    of may be meant as well. `stars` are empty where two are named and either may be meant.
    """

    lines: tuple[str, ...]
    is_sure: bool
    stars: str
    titles: tuple[str, ...]
    is_subject_too: bool = False


def read_sentence(search: MovieSearch, line: str, *, has_subject: bool) -> Said | None:
    """What a sentence rates; None where it holds no stars, or no film they may be of."""
    if len(line) > LONGEST_SENTENCE:
        return None
    text = plain_words(line)
    mentions = tuple(mentions_in(search, text))
    clauses = Clauses(text, mentions)
    if not (has_subject or any(not one.is_stars for one in mentions)) or not any(one.is_stars for one in mentions):
        return None
    if len(mentions) > 2 and (said := _read_list(clauses, has_subject=has_subject)) is not None:
        return said
    verdicts = clauses.verdicts()
    return _read_verdicts(clauses, verdicts, has_subject=has_subject) or _read_doubtful(
        clauses, verdicts, has_subject=has_subject
    )


def is_doubtful(search: MovieSearch, line: str) -> bool:
    """Whether words beside the films of a line may turn its stars round."""
    clauses = Clauses(line, tuple(mentions_in(search, line)))
    words = clauses.words(0, len(line))
    label = _LABEL.match(words)
    is_of_others = label is not None and not search.is_name(label["label"]) and not is_harmless(label["label"])
    return is_in_doubt(words) or speaks_of_others(words) or is_conditional(words) or is_of_others


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


def _read_list(clauses: Clauses, *, has_subject: bool) -> Said | None:
    text, mentions = clauses.text, clauses.mentions
    pairs = _pairs(text, mentions, has_subject=has_subject)
    rest = clauses.words(0, len(text))
    if len(pairs) < 2 or not (len(pairs) >= _BEYOND_DOUBT or _are_apart(text, pairs)):
        return None
    is_sure = is_harmless(rest) or (
        len(pairs) >= _BEYOND_DOUBT and not (is_in_doubt(rest) or speaks_of_others(rest)) and not _is_headed(clauses)
    )
    if not is_sure or is_at_a_time(rest):
        return None
    lines, titles = tuple(_plain_line(text, pair) for pair in pairs), tuple(pair[-1].text for pair in pairs)
    return Said(lines, True, pairs[0][0].text, titles)


def _is_headed(clauses: Clauses) -> bool:
    """Whether a list stands behind words that may say what it is a list of: `ranking: `, `Ebert gave`."""
    before = clauses.text[: clauses.mentions[0].start].strip()
    return not is_harmless(before) and before[-1:] not in (*".!?…\n",)


def _read_verdicts(clauses: Clauses, verdicts: list[tuple[Clause, Mention]], *, has_subject: bool) -> Said | None:
    """Verdicts that nothing puts in doubt, each on a film of its own."""
    if not verdicts or not clauses.is_sure(verdicts):
        return None
    lines, titles = [], []
    for number, (clause, stars) in enumerate(verdicts):
        start = verdicts[number - 1][0].end if number else 0
        end = verdicts[number + 1][0].start if number + 1 < len(verdicts) else len(clauses.text)
        title = _film_of(clauses, clause, start, end, has_subject=has_subject)
        if title is None or contradicts(clauses.text, stars.value):
            return None
        pair = (stars, *clause.films)
        lines.append(_plain_line(clauses.text, pair) if clause.films else f"{title} {stars.signs}".strip())
        titles.append(title.casefold())
    others = [one for one in clauses.clauses if one.stars and all(one is not own for own, _ in verdicts)]
    first, last = verdicts[0][0], verdicts[-1][0]
    is_more = any(one.films or one.start >= last.end or one.sentence >= first.sentence for one in others)
    if is_more or len(set(titles)) < len(titles):
        return None
    return Said(tuple(lines), True, verdicts[0][1].text, tuple(filter(None, titles)))


def _film_of(clauses: Clauses, clause: Clause, start: int, end: int, *, has_subject: bool) -> str | None:
    """The film of a verdict, empty for the one spoken of: the one in its clause, else the only one before or behind.

    `start` to `end` is the stretch between the verdicts before and behind. None where several may be meant.
    """
    named = [one for one in _named(clauses) if start <= one.start < end and one not in clause.films]
    if clause.films:
        own = clause.films[0]
        return None if own.is_part or (own.is_word and named) else own.text
    before = clauses.text[: clause.start]
    if has_subject:
        return None if named or watched_another(before) else ""
    titles = {one.text.casefold(): one for one in [one for one in named if one.start < clause.start] or named}
    if len(titles) != 1:
        return None
    (film,) = titles.values()
    is_doubtful = film.is_part or (film.is_word and not clauses.is_beyond_doubt(film))
    return None if is_doubtful or _OTHER_SUBJECT.search(before[film.end :]) else film.text


def _named(clauses: Clauses) -> list[Mention]:
    """The films of a text without what are only common words: those in small letters that stand beside no other."""
    films = [one for one in clauses.mentions if not one.is_stars]
    return [
        film
        for film in films
        if not film.is_word
        or " " in film.text  # `the insider`, which has its own article
        or clauses.is_beyond_doubt(film)
        or any(_JOINED.fullmatch(clauses.text, one.end, film.start) for one in films if one.end <= film.start)
        or any(_JOINED.fullmatch(clauses.text, film.end, one.start) for one in films if film.end <= one.start)
    ]


def _read_doubtful(clauses: Clauses, verdicts: list[tuple[Clause, Mention]], *, has_subject: bool) -> Said | None:
    """What may be meant, to ask about; None where it speaks of other people's stars, or of other things."""
    text = clauses.text
    stars = _stars_meant(clauses, verdicts)
    if stars is None:
        return None
    films = [one for one in clauses.mentions if not one.is_stars]
    clause = next(one for one in clauses.clauses if stars in one.mentions)
    meant = _meant(films, clause, has_subject=has_subject)
    if not (meant or has_subject):
        return None
    rest = clauses.words(0, len(text))
    is_range = any(stars in pair for pair in clauses.ranges)
    is_last = has_subject and not any(one.isalnum() for one in text[stars.end :])
    if not verdicts and (
        is_not_theirs(rest)
        or is_question(clauses.words(clause.start, clause.end))
        or is_question(rest)
        or not (stars.is_unmistakable or is_range or is_last)
    ):
        return None
    is_subject_too = has_subject and not any(film in clause.mentions for film in meant)  # `Not as good as Alien, 3.5`
    titles = tuple(one.text for one in meant)
    return Said((), False, "" if is_range else stars.text, titles, is_subject_too)


def _stars_meant(clauses: Clauses, verdicts: list[tuple[Clause, Mention]]) -> Mention | None:
    """The last verdict, else the only stars or range that count nothing: `as a dad of 2`, `nearly 3 hours` do."""
    if verdicts:
        return verdicts[-1][1]
    if len(clauses.ranges) == 1:
        return clauses.ranges[0][1]
    stars = [one for one in clauses.mentions if one.is_stars]
    if len(stars) > 1:
        stars = [one for one in stars if not _is_count(clauses.text, one)]
    return stars[0] if len(stars) == 1 else None


def _meant(films: list[Mention], clause: Clause, *, has_subject: bool) -> list[Mention]:
    """The films that stars in a clause may be of: those in it before those around it.

    A word in small letters is a film where nothing else is.
    """
    named = [film for film in films if not film.is_vague]
    inside = [film for film in named if film in clause.films]
    beyond_doubt = [film for film in inside or named if not film.is_word] or [
        film for film in named if not film.is_word
    ]
    return beyond_doubt if beyond_doubt or has_subject else inside or named


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


def _is_count(text: str, number: Mention) -> bool:
    """Whether a number within other words counts something: `a dad of 2 that cried`."""
    is_within = text[: number.start].rstrip()[-1:].isalpha() and text[number.end :].lstrip()[:1].isalpha()
    return is_within and not number.is_unmistakable
