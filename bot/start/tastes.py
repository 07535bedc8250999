"""What a taste is called: the genres, themes and years that set its films apart from those of the other tastes."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from math import log

from bot.chat.language import gettext_noop
from data import Movie
from data.catalogue import FORMATS

GENRES_NAMED = 2
THEMES_NAMED = 2

TELLING = 0.2
"""A further genre is named from so much of its share in a taste times the logarithm of its lift on."""

OF_MANY = 1 / 3
"""A kind goes before others where so many of a taste's films are of it."""

THEME_FILMS = 3
THEME_LIFT = 2.0
"""A theme is named that so many films of a taste are tagged with, and so many times as often as those of all tastes.

Tags are few in a small data set: most films of a theme carry no tag that says so.
"""

CLASSICS = gettext_noop("classics")
CLASSIC_UNTIL = 1979
LATE_CLASSIC = 1989
"""The years of a taste that is half classics end here: who chooses it is asked about no newer films."""

TAIL = 0.05
"""Of a taste's films, so many of the oldest and of the newest are not of its time."""

KINDS: Mapping[str, str] = {
    "Action": gettext_noop("action"), "Adventure": gettext_noop("adventure"),
    "Animation": gettext_noop("animation"), "Children": gettext_noop("family films"),
    "Comedy": gettext_noop("comedy"), "Crime": gettext_noop("crime"), "Documentary": gettext_noop("documentaries"),
    "Drama": gettext_noop("drama"), "Fantasy": gettext_noop("fantasy"), "Film-Noir": gettext_noop("film noir"),
    "Horror": gettext_noop("horror"), "Musical": gettext_noop("musicals"), "Mystery": gettext_noop("mysteries"),
    "Romance": gettext_noop("romance"), "Sci-Fi": gettext_noop("science fiction"),
    "Thriller": gettext_noop("thrillers"), "War": gettext_noop("war films"), "Western": gettext_noop("westerns"),
}  # fmt: skip
"""What a genre is called in a sentence."""

THEMES: Mapping[str, tuple[str, ...]] = {
    gettext_noop("space"): ("space", "space travel", "space opera", "outer space", "astronauts", "aliens",
        "alien", "star wars"),
    gettext_noop("robots"): ("robots", "robot", "androids", "android", "artificial intelligence", "ai",
        "cyborgs", "cyberpunk"),
    gettext_noop("time travel"): ("time travel", "time loop", "alternate reality"),
    gettext_noop("superheroes"): ("superhero", "superheroes", "super-hero", "comic book", "comics", "marvel",
        "dc comics", "batman"),
    gettext_noop("magic"): ("magic", "wizards", "witches", "sorcery", "harry potter", "fairy tale", "fairy tales"),
    gettext_noop("dark futures"): ("dystopia", "dystopic future", "post apocalyptic", "post-apocalyptic", "apocalypse"),
    gettext_noop("dinosaurs"): ("dinosaurs", "dinosaur"),
    gettext_noop("the mafia"): ("mafia", "gangsters", "gangster", "organized crime", "mob"),
    gettext_noop("heists"): ("heist", "robbery", "bank robbery", "caper"),
    gettext_noop("spies"): ("spies", "spy", "espionage", "james bond", "007", "secret agents"),
    gettext_noop("killers"): ("serial killer", "serial killers", "hit men", "hitman", "assassin"),
    gettext_noop("twists"): ("twist ending", "plot twist", "mindfuck", "mind-bending", "surprise ending"),
    gettext_noop("the courtroom"): ("courtroom", "courtroom drama", "lawyers", "john grisham"),
    gettext_noop("politics"): ("politics", "president", "political"),
    gettext_noop("dark humour"): ("dark comedy", "black comedy", "dark humor"),
    gettext_noop("spoofs"): ("parody", "spoof", "satire"),
    gettext_noop("school days"): ("high school", "school", "teen", "coming of age", "coming-of-age"),
    gettext_noop("sport"): ("sports", "boxing", "baseball", "football", "basketball", "golf", "hockey"),
    gettext_noop("martial arts"): ("martial arts", "kung fu", "samurai"),
    gettext_noop("Disney"): ("disney", "pixar", "disney animated feature"),
    gettext_noop("Christmas"): ("christmas",),
    gettext_noop("music"): ("music", "musicians", "rock and roll", "rock music"),
    gettext_noop("the Second World War"): ("world war ii", "wwii", "nazis", "holocaust"),
    gettext_noop("vampires and zombies"): ("vampires", "vampire", "zombies", "zombie"),
    gettext_noop("ghosts"): ("ghosts", "haunted house", "supernatural"),
    gettext_noop("anime"): ("anime", "studio ghibli", "hayao miyazaki"),
    gettext_noop("weddings"): ("wedding", "weddings", "marriage"),
    gettext_noop("costume drama"): ("jane austen", "costume drama", "period piece", "shakespeare"),
}  # fmt: skip
"""Subjects that people name, and the tags that say a film has them; any other tag may be a joke or a private mark."""

_THEME_OF = {tag: theme for theme, tags in THEMES.items() for tag in tags}


def telling_genres(films: Sequence[Movie], everywhere: Sequence[Movie]) -> tuple[str, ...]:
    """The genres that set `films` apart; the most telling one is always named, others from TELLING on."""
    return _telling(films, everywhere, _genres)[:GENRES_NAMED]


def words(films: Sequence[Movie], everywhere: Sequence[Movie]) -> tuple[str, ...]:
    """What a taste is called: a kind of film, then its themes, or else another kind. Empty: there is no word for it."""
    kinds = [KINDS.get(kind, kind.lower()) for kind in _telling(films, everywhere, _kinds)]
    return *kinds[:1], *(_themes_named(films, everywhere) or kinds[1:2])


def own_years(films: Sequence[Movie]) -> tuple[int, int] | None:
    """The years that most of the films are of, without those of the oldest and newest; None where none has one."""
    years = sorted(movie.year for movie in films if movie.year is not None)
    if not years:
        return None
    tail = int(TAIL * len(years))
    last = years[-1 - tail]
    return years[tail], min(last, LATE_CLASSIC) if years[len(years) // 2] <= CLASSIC_UNTIL else last


def of_its_time(films: Sequence[Movie]) -> list[Movie]:
    """The films within the taste's own years, and those whose year nobody knows."""
    years = own_years(films)
    return [movie for movie in films if years is None or movie.year is None or years[0] <= movie.year <= years[1]]


def _telling(
    films: Sequence[Movie], everywhere: Sequence[Movie], facts: Callable[[Movie], Collection[str]]
) -> tuple[str, ...]:
    """The kinds that set `films` apart, those of many first; the first whatever it is worth."""
    here = Counter(kind for movie in films for kind in facts(movie))
    worth = _worth(films, everywhere, facts)
    best = sorted(worth, key=lambda kind: (here[kind] < OF_MANY * len(films), -worth[kind], kind))
    return tuple(kind for place, kind in enumerate(best) if not place or worth[kind] >= TELLING)


def _themes_named(films: Sequence[Movie], everywhere: Sequence[Movie]) -> list[str]:
    """The themes that set `films` apart, for which enough of them carry a tag."""
    here = Counter(theme for movie in films for theme in _themes(movie))
    there = Counter(theme for movie in everywhere for theme in _themes(movie))
    worth = _worth(films, everywhere, _themes)
    common = [
        theme
        for theme, count in here.items()
        if count >= THEME_FILMS and count * len(everywhere) >= THEME_LIFT * there[theme] * len(films)
    ]
    return sorted(common, key=lambda theme: (-worth[theme], theme))[:THEMES_NAMED]


def _worth(
    films: Sequence[Movie], everywhere: Sequence[Movie], facts: Callable[[Movie], Collection[str]]
) -> dict[str, float]:
    """Share · log(share / share everywhere) of each fact.

    That is what it adds to the relative entropy of the two (Kullback & Leibler 1951).
    """
    here = Counter(fact for movie in films for fact in facts(movie))
    there = Counter(fact for movie in everywhere for fact in facts(movie))
    return {
        fact: (share := count / len(films)) * log(share / (there[fact] / len(everywhere)))
        for fact, count in here.items()
    }


def _genres(movie: Movie) -> list[str]:
    return [genre for genre in movie.genres if genre not in FORMATS]


def _kinds(movie: Movie) -> list[str]:
    """Its genres, and whether it is old."""
    return [*_genres(movie), *([CLASSICS] if movie.year is not None and movie.year <= CLASSIC_UNTIL else [])]


def _themes(movie: Movie) -> set[str]:
    return {_THEME_OF[tag] for tag in movie.main_tags if tag in _THEME_OF}
