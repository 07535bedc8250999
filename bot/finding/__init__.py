"""Small ways to a film: one by chance, the newest, and those of a title."""

from bot.finding.service import FindingService

__all__ = ["FindingService"]
