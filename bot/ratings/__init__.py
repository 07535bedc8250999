"""Rating films, taking it back, and what was rated."""

from bot.ratings.lines import split_rating
from bot.ratings.service import Rated, RatingService
from bot.ratings.stars import HALF_STARS

__all__ = ["HALF_STARS", "Rated", "RatingService", "split_rating"]
