"""Text in the code of the bot that looks as if people read it, and does not pass `gettext`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SAID_BY = {"gettext", "ngettext", "pgettext", "gettext_noop"}
UNREAD_BY = {"debug", "info", "warning", "error", "exception", "critical", "compile", "match", "fullmatch", "sub"}
"""Methods of logs and patterns."""
DECLARED_BY = {"describe", "hybrid", "hybrid_group", "subcommand", "by_prefix", "by_slash", "action"}
"""Decorators whose texts are messages by themselves, or no text."""
WORDS = re.compile(r"[A-Za-z’']{2,}[,.:;!?]? +[A-Za-z’'{]|^[A-Z][a-z]{2,}[.:!?]?$")


def unsaid_in(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of each; an f-string has `{}` where values go."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from _unsaid(tree)


def _unsaid(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Call) and _name(node.func) in DECLARED_BY:
        return
    if isinstance(node, ast.Call) and _name(node.func) in SAID_BY | UNREAD_BY:
        for one in (*node.args, *(keyword.value for keyword in node.keywords)):
            if not isinstance(one, ast.Constant):
                yield from _unsaid(one)
        return
    if isinstance(node, ast.JoinedStr | ast.Constant):
        text = _text(node)
        if WORDS.search(text):
            yield node.lineno, text
        if isinstance(node, ast.JoinedStr):
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield from _unsaid(part.value)
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Raise | ast.Assert):
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "bases", "keywords") and isinstance(
            node, ast.arg | ast.FunctionDef | ast.AnnAssign | ast.ClassDef
        ):
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.AST):
                yield from _unsaid(one)


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _text(node: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(_text(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
