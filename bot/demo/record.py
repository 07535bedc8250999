"""Watching the bot: every message it sends or edits, as it makes the call to Discord.

The simulated Discord stores all messages in one place, whichever way they came: channel sends, interaction
responses, follow-ups, direct messages, and ephemeral ones that no gateway event tells of. That is where we look.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Literal

import discord
from simcord import HttpLogEntry
from simcord.backend import Backend
from simcord.backend.models import Message

from bot.demo.event import Block, Component, Event, File, alt_texts_of, blocks_of, components_of

Sink = Callable[[Event], None]

NOBODY = "everyone"
"""Whom a message is to that no line caused, such as one of the schedule."""

_THINKING = discord.MessageFlags(loading=True).value


@dataclass(frozen=True, slots=True)
class Cause:
    """The line that is being played; the bot's tasks inherit it, so a training knows who started it."""

    speaker: str
    started_s: float


_cause: ContextVar[Cause | None] = ContextVar("cause", default=None)


class _Calls(list[HttpLogEntry]):
    """The bot's calls, and when the last one was made: an answer may be much older than the end of the line."""

    last_s = 0.0

    def append(self, call: HttpLogEntry, /) -> None:
        self.last_s = perf_counter()
        super().append(call)


class Recorder:
    """Hands every message of the bot to `sink` within the bot's own call; `sink` must not raise."""

    def __init__(self, backend: Backend, sink: Sink) -> None:
        self._backend = backend
        self._sink = sink
        self.seen = 0
        self._calls = backend.http_requests = _Calls(backend.http_requests)
        commit, edit = backend.commit_message, backend.edit_message

        def commit_message(message: Message, **options: Any) -> Message:
            stored = commit(message, **options)
            if stored.author_id == backend.bot_user.id and not stored.flags & _THINKING:
                self._note(stored, "sent")
            return stored

        def edit_message(channel_id: int, message_id: int, fields: dict[str, Any]) -> Message:
            was_thinking = bool(backend.get_message(channel_id, message_id).flags & _THINKING)
            stored = edit(channel_id, message_id, fields)
            if stored.author_id == backend.bot_user.id:
                self._note(stored, "sent" if was_thinking else "edited")
            return stored

        backend.commit_message = commit_message  # type: ignore[method-assign]
        backend.edit_message = edit_message  # type: ignore[method-assign]

    @staticmethod
    @contextmanager
    def caused_by(speaker: str) -> Iterator[None]:
        """What the bot does from here on, in the tasks that begin in it, is because of `speaker`."""
        token = _cause.set(Cause(speaker, perf_counter()))
        try:
            yield
        finally:
            _cause.reset(token)

    def shown(self, text: str, components: tuple[Component, ...] = ()) -> None:
        """Something only the speaker sees and that is no message: choices while typing, or a form."""
        to, ms = self._whose(NOBODY)
        self._hand_over(Event(to, "reply", True, (Block(text),), components, (), ms))

    def _note(self, message: Message, kind: Literal["sent", "edited"]) -> None:
        recipients = self._backend.get_channel(message.channel_id).recipient_ids
        to, ms = self._whose(self._reader(message, recipients))
        self._hand_over(
            Event(
                to,
                "edit" if kind == "edited" else "dm" if recipients else "reply",
                message.is_ephemeral,
                blocks_of(message.content, message.embeds, message.components, _poll_of(message)),
                components_of(message.components),
                self._files(message),
                ms,
                message.id,
            )
        )

    def _reader(self, message: Message, recipients: list[int]) -> str:
        """Whom a message is for that no line caused: in the browser people press without one."""
        if recipients:
            return self._backend.get_user(recipients[0]).name
        if message.is_ephemeral and message.interaction_metadata:
            return self._backend.get_user(int(message.interaction_metadata["user"]["id"])).name
        return NOBODY

    def _whose(self, otherwise: str) -> tuple[str, float]:
        """Whose line caused the bot's last call, and how many milliseconds after it the call came."""
        cause = _cause.get()
        if cause is None:
            return otherwise, 0.0
        return cause.speaker, 1000 * max(0.0, self._calls.last_s - cause.started_s)

    def _hand_over(self, event: Event) -> None:
        self.seen += 1
        self._sink(event)

    def _files(self, message: Message) -> tuple[File, ...]:
        alt_texts = alt_texts_of(message.components)
        return tuple(
            File(
                one["filename"],
                one["description"] or alt_texts.get(one["url"], ""),
                self._backend.cdn.get(one["url"]) or b"",
            )
            for one in message.attachments
        )


def _poll_of(message: Message) -> tuple[str, ...]:
    if message.poll is None:
        return ()
    return (message.poll.question, *(answer.text or answer.emoji or "" for answer in message.poll.answers))
