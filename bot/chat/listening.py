"""What is said to the bot without a command: behind its name, in direct messages, in reply to a message of its own."""

from typing import ClassVar, Protocol, runtime_checkable

from bot.chat.ask import Ask


@runtime_checkable
class Listener(Protocol):
    """A cog that hears commands in what people say. Cogs that hear one in nearly anything are asked last."""

    hears_anything: ClassVar[bool]

    def hears(self, ask: Ask, text: str) -> str | None:
        """The name of the command that `text` should be read by, as if it stood behind it; None for none."""
