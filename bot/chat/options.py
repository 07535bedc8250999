"""What Discord promises to check in a slash command, checked again: what was never offered is not worked on."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import AppCommandOptionType, app_commands

LONGEST_TEXT = 6_000
LARGEST_INTEGER = 2**53
"""Where a command says nothing else."""

_TYPES: Mapping[AppCommandOptionType, type] = {
    AppCommandOptionType.string: str,
    AppCommandOptionType.integer: int,
    AppCommandOptionType.boolean: bool,
    AppCommandOptionType.attachment: discord.Attachment,
}


def check_options(interaction: discord.Interaction[Any]) -> None:
    """Raise CommandSignatureMismatch where a slash command was given what it does not offer."""
    command = interaction.command
    if not isinstance(command, app_commands.Command):
        return
    for parameter in command.parameters:
        name = parameter.display_name
        if name in interaction.namespace and not _is_offered(parameter, interaction.namespace[name]):
            raise app_commands.CommandSignatureMismatch(command)


def _is_offered(parameter: app_commands.Parameter, value: Any) -> bool:
    expected = _TYPES.get(parameter.type)
    if expected is not None and type(value) is not expected:
        return False
    if parameter.choices:
        return value in [choice.value for choice in parameter.choices]
    low, high = parameter.min_value, parameter.max_value
    match value:
        case str():
            return (low or 0) <= len(value) <= (high or LONGEST_TEXT)
        case bool():
            return True
        case int():
            least = -LARGEST_INTEGER if low is None else low
            return least <= value <= (LARGEST_INTEGER if high is None else high)
        case _:
            return True
