"""A world with the toy bot in it, and everything the bot said there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest_asyncio

from bot.demo.event import Event
from bot.demo.play import Player
from bot.demo.roster import Roster
from bot.demo.script import parse_line
from bot.demo.world import World
from tests.bot.demo.toy_bot import ToyBot, toy_maker


@dataclass
class Scene:
    """Plays lines and gives what the bot answered to each."""

    world: World
    player: Player
    bots: list[ToyBot]
    events: list[Event]
    notes: list[str] = field(default_factory=list)

    async def play(self, text: str) -> list[Event]:
        before = len(self.events)
        line = parse_line(text, 1)
        assert line is not None
        await self.player.play(line)
        return self.events[before:]

    async def one(self, text: str) -> Event:
        (event,) = await self.play(text)
        return event


@pytest_asyncio.fixture
async def scene() -> AsyncIterator[Scene]:
    bots: list[ToyBot] = []
    events: list[Event] = []
    notes: list[str] = []
    async with World(toy_maker(bots), Roster(), events.append) as world:
        yield Scene(world, Player(world, notes.append), bots, events, notes)
