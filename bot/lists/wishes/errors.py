"""What cannot be asked for."""

from dataclasses import dataclass

from bot.errors import UserError


@dataclass(eq=False)
class CountError(UserError):
    """A list length outside what is offered."""

    given: str
    limit: int


@dataclass(eq=False)
class ContradictionError(UserError):
    """Two wishes that no film can fulfil together."""

    one: str
    other: str
