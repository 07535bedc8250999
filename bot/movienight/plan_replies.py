"""A chosen film: when it is watched, who came, and what a server has watched."""

from bot.chat.cards import CardPart, card
from bot.chat.components import ANYBODY, ActionButton, ActionForm, FormField
from bot.chat.markdown import bold, escape, name, person
from bot.chat.reply import CALM, Reply
from bot.chat.text import many
from bot.movienight import phrases
from bot.movienight.evening import History, Plan
from bot.movienight.phrases import Names
from bot.movienight.times import offset_words

EVENT_LINK = "https://discord.com/events/{}/{}"


def chosen(plan: Plan, how: str = "") -> Reply:
    """A film is chosen, and has no time yet; `how` says what chose it."""
    return Reply(
        layout=card(
            f"## {how or 'Tonight it is'}\n{bold(plan.movie)}",
            "-# Give it a time, and it becomes an event of this server that everybody sees in their own time.",
            [
                ActionButton("Set the time", "night_when", ANYBODY, plan.evening_id),
                ActionButton("Call it off", "night_cancel", ANYBODY, plan.evening_id),
            ],
        )
    )


def when(plan: Plan, utc_offset: int | None, place: str) -> ActionForm:
    """The form that asks for the time; for who said so before it knows how far from UTC they are."""
    return ActionForm(
        "When do you watch it?",
        "night_set_time",
        ANYBODY,
        plan.evening_id,
        fields=(
            FormField("when", "When", "20:30, tomorrow 20:00, fri 8pm"),
            FormField(
                "zone",
                "Your time zone, from UTC",
                "+2, -5:30",
                "" if utc_offset is None else offset_words(utc_offset),
                is_required=utc_offset is None,
            ),
            FormField("where", "Where", "A voice channel, a link, or a room", place, is_required=False),
        ),
    )


def planned(plan: Plan, trouble: str = "") -> Reply:
    """A film with its time; `trouble` says why there is no event of Discord's for it."""
    evening = plan.evening
    lines = [f"## {name(plan.movie)}", phrases.at(evening.starts_at or 0)]
    if evening.event_id is not None:
        link = EVENT_LINK.format(evening.guild_id, evening.event_id)
        lines.append(f"[Say there that you are interested]({link}), and Discord reminds you.")
    if evening.voice_id is not None:
        lines.append(f"You meet in <#{evening.voice_id}>.")
    parts: list[CardPart] = ["\n".join(lines)]
    if trouble:
        parts.append(f"-# {trouble}")
    parts.append(
        [
            ActionButton("Another time", "night_when", ANYBODY, plan.evening_id),
            ActionButton("Call it off", "night_cancel", ANYBODY, plan.evening_id),
            ActionButton("I was there", "night_came", ANYBODY, plan.evening_id),
        ]
    )
    return Reply(layout=card(*parts))


def announced(plan: Plan) -> str:
    """An evening to come, in a line."""
    return f"{bold(plan.movie)}, {phrases.at(plan.evening.starts_at or 0)}"


def cancelled(plan: Plan) -> Reply:
    return Reply(layout=card(f"The evening with {bold(plan.movie)} is off.", colour=CALM))


def was_there(plan: Plan) -> Reply:
    return Reply(f"Noted: you were there for {bold(plan.movie)}.", ephemeral=True)


def how_was_it(plan: Plan, names: Names) -> Reply:
    """The day after, in the channel: a button that whoever came may press."""
    came = phrases.people(plan.came, names, plan.came_count)
    said = f"{came} watched it" if plan.came_count else "I did not see who came"
    return Reply(
        layout=card(
            f"## How was it?\n{bold(plan.movie)} · {said}.",
            [
                ActionButton("Rate", "which_stars", ANYBODY, plan.movie.movie_id),
                ActionButton("I was there", "night_came", ANYBODY, plan.evening_id),
            ],
        )
    )


def history(shown: History, names: Names, prefix: str) -> Reply:
    """What was watched and is to come, and whose turn it is."""
    if not shown.plans:
        return Reply(f"No film was watched together here yet. {escape(prefix)}movienight finds one for all of you.")
    lines = [_line(one, names) for one in shown.plans]
    owed = [person(names[one]) for one in shown.owed if one in names]
    notes = [f"-# {one} has most to say next time, since the films so far suited others better." for one in owed]
    return Reply(layout=card("## Movie nights", "\n".join(lines), *notes))


def _line(plan: Plan, names: Names) -> str:
    evening = plan.evening
    if evening.state == "planned" and plan.interested_count:
        who = phrases.coming(plan.interested_count)
    elif plan.came_count:
        who = f"{phrases.people(plan.came, names, plan.came_count)} came"
    else:
        who = f"for {many(plan.size, 'person', 'people')}"
    return f"{bold(plan.movie)} · {phrases.at(evening.starts_at or 0)}\n-# {who}"


def no_event() -> str:
    """Why there is no event, which changes nothing else."""
    return (
        "I could not make an event of it: whoever runs the server can give me the permission “Create Events”. "
        "The time stands all the same, and I ask the day after."
    )
