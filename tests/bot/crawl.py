"""Pressing everything there is: each button and each select that a member can see, until nothing new is left."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from simcord import ResponseMessage
from simcord.backend.models import Message

from bot.chat.components import owner_of
from bot.demo.event import Component, components_of
from tests.bot.conftest import Stage

BETWEEN_S = 30.0
"""So that no cooldown is in the way."""

PRESSES_OF_AN_ACTION = 2
"""By one member, or by all where it is everybody's: more of the same tells nothing new."""

PRESSES_PER_RESTART = 8

OTHER = "rater"
"""Who is chosen where somebody has to be."""

FORMS: dict[str, dict[str, Any]] = {
    "night_set_time": {"when": "tomorrow 20:00", "zone": "+2"},
    "import_sent": {"file": ("ratings.csv", b"Date,Name,Year,Letterboxd URI,Rating\n2024-05-01,Speed,1998,x,4.5\n")},
}
"""What is put into forms."""


@dataclass
class Crawler:
    """Presses for one member, in a bot that is restarted all the time.

    What ends something (`last`, the least final first) is pressed only when nothing else is left to press.
    `actions` counts what was pressed, `everybodys` of it what all may press, which crawlers can leave to each other,
    `unanswered` what nobody answered.
    """

    stage: Stage
    name: str
    last: tuple[str, ...] = ()
    everybodys: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)
    unanswered: list[str] = field(default_factory=list)
    bugs: int = 0
    _pressed: set[tuple[int, str]] = field(default_factory=set)
    _read: dict[int, tuple[list[Any], list[Component]]] = field(default_factory=dict)

    async def press_everything(self) -> None:
        for presses in count():
            if presses % PRESSES_PER_RESTART == 0:
                self.bugs += self.stage.bot.bugs
                await self.stage.restart()
            await self.stage.env.advance_time(BETWEEN_S)
            if (found := self._next()) is None:
                break
            await self._press(*found)
        self.bugs += self.stage.bot.bugs

    def _next(self) -> tuple[Message, Component] | None:
        """What was pressed least so far, on the oldest message that has it."""
        waiting = [
            (self._finality(action), self.actions[action], message.id, place, message, component)
            for message in self._seen()
            for place, component in enumerate(self._components(message))
            if component.custom_id
            and not component.disabled
            and (message.id, component.custom_id) not in self._pressed
            and self._presses(component)[action := _action(component)] < PRESSES_OF_AN_ACTION
        ]
        return min(waiting, key=lambda one: one[:4])[4:] if waiting else None

    def _presses(self, component: Component) -> Counter[str]:
        return self.actions if owner_of(component.custom_id) else self.everybodys

    def _finality(self, action: str) -> int:
        return self.last.index(action) + 1 if action in self.last else 0

    def _seen(self) -> list[Message]:
        backend, person = self.stage.env.backend, self.stage.member(self.name)
        places = [self.stage.channel.id, backend.dm_channels.get(person.id)]
        messages = [one for place in places if place for one in backend.messages.get(place, {}).values()]
        return [one for one in messages if one.visible_to(person.id) and self._is_own(one)]

    def _components(self, message: Message) -> list[Component]:
        """Read once for as long as the message stays as it is."""
        wire, found = self._read.get(message.id, (None, []))
        if wire is not message.components:
            found = list(components_of(message.components))
            self._read[message.id] = message.components, found
        return found

    def _is_own(self, message: Message) -> bool:
        """Whether its controls are this member's, or anybody's in answer to them."""
        owners = {int(one.custom_id.split(":")[2]) for one in self._components(message) if one.custom_id}
        return owners <= {0, self.stage.member(self.name).id}

    async def _press(self, message: Message, component: Component) -> None:
        action = _action(component)
        self.actions[action] += 1
        self.everybodys[action] += owner_of(component.custom_id) is None
        self._pressed.add((message.id, component.custom_id))
        person = self.stage.member(self.name)
        actor: Any = person if message.channel_id == self.stage.channel.id else person.user
        shown = ResponseMessage(self.stage.env, message)
        if component.type == "button":
            result = await actor.click(shown, custom_id=component.custom_id)
        else:
            # Selects of channels and of people have no options.
            other = self.stage.channel if component.custom_id.startswith("c") else self.stage.member(OTHER)
            chosen = component.values[:1] or [other]
            result = await actor.select(shown, chosen, custom_id=component.custom_id)
        if (form := result.modal) is not None:
            action = form["custom_id"].split(":")[1]
            self.actions[action] += 1
            result = await actor.submit_modal(result, FORMS[action])
        if not result.acknowledged:
            self.unanswered.append(component.custom_id)


def _action(component: Component) -> str:
    """What a custom id such as `b1:undo:42:7` says is to be done."""
    return component.custom_id.split(":")[1]
