"""Buttons and selects that outlive a restart: all they need stands in their custom id.

`custom_id` is `<kind><version>:<action>:<owner>:<arguments>`. A press is handed to the client, which checks
the owner and calls the action of that name (see `bot.exts.actions`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, Self, cast

import discord

from bot.ui.text import OPTION_LIMIT, cut

ANYBODY = 0
VERSION = 1

_REST = r":(?P<action>[a-z_]+):(?P<owner>[0-9]+):(?P<arguments>[0-9.,:a-z-]*)"


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed, whose it is, and what it is about; `values` are the options of a select."""

    action: str
    owner_id: int
    arguments: tuple[str, ...]
    values: tuple[str, ...] = ()


class Option(NamedTuple):
    """One choice of a select; `hint` is a line under it, `is_chosen` marks what stands when it is opened."""

    label: str
    value: str
    hint: str | None = None
    is_chosen: bool = False


class Presser(Protocol):
    """The client, as far as a component knows it."""

    async def press(self, interaction: discord.Interaction[Any], press: Press) -> None: ...


def _custom_id(kind: str, action: str, owner_id: int, arguments: Sequence[object]) -> str:
    return f"{kind}{VERSION}:{action}:{owner_id}:{':'.join(str(one) for one in arguments)}"


def _press(match: re.Match[str], values: Iterable[str] = ()) -> Press:
    arguments = tuple(match["arguments"].split(":")) if match["arguments"] else ()
    return Press(match["action"], int(match["owner"]), arguments, tuple(values))


def owner_of(custom_id: str) -> int | None:
    """Whom a component of ours belongs to; None for one that is not ours, or everybody's."""
    match = re.fullmatch(r"[bs][0-9]+" + _REST, custom_id)
    return int(match["owner"]) or None if match is not None else None


class ActionButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template="b1" + _REST):
    """A button; its arguments say what it is about."""

    def __init__(
        self,
        label: str,
        action: str,
        owner_id: int,
        *arguments: object,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        disabled: bool = False,
    ) -> None:
        custom_id = _custom_id("b", action, owner_id, arguments)
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, style=style, disabled=disabled))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        press = _press(match)
        return cls("…", press.action, press.owner_id, *press.arguments)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        match = self.template.fullmatch(self.custom_id)
        assert match is not None  # the template matched to get here
        await cast("Presser", interaction.client).press(interaction, _press(match))


class ActionSelect(discord.ui.DynamicItem[discord.ui.Select[Any]], template="s1" + _REST):
    """A select; `options` are `Option`s or plain (label, value). `at_least` to `at_most` are chosen."""

    def __init__(
        self,
        placeholder: str,
        action: str,
        owner_id: int,
        *arguments: object,
        options: Iterable[Option | tuple[str, str]],
        at_least: int = 1,
        at_most: int = 1,
    ) -> None:
        select: discord.ui.Select[Any] = discord.ui.Select(
            placeholder=cut(placeholder, OPTION_LIMIT),
            custom_id=_custom_id("s", action, owner_id, arguments),
            min_values=at_least,
            max_values=at_most,
            options=[_option(Option(*one)) for one in options],
        )
        super().__init__(select)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        press = _press(match)
        made = cls("…", press.action, press.owner_id, *press.arguments, options=[("…", "0")])
        made.item = cast("discord.ui.Select[Any]", item)
        return made

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        match = self.template.fullmatch(self.custom_id)
        assert match is not None  # the template matched to get here
        await cast("Presser", interaction.client).press(interaction, _press(match, self.item.values))


def _option(option: Option) -> discord.SelectOption:
    return discord.SelectOption(
        label=cut(option.label, OPTION_LIMIT),
        value=option.value,
        description=cut(option.hint, OPTION_LIMIT) if option.hint else None,
        default=option.is_chosen,
    )


PERSISTENT: tuple[type[ActionButton] | type[ActionSelect], ...] = (ActionButton, ActionSelect)


def view(*items: ActionButton | ActionSelect) -> discord.ui.View:
    """Items under a message that never time out."""
    made = discord.ui.View(timeout=None)
    for item in items:
        made.add_item(item)
    return made
