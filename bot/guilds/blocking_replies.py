"""Who is kept off a server's boards."""

from collections.abc import Sequence

from bot.chat.components import ActionButton, view
from bot.chat.language import format_number, gettext, ngettext
from bot.chat.markdown import escape, person
from bot.chat.reply import Reply
from bot.chat.text import MESSAGE_LIMIT, cut

MOST_NAMED = 25


def blocked(name: str, *, is_known: bool, prefix: str) -> Reply:
    who = person(name)
    if not is_known:
        said = gettext("{name} has no profile with me, so there is nothing of theirs on a board.", name=who)
    else:
        said = gettext(
            "{name} is on no board of this server from now on. Their own ratings and lists stay as they are. "
            "{prefix}unblock takes it back.",
            name=who,
            prefix=escape(prefix),
        )
    return Reply(said, ephemeral=True)


def unblocked(name: str, *, was_blocked: bool) -> Reply:
    who = person(name)
    if not was_blocked:
        return Reply(gettext("{name} was not blocked here.", name=who), ephemeral=True)
    return Reply(gettext("{name} may be on this server's boards again.", name=who), ephemeral=True)


def door(owner_id: int) -> Reply:
    return Reply(
        gettext("Who is blocked here opens for you alone."),
        view=view(ActionButton(gettext("Open"), "blocked_open", owner_id)),
        ephemeral=True,
    )


def all_blocked(names: Sequence[str], total: int, prefix: str) -> Reply:
    """The names of those who are still here; the others as a number."""
    if not total:
        said = gettext(
            "Nobody is blocked here. {prefix}block @member keeps somebody off the boards.", prefix=escape(prefix)
        )
        return Reply(said, ephemeral=True)
    lines = [
        gettext("**Blocked from this server's boards** ({n})", n=format_number(total)),
        *(f"- {person(one)}" for one in names),
    ]
    if others := total - len(names):
        lines.append("- " + ngettext("and {n} other", "and {n} others", others))
    return Reply(cut("\n".join(lines), MESSAGE_LIMIT), ephemeral=True)
