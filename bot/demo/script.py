r"""The language of demo scripts: one line of text is one thing somebody does. Nothing here talks to Discord.

    # a comment
    alice: !rate Heat 4.5           somebody says something; without a name it is `you`; @bob is a mention
    @admin: !retrain                the operator speaks
    alice: /click Undo              alice: /select "LABEL" "OPTION"     alice: /submit "FIELD"="VALUE"
    alice: /slash recommend genre=Drama          alice: /autocomplete rate movie toy st
    alice: /dm TEXT                 alice: /attach FILE TEXT            alice: /menu "NAME" TARGET
    alice: /vote "OPTION"           alice: /interested                  alice: /voice join
    alice: /voice leave             alice: /locale de
    /wait retrain                   /advance 10m                        /restart

A vote goes to the newest poll, interest to the newest event; there is one voice channel. A locale is the language of
what somebody presses and uses slash commands in, from there on.
`\n` in what somebody says is a line break. A name is a speaker only as one bare word before the first `: `.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import Literal, TypeVar

from discord import Locale

from bot.settings import parse_duration

T = TypeVar("T")

DEFAULT_SPEAKER = "you"
OPERATOR = "admin"
LONGEST_ADVANCE = timedelta(days=366)

_SPEAKER = re.compile(r"(?P<at>@?)(?P<name>[A-Za-z0-9_.-]{1,32}):\s+(?P<rest>.*)", re.DOTALL)
_SILENT_SPEAKER = re.compile(r"@?[A-Za-z0-9_.-]{1,32}:")
_TOKEN = re.compile(r'(?:"(?:\\.|[^"\\])*"|[^\s"])+')
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')
_OPTION = re.compile(r"(?P<name>[\w-]+)=(?P<value>.*)", re.DOTALL)
_FIELD = re.compile(r'(?P<name>"(?:\\.|[^"\\])*"|[^"=]+)=(?P<value>.*)', re.DOTALL)


class ScriptError(Exception):
    """A line that cannot be read, or that nobody could do; `line_number` counts from 1."""

    def __init__(self, line_number: int, text: str, reason: str) -> None:
        super().__init__(f"line {line_number}: {reason}: {text}")
        self.line_number = line_number
        self.text = text
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Line:
    """What all lines have: where they stand, what was written, and who does it."""

    number: int
    source: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Say(Line):
    text: str


@dataclass(frozen=True, slots=True)
class DirectMessage(Line):
    text: str


@dataclass(frozen=True, slots=True)
class Attach(Line):
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Click(Line):
    label: str


@dataclass(frozen=True, slots=True)
class Select(Line):
    label: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Submit(Line):
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Slash(Line):
    """`command` may have several words: group and subcommand."""

    command: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Autocomplete(Line):
    """Words of the command, the option, and what is typed so far; only the commands tell them apart."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Menu(Line):
    name: str
    target: str


@dataclass(frozen=True, slots=True)
class Vote(Line):
    """In the newest poll."""

    option: str


@dataclass(frozen=True, slots=True)
class Interested(Line):
    """In the newest event of the server."""


@dataclass(frozen=True, slots=True)
class Voice(Line):
    """Into the voice channel, or out of it."""

    joins: bool


@dataclass(frozen=True, slots=True)
class Speak(Line):
    """From here on their Discord is in this language, as Discord writes it."""

    locale: Locale


@dataclass(frozen=True, slots=True)
class Wait(Line):
    """Wait for the running training to end."""


@dataclass(frozen=True, slots=True)
class Advance(Line):
    duration: timedelta


@dataclass(frozen=True, slots=True)
class Restart(Line):
    """The bot ends and starts again over the same files; the messages stay."""


class _Malformed(Exception):  # noqa: N818 - it never leaves this module
    """Why a line cannot be read; `parse_line` adds where it stands."""


def parse_script(lines: Iterable[str]) -> tuple[Line, ...]:
    """Read a whole script; raises ScriptError at the first line that cannot be read."""
    parsed = (parse_line(text, number) for number, text in enumerate(lines, start=1))
    return tuple(line for line in parsed if line is not None)


def parse_line(text: str, number: int) -> Line | None:
    """Read one line; None for a blank or a comment. Raises ScriptError."""
    source = text.strip()
    if not source or source.startswith("#"):
        return None
    try:
        return _parse(source, number)
    except _Malformed as error:
        raise ScriptError(number, source, str(error)) from None


def _parse(source: str, number: int) -> Line:
    speaker, rest = _split_speaker(source)
    head = (number, source, speaker)
    if not rest.startswith("/"):
        return Say(*head, _unescape_breaks(rest))
    verb, _, text = rest[1:].partition(" ")
    text = text.strip()
    match verb.lower():
        case "dm":
            return DirectMessage(*head, _unescape_breaks(_needed(text, "/dm TEXT")))
        case "attach":
            file = _TOKEN.match(_needed(text, "/attach FILE TEXT"))
            if file is None:
                raise _Malformed('a " has no end')
            return Attach(*head, _unquote(file[0]), _unescape_breaks(text[file.end() :].strip()))
        case "click":
            return Click(*head, _unquote(_needed(text, "/click LABEL")))
        case "select":
            label, *options = [_unquote(token) for token in _tokens(text)] or [""]
            return Select(*head, label, tuple(_needed(options, '/select "LABEL" "OPTION"')))
        case "submit":
            fields = [_FIELD.fullmatch(token) for token in _tokens(text)]
            given = [(_unquote(field["name"]), _unquote(field["value"])) for field in fields if field is not None]
            return Submit(*head, tuple(_needed(len(given) == len(fields) and given, '/submit "FIELD"="VALUE"')))
        case "slash":
            return _slash(head, _tokens(text))
        case "autocomplete":
            words = tuple(_unquote(token) for token in _tokens(text))
            return Autocomplete(*head, _needed(len(words) > 1 and words, "/autocomplete COMMAND OPTION TYPED"))
        case "menu":
            name, *target = [_unquote(token) for token in _tokens(text)] or [""]
            return Menu(*head, name, " ".join(_needed(target, '/menu "NAME" TARGET')))
        case "vote":
            return Vote(*head, _unquote(_needed(text, '/vote "OPTION"')))
        case "interested":
            _needed(not text, "/interested alone")
            return Interested(*head)
        case "voice":
            _needed(text.lower() in ("join", "leave"), "/voice join or /voice leave")
            return Voice(*head, text.lower() == "join")
        case "locale":
            return Speak(*head, _locale(text))
        case "wait":
            _needed(text.lower() == "retrain", "/wait retrain")
            return Wait(*head)
        case "advance":
            return Advance(*head, _duration(text))
        case "restart":
            _needed(not text, "/restart alone")
            return Restart(*head)
    raise _Malformed(f"no step /{verb} (a slash command is written: /slash {verb or 'help'})")


def _split_speaker(source: str) -> tuple[str, str]:
    match = _SPEAKER.fullmatch(source)
    if match is None:
        if _SILENT_SPEAKER.fullmatch(source):
            raise _Malformed("nothing is said")
        return DEFAULT_SPEAKER, source
    if match["at"] and match["name"] != OPERATOR:
        raise _Malformed(f"@{match['name']} is no operator; the operator is @{OPERATOR}")
    return match["name"], match["rest"].strip()


def _unescape_breaks(text: str) -> str:
    return text.replace("\\n", "\n")


def _needed(found: T | Literal[False], usage: str) -> T:
    """What was found, where it is something."""
    if not found:
        raise _Malformed(f"expected {usage}")
    return found


def _unquote(token: str) -> str:
    return _QUOTED.sub(lambda match: re.sub(r"\\(.)", r"\1", match[1]), token)


def _tokens(text: str) -> list[str]:
    """Split at blanks outside of double quotes; quotes stay, so that `"a=b"` is no option."""
    if _QUOTED.sub("", text).count('"'):
        raise _Malformed('a " has no end')
    return _TOKEN.findall(text)


def _slash(head: tuple[int, str, str], tokens: list[str]) -> Slash:
    words = list(takewhile(lambda token: not _OPTION.fullmatch(token), tokens))
    options: list[tuple[str, str]] = []
    for token in tokens[len(_needed(words, "/slash COMMAND option=value")) :]:
        match = _OPTION.fullmatch(token)
        if match is not None:
            options.append((match["name"], _unquote(match["value"])))
        else:  # `movie=Toy Story stars=5` needs no quotes
            name, value = options.pop()
            options.append((name, f"{value} {_unquote(token)}"))
    return Slash(*head, " ".join(_unquote(word) for word in words), tuple(options))


def _locale(text: str) -> Locale:
    try:
        return Locale(text)
    except ValueError:
        raise _Malformed("expected /locale and a language as Discord writes it, such as de or en-US") from None


def _duration(text: str) -> timedelta:
    try:
        duration = parse_duration(text)
    except (ValueError, OverflowError):
        raise _Malformed("expected /advance and a duration such as 10m or 6h") from None
    if duration > LONGEST_ADVANCE:
        raise _Malformed(f"expected /advance and at most {LONGEST_ADVANCE.days} days")
    return duration
