"""Three members of a server: two love action, one loves romance."""

from typing import Any

import discord
import pytest_asyncio

from bot.demo.event import components_of
from tests.bot.conftest import Stage

ACTION_FAN = "!rate Heat 5\nSpeed 5\nTitanic 1"
ROMANCE_FAN = "!rate Titanic 5\nGhost 5\nHeat 1"


class Party:
    """The stage with its members, and the shortest words for what they do."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    async def ask(self, text: str = "", by: str = "alice", *others: str) -> discord.Message:
        named = " ".join(f"<@{self.stage.member(one).id}>" for one in others or ("bob", "carol"))
        return await self.stage.say(by, f"!movienight {named} {text}")

    async def press(self, name: str, message: Any, label: str) -> Any:
        result = await self.stage.member(name).click(message, label=label)
        await self.stage.env.advance_time(10)
        return result

    def again(self, message: discord.Message) -> discord.Message:
        return self.stage.message(message.id)

    @property
    def events(self) -> list[Any]:
        return list(self.stage.env.backend.get_guild(self.stage.guild.id).scheduled_events.values())

    def forbid(self, **permissions: bool) -> None:
        """Take these permissions from the bot."""
        backend, guild_id = self.stage.env.backend, self.stage.guild.id
        guild = backend.get_guild(guild_id)
        taken = discord.Permissions(administrator=True, **permissions).value
        for role_id in {guild_id, *guild.members[backend.bot_user.id].role_ids}:
            backend.edit_role(guild_id, role_id, {"permissions": guild.roles[role_id].permissions & ~taken})

    async def plan(self, text: str = "tomorrow 20:00", zone: str = "+0", where: str = "") -> discord.Message:
        """An evening of all three whose first film is picked and planned by alice."""
        await self.pick(await self.ask())
        form = await self.press("alice", self.stage.last, "Set the time")
        await self.stage.member("alice").submit_modal(form, {"when": text, "zone": zone, "where": where})
        await self.stage.env.advance_time(10)
        return self.stage.last

    async def pick(self, shown: discord.Message, place: int = 0, by: str = "alice") -> None:
        wire = [one.to_dict() for one in shown.components]
        (menu,) = [one for one in components_of(wire) if one.type == "select" and one.label == "Pick one"]
        await self.stage.member(by).select(shown, [menu.values[place]], custom_id=menu.custom_id)
        await self.stage.env.advance_time(10)


@pytest_asyncio.fixture
async def party(stage: Stage) -> Party:
    for name in ("alice", "bob"):
        await stage.say(name, ACTION_FAN)
    await stage.say("carol", ROMANCE_FAN)
    return Party(stage)
