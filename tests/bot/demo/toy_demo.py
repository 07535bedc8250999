"""The demo with the toy bot, as a program of its own: `python -m tests.bot.demo.toy_demo`."""

import asyncio
import sys

from bot.demo import open_source, run_demo
from tests.bot.demo.toy_bot import toy_maker

if __name__ == "__main__":
    source = open_source(None, sys.stdin)
    sys.exit(asyncio.run(run_demo(toy_maker(), source, stdout=sys.stdout, stderr=sys.stderr)))
