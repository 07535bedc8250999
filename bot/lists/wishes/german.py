"""Wishes in German, in the words that the reader knows."""

import re
import tomllib
from functools import cache
from pathlib import Path

from data.folding import fold

FILE = Path(__file__).with_name("deutsch.toml")
ENDINGS = ("en", "er", "es", "em", "e", "n", "s")
"""Of adjectives and nouns, the longer first."""
COMPOUNDS = (
    *("filme", "filmen", "film", "komödien", "komödie", "drama", "dramen", "thriller", "abenteuer", "streifen"),
    *("krimi", "krimis", "kram", "zeug", "geschichte", "geschichten"),
)
"""What genres and themes stand before in one word: `Horrorfilme`, `Agententhriller`."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DECADE = re.compile(r"(?<!\w)((?:19|20)?\d0)er[nsm]?(?:\s+jahren?)?(?!\w)", re.IGNORECASE)
_DECADES = re.compile(r"(?<!\w)((?:19|20)?\d0)s(?!\w)")
_BETWEEN = re.compile(r"(?<!\w)zwischen(?:\s+den)?\s+(\S+)\s+und(?:\s+den)?\s+", re.IGNORECASE)
_FROM_YEAR = re.compile(r"(?<!\w)(?:von|aus)\s+(?=(?:18|19|20)\d\d(?!\w))", re.IGNORECASE)
_LIKE = re.compile(
    r"(?<!\w)(?:so |ähnlich |so ähnlich )?wie\s+(?!(?:war|waren|ist|sind)\s)(?P<title>[^,;.!?]+?)"
    r"(?=\s+(?:aber|nur|ohne|bloß|und dann)\b|[,;.!?]|$)",
    re.IGNORECASE,
)


def in_english(text: str) -> str:
    """A wish in German as it would be said in English; titles behind `wie`, names and what is not known stay."""
    parts, end = [], 0
    for liked in _LIKE.finditer(text):
        parts += [_said(text[end : liked.start()]), f"like {liked['title']}"]
        end = liked.end()
    return "".join([*parts, _said(text[end:])])


def is_german(text: str) -> bool:
    """Whether most of the words are German alone: `der war gut` is, `sad war film` is not."""
    words = _WORD.findall(text)
    return 2 * sum(_meant([word]) not in (None, fold(word)) for word in words) > len(words)


def in_german(text: str) -> str:
    """How the reader's own words are said in German; words of anybody else's stay."""
    said = _said_as()
    return said.get(text) or _DECADES.sub(r"\1er", " ".join(said.get(word, word) for word in text.split()))


def _said(text: str) -> str:
    text = _BETWEEN.sub(r"between \1 and ", _FROM_YEAR.sub("from ", _DECADE.sub(r"\1s", text)))
    words, longest = list(_WORD.finditer(text)), _longest()
    parts, end, place = [], 0, 0
    while place < len(words):
        for width in range(min(longest, len(words) - place), 0, -1):
            first, last = words[place], words[place + width - 1]
            meant = _meant([one[0] for one in words[place : place + width]])
            if meant is not None and not re.search(r"[,;.!?]", text[first.start() : last.end()]):
                parts += [text[end : first.start()], meant]
                end, place = last.end(), place + width
                break
        else:
            place += 1
    return "".join([*parts, text[end:]])


def _meant(words: list[str]) -> str | None:
    """What some words mean together, the last one with any ending, or with `film` behind it."""
    known, whole = phrases(), fold(" ".join(words))
    if whole in known:
        return known[whole]
    for ending in ENDINGS:
        if whole.endswith(ending) and (meant := known.get(whole.removesuffix(ending))) is not None:
            return meant
    if len(words) == 1:
        for kind in map(fold, COMPOUNDS):
            before = whole.removesuffix(kind)
            if before != whole and len(before) > 2 and (meant := _meant([before])) is not None:
                return f"{meant} {known.get(kind, 'film')}"
    return None


@cache
def phrases() -> dict[str, str]:
    """What each phrase means, by its folded form."""
    return {fold(phrase): meant for meant, said in _meanings() for phrase in said}


@cache
def _said_as() -> dict[str, str]:
    return {meant: said[0] for meant, said in _meanings()}


@cache
def _meanings() -> list[tuple[str, list[str]]]:
    return [one for topic in tomllib.loads(FILE.read_text(encoding="utf-8")).values() for one in topic.items()]


@cache
def _longest() -> int:
    return max(phrase.count(" ") + 1 for phrase in phrases())
