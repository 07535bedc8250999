"""The bot in a simulated Discord: without a token, without a network, from a script, a terminal or a browser."""

from bot.demo.roster import OPERATOR_ID, RosterError
from bot.demo.run import run_demo
from bot.demo.script import ScriptError
from bot.demo.source import ScriptFileError, Source, open_source

__all__ = ["OPERATOR_ID", "RosterError", "ScriptError", "ScriptFileError", "Source", "open_source", "run_demo"]
