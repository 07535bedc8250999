"""What is said of a list that was shown, before it is taken for a title or a wish of its own."""

from typing import ClassVar

from discord.ext import commands

from bot.chat.ask import Ask
from bot.lists.asking import followed
from bot.lists.service import ListService


class FollowingCog(commands.Cog, name="Following"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, lists: ListService) -> None:
        self._lists = lists

    def hears(self, ask: Ask, text: str) -> str | None:
        """`more`, and in a reply to a list `darker` or `but from the 80s`."""
        return None if followed(ask, self._lists, text) is None else f"recommend {text}"
