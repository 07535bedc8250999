"""Filters as people type them, where nothing but filters can be asked for: every word counts, in any order."""

from dataclasses import dataclass, replace

from bot.chat.genres import genre_name
from bot.errors import UserError
from bot.lists.filters import PLAIN, Depth, Filters, ListSource
from bot.lists.wishes import ContradictionError as ContradictionError
from bot.lists.wishes import CountError as CountError
from bot.lists.wishes import Offer, WishReader
from bot.lists.wishes.everyday import everyday, key
from bot.lists.wishes.lacking import Fact, lacking


@dataclass(eq=False)
class UnknownFilterError(UserError):
    """A word that is no filter; `nearest` may have been meant, `genres` are the catalogue's."""

    word: str
    nearest: str | None
    genres: tuple[str, ...]


@dataclass(eq=False)
class LackingError(UserError):
    """The catalogue does not tell such things of its films."""

    facts: tuple[Fact, ...]


class FilterWords(WishReader):
    """Reads words against the films of one catalogue."""

    @property
    def genres(self) -> tuple[str, ...]:
        """The catalogue's."""
        return self.vocabulary.genres

    def read_strictly(self, text: str) -> Filters:
        """What was asked for; raises UnknownFilterError, LackingError, ContradictionError and CountError."""
        filters = self.read_all(text)
        if facts := lacking(self.facets, filters):
            raise LackingError(facts)
        return filters

    def read_all(self, text: str) -> Filters:
        """The same, with what the catalogue does not tell of its films."""
        reading = self.read(text)
        for one in reading.unread:
            if one.topic == "years":
                raise ContradictionError(one.text, one.instead)
            raise self._unknown(one.text, one.offers)
        return reading.filters

    def read_parts(
        self,
        genre: str = "",
        without: str = "",
        *others: str,
        depth: Depth = PLAIN.depth,
        source: ListSource = PLAIN.source,
        count: int = PLAIN.count,
    ) -> Filters:
        """The same where each wish has a place of its own; raises what `read_strictly` raises."""
        left_out = self.read_strictly(without)
        unwanted = (*left_out.wanted_genres, *left_out.without)
        if replace(left_out, genres=(), every=(), without=(), moods=(), without_moods=()) != PLAIN:
            raise self._unknown(without, ())
        filters = self.read_strictly(". ".join((genre, *others)))
        for one in filters.wanted_genres:
            if one in unwanted:
                raise ContradictionError(one, f"without {one}")
        return replace(
            filters,
            without=(*filters.without, *unwanted),
            without_moods=(*filters.without_moods, *left_out.moods, *left_out.without_moods),
            depth=depth,
            source=source,
            count=count,
        )

    def complete(self, text: str, limit: int) -> list[str]:
        """What a list of genres that is being typed may become: `Comedy, dr` becomes `Comedy, Drama`."""
        before, comma, begun = text.rpartition(",")
        everywhere = everyday().meanings.items()
        names = {name: one.value[0] for name, one in everywhere if one.kind == "genre" and len(one.value) == 1}
        names |= self.vocabulary.genre_of | {key(genre_name(genre)): genre for genre in self.genres}
        begun_key = key(begun)
        named = [
            genre for name, genre in names.items() if begun_key and name.startswith(begun_key) and genre in self.genres
        ]
        head = f"{before.strip()}, " if comma else ""
        offered = dict.fromkeys(named if begun_key else self.genres)
        left = [genre for genre in offered if genre not in before and genre_name(genre) not in before]
        return [f"{head}{genre}" for genre in left[:limit]]

    def _unknown(self, word: str, offers: tuple[Offer, ...]) -> UnknownFilterError:
        return UnknownFilterError(word, offers[0].label if offers else None, self.genres)
