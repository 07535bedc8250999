"""The command that a question is about, by the words people use for what it does."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from data.folding import fold

_CALLED: Mapping[str, str] = {
    "privacy": "data delete export forget private daten löschen lösch exportier datenschutz",
    "import": "letterboxd imdb trakt movielens csv importier",
    "watchlist": "later add remove merkliste später",
    "unrate": "delete remove rating ratings löschen lösch entfern bewertung bewertungen",
    "rate": "star stars vote score bewert sterne",
    "ratings": "bewertungen",
    "undo": "wrong mistake back rückgängig zurück fehler versehen",
    "recommend": "suggest list find good finde gute guten empfehl empfiehl vorschlag vorschläge",
    "defaults": "always never immer nie niemals",
    "similar": "ähnlich",
    "why": "reason warum wieso",
    "movienight": "together friends filmabend zusammen gemeinsam freunde freunden",
    "seen": "watched gesehen",
    "hide": "ausblend versteck",
    "profile": "language profil sprache",
    "tastecard": "year jahr",
    "match": "compare vergleich geschmack",
    "config": "settings channel channels einstell kanal",
    "top": "best beste besten bestenliste",
    "search": "title such titel",
    "random": "chance zufall zufällig",
    "guess": "play spiel spiele",
    "history": "verlauf",
    "start": "begin anfangen beginn",
}
"""Beyond its names; a word of four letters stands for its longer forms too. Where two fit alike, the first is meant."""

_UNTELLING = frozenset({"film", "movie", "like", "new", "r", "find"})
"""Names of commands that stand in questions about any other."""

_WHOLE, _BEGUN = 3, 2
_LEAST_STEM = 4


def topic_of(text: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """The command that most of the words speak of; `names` are those that each command has."""
    words = fold(text).split()
    typed = {*words, *map("".join, pairwise(words))}  # a movie night
    in_order = dict.fromkeys([*(one for one in _CALLED if one in names), *names])
    scores = {command: _score(typed, _words_for(command, names[command])) for command in in_order}
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] else None


def _words_for(command: str, names: Iterable[str]) -> set[str]:
    return {*map(fold, names)} - _UNTELLING | set(fold(_CALLED.get(command, "")).split())


def _score(typed: set[str], known: set[str]) -> int:
    begun = tuple(one for one in known if len(one) >= _LEAST_STEM)
    return sum(_WHOLE if one in known else _BEGUN if one.startswith(begun) else 0 for one in typed)
