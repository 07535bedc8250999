"""The README's table of commands, made of what the commands declare: `python -m tests.bot.readme` writes it anew."""

import re
from pathlib import Path
from unittest.mock import MagicMock

from bot.help.cog import declared_commands
from bot.help.replies import CommandHelp
from bot.wiring import cogs

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- commands -->\n", "<!-- /commands -->\n"


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


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")
