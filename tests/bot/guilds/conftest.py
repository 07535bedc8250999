"""A server with somebody who manages it, and somebody who does not."""

from typing import Any

import discord
import pytest

from tests.bot.conftest import Stage

MANAGER = "mia"


def add_manager(stage: Stage) -> Any:
    """A member with a role that may manage the server, and no more."""
    role = stage.guild.create_role("crew", permissions=discord.Permissions(manage_guild=True))
    stage.members[MANAGER] = stage.guild.add_member(stage.env.create_user(MANAGER), roles=[role])
    return stage.members[MANAGER]


@pytest.fixture
def manager(stage: Stage) -> Any:
    return add_manager(stage)
