r"""The language of demo scripts: one line of text is one thing somebody does. Nothing here touches Discord.

    # a comment
    alice: !rate Heat 4.5           somebody says something; without a name it is `you`; @bob is a mention
    @admin: !retrain                the operator speaks
    alice: /click Undo              alice: /select "LABEL" "OPTION"     alice: /submit "FIELD"="VALUE"
    alice: /slash recommend genre=Drama          alice: /autocomplete rate movie toy st
    alice: /dm TEXT                 alice: /attach FILE TEXT            alice: /menu "NAME" TARGET
    /wait retrain                   /advance 10m                        /restart

`\n` in what somebody says is a line break. A name is a speaker only as one bare word before the first `: `.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from bot.settings import parse_duration

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
class Wait(Line):
    """Wait for the running training to end."""


@dataclass(frozen=True, slots=True)
class Advance(Line):
    duration: timedelta


@dataclass(frozen=True, slots=True)
class Restart(Line):
    """The bot ends and starts again over the same files; the messages stay."""


Head = tuple[int, str, str]
"""What every line begins with: number, source and speaker."""


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
    verb, _, arguments = rest[1:].partition(" ")
    step = _STEPS.get(verb.lower())
    if step is None:
        raise _Malformed(f"no step /{verb} (a slash command is written: /slash {verb or 'help'})")
    return step(head, arguments.strip())


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


def _needed(text: str, usage: str) -> str:
    if not text:
        raise _Malformed(f"expected {usage}")
    return text


def _unquote(token: str) -> str:
    return _QUOTED.sub(lambda match: re.sub(r"\\(.)", r"\1", match[1]), token)


def _tokens(text: str) -> list[str]:
    """Split at blanks outside of double quotes; quotes stay, so that `"a=b"` is no option."""
    if _QUOTED.sub("", text).count('"'):
        raise _Malformed('a " has no end')
    return _TOKEN.findall(text)


def _direct(head: Head, text: str) -> Line:
    return DirectMessage(*head, _unescape_breaks(_needed(text, "/dm TEXT")))


def _attach(head: Head, text: str) -> Line:
    match = _TOKEN.match(_needed(text, "/attach FILE TEXT"))
    if match is None:
        raise _Malformed('a " has no end')
    return Attach(*head, _unquote(match[0]), _unescape_breaks(text[match.end() :].strip()))


def _click(head: Head, text: str) -> Line:
    return Click(*head, _unquote(_needed(text, "/click LABEL")))


def _select(head: Head, text: str) -> Line:
    label, *options = [_unquote(token) for token in _tokens(text)] or [""]
    if not options:
        raise _Malformed('expected /select "LABEL" "OPTION"')
    return Select(*head, label, tuple(options))


def _submit(head: Head, text: str) -> Line:
    matches = [_FIELD.fullmatch(token) for token in _tokens(text)]
    fields = tuple((_unquote(match["name"]), _unquote(match["value"])) for match in matches if match is not None)
    if not matches or len(fields) < len(matches):
        raise _Malformed('expected /submit "FIELD"="VALUE"')
    return Submit(*head, fields)


def _slash(head: Head, text: str) -> Line:
    tokens = _tokens(text)
    words = list(takewhile(lambda token: not _OPTION.fullmatch(token), tokens))
    if not words:
        raise _Malformed("expected /slash COMMAND option=value")
    options: list[tuple[str, str]] = []
    for token in tokens[len(words) :]:
        match = _OPTION.fullmatch(token)
        if match is not None:
            options.append((match["name"], _unquote(match["value"])))
        else:  # `movie=Toy Story stars=5` needs no quotes
            name, value = options.pop()
            options.append((name, f"{value} {_unquote(token)}"))
    return Slash(*head, " ".join(_unquote(word) for word in words), tuple(options))


def _autocomplete(head: Head, text: str) -> Line:
    words = tuple(_unquote(token) for token in _tokens(text))
    if len(words) < 2:
        raise _Malformed("expected /autocomplete COMMAND OPTION TYPED")
    return Autocomplete(*head, words)


def _menu(head: Head, text: str) -> Line:
    tokens = _tokens(text)
    if len(tokens) < 2:
        raise _Malformed('expected /menu "NAME" TARGET')
    return Menu(*head, _unquote(tokens[0]), " ".join(_unquote(token) for token in tokens[1:]))


def _wait(head: Head, text: str) -> Line:
    if text.lower() != "retrain":
        raise _Malformed("expected /wait retrain")
    return Wait(*head)


def _advance(head: Head, text: str) -> Line:
    try:
        duration = parse_duration(text)
    except (ValueError, OverflowError):
        raise _Malformed("expected /advance and a duration such as 10m or 6h") from None
    if duration > LONGEST_ADVANCE:
        raise _Malformed(f"expected /advance and at most {LONGEST_ADVANCE.days} days")
    return Advance(*head, duration)


def _restart(head: Head, text: str) -> Line:
    if text:
        raise _Malformed("expected /restart alone")
    return Restart(*head)


_STEPS: dict[str, Callable[[Head, str], Line]] = {
    "dm": _direct,
    "attach": _attach,
    "click": _click,
    "select": _select,
    "submit": _submit,
    "slash": _slash,
    "autocomplete": _autocomplete,
    "menu": _menu,
    "wait": _wait,
    "advance": _advance,
    "restart": _restart,
}
