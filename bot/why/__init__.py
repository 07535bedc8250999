"""Why a film is predicted the stars it is."""

from bot.why.service import WhyService

__all__ = ["WhyService"]
