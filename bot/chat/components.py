"""Buttons, selects and forms that outlive a restart: all they need stands in their custom id.

`custom_id` is `<kind><version>:<action>:<owner>:<arguments>`. A press is handed to the client, which checks
the owner and calls the action of that name (see `bot.chat.actions`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol, Self, TypeVar, cast

import discord

from bot.chat.text import OPTION_LIMIT, cut
from bot.errors import StaleComponentError

ANYBODY = 0
VERSION = 1
LARGEST_NUMBER = 2**63 - 1
"""What the database can hold; Discord's ids end there too."""

FORM_TITLE_LIMIT = 45
FORM_LINE_LIMIT = 200

T = TypeVar("T")

_REST = r":(?P<action>[a-z_]+):(?P<owner>[0-9]+):(?P<arguments>[0-9.,:a-z-]*)"


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed, whose it is, and what it is about; `values` are the options of a select, or ids of users.

    `fields` are what was written into a form, by the names of its fields, `files` what was put into it.

    An id may be of an earlier version, and a client may send what was never offered: whatever does not read as it
    should is a StaleComponentError.
    """

    action: str
    owner_id: int
    arguments: tuple[str, ...]
    values: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    files: tuple[discord.Attachment, ...] = ()

    def numbers(self, count: int) -> tuple[int, ...]:
        """The arguments, all of them whole numbers."""
        if len(self.arguments) != count:
            raise StaleComponentError
        return tuple(_number(one) for one in self.arguments)

    def number(self, place: int, default: int | None = None) -> int:
        """One argument, a whole number; `default` where there are fewer."""
        if default is not None and len(self.arguments) <= place:
            return default
        return _number(self.text(place))

    def stars(self, place: int) -> float:
        """One argument, half stars."""
        return _stars(self.text(place))

    def word(self, place: int, words: Mapping[str, T]) -> T:
        """What one argument stands for."""
        return _one_of(words, self.text(place))

    def text(self, place: int) -> str:
        """One argument as it was written."""
        if len(self.arguments) <= place:
            raise StaleComponentError
        return self.arguments[place]

    @property
    def chosen(self) -> int:
        """The one option that was chosen, a whole number."""
        return _number(self._choice)

    @property
    def chosen_stars(self) -> float:
        return _stars(self._choice)

    def chosen_word(self, words: Mapping[str, T]) -> T:
        return _one_of(words, self._choice)

    @property
    def all_chosen(self) -> tuple[int, ...]:
        """The options that were chosen, whole numbers."""
        return tuple(_number(one) for one in self.values)

    @property
    def subject(self) -> int:
        """The film it is about: the option that was chosen in a select, or the argument of a button."""
        return self.chosen if self.values else self.number(0)

    @property
    def file(self) -> discord.Attachment:
        """The one file that was put into a form."""
        if len(self.files) != 1:
            raise StaleComponentError
        return self.files[0]

    @property
    def _choice(self) -> str:
        if len(self.values) != 1:
            raise StaleComponentError
        return self.values[0]


def _number(text: str) -> int:
    if re.fullmatch(r"-?[0-9]{1,19}", text, re.ASCII) is None or abs(int(text)) > LARGEST_NUMBER:
        raise StaleComponentError
    return int(text)


def _stars(text: str) -> float:
    if re.fullmatch(r"[1-5](\.0)?|[0-4]\.5", text) is None:
        raise StaleComponentError
    return float(text)


def _one_of(words: Mapping[str, T], word: str) -> T:
    if word not in words:
        raise StaleComponentError
    return words[word]


class Option(NamedTuple):
    """One choice of a select; `hint` is a line under it, `is_chosen` marks what stands when it is opened."""

    label: str
    value: str
    hint: str | None = None
    is_chosen: bool = False


class Presser(Protocol):
    """The client, as far as a component knows it."""

    async def press(self, interaction: discord.Interaction[Any], press: Press | None) -> None:
        """None is a press of what was never offered."""


def _custom_id(kind: str, action: str, owner_id: int, arguments: Sequence[object]) -> str:
    return f"{kind}{VERSION}:{action}:{owner_id}:{':'.join(str(one) for one in arguments)}"


def _press(match: re.Match[str], values: Iterable[str] = ()) -> Press:
    arguments = tuple(match["arguments"].split(":")) if match["arguments"] else ()
    return Press(match["action"], int(match["owner"]), arguments, tuple(values))


def owner_of(custom_id: str) -> int | None:
    """Whom a component of ours belongs to; None for one that is not ours, or everybody's."""
    match = re.fullmatch(r"[bcsu][0-9]+" + _REST, custom_id)
    return int(match["owner"]) or None if match is not None else None


def read_press(custom_id: str) -> Press | None:
    """What a button or select of ours would do; None for what is none."""
    match = re.fullmatch(rf"[bs]{VERSION}{_REST}", custom_id)
    return _press(match) if match is not None else None


def is_ours(custom_id: str) -> bool:
    """Whether it reads as a component of this version."""
    return re.fullmatch(rf"[bcsu]{VERSION}{_REST}", custom_id) is not None


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
        press = _press(match, self.item.values) if _is_offered(self.item) else None
        await cast("Presser", interaction.client).press(interaction, press)


class ActionChannels(discord.ui.DynamicItem[discord.ui.ChannelSelect[Any]], template="c1" + _REST):
    """A select of the server's channels of some types; the `values` of its press are their ids."""

    def __init__(
        self,
        placeholder: str,
        action: str,
        owner_id: int,
        *arguments: object,
        types: Sequence[discord.ChannelType] = (),
        chosen: Iterable[int] = (),
        at_least: int = 0,
        at_most: int = 1,
    ) -> None:
        select: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            placeholder=cut(placeholder, OPTION_LIMIT),
            custom_id=_custom_id("c", action, owner_id, arguments),
            min_values=at_least,
            max_values=at_most,
            channel_types=list(types),
            default_values=[discord.SelectDefaultValue.from_channel(discord.Object(one)) for one in chosen],
        )
        super().__init__(select)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        press = _press(match)
        made = cls("…", press.action, press.owner_id, *press.arguments)
        made.item = cast("discord.ui.ChannelSelect[Any]", item)
        return made

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        match = self.template.fullmatch(self.custom_id)
        assert match is not None  # the template matched to get here
        chosen = [str(one.id) for one in self.item.values]
        is_offered = self.item.min_values <= len(chosen) <= self.item.max_values and len(set(chosen)) == len(chosen)
        await cast("Presser", interaction.client).press(interaction, _press(match, chosen) if is_offered else None)


class ActionUserSelect(discord.ui.DynamicItem[discord.ui.UserSelect[Any]], template="u1" + _REST):
    """A select of people of the server, `at_least` to `at_most` of them; their ids are the `values`."""

    def __init__(
        self, placeholder: str, action: str, owner_id: int, *arguments: object, at_least: int = 1, at_most: int = 1
    ) -> None:
        select: discord.ui.UserSelect[Any] = discord.ui.UserSelect(
            placeholder=cut(placeholder, OPTION_LIMIT),
            custom_id=_custom_id("u", action, owner_id, arguments),
            min_values=at_least,
            max_values=at_most,
        )
        super().__init__(select)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        press = _press(match)
        made = cls("…", press.action, press.owner_id, *press.arguments)
        made.item = cast("discord.ui.UserSelect[Any]", item)
        return made

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        match = self.template.fullmatch(self.custom_id)
        assert match is not None  # the template matched to get here
        chosen = dict.fromkeys(str(one.id) for one in self.item.values)
        is_possible = self.item.min_values <= len(chosen) <= self.item.max_values
        await cast("Presser", interaction.client).press(interaction, _press(match, chosen) if is_possible else None)


class FormField(NamedTuple):
    """A line to write into; `name` is what the action knows it by, `text` stands in it when it is opened.

    Where it `is_file`, one file is put into it.
    """

    name: str
    label: str
    hint: str = ""
    text: str = ""
    is_required: bool = True
    is_file: bool = False


class ActionForm(discord.ui.Modal):
    """A form of up to five lines, answered in `Press.fields`.

    discord.py would know a form only for as long as it runs; the client reads what is sent by the custom id instead.
    """

    def __init__(self, title: str, action: str, owner_id: int, *arguments: object, fields: Sequence[FormField]) -> None:
        custom_id = _custom_id("m", action, owner_id, arguments)
        super().__init__(title=cut(title, FORM_TITLE_LIMIT), custom_id=custom_id, timeout=None)
        for one in fields:
            self.add_item(
                discord.ui.Label(
                    text=cut(one.label, FORM_TITLE_LIMIT),
                    description=cut(one.hint, OPTION_LIMIT) if one.is_file and one.hint else None,
                    component=_file(one) if one.is_file else _line(one),
                )
            )


def _line(one: FormField) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=one.name,
        placeholder=cut(one.hint, OPTION_LIMIT) if one.hint else None,
        default=one.text or None,
        required=one.is_required,
        max_length=FORM_LINE_LIMIT,
    )


def _file(one: FormField) -> discord.ui.FileUpload[Any]:
    return discord.ui.FileUpload(custom_id=one.name, required=one.is_required, max_values=1)


def sent_form(interaction: discord.Interaction[Any]) -> Press | None:
    """What was sent with a form, and the files that Discord keeps of it; None for a form that is none of ours."""
    data = cast("dict[str, Any]", interaction.data)
    press, files = form_press(data), data.get("resolved", {}).get("attachments", {}).values()
    if press is None:
        return None
    return replace(press, files=tuple(discord.Attachment(data=one, state=interaction._state) for one in files))


def form_press(data: Mapping[str, Any]) -> Press | None:
    """What was sent with a form, of an interaction's data; None for one that is none of ours."""
    match = re.fullmatch(rf"m{VERSION}{_REST}", str(data.get("custom_id", "")))
    if match is None:
        return None
    fields = {str(one["custom_id"]): str(one.get("value") or "") for one in _leaves(data.get("components") or ())}
    return replace(_press(match), fields=fields)


def _leaves(components: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in components:
        nested = one.get("components") or ([one["component"]] if "component" in one else [])
        if nested:
            yield from _leaves(nested)
        elif "custom_id" in one:
            yield one


def _is_offered(select: discord.ui.Select[Any]) -> bool:
    """Whether what was chosen can be chosen; Discord checks that too."""
    chosen = select.values
    return (
        select.min_values <= len(chosen) <= select.max_values
        and len(set(chosen)) == len(chosen)
        and set(chosen) <= {option.value for option in select.options}
    )


def _option(option: Option) -> discord.SelectOption:
    return discord.SelectOption(
        label=cut(option.label, OPTION_LIMIT),
        value=option.value,
        description=cut(option.hint, OPTION_LIMIT) if option.hint else None,
        default=option.is_chosen,
    )


Control = ActionButton | ActionSelect | ActionChannels | ActionUserSelect

PERSISTENT: tuple[type[Control], ...] = (ActionButton, ActionSelect, ActionChannels, ActionUserSelect)


def view(*items: Control) -> discord.ui.View:
    """Items under a message that never time out."""
    made = discord.ui.View(timeout=None)
    for item in items:
        made.add_item(item)
    return made
