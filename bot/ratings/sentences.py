"""Films and stars within whole sentences: `I finally saw Fargo, and I would give it four and a half stars.`

Stars are a verdict where their clause holds nothing but them, a film and words that leave the two as they are. A
verdict is taken where nothing around it may turn it round (`almost`, `my brother says`, `if`); else it is asked about.
"""

import re
from dataclasses import dataclass

from bot.movies import MovieSearch
from bot.ratings.clauses import Clause, Clauses
from bot.ratings.listed import listed, plain_line
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
_JOINED = re.compile(r"\s*(?:,|/|&|and|or|vs\.?|than|like|und|oder|als)\s*", re.IGNORECASE)
_LABEL = re.compile(r"\W*(?P<label>[^.,!?:\0\1]{1,40}):\s")
_OTHER_SUBJECT = re.compile(
    r"\b(?!(?:I|It|This|That|He|She|They|We|Everyone|Nobody|The)\b)[A-Z]\w+ (?:was|is|bored|had|made|blew)\b"
)
"""`Heat was ok. Oppenheimer was amazing. 5 stars`"""


@dataclass(frozen=True, slots=True)
class Said:
    """Films and their stars, each a plain line such as `Fargo 4.5`; without a title it is the film spoken of.

    `is_sure`: no other word stands in doubt; where one does, there are no lines. `titles` are the films that may be
    meant, `is_subject_too`: the one spoken of as well. `stars` are empty where two are named and either may be meant.
    """

    lines: tuple[str, ...]
    is_sure: bool
    stars: str
    titles: tuple[str, ...]
    is_subject_too: bool = False


def clauses_of(search: MovieSearch, line: str) -> Clauses:
    """A line, cut into its clauses, with the films and stars in it; none are looked for in one that is too long."""
    text = plain_words(line)
    return Clauses(text, tuple(mentions_in(search, text)) if len(line) <= LONGEST_SENTENCE else ())


def read_sentence(search: MovieSearch, line: str, *, has_subject: bool) -> Said | None:
    """What a sentence rates; None where it holds no stars or no film they may be of, or tells of other people's."""
    return read_clauses(clauses_of(search, line), has_subject=has_subject)


def read_clauses(clauses: Clauses, *, has_subject: bool) -> Said | None:
    """The same of a sentence that is cut already."""
    text, mentions = clauses.text, clauses.mentions
    if not (has_subject or any(not one.is_stars for one in mentions)) or not any(one.is_stars for one in mentions):
        return None
    if pairs := listed(clauses, has_subject=has_subject):
        titles = tuple(pair[-1].text for pair in pairs)
        return Said(tuple(plain_line(text, pair) for pair in pairs), True, pairs[0][0].text, titles)
    verdicts = clauses.verdicts()
    return _read_verdicts(clauses, verdicts, has_subject=has_subject) or _read_doubtful(
        clauses, verdicts, has_subject=has_subject
    )


def is_doubtful(search: MovieSearch, clauses: Clauses) -> bool:
    """Whether words beside the films of a line may turn its stars round."""
    words = clauses.words(0, len(clauses.text))
    label = _LABEL.match(words)
    is_of_others = label is not None and not search.is_name(label["label"]) and not is_harmless(label["label"])
    return is_in_doubt(words) or speaks_of_others(words) or is_conditional(words) or is_of_others


def _read_verdicts(clauses: Clauses, verdicts: list[Clause], *, has_subject: bool) -> Said | None:
    """Verdicts that nothing puts in doubt, each on a film of its own."""
    if not verdicts or not clauses.is_sure(verdicts):
        return None
    lines, titles = [], []
    for number, clause in enumerate(verdicts):
        start = verdicts[number - 1].end if number else 0
        end = verdicts[number + 1].start if number + 1 < len(verdicts) else len(clauses.text)
        title, (stars,) = _film_of(clauses, clause, start, end, has_subject=has_subject), clause.stars
        if title is None or contradicts(clauses.text, stars.value):
            return None
        pair = (stars, *clause.films)
        lines.append(plain_line(clauses.text, pair) if clause.films else f"{title} {stars.signs}".strip())
        titles.append(title.casefold())
    others = [one for one in clauses.clauses if one.stars and one not in verdicts]
    if any(one.films or one.sentence >= verdicts[0].sentence for one in others) or len(set(titles)) < len(titles):
        return None
    return Said(tuple(lines), True, verdicts[0].stars[0].text, tuple(filter(None, titles)))


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


def _read_doubtful(clauses: Clauses, verdicts: list[Clause], *, has_subject: bool) -> Said | None:
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


def _stars_meant(clauses: Clauses, verdicts: list[Clause]) -> Mention | None:
    """The last verdict, else the only stars or range that count nothing: `as a dad of 2`, `nearly 3 hours` do."""
    if verdicts:
        return verdicts[-1].stars[0]
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
    sure = [film for film in named if not film.is_word]
    return [film for film in clause.films if film in sure] or sure or ([] if has_subject else [*clause.films] or named)


def _is_count(text: str, number: Mention) -> bool:
    """Whether a number within other words counts something: `a dad of 2 that cried`."""
    is_within = text[: number.start].rstrip()[-1:].isalpha() and text[number.end :].lstrip()[:1].isalpha()
    return is_within and not number.is_unmistakable
