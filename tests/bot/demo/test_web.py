"""The channel in a browser."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from bot.demo import web
from bot.demo.script import OPERATOR
from tests.bot.demo.conftest import Scene


class Page:
    """What the page in the browser does, over the preview's HTTP interface."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._sequence = 0

    async def open(self) -> None:
        async with self._session.post("/api/pages", json={}) as opened:
            self._session.headers["X-Simcord-Context"] = (await opened.json())["context"]["id"]

    async def state(self) -> dict[str, Any]:
        async with self._session.get("/api/state") as answer:
            state: dict[str, Any] = await answer.json()
            return state

    async def act(self, kind: str, **fields: object) -> None:
        self._sequence += 1
        state = await self.state()
        action = {
            "protocol_version": 3,
            "sequence": self._sequence,
            "request_id": f"request-{self._sequence}",
            "generation": state["context"]["generation"],
            "bot_generation": state["botGeneration"],
            "published_revision": state["publishedRevision"],
            "kind": kind,
        }
        async with self._session.post("/api/action", json=action | fields) as answer:
            assert answer.status == 200, await answer.text()
            assert not (receipt := await answer.json())["rejected"], receipt


@asynccontextmanager
async def opened(scene: Scene) -> AsyncIterator[Page]:
    """The channel in a browser, as its first viewer sees it."""
    announced: asyncio.Queue[str] = asyncio.Queue()
    serving = asyncio.create_task(web.serve(scene.world, announced.put_nowait))
    url, _, capability = (await announced.get()).splitlines()[0].partition("#")
    async with aiohttp.ClientSession(url, headers={"X-Simcord-Capability": capability}) as session:
        page = Page(session)
        await page.open()
        yield page
        await page.act("close")
    async with asyncio.timeout(60):
        await serving


async def test_the_page_is_opened_and_a_training_goes_on_in_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses: list[str] = []
    monkeypatch.setattr(web, "TICK_S", 0.05)
    monkeypatch.setattr(web.webbrowser, "open", addresses.append)
    monkeypatch.setenv("DISPLAY", ":0")
    before = scene.world.env.now()
    async with opened(scene) as page:
        (address,) = addresses
        async with aiohttp.ClientSession() as session, session.get(address.partition("#")[0]) as shown:
            assert (shown.status, shown.content_type) == (200, "text/html")
        await page.act("viewer", viewer_id=str(scene.world.person(OPERATOR).id))
        await page.act("send_message", content="!retrain 0.3")
        async with asyncio.timeout(60):
            while scene.events[-1].text != "training done":
                await page.state()
    assert (scene.world.env.now() - before).total_seconds() > 0.3


async def test_what_is_typed_and_pressed_in_the_browser_is_answered(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "_has_display", lambda: False)
    async with opened(scene) as page:
        await page.act("send_message", content="!card")
        state = await page.state()
        typed, answered = (state["messages"][message_id] for message_id in state["timeline"])
        assert [typed["author"]["name"], answered["author"]["name"]] == ["you", "Marquee"]
        buttons = {one["label"]: one["control_key"] for one in answered["components"][0]["components"]}
        await page.act("click", control_key=buttons["Mine"], target_id=answered["id"])
        state = await page.state()
        assert state["messages"][state["timeline"][-1]]["content"] == "yours"
    pressed = scene.events[-1]
    assert (pressed.to, pressed.ephemeral) == ("you", True)


async def test_a_press_waits_while_time_moves(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def move_slowly() -> None:
        scene.world.env._begin_operation("a tick")
        await asyncio.sleep(0.1)
        scene.world.env._end_operation()

    monkeypatch.setattr(web, "_has_display", lambda: False)
    monkeypatch.setattr(web, "TICK_S", 0.001)
    monkeypatch.setattr(scene.world, "catch_up", move_slowly)
    async with opened(scene) as page:
        await page.act("send_message", content="!ping")
        assert [event.text for event in scene.events] == ["pong you"]
        monkeypatch.undo()
