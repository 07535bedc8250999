"""A chosen film: when it is watched, who came, and what a server has watched."""

from datetime import datetime, timedelta, timezone

from bot.chat.cards import CardPart, card
from bot.chat.components import ANYBODY, ActionButton, ActionForm, FormField
from bot.chat.language import gettext, ngettext
from bot.chat.markdown import bold, escape, name, person
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence, short
from bot.movienight import phrases
from bot.movienight.errors import NoEveningError, NotYetError, OthersEveningError
from bot.movienight.evening import History, Plan
from bot.movienight.phrases import Names
from bot.movienight.times import (
    NoHourError,
    NoOffsetError,
    TimeOutOfReachError,
    UnreadOffsetError,
    UnreadTimeError,
    date_of,
    offset_words,
)
from bot.movienight.wishes import Wishes
from data.store import Evening

EVENT_LINK = "https://discord.com/events/{}/{}"


def chosen(plan: Plan, how: str = "") -> Reply:
    """A film is chosen, and has no time yet; `how` says what chose it."""
    hint = gettext("Give it a time, and it becomes an event of this server that everybody sees in their own time.")
    head = gettext("Tonight it is")
    if day := Wishes.from_json(plan.evening.wishes).day:
        head = gettext("Your film")
        asked = gettext("You said “{day}”: at what time?", day=escape(short(day)))
        hint = f"{asked} {hint}"
    return Reply(
        layout=card(
            f"## {how or head}\n{bold(plan.movie)}",
            f"-# {hint}",
            [
                ActionButton(gettext("Set the time"), "night_when", ANYBODY, plan.evening_id),
                ActionButton(gettext("Call it off"), "night_cancel", ANYBODY, plan.evening_id),
            ],
        )
    )


def when(plan: Plan, utc_offset: int | None, place: str) -> ActionForm:
    """The form that asks for the time; for who said so before it knows how far from UTC they are, and when it is."""
    said = "" if utc_offset is None else _said(plan.evening, utc_offset)
    return ActionForm(
        gettext("When do you watch it?"),
        "night_set_time",
        ANYBODY,
        plan.evening_id,
        fields=(
            FormField("when", gettext("When"), gettext("20:30, tomorrow 20:00, fri 8pm"), said),
            FormField(
                "zone",
                gettext("Your time zone, from UTC"),
                "+2, -5:30",
                "" if utc_offset is None else offset_words(utc_offset),
                is_required=utc_offset is None,
            ),
            FormField(
                "where", gettext("Where"), gettext("A voice channel, a link, or a room"), place, is_required=False
            ),
        ),
    )


def _said(evening: Evening, utc_offset: int) -> str:
    """The time that was said with the list, or the day alone."""
    wishes = Wishes.from_json(evening.wishes)
    if wishes.at is not None:
        there = timezone(timedelta(minutes=utc_offset))
        return f"{datetime.fromtimestamp(wishes.at, there):%Y-%m-%d %H:%M}"
    day = date_of(wishes.day, evening.created_at, utc_offset)
    return "" if day is None else f"{day:%Y-%m-%d}"


def planned(plan: Plan, how: str = "", *, is_forbidden: bool = False) -> Reply:
    """A film with its time; `how` says what chose it, and `is_forbidden` where I may make no event of it."""
    evening = plan.evening
    head = f"## {how}\n{bold(plan.movie)}" if how else f"## {name(plan.movie)}"
    lines = [head, phrases.at(evening.starts_at or 0)]
    if evening.event_id is not None:
        link = EVENT_LINK.format(evening.guild_id, evening.event_id)
        lines.append(gettext("[Say there that you are interested]({link}), and Discord reminds you.", link=link))
    if evening.voice_id is not None:
        lines.append(gettext("You meet in {channel}.", channel=f"<#{evening.voice_id}>"))
    parts: list[CardPart] = ["\n".join(lines)]
    if is_forbidden:
        no_event = gettext(
            "I could not make an event of it: whoever runs the server can give me the permission “Create Events”. "
            "The time stands all the same, and I ask the day after."
        )
        parts.append(f"-# {no_event}")
    parts.append(
        [
            ActionButton(gettext("Another time"), "night_when", ANYBODY, plan.evening_id),
            ActionButton(gettext("Call it off"), "night_cancel", ANYBODY, plan.evening_id),
            ActionButton(gettext("I was there"), "night_came", ANYBODY, plan.evening_id),
        ]
    )
    return Reply(layout=card(*parts))


def announced(plan: Plan) -> str:
    """An evening to come, in a line."""
    return f"{bold(plan.movie)}, {phrases.at(plan.evening.starts_at or 0)}"


def cancelled(plan: Plan) -> Reply:
    return Reply(layout=card(gettext("The evening with {film} is off.", film=bold(plan.movie)), colour=CALM))


def was_there(plan: Plan) -> Reply:
    return Reply(gettext("Noted: you were there for {film}.", film=bold(plan.movie)), ephemeral=True)


def how_was_it(plan: Plan, names: Names) -> Reply:
    """The day after, in the channel: a button that whoever came may press."""
    came = phrases.people(plan.came, names, plan.came_count)
    watched = ngettext("{people} watched it.", "{people} watched it.", plan.came_count, people=came)
    if not plan.came_count:
        watched = gettext("I did not see who came.")
    return Reply(
        layout=card(
            f"## {gettext('How was it?')}\n{bold(plan.movie)} · {watched}",
            [
                ActionButton(gettext("Rate"), "which_stars", ANYBODY, plan.movie.movie_id),
                ActionButton(gettext("I was there"), "night_came", ANYBODY, plan.evening_id),
            ],
        )
    )


def history(shown: History, names: Names, prefix: str) -> Reply:
    """What was watched and is to come, and whose turn it is."""
    if not shown.plans:
        return Reply(
            gettext(
                "No film was watched together here yet. {prefix}movienight finds one for all of you.",
                prefix=escape(prefix),
            )
        )
    lines = [_line(one, names) for one in shown.plans]
    notes = [
        gettext(
            "{member} has most to say next time, since the films so far suited others better.",
            member=person(names[one]),
        )
        for one in shown.owed
        if one in names
    ]
    return Reply(layout=card(f"## {gettext('Movie nights')}", "\n".join(lines), *(f"-# {one}" for one in notes)))


def _line(plan: Plan, names: Names) -> str:
    evening = plan.evening
    if evening.state == "planned" and plan.interested_count:
        who = ngettext("{n} person is interested", "{n} people are interested", plan.interested_count)
    elif plan.came_count:
        came = phrases.people(plan.came, names, plan.came_count)
        who = ngettext("{people} came", "{people} came", plan.came_count, people=came)
    else:
        who = ngettext("for {n} person", "for {n} people", plan.size)
    when = gettext("no time yet") if evening.starts_at is None else phrases.at(evening.starts_at)
    return f"{bold(plan.movie)} · {when}\n-# {who}"


@sentence.register
def _(error: NoEveningError, prefix: str = "!") -> str:
    return gettext("You have no movie night to come. {prefix}movienight begins one.", prefix=prefix)


@sentence.register
def _(error: OthersEveningError, prefix: str = "!") -> str:
    film, host = short(error.film), short(error.host)
    if not host:
        return gettext(
            "The evening with {film} is up to whoever planned it, and to those who manage the server's events.",
            film=film,
        )
    return gettext(
        "{host} planned the evening with {film} and can move it or call it off, as can those who manage the server's "
        "events.",
        host=host,
        film=film,
    )


@sentence.register
def _(error: NotYetError, prefix: str = "!") -> str:
    return gettext("It has not begun yet. Press that once you are there, or afterwards.")


@sentence.register
def _(error: UnreadTimeError, prefix: str = "!") -> str:
    return gettext(
        "I cannot read “{given}” as a time. Write 20:30, tomorrow 20:00, fri 8pm or 2026-12-24 18:00.",
        given=short(error.given),
    )


@sentence.register
def _(error: NoHourError, prefix: str = "!") -> str:
    return gettext(
        "At what time? “{given}” is a day: write tomorrow 20:00, fri 8pm or 2026-12-24 18:00.", given=short(error.given)
    )


@sentence.register
def _(error: NoOffsetError, prefix: str = "!") -> str:
    return gettext(
        "I do not know your time zone. Write it behind the time, such as fri 8pm UTC+2; next time I know it."
    )


@sentence.register
def _(error: UnreadOffsetError, prefix: str = "!") -> str:
    return gettext(
        "I cannot read “{given}” as a time zone. Write how far it is from UTC, such as +2 or -5:30.",
        given=short(error.given),
    )


@sentence.register
def _(error: TimeOutOfReachError, prefix: str = "!") -> str:
    return gettext("That is over already, or more than a year ahead. Write a time to come, such as tomorrow 20:00.")
