"""Starting from a MovieLens user, going back, and whom to start from."""

from bot.chat.cards import embed
from bot.chat.components import ActionButton, view
from bot.chat.markdown import bold, escape, name
from bot.chat.reply import CALM, Reply
from bot.chat.sentences import sentence
from bot.chat.text import many
from bot.profile.adoption import LEAST_RATINGS, Adopted, Dropped, Suggestion, Suggestions, UnknownUserError
from data import Movie


def adopted(result: Adopted, prefix: str) -> Reply:
    """Whom a member starts from now, what that means, and how to go back."""
    start = f"You start from MovieLens user {result.user_id} now"
    if result.before is not None and result.before != result.user_id:
        start += f", no longer from {result.before}"
    own = f"Your {many(result.own, 'own rating')} go" if result.own != 1 else "Your own rating goes"
    lines = [
        f"{start}: {many(result.films, 'film')}{_best(result.favourites)}.",
        f"{own if result.own else 'What you rate yourself goes'} before theirs. Films they have rated count as seen.",
        f"-# Theirs are not counted as yours and not trained on again. {escape(prefix)}profile reset goes back.",
    ]
    if result.change_id is None:
        return Reply("\n".join(lines))
    return Reply("\n".join(lines), view=view(ActionButton("Undo", "undo", result.owner_id, result.change_id)))


def _best(favourites: tuple[Movie, ...]) -> str:
    if not favourites:
        return ""
    named = [bold(movie) for movie in favourites]
    together = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    return f", {together} above all"


def went_back(result: Adopted | Dropped, prefix: str) -> Reply:
    if isinstance(result, Adopted):
        return adopted(result, prefix)
    rest = (
        f"What I tell you rests on your own {many(result.own, 'rating')} alone."
        if result.own
        else f"I know nothing of your taste now: {escape(prefix)}rate Toy Story 4.5"
    )
    again = ActionButton("Start from them again", "adopt_user", result.owner_id, result.user_id)
    return Reply(f"You no longer start from MovieLens user {result.user_id}. {rest}", view=view(again))


def suggestions(found: Suggestions, prefix: str) -> Reply:
    """The nearest users with a button each, or how to get there."""
    shown = escape(prefix)
    anybody = f"users {found.first} to {found.last}"
    if not found.users:
        return Reply(
            f"Name one of MovieLens's {anybody}, as in {shown}profile adopt {found.first}. "
            f"Or rate {LEAST_RATINGS} films and ask again: I will find who rates as you do.",
            ephemeral=True,
        )
    made = embed("Who rates as you do", "\n".join(_suggested(one) for one in found.users), CALM)
    made.set_footer(text=f"Or name any of {anybody}: {prefix}profile adopt {found.first}")
    buttons = [
        ActionButton(f"Start from {one.user_id}", "adopt_user", found.owner_id, one.user_id) for one in found.users
    ]
    return Reply(embed=made, view=view(*buttons), ephemeral=True)


def _suggested(one: Suggestion) -> str:
    line = (
        f"**User {one.user_id}** is {one.apart:.1f} stars from you over {many(one.common, 'film')}"
        f" you both rated, and knows {many(one.films, 'film')}"
    )
    if one.favourites:
        line += f", such as {', '.join(name(movie) for movie in one.favourites)}"
    return line


@sentence.register
def _(error: UnknownUserError, prefix: str = "!") -> str:
    return (
        f"My data set has no user {error.given}; its users are numbered {error.first} to {error.last}. "
        f"{prefix}profile adopt, without a number, suggests some."
    )
