"""Who made the films and who plays in them, found by a whole name or the end of one: `Christopher Nolan`, `nolan`."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from data.catalogue import Movie
from data.folding import fold
from data.postings import Postings, Rows

Role = Literal["director", "lead"]
ROLES: tuple[Role, ...] = ("director", "lead")


class People:
    """Of films in a fixed order; `rows` are places in it."""

    def __init__(self, films: Sequence[Movie]) -> None:
        names = {"director": [one.directors for one in films], "lead": [one.leads for one in films]}
        self._films: dict[Role, Postings] = {}
        self._named: dict[Role, dict[str, str]] = {}
        known = np.array([one.ratings_count + (one.source_votes or 0) for one in films], dtype=np.int64)
        for role in ROLES:
            self._films[role] = Postings.of(names[role])
            self._named[role] = _by_every_name(self._films[role], known)

    def are_known(self, role: Role) -> bool:
        """Whether any film tells of them."""
        return bool(len(self._films[role]))

    def named(self, text: str, role: Role) -> str | None:
        """The best known one whose name is `text`, or ends with it; as the films write it."""
        return self._named[role].get(fold(text))

    def is_whole(self, text: str, role: Role) -> bool:
        """Whether `text` is somebody's whole name, of two words or more."""
        found = self.named(text, role)
        return found is not None and " " in (folded := fold(text)) and fold(found) == folded

    def rows(self, name: str, role: Role) -> Rows:
        """The films of one person, named as the films write it."""
        return self._films[role].rows(name)


def _by_every_name(films: Postings, known: npt.NDArray[np.int64]) -> dict[str, str]:
    """Whole names, and what they end with; a whole name goes before the end of another's, the best known first."""
    of_name = films.sums(known)
    best = [(name, fold(name)) for name in sorted(of_name, key=lambda name: of_name[name], reverse=True)]
    named: dict[str, str] = {}
    for name, folded in best:
        named.setdefault(folded, name)
    for name, folded in best:
        words = folded.split(" ")
        for start in range(1, len(words)):
            named.setdefault(" ".join(words[start:]), name)
    return named
