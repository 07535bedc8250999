"""`privacy` and `forgetme`: what is kept about a member, and their say in it."""

from typing import Literal

from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid, hybrid_group, subcommand
from bot.chat.delivery import write_to
from bot.chat.language import gettext
from bot.chat.reply import Reply
from bot.errors import UsageError
from bot.privacy import replies
from bot.privacy.export import ExportService
from bot.privacy.service import PrivacyService, Receipt
from data.store import Visibility

DELETE = "delete"


class PrivacyCog(commands.Cog, name="Privacy", description="You and your data"):
    def __init__(self, privacy: PrivacyService, export: ExportService) -> None:
        self._privacy = privacy
        self._exports = export

    @hybrid_group(
        fallback="show",
        private=True,
        everywhere=True,
        examples=(
            "privacy",
            "privacy export",
            "privacy visibility private",
            "privacy training off",
            "privacy compare on",
            "privacy delete",
        ),
    )
    async def privacy(self, ask: Ask) -> None:
        """What I keep about you, who sees it, and the way to export or delete it."""
        if word := ask.rest:  # what is none of the subcommands
            raise UsageError("privacy export", word)
        await self._open(ask, "show")

    @subcommand(privacy, private=True)
    async def delete(self, ask: Ask) -> None:
        """Delete everything I keep about you; I ask before I do."""
        await self._open(ask, DELETE)

    @hybrid(private=True, everywhere=True, examples=("forgetme",))
    async def forgetme(self, ask: Ask) -> None:
        """Delete everything I keep about you; I ask before I do."""
        await self._open(ask, DELETE)

    @subcommand(privacy, private=True)
    @app_commands.rename(who="to")
    @app_commands.describe(who="Who sees your ratings and your profile")
    async def visibility(self, ask: Ask, who: Literal["private", "server", "public"]) -> None:
        """Choose who sees your ratings: private, server or public."""
        await ask.reply(replies.visibility_set(await self._privacy.show_to(ask.user_id, who, ask.at)))

    @subcommand(privacy, private=True)
    @app_commands.describe(state="Whether the model may learn from your ratings")
    async def training(self, ask: Ask, state: Literal["on", "off"]) -> None:
        """Choose whether the model learns from your ratings: on or off."""
        await ask.reply(replies.training_set(await self._privacy.train_on(ask.user_id, state == "on", ask.at)))

    @subcommand(privacy, private=True)
    @app_commands.describe(state="Whether others who want it too may compare tastes with you")
    async def compare(self, ask: Ask, state: Literal["on", "off"]) -> None:
        """Choose whether your taste may be compared with others': on or off."""
        await ask.reply(replies.comparing_set(await self._privacy.compare(ask.user_id, state == "on", ask.at)))

    @subcommand(privacy, kind="list", private=True)
    async def export(self, ask: Ask) -> None:
        """Get everything I keep about you as a file."""
        reply = await self._export(ask)
        if ask.is_overheard:
            is_sent = await write_to(ask.user, reply, ask.bot.pause)
            reply = replies.sent_privately() if is_sent else replies.cannot_send_privately()
        await ask.reply(reply)

    @action("export_mine", command="privacy", kind="list")
    async def export_mine(self, ask: Ask, press: Press) -> None:
        await ask.reply(await self._export(ask))

    async def _export(self, ask: Ask) -> Reply:
        await ask.take_time()
        return replies.export(await self._exports.export(ask.user_id, ask.at, gettext(replies.README)), ask.prefix)

    async def _open(self, ask: Ask, what: str) -> None:
        await ask.reply(replies.door(ask.user_id, what) if ask.is_overheard else await self._view(ask, what))

    async def _view(self, ask: Ask, what: str) -> Reply:
        if what == DELETE:
            return replies.ask(await self._privacy.ask_to_delete(ask.user_id, ask.at))
        return replies.card(await self._privacy.card(ask.user_id))

    @action("privacy_open", command="privacy")
    async def open_door(self, ask: Ask, press: Press) -> None:
        await ask.reply(await self._view(ask, press.text(0)))

    @action("set_visibility", command="privacy")
    async def choose_visibility(self, ask: Ask, press: Press) -> None:
        choices: dict[str, Visibility] = {"private": "private", "server": "server", "public": "public"}
        card = await self._privacy.show_to(ask.user_id, press.chosen_word(choices), ask.at)
        await ask.replace(replies.card(card))

    @action("set_training", command="privacy")
    async def choose_training(self, ask: Ask, press: Press) -> None:
        await ask.replace(replies.card(await self._privacy.train_on(ask.user_id, press.text(0) == "on", ask.at)))

    @action("set_comparing", command="privacy")
    async def choose_comparing(self, ask: Ask, press: Press) -> None:
        await ask.replace(replies.card(await self._privacy.compare(ask.user_id, press.text(0) == "on", ask.at)))

    @action("ask_delete", command="privacy")
    async def ask_delete(self, ask: Ask, press: Press) -> None:
        await ask.replace(await self._view(ask, DELETE))

    @action("keep_everything", command="privacy")
    async def keep(self, ask: Ask, press: Press) -> None:
        await ask.replace(await self._view(ask, "show"))

    @action("delete_for_good", command="privacy", kind="heavy")
    async def delete_for_good(self, ask: Ask, press: Press) -> None:
        await ask.take_time()
        user_id, rows, asked_at = press.numbers(3)
        outcome = await self._privacy.delete(ask.user_id, user_id, rows, asked_at, ask.at)
        if isinstance(outcome, Receipt):
            ask.bot.cooldowns.forget(ask.user_id)
            ask.bot.without_pictures.discard(ask.user_id)
            ask.bot.give_language(ask.user_id, None)
        await ask.replace(replies.deletion(outcome))
