"""`import` and the buttons of its preview."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.deferring import take_time
from bot.chat.host import Host
from bot.chat.reply import Reply
from bot.chat.sending import answer, replace, respond
from bot.errors import ImportFileError
from bot.imports import Asked, ImportClosed, Imported, Preview
from bot.imports import replies as ui
from bot.imports.archive import MAX_BYTES


class Importing(commands.Cog):
    """Bring your ratings along from elsewhere."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @hybrid(name="import", kind="heavy", private=True)
    @app_commands.describe(
        file="An export of MovieLens, Letterboxd, IMDb, Trakt or Marquee; how to get one if left out"
    )
    async def import_file(self, ctx: commands.Context[Host], file: discord.Attachment | None = None) -> None:
        """Bring your ratings from MovieLens, Letterboxd, IMDb or Trakt; attach the file."""
        if file is None:
            await answer(ctx, ui.how_to(self.bot.prefix_in(ctx.guild)))
            return
        if len(ctx.message.attachments) > 1:
            raise ImportFileError("several_files")
        await take_time(ctx)
        content = await _fetch(file)
        found = await self.bot.house.importing.preview(ctx.author.id, file.filename, content, self.bot.time_of(ctx))
        await answer(ctx, ui.preview(found, is_private=ctx.interaction is not None or ctx.guild is None))

    @action("import_preview", command="import")
    async def show_preview(self, interaction: discord.Interaction[Host], press: Press) -> None:
        state = await self.bot.house.importing.again(interaction.user.id, press.number(0))
        await replace(interaction, self._shown(interaction, state))

    @action("import_fix", command="import")
    async def fix(self, interaction: discord.Interaction[Host], press: Press) -> None:
        asked = await self.bot.house.importing.question(interaction.user.id, press.number(0))
        await _privately(interaction, self._shown(interaction, asked))

    @action("import_pick", command="import", kind="quick")
    async def pick(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await self._resolve(interaction, press, press.chosen)

    @action("import_skip", command="import", kind="quick")
    async def skip(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await self._resolve(interaction, press, None)

    async def _resolve(self, interaction: discord.Interaction[Host], press: Press, movie_id: int | None) -> None:
        import_id, place = press.numbers(2)
        following = await self.bot.house.importing.resolve(interaction.user.id, import_id, place, movie_id)
        await replace(interaction, self._shown(interaction, following))

    @action("import_missing", command="import")
    async def show_missing(self, interaction: discord.Interaction[Host], press: Press) -> None:
        state = await self.bot.house.importing.again(interaction.user.id, press.number(0))
        reply = ui.missing(state) if isinstance(state, Preview) else self._shown(interaction, state)
        await _privately(interaction, reply)

    @action("import_confirm", command="import")
    async def confirm(self, interaction: discord.Interaction[Host], press: Press) -> None:
        at = self.bot.time_of(interaction)
        done = await self.bot.house.importing.confirm(interaction.user.id, press.number(0), at)
        await replace(interaction, self._shown(interaction, done))

    @action("import_cancel", command="import")
    async def cancel(self, interaction: discord.Interaction[Host], press: Press) -> None:
        left = await self.bot.house.importing.cancel(interaction.user.id, press.number(0))
        await replace(interaction, self._shown(interaction, left))

    @action("import_undo", command="import", kind="write")
    async def undo(self, interaction: discord.Interaction[Host], press: Press) -> None:
        at = self.bot.time_of(interaction)
        result = await self.bot.house.importing.undo(interaction.user.id, press.number(0), at)
        await replace(interaction, ui.closed(result) if isinstance(result, ImportClosed) else ui.taken_back(result))

    def _shown(self, interaction: discord.Interaction[Host], state: Preview | Asked | Imported | ImportClosed) -> Reply:
        match state:
            case Preview():
                return ui.preview(state, is_private=_is_private(interaction))
            case Asked():
                return ui.question(state)
            case Imported():
                return ui.imported(state, self.bot.prefix_in(interaction.guild))
            case ImportClosed():
                return ui.closed(state)


def _is_private(interaction: discord.Interaction[Host]) -> bool:
    """Whether nobody else sees the message that was pressed."""
    message = interaction.message
    return interaction.guild is None or (message is not None and message.flags.ephemeral)


async def _privately(interaction: discord.Interaction[Host], reply: Reply) -> None:
    """Films are named to their owner alone: in the message that was pressed if nobody else sees it."""
    if _is_private(interaction):
        await replace(interaction, reply)
    else:
        await respond(interaction, reply)


async def _fetch(file: discord.Attachment) -> bytes:
    if file.size > MAX_BYTES:
        raise ImportFileError("too_large")
    try:
        return await file.read()
    except discord.HTTPException as error:
        raise ImportFileError("not_fetched") from error


async def setup(bot: Host) -> None:
    await bot.add_cog(Importing(bot))
