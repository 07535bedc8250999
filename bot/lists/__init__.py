"""Lists of films for a member, and what they may be asked to hold."""

from bot.lists.choosing import DIVERSITY, choose
from bot.lists.defaults import DefaultsService
from bot.lists.filters import PLAIN
from bot.lists.panel import FilterPanel
from bot.lists.service import ListService, MovieList

__all__ = ["DIVERSITY", "PLAIN", "DefaultsService", "FilterPanel", "ListService", "MovieList", "choose"]
