"""What a wish was read as."""

from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from bot.lists.filters import PLAIN, Filters
from bot.lists.wishes.everyday import key

Topic = Literal["childhood", "old", "foreign", "same", "title", "years"]
"""What a friend would ask about; of years that no film has together they would tell."""
MOST_UNREAD = 1
"""Words that are not understood in a wish; who says more of them speaks of something else."""
OfferKind = Literal["genre", "mood", "years", "like", "place"]


@dataclass(frozen=True, slots=True)
class Offer:
    """What may have been meant; `value` is a genre, a mood, years such as `1980-1989`, a film's number or a place."""

    kind: OfferKind
    value: str
    label: str

    @property
    def written(self) -> str:
        """The value in small letters and digits, as a custom id takes it; `WishReader.offered` reads it."""
        return self.value if self.kind in ("years", "like") else ",".join(map(key, self.value.split(",")))


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that were not understood, or, with a `topic`, that can be meant in several ways; and what may be meant.

    Of years that do not go together those of `instead` count.
    """

    text: str
    offers: tuple[Offer, ...] = ()
    topic: Topic | None = None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """`says_something`: anything at all was understood, if only that anything will do.

    `is_asked`: films are asked for in so many words. `asks_without`: of films some
    are to be left out. `tells_of_film`: all that was understood may be a film's title in a sentence about it.
    """

    filters: Filters
    unread: tuple[Unread, ...] = ()
    says_something: bool = False
    is_asked: bool = False
    asks_without: bool = False
    tells_of_film: bool = False

    @property
    def is_wish(self) -> bool:
        """Whether somebody who writes that without a command wants films: not who thanks for one, or tells of one."""
        left_out: dict[str, Any] = {field.name: () for field in fields(PLAIN) if field.name.startswith("without")}
        told = replace(self.filters, **left_out, like=())
        is_told = not told.is_plain or (self.asks_without and not replace(self.filters, like=()).is_plain)
        return self.is_asked or (is_told and not self.tells_of_film and len(self.unread) <= MOST_UNREAD)
