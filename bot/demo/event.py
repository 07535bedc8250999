"""A message of the bot as somebody reads it: a value, and the JSON line of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from discord import ComponentType

from bot.demo.markup import as_read

Kind = Literal["reply", "edit", "dm"]
Wire = dict[str, Any]
"""A component or embed as it goes over Discord's wire."""

_SELECTS = {
    ComponentType.string_select.value,
    ComponentType.user_select.value,
    ComponentType.role_select.value,
    ComponentType.mentionable_select.value,
    ComponentType.channel_select.value,
}


@dataclass(frozen=True, slots=True)
class Component:
    """A button or select; the label of a select is its placeholder. `custom_id` is empty for links."""

    type: Literal["button", "select"]
    label: str
    disabled: bool
    options: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    custom_id: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """An attachment; `description` is its alternative text, empty where there is none."""

    name: str
    description: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text. Cards (embeds and containers) are framed where they are shown."""

    body: str
    title: str = ""
    footer: str = ""
    is_card: bool = False

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.title, self.body, self.footer) if part)


@dataclass(frozen=True, slots=True)
class Event:
    """A message sent or edited. `ms` is from the line that caused it to the bot's call."""

    to: str
    kind: Kind
    ephemeral: bool
    blocks: tuple[Block, ...]
    components: tuple[Component, ...]
    files: tuple[File, ...]
    ms: float
    message_id: int = 0

    @property
    def text(self) -> str:
        """Everything a person would read, in reading order."""
        return as_read("\n".join(block.text for block in self.blocks if block.text))

    def to_json(self) -> str:
        line = {
            "to": self.to,
            "kind": self.kind,
            "ephemeral": self.ephemeral,
            "text": self.text,
            "components": [
                {"type": one.type, "label": one.label, "disabled": one.disabled, "options": list(one.options)}
                for one in self.components
            ],
            "files": [{"name": one.name, "description": one.description, "bytes": len(one.data)} for one in self.files],
            "ms": round(self.ms, 2),
        }
        return json.dumps(line, ensure_ascii=False)


def blocks_of(
    content: str, embeds: list[Wire], components: list[Wire], poll: tuple[str, ...] = ()
) -> tuple[Block, ...]:
    """The text of a message: content, embeds, layout, and a poll's question and answers."""
    plain = [Block(content)] if content else []
    asked = [Block("\n".join(poll[1:]), poll[0], is_card=True)] if poll else []
    return (*plain, *(_embed(one) for one in embeds), *_layout(components), *asked)


def _embed(embed: Wire) -> Block:
    author = (embed.get("author") or {}).get("name") or ""
    title = "\n".join(part for part in (author, embed.get("title") or "") if part)
    fields = [f"{field['name']}\n{field['value']}" for field in embed.get("fields") or []]
    body = "\n".join(part for part in (embed.get("description") or "", *fields) if part)
    return Block(body, title, (embed.get("footer") or {}).get("text") or "", is_card=True)


def _layout(components: list[Wire]) -> Iterator[Block]:
    for component in components:
        texts = [one["content"] for one in walk([component]) if one["type"] == ComponentType.text_display.value]
        if texts:
            yield Block("\n".join(texts), is_card=component["type"] == ComponentType.container.value)


def walk(components: list[Wire]) -> Iterator[Wire]:
    """All components in reading order, nested ones after the one that holds them."""
    for component in components:
        yield component
        inner = component.get("components") or []
        yield from walk([*inner, *(component[key] for key in ("accessory", "component") if component.get(key))])


def components_of(components: list[Wire]) -> tuple[Component, ...]:
    """Buttons and selects, in reading order."""
    return tuple(
        _component(one)
        for one in walk(components)
        if one["type"] == ComponentType.button.value or one["type"] in _SELECTS
    )


def _component(component: Wire) -> Component:
    disabled, custom_id = bool(component.get("disabled")), component.get("custom_id") or ""
    if component["type"] == ComponentType.button.value:
        label = component.get("label") or (component.get("emoji") or {}).get("name") or ""
        return Component("button", label, disabled, custom_id=custom_id)
    options = component.get("options") or []
    return Component(
        "select",
        component.get("placeholder") or "",
        disabled,
        tuple(option["label"] for option in options),
        tuple(option["value"] for option in options),
        custom_id,
    )


def alt_texts_of(components: list[Wire]) -> dict[str, str]:
    """Alternative texts that stand at the picture in a layout instead of at the file: url to text."""
    items = [
        item
        for one in walk(components)
        for item in (one.get("items") or ([one] if one["type"] == ComponentType.thumbnail.value else []))
    ]
    return {item["media"]["url"]: item["description"] for item in items if item.get("description")}
