"""What the application's owner is told."""

from bot.chat.reply import Reply
from bot.chat.text import many


def synced(commands: int) -> Reply:
    return Reply(f"{many(commands, 'slash command')} registered.")
