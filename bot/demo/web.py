"""The channel in a browser: SimCord's preview, while the world's clock goes on."""

import asyncio
import os
import sys
import webbrowser
from collections.abc import Callable

from simcord import SetupError

from bot.demo.script import DEFAULT_SPEAKER, OPERATOR
from bot.demo.world import World

VIEWERS = (DEFAULT_SPEAKER, "alice", "bob", OPERATOR)
"""Whom one can be in the browser."""

TICK_S = 1.0


async def serve(world: World, announce: Callable[[str], None]) -> None:
    """Serve the channel until the session is ended in the browser, or the task is cancelled."""
    viewers = [world.person(name) for name in VIEWERS]
    async with world.env.preview(world.channel, viewers=viewers, layout="channel") as preview:
        announce(f"{preview.url}\nThe channel is open in a browser at this address; Ctrl-C ends it.")
        if _has_display():
            webbrowser.open(preview.url)
        closed = asyncio.create_task(preview.wait_closed())
        shown = world.recorder.seen
        while not closed.done():
            await asyncio.wait({closed}, timeout=TICK_S)
            try:
                await world.catch_up()
                if shown != world.recorder.seen:
                    shown = world.recorder.seen
                    await preview.refresh()
            except SetupError:
                # Somebody is pressing something right now, which takes the world for itself; the next tick is soon.
                continue


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
