"""The bot in this process, over sockets to the small Discord of the tests, and able to reach nothing else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.app import create_bot
from bot.cli.chat import connect
from bot.client import Marquee
from bot.settings import Settings
from tests.fake_discord import TOKEN, FakeDiscord

PAUSE_S = 0.05
SOON_S = 60


class Nowhere(AbstractResolver):
    """Notes the names of hosts that are asked for, and knows none; the tests' Discord has a bare address."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def resolve(self, host: str, *_: Any, **__: Any) -> Any:
        self.asked.append(host)
        raise OSError("no such host")

    async def close(self) -> None:
        """Nothing is held."""


class Served(NamedTuple):
    bot: Marquee
    task: asyncio.Task[None]
    nowhere: Nowhere


Serve = Callable[[FakeDiscord], AbstractAsyncContextManager[Served]]


@asynccontextmanager
async def serving(discord: FakeDiscord, films: Path, data_dir: Path) -> AsyncIterator[Served]:
    """The bot as `marquee run` starts it, with short pauses."""
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        dataset=str(films), data_dir=data_dir, retrain_every=None, discord_api_url=discord.api_url,
    )  # fmt: skip
    bot = create_bot(settings, pause=lambda failures: PAUSE_S)
    nowhere = Nowhere()
    bot.http.connector = aiohttp.TCPConnector(limit=0, resolver=nowhere)
    task = asyncio.create_task(connect(bot, TOKEN))
    try:
        yield Served(bot, task, nowhere)
    finally:
        task.cancel()
        await asyncio.wait([task])


async def until(has_happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON_S):
        while not has_happened():  # noqa: ASYNC110 (what the other end of a socket sees)
            await asyncio.sleep(PAUSE_S)
