"""What is spoken of where somebody replies to a message of ours: the one film, or the films of a list."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.chat.components import Press, read_press

_NUMBERED = re.compile(r"^\d+\. ", re.MULTILINE)
_LINES = re.compile(r"^(?:\d+\. )?\*\*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Listed:
    """The films that a message lists, in order; the first one's place is `first`, from 1 on.

    A list that can be gone on with has a number, `list_id`, and an owner; other lists are nobody's.
    """

    films: tuple[int, ...]
    first: int = 1
    list_id: int | None = None
    owner_id: int = 0


def film_of(message: discord.Message, places: Mapping[str, int]) -> int | None:
    """The one film that the buttons and selects of a message are about; None where they are about several, or none.

    `places` tells by action which argument of a custom id is a film's number (see `bot.chat.actions`).
    """
    about = [press for _, press in _presses(message) if press.action in places]
    films = {one.number(places[one.action], default=0) for one in about} - {0}
    return films.pop() if len(films) == 1 else None


def list_in(message: discord.Message, places: Mapping[str, int], of_lists: Collection[str]) -> Listed | None:
    """The list that a message shows: the options of a select whose action is about a film that it does not name.

    What stands under it by an action `of_lists` tells which list that is.
    """
    presses = list(_presses(message))
    films = next((_options(one) for one, press in presses if _chooses_film(one, press, places)), ())
    if not films:
        return None
    kept = next((press for _, press in presses if press.action in of_lists and len(press.arguments) == 2), None)
    if kept is None:
        return Listed(films)
    list_id, first = kept.numbers(2)
    return Listed(films, first + 1, list_id, kept.owner_id)


def presses_of(message: discord.Message, owner_id: int) -> tuple[Press, ...]:
    """What somebody may press under a message that is for them alone."""
    return tuple(press for _, press in _presses(message) if press.owner_id == owner_id)


def lists_films(message: discord.Message) -> bool:
    """Whether a message shows several films, by numbers or, in an embed, a line each."""
    texts = [message.content, *(str(getattr(one, "content", "")) for one in walk(message.components))]
    is_numbered = any(_NUMBERED.search(one) for one in texts)
    return is_numbered or any(len(_LINES.findall(one.description or "")) > 1 for one in message.embeds)


def replied_to(message: discord.Message | None) -> discord.Message | None:
    """The message that this one is a reply to, as Discord sent it along; None where it is gone."""
    reference = message.reference if message is not None else None
    if reference is None or reference.type is not discord.MessageReferenceType.reply:
        return None
    resolved = reference.resolved or reference.cached_message
    return resolved if isinstance(resolved, discord.Message) else None


def walk(components: Iterable[Any]) -> Iterator[Any]:
    """All components of a message, those within others too."""
    for component in components:
        yield component
        yield from walk(getattr(component, "children", ()))
        if (accessory := getattr(component, "accessory", None)) is not None:
            yield accessory


def _presses(message: discord.Message) -> Iterator[tuple[Any, Press]]:
    for one in walk(message.components):
        if (press := read_press(str(getattr(one, "custom_id", None) or ""))) is not None:
            yield one, press


def _chooses_film(component: Any, press: Press, places: Mapping[str, int]) -> bool:
    return hasattr(component, "options") and len(press.arguments) <= places.get(press.action, -1)


def _options(select: Any) -> tuple[int, ...]:
    return tuple(int(one.value) for one in select.options if one.value.isdecimal())
