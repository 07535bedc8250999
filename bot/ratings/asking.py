"""What is said of films by their places in a list that was shown just before: `2 4.5`, `number 3 gets 4 stars`."""

import re

from bot.chat.ask import Ask
from bot.movies.asking import films_meant
from bot.movies.pronouns import IN_SENTENCE, is_it, is_spoken_of, names_place
from bot.movies.search import MovieSearch
from bot.ratings.feelings import feeling
from bot.ratings.lines import split_rating
from bot.ratings.mentions import is_unmistakable, mentions_in
from bot.ratings.understanding import is_about_rating

_SAID = r"(?:loved?|liked?|hated?|enjoyed?|adored?|disliked?|give|gave|rated?|fand|mochte|liebte|hasste)"
_SENTENCE = re.compile(
    r"(?:(?:ok|so|and|well|hm+|und)[, ]+)*"
    rf"(?P<before>(?:(?:i|ich)(?:['’]d| would| really| also| just| absolutely| totally| fand)* {_SAID} )?"
    r"|\S+(?: (?:stars?|sterne?))? (?:for|to|für) )"
    rf"(?P<places>{IN_SENTENCE}(?:(?:\s*[,&]\s*|\s+(?:and|und)\s+){IN_SENTENCE})*)"
    r"(?P<rest>(?:\W.*)?)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_VERDICT = re.compile(r"[:=]|\b(?!(?:and|then|or|plus|und|oder|dann)\b)[^\W\d]{2,}")
_END = re.compile(
    r"\s*(?:$|[.!,]|[★⭐½/%]|(?:stars?|sterne?|out of|von|please|bitte|from me|for me|für mich)\b)", re.IGNORECASE
)
_IS = re.compile(r"^\W*(?:(?:was|is|are|were|war|ist|gets?|deserves?)\s+)?", re.IGNORECASE)


def is_of_places(ask: Ask, text: str) -> bool:
    """Whether it speaks of films by their places in the list that is replied to: `seen 1, 3` is not *Thirteen*."""
    felt = feeling(text)
    is_placed = felt is not None and not is_it(felt.title) and is_spoken_of(felt.title)
    return is_placed and ask.is_reply and ask.list_spoken_of is not None


def by_places(ask: Ask, search: MovieSearch, text: str) -> str | None:
    """`2 4.5`, `the last one 4`, `1 and 3 5, 4 2` right after a list: a line for each film; None for anything else."""
    for parts in ([text], re.split(r"[,\n]", text)):
        lines = [_by_place(ask, search, part) for part in parts]
        if all(lines):
            return "\n".join(lines)
    return None


def in_sentence(ask: Ask, search: MovieSearch, text: str) -> str | None:
    """`number 3 gets 4 stars`, `I hated the second one`: the same with the film's name, a line for each film.

    None where it names a film besides, which the place may be one of the parts of: `Alien 5, the second one 2`; for a
    question; and where a number may be another place, or no stars.
    """
    said = _SENTENCE.fullmatch(" ".join(text.split()))
    if said is None or text.rstrip().endswith("?") or not _is_clear(said["before"], said["rest"]):
        return None
    films = films_meant(ask, search, said["places"])
    lines = [f"{said['before']}{search.named(film).label}{said['rest']}" for film in films]
    is_rating = all(_films(search, line) == 1 and is_about_rating(search, line, None) for line in lines)
    return "\n".join(lines) if lines and is_rating and not _names_film(search, said["rest"]) else None


def _is_clear(before: str, rest: str) -> bool:
    """Whether a number can only be stars: not so `number 1, 2`, `1 for number 3` and `number 2 gets 2 thumbs up`."""
    if names_place(rest) or (_DIGITS.search(before) and not is_unmistakable(before)):
        return False
    number = _DIGITS.search(rest)
    if number is None:
        return True
    is_said = _VERDICT.search(rest[: number.start()]) is not None or is_unmistakable(rest) or bool(before)
    return is_said and _END.match(rest, number.end()) is not None


def _films(search: MovieSearch, line: str) -> int:
    """How many films a line names."""
    return sum(not one.is_stars and not one.is_vague for one in mentions_in(search, line))


def _names_film(search: MovieSearch, rest: str) -> bool:
    """Whether what is said behind a place is what stands there: `number 1 is Up, 4`."""
    title = _IS.sub("", split_rating(rest).title).strip(" .!,;")
    return bool(title) and (search.is_name(title) or any(map(str.isupper, title)))


def _by_place(ask: Ask, search: MovieSearch, part: str) -> str:
    request = split_rating(part)
    is_apart = request.whole[len(request.title) :].lstrip().startswith(",")  # `1, 3` are two places, and no stars
    if is_apart or not request.tail or is_it(request.title):
        return ""
    return "\n".join(f"id:{film} {request.tail}" for film in films_meant(ask, search, request.title))
