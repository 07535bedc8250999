"""What a rating did to the member's ten, in a line."""

from collections.abc import Sequence

from bot.chat.text import title
from bot.movies.service import Moved

NEW_NAMED, RISEN_NAMED = 3, 2
LEAST_RISE = 2
"""Places; one more or less is not worth a word."""

NOTHING = "Your top ten stays as it is."


def moves(moved: Sequence[Moved]) -> str:
    """The new number 1, what is new beside it, and what rose furthest."""
    first = [one for one in moved if one.now == 1]
    new = [one for one in moved if one.was is None and one.now > 1]
    risen = [one for one in moved if one.was is not None and one.now > 1 and one.was - one.now >= LEAST_RISE]
    sentences = [f"**{title(one.movie)}** is your new number 1." for one in first]
    if new:
        rest = len(new) - NEW_NAMED
        named = ", ".join(title(one.movie) for one in new[:NEW_NAMED])
        sentences.append(f"New in your top ten: {named}{f' and {rest} more' if rest > 0 else ''}.")
    if risen:
        furthest = sorted(risen, key=lambda one: (one.now - (one.was or 0), one.now))[:RISEN_NAMED]
        sentences.append(f"Up: {', '.join(f'{title(one.movie)} {one.was} → {one.now}' for one in furthest)}.")
    return " ".join(sentences) or NOTHING
