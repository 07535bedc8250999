"""A member's MovieLens profile: in numbers, started from somebody else's, and begun anew."""

from bot.profile.adoption import AdoptionService
from bot.profile.resetting import ResetService
from bot.profile.service import ProfileService

__all__ = ["AdoptionService", "ProfileService", "ResetService"]
