"""Noting what words mean: as something wanted, or as something that is left out."""

from bot.lists.filters import Depth, Runtime
from bot.lists.wishes import offering
from bot.lists.wishes.everyday import Meaning
from bot.lists.wishes.sentence import Sentence
from bot.lists.wishes.titles import Titles
from data.facets import Facets

NEWEST_YEARS = 3
"""How many of the catalogue's last years are new."""
NOT_OLD_YEARS = 25
SHORT, LONG = Runtime(None, 90), Runtime(150, None)

_OPPOSITE: dict[Depth, Depth] = {"popular": "deep", "deep": "popular", "balanced": "balanced"}


class Binder:
    """Knows of the films as much as `newer` and `shorter` ask for."""

    def __init__(self, facets: Facets, titles: Titles, last_year: int) -> None:
        self._facets = facets
        self._titles = titles
        self._last_year = last_year

    def bind(self, sentence: Sentence, meaning: Meaning, text: str) -> None:
        """Note a thing that words mean."""
        asked, sign = sentence.asked, sentence.no if sentence.one_word else ""
        goes_on, says_something = bool(sentence.bound), sentence.says_something
        is_out, join = sentence.take(meaning.kind)
        match meaning.kind, is_out:
            case "genre", False:
                asked.want(meaning.value, text, "or" if sentence.is_choice and asked.wanted else join)
            case "genre", True:
                is_part = len(meaning.value) > 1 or (goes_on and join == "beside")
                for genre in meaning.value:
                    if not (is_part and genre in asked.genres):  # comedy, but no romantic comedy
                        asked.without.setdefault(genre, f"{sign}{text}")
            case "grown_up", _:
                asked.without.setdefault(meaning.value, text)
            case "mood", _:
                moods = asked.without_moods if is_out else asked.moods
                moods.setdefault(meaning.value, f"{sign if is_out else ''}{text}")
            case "place", _:
                (asked.without_origins if is_out else asked.origins).setdefault(meaning.value, text)
            case "sources", _:
                asked.source.setdefault(
                    "not on watchlist" if is_out and meaning.value == "watchlist" else meaning.value, text
                )
                sentence.end_list()
            case "seen", _:
                asked.seen.setdefault("unseen" if is_out else meaning.value, text)
                sentence.end_list()
            case "defaults", _:
                asked.with_defaults = False
                sentence.end_list()
            case "depths", _:
                asked.depth.setdefault(_OPPOSITE[meaning.value] if is_out else meaning.value, text)
                sentence.end_list()
            case "lengths", _:
                self._measure(sentence, is_short=(meaning.value == "short") != is_out, text=text)
                sentence.end_list()
            case "times", _:
                self._date(sentence, is_new=not is_out, text=text, join=join)
                sentence.end_list()
            case "asked", _:
                self._ask(sentence, meaning, text, is_out=is_out)
                sentence.says_something = says_something or not sentence.questions

    def _date(self, sentence: Sentence, *, is_new: bool, text: str, join: str) -> None:
        """Newer than the film it should be like, or new."""
        year = self._titles.year_of_last(sentence.asked.like) if is_new else None
        first = year + 1 if year is not None else self._last_year - NEWEST_YEARS + 1
        sentence.asked.date("since" if is_new else "before", first, first, text, join)

    def _measure(self, sentence: Sentence, *, is_short: bool, text: str) -> None:
        """Shorter or longer than the film it should be like, or short or long."""
        minutes = self._titles.runtime_of_last(sentence.asked.like)
        runtime = SHORT if is_short else LONG
        if minutes is not None:
            runtime = Runtime(None, minutes - 1) if is_short else Runtime(minutes + 1, None)
        sentence.asked.lengths.append((runtime, text))

    def _ask(self, sentence: Sentence, meaning: Meaning, text: str, *, is_out: bool) -> None:
        """A friend would ask; but `nothing old`, and `older` than a film, are plain."""
        year = self._titles.year_of_last(sentence.asked.like)
        if is_out:
            if meaning.value == "old":
                first = self._last_year - NOT_OLD_YEARS + 1
                sentence.asked.date("since", first, first, text)
            sentence.end_list()
        elif meaning.value == "old" and year is not None:
            sentence.asked.date("before", year, year, text)
        else:
            sentence.questions.append(offering.question(meaning.value, text, self._facets))
