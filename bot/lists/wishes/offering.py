"""What may have been meant by words that were not understood, to be chosen by a press."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from bot.chat.genres import genre_name
from bot.chat.language import gettext, language, listed
from bot.lists.wishes.everyday import everyday, key, mood
from bot.lists.wishes.german import phrases
from bot.lists.wishes.reading import Offer, OfferKind, Topic, Unread
from data.facets import Facets

OFFERED = 3
LONGEST = 40
"""Characters; nothing longer is a slip of anything."""
NEAR = 75.0
"""Likeness of two words, of 100, from which on one is offered for the other; it is never taken for it."""
CHILDHOODS = 4
PLACES = ("French", "Japanese", "Korean", "Italian", "Spanish", "German", "Indian")

_KINDS: dict[str, OfferKind] = {"genre": "genre", "mood": "mood"}


def nearest(text: str, genres: Sequence[str]) -> tuple[Offer, ...]:
    """Genres and moods whose words look like these, the nearest first."""
    meanings = everyday().meanings
    said = {key(said): meanings[key(meant)] for said, meant in phrases().items() if key(meant) in meanings}
    known = {**meanings, **said} if language() == "de" else meanings
    named = {name: one for name, one in known.items() if one.kind in _KINDS}
    if text.startswith("@") or len(text) > LONGEST:
        return ()
    near = process.extract(key(text), list(named), scorer=fuzz.ratio, score_cutoff=NEAR, limit=2 * OFFERED)
    meant = (named[name] for name, _, _ in near)
    offers = (_offer(one.kind, one.value) for one in meant if one.kind == "mood" or set(one.value) <= {*genres})
    return tuple(dict.fromkeys(offers))[:OFFERED]


def question(topic: Topic, text: str, facets: Facets) -> Unread:
    """What a friend would ask back."""
    decades = facets.decades()
    offers: list[Offer] = []
    match topic:
        case "childhood":
            offers = [_years(first, first + 9) for first in decades[-1 - CHILDHOODS : -1]]
        case "old":
            offers = [_years(1980, 1989), _years(1960, 1979), _years(decades[0] if decades else 1900, 1959)]
        case "foreign":
            known = (one for one in PLACES if any(code in facets.origins for code in everyday().codes[one]))
            offers = [Offer("place", one, _capital(gettext(one))) for one in known]
    return Unread(text, tuple(offers[:CHILDHOODS]), topic)


def _offer(kind: str, value: Iterable[str] | str) -> Offer:
    if isinstance(value, str):
        return Offer("mood", value, _capital(gettext(mood(value).shown)))
    genres = tuple(value)
    return Offer("genre", ",".join(genres), listed([genre_name(one) for one in genres]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _years(first: int, last: int) -> Offer:
    label = gettext("{decade}s", decade=first) if last == first + 9 else f"{first}–{last}"
    return Offer("years", f"{first}-{last}", label)
