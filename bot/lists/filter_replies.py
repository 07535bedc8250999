"""Filters in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from discord import app_commands

from bot.chat.genres import genre_name
from bot.chat.language import gettext, gettext_noop, listed, ngettext, pgettext
from bot.chat.markdown import escape
from bot.chat.sentences import sentence, short
from bot.chat.text import OPTION_LIMIT, TITLE_LIMIT, cut, plain
from bot.lists.filter_words import ContradictionError, CountError, LackingError, UnknownFilterError
from bot.lists.filters import ANY_LENGTH, ANY_YEAR, Filters, Liked, Person, Runtime, Years
from bot.lists.service import Loosening
from bot.lists.wishes.everyday import mood
from bot.lists.wishes.lacking import Fact
from data.people import Role

DEFAULTS_LIMIT = 200
"""Characters of a member's defaults under a heading."""

GENRES_NAMED, GENRE_LIMIT = 6, 30
"""So many genres are named in a sentence, with so many characters each."""

_FACTS: dict[Fact, tuple[str, str]] = {
    "directors": (gettext_noop("who directed the films here"), gettext_noop("who directed them")),
    "leads": (gettext_noop("who plays in the films here"), gettext_noop("who plays in them")),
    "lengths": (gettext_noop("how long the films here are"), gettext_noop("how long they are")),
    "origins": (gettext_noop("where the films here come from"), gettext_noop("where they come from")),
}
"""What is not known, as it is said first and after another."""

_ROLES: tuple[tuple[str, Role | None], ...] = (
    (gettext_noop("by {people}"), "director"),
    (gettext_noop("with {people}"), "lead"),
    (gettext_noop("by or with {people}"), None),
)


def words(filters: Filters) -> str:
    """`like Up (2009) · dark · Comedy or Drama · without Romance · 1990s`, escaped; empty for no filters."""
    said = []
    if filters.like:
        said.append(gettext("like {films}", films=_list([one.label for one in filters.like], "and", TITLE_LIMIT)))
    if filters.moods:
        said.append(_list([gettext(mood(one).shown) for one in filters.moods], "and"))
    if filters.every:
        said.append(_list([genre_name(one) for one in filters.every], "and"))
    if filters.genres:
        said.append(_list([genre_name(one) for one in filters.genres], "or"))
    said += _unwanted(filters)
    if filters.years != ANY_YEAR:
        said.append(years(filters.years))
    if filters.without_years:
        said.append(gettext("not from {years}", years=_list([_from(one) for one in filters.without_years], "or")))
    if filters.without_films:
        said.append(gettext("not {films}", films=_list(_left_out(filters.without_films), "or", TITLE_LIMIT)))
    if filters.runtime != ANY_LENGTH:
        said.append(runtime(filters.runtime))
    said += _people(filters)
    if filters.origins:
        said.append(_list([gettext(one) for one in filters.origins], "or"))
    return " · ".join([*said, *_whence(filters)])


def _unwanted(filters: Filters) -> list[str]:
    moods = [mood(one) for one in filters.without_moods]
    things = [*map(genre_name, filters.without), *(gettext(one.shown) for one in moods if not one.is_quality)]
    qualities = [gettext(one.shown) for one in moods if one.is_quality]
    qualities += [gettext(one) for one in filters.without_origins]
    return [
        *([gettext("without {things}", things=_list(things, "or"))] if things else []),
        *([gettext("not {qualities}", qualities=_list(qualities, "or"))] if qualities else []),
    ]


def _left_out(films: Sequence[Liked]) -> list[str]:
    """`Heat (1995)`, `Star Wars (all films)`: all parts of a series are called as it is."""
    return [
        gettext("{series} (all films)", series=label) if count > 1 else label
        for label, count in Counter(one.label for one in films).items()
    ]


def _whence(filters: Filters) -> list[str]:
    """How well known, from where, seen or not, and without defaults, where that is asked for."""
    said = {
        "popular": filters.depth == "popular" and gettext("popular films"),
        "deep": filters.depth == "deep" and gettext("deep cuts"),
        "watchlist": filters.source == "watchlist" and gettext("from your watchlist"),
        "elsewhere": filters.source == "not on watchlist" and gettext("not on your watchlist"),
        "any": filters.seen == "any" and gettext("also films you have seen"),
        "seen": filters.seen == "seen" and gettext("seen before"),
        "defaults": not filters.with_defaults and gettext("without your defaults"),
    }
    return [one for one in said.values() if one]


def loosened(loosening: Loosening, filters: Filters) -> str:
    """What there is without one of these filters."""
    n = loosening.films
    match loosening.part:
        case "genres" | "every":
            return ngettext("Of any genre I have {n} film for you.", "Of any genre I have {n} films for you.", n)
        case "without" | "without_films":
            return ngettext(
                "With nothing left out I have {n} film for you.", "With nothing left out I have {n} films for you.", n
            )
        case "years" | "without_years":
            return ngettext("From any year I have {n} film for you.", "From any year I have {n} films for you.", n)
        case "runtime":
            return ngettext("Of any length I have {n} film for you.", "Of any length I have {n} films for you.", n)
        case "people" | "either_people":
            return ngettext(
                "By and with anybody I have {n} film for you.", "By and with anybody I have {n} films for you.", n
            )
        case "without_people":
            return ngettext(
                "With nobody left out I have {n} film for you.", "With nobody left out I have {n} films for you.", n
            )
        case "origins" | "without_origins":
            return ngettext("From anywhere I have {n} film for you.", "From anywhere I have {n} films for you.", n)
        case "without_moods":
            return ngettext("In every mood I have {n} film for you.", "In every mood I have {n} films for you.", n)
        case "source" if filters.source == "watchlist":
            return ngettext(
                "Beyond your watchlist I have {n} film for you.", "Beyond your watchlist I have {n} films for you.", n
            )
        case "source":
            return ngettext(
                "With your watchlist I have {n} film for you.", "With your watchlist I have {n} films for you.", n
            )
        case "seen":
            return ngettext(
                "Among films you have not seen I have {n} film for you.",
                "Among films you have not seen I have {n} films for you.",
                n,
            )
        case "defaults":
            return ngettext(
                "Without your defaults I have {n} film for you.", "Without your defaults I have {n} films for you.", n
            )


def defaults(filters: Filters) -> str:
    """`Your defaults: without Horror`; empty where there are none."""
    said = cut(words(filters), DEFAULTS_LIMIT)
    return gettext("Your defaults: {filters}", filters=said) if said else ""


def heading(filters: Filters) -> str:
    """The same as a line of its own."""
    said = words(filters)
    return said[:1].upper() + said[1:]


def _people(filters: Filters) -> list[str]:
    either = _by_role(filters.either_people, "or")
    without = [one.name for one in filters.without_people]
    return [
        *_by_role(filters.people, "and"),
        *([listed(either, "or")] if either else []),
        *([gettext("without {people}", people=_list(without, "or"))] if without else []),
    ]


def _by_role(people: Sequence[Person], joined_by: Literal["and", "or"]) -> list[str]:
    said = []
    for form, role in _ROLES:
        if names := [one.name for one in people if one.role == role]:
            said.append(gettext(form, people=_list(names, joined_by)))
    return said


def runtime(asked: Runtime) -> str:
    """`up to 2 h`, `at least 90 min`, `75–105 min`."""
    if asked.least is not None and asked.most is not None:
        return f"{asked.least}–{asked.most} min"
    if asked.most is not None:
        return gettext("up to {length}", length=_long(asked.most))
    return gettext("at least {length}", length=_long(asked.least or 0))


def _long(minutes: int) -> str:
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def years(asked: Years) -> str:
    """`1994`, `1990s`, `1990–1995`, `since 2010`, `up to 1979`; `1980s or 2010s`."""
    if asked.gaps:
        return listed([years(one) for one in asked.stretches], "or")
    first, last = asked.first, asked.last
    if first is None:
        return gettext("up to {year}", year=last)
    if last is None:
        return gettext("since {year}", year=first)
    if first == last:
        return str(first)
    return gettext("{decade}s", decade=first) if _is_decade(asked) else f"{first}–{last}"


def _is_decade(asked: Years) -> bool:
    return asked.first is not None and asked.first % 10 == 0 and asked.last == asked.first + 9


def _from(asked: Years) -> str:
    """The same behind `from`: `the 1990s`."""
    return pgettext("behind from", "the {decade}s", decade=asked.first) if _is_decade(asked) else years(asked)


def _list(names: Sequence[str], joined_by: Literal["and", "or"], limit: int = GENRE_LIMIT) -> str:
    named = [escape(cut(plain(one), limit)) for one in names[:GENRES_NAMED]]
    if len(names) > GENRES_NAMED:
        named.append(ngettext("{n} other", "{n} others", len(names) - GENRES_NAMED))
    return listed(named, joined_by)


def facts_of(facts: Sequence[Fact]) -> str:
    """`who directed the films here or how long they are`, of what is not known."""
    first, *others = facts
    return listed([gettext(_FACTS[first][0]), *(gettext(_FACTS[one][1]) for one in others)], "or")


def genre_choices(found: Iterable[str]) -> list[app_commands.Choice[str]]:
    """Genres that complete what is typed, in the language of who types; what is sent are the catalogue's names."""
    named = {", ".join(map(genre_name, one.split(", "))): one for one in found}
    return [
        app_commands.Choice(name=name, value=one)
        for name, one in named.items()
        if max(len(name), len(one)) <= OPTION_LIMIT
    ]


@sentence.register
def _(error: CountError, prefix: str = "!") -> str:
    return gettext(
        "A list has 1 to {limit} films, so “{given}” does not work: {prefix}recommend 5",
        given=short(error.given),
        limit=error.limit,
        prefix=prefix,
    )


@sentence.register
def _(error: UnknownFilterError, prefix: str = "!") -> str:
    said = [gettext("I do not understand “{word}” there.", word=short(error.word))]
    if error.nearest:
        said.append(gettext("Did you mean “{offer}”?", offer=error.nearest))
    else:
        said.append(gettext("Genres are {genres}.", genres=", ".join(map(genre_name, error.genres))))
    if prefix == "/":
        said.append(gettext("Pick genres from their list, and write years like 90s or 1990-1999."))
    else:
        said.append(gettext("Genres and years are written like this: comedy without:romance 90s."))
    return " ".join(said)


@sentence.register
def _(error: LackingError, prefix: str = "!") -> str:
    return gettext("I do not know {facts}. Leave that out, please.", facts=facts_of(error.facts))


@sentence.register
def _(error: ContradictionError, prefix: str = "!") -> str:
    return gettext(
        "“{one}” and “{other}” do not go together. Leave one of them out.",
        one=short(error.one),
        other=short(error.other),
    )
