"""Who sees a member's ratings, in words."""

from collections.abc import Mapping

from bot.chat.language import gettext, gettext_noop
from bot.chat.sentences import sentence
from bot.members.visibility import HiddenProfileError
from data.store import Visibility

VISIBLE_TO: Mapping[Visibility, str] = {
    "private": gettext_noop("nobody but you"),
    "server": gettext_noop("members of servers you share"),
    "public": gettext_noop("everybody who uses this bot"),
}
SEEN_BY: Mapping[Visibility, str] = {
    "private": gettext_noop("your ratings and your profile are seen by nobody but you"),
    "server": gettext_noop("your ratings and your profile are seen by members of servers you share"),
    "public": gettext_noop("your ratings and your profile are seen by everybody who uses this bot"),
}


@sentence.register
def _(error: HiddenProfileError, prefix: str = "!") -> str:
    return gettext("That member's ratings are not shown here: there are none, or they keep them to themselves.")
