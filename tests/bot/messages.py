"""`make messages`: each folder's `de.po` gets what is said there and loses what is not any more; ARGS names folders."""

import ast
import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from discord import app_commands
from discord.ext import commands

import bot
from tests.bot.unsaid import unsaid_in

BOT = Path(bot.__file__).parent
SAID_BY = {"gettext": 1, "gettext_noop": 1, "ngettext": 2, "pgettext": 2}
"""How many texts each takes first."""
WIDTH = 120


def folders() -> list[Path]:
    """Those of the bot that hold code, the bot's own first."""
    return sorted({path.parent for path in BOT.rglob("*.py")})


def said_in(folder: Path) -> Catalog:
    """What the code of a folder says, and what its commands declare; the texts alone."""
    catalogue = Catalog(locale="de")
    for path in sorted(folder.glob("*.py")):
        name = path.relative_to(BOT.parent).as_posix()
        for said_by, texts in _said(ast.parse(path.read_text(encoding="utf-8"))):
            is_about = said_by == "pgettext"
            message = texts if said_by == "ngettext" else texts[-1]
            catalogue.add(message, locations=[(name, 0)], context=texts[0] if is_about else None)
        if path.stem.endswith("cog"):
            for text in declared_in(f"bot.{'.'.join(path.relative_to(BOT).with_suffix('').parts)}"):
                catalogue.add(text, locations=[(name, 0)])
    return catalogue


def _said(tree: ast.AST) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Within f-strings too, where Babel's own search does not look before Python 3.12."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    for node in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        if isinstance(node.func, ast.Name) and (taken := SAID_BY.get(node.func.id)):
            texts = [one.value for one in node.args[:taken] if isinstance(one, ast.Constant)]
            if len(texts) == taken:
                yield node.func.id, tuple(map(str, texts))


def declared_in(module: str) -> Iterator[str]:
    """What Discord shows of the commands in a module: descriptions of them, of their options and choices."""
    code = import_module(module)
    for _, cog in inspect.getmembers(code, inspect.isclass):
        if cog.__module__ != module or not issubclass(cog, commands.Cog):
            continue
        if cog.__cog_description__:
            yield cog.__cog_description__
        for declared in [*cog.__cog_commands__, *cog.__cog_app_commands__]:
            yield from _texts_of(declared)


def _texts_of(declared: Any) -> Iterator[str]:
    if isinstance(declared, commands.Command) and declared.short_doc and not declared.hidden:
        yield declared.short_doc
    shown = getattr(declared, "app_command", declared)
    if isinstance(shown, app_commands.Command | app_commands.Group) and shown.description != "…":
        yield shown.description
    for option in shown.parameters if isinstance(shown, app_commands.Command) else ():
        if option.description != "…":
            yield str(option.description)
        yield from (str(choice.name) for choice in option.choices)
    for inner in shown.commands if isinstance(shown, app_commands.Group) else ():
        yield from _texts_of(inner)


def kept_in(folder: Path) -> Catalog:
    """What stands in a folder's `de.po`; nothing where there is none."""
    path = folder / "de.po"
    if not path.exists():
        return Catalog(locale="de")
    with path.open("rb") as file:
        return read_po(file, locale="de")


def main(names: list[str]) -> None:
    for folder in (one for one in folders() if not names or one.relative_to(BOT.parent).as_posix() in names):
        said, kept = said_in(folder), kept_in(folder)
        kept.update(said, no_fuzzy_matching=True)
        kept.obsolete.clear()
        path = folder / "de.po"
        if len(kept):
            with path.open("wb") as file:
                write_po(file, kept, width=WIDTH, omit_header=True, include_lineno=False, ignore_obsolete=True)
        elif path.exists():
            path.unlink()
        if missing := sum(not all(forms(message.string)) for message in kept if message.id):
            print(f"{path.relative_to(BOT.parent)}: {missing} of {len(kept)} have no German yet")
        if names:
            for code in sorted(folder.glob("*.py")):
                for line, text in unsaid_in(code):
                    print(f"{code.relative_to(BOT.parent)}:{line} may be read by people: {text!r}")


def forms(said: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """One of a message, two of one that counts."""
    return (said or "",) if said is None or isinstance(said, str) else tuple(said)


if __name__ == "__main__":
    main(sys.argv[1:])
