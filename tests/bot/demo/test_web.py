"""The channel in a browser."""

import asyncio

import aiohttp
import pytest

from bot.demo import web
from tests.bot.demo.conftest import Scene


async def test_the_page_is_served_while_time_goes_on_and_until_it_is_ended(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(web, "TICK_S", 0.05)
    monkeypatch.setattr(web.webbrowser, "open", opened.append)
    monkeypatch.setenv("DISPLAY", ":0")
    await scene.play("alice: !card")
    announced: asyncio.Queue[str] = asyncio.Queue()
    before = scene.world.env.now()
    serving = asyncio.create_task(web.serve(scene.world, announced.put_nowait))
    url = (await announced.get()).splitlines()[0]
    assert opened == [url]
    async with aiohttp.ClientSession() as session, session.get(url.partition("#")[0]) as page:
        assert page.status == 200
        assert "text/html" in page.headers["Content-Type"]
    await scene.play("@admin: !retrain 0.3")
    await asyncio.sleep(0.3)
    assert not serving.done()
    assert (scene.world.env.now() - before).total_seconds() > 0.2
    assert scene.world.env._preview is not None
    await scene.world.env._preview.close()
    async with asyncio.timeout(5):
        await serving
