"""`import` and the buttons of its preview."""

from functools import partial
from typing import ClassVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.reply import Reply
from bot.chat.sending import change
from bot.imports import replies
from bot.imports.archive import MAX_BYTES
from bot.imports.errors import ImportFileError
from bot.imports.looking import LookUps, Show
from bot.imports.service import Asked, ImportClosed, Imported, ImportService, Preview

EXPORTS = (".csv", ".zip", ".json")


class ImportsCog(commands.Cog, name="Imports", description="Begin here"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, imports: ImportService) -> None:
        self._imports = imports
        self._look_ups = LookUps(imports)

    async def cog_unload(self) -> None:
        await self._look_ups.close()

    def hears(self, ask: Ask, text: str) -> str | None:
        """An export that is sent to the bot, whatever is said to it."""
        files = ask.message.attachments if ask.message is not None else []
        return "import" if any(file.filename.lower().endswith(EXPORTS) for file in files) else None

    @hybrid(name="import", kind="heavy", private=True, examples=("import",))
    @app_commands.describe(
        file="An export of MovieLens, Letterboxd, IMDb, Trakt or Marquee; how to get one if left out"
    )
    async def import_file(self, ask: Ask, file: discord.Attachment | None = None) -> None:
        """Bring your ratings from MovieLens, Letterboxd, IMDb or Trakt; attach the file."""
        if file is None:
            await ask.reply(replies.how_to(ask.user_id, ask.prefix))
            return
        if ask.message is not None and len(ask.message.attachments) > 1:
            raise ImportFileError("several_files")
        await self._preview(ask, file)

    @action("import_choose", command="import")
    async def choose_file(self, ask: Ask, press: Press) -> None:
        await ask.open(replies.file_form(ask.user_id))

    @action("import_sent", command="import", kind="heavy")
    async def take_file(self, ask: Ask, press: Press) -> None:
        await self._preview(ask, press.file)

    async def _preview(self, ask: Ask, file: discord.Attachment) -> None:
        await ask.take_time()
        found = await self._imports.preview(ask.user_id, file.filename, await _fetch(file), ask.at)
        if not found.to_look_up:
            await ask.reply(replies.preview(found, is_private=not ask.is_overheard))
        elif (sent := await ask.reply(replies.looking_up(found, 0))) is not None:
            await self._look_up(ask, found, partial(change, ask.bot, sent), is_private=not ask.is_overheard)

    async def _look_up(self, ask: Ask, found: Preview, show: Show, *, is_private: bool) -> None:
        async def shown() -> Reply:
            return _shown(ask, await self._imports.again(ask.user_id, found.import_id), is_private=is_private)

        self._look_ups.begin(ask, found, show, shown)

    @action("import_look_up", command="import", kind="heavy")
    async def look_up(self, ask: Ask, press: Press) -> None:
        state = await self._imports.again(ask.user_id, press.number(0))
        if isinstance(state, Preview) and state.to_look_up:
            await ask.replace(replies.looking_up(state, 0))
            await self._look_up(ask, state, ask.replace, is_private=_is_private(ask))
        else:
            await ask.replace(_shown(ask, state))

    @action("import_go_on", command="import")
    async def go_on_without(self, ask: Ask, press: Press) -> None:
        await self._look_ups.end(ask.user_id, press.number(0))
        await self.show_preview(ask, press)

    @action("import_preview", command="import")
    async def show_preview(self, ask: Ask, press: Press) -> None:
        await ask.replace(_shown(ask, await self._imports.again(ask.user_id, press.number(0))))

    @action("import_fix", command="import")
    async def fix(self, ask: Ask, press: Press) -> None:
        await _privately(ask, _shown(ask, await self._imports.question(ask.user_id, press.number(0))))

    @action("import_pick", command="import", kind="quick")
    async def pick(self, ask: Ask, press: Press) -> None:
        await self._resolve(ask, press, press.chosen)

    @action("import_skip", command="import", kind="quick")
    async def skip(self, ask: Ask, press: Press) -> None:
        await self._resolve(ask, press, None)

    async def _resolve(self, ask: Ask, press: Press, movie_id: int | None) -> None:
        import_id, place = press.numbers(2)
        await ask.replace(_shown(ask, await self._imports.resolve(ask.user_id, import_id, place, movie_id)))

    @action("import_missing", command="import")
    async def show_missing(self, ask: Ask, press: Press) -> None:
        state = await self._imports.again(ask.user_id, press.number(0))
        await _privately(ask, replies.missing(state) if isinstance(state, Preview) else _shown(ask, state))

    @action("import_confirm", command="import")
    async def confirm(self, ask: Ask, press: Press) -> None:
        await ask.replace(_shown(ask, await self._imports.confirm(ask.user_id, press.number(0), ask.at)))

    @action("import_cancel", command="import")
    async def cancel(self, ask: Ask, press: Press) -> None:
        cancelled = await self._imports.cancel(ask.user_id, press.number(0))
        await self._look_ups.end(ask.user_id, press.number(0))
        await ask.replace(_shown(ask, cancelled))


def _shown(ask: Ask, state: Preview | Asked | Imported | ImportClosed, *, is_private: bool | None = None) -> Reply:
    match state:
        case Preview():
            return replies.preview(state, is_private=_is_private(ask) if is_private is None else is_private)
        case Asked():
            return replies.question(state)
        case Imported():
            return replies.imported(state, ask.prefix)
        case ImportClosed():
            return replies.closed(state)


def _is_private(ask: Ask) -> bool:
    """Whether nobody else sees the message that was pressed."""
    return ask.is_direct or (ask.message is not None and ask.message.flags.ephemeral)


async def _privately(ask: Ask, reply: Reply) -> None:
    """Films are named to their owner alone: in the message that was pressed if nobody else sees it."""
    await (ask.replace if _is_private(ask) else ask.reply)(reply)


async def _fetch(file: discord.Attachment) -> bytes:
    if file.size > MAX_BYTES:
        raise ImportFileError("too_large")
    try:
        return await file.read()
    except discord.HTTPException as error:
        raise ImportFileError("not_fetched") from error
