"""What words mean in one catalogue."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from bot.lists.filters import Filters, Years
from bot.lists.wishes import numbers
from bot.lists.wishes.everyday import Meaning, everyday, key
from bot.lists.wishes.reading import OfferKind
from data import Catalogue

LEAST_LETTERS, MOST_LETTERS = 5, 30
SLIPS = ((LEAST_LETTERS, 1), (9, 2))
"""Of a name with so many letters so many may be wrong; its first letter never."""

_TASTE = frozenset({"likes", "loves", "enjoys", "wants", "prefers"})
"""Whose taste is told, as in `my dad likes westerns and war films`: either of them will do."""


class Vocabulary:
    """The everyday words, as far as the catalogue has such genres, and its own."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.genres = catalogue.genres
        self.genre_of = {key(genre): genre for genre in self.genres}
        self.last_year = catalogue.last_year

    def meaning(self, words: Sequence[str]) -> Meaning | None:
        """What some words mean together."""
        if len(words) == 1 and (words[0].lower() in _TASTE or words[0].startswith("@")):
            return Meaning("taste") if words[0].lower() in _TASTE else None
        folded = key(" ".join(words))
        found = everyday().meanings.get(folded)
        if found is not None and found.kind == "genre":
            return found if set(found.value) <= {*self.genres} else None
        if found is None and folded in self.genre_of:
            return Meaning("genre", (self.genre_of[folded],))
        return found

    def longest(self, words: Sequence[str]) -> tuple[int, Meaning] | None:
        """The longest phrase that these words begin with: how many there are, and what they mean."""
        for width in range(len(words), 0, -1):
            if (meaning := self.meaning(words[:width])) is not None:
                return width, meaning
        return None

    def slip(self, word: str) -> Meaning | None:
        """The genre or mood that a word is a slip or two away from."""
        folded = key(word)
        slips = max((most for letters, most in SLIPS if len(folded) + 1 >= letters), default=0)
        if not slips or not folded.isalpha() or len(folded) > MOST_LETTERS:
            return None
        near = []
        for name, meaning in everyday().meanings.items():
            if meaning.kind in ("genre", "mood") and name[0] == folded[0] and len(name) >= LEAST_LETTERS:
                distance = OSA.distance(name, folded, score_cutoff=slips)
                if distance <= slips and (meaning.kind == "mood" or set(meaning.value) <= {*self.genres}):
                    near.append((distance, name))
        return everyday().meanings[min(near)[1]] if near else None

    def offered(self, kind: OfferKind, value: str) -> Filters | None:
        """What an offer asks for, its value as `Offer.written` gives it; None for what is none."""
        match kind:
            case "genre":
                genres = tuple(self.genre_of[one] for one in value.split(",") if one in self.genre_of)
                return Filters(genres=genres) if len(genres) == 1 else Filters(every=genres) if genres else None
            case "mood":
                moods = tuple(name for name in everyday().moods if key(name) == value)
                return Filters(moods=moods) if moods else None
            case "place":
                places = tuple(name for name in everyday().codes if key(name) == value)
                return Filters(origins=places) if places else None
            case "years":
                span = numbers.years_of(value, self.last_year)
                return Filters(years=Years(span.first, span.last)) if span is not None else None
        return None
