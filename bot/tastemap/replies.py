"""A taste map, drawn and in sentences."""

from collections.abc import Mapping, Sequence

from bot.chat.cards import card
from bot.chat.components import ActionButton, view
from bot.chat.drawing import drawable
from bot.chat.markdown import escape, person
from bot.chat.reply import Picture, Reply
from bot.chat.sentences import sentence
from bot.chat.text import cut, many, plain
from bot.tastemap.drawing import Mark, taste_map
from bot.tastemap.service import (
    LEAST_PEOPLE,
    LEAST_RATED,
    NoMapError,
    NotPlacedError,
    NotShownError,
    Spot,
    TasteMap,
    TooFewPeopleError,
)

NAME_LIMIT = 32
"""Characters of a name in words; Discord allows no more."""

GENRE_LIMIT = 24
ALT_LIMIT = 1_000
SIDE_BY_SIDE = 0.3
"""Distance on the map, whose radius is 1, up to which two stand near one another."""

MOST_NEAR = 3
"""People who are named as near to who asked."""


def tastes(shown: TasteMap, names: Mapping[int, str]) -> Reply:
    """The picture and the same in sentences; `names` are as people chose them. Takes a second."""
    numbers = _numbers(shown, names)
    picture = Picture("tastemap.png", taste_map(_marks(shown, names, numbers)), _describe(shown, names, numbers))
    called = {
        one.discord_id: _called(person(names[one.discord_id]), numbers.get(one.discord_id)) for one in shown.people
    }
    lines = [f"### Tastes around {called[shown.me.discord_id]}", *_sentences(shown, called, bold="**")]
    small = (
        "-# Side by side means that I expect two people to prefer the same films. On a flat map that is never quite so."
    )
    if shown.unseen:
        small += f" {many(shown.unseen, 'more', 'more')} could be on it; these are the nearest."
    return Reply(layout=card("\n".join(lines), picture, small), pictures=(picture,))


def _numbers(shown: TasteMap, names: Mapping[int, str]) -> dict[int, int]:
    """What stands on the picture for those whose names the font lacks."""
    unknown = [one.discord_id for one in shown.people if _drawn(names[one.discord_id]) is None]
    return {discord_id: number for number, discord_id in enumerate(unknown, 1)}


def _drawn(name: str) -> str | None:
    """A name as it stands on the picture."""
    return drawable(cut(plain(name), NAME_LIMIT))


def _called(name: str, number: int | None) -> str:
    return name if number is None else f"{name} (no. {number})"


def _marks(shown: TasteMap, names: Mapping[int, str], numbers: Mapping[int, int]) -> list[Mark]:
    marks = [
        Mark(
            _drawn(names[one.discord_id]) or f"no. {numbers.get(one.discord_id, 0)}",
            one.x,
            one.y,
            "me" if one == shown.me else "other",
        )
        for one in shown.people
    ]
    genres = [(drawable(_genre(one.genre)), one) for one in shown.landmarks]
    return marks + [Mark(name, one.x, one.y, "genre") for name, one in genres if name is not None]


def _genre(genre: str) -> str:
    return cut(plain(genre), GENRE_LIMIT)


def _sentences(shown: TasteMap, called: Mapping[int, str], bold: str = "") -> list[str]:
    """Who stands near who asked, who towards which genre, and which two stand closest."""

    def listed(people: Sequence[Spot]) -> str:
        each = [f"{bold}{called[one.discord_id]}{bold}" for one in people]
        return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}"

    me = shown.me
    nearest = sorted(shown.others, key=me.apart)
    near = [one for one in nearest if me.apart(one) <= SIDE_BY_SIDE][:MOST_NEAR]
    if near:
        stands = "stands" if len(near) == 1 else "stand"
        lines = [f"Nearest to {listed([me])} {stands} {listed(near)}."]
    else:
        lines = [f"Nobody stands very near {listed([me])}; the nearest is {listed(nearest[:1])}."]
    by_genre: dict[str, list[Spot]] = {}
    for one in shown.people:
        by_genre.setdefault(one.genre, []).append(one)
    for genre, people in sorted(by_genre.items(), key=lambda item: -len(item[1])):
        name = escape(_genre(genre)) if bold else _genre(genre)
        lines.append(f"By {name}: {listed(people)}.")
    pairs = [(one, other) for place, one in enumerate(shown.others) for other in shown.others[place + 1 :]]
    one, other = min(pairs, key=lambda pair: pair[0].apart(pair[1]))
    if one.apart(other) <= SIDE_BY_SIDE:
        lines.append(f"Of the others {listed([one, other])} stand closest together.")
    return lines


def _describe(shown: TasteMap, names: Mapping[int, str], numbers: Mapping[int, int]) -> str:
    called = {
        one.discord_id: _called(cut(plain(names[one.discord_id]), NAME_LIMIT), numbers.get(one.discord_id))
        for one in shown.people
    }
    text = f"Map of {len(shown.people)} people by taste, between genres. {' '.join(_sentences(shown, called))}"
    return cut(text, ALT_LIMIT)


def invitation(owner_id: int, prefix: str) -> Reply:
    """For somebody who does not let their taste be compared (yet)."""
    return Reply(
        "The taste map shows people who let their taste be compared, and you are not among them yet. Others who are "
        "would then see where you stand, and you where they do.",
        view=view(ActionButton("Put me on the map", "tastemap_join", owner_id)),
        ephemeral=True,
    )


def joined(owner_id: int, prefix: str) -> Reply:
    return Reply(
        "From now on your taste can be compared with that of others who want it too. "
        f"{escape(prefix)}privacy compare off ends that.",
        view=view(ActionButton("Show the map", "tastemap_show", owner_id)),
        ephemeral=True,
    )


@sentence.register
def _(error: NotShownError, prefix: str = "!") -> str:
    if error.visibility == "private":
        return (
            "You keep your ratings to yourself, so you are on no map. "
            f"{prefix}privacy visibility server shows them to members of servers you share."
        )
    return "You are not shown to others in this server, so there is no map with you on it."


@sentence.register
def _(error: NotPlacedError, prefix: str = "!") -> str:
    return (
        f"You have rated {many(error.rated, 'film')}; with {LEAST_RATED} I can say where you stand. "
        f"{prefix}start asks for a few."
    )


@sentence.register
def _(error: TooFewPeopleError, prefix: str = "!") -> str:
    who = "you alone" if error.people == 1 else f"you and {many(error.people - 1, 'other')}"
    return (
        f"A map needs {LEAST_PEOPLE} people; so far there are {who}. Others join with {prefix}tastemap once they have "
        f"rated {LEAST_RATED} films here."
    )


@sentence.register
def _(error: NoMapError, prefix: str = "!") -> str:
    return f"I cannot tell tastes apart well enough for a map yet. {prefix}recommend works all the same."
