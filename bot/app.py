"""Wiring: settings in, bot out."""

from discord.http import Route

from bot.chat.plots import loss_plot
from bot.chat.transient import Pause, growing_pause
from bot.client import Marquee
from bot.settings import Settings
from bot.waiting import Wait, wait_directly
from bot.wiring import Services


def create_bot(
    settings: Settings,
    *,
    wait: Wait = wait_directly,
    message_content: bool = True,
    pause: Pause = growing_pause,
) -> Marquee:
    """Build the bot; nothing is opened before it logs in.

    `wait` awaits the training process, so that a simulation can tell waiting from hanging. Without
    `message_content` (a privileged intent) the bot answers slash commands, mentions and direct messages.
    `pause` says how long to wait between two attempts to reach Discord.
    """
    if settings.discord_api_url is not None:
        # For all bots of the process: answers to interactions build their addresses from nothing else.
        Route.BASE = str(settings.discord_api_url).rstrip("/")

    async def open_services() -> Services:
        return await Services.open(settings, plot=loss_plot, wait=wait)

    return Marquee(settings, open_services, message_content=message_content, pause=pause)
