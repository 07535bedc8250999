"""What is named of the words that were not understood, and what may have been meant by them."""

from collections.abc import Iterator
from itertools import islice

from bot.lists.wishes import offering
from bot.lists.wishes.reading import Unread
from bot.lists.wishes.sentence import Sentence
from bot.lists.wishes.titles import Titles
from bot.lists.wishes.vocabulary import Vocabulary

MOST_NAMED = 5
NEW_THOUGHT = frozenset({"a", "an", "something", "smth", "sth", "anything", "some"})
"""Words that begin another wish behind a comma."""
YOUR_CHOICE = frozenset(
    {"surprise me", "you choose", "you decide", "you pick", "pick for me", "choose for me"}
    | {"i'm bored", "im bored", "i am bored", "i’m bored", "we're bored", "we are bored", "what's good", "whats good"}
    | {"anything good"}
)

SPEAKERS = frozenset(
    {"i", "im", "ive", "id", "we", "were", "weve", "us", "me", "he", "hes", "she", "shes", "they", "theyre", "theyve"}
    | {"my", "our", "his", "her", "their", "nobody", "everybody", "somebody", "someone", "everyone", "it", "its"}
    | {"mom", "mum", "dad", "wife", "husband", "boyfriend", "girlfriend"}
)
"""Words of whoever tells of themselves."""


class Namer:
    """Tells words about films from what somebody tells of themselves, which nobody needs to understand."""

    def __init__(self, vocabulary: Vocabulary, titles: Titles) -> None:
        self._vocabulary = vocabulary
        self._titles = titles

    def named(self, sentence: Sentence) -> list[Unread]:
        """Each phrase once, in order."""
        runs = (run for run in _runs(sentence) if self._is_about_films(sentence, *run))
        named = {sentence.text(*run): run[0] not in sentence.left_unread for run in runs}
        return [self._unread(text, is_wanted=is_wanted) for text, is_wanted in islice(named.items(), MOST_NAMED)]

    def _unread(self, text: str, *, is_wanted: bool) -> Unread:
        if not is_wanted:
            return Unread(text)
        offers = (*self._titles.offers(text), *offering.nearest(text, self._vocabulary.genres))
        return Unread(text, offers[: offering.OFFERED])

    def _is_about_films(self, sentence: Sentence, first: int, last: int) -> bool:
        """Not in a clause of somebody's own, unless it tells of a film there: `I want something purple`."""
        breaks = [at for at, token in enumerate(sentence.tokens) if token.kind in ("stop", "comma")]
        start = max((at + 1 for at in breaks if at < first), default=0)
        end = min((at for at in breaks if at > last), default=len(sentence.tokens))
        clause = [sentence.lower(at).replace("'", "").replace("’", "") for at in range(start, end)]
        if SPEAKERS.isdisjoint(clause):
            return True
        before = [self._kind(sentence, at) for at in range(start, first)]
        is_something = any(sentence.lower(at) in NEW_THOUGHT - {"a", "an"} for at in range(start, first))
        follows = self._kind(sentence, last + 1) if last + 1 < end else ""
        return is_something or "film" in before or follows in ("film", "genre")

    def _kind(self, sentence: Sentence, place: int) -> str:
        meaning = self._vocabulary.meaning([sentence.tokens[place].text])
        return meaning.kind if meaning is not None else ""


def _runs(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """First and last tokens of words that follow each other."""
    run: tuple[int, int] | None = None
    for first, last in sentence.unread:
        if run is not None and first == run[1] + 1:
            run = run[0], last
            continue
        if run is not None:
            yield run
        run = first, last
    if run is not None:
        yield run
