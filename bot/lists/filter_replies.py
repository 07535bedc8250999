"""Filters in words, and the panel in which they are chosen."""

from collections.abc import Sequence
from typing import Literal

from bot.chat.cards import card
from bot.chat.components import ActionButton, ActionSelect, Option
from bot.chat.markdown import escape
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.chat.text import TITLE_LIMIT, cut, many, plain
from bot.lists.filter_words import ContradictionError, CountError, LackingError, UnknownFilterError
from bot.lists.filters import ANY_LENGTH, ANY_YEAR, PLAIN, Constraint, Filters, Runtime, Years
from bot.lists.panel import Panel, PanelField
from bot.lists.wishes.everyday import mood
from bot.lists.wishes.lacking import Fact

OPTIONS = 25
"""Most options Discord takes in one select."""

DEFAULTS_LIMIT = 200
"""Characters of a member's defaults under a heading."""

GENRES_NAMED, GENRE_LIMIT = 6, 30
"""So many genres are named in a sentence, with so many characters each."""

_DEPTHS = {"popular": "Popular films", "balanced": "Balanced", "deep": "Deep cuts"}
_DEPTH_HINTS = {
    "popular": "What many people know",
    "balanced": "What you are likely to love, known or not",
    "deep": "What few people have seen",
}
LENGTHS = (Runtime(None, 90), Runtime(None, 120), Runtime(None, 150), Runtime(150, None))
_SOURCES = {"all": "All films", "watchlist": "Your watchlist", "not on watchlist": "All but your watchlist"}
_SEEN = {"any": "Also films you have seen", "seen": "Only films you know"}

_FACTS: dict[Fact, tuple[str, str]] = {
    "directors": ("who directed the films here", "who directed them"),
    "leads": ("who plays in the films here", "who plays in them"),
    "lengths": ("how long the films here are", "how long they are"),
    "origins": ("where the films here come from", "where they come from"),
}
"""What is not known, as it is said first and after another."""

_LOOSENED: dict[Constraint | Literal["defaults"], str] = {
    "genres": "Of any genre",
    "every": "Of any genre",
    "without": "With nothing left out",
    "years": "From any year",
    "without_years": "From any year",
    "without_films": "With nothing left out",
    "runtime": "However long they are,",
    "people": "By and with anybody",
    "either_people": "By and with anybody",
    "without_people": "With nobody left out",
    "origins": "From anywhere",
    "without_origins": "From anywhere",
    "without_moods": "In every mood",
    "source": "Beyond your watchlist",
    "seen": "Among films you have not seen",
    "defaults": "Without your defaults",
}


def words(filters: Filters) -> str:
    """`like Up (2009) · dark · Comedy or Drama · without Romance · 1990s`, escaped; empty for no filters."""
    said = []
    if filters.like:
        said.append(f"like {_list([one.label for one in filters.like], 'and', TITLE_LIMIT)}")
    if filters.moods:
        said.append(_list([mood(one).shown for one in filters.moods], "and"))
    if filters.every:
        said.append(_list(filters.every, "and"))
    if filters.genres:
        said.append(_list(filters.genres, "or"))
    unwanted = [mood(one) for one in filters.without_moods]
    if without := (*filters.without, *(one.shown for one in unwanted if not one.is_quality)):
        said.append(f"without {_list(without, 'or')}")
    if qualities := (*(one.shown for one in unwanted if one.is_quality), *filters.without_origins):
        said.append(f"not {_list(qualities, 'or')}")
    if filters.years != ANY_YEAR:
        said.append(years(filters.years))
    if spans := [years(one) for one in filters.without_years]:
        said.append(f"not from {_list([f'the {one}' if one[-1] == 's' else one for one in spans], 'or')}")
    if filters.without_films:
        said.append(f"not {_list([one.label for one in filters.without_films], 'or', TITLE_LIMIT)}")
    if filters.runtime != ANY_LENGTH:
        said.append(runtime(filters.runtime))
    said += _people(filters)
    if filters.origins:
        said.append(_list(filters.origins, "or"))
    if filters.depth != "balanced":
        said.append(_DEPTHS[filters.depth].lower())
    if filters.source == "watchlist":
        said.append("from your watchlist")
    elif filters.source == "not on watchlist":
        said.append("not on your watchlist")
    if filters.seen == "any":
        said.append("also films you have seen")
    elif filters.seen == "seen":
        said.append("seen before")
    if not filters.with_defaults:
        said.append("without your defaults")
    return " · ".join(said)


def loosened(part: Constraint | Literal["defaults"], filters: Filters) -> str:
    """How a sentence begins that tells what there is without a filter of these."""
    return "With your watchlist" if part == "source" and filters.source != "watchlist" else _LOOSENED[part]


def defaults(filters: Filters) -> str:
    """`Your defaults: without Horror`; empty where there are none."""
    said = cut(words(filters), DEFAULTS_LIMIT)
    return f"Your defaults: {said}" if said else ""


def heading(filters: Filters) -> str:
    """The same as a line of its own."""
    said = words(filters)
    return said[:1].upper() + said[1:]


def _people(filters: Filters) -> list[str]:
    said, either = [], []
    for begin, role in (("by", "director"), ("with", "lead"), ("by or with", None)):
        if names := [one.name for one in filters.people if one.role == role]:
            said.append(f"{begin} {_list(names, 'and')}")
        if names := [one.name for one in filters.either_people if one.role == role]:
            either.append(f"{begin} {_list(names, 'or')}")
    if either:
        said.append(" or ".join(either))
    if filters.without_people:
        said.append(f"without {_list([one.name for one in filters.without_people], 'or')}")
    return said


def runtime(asked: Runtime) -> str:
    """`up to 2 h`, `at least 90 min`, `75–105 min`."""
    if asked.least is not None and asked.most is not None:
        return f"{asked.least}–{asked.most} min"
    return f"up to {_long(asked.most)}" if asked.most is not None else f"at least {_long(asked.least or 0)}"


def _long(minutes: int) -> str:
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def years(asked: Years) -> str:
    """`1994`, `1990s`, `1990–1995`, `since 2010`, `up to 1979`."""
    first, last = asked.first, asked.last
    if first is None or last is None:
        return f"since {first}" if first is not None else f"up to {last}"
    if first == last:
        return str(first)
    return f"{first}s" if first % 10 == 0 and last == first + 9 else f"{first}–{last}"


def _list(names: Sequence[str], last_join: str, limit: int = GENRE_LIMIT) -> str:
    named = [escape(cut(plain(one), limit)) for one in names[:GENRES_NAMED]]
    if len(names) > GENRES_NAMED:
        named.append(many(len(names) - GENRES_NAMED, "other"))
    *most, last = named
    return f"{', '.join(most)} {last_join} {last}" if most else last


def unknown_facts(facts: Sequence[Fact]) -> str:
    """`I do not know who directed the films here or how long they are`."""
    first, *others = facts
    *most, last = [_FACTS[first][0], *(_FACTS[one][1] for one in others)]
    return f"I do not know {', '.join(most)} or {last}" if most else f"I do not know {last}"


def panel(shown: Panel) -> Reply:
    """Everything a list can be asked for, as it is chosen now."""
    filters = shown.filters
    asked = heading(filters) or "Everything you have not seen"
    fits = f"{many(shown.fits, 'film')} of these to choose from" if shown.fits else "No film fits. Take something away"
    more = " · any one of the genres is enough" if len(filters.genres) > 1 else ""
    is_mixed = len(filters.wanted_genres) > 1
    return Reply(
        layout=card(
            "\n-# ".join([f"## Your next list\n{asked}", *filter(None, [defaults(shown.defaults)]), f"{fits}{more}"]),
            # Once something is chosen in them, the two look alike.
            "-# Genres",
            [_genre_select(shown, "genres", "Genres")],
            *([[_select(shown, "every", "Any or all of them", _every(filters))]] if is_mixed else []),
            "-# Without",
            [_genre_select(shown, "without", "Without")],
            [_select(shown, "years", "Years", _decades(shown))],
            *([[_select(shown, "runtime", "Length", _lengths(filters))]] if shown.has_runtimes else []),
            [_select(shown, "depth", "How well known", _depths(filters))],
            [_select(shown, "source", "From", _sources(filters))],
            [
                ActionButton("Show the list", "filters_show", shown.owner_id, shown.draft_id, disabled=not shown.fits),
                ActionButton("Clear", "filters_clear", shown.owner_id, shown.draft_id),
                *([_defaults_button(shown)] if shown.defaults != PLAIN or not filters.with_defaults else []),
            ],
            colour=CALM,
        ),
        ephemeral=True,
    )


def panel_done(filters: Filters) -> Reply:
    """What is left of a panel whose list was shown."""
    return Reply(layout=card(f"{words(filters) or 'No filters'}\n-# Your list is below.", colour=CALM), ephemeral=True)


def _defaults_button(shown: Panel) -> ActionButton:
    label = "Without my defaults" if shown.filters.with_defaults else "With my defaults"
    return ActionButton(label, "filters_defaults", shown.owner_id, shown.draft_id)


def _genre_select(shown: Panel, choice: PanelField, placeholder: str) -> ActionSelect:
    chosen = shown.filters.wanted_genres if choice == "genres" else shown.filters.without
    # What is chosen stands first, so that it is never among what a select has no room for.
    genres = sorted(shown.genres, key=lambda genre: genre not in chosen)[:OPTIONS]
    options = [Option(plain(genre), genre[:100], is_chosen=genre in chosen) for genre in sorted(genres)]
    return _select(shown, choice, placeholder, options, at_least=0, at_most=len(options))


def _select(
    shown: Panel, choice: PanelField, placeholder: str, options: list[Option], at_least: int = 1, at_most: int = 1
) -> ActionSelect:
    return ActionSelect(
        placeholder,
        "filters_choose",
        shown.owner_id,
        shown.draft_id,
        choice,
        options=options,
        at_least=at_least,
        at_most=at_most,
    )


def _decades(shown: Panel) -> list[Option]:
    """The newest first; other years that are asked for are an option of their own."""
    asked = shown.filters.years
    decades = [Years(first, first + 9) for first in reversed(shown.decades)][: OPTIONS - 2]
    own = [asked] if asked not in {ANY_YEAR, *decades} else []
    return [
        Option("Any year", "any", is_chosen=asked == ANY_YEAR),
        *(
            Option(years(one).capitalize(), _value(one.first, one.last), is_chosen=one == asked)
            for one in (*own, *decades)
        ),
    ]


def _value(first: int | None, last: int | None) -> str:
    return f"{'' if first is None else first}-{'' if last is None else last}"


def _every(filters: Filters) -> list[Option]:
    is_every = bool(filters.every)
    return [
        Option("Any one of the genres", "any", is_chosen=not is_every),
        Option("All of the genres at once", "all", is_chosen=is_every),
    ]


def _lengths(filters: Filters) -> list[Option]:
    """Other lengths that are asked for are an option of their own."""
    asked = filters.runtime
    own = [asked] if asked not in {ANY_LENGTH, *LENGTHS} else []
    return [
        Option("Any length", "any", is_chosen=asked == ANY_LENGTH),
        *(
            Option(runtime(one).capitalize(), _value(one.least, one.most), is_chosen=one == asked)
            for one in (*own, *LENGTHS)
        ),
    ]


def _depths(filters: Filters) -> list[Option]:
    return [
        Option(label, value, _DEPTH_HINTS[value], is_chosen=value == filters.depth) for value, label in _DEPTHS.items()
    ]


def _sources(filters: Filters) -> list[Option]:
    chosen = filters.source if filters.seen == "unseen" else filters.seen
    return [Option(label, value, is_chosen=value == chosen) for value, label in (_SOURCES | _SEEN).items()]


@sentence.register
def _(error: CountError, prefix: str = "!") -> str:
    return f"“{short(error.given)}” is no length of a list. It has 1 to {error.limit} films: {prefix}recommend 5"


@sentence.register
def _(error: UnknownFilterError, prefix: str = "!") -> str:
    said = f"I do not understand “{short(error.word)}” there."
    said += f" Did you mean “{error.nearest}”?" if error.nearest else f" Genres are {', '.join(error.genres)}."
    if prefix == "/":
        return f"{said} Pick genres from their list, and write years like 90s or 1990-1999."
    return f"{said} Genres and years are written like this: comedy without:romance 90s."


@sentence.register
def _(error: LackingError, prefix: str = "!") -> str:
    return f"{unknown_facts(error.facts)}. Leave that out, please."


@sentence.register
def _(error: ContradictionError, prefix: str = "!") -> str:
    return f"“{short(error.one)}” and “{short(error.other)}” do not go together. Leave one of them out."
