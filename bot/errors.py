"""Errors a person caused or can mend. They carry data; `bot.chat.sentences` and each topic's replies have the words.

MarqueeError
├── UserError             something a member typed or pressed; each topic has its own beside what raises them
├── DiscordUnreachableError
└── ConfigurationError    what an operator set (exit code 2)

They are dataclasses, but not frozen: contextlib notes the traceback on what passes through it, which a frozen one
refuses.
"""

from dataclasses import dataclass
from pathlib import Path


class MarqueeError(Exception):
    """An error somebody other than a developer can mend."""

    def __str__(self) -> str:
        return repr(self)


class UserError(MarqueeError):
    """Something a member typed or pressed; answered with a sentence that says what to do."""


@dataclass(eq=False)
class UsageError(UserError):
    """`example` is how it is written; `word` is what is not understood there, None where something is missing."""

    example: str
    word: str | None = None


class StaleComponentError(UserError):
    """The subject of a button is gone."""


@dataclass(eq=False)
class DiscordUnreachableError(MarqueeError):
    """`url` is the REST base that was asked; `reason` says what came of it."""

    url: str
    reason: str


class ConfigurationError(MarqueeError):
    """What an operator set; the command line says it in one sentence and ends with exit code 2."""


@dataclass(eq=False)
class SettingError(ConfigurationError):
    """A setting, or an option of the command line where the name begins with `--`."""

    name: str
    value: object
    expected: str


@dataclass(eq=False)
class SettingsFileError(ConfigurationError):
    """A .env that cannot be read."""

    path: Path
    reason: str


@dataclass(eq=False)
class ExtraMissingError(ConfigurationError):
    """`what` needs the optional packages of `extra`, which are not installed."""

    what: str
    extra: str


class MissingTokenError(ConfigurationError):
    """DISCORD_TOKEN is not set."""


@dataclass(eq=False)
class DataDirError(ConfigurationError):
    """The data folder cannot be used."""

    path: Path
    reason: str
