"""What a line of a script aims at: the button, option, form field or slash option that is meant by its words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from discord import ComponentType
from simcord.backend.models import Message

from bot.demo.event import Component, Wire, components_of, walk

NAMED_AT_MOST = 25
_YES, _NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}


class AimError(Exception):
    """Nobody could do that; the text says what there is instead."""


def nothing_called(kind: str, wanted: str, there_are: Iterable[str]) -> AimError:
    """An AimError that names what there is."""
    names = list(dict.fromkeys(name for name in there_are if name))
    shown = ", ".join(names[:NAMED_AT_MOST]) + (", …" if len(names) > NAMED_AT_MOST else "")
    if not wanted:
        return AimError(f"name a {kind}: {shown}")
    return AimError(f"there is no {kind} “{wanted}” here" + (f"; there are: {shown}" if names else ", nor any other"))


def same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def find_component(
    messages: Sequence[Message], kind: Literal["button", "select"], label: str
) -> tuple[Message, Component]:
    """The component of that label, or of that action in its custom id, on the newest message that has one.

    `messages` are newest first. An action is called the same in every language.
    """
    labels = []
    for message in messages:
        there = [one for one in components_of(message.components) if one.type == kind]
        labels += [one.label for one in there]
        fitting = [one for one in there if same(one.label, label) or label.casefold() in one.custom_id.split(":")[:2]]
        for component in sorted(fitting, key=lambda one: one.label != label):
            if component.disabled:
                raise AimError(f"the {kind} “{component.label}” is disabled")
            if not component.custom_id:
                raise AimError(f"the {kind} “{component.label}” is a link")
            return message, component
    raise nothing_called(kind, label, labels)


def find_options(component: Component, wanted: Sequence[str], entity: Callable[[str], Any]) -> list[Any]:
    """Values of the options with these labels; a select of members or channels takes `entity` of each word."""
    if not component.options:
        return [entity(word) for word in wanted]
    return [_find_option(list(zip(component.options, component.values, strict=True)), word) for word in wanted]


def _find_option(options: Sequence[tuple[str, Any]], word: str) -> Any:
    for label, value in options:
        if same(label, word):
            return value
    for _, value in options:
        if str(value) == word:
            return value
    raise nothing_called("option", word, (label for label, _ in options))


def find_poll_answer(answers: Sequence[str], wanted: str) -> int:
    """The place of the answer that is called so; a film's year may be left out."""
    for place, answer in enumerate(answers):
        if same(answer, wanted) or same(answer.rpartition(" (")[0], wanted):
            return place
    raise nothing_called("answer", wanted, answers)


@dataclass(frozen=True, slots=True)
class Field:
    """A control of a form and the label that stands over it."""

    label: str
    control: Wire

    @property
    def custom_id(self) -> str:
        return str(self.control["custom_id"])

    @property
    def options(self) -> list[tuple[str, Any]]:
        return [(option["label"], option["value"]) for option in self.control.get("options") or []]


def fields_of(form: Wire) -> tuple[Field, ...]:
    """The controls of a modal; a label stands in the control itself or in the component around it."""
    labels = {one["component"]["custom_id"]: one["label"] for one in walk(form["components"]) if "component" in one}
    return tuple(
        Field(one.get("label") or labels.get(one["custom_id"], ""), one)
        for one in walk(form["components"])
        if "custom_id" in one
    )


def fill(form: Wire, given: Sequence[tuple[str, str]], entity: Callable[[str], Any]) -> dict[str, Any]:
    """Values of a form by custom id: what is given, and what stands in it already."""
    fields = fields_of(form)
    values = {field.custom_id: field.control["value"] for field in fields if field.control.get("value")}
    words: dict[str, list[str]] = {}
    for name, word in given:
        named = [field for field in fields if same(field.label, name) or field.custom_id == name]
        if not named:
            raise nothing_called("field", name, (field.label for field in fields))
        words.setdefault(named[0].custom_id, []).append(word)
    by_id = {field.custom_id: field for field in fields}
    return values | {custom_id: _value(by_id[custom_id], some, entity) for custom_id, some in words.items()}


def _value(field: Field, words: list[str], entity: Callable[[str], Any]) -> Any:
    match ComponentType(field.control["type"]):
        case ComponentType.text_input:
            return "\n".join(words)
        case ComponentType.radio_group:
            return _find_option(field.options, words[-1])
        case ComponentType.checkbox:
            return yes_or_no(words[-1])
        case ComponentType.file_upload:
            return [read_upload(word) for word in words]
        case _ if field.options:
            return [_find_option(field.options, word) for word in words]
        case _:
            return [entity(word) for word in words]


def yes_or_no(word: str) -> bool:
    if word.lower() in _YES | _NO:
        return word.lower() in _YES
    raise AimError(f"“{word}” is neither yes nor no")


def read_upload(path: str) -> tuple[str, bytes]:
    """A file to attach: its name and what is in it."""
    file = Path(path).expanduser()
    try:
        return file.name, file.read_bytes()
    except OSError as error:
        raise AimError(f"cannot read {path}: {error.strerror}") from None
