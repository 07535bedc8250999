"""Who is kept off a server's boards."""

from collections.abc import Sequence

from bot.chat.components import ActionButton, view
from bot.chat.markdown import escape, person
from bot.chat.reply import Reply
from bot.chat.text import MESSAGE_LIMIT, cut, many

MOST_NAMED = 25


def blocked(name: str, *, is_known: bool, prefix: str) -> Reply:
    who = person(name)
    if not is_known:
        return Reply(f"{who} has no profile with me, so there is nothing of theirs on a board.", ephemeral=True)
    return Reply(
        f"{who} stands on no board of this server from now on. Their own ratings and lists stay as they are. "
        f"{escape(prefix)}unblock takes it back.",
        ephemeral=True,
    )


def unblocked(name: str, *, was_blocked: bool) -> Reply:
    who = person(name)
    if not was_blocked:
        return Reply(f"{who} was not blocked here.", ephemeral=True)
    return Reply(f"{who} may stand on this server's boards again.", ephemeral=True)


def door(owner_id: int) -> Reply:
    return Reply(
        "Who is blocked here opens for you alone.",
        view=view(ActionButton("Open", "blocked_open", owner_id)),
        ephemeral=True,
    )


def all_blocked(names: Sequence[str], total: int, prefix: str) -> Reply:
    """The names of those who are still here; the others as a number."""
    if not total:
        return Reply(
            f"Nobody is blocked here. {escape(prefix)}block @member keeps somebody off the boards.", ephemeral=True
        )
    lines = [f"**Blocked from this server's boards** ({total:,})", *(f"- {person(one)}" for one in names)]
    if others := total - len(names):
        lines.append(f"- and {many(others, 'other')}")
    return Reply(cut("\n".join(lines), MESSAGE_LIMIT), ephemeral=True)
