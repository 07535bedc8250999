"""The clauses of a sentence, and whether the stars in one of them are its author's verdict on a film."""

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.ratings.mentions import Mention
from bot.ratings.sentence_words import (
    FILM,
    STARS,
    is_author_s,
    is_conditional,
    is_harmless,
    is_in_doubt,
    is_question,
    is_reservation,
    names_somebody,
    needs_a_subject,
    speaks_of_others,
)

_SENTENCE_END = re.compile(r"[.!?…]+[\"”“'’)]*(?=\s|$)|\n")
_CLAUSE_END = re.compile(
    r"[,;:]+(?=\s|$)|\s(?:[-–—|/→]|->)+(?=\s)"
    r"|\s(?=(?:and|but|so|because|cause|bc|cos|though|although|while|since|und|aber|also|weil|obwohl)\s)",
    re.IGNORECASE,
)
_AT_A_TIME = re.compile(
    rf"\b(?:at|on|in|around|about|until|till|after|before|um|gegen|ca|circa)\s+{STARS}", re.IGNORECASE
)
_LANDING = re.compile(
    r"\b(?:puts?|land\w*|settl\w*|stay\w*|stands?|end(?:ed)?|stick\w*|leave|left|have|had|rate\w*|enter|mark\w*|setz"
    r"|bleib\w*)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"[\s?]*(?:-|–|or|to|and|or maybe|maybe|bis|oder|und)\s*(?:an?\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|zwischen)\s+(?:an?\s+)?$", re.IGNORECASE)
_OF_AUTHOR = re.compile(rf"\b(?:i|we|ich|wir)\s*['’]?(?:m|am|was|re|were|are|bin|war)\s+{STARS}", re.IGNORECASE)
_COUNTING = re.compile(
    rf"\b(?:week|me|day|times?|weekend|all|the|thanks|thx)\s+{STARS}|{STARS} (?:this|that)\b", re.IGNORECASE
)
_WATCHING = re.compile(r"\b(?:see|saw|seen|watch\w*|rewatch\w*|finish\w*|gesehen|geschaut|geguckt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause from `start` to `end` of the text, in the sentence of that number, with what is mentioned in it."""

    start: int
    end: int
    sentence: int
    mentions: tuple[Mention, ...]

    @property
    def stars(self) -> tuple[Mention, ...]:
        return tuple(one for one in self.mentions if one.is_stars)

    @property
    def films(self) -> tuple[Mention, ...]:
        return tuple(one for one in self.mentions if not one.is_stars and not one.is_vague)


class Clauses:
    """A text, cut into sentences and clauses; a sign or word within a mention cuts nothing."""

    def __init__(self, text: str, mentions: tuple[Mention, ...]) -> None:
        self.text, self.mentions = text, mentions
        self.ranges = [pair for pair in pairwise(mentions) if self._is_range(*pair)]
        self.sentences = self._cut(_SENTENCE_END, 0, len(text))
        self.clauses = [
            Clause(start, end, number, tuple(one for one in mentions if start <= one.start < end))
            for number, sentence in enumerate(self.sentences)
            for start, end in self._cut(_CLAUSE_END, *sentence)
        ]

    def _cut(self, ends: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
        whole = [(one.start, one.end) for one in self.mentions] + [(one.start, other.end) for one, other in self.ranges]
        found = [
            one
            for one in ends.finditer(self.text, start, end)
            if not any(first < one.end() and one.start() < last for first, last in whole)
        ]
        starts = [start, *(one.end() for one in found)]
        stops = [*(one.end() for one in found), end]
        return [(first, last) for first, last in zip(starts, stops, strict=True) if self.text[first:last].strip()]

    def _is_range(self, one: Mention, other: Mention) -> bool:
        """Whether two numbers are `between 3 and 4` or `3 or 4`."""
        if not (one.is_stars and other.is_stars):
            return False
        either = _EITHER.fullmatch(self.text, one.end, other.start)
        return either is not None and (
            not either[0].strip().lower().startswith(("and", "und"))
            or _BETWEEN.search(self.text[: one.start]) is not None
        )

    def words(self, start: int, end: int, *, by_name: bool = True) -> str:
        """The text of a stretch with a sign in place of each film and all stars.

        A film that may be a common word stays as it stands, unless not `by_name`.
        """
        stretches, at = [], start
        for one in (one for one in self.mentions if start <= one.start < end):
            sign = STARS if one.is_stars else one.text if one.is_word and by_name else FILM
            stretches += [self.text[at : one.start], sign]
            at = one.end
        return "".join((*stretches, self.text[at:end]))

    def verdicts(self) -> list[Clause]:
        """The clauses with stars that their author gives, one each, from left to right."""
        return [clause for clause in self.clauses if self._is_verdict(clause)]

    def _is_verdict(self, clause: Clause) -> bool:
        """Whether all words of a clause leave its only stars as they are, and a bare number in it is no other."""
        if len(clause.stars) != 1 or len(clause.films) > 1:
            return False
        words = self.words(clause.start, clause.end, by_name=False)
        if not is_harmless(words) or not (clause.stars[0].is_unmistakable or _is_plainly_stars(words)):
            return False
        stretch = self.sentences[clause.sentence][0], clause.start
        before = self.words(*stretch, by_name=False)
        is_labelled = before.rstrip()[-1:] in (*":|-–—/",)
        if is_labelled and (not is_harmless(before) or names_somebody(self.words(*stretch))):
            return False  # `Top Gun: Maverick 4`, `the hotel: 4 stars`, `my dad: 4 stars`
        return not needs_a_subject(words) or is_author_s(before)

    def is_beyond_doubt(self, film: Mention) -> bool:
        """Whether all words around a film's name in its clause are such as one rates with: `finally saw heat`."""
        return any(
            film in one.films and is_harmless(self.words(one.start, one.end, by_name=False)) for one in self.clauses
        )

    def is_sure(self, verdicts: list[Clause]) -> bool:
        """Whether nothing around the verdicts may turn them round."""
        text = self.words(0, len(self.text))
        own = {clause.sentence for clause in verdicts}
        of_stars = [self.words(*self.sentences[number]) for number in own]
        later = [self.words(*self.sentences[number]) for number in range(min(own) + 1, len(self.sentences))]
        behind = [
            self.words(other.start, other.end)
            for one, other in pairwise(self.clauses)
            if one in verdicts and one.sentence == other.sentence
        ]
        return not (
            is_in_doubt(text)
            or is_in_doubt(self.words(0, len(self.text), by_name=False))
            or speaks_of_others(text)
            or any(map(is_conditional, of_stars))
            or any(map(is_question, (*of_stars, *later)))
            or any(map(is_reservation, behind))
        )


def is_at_a_time(words: str) -> bool:
    """Whether stars stand where a time would."""
    return _AT_A_TIME.search(words) is not None and _LANDING.search(words) is None


def _is_plainly_stars(words: str) -> bool:
    """Whether a bare number is no time, no age and no part of a series."""
    if _OF_AUTHOR.search(words) or _COUNTING.search(words):
        return False
    return not (_AT_A_TIME.search(words) or _WATCHING.search(words)) or _LANDING.search(words) is not None
