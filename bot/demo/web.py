"""The channel in a browser: SimCord's preview, while the world's clock goes on."""

import asyncio
import contextlib
import os
import sys
import webbrowser
from collections.abc import Callable, Mapping
from typing import Any

from simcord import SetupError
from simcord.preview import Preview

from bot.demo.images import Images, fetch_images
from bot.demo.script import DEFAULT_SPEAKER, OPERATOR
from bot.demo.world import World

VIEWERS = (DEFAULT_SPEAKER, "alice", "bob", OPERATOR)
"""Whom one can be in the browser."""

HOW = (
    "The channel is open in a browser at this address. Type !rate Heat 4.5, !recommend or !help there;\n"
    f"“Viewing as” makes you somebody else, and {OPERATOR} may !retrain. Ctrl-C ends it."
)

TICK_S = 1.0


async def serve(world: World, announce: Callable[[str], None]) -> None:
    """Serve the channel until the session is ended in the browser, or the task is cancelled."""
    viewers = [world.person(name) for name in VIEWERS]
    images: Images = {}
    await fetch_images(world.env.backend, images)
    async with world.env.preview(
        world.channel, viewers=viewers, layout="channel", assets=images, locale=world.locale.value
    ) as preview:
        announce(f"{preview.url}\n{HOW}")
        if _has_display():
            webbrowser.open(preview.url)
        turn = _take_turns(preview)
        closed = asyncio.create_task(preview.wait_closed())
        shown = world.recorder.seen
        while not closed.done():
            await asyncio.wait({closed}, timeout=TICK_S)
            async with turn:
                await world.catch_up()
                if shown != world.recorder.seen:
                    shown = world.recorder.seen
                    await fetch_images(world.env.backend, preview._explicit_assets)
                    with contextlib.suppress(SetupError):  # the session has just been ended
                        await preview.refresh()


def _take_turns(preview: Preview) -> asyncio.Lock:
    """A lock that every press in the browser waits for.

    SimCord refuses one that comes while time moves, and the page takes no further press after a refusal.
    """
    turn = asyncio.Lock()
    act = preview._action

    async def act_in_turn(context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        async with turn:
            return await act(context_id, body)

    preview._action = act_in_turn  # type: ignore[method-assign]
    return turn


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
