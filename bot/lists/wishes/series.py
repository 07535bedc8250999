"""All films of a series, by the name that people have for it: Star Wars, Harry Potter, Die Hard."""

import re
from dataclasses import replace

from bot.movies import MovieSearch
from data import Catalogue, Movie
from data.folding import fold
from data.names import names_of
from data.titles import read_name
from recommender.series import NO_SERIES, find_series, readings
from recommender.vocabulary import Vocabulary

MOST = 150
"""Films with the words of a name; the best known of them are looked at."""


def parts_of(search: MovieSearch, typed: str) -> tuple[Movie, ...]:
    """The films of the series of that name, the best known first; none where no series is called so.

    Where one is, all films of its name belong to it, remakes too (`Halloween`), its plural (`Aliens`), and what goes on
    as `Batman & Robin` does. A name of several words may stand anywhere: `Rogue One: A Star Wars Story`.
    """
    name = next((one.name for one in readings(typed) if one.how == "title"), "")
    films = search.with_words(typed, MOST) if name else ()
    called = [film for film in films if any(one.name == name for one in readings(film.title))]
    if len(called) < 2 or not _is_series(called):
        return ()
    words = fold(name)
    goes_on = re.compile(rf"(?:the )?{words}(?:s$| (?:and|v|vs|versus|meets|begins)\b)")
    return tuple(
        film
        for film in films
        if film in called
        or goes_on.match(fold(film.title))
        or (" " in words and any(f" {words} " in f" {one.text} " for one in names_of(film.raw_title)))
    )


def shown_name(parts: tuple[Movie, ...], typed: str) -> str:
    """The name as the titles write it: `Star Wars`, however it was typed."""
    words = r"\W+".join(re.findall(r"\w+", typed))
    spelled = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    return next((found[0] for part in parts if (found := spelled.search(part.title)) is not None), typed)


def _is_series(films: list[Movie]) -> bool:
    catalogue = Catalogue(replace(film, title=read_name(film.title).bare) for film in films)
    series, _ = find_series(catalogue.frame(), Vocabulary.of(list(catalogue)))
    return bool((series != NO_SERIES).any())
