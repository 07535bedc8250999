"""Interactions as no client of Discord would send them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import discord
from simcord import ResponseMessage
from simcord.backend import serializers
from simcord.backend.models import Interaction
from simcord.enums import ComponentType, InteractionType
from simcord.interactions import base_payload

from tests.bot.conftest import Stage


def forge_press(
    stage: Stage, name: str, custom_id: str, values: Sequence[str] | None = None, offered: Sequence[str] | None = None
) -> Interaction:
    """A press of a button under a message of the bot's, or of a select if there are `values`."""
    backend = stage.env.backend
    message = backend.create_message(stage.channel.id, backend.bot_user.id, "…")
    component: dict[str, Any] = {"type": ComponentType.BUTTON, "style": 2, "label": "…", "custom_id": custom_id}
    if values is not None:
        options = [{"label": "…", "value": one} for one in (values if offered is None else offered)]
        component = {"type": ComponentType.STRING_SELECT, "custom_id": custom_id, "options": options}
    shown = dict(serializers.message_payload(backend, message))
    shown["components"] = [{"type": 1, "components": [component]}]
    data = {"custom_id": custom_id, "component_type": int(component["type"]), "values": list(values or ())}
    return _send(stage, name, InteractionType.MESSAGE_COMPONENT, data, {"message": shown}, message.id)


STRANGE_GUILD, STRANGE_CHANNEL = 998, 999
"""A server the bot is no member of, and a channel there or a group."""


def abroad(stage: Stage, name: str) -> dict[str, Any]:
    """What Discord sends of a server where the bot came with somebody's account alone, who owns it."""
    backend = stage.env.backend
    guild = backend.get_guild(stage.guild.id)
    member = dict(serializers.member_payload(backend, guild, guild.members[stage.member(name).id]))
    return {
        "member": member | {"permissions": str(discord.Permissions.all().value)},
        "guild_id": str(STRANGE_GUILD),
        "guild": {"id": str(STRANGE_GUILD), "features": [], "locale": "en-US"},
        "channel_id": str(STRANGE_CHANNEL),
        "channel": {"id": str(STRANGE_CHANNEL), "type": 0, "name": "elsewhere", "position": 0, "parent_id": None},
        "authorizing_integration_owners": {"1": str(stage.member(name).id)},
    }


def in_group(stage: Stage, name: str) -> dict[str, Any]:
    """What Discord sends of a group message."""
    backend = stage.env.backend
    user = dict(serializers.user_payload(backend.users[stage.member(name).id]))
    group = {"id": str(STRANGE_CHANNEL), "type": 3, "name": "we three", "recipients": [user], "owner_id": user["id"]}
    return {
        "guild_id": None,
        "user": user,
        "context": 2,
        "channel_id": str(STRANGE_CHANNEL),
        "channel": group,
        "authorizing_integration_owners": {"1": user["id"]},
    }


def forge_slash(
    stage: Stage,
    name: str,
    path: str,
    options: Mapping[str, tuple[int, Any]],
    place: Mapping[str, Any] = MappingProxyType({}),
    resolved: Mapping[str, Any] = MappingProxyType({}),
) -> Interaction:
    """A slash command; options are name to Discord's number of the type, and value. `place` is where, if elsewhere."""
    root, *subcommands = path.split()
    command: dict[str, Any] = stage.env.backend.find_command(root, None, type=1)  # type: ignore[assignment]
    given: list[dict[str, Any]] = [
        {"name": one, "type": kind, "value": value} for one, (kind, value) in options.items()
    ]
    for subcommand in reversed(subcommands):
        given = [{"name": subcommand, "type": 1, "options": given}]
    data = {"id": command["id"], "name": root, "type": 1, "options": given, "resolved": dict(resolved)}
    return _send(stage, name, InteractionType.APPLICATION_COMMAND, data, place, None)


def answer_to(stage: Stage, forged: Interaction) -> ResponseMessage:
    """What the bot said; waits for it."""
    assert forged.responded
    assert forged.message_id is not None
    return ResponseMessage(stage.env, stage.env.backend.get_message(forged.channel_id, forged.message_id))


def _send(
    stage: Stage, name: str, kind: int, data: dict[str, Any], more: Mapping[str, Any], source_message_id: int | None
) -> Interaction:
    record, payload = base_payload(
        stage.env.backend,
        type=kind,
        channel_id=stage.channel.id,
        guild_id=stage.guild.id,
        user_id=stage.member(name).id,
        data=data,
    )
    record.source_message_id = source_message_id
    if "user" in more:
        del payload["member"]
    stage.env.backend.emit("INTERACTION_CREATE", payload | dict(more))
    return record
