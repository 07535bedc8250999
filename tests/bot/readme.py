"""What the README has from the bot: `python -m tests.bot.readme` writes the table of commands anew, and with
`conversation` what `marquee demo` answers, with ml-latest-small, to the lines of the conversation.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import MagicMock

from bot.help.cog import declared_commands
from bot.help.replies import CommandHelp
from bot.wiring import cogs

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- commands -->\n", "<!-- /commands -->\n"

CONVERSATION = re.compile(r"(?<=^```\n)(?=@?\w+: ).*?(?=^```$)", re.DOTALL | re.MULTILINE)
WIDTH = 100
"""Of the terminal that a conversation is shown in."""
_TURNS = re.compile(r"\n+(?=@?\w+: [!/@])")
_OFFERED = re.compile(r"(?<= ▾ \]).*(?:\n(?!\[).+)*")


def table() -> str:
    made = {cog.qualified_name: cog for cog in cogs(MagicMock(), MagicMock())}
    lines = ["| command (as `/command` too) | what it does |", "|---|---|"]
    lines += [_row(one) for one in declared_commands(MagicMock(cogs=made))]
    return "\n".join(lines) + "\n"


def _row(command: CommandHelp) -> str:
    written = ", ".join(f"`!{example}`" for example in command.examples)
    others = f" ({', '.join(f'`!{alias}`' for alias in command.aliases)})" if command.aliases else ""
    return f"| {written}{others} | {command.summary.rstrip('.')} |"


def with_table(readme: str) -> str:
    return re.sub(f"{BEGIN}.*?{END}", lambda _: BEGIN + table() + END, readme, flags=re.DOTALL)


def turns(conversation: str) -> dict[str, str]:
    """What was answered, by the line it was said to."""
    said = (turn.partition("\n") for turn in _TURNS.split(conversation.strip()))
    return {line: answer for line, _, answer in said}


def as_shown(said: str) -> str:
    """What a demo has printed, without what its selects offer."""
    return "\n".join(line.rstrip() for line in _OFFERED.sub("", said).strip().splitlines()) + "\n"


def played(conversation: str) -> str:
    """The conversation as the demo holds it now."""
    demo = (sys.executable, "-m", "bot", "demo", "--script", "-")
    surroundings = os.environ | {"COLUMNS": str(WIDTH)}
    run = subprocess.run(
        demo, input="\n".join(turns(conversation)), env=surroundings, stdout=subprocess.PIPE, text=True, check=True
    )
    return as_shown(run.stdout)


if __name__ == "__main__":
    text = with_table(README.read_text("utf-8"))
    if sys.argv[1:] == ["conversation"]:
        text = CONVERSATION.sub(lambda match: played(match[0]), text)
    README.write_text(text, "utf-8")
