"""Taking back whatever a member has changed, and bringing it back."""

from bot.journal.service import JournalService

__all__ = ["JournalService"]
