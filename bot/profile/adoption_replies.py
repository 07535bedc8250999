"""Starting from a MovieLens user, going back, and whom to start from."""

from bot.chat.cards import embed
from bot.chat.components import ActionButton, view
from bot.chat.language import format_number, gettext, listed, ngettext
from bot.chat.markdown import bold, escape, name
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence
from bot.profile.adoption import LEAST_RATINGS, Adopted, Dropped, Suggestion, Suggestions, UnknownUserError


def adopted(result: Adopted, prefix: str) -> Reply:
    """Whom a member starts from now, what that means, and how to go back."""
    what = ngettext("{n} film", "{n} films", result.films)
    if result.favourites:
        what = gettext("{films}, {best} above all", films=what, best=listed([bold(one) for one in result.favourites]))
    if result.before is not None and result.before != result.user_id:
        start = gettext(
            "You start from MovieLens user {user} now, no longer from {before}: {what}.",
            user=result.user_id,
            before=result.before,
            what=what,
        )
    else:
        start = gettext("You start from MovieLens user {user} now: {what}.", user=result.user_id, what=what)
    if result.own:
        own = ngettext("Your own rating goes before theirs.", "Your {n} own ratings go before theirs.", result.own)
    else:
        own = gettext("What you rate yourself goes before theirs.")
    back = gettext(
        "Theirs are not counted as yours and not trained on again. {prefix}profile reset goes back.",
        prefix=escape(prefix),
    )
    text = f"{start}\n{own} {gettext('Films they have rated count as seen.')}\n-# {back}"
    if result.change_id is None:
        return Reply(text)
    return Reply(text, view=view(ActionButton(gettext("Undo"), "undo", result.owner_id, result.change_id)))


def went_back(result: Adopted | Dropped, prefix: str) -> Reply:
    if isinstance(result, Adopted):
        return adopted(result, prefix)
    if result.own:
        rest = ngettext(
            "What I tell you rests on your own {n} rating alone.",
            "What I tell you rests on your own {n} ratings alone.",
            result.own,
        )
    else:
        rest = gettext("I know nothing of your taste now: {prefix}rate Toy Story 4.5", prefix=escape(prefix))
    again = ActionButton(gettext("Start from them again"), "adopt_user", result.owner_id, result.user_id)
    gone = gettext("You no longer start from MovieLens user {user}.", user=result.user_id)
    return Reply(f"{gone} {rest}", view=view(again))


def suggestions(found: Suggestions, prefix: str) -> Reply:
    """The nearest users with a button each, or how to get there."""
    anybody = {"first": found.first, "last": found.last}
    if not found.users:
        return Reply(
            gettext(
                "Name one of MovieLens's users {first} to {last}, as in {prefix}profile adopt {first}. "
                "Or rate {n} films and ask again: I will find who rates as you do.",
                prefix=escape(prefix),
                n=LEAST_RATINGS,
                **anybody,
            ),
            ephemeral=True,
        )
    made = embed(gettext("Who rates as you do"), "\n".join(_suggested(one) for one in found.users), CALM)
    footer = gettext("Or name any of users {first} to {last}: {prefix}profile adopt {first}", prefix=prefix, **anybody)
    made.set_footer(text=footer)
    buttons = [
        ActionButton(gettext("Start from {user}", user=one.user_id), "adopt_user", found.owner_id, one.user_id)
        for one in found.users
    ]
    return Reply(embed=made, view=view(*buttons), ephemeral=True)


def _suggested(one: Suggestion) -> str:
    line = gettext(
        "**User {user}** is {apart} stars from you over {common} you both rated, and knows {films}",
        user=one.user_id,
        apart=format_number(one.apart, 1),
        common=ngettext("{n} film", "{n} films", one.common),
        films=ngettext("{n} film", "{n} films", one.films),
    )
    if not one.favourites:
        return line
    return gettext("{line}, such as {films}", line=line, films=", ".join(name(movie) for movie in one.favourites))


@sentence.register
def _(error: UnknownUserError, prefix: str = "!") -> str:
    return gettext(
        "MovieLens has no user {user} here; they are numbered {first} to {last}. "
        "{prefix}profile adopt, without a number, suggests some.",
        user=error.given,
        first=error.first,
        last=error.last,
        prefix=prefix,
    )
