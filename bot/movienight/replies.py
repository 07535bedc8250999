"""A group's list: who it is for, five films, whom each suits least, and how to choose one."""

from collections.abc import Sequence
from datetime import timedelta

import discord

from bot.chat.cards import CardPart, card
from bot.chat.components import ANYBODY, ActionButton, ActionSelect, ActionUserSelect, Option
from bot.chat.markdown import bold, escape, person
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.chat.stars import guess, stars
from bot.chat.text import cut, option, plain
from bot.movienight import phrases
from bot.movienight.errors import (
    MOST_MEMBERS,
    AlreadyChosenError,
    EveningGoneError,
    NobodyElseError,
    NoEveningError,
    NotCountedError,
    NotHostError,
    NotYetError,
    TooManyMembersError,
)
from bot.movienight.evening import Fit, Night, NightFilm
from bot.movienight.phrases import Names
from bot.movienight.service import POLLED
from bot.movienight.times import NoOffsetError, TimeOutOfReachError, UnreadOffsetError, UnreadTimeError
from bot.movienight.wishes import NotForGroupsError, ShareError, UnknownWishError
from data import Movie

GENRES_NAMED, GENRES_LIMIT = 2, 60
ANSWER_LIMIT = 55
"""Characters of an answer in a poll."""

POLL_HOURS = 8

_SUITS = ((4.0, "a treat for everybody"), (3.5, "should suit everybody"), (3.0, "fine with everybody"))


def who_watches(evening_id: int, host_id: int) -> Reply:
    """The question where nobody was named and no voice channel tells."""
    return Reply(
        layout=card(
            f"## Who is watching?\nChoose up to {MOST_MEMBERS - 1} others. You are counted in anyway.",
            [ActionUserSelect("Who is watching with you?", "night_members", host_id, evening_id, at_most=MOST_MEMBERS)],
            "-# Next time, mention them behind the command, or ask from a voice channel that you are in together.",
            colour=CALM,
        )
    )


def night(shown: Night, names: Names) -> Reply:
    """The list, as long as no film of it is chosen with all ways to choose one."""
    asked = phrases.wishes(shown.wishes)
    head = f"## Films for {phrases.people(shown.shown_ids, names, shown.size)}" + (f"\n-# {asked}" if asked else "")
    if not shown.films:
        return Reply(layout=card(head, "No film is left that fits and that none of you has rated. " + _loosen(shown)))
    parts: list[CardPart] = [
        head,
        "\n".join(_entry(one, names) for one in shown.films),
        "\n".join(f"-# {one}" for one in _notes(shown, names)),
    ]
    if shown.evening.state == "open":
        parts.append([_pick(shown)])
    return Reply(layout=card(*parts, _ways_on(shown)))


def _entry(film: NightFilm, names: Names) -> str:
    """Two lines: the film with the group's score, and in small what that hides."""
    mean = "" if film.mean is None else f" {guess(film.mean)}"
    facts = []
    least = film.least
    if least is not None:
        facts.append(next((said for stars, said in _SUITS if least.stars >= stars), "not for everybody"))
        if least.discord_id in names:
            facts.append(f"least for {person(names[least.discord_id])}, {guess(least.stars)}")
    if genres := escape(cut(plain(", ".join(film.genres[:GENRES_NAMED])), GENRES_LIMIT)):
        facts.append(genres)
    head = f"{film.rank}. {bold(film.movie)}{mean}"
    return f"{head}\n-# {' · '.join(facts)}" if facts else head


def _notes(shown: Night, names: Names) -> list[str]:
    notes = []
    if shown.is_all:
        notes.append("That is all there is.")
    notes.append(
        "Best for all of you together first · ★ my guess, on average"
        + (" of those who are shown" if len(shown.shown_ids) < shown.size else "")
    )
    if owed := [person(names[one]) for one in shown.owed if one in names]:
        verb = "has" if len(owed) == 1 else "have"
        notes.append(f"{phrases.joined(owed)} {verb} more to say tonight, since earlier films suited others better.")
    if shown.left_out:
        notes.append(
            f"{phrases.count(shown.left_out).capitalize()} of those you named "
            f"{'is' if shown.left_out == 1 else 'are'} not counted in: "
            "I leave out whoever keeps to themselves or has not used me here yet."
        )
    return notes


def _loosen(shown: Night) -> str:
    return "Take away a filter, or add the word rewatch." if not shown.wishes.rewatch else "Take away a filter."


def _pick(shown: Night) -> ActionSelect:
    options = [
        Option(option(one.movie), str(one.movie.movie_id), guess(one.mean) if one.mean is not None else None)
        for one in shown.films
    ]
    return ActionSelect("Pick one", "night_pick", shown.host_id, shown.evening_id, options=options)


def _ways_on(shown: Night) -> list[ActionButton]:
    evening = shown.evening
    buttons = [ActionButton("Why", "night_why", ANYBODY, evening.evening_id, evening.shown_from)]
    if evening.state != "open":
        return buttons
    if evening.poll_id is not None:
        return [*buttons, ActionButton("End the poll", "night_poll_end", shown.host_id, evening.evening_id)]
    if evening.deck is None:
        buttons.append(ActionButton("Re-roll", "night_reroll", shown.host_id, evening.evening_id, evening.shown_from))
        buttons.append(ActionButton("Poll", "night_poll", shown.host_id, evening.evening_id))
    return [*buttons, ActionButton("Swipe", "night_deck", shown.host_id, evening.evening_id)]


def why(shown: Night, names: Names) -> Reply:
    """What each film is for each of those who may be shown."""
    lines = []
    for film in shown.films:
        fits = [
            f"{person(names[one.discord_id])} {_stars(one)}"
            for one in sorted(film.fits, key=lambda one: -one.stars)
            if one.discord_id in names
        ]
        lines.append(f"{film.rank}. {bold(film.movie)}\n{' · '.join(fits) or 'nobody whom I could show'}")
    return Reply(
        layout=card(
            "## What it is for each of you",
            "\n".join(lines) or "No film.",
            "-# The order comes from everybody's own list: a film that stands high for all of you goes before one that "
            "some love and others would never choose. Behind ± stands how far off I usually am.",
            colour=CALM,
        ),
        ephemeral=True,
    )


def _stars(fit: Fit) -> str:
    """A guess, or the stars somebody gave a film before."""
    return guess(fit.stars, fit.stars_sd) if fit.stars_sd else f"gave it {stars(fit.stars)}"


def poll(movies: Sequence[Movie]) -> Reply:
    """Discord's own poll of the films that stand first."""
    made = discord.Poll("Which film do we watch?", duration=timedelta(hours=POLL_HOURS))
    for movie in movies[:POLLED]:
        made.add_answer(text=cut(plain(movie.label), ANSWER_LIMIT - 1))
    return Reply(poll=made)


def no_polls() -> Reply:
    return Reply(
        "I may not start polls here: whoever runs the server can give me the permission “Create Polls” in this "
        "channel. Pick a film yourself, or swipe.",
        ephemeral=True,
    )


def poll_is_on() -> Reply:
    return Reply("A poll is on already.", ephemeral=True)


def nobody_voted() -> Reply:
    return Reply("The poll is over, and nobody voted. Pick a film in the list, or ask for another poll there.")


@sentence.register
def _(error: NobodyElseError, prefix: str = "!") -> str:
    if not error.named:
        return f"You are counted in anyway; name who watches with you: {prefix}movienight @bob @carol"
    return (
        "I can count in nobody of those you named. A movie night is for members who have used me in this server and "
        f"let the others see their taste: {prefix}rate Heat 4.5 is enough to begin with."
    )


@sentence.register
def _(error: TooManyMembersError, prefix: str = "!") -> str:
    return f"That would be {error.given} people; I find films for up to {MOST_MEMBERS}. Name those who choose."


@sentence.register
def _(error: EveningGoneError, prefix: str = "!") -> str:
    return f"That evening was called off, or is over. {prefix}movienight begins another one."


@sentence.register
def _(error: NoEveningError, prefix: str = "!") -> str:
    return f"You have no movie night to come. {prefix}movienight begins one."


@sentence.register
def _(error: NotHostError, prefix: str = "!") -> str:
    return "That is up to whoever asked for this movie night, and to those who manage the server's events."


@sentence.register
def _(error: NotCountedError, prefix: str = "!") -> str:
    return f"You are not among those this evening is for. {prefix}movienight finds a film for you and others."


@sentence.register
def _(error: AlreadyChosenError, prefix: str = "!") -> str:
    return "A film was chosen already; it stands further down."


@sentence.register
def _(error: NotYetError, prefix: str = "!") -> str:
    return "It has not begun yet. Press that once you are there, or afterwards."


@sentence.register
def _(error: NotForGroupsError, prefix: str = "!") -> str:
    return (
        "A movie night takes genres, genres to leave out, years and rewatch, like this: "
        f"{prefix}movienight comedy without:romance 90s rewatch"
    )


@sentence.register
def _(error: UnknownWishError, prefix: str = "!") -> str:
    return (
        f"I do not understand “{short(error.word)}” there. Mention people with an @, and write wishes like this: "
        f"{prefix}movienight @bob comedy 90s rewatch"
    )


@sentence.register
def _(error: ShareError, prefix: str = "!") -> str:
    return f"From 1 to 100 % of those who swipe have to like a film; {error.given} % cannot be."


@sentence.register
def _(error: UnreadTimeError, prefix: str = "!") -> str:
    return f"I cannot read “{short(error.given)}” as a time. Write 20:30, tomorrow 20:00, fri 8pm or 2026-12-24 18:00."


@sentence.register
def _(error: NoOffsetError, prefix: str = "!") -> str:
    return "I do not know your time zone. Write it behind the time, such as fri 8pm UTC+2; next time I know it."


@sentence.register
def _(error: UnreadOffsetError, prefix: str = "!") -> str:
    return f"I cannot read “{short(error.given)}” as a time zone. Write how far it is from UTC, such as +2 or -5:30."


@sentence.register
def _(error: TimeOutOfReachError, prefix: str = "!") -> str:
    return "That is over already, or more than a year ahead. Write a time to come, such as tomorrow 20:00."
