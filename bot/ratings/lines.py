"""Splitting a line into a film and the stars behind it."""

import re
from dataclasses import dataclass

from bot.errors import UserError
from bot.ratings.stars import GLYPHS, InvalidStarsError, fold, parse_folded

MAX_LINES = 20  # films in one message

LONGEST_LINE = 200  # characters; beyond that only a title with its stars is looked for
SEPARATORS = "-–—−:|="
_LONGEST_TAIL = 100  # characters; only so many at the end of a line are searched for stars
_ID_PREFIX = re.compile(r"\bid:$", re.IGNORECASE)  # `id:318` names a film by its number


@dataclass(eq=False)
class TooManyLinesError(UserError):
    """More films in one message than are taken at once."""

    given: int
    limit: int


@dataclass(frozen=True, slots=True)
class RatingRequest:
    """One line that names a film, with or without stars.

    `whole` is the line, folded and stripped. If it ends in stars, `title` is what stands before them (empty
    where nothing does) and either `stars` are set, or `stars_error` is the text that looks like stars and is
    off the scale or off the half-star grid. If it does not, `title` is the whole line. `longer_titles` are what
    stands before shorter tails that are stars too: `Toy Story 2` in `Toy Story 2 / 5`.

    Only the catalogue can tell `Apollo 13` and `Toy Story 2` from a film with stars, so neither is raised
    here: the caller looks first whether `whole` is a title.
    """

    title: str
    stars: float | None
    whole: str
    stars_error: str | None = None
    longer_titles: tuple[str, ...] = ()

    @property
    def tail(self) -> str:
        """The text of the stars, right or wrong ones; empty where there are none."""
        if self.stars is None:
            return self.stars_error or ""
        return self.whole[len(self.title) :].lstrip(SEPARATORS + ", \t")


def split_rating(text: str) -> RatingRequest:
    """Split a line into film and stars: the longest tail that looks like stars is the rating.

    A tail begins at the start of the line, after a blank, at a star sign, or after one of
    `- – — − : | =`, unless that is squeezed between two digits (`2:22`, `4-5`) or belongs to `id:318`. A
    minus after a blank and before a digit is a sign, and there are no negative stars.
    """
    whole = fold(text)
    found: list[tuple[str, float]] = []
    for start in range(max(0, len(whole) - _LONGEST_TAIL), len(whole)):
        if not may_begin(whole, start):
            continue
        title = whole[:start].rstrip(SEPARATORS + ", \t")
        try:
            stars = parse_folded(whole[start:])
        except InvalidStarsError as error:
            if not found:
                return RatingRequest(title, None, whole, stars_error=error.text)
            continue
        if stars is not None:
            found.append((title, stars))
    if not found:
        return RatingRequest(whole, None, whole)
    (title, stars), *shorter = found
    return RatingRequest(title, stars, whole, longer_titles=tuple(longer.rstrip("/⁄ ") for longer, _ in shorter))


def lines_of(text: str) -> list[str]:
    """The lines of a message without blank ones; raises `TooManyLinesError` above `MAX_LINES`."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_LINES:
        raise TooManyLinesError(len(lines), MAX_LINES)
    return lines


def may_begin(whole: str, start: int) -> bool:
    """Whether stars may begin at this place of a line."""
    if start == 0 or whole[start - 1].isspace() or whole[start] in GLYPHS:
        return True
    if whole[start - 1] not in SEPARATORS or _ID_PREFIX.search(whole, 0, start):
        return False
    return not (start >= 2 and whole[start - 2].isdecimal() and whole[start].isdecimal())
