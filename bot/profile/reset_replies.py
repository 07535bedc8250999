"""Beginning anew: what shall be forgotten, whether really, and what came of it."""

import discord

from bot.chat.components import ActionButton, view
from bot.chat.language import gettext, ngettext
from bot.chat.markdown import escape
from bot.chat.reply import Reply
from bot.profile.resetting import Reset, ResetChoice


def choice(found: ResetChoice, prefix: str) -> Reply:
    """What there is to forget, with a button each; nothing is done yet."""
    buttons, adopted = [], found.adopted_user_id
    if adopted is not None:
        buttons.append(
            ActionButton(gettext("Forget user {user}", user=adopted), "adopt_undo", found.owner_id, adopted, 0)
        )
    if found.rated:
        label = gettext("Forget my ratings too") if buttons else gettext("Forget my ratings")
        buttons.append(ActionButton(label, "reset_ask", found.owner_id))
    if not buttons:
        nothing = gettext(
            "There is nothing to forget: you have rated no film yet. {prefix}rate Toy Story 4.5", prefix=escape(prefix)
        )
        return Reply(nothing, ephemeral=True)
    rest = gettext(
        "Your watchlist, hidden and seen films stay. To delete everything for good: {prefix}privacy delete",
        prefix=escape(prefix),
    )
    return Reply(f"{gettext('What shall I forget?')}\n{_basis(found)}\n-# {rest}", view=view(*buttons), ephemeral=True)


def _basis(found: ResetChoice) -> str:
    if found.adopted_user_id is None:
        return ngettext(
            "What I recommend to you rests on {n} rating of yours.",
            "What I recommend to you rests on {n} ratings of yours.",
            found.rated,
        )
    if not found.rated:
        return gettext("What I recommend to you rests on MovieLens user {user}.", user=found.adopted_user_id)
    return ngettext(
        "What I recommend to you rests on {n} rating of yours and on MovieLens user {user}.",
        "What I recommend to you rests on {n} ratings of yours and on MovieLens user {user}.",
        found.rated,
        user=found.adopted_user_id,
    )


def confirmation(found: ResetChoice, prefix: str) -> Reply:
    """Whether really; the button carries what was agreed to."""
    if not found.rated:
        return choice(found, prefix)
    asked = [ngettext("Really forget your {n} rating?", "Really forget your {n} ratings?", found.rated)]
    if (adopted := found.adopted_user_id) is not None:
        asked.append(gettext("You will not start from MovieLens user {user} any more either.", user=adopted))
    asked.append(gettext("Lists will then show what most people like."))
    forget = ActionButton(
        ngettext("Forget {n} rating", "Forget {n} ratings", found.rated),
        "reset_ratings",
        found.owner_id,
        found.rated,
        adopted or 0,
        style=discord.ButtonStyle.danger,
    )
    keep = ActionButton(gettext("Keep them"), "reset_keep", found.owner_id)
    return Reply(" ".join(asked), view=view(forget, keep), ephemeral=True)


def kept() -> Reply:
    return Reply(gettext("Nothing was forgotten."), ephemeral=True)


def result(done: Reset | ResetChoice, prefix: str) -> Reply:
    """What was forgotten and how it comes back; or the question anew, where there is more or less by now."""
    if isinstance(done, ResetChoice):
        return confirmation(done, prefix)
    if done.adopted_user_id is None:
        gone = ngettext("I forgot your {n} rating.", "I forgot your {n} ratings.", done.rated)
    else:
        gone = ngettext(
            "I forgot your {n} rating, and you no longer start from MovieLens user {user}.",
            "I forgot your {n} ratings, and you no longer start from MovieLens user {user}.",
            done.rated,
            user=done.adopted_user_id,
        )
    return Reply(
        f"{gone} {gettext('Undo brings all of it back.')}",
        view=view(ActionButton(gettext("Undo"), "undo", done.owner_id, done.entry_id)),
        ephemeral=True,
    )
