"""What an operator has of the bot: its log, its slash commands, and what it does once a day."""

from bot.operating.alarm import Alarm
from bot.operating.service import OperatingService

__all__ = ["Alarm", "OperatingService"]
