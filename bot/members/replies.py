"""Who sees a member's ratings, in words."""

from collections.abc import Mapping

from bot.chat.sentences import sentence
from bot.members.visibility import HiddenProfileError
from data.store import Visibility

VISIBLE_TO: Mapping[Visibility, str] = {
    "private": "nobody but you",
    "server": "members of servers you share",
    "public": "everybody who uses this bot",
}


@sentence.register
def _(error: HiddenProfileError, prefix: str = "!") -> str:
    return "That member's ratings are not shown here: there are none, or they keep them to themselves."
