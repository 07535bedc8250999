"""What the application's owner is told."""

from bot.chat.language import ngettext
from bot.chat.reply import Reply


def synced(commands: int) -> Reply:
    return Reply(ngettext("{n} slash command registered.", "{n} slash commands registered.", commands))
