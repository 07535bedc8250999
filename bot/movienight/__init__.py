"""A film for several people of a server: chosen together, planned, and watched."""

from bot.movienight.planning import PlanningService
from bot.movienight.service import MovieNightService
from bot.movienight.swiping import SwipeService

__all__ = ["MovieNightService", "PlanningService", "SwipeService"]
