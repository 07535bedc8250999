"""`undo`, `history`, and every button that takes something back or brings it back."""

from typing import ClassVar

from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.reply import Reply
from bot.journal import replies
from bot.journal.sayings import film_to_undo, is_history, to_undo, what
from bot.journal.service import AskFirst, JournalService, TakenBack


class JournalCog(commands.Cog, name="Journal", description="Rate"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, journal: JournalService) -> None:
        self._journal = journal

    def hears(self, ask: Ask, text: str) -> str | None:
        """`forget that`, `undo Heat` and `show my history`, said to the bot."""
        if is_history(text):
            return "history"
        if (said := to_undo(text)) is not None:
            return f"undo {said}"
        film = film_to_undo(text)
        is_meant = film is not None and (text.lower().startswith("undo ") or self._journal.is_name(film))
        return f"undo {film}" if is_meant else None

    @hybrid(kind="write", examples=("undo",))
    async def undo(self, ask: Ask) -> None:
        """Take back the last thing you changed, whatever it was."""
        text = ask.rest  # `undo Heat`, `undo the last two`
        said = what(text)
        if text and said is None:
            result = await self._journal.undo_of(ask.user_id, text)
        else:
            result = await self._journal.undo_last(ask.user_id, said)
        if isinstance(result, AskFirst):
            await ask.reply(replies.ask_first(result))
        else:
            _follow(ask, result)
            await ask.reply(replies.taken_back(result))

    @hybrid(private=True, examples=("history",))
    async def history(self, ask: Ask) -> None:
        """What you changed, the newest first, with a button each to take it back."""
        await ask.reply(replies.door(ask.user_id) if ask.is_overheard else await self._page(ask, 0))

    @action("history_open", command="history")
    async def open_history(self, ask: Ask, press: Press) -> None:
        await ask.reply(await self._page(ask, 0))

    @action("history_page", command="history")
    async def turn_page(self, ask: Ask, press: Press) -> None:
        await ask.replace(await self._page(ask, press.number(0)))

    @action("history_undo", command="history", kind="write")
    async def undo_in_history(self, ask: Ask, press: Press) -> None:
        entry_id, page = press.numbers(2)
        await ask.replace(await self._page(ask, page, await self._journal.undo(ask.user_id, entry_id)))

    @action("history_restore", command="history", kind="write")
    async def restore_in_history(self, ask: Ask, press: Press) -> None:
        entry_id, page = press.numbers(2)
        await ask.replace(await self._page(ask, page, await self._journal.restore(ask.user_id, entry_id)))

    async def _page(self, ask: Ask, page: int, done: TakenBack | None = None) -> Reply:
        note = "" if done is None else replies.noted(done)
        if done is not None:
            _follow(ask, done)
        return replies.history(await self._journal.history(ask.user_id, page), ask.prefix, note=note)

    @action("undo", command="undo", kind="write", film=1)
    async def undo_press(self, ask: Ask, press: Press) -> None:
        await self._show(ask, await self._journal.press(ask.user_id, press.number(0)))

    @action("restore", command="undo", kind="write", film=1)
    async def restore(self, ask: Ask, press: Press) -> None:
        await self._show(ask, await self._journal.restore(ask.user_id, press.number(0)))

    @action("import_undo", command="import", kind="write")
    async def undo_import(self, ask: Ask, press: Press) -> None:
        await self._show(ask, await self._journal.undo_import(ask.user_id, press.number(0)))

    @action("undo_all", command="undo", kind="write")
    async def undo_all(self, ask: Ask, press: Press) -> None:
        """Under messages of earlier versions, as the next one: both named what they took back otherwise."""
        first, last = press.numbers(2)
        await self._show(ask, await self._journal.press_all(ask.user_id, first, last))

    @action("reset_restore", command="profile reset", kind="write")
    async def undo_removal(self, ask: Ask, press: Press) -> None:
        await self._show(ask, await self._journal.undo_removal(ask.user_id, press.number(0)))

    @staticmethod
    async def _show(ask: Ask, result: TakenBack) -> None:
        _follow(ask, result)
        is_card = ask.message is not None and ask.message.flags.components_v2
        await ask.replace(replies.taken_back(result, as_card=is_card))


def _follow(ask: Ask, result: TakenBack) -> None:
    """Let the bot know at once what is kept in memory too."""
    for change in (one.change for told in result.entries for one in told.changes):
        now = change.before if result.is_undo else change.after
        if change.thing.what == "has_pictures":
            ask.bot.give_pictures(ask.user_id, now is not None and bool(now.value))
        elif change.thing.what == "language":
            ask.bot.give_language(ask.user_id, None if now is None else str(now.value))
