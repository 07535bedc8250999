"""What is kept about a member, the controls for it, and the words of export and deletion."""

from collections.abc import Mapping

import discord

from bot.chat.cards import card as layout
from bot.chat.components import ActionButton, ActionSelect, Option, view
from bot.chat.markdown import escape, moment_of
from bot.chat.reply import CALM, Document, Reply
from bot.chat.sentences import sentence
from bot.chat.text import many
from bot.members.replies import VISIBLE_TO
from bot.privacy.export import Export
from bot.privacy.service import Deletion, NothingStoredError, PrivacyCard, Receipt
from data.store import Holdings

DANGER = discord.Colour(0xB3412E)

_CHOICES = (
    Option("Nobody but you", "private", "Comparisons and boards leave you out"),
    Option("Members of servers you share", "server", "Whoever is in a server with you and this bot"),
    Option("Everybody", "public", "Whoever uses this bot, also where you are not"),
)

# Table by table: how many of them are said in which words. What is not named here is said as "other entries".
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "ratings": ("rating", "ratings", ""),
    "changes": ("change in your history", "changes in your history", "so that you can take each of them back"),
    "watchlist": ("film on your watchlist", "films on your watchlist", ""),
    "hidden": ("hidden film", "hidden films", ""),
    "seen": ("film you have seen without stars", "films you have seen without stars", ""),
    "guesses": ("guess of mine", "guesses of mine", "to tell you how well I guess"),
    "shown_lists": ("list I showed you", "lists I showed you", "so that More never repeats"),
    "imports": ("import", "imports", ""),
    "evening_members": ("movie night", "movie nights", "so that whoever lost has more to say next time"),
    "evening_answers": ("film you swiped", "films you swiped", "until one is chosen; nobody else sees them"),
    "game_guesses": ("guess of yours in the game", "guesses of yours in the game", "for your points"),
    "game_subjects": (
        "round of the game about you",
        "rounds of the game about you",
        "so that a film comes up again only after weeks",
    ),
    "memberships": ("server I know you from", "servers I know you from", "so that its boards can name you"),
}

README = """\
Everything Marquee keeps about you.

ratings.csv    your ratings: film, stars, when
watchlist.csv  films you want to see
hidden.csv     films you want to hear no more of
seen.csv       films you have seen without giving stars
marquee.json   all of the above, and the rest: your profile, the history of what you changed, guesses, lists, imports

Films are named by their MovieLens number, or 100,000,000 plus their IMDb number where MovieLens lacks them, and by
title, year, IMDb and TMDB number where the catalogue has, or had, them.
Times are UTC. In the csv files a text that a spreadsheet would take for a formula begins with an apostrophe.
The import command of any Marquee reads this file back, with all ratings and their times.
"""


def door(owner_id: int, to: str) -> Reply:
    """In front of others only a button, which opens the rest to its owner alone."""
    return Reply(
        "What I keep about you is for your eyes only.",
        view=view(ActionButton("Open", "privacy_open", owner_id, to)),
        ephemeral=True,
    )


def card(shown: PrivacyCard) -> Reply:
    """What is kept, what is not, who sees it, what it is used for; and the controls."""
    held, owner = shown.held, shown.owner_id
    parts = layout(
        f"## What I keep about you\n{_kept(held)}",
        "**What I do not keep**\nYour messages and your name. I read a message for the film and the stars and drop it.",
        f"**Who sees it**\nYour ratings and your profile: {VISIBLE_TO[held.visibility]}. Your guesses in a "
        "game: its server, when the round has ended. Everything else: only you. "
        "Whoever runs this bot can read its database.",
        f"**Training**\n{_training(held.trains)}",
        f"**Comparing tastes**\n{_comparing(held.compares)}",
        [
            ActionSelect(
                "Who sees your ratings",
                "set_visibility",
                owner,
                options=[one._replace(is_chosen=one.value == held.visibility) for one in _CHOICES],
            )
        ],
        [
            ActionButton(
                "Keep my ratings out of training" if held.trains else "Train on my ratings again",
                "set_training",
                owner,
                "off" if held.trains else "on",
            ),
            ActionButton(
                "Compare me with nobody" if held.compares else "Let others compare tastes",
                "set_comparing",
                owner,
                "off" if held.compares else "on",
            ),
            ActionButton("Export", "export_mine", owner, disabled=not held.total),
            ActionButton(
                "Delete everything", "ask_delete", owner, style=discord.ButtonStyle.danger, disabled=not held.total
            ),
        ],
        colour=CALM,
    )
    return Reply(layout=parts, ephemeral=True)


def _kept(held: Holdings) -> str:
    if not held.total:
        return "Nothing yet. Your first rating or list makes a profile: a number, and your Discord id beside it."
    lines = _lines(held, with_reasons=True)
    if held.created_at is not None:
        lines.insert(0, f"- Your Discord id and the number {held.user_id}, since {moment_of(held.created_at)}")
    return "\n".join(lines)


def _lines(held: Holdings, *, with_reasons: bool = False) -> list[str]:
    """What there is, one line a kind; what there is none of is left out."""
    lines = [
        f"- {many(held.count(kind), one, more)}" + (f", {reason}" if reason and with_reasons else "")
        for kind, (one, more, reason) in _WORDS.items()
        if held.count(kind)
    ]
    if others := sum(number for kind, number in held.rows.items() if kind not in _WORDS):
        lines.append(f"- {many(others, 'other entry', 'other entries')}")
    if held.adopted_user_id is not None:
        lines.append(f"- You start from the public MovieLens profile {held.adopted_user_id}")
    if held.trainings:
        lines.append(f"- {many(held.trainings, 'training')} you asked for")
    return lines


def _training(trains: bool) -> str:
    if trains:
        return "On: my model learns from your ratings, as one voice among many. Its files hold nobody's ratings."
    return "Off: the next model is made without your ratings. Your own lists need no training and stay as good."


def _comparing(compares: bool) -> str:
    if compares:
        return "On: members of servers you share who want it too can see what you both agree on, with your stars."
    return "Off: nobody can compare their taste with yours."


def visibility_set(shown: PrivacyCard) -> Reply:
    return _set(f"From now on your ratings and your profile are seen by {VISIBLE_TO[shown.held.visibility]}.", shown)


def training_set(shown: PrivacyCard) -> Reply:
    return _set(_training(shown.held.trains), shown)


def comparing_set(shown: PrivacyCard) -> Reply:
    return _set(_comparing(shown.held.compares), shown)


def _set(said: str, shown: PrivacyCard) -> Reply:
    """How a setting stands now, and the way back where it stood otherwise."""
    undo = None if shown.change_id is None else ActionButton("Undo", "undo", shown.owner_id, shown.change_id)
    return Reply(said, view=None if undo is None else view(undo), ephemeral=True)


def export(file: Export, prefix: str) -> Reply:
    return Reply(
        f"Everything I keep about you: {many(file.ratings, 'rating')}, {many(file.rows, 'entry', 'entries')} in all. "
        f"{escape(prefix)}import reads it back.",
        documents=(Document(file.name, file.content),),
        ephemeral=True,
    )


def sent_privately() -> Reply:
    return Reply("I have sent it to you in a direct message.", ephemeral=True)


def cannot_send_privately() -> Reply:
    return Reply(
        "I cannot write to you. Use /privacy export, whose answer only you see, or allow direct messages "
        "from members of this server and ask again.",
        ephemeral=True,
    )


def deletion(outcome: Deletion | Receipt) -> Reply:
    return ask(outcome) if isinstance(outcome, Deletion) else receipt(outcome)


def ask(asked: Deletion) -> Reply:
    """The first step: what goes, what stays; nothing is deleted yet."""
    held, owner = asked.held, asked.owner_id
    changed = (
        "It has changed since I asked, or that was a while ago. This is how it stands now.\n" if asked.again else ""
    )
    parts = layout(
        f"## Delete everything?\n{changed}"
        "**What goes, for good**\nYour profile with your privacy choices, and all of this:\n"
        + "\n".join(_lines(held) or ["- nothing else yet"]),
        "**What stays**\nNothing of yours. Model files hold no member's data; what the model learned about films from "
        "your ratings among others goes with the next training. A hash that does not tell your id keeps old backups "
        "from bringing your data back. What I have said in channels stays in Discord.",
        "You cannot take this back. Export first if you may want your ratings again.",
        [
            ActionButton(
                "Delete for good",
                "delete_for_good",
                owner,
                held.user_id or 0,
                held.total,
                asked.asked_at,
                style=discord.ButtonStyle.danger,
            ),
            ActionButton("Keep", "keep_everything", owner),
        ],
        colour=DANGER,
    )
    return Reply(layout=parts, ephemeral=True)


def receipt(done: Receipt) -> Reply:
    """The second step is done."""
    parts = layout(
        f"## Deleted\nYour profile and everything that belonged to it, on {moment_of(done.deleted_at)}:\n"
        + "\n".join(_lines(done.held) or ["- nothing else"]),
        f"**Receipt** `{done.code}`. Keep it if you want to ask about this deletion; I can no longer tell it was you.",
        "If you come back, you begin anew: with another number, and with the privacy choices everybody begins with.",
        colour=CALM,
    )
    return Reply(layout=parts, ephemeral=True)


@sentence.register
def _(error: NothingStoredError, prefix: str = "!") -> str:
    return "I keep nothing about you, so there is nothing to export or delete."
