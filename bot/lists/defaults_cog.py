"""`defaults`: what all lists of a member keep to."""

from typing import ClassVar

from discord import app_commands
from discord.ext import commands

from bot.chat.ask import Ask
from bot.chat.declaring import hybrid
from bot.chat.language import gettext_noop
from bot.lists import defaults_replies as replies
from bot.lists.defaults import DefaultsService

CLEARING = frozenset(
    {
        "clear",
        "none",
        "nothing",
        "off",
        "reset",
        "delete",
        "remove",
        "löschen",
        "leeren",
        "keine",
        "nichts",
        "aus",
        "weg",
    }
)


class DefaultsCog(commands.Cog, name="Defaults", description="Find something to watch"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, defaults: DefaultsService) -> None:
        self._defaults = defaults

    def hears(self, ask: Ask, text: str) -> str | None:
        """`Never show me horror again`, said to the bot."""
        wish = self._defaults.said(text)
        return None if wish is None else f"defaults {wish}".strip()

    @hybrid(
        aliases=("default",),
        kind="write",
        private=True,
        examples=(gettext_noop("defaults never horror, under two hours"), "defaults", "defaults clear"),
    )
    @app_commands.describe(wish="Such as never horror, under two hours; clear drops them; left out, I show them")
    async def defaults(self, ask: Ask, *, wish: str = "") -> None:
        """Say once what all your lists should keep to."""
        if not wish.strip():
            await ask.reply(replies.shown(await self._defaults.of(ask.user_id), ask.prefix))
        elif wish.strip().casefold() in CLEARING:
            await ask.reply(replies.cleared(await self._defaults.clear(ask.user_id, ask.at), ask.prefix))
        else:
            await ask.reply(replies.added(await self._defaults.add(ask.user_id, wish, ask.at), ask.prefix))
