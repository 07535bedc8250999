"""What people ask of each other's taste: `who has seen Heat`, `how alike are @bob and I`."""

import re
from dataclasses import dataclass

LONGEST = 150
"""Characters; what is longer tells a story."""

_TITLE = r"(?P<title>.+?)"
_SOMEBODY = r"(?P<somebody><@!?\d{1,19}>|@?[\w.]{2,32})"
_OTHER = _SOMEBODY.replace("somebody", "other")
_HERE = r"(?: (?:here|already|yet|before|in this server|hier|schon))*"
_PEOPLE = r"(?:people|others|you all|you guys|every(?:one|body))"
_WANTS = r"(?:wants? to|would (?:like|love) to|wanna|would|might)"
_SAME = r"(?:have|share|like) (?:the same|similar|a) (?:taste|films|movies)"
_MIT = r"(?: (?:gerne?|mit mir|mit uns|heute))*"
_SEEN = r"(?:seen|saw|see|rated|rate|watched|watch)"
_GESEHEN = r"(?:gesehen|geschaut|geguckt|bewertet)"
_ABOUT_FILMS: tuple[tuple[str, str], ...] = (
    ("whorated", rf"who(?: else)?{_HERE}(?:['’]s| has| have)?{_HERE} {_SEEN} {_TITLE}{_HERE}"),
    ("whorated", rf"(?:has|have|did) (?:any|some)(?:one|body)(?: else)?{_HERE} {_SEEN} {_TITLE}{_HERE}"),
    ("whorated", rf"what (?:did|do) {_PEOPLE}{_HERE} (?:give|gave|think (?:of|about)) {_TITLE}{_HERE}"),
    (
        "whowants",
        rf"who(?: else)?{_HERE} {_WANTS} (?:see|watch|like|enjoy) {_TITLE}(?: with (?:me|us)| tonight)*{_HERE}",
    ),
    ("whorated", rf"wer(?: hat)?{_HERE} {_TITLE}{_HERE} {_GESEHEN}(?: hat)?"),
    ("whorated", rf"hat{_HERE} (?:jemand|(?:irgend)?wer){_HERE} {_TITLE}{_HERE} {_GESEHEN}"),
    (
        "whowants",
        rf"wer (?:will|möchte|würde)(?: (?:gerne?|noch|hier))* {_TITLE}{_MIT} (?:sehen|schauen|gucken|mögen)",
    ),
)
_ABOUT_TASTES = (
    rf"how (?:alike|similar|compatible) are (?:{_SOMEBODY} and (?:i|me)|(?:i|me) and {_OTHER})",
    rf"compare (?:me|my taste|my ratings) (?:to|with|and) {_SOMEBODY}",
    rf"(?:do|does) (?:{_SOMEBODY} and i|i and {_OTHER}) {_SAME}",
    rf"is my taste (?:like|similar to) {_SOMEBODY}(?:['’]s)?",
    rf"(?:vergleich(?:e)? (?:mich|meinen geschmack) mit|wie ähnlich (?:bin|ist) (?:ich|mein geschmack)) {_SOMEBODY}",
)
_BEFORE, _AFTER = r"(?:(?:hey|ok|so|and|hi|und) )*", r"[\s.!?…]*"
_FILMS = [(command, re.compile(_BEFORE + pattern + _AFTER, re.IGNORECASE)) for command, pattern in _ABOUT_FILMS]
_TASTES = [re.compile(_BEFORE + one + _AFTER, re.IGNORECASE) for one in _ABOUT_TASTES]


@dataclass(frozen=True, slots=True)
class Saying:
    """A command, and the film or the member it is about."""

    command: str
    title: str = ""
    member: str = ""


def saying(text: str) -> Saying | None:
    """What a message asks of the people here; None where it is nothing of the kind."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return None
    for command, pattern in _FILMS:
        if said := pattern.fullmatch(text):
            return Saying(command, title=said["title"])
    for pattern in _TASTES:
        if said := pattern.fullmatch(text):
            return Saying("match", member=next(filter(None, said.groups())).removeprefix("@"))
    return None
