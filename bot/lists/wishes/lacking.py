"""What is asked for of films that the catalogue tells nothing of."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from bot.lists.filters import ANY_LENGTH, Filters, Person
from data.facets import Facets
from data.people import ROLES

Fact = Literal["directors", "leads", "lengths", "origins"]
MANY = 0.1
"""Of the catalogue's films; a few come from nowhere that anybody knows of."""


def lacking(facets: Facets, filters: Filters) -> tuple[Fact, ...]:
    """Which of the facts that the filters ask for no film has."""
    facts: list[Fact] = []
    if unknown := _unknown(facets, _people(filters)):
        facts += ["directors"] if any("director" in one.roles for one in unknown) else []
        facts += ["leads"] if any("lead" in one.roles for one in unknown) else []
    if filters.runtime != ANY_LENGTH and not facets.has_runtimes:
        facts.append("lengths")
    if (filters.origins or filters.without_origins) and not len(facets.origins):
        facts.append("origins")
    return tuple(facts)


def unplaced(facets: Facets, *asked: Filters) -> int:
    """Of how many films it is not known where they come from, if that was asked for and they are many; else 0."""
    if not any(one.origins or one.without_origins for one in asked):
        return 0
    unknown = int((~facets.has_origin).sum())
    return unknown if unknown > MANY * len(facets.ids) else 0


def told(facets: Facets, filters: Filters) -> Filters:
    """The filters without what no film of the catalogue tells."""
    unknown = _unknown(facets, _people(filters))
    known = replace(
        filters,
        people=tuple(one for one in filters.people if one not in unknown),
        either_people=tuple(one for one in filters.either_people if one not in unknown),
        without_people=tuple(one for one in filters.without_people if one not in unknown),
    )
    if not facets.has_runtimes:
        known = replace(known, runtime=ANY_LENGTH)
    return known if len(facets.origins) else replace(known, origins=(), without_origins=())


def _people(filters: Filters) -> tuple[Person, ...]:
    return (*filters.people, *filters.either_people, *filters.without_people)


def _unknown(facets: Facets, people: Iterable[Person]) -> list[Person]:
    return [one for one in people if not any(facets.people.are_known(role) for role in ROLES if role in one.roles)]
