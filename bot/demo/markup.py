"""Discord's Markdown as styled text for a terminal: what a person would see, not what was typed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from rich.text import Text

_ESCAPE = r"\\(?P<escaped>[^\w\s]|_)"
_INLINE = re.compile(
    "|".join(
        (
            _ESCAPE,
            r"```(?:\w*\n)?(?P<block>.+?)```",
            r"`(?P<code>[^`\n]+)`",
            r"\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*(?!\*)",
            r"__(?P<underline>(?:\\.|[^\\])+?)__",
            r"~~(?P<strike>(?:\\.|[^\\])+?)~~",
            r"\|\|(?P<spoiler>(?:\\.|[^\\])+?)\|\|",
            r"\*(?=\S)(?P<italic>(?:\\.|[^\\*])+?)(?<=\S)\*",
            r"(?<!\w)_(?=\S)(?P<slanted>(?:\\.|[^\\_])+?)(?<=\S)_(?!\w)",
            r"\[(?P<label>(?:\\.|[^\\\]])+)\]\(<?(?P<url>https?://[^\s)>]+)>?\)",
            r"<(?P<mention>[@#]!?\d+)>",
        )
    ),
    re.DOTALL,
)
_STYLES = {
    "bold": "bold",
    "underline": "underline",
    "strike": "strike",
    "spoiler": "on grey30",
    "italic": "italic",
    "slanted": "italic",
}
_LINES = (
    (re.compile(r"#{1,3} (.*)"), "bold", ""),
    (re.compile(r"-# (.*)"), "dim", ""),
    (re.compile(r"> (.*)"), "dim", "▎ "),
    (re.compile(r"[-*] (.*)"), "", "• "),
)

_TIME = re.compile(r"(?<!\\)<t:(\d{1,11})(?::([tTdDfFsSR]))?>")
_COMMAND = re.compile(r"(?<!\\)</([a-z ]{1,98}):\d{1,20}>")
_CONTROL = dict.fromkeys([*range(9), *range(11, 32), 127])

NameOf = Callable[[int], str]
"""A person's name by their id."""


def render(markdown: str, name_of: NameOf = str) -> Text:
    """Styled text of a message, without anything that would control the terminal."""
    text = Text()
    for number, line in enumerate(_lines(as_read(markdown).translate(_CONTROL))):
        if number:
            text.append("\n")
        for pattern, style, mark in _LINES:
            if (match := pattern.fullmatch(line)) is not None:
                text.append(mark, style)
                text.append_text(_stylized(match[1], style, name_of))
                break
        else:
            text.append_text(_inline(line, name_of))
    return text


def as_read(markdown: str) -> str:
    """With what Discord shows for links to commands and, to somebody in UTC, for time stamps: `24 Nov 2026 13:42`."""
    return _TIME.sub(_date, _COMMAND.sub(r"/\1", markdown))


def _date(stamp: re.Match[str]) -> str:
    at = datetime.fromtimestamp(int(stamp[1]), UTC)
    return f"{at.day} {at:%b %Y}" + ("" if stamp[2] in ("d", "D") else f" {at:%H:%M}")


def _lines(markdown: str) -> list[str]:
    """Lines, where a code block is a part of one."""
    lines: list[str] = []
    for line in markdown.split("\n"):
        if lines and lines[-1].count("```") % 2:
            lines[-1] += "\n" + line
        else:
            lines.append(line)
    return lines


def _stylized(markdown: str, style: str, name_of: NameOf) -> Text:
    text = _inline(markdown, name_of)
    if style:
        text.stylize(style)
    return text


def _inline(markdown: str, name_of: NameOf) -> Text:
    text, end = Text(), 0
    for match in _INLINE.finditer(markdown):
        text.append(markdown[end : match.start()])
        text.append_text(_span(match, name_of))
        end = match.end()
    text.append(markdown[end:])
    return text


def _span(match: re.Match[str], name_of: NameOf) -> Text:
    kind = match.lastgroup or ""
    match kind:
        case "escaped":
            return Text(match["escaped"])
        case "block" | "code":
            return Text(match[kind].strip("\n"), "cyan")
        case "url":
            return _stylized(match["label"], "underline", name_of).append(f" ({match['url']})", "dim")
        case "mention":
            sign, discord_id = match["mention"][0], match["mention"].lstrip("@#!")
            return Text(sign + name_of(int(discord_id)), "bold blue")
        case _:
            return _stylized(match[kind], _STYLES[kind], name_of)
