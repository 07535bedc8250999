"""The film that is spoken of where somebody replies to a message of ours."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import discord

from bot.chat.components import read_press


def film_of(message: discord.Message, places: Mapping[str, int]) -> int | None:
    """The one film that the buttons and selects of a message are about; None where they are about several, or none.

    `places` tells by action which argument of a custom id is a film's number (see `bot.chat.actions`).
    """
    presses = (read_press(str(getattr(one, "custom_id", None) or "")) for one in walk(message.components))
    about = [one for one in presses if one is not None and one.action in places]
    films = {one.number(places[one.action], default=0) for one in about} - {0}
    return films.pop() if len(films) == 1 else None


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
