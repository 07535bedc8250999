"""What can be wrong with an evening; the words stand in `replies.py`."""

from dataclasses import dataclass

from bot.errors import UserError

MOST_MEMBERS = 10


@dataclass(eq=False)
class NobodyElseError(UserError):
    """Of those who were named nobody can be counted in."""

    named: int


@dataclass(eq=False)
class TooManyMembersError(UserError):
    """More people than a list can be made for."""

    given: int


class EveningGoneError(UserError):
    """There is no such evening any more, or it was cancelled."""


class NoEveningError(UserError):
    """The member has planned none that could be moved or cancelled."""


class NotHostError(UserError):
    """Only who asked for the evening can do that."""


@dataclass(eq=False)
class OthersEveningError(UserError):
    """The evening that a member takes part in is another's; empty where that one is not there any more."""

    film: str
    host: str


class NotCountedError(UserError):
    """Somebody who is none of those the evening is for."""


@dataclass(eq=False)
class AlreadyChosenError(UserError):
    """Another film was chosen before; None where the evening is off."""

    movie_id: int | None


class NotYetError(UserError):
    """Nobody can have been there before it began."""
