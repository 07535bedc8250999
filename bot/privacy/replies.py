"""What is kept about a member, the controls for it, and the words of export and deletion."""

from collections.abc import Callable, Mapping

import discord

from bot.chat.cards import card as layout
from bot.chat.components import ActionButton, ActionSelect, Option, view
from bot.chat.language import gettext, gettext_noop, ngettext
from bot.chat.markdown import escape, moment_of
from bot.chat.reply import CALM, Document, Reply
from bot.chat.sentences import sentence
from bot.members.replies import VISIBLE_TO
from bot.privacy.export import Export
from bot.privacy.service import Deletion, NothingStoredError, PrivacyCard, Receipt
from data.store import Holdings, Visibility

DANGER = discord.Colour(0xB3412E)

# Table by table: how many of them, and why. What is not named here is said as "other entries".
_WORDS: Mapping[str, tuple[Callable[[int], str], str]] = {
    "ratings": (lambda n: ngettext("{n} rating", "{n} ratings", n), ""),
    "changes": (
        lambda n: ngettext("{n} change in your history", "{n} changes in your history", n),
        gettext_noop("so that you can take each of them back"),
    ),
    "watchlist": (lambda n: ngettext("{n} film on your watchlist", "{n} films on your watchlist", n), ""),
    "hidden": (lambda n: ngettext("{n} hidden film", "{n} hidden films", n), ""),
    "seen": (
        lambda n: ngettext("{n} film you have seen without stars", "{n} films you have seen without stars", n),
        "",
    ),
    "guesses": (
        lambda n: ngettext("{n} guess of mine", "{n} guesses of mine", n),
        gettext_noop("to tell you how well I guess"),
    ),
    "shown_lists": (
        lambda n: ngettext("{n} list I showed you", "{n} lists I showed you", n),
        gettext_noop("so that More never repeats"),
    ),
    "imports": (lambda n: ngettext("{n} import", "{n} imports", n), ""),
    "evening_members": (
        lambda n: ngettext("{n} movie night", "{n} movie nights", n),
        gettext_noop("so that whoever lost has more to say next time"),
    ),
    "evening_answers": (
        lambda n: ngettext("{n} film you swiped", "{n} films you swiped", n),
        gettext_noop("until one is chosen; nobody else sees them"),
    ),
    "game_guesses": (
        lambda n: ngettext("{n} guess of yours in the game", "{n} guesses of yours in the game", n),
        gettext_noop("for your points"),
    ),
    "game_subjects": (
        lambda n: ngettext("{n} round of the game about you", "{n} rounds of the game about you", n),
        gettext_noop("so that a film comes up again only after weeks"),
    ),
    "memberships": (
        lambda n: ngettext("{n} server I know you from", "{n} servers I know you from", n),
        gettext_noop("so that its boards can name you"),
    ),
}

_FROM_NOW_ON: Mapping[Visibility, str] = {
    "private": gettext_noop("From now on your ratings and your profile are seen by nobody but you."),
    "server": gettext_noop("From now on your ratings and your profile are seen by members of servers you share."),
    "public": gettext_noop("From now on your ratings and your profile are seen by everybody who uses this bot."),
}

README = gettext_noop("""\
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
""")


def door(owner_id: int, to: str) -> Reply:
    """In front of others only a button, which opens the rest to its owner alone."""
    return Reply(
        gettext("What I keep about you is for your eyes only."),
        view=view(ActionButton(gettext("Open"), "privacy_open", owner_id, to)),
        ephemeral=True,
    )


def card(shown: PrivacyCard) -> Reply:
    """What is kept, what is not, who sees it, what it is used for; and the controls."""
    held, owner = shown.held, shown.owner_id
    who_sees_it = gettext(
        "Your ratings and your profile: {who}. Your guesses in a game: its server, when the round has ended. "
        "Everything else: only you. Whoever runs this bot can read its database.",
        who=gettext(VISIBLE_TO[held.visibility]),
    )
    training = gettext("Keep my ratings out of training") if held.trains else gettext("Train on my ratings again")
    comparing = gettext("Compare me with nobody") if held.compares else gettext("Let others compare tastes")
    parts = layout(
        f"## {gettext('What I keep about you')}\n{_kept(held)}",
        _part(
            gettext("What I do not keep"),
            gettext("Your messages and your name. I read a message for the film and the stars and drop it."),
        ),
        _part(gettext("Who sees it"), who_sees_it),
        _part(gettext("Training"), _training(held.trains)),
        _part(gettext("Comparing tastes"), _comparing(held.compares)),
        [ActionSelect(gettext("Who sees your ratings"), "set_visibility", owner, options=_choices(held.visibility))],
        [
            ActionButton(training, "set_training", owner, "off" if held.trains else "on"),
            ActionButton(comparing, "set_comparing", owner, "off" if held.compares else "on"),
            ActionButton(gettext("Export"), "export_mine", owner, disabled=not held.total),
            ActionButton(
                gettext("Delete everything"),
                "ask_delete",
                owner,
                style=discord.ButtonStyle.danger,
                disabled=not held.total,
            ),
        ],
        colour=CALM,
    )
    return Reply(layout=parts, ephemeral=True)


def _part(title: str, *lines: str) -> str:
    return "\n".join([f"**{title}**", *lines])


def _choices(chosen: Visibility) -> list[Option]:
    made = (
        Option(gettext("Nobody but you"), "private", gettext("Comparisons and boards leave you out")),
        Option(
            gettext("Members of servers you share"), "server", gettext("Whoever is in a server with you and this bot")
        ),
        Option(gettext("Everybody"), "public", gettext("Whoever uses this bot, also where you are not")),
    )
    return [one._replace(is_chosen=one.value == chosen) for one in made]


def _kept(held: Holdings) -> str:
    if not held.total:
        return gettext(
            "Nothing yet. Your first rating or list makes a profile: a number, and your Discord id beside it."
        )
    lines = _lines(held, with_reasons=True)
    if held.created_at is not None:
        since = moment_of(held.created_at)
        known = gettext("Your Discord id and the number {user}, since {moment}", user=held.user_id, moment=since)
        lines.insert(0, f"- {known}")
    return "\n".join(lines)


def _lines(held: Holdings, *, with_reasons: bool = False) -> list[str]:
    """What there is, one line a kind; what there is none of is left out."""
    told = [
        counted(held.count(kind)) + (f", {gettext(reason)}" if reason and with_reasons else "")
        for kind, (counted, reason) in _WORDS.items()
        if held.count(kind)
    ]
    if others := sum(number for kind, number in held.rows.items() if kind not in _WORDS):
        told.append(ngettext("{n} other entry", "{n} other entries", others))
    if held.adopted_user_id is not None:
        told.append(gettext("You start from the public MovieLens profile {user}", user=held.adopted_user_id))
    if held.trainings:
        told.append(ngettext("{n} training you asked for", "{n} trainings you asked for", held.trainings))
    return [f"- {one}" for one in told]


def _training(trains: bool) -> str:
    if trains:
        return gettext(
            "On: my model learns from your ratings, as one voice among many. Its files hold nobody's ratings."
        )
    return gettext(
        "Off: the next model is made without your ratings. Your own lists need no training and stay as good."
    )


def _comparing(compares: bool) -> str:
    if compares:
        return gettext(
            "On: members of servers you share who want it too can see what you both agree on, with your stars."
        )
    return gettext("Off: nobody can compare their taste with yours.")


def visibility_set(shown: PrivacyCard) -> Reply:
    return _set(gettext(_FROM_NOW_ON[shown.held.visibility]), shown)


def training_set(shown: PrivacyCard) -> Reply:
    return _set(_training(shown.held.trains), shown)


def comparing_set(shown: PrivacyCard) -> Reply:
    return _set(_comparing(shown.held.compares), shown)


def _set(said: str, shown: PrivacyCard) -> Reply:
    """How a setting stands now, and the way back where it stood otherwise."""
    if shown.change_id is None:
        return Reply(said, ephemeral=True)
    undo = ActionButton(gettext("Undo"), "undo", shown.owner_id, shown.change_id)
    return Reply(said, view=view(undo), ephemeral=True)


def export(file: Export, prefix: str) -> Reply:
    return Reply(
        gettext(
            "Everything I keep about you: {ratings}, {entries} in all. {prefix}import reads it back.",
            ratings=ngettext("{n} rating", "{n} ratings", file.ratings),
            entries=ngettext("{n} entry", "{n} entries", file.rows),
            prefix=escape(prefix),
        ),
        documents=(Document(file.name, file.content),),
        ephemeral=True,
    )


def sent_privately() -> Reply:
    return Reply(gettext("I have sent it to you in a direct message."), ephemeral=True)


def cannot_send_privately() -> Reply:
    return Reply(
        gettext(
            "I cannot write to you. Use /privacy export, whose answer only you see, or allow direct messages "
            "from members of this server and ask again."
        ),
        ephemeral=True,
    )


def deletion(outcome: Deletion | Receipt) -> Reply:
    return ask(outcome) if isinstance(outcome, Deletion) else receipt(outcome)


def ask(asked: Deletion) -> Reply:
    """The first step: what goes, what stays; nothing is deleted yet."""
    held, owner = asked.held, asked.owner_id
    changed = gettext("It has changed since I asked, or that was a while ago. This is how it stands now.")
    what_goes = _part(
        gettext("What goes, for good"),
        gettext("Your profile with your privacy choices, and all of this:"),
        *(_lines(held) or [f"- {gettext('nothing else yet')}"]),
    )
    parts = layout(
        "\n".join([f"## {gettext('Delete everything?')}", *([changed] if asked.again else []), what_goes]),
        _part(
            gettext("What stays"),
            gettext(
                "Nothing of yours. Model files hold no member's data; what the model learned about films from "
                "your ratings among others goes with the next training. A hash that does not tell your id keeps "
                "old backups from bringing your data back. What I have said in channels stays in Discord."
            ),
        ),
        gettext("You cannot take this back. Export first if you may want your ratings again."),
        [
            ActionButton(
                gettext("Delete for good"),
                "delete_for_good",
                owner,
                held.user_id or 0,
                held.total,
                asked.asked_at,
                style=discord.ButtonStyle.danger,
            ),
            ActionButton(gettext("Keep"), "keep_everything", owner),
        ],
        colour=DANGER,
    )
    return Reply(layout=parts, ephemeral=True)


def receipt(done: Receipt) -> Reply:
    """The second step is done."""
    gone = gettext("Your profile and everything that belonged to it, on {moment}:", moment=moment_of(done.deleted_at))
    code = gettext(
        "**Receipt** `{code}`. Keep it if you want to ask about this deletion; I can no longer tell it was you.",
        code=done.code,
    )
    parts = layout(
        "\n".join([f"## {gettext('Deleted')}", gone, *(_lines(done.held) or [f"- {gettext('nothing else')}"])]),
        code,
        gettext(
            "If you come back, you begin anew: with another number, and with the privacy choices everybody begins with."
        ),
        colour=CALM,
    )
    return Reply(layout=parts, ephemeral=True)


@sentence.register
def _(error: NothingStoredError, prefix: str = "!") -> str:
    return gettext("I keep nothing about you, so there is nothing to export or delete.")
