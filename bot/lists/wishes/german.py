"""Wishes in German, in the words that the reader knows."""

import re
import tomllib
from collections.abc import Iterator
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
_BETWEEN = re.compile(r"(?<!\w)zwischen(?:\s+den)?\s+(\S+)\s+und(?:\s+den)?\s+", re.IGNORECASE)
_FROM_YEAR = re.compile(r"(?<!\w)(?:von|aus)\s+(?=(?:18|19|20)\d\d(?!\w))", re.IGNORECASE)
_LIKE = re.compile(
    r"(?<!\w)(?:so |ähnlich |so ähnlich )?wie\s+(?!(?:war|waren|ist|sind)\s)(?P<title>[^,;.!?]+?)"
    r"(?=\s+(?:aber|nur|ohne|bloß|und dann)\b|[,;.!?]|$)",
    re.IGNORECASE,
)


class InEnglish:
    """A wish in German as it would be said in English; titles behind `wie`, names and what is not known stay."""

    def __init__(self, german: str) -> None:
        self._german = self.text = german
        self._from = [(at, at + 1) for at in range(len(german))]  # where each sign of the text comes from
        for pattern, form in ((_DECADE, r"\1s"), (_FROM_YEAR, "from "), (_BETWEEN, r"between \1 and ")):
            self._replace([(*found.span(), found.expand(form)) for found in pattern.finditer(self.text)])
        self._replace(list(_phrases_in(self.text)))

    def typed(self, words: str) -> str:
        """How some words of the text were typed in German; others stay."""
        found = re.search(re.escape(words), self.text, re.IGNORECASE) if words else None
        if found is None:
            return words
        spans = self._from[found.start() : found.end()]
        return self._german[spans[0][0] : spans[-1][1]].strip()

    def _replace(self, found: list[tuple[int, int, str]]) -> None:
        """Put other words in the place of some, which follow each other."""
        for start, end, words in reversed(found):
            self.text = self.text[:start] + words + self.text[end:]
            self._from[start:end] = [(self._from[start][0], self._from[end - 1][1])] * len(words)


def in_english(text: str) -> str:
    return InEnglish(text).text


def is_german(text: str) -> bool:
    """Whether most of the words are German alone: `der war gut` is, `sad war film` is not."""
    words = _WORD.findall(text)
    return 2 * sum(_meant([word]) not in (None, fold(word)) for word in words) > len(words)


def _phrases_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where phrases stand that mean something, and what, in order; no title behind `wie` is looked into."""
    end = 0
    for liked in _LIKE.finditer(text):
        yield from _phrases_between(text, end, liked.start())
        yield liked.start(), liked.start("title"), "like "
        end = liked.end()
    yield from _phrases_between(text, end, len(text))


def _phrases_between(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    words, place = list(_WORD.finditer(text, start, end)), 0
    while place < len(words):
        for width in range(min(_longest(), len(words) - place), 0, -1):
            first, last = words[place].start(), words[place + width - 1].end()
            meant = _meant([one[0] for one in words[place : place + width]])
            if meant is not None and not re.search(r"[,;.!?]", text[first:last]):
                yield first, last, meant
                place += width
                break
        else:
            place += 1


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
def _meanings() -> list[tuple[str, list[str]]]:
    return [one for topic in tomllib.loads(FILE.read_text(encoding="utf-8")).values() for one in topic.items()]


@cache
def _longest() -> int:
    return max(phrase.count(" ") + 1 for phrase in phrases())
