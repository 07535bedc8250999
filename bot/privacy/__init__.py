"""What is kept about a member, and their say in it."""

from bot.privacy.export import ExportService
from bot.privacy.service import PrivacyService

__all__ = ["ExportService", "PrivacyService"]
