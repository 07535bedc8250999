"""A taste map, drawn and in sentences."""

from collections.abc import Mapping, Sequence

from bot.chat.cards import card
from bot.chat.components import ActionButton, view
from bot.chat.drawing import drawable
from bot.chat.genres import genre_name
from bot.chat.language import gettext, gettext_noop, listed, ngettext
from bot.chat.markdown import escape, person
from bot.chat.reply import Picture, Reply
from bot.chat.sentences import sentence
from bot.chat.text import cut, plain
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
    lines = [
        gettext("### Tastes around {name}", name=called[shown.me.discord_id]),
        *_sentences(shown, called, bold="**"),
    ]
    small = gettext(
        "-# Side by side means that I expect two people to prefer the same films. On a flat map that is never quite so."
    )
    if shown.unseen:
        unseen = ngettext(
            "{n} more could be on it; these are the nearest.",
            "{n} more could be on it; these are the nearest.",
            shown.unseen,
        )
        small = f"{small} {unseen}"
    return Reply(layout=card("\n".join(lines), picture, small), pictures=(picture,))


def _numbers(shown: TasteMap, names: Mapping[int, str]) -> dict[int, int]:
    """What stands on the picture for those whose names the font lacks."""
    unknown = [one.discord_id for one in shown.people if _drawn(names[one.discord_id]) is None]
    return {discord_id: number for number, discord_id in enumerate(unknown, 1)}


def _drawn(name: str) -> str | None:
    """A name as it stands on the picture."""
    return drawable(cut(plain(name), NAME_LIMIT))


def _called(name: str, number: int | None) -> str:
    return name if number is None else gettext("{name} (no. {number})", name=name, number=number)


def _marks(shown: TasteMap, names: Mapping[int, str], numbers: Mapping[int, int]) -> list[Mark]:
    marks = [
        Mark(
            _drawn(names[one.discord_id]) or gettext("no. {number}", number=numbers.get(one.discord_id, 0)),
            one.x,
            one.y,
            "me" if one == shown.me else "other",
        )
        for one in shown.people
    ]
    genres = [(drawable(_genre(one.genre)), one) for one in shown.landmarks]
    return marks + [Mark(name, one.x, one.y, "genre") for name, one in genres if name is not None]


def _genre(genre: str) -> str:
    return cut(plain(genre_name(genre)), GENRE_LIMIT)


def _sentences(shown: TasteMap, called: Mapping[int, str], bold: str = "") -> list[str]:
    """Who stands near who asked, who towards which genre, and which two stand closest."""

    def named(people: Sequence[Spot]) -> str:
        return listed([f"{bold}{called[one.discord_id]}{bold}" for one in people])

    me = shown.me
    nearest = sorted(shown.others, key=me.apart)
    near = [one for one in nearest if me.apart(one) <= SIDE_BY_SIDE][:MOST_NEAR]
    match len(near):
        case 0:
            nobody = gettext_noop("Nobody stands very near {name}; the nearest is {people}.")
            lines = [gettext(nobody, name=named([me]), people=named(nearest[:1]))]
        case 1:
            lines = [gettext("Nearest to {name} stands {people}.", name=named([me]), people=named(near))]
        case _:
            lines = [gettext("Nearest to {name} stand {people}.", name=named([me]), people=named(near))]
    by_genre: dict[str, list[Spot]] = {}
    for one in shown.people:
        by_genre.setdefault(one.genre, []).append(one)
    for genre, people in sorted(by_genre.items(), key=lambda item: -len(item[1])):
        name = escape(_genre(genre)) if bold else _genre(genre)
        lines.append(gettext("By {genre}: {people}.", genre=name, people=named(people)))
    pairs = [(one, other) for place, one in enumerate(shown.others) for other in shown.others[place + 1 :]]
    one, other = min(pairs, key=lambda pair: pair[0].apart(pair[1]))
    if one.apart(other) <= SIDE_BY_SIDE:
        lines.append(gettext("Of the others {people} stand closest together.", people=named([one, other])))
    return lines


def _describe(shown: TasteMap, names: Mapping[int, str], numbers: Mapping[int, int]) -> str:
    called = {
        one.discord_id: _called(cut(plain(names[one.discord_id]), NAME_LIMIT), numbers.get(one.discord_id))
        for one in shown.people
    }
    drawn = ngettext(
        "Map of {n} person by taste, between genres.",
        "Map of {n} people by taste, between genres.",
        len(shown.people),
    )
    return cut(" ".join([drawn, *_sentences(shown, called)]), ALT_LIMIT)


def invitation(owner_id: int, prefix: str) -> Reply:
    """For somebody who does not let their taste be compared (yet)."""
    return Reply(
        gettext(
            "The taste map shows people who let their taste be compared, and you are not among them yet. Others who "
            "are would then see where you stand, and you where they do."
        ),
        view=view(ActionButton(gettext("Put me on the map"), "tastemap_join", owner_id)),
        ephemeral=True,
    )


def joined(owner_id: int, prefix: str) -> Reply:
    return Reply(
        gettext(
            "From now on your taste can be compared with that of others who want it too. "
            "{prefix}privacy compare off ends that.",
            prefix=escape(prefix),
        ),
        view=view(ActionButton(gettext("Show the map"), "tastemap_show", owner_id)),
        ephemeral=True,
    )


@sentence.register
def _(error: NotShownError, prefix: str = "!") -> str:
    if error.visibility == "private":
        return gettext(
            "You keep your ratings to yourself, so you are on no map. "
            "{prefix}privacy visibility server shows them to members of servers you share.",
            prefix=prefix,
        )
    return gettext("You are not shown to others in this server, so there is no map with you on it.")


@sentence.register
def _(error: NotPlacedError, prefix: str = "!") -> str:
    return ngettext(
        "You have rated {n} film; with {least} I can say where you stand. {prefix}start asks for a few.",
        "You have rated {n} films; with {least} I can say where you stand. {prefix}start asks for a few.",
        error.rated,
        least=LEAST_RATED,
        prefix=prefix,
    )


@sentence.register
def _(error: TooFewPeopleError, prefix: str = "!") -> str:
    if error.people == 1:
        so_far = gettext("A map needs {least} people; so far you are the only one.", least=LEAST_PEOPLE)
    else:
        so_far = ngettext(
            "A map needs {least} people; so far there are you and {n} other.",
            "A map needs {least} people; so far there are you and {n} others.",
            error.people - 1,
            least=LEAST_PEOPLE,
        )
    join = gettext(
        "Others join with {prefix}tastemap once they have rated {least} films here.", prefix=prefix, least=LEAST_RATED
    )
    return f"{so_far} {join}"


@sentence.register
def _(error: NoMapError, prefix: str = "!") -> str:
    return gettext(
        "I cannot tell tastes apart well enough for a map yet. {prefix}recommend works all the same.", prefix=prefix
    )
