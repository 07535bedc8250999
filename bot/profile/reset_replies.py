"""Beginning anew: what shall be forgotten, whether really, and what came of it."""

import discord

from bot.chat.components import ActionButton, view
from bot.chat.markdown import escape
from bot.chat.reply import Reply
from bot.chat.text import many
from bot.profile.resetting import Reset, ResetChoice


def choice(found: ResetChoice, prefix: str) -> Reply:
    """What there is to forget, with a button each; nothing is done yet."""
    buttons = []
    if found.adopted_user_id is not None:
        forget = f"Forget user {found.adopted_user_id}"
        buttons.append(ActionButton(forget, "adopt_undo", found.owner_id, found.adopted_user_id, 0))
    if found.rated:
        label = "Forget my ratings too" if buttons else "Forget my ratings"
        buttons.append(ActionButton(label, "reset_ask", found.owner_id))
    if not buttons:
        nothing = f"There is nothing to forget: you have rated no film yet. {escape(prefix)}rate Toy Story 4.5"
        return Reply(nothing, ephemeral=True)
    lines = [
        "What shall I forget?",
        f"What I recommend to you rests on {_basis(found)}.",
        f"-# Your watchlist, hidden and seen films stay. To delete everything for good: {escape(prefix)}privacy delete",
    ]
    return Reply("\n".join(lines), view=view(*buttons), ephemeral=True)


def _basis(found: ResetChoice) -> str:
    parts = [many(found.rated, "rating") + " of yours"] if found.rated else []
    if found.adopted_user_id is not None:
        parts.append(f"MovieLens user {found.adopted_user_id}")
    return " and on ".join(parts)


def confirmation(found: ResetChoice, prefix: str) -> Reply:
    """Whether really; the button carries what was agreed to."""
    if not found.rated:
        return choice(found, prefix)
    adopted = found.adopted_user_id
    too = "" if adopted is None else f" You will not start from MovieLens user {adopted} any more either."
    ratings = many(found.rated, "rating")
    forget = ActionButton(
        f"Forget {ratings}",
        "reset_ratings",
        found.owner_id,
        found.rated,
        found.adopted_user_id or 0,
        style=discord.ButtonStyle.danger,
    )
    return Reply(
        f"Really forget your {ratings}?{too} Lists will then show what most people like.",
        view=view(forget, ActionButton("Keep them", "reset_keep", found.owner_id)),
        ephemeral=True,
    )


def kept() -> Reply:
    return Reply("Nothing was forgotten.", ephemeral=True)


def result(done: Reset | ResetChoice, prefix: str) -> Reply:
    """What was forgotten and how it comes back; or the question anew, where there is more or less by now."""
    if isinstance(done, ResetChoice):
        return confirmation(done, prefix)
    adopted = done.adopted_user_id
    too = "" if adopted is None else f", and you no longer start from MovieLens user {adopted}"
    return Reply(
        f"I forgot your {many(done.rated, 'rating')}{too}. Undo brings all of it back.",
        view=view(ActionButton("Undo", "undo", done.owner_id, done.entry_id)),
        ephemeral=True,
    )
