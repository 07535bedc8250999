"""What people felt about a film: `I hated Cats`, `Heat 👍`, `loved it`. It is no rating, but tells which to ask for."""

import re
from dataclasses import dataclass

from bot.movies.pronouns import is_pronoun
from bot.ratings.deutsch import felt_in_german
from bot.ratings.lines import LONGEST_LINE

_VERBS = {"love": 5.0, "adore": 5.0, "like": 4.0, "enjoy": 4.0, "dislike": 2.0, "hate": 1.0, "loathe": 1.0}
_NOT = 2.0
"""Stars of what somebody did not like."""
_SIGNS = {"👍": 4.0, "👎": 1.0, "❤": 5.0}
_WORDS = {
    5.0: "amazing awesome brilliant fantastic excellent perfect incredible wonderful masterpiece",
    4.5: "great",
    4.0: "good fun nice",
    3.0: "ok okay fine alright",
    2.0: "meh bad boring dull disappointing forgettable",
    1.0: "awful terrible horrible crap rubbish trash garbage",
}
_OPEN = (
    "overrated underrated overhyped underappreciated beautiful gorgeous funny hilarious sad scary weird strange odd"
    " long slow interesting intense better worse"
)
"""Says what somebody felt, and not how many stars that comes to; so does what is not said."""
_DID = {"rocks": 5.0, "rocked": 5.0, "rules": 5.0, "ruled": 5.0, "sucks": 1.0, "sucked": 1.0}
_STARS_OF = {word: stars for stars, words in _WORDS.items() for word in words.split()} | _DID

_SO = (
    r"(?:(?:really|so|absolutely|totally|just|quite|pretty|very|kinda|also|actually|way|too|much|extremely|truly|such|"
    r"kind of|sort of|a bit|a little|an?)\s+)*"
)
_I_THINK = r"(?:(?:honestly|imo)[, ]+)?(?:i\s+(?:think|thought|feel|felt)\s+(?:that\s+)?)?"
_VERB = rf"(?P<verb>{'|'.join(_VERBS)})"
_FELT = re.compile(
    rf"(?:(?P<who>i)\s+)?{_SO}(?P<negation>(?:did|do)(?:n['’]?t| not)\s+{_SO})?{_VERB}(?P<past>d|ed)?\s+(?P<title>.+?)"
    r"(?:\s+(?:a lot|so much|very much|too|though|as well))?",
    re.IGNORECASE,
)
_WORD = "|".join((*(_STARS_OF.keys() - _DID.keys()), *_OPEN.split()))
_BE = rf"(?:is|was)(?P<not>n['’]?t|\s+not)?\s+{_SO}(?:{_WORD})(?:\s+(?:film|movie|than\s+i\s+expected))?"
_SAID = re.compile(rf"{_I_THINK}(?P<title>.+?)\s+(?P<said>{_BE}|(?:{'|'.join(_DID)}))", re.IGNORECASE)
_FOUND = re.compile(rf"i\s+found\s+(?P<title>.+?)\s+(?P<said>{_SO}(?:{_WORD}))", re.IGNORECASE)
_SIGN = re.compile(f"[{''.join(_SIGNS)}]")
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_SEEN = re.compile(r"(?:i(?:['’]?ve| have)?\s+)?(?:already\s+)?(?:seen|saw|watched)\s+(?P<title>.+)", re.IGNORECASE)


_MINE = r"(?:my|mein)(?: all[- ]time)? (?:favou?rite (?:film|movie)|lieblingsfilm)(?: ever| of all time)?"
_FAVOURITE = re.compile(rf"{_MINE} (?:is|ist) (?P<title>.+?)|(?P<film>.+?) (?:is|ist) {_MINE}", re.IGNORECASE)
_EVER = r"(?: (?:ever|of all time|ever made|aller zeiten|i(?:['’]ve| have)? (?:ever )?seen))"
_OF_ALL = re.compile(
    r"(?P<title>.+?) (?:is|was|ist|war) (?:easily |simply |by far |einfach )*(?:the|der)"
    rf" (?:(?P<best>best|greatest|beste)|worst|schlechteste) (?:film|movie){_EVER}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Feeling:
    """A film, empty where it is the one spoken of, and the stars that would say as much; None where nobody can tell.

    `is_past`: it was said of a film somebody has watched, and not of what they like, as in `I love westerns`.
    """

    title: str
    stars: float | None
    is_past: bool = True


def feeling(line: str) -> Feeling | None:
    """What a line says of a film, by words or signs; None where it says nothing of the kind."""
    if len(line) > LONGEST_LINE:
        return None
    text = _SKIN.sub("", line).strip(" .!…")
    if signs := set(_SIGN.findall(text)):
        return Feeling(_named(_SIGN.sub("", text)), _SIGNS[signs.pop()]) if len(signs) == 1 else None
    if felt := _FELT.fullmatch(text):
        is_past = felt["past"] is not None or felt["negation"] is not None
        stars = _VERBS[felt["verb"].lower()] if felt["negation"] is None else _NOT
        return Feeling(_named(felt["title"]), stars, is_past) if is_past or felt["who"] else None
    if said := _FOUND.fullmatch(text) or _SAID.fullmatch(text):
        told = (_STARS_OF[word] for word in said["said"].lower().split() if word in _STARS_OF)
        return Feeling(_named(said["title"]), None if said.groupdict().get("not") else next(told, None))
    if favourite := _FAVOURITE.fullmatch(text):
        return Feeling(_named(favourite["title"] or favourite["film"]), 5.0)
    if of_all := _OF_ALL.fullmatch(text):
        return Feeling(_named(of_all["title"]), 5.0 if of_all["best"] else 1.0)
    if seen := _SEEN.fullmatch(text):
        return Feeling(_named(seen["title"]), None)
    german = felt_in_german(text)
    return None if german is None else Feeling(*german)


def _named(title: str) -> str:
    """Nothing for `it`."""
    title = title.strip(" :-–—")
    return "" if is_pronoun(title) else title
