"""What a group's list is asked to hold: the filters of `recommend`, and what is for groups alone."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any, Self

from bot.errors import UserError
from bot.lists.filter_words import FilterWords, UnknownFilterError
from bot.lists.filters import PLAIN, Filters
from bot.movienight.times import day_among, is_today, time_among
from recommender.groups import DEFAULT, STRATEGIES, Strategy

_REWATCH = frozenset({"rewatch", "rewatches", "again"})
_STRATEGIES: dict[str, Strategy] = {
    "fair": "fairness",
    "fairness": "fairness",
    "average": "average",
    "no-misery": "average_without_misery",
    "without-misery": "average_without_misery",
    "least-misery": "least_misery",
}
_MENTION = re.compile(r"<@!?(\d{1,19})>")
_NIGHT = re.compile(
    r"(?:(?:let['’]?s|can we|we|have|plan|make|do|an?|lass(?:t)? uns|wir|machen|mach|planen|plan|einen?)\s+)*"
    r"(?:(?:movie|film)[\s-]?night|film(?:abend|nacht))\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WITH = re.compile(
    r"(?:\b(?:with|and|for|me|us|mit|und|für|mich|mir|uns)\b[\s,]*)*(<@!?\d{1,19}>)[\s,]*"
    r"(?:(?:and|und) (?:i|me|ich|mich|mir)\b)?",
    re.IGNORECASE,
)
_ME = re.compile(
    r"(?:\b(?:with|and|for|mit|und|für)\s+)*\b(?:me|us|mich|mir|uns)\b(?:[\s,]*\b(?:and|with|und|mit)\b)*",
    re.IGNORECASE,
)
"""Who asks is counted in anyway, and of a clause about oneself no word is called unknown: `me and bob`."""
_BEGINNING = re.compile(r"\s*(?:[,:.!?]|\d+ (?:film|movie)|(?:with|for|mit|für)\b|$)", re.IGNORECASE)
_LEFT_OUT = "no|not|without|but|except|minus|nicht|ohne|außer|kein|keine"
_BESIDE = re.compile(
    r"<@!?\d{1,19}>(?:\s*[,&]\s*|\s+(?:and|und)\s+)([\w.]{2,32})(?=\s*(?:[,&]|$|and\b|und\b))"
    r"|(?:^|\b(?:with|mit|for|für|and|und)\s+)([\w.]{2,32})(?:\s*[,&]\s*|\s+(?:and|und)\s+)<@",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(\d{1,3})\s?%")


@dataclass(eq=False)
class UnknownWishError(UserError):
    """A word that is neither a wish nor a mention: a name, perhaps."""

    word: str


@dataclass(eq=False)
class NotForGroupsError(UserError):
    """A wish of `recommend` that a group's list cannot have."""


@dataclass(eq=False)
class ShareError(UserError):
    """No share of people that could decide anything."""

    given: int


@dataclass(frozen=True, slots=True)
class Wishes:
    """`share` of all who swipe have to like a film. With `rewatch` a film may be one that somebody has rated.

    `at` is when the film is to be watched, in epoch seconds, where that was said beforehand; `day` is the day, as it
    was said, where that had no hour.
    """

    filters: Filters = PLAIN
    rewatch: bool = False
    strategy: Strategy = DEFAULT
    share: float = 1.0
    at: int | None = None
    day: str = ""

    def to_json(self) -> str:
        return json.dumps(
            {
                "filters": self.filters.to_json(),
                "rewatch": self.rewatch,
                "strategy": self.strategy,
                "share": self.share,
                **({} if self.at is None else {"at": self.at}),
                **({"day": self.day} if self.day else {}),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote; a strategy of another version becomes the default."""
        asked: dict[str, Any] = json.loads(text)
        strategy: Strategy = asked["strategy"] if asked["strategy"] in STRATEGIES else DEFAULT
        filters, at, day = Filters.from_json(asked["filters"]), asked.get("at"), asked.get("day", "")
        return cls(filters, asked["rewatch"], strategy, asked["share"], at, day)


def mentioned_in(text: str) -> tuple[int, ...]:
    """The people who are mentioned, in order."""
    return tuple(dict.fromkeys(int(found) for found in _MENTION.findall(text)))


def said(words: FilterWords, text: str) -> str | None:
    """What `movie night with @bob and @cy, something funny` says behind the command; None where it is no such thing.

    What asks for films otherwise is meant for all who are mentioned: `what should we watch with @bob?`
    """
    is_mentioned = bool(mentioned_in(text))
    if (match := _NIGHT.fullmatch(text.strip())) is not None and (is_mentioned or _is_of_evening(match["rest"])):
        return _WITH.sub(r" \1 ", match["rest"]).strip(" ,:.!?")
    if not is_mentioned:
        return None
    try:
        is_wish = words.read(_WITH.sub(" ", text)).is_wish
    except UserError:
        is_wish = True
    return _WITH.sub(r" \1 ", text).strip() if is_wish else None


def _is_of_evening(rest: str) -> bool:
    """Whether it says for whom or what an evening is, or when: not so `movie Night of the Living Dead`."""
    return _BEGINNING.match(rest) is not None or bool(day_among(rest)[0] or time_among(rest)[0])


def timed(words: FilterWords, text: str) -> tuple[str, str]:
    """The time that stands among wishes, as it is said, or the day alone; and the wishes without it.

    A day that is something else there, as in `like Friday the 13th`, stays with them.
    """
    time, rest = time_among(text)
    day, others = day_among(rest)
    if not day or day_among(time)[0] or (not time and is_today(day)) or _has_meaning(words, rest, day, others):
        return time, rest
    return f"{day} {time}".strip(), others


def _has_meaning(words: FilterWords, text: str, day: str, without: str) -> bool:
    """Whether all of a text is understood, with the day in a title or otherwise than without it."""
    try:
        whole = read(words, text)
    except UserError:
        return False
    films = (*whole.filters.like, *whole.filters.without_films)
    if any(day.casefold() in one.label.casefold() for one in films):
        return True
    try:
        return read(words, without) != whole
    except UserError:
        return True


def read(words: FilterWords, text: str) -> Wishes:
    """`@bob horror 90s rewatch fair 60%`; raises the errors of this file, and what filters raise."""
    rest: list[str] = []
    wishes = Wishes()
    share = _SHARE.search(text)
    if share is not None:
        wishes = with_share(wishes, int(share[1]))
    for word in _SHARE.sub(" ", _WITH.sub(" ", text)).split():
        if word.casefold() in _REWATCH:
            wishes = replace(wishes, rewatch=True)
        elif word.casefold() in _STRATEGIES:
            wishes = replace(wishes, strategy=_STRATEGIES[word.casefold()])
        else:
            rest.append(word)
    try:
        filters = words.read_strictly(" ".join(rest))
    except UnknownFilterError as error:
        raise UnknownWishError(error.word) from None
    if (filters.depth, filters.source) != (PLAIN.depth, PLAIN.source):
        raise NotForGroupsError
    rewatch = wishes.rewatch or filters.seen != PLAIN.seen
    filters = replace(filters, seen=PLAIN.seen, with_defaults=True)  # a group's list has nobody's defaults
    return replace(wishes, filters=filters, rewatch=rewatch)


def unknown(words: FilterWords, text: str) -> str:
    """The first words of `bob horror fri 8pm` that are no wish; none where all are, or it cannot be read otherwise."""
    for said_so in (text, _ME.sub(" ", text)):
        try:
            read(words, timed(words, said_so)[1])
        except UnknownWishError as error:
            return error.word
        except UserError:
            return ""
    return ""


def with_mention(text: str, name: str, mention: str) -> str:
    """The text with a member's name mentioned; as it was where they are left out: `not bob`, `bob nicht`."""
    is_left_out = rf"\b(?:{_LEFT_OUT}) {re.escape(name)}(?!\w)|(?<!\w){re.escape(name)} (?:nicht|not)\b"
    if re.search(is_left_out, text, re.IGNORECASE):
        return text
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", mention, text, flags=re.IGNORECASE)


def beside_mentions(text: str) -> tuple[str, ...]:
    """The words that stand in a row with people, and may be names though they are wishes, too: `<@1>, carol`."""
    return tuple(next(filter(None, one.groups())) for one in _BESIDE.finditer(text))


def with_share(wishes: Wishes, percent: int) -> Wishes:
    if not 1 <= percent <= 100:
        raise ShareError(percent)
    return replace(wishes, share=percent / 100)


def merged(asked: Wishes, named: Filters, *, rewatch: bool, percent: int) -> Wishes:
    """What was written in one, and what was given option by option."""
    asked = replace(asked, filters=asked.filters.joined(named), rewatch=asked.rewatch or rewatch)
    return asked if percent == 100 else with_share(asked, percent)
