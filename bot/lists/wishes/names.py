"""Who is meant by a name: people of the catalogue, and those that everybody knows."""

from collections.abc import Sequence

from bot.lists.filters import Person
from bot.lists.wishes.everyday import everyday
from data.folding import fold
from data.people import ROLES, People, Role

LONGEST = 4
"""Words of a name."""


def person(people: People, words: Sequence[str], role: Role | None) -> Person | None:
    """Who is called that by somebody who says what they do: a whole name, or the end of a known one."""
    text = _bare(words)
    known = everyday().people.get(text)
    for one in (role,) if role else ROLES:
        if known is not None and (found := people.named(known[0], one)) is not None:
            return Person(found, role)
        if (found := people.named(text, one)) is not None:
            return Person(found, role)
    if known is not None and not (role and people.are_known(role)):
        return Person(known[0], role)
    return None


def famous(people: People, words: Sequence[str]) -> Person | None:
    """Somebody who is meant by the name alone: a whole name, or a last name that everybody knows."""
    text = _bare(words)
    known = everyday().people.get(text)
    if known is not None:
        found = next((name for role in ROLES if (name := people.named(known[0], role)) is not None), None)
        is_known = any(people.are_known(role) for role in ROLES)
        return Person(found or known[0]) if found or not is_known else None
    found = next((people.named(text, role) for role in ROLES if people.is_whole(text, role)), None)
    return Person(found) if found is not None else None


def _bare(words: Sequence[str]) -> str:
    last = words[-1]
    return fold(" ".join([*words[:-1], last[:-2] if last.lower().endswith(("'s", "’s")) else last]))
