"""A group's list: who it is for, five films, whom each suits least, and how to choose one."""

from collections.abc import Sequence

from bot.chat.cards import CardPart, card
from bot.chat.components import ANYBODY, ActionButton, ActionSelect, ActionUserSelect, Option
from bot.chat.genres import genre_name
from bot.chat.language import format_number, gettext, gettext_noop, listed, ngettext
from bot.chat.markdown import bold, escape, person
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.chat.stars import guess, stars
from bot.chat.text import cut, option, plain
from bot.movienight import phrases
from bot.movienight.errors import (
    MOST_MEMBERS,
    EveningGoneError,
    NobodyElseError,
    NotCountedError,
    NotHostError,
    TooManyMembersError,
)
from bot.movienight.evening import Fit, Night, NightFilm
from bot.movienight.phrases import Names
from bot.movienight.wishes import NotForGroupsError, ShareError, UnknownWishError

GENRES_NAMED, GENRES_LIMIT = 2, 60

_SUITS = (
    (4.0, gettext_noop("a treat for everybody")),
    (3.5, gettext_noop("should suit everybody")),
    (3.0, gettext_noop("fine with everybody")),
    (0.0, gettext_noop("not for everybody")),
)


def who_watches(evening_id: int, host_id: int) -> Reply:
    """The question where nobody was named and no voice channel tells."""
    choose = ngettext(
        "Choose up to {n} other. You are counted in anyway.",
        "Choose up to {n} others. You are counted in anyway.",
        MOST_MEMBERS - 1,
    )
    next_time = gettext(
        "Next time, mention them behind the command, or ask from a voice channel that you are in together."
    )
    placeholder = gettext("Who is watching with you?")
    return Reply(
        layout=card(
            f"## {gettext('Who is watching?')}\n{choose}",
            [ActionUserSelect(placeholder, "night_members", host_id, evening_id, at_most=MOST_MEMBERS)],
            f"-# {next_time}",
            colour=CALM,
        )
    )


def night(shown: Night, names: Names) -> Reply:
    """The list, as long as no film of it is chosen with all ways to choose one."""
    asked = phrases.wishes(shown.wishes)
    title = gettext("Films for {people}", people=phrases.people(shown.shown_ids, names, shown.size))
    head = f"## {title}" + (f"\n-# {asked[:1].upper()}{asked[1:]}" if asked else "")
    if not shown.films:
        return Reply(layout=card(head, _nothing(shown)))
    common = _common(shown.films, names)
    parts: list[CardPart] = [
        head,
        "\n".join(_entry(one, names, common) for one in shown.films),
        "\n".join(f"-# {one}" for one in _notes(shown, names, common)),
    ]
    if shown.evening.state == "open":
        parts.append([_pick(shown)])
    return Reply(layout=card(*parts, _ways_on(shown)))


def _common(films: Sequence[NightFilm], names: Names) -> list[str]:
    """What would stand in every line of a list: how films suit everybody, and whom least."""
    if len(films) < 2:
        return []
    alike = (set(said) for said in zip(*(_suits(one, names) for one in films), strict=True))
    return [said.pop() for said in alike if len(said) == 1 and "" not in said]


def _suits(film: NightFilm, names: Names) -> tuple[str, str]:
    """How a film suits everybody, and whom least, in words; empty where nobody may be shown."""
    if film.least is None:
        return "", ""
    suits = next(gettext(said) for stars, said in _SUITS if film.least.stars >= stars)
    member = names.get(film.least.discord_id)
    return suits, "" if member is None else gettext("least for {member}", member=person(member))


def _entry(film: NightFilm, names: Names, common: Sequence[str]) -> str:
    """Two lines: the film with the group's score, and in small what that hides, but for what all have in common."""
    mean = "" if film.mean is None else f" {guess(film.mean)}"
    suits, whom = _suits(film, names)
    facts = [suits] if suits and suits not in common else []
    if film.least is not None and whom and whom not in common:
        member = person(names[film.least.discord_id])
        facts.append(gettext("least for {member}, {stars}", member=member, stars=guess(film.least.stars)))
    if genres := escape(cut(plain(", ".join(map(genre_name, film.genres[:GENRES_NAMED]))), GENRES_LIMIT)):
        facts.append(genres)
    head = f"{film.rank}. {bold(film.movie)}{mean}"
    return f"{head}\n-# {' · '.join(facts)}" if facts else head


def _notes(shown: Night, names: Names, common: Sequence[str]) -> list[str]:
    notes = [gettext("Each of them: {facts}", facts=" · ".join(common))] if common else []
    if shown.is_all:
        notes.append(gettext("That is all there is."))
    if len(shown.shown_ids) < shown.size:
        notes.append(gettext("Best for all of you together first · ★ my guess, on average of those who are shown"))
    else:
        notes.append(gettext("Best for all of you together first · ★ my guess, on average"))
    if owed := [person(names[one]) for one in shown.owed if one in names]:
        notes.append(
            ngettext(
                "{members} has more to say tonight, since earlier films suited others better.",
                "{members} have more to say tonight, since earlier films suited others better.",
                len(owed),
                members=listed(owed),
            )
        )
    if shown.wishes.day and shown.evening.state == "open":
        notes.append(
            gettext(
                "You said “{day}”, but not at what time: I ask once a film is chosen.",
                day=escape(short(shown.wishes.day)),
            )
        )
    if shown.left_out:
        notes.append(
            ngettext(
                "One of those you named is not counted in: I leave out whoever keeps to themselves or has not used me "
                "here yet.",
                "{n} of those you named are not counted in: I leave out whoever keeps to themselves or has not "
                "used me here yet.",
                shown.left_out,
            )
        )
    return notes


def _nothing(shown: Night) -> str:
    if shown.wishes.rewatch:
        return gettext("No film is left that fits and that none of you has rated. Take away a filter.")
    return gettext(
        "No film is left that fits and that none of you has rated. Take away a filter, or add the word rewatch."
    )


def _pick(shown: Night) -> ActionSelect:
    options = [
        Option(option(one.movie), str(one.movie.movie_id), guess(one.mean) if one.mean is not None else None)
        for one in shown.films
    ]
    return ActionSelect(gettext("Pick one"), "night_pick", shown.host_id, shown.evening_id, options=options)


def _ways_on(shown: Night) -> list[ActionButton]:
    evening_id, first, host = shown.evening.evening_id, shown.evening.shown_from, shown.host_id
    buttons = [ActionButton(gettext("Why"), "night_why", ANYBODY, evening_id, first)]
    if shown.evening.state != "open":
        return buttons
    if shown.evening.poll_id is not None:
        return [*buttons, ActionButton(gettext("End the poll"), "night_poll_end", host, evening_id)]
    if shown.evening.deck is None:
        buttons.append(ActionButton(gettext("Re-roll"), "night_reroll", host, evening_id, first))
        buttons.append(ActionButton(gettext("Poll"), "night_poll", host, evening_id))
    return [*buttons, ActionButton(gettext("Swipe"), "night_deck", host, evening_id)]


def why(shown: Night, names: Names) -> Reply:
    """What each film is for each of those who may be shown."""
    lines = []
    for film in shown.films:
        fits = [
            f"{person(names[one.discord_id])} {_stars(one)}"
            for one in sorted(film.fits, key=lambda one: -one.stars)
            if one.discord_id in names
        ]
        whom = " · ".join(fits) or gettext("nobody whom I could show")
        lines.append(f"{film.rank}. {bold(film.movie)}\n{whom}")
    order = gettext(
        "The order comes from everybody's own list: a film that stands high for all of you goes before one that "
        "some love and others would never choose. Behind ± stands how far off I usually am."
    )
    return Reply(
        layout=card(
            f"## {gettext('What it is for each of you')}",
            "\n".join(lines) or gettext("No film."),
            f"-# {order}",
            colour=CALM,
        ),
        ephemeral=True,
    )


def _stars(fit: Fit) -> str:
    """A guess, or the stars somebody gave a film before."""
    if fit.stars_sd:
        return guess(fit.stars, fit.stars_sd)
    return gettext("gave it {stars}", stars=stars(fit.stars))


@sentence.register
def _(error: NobodyElseError, prefix: str = "!") -> str:
    if not error.named:
        return gettext(
            "Name who watches with you, as in {prefix}movienight @bob @carol. You are counted in anyway.", prefix=prefix
        )
    return gettext(
        "I can count in nobody of those you named. A movie night is for members who have used me in this server and "
        "let the others see their taste: {prefix}rate Heat 4.5 is enough to begin with.",
        prefix=prefix,
    )


@sentence.register
def _(error: TooManyMembersError, prefix: str = "!") -> str:
    return gettext(
        "That would be {given} people; I find films for up to {most}. Name those who choose.",
        given=format_number(error.given),
        most=MOST_MEMBERS,
    )


@sentence.register
def _(error: EveningGoneError, prefix: str = "!") -> str:
    return gettext("That evening was called off, or is over. {prefix}movienight begins another one.", prefix=prefix)


@sentence.register
def _(error: NotHostError, prefix: str = "!") -> str:
    return gettext("That is up to whoever asked for this movie night, and to those who manage the server's events.")


@sentence.register
def _(error: NotCountedError, prefix: str = "!") -> str:
    return gettext(
        "You are not among those this evening is for. {prefix}movienight finds a film for you and others.",
        prefix=prefix,
    )


@sentence.register
def _(error: NotForGroupsError, prefix: str = "!") -> str:
    return gettext(
        "A movie night takes genres, genres to leave out, years and rewatch, like this: "
        "{prefix}movienight comedy without:romance 90s rewatch",
        prefix=prefix,
    )


@sentence.register
def _(error: UnknownWishError, prefix: str = "!") -> str:
    return gettext(
        "I do not understand “{word}” there. Mention people with an @, and write wishes like this: "
        "{prefix}movienight @bob comedy 90s rewatch",
        word=short(error.word),
        prefix=prefix,
    )


@sentence.register
def _(error: ShareError, prefix: str = "!") -> str:
    return gettext(
        "From 1 to 100 % of those who swipe have to like a film; {given} % cannot be.",
        given=format_number(error.given),
    )
