"""What every answer for a member rests on, and who may see it."""

from bot.members.feedback import Feedback, FeedbackReader
from bot.members.movielens import MovieLensUsers
from bot.members.visibility import HiddenProfileError, choose_comparing, may_see

__all__ = ["Feedback", "FeedbackReader", "HiddenProfileError", "MovieLensUsers", "choose_comparing", "may_see"]
