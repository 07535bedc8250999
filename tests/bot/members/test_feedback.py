"""What is folded in of a member, and in which order."""

from bot.members import Feedback
from bot.wiring import Services
from recommender import RatingHistory
from tests.bot.lists.test_service import ALICE, NOW


async def test_what_was_rated_last_is_last(services: Services) -> None:
    for after, (movie_id, stars) in enumerate([(30, 4.0), (10, 5.0), (20, 1.0), (30, 3.0)]):
        await services.ratings.rate(ALICE, movie_id, stars, NOW + after)
    told = (await services.feedback.of(ALICE)).ratings
    assert isinstance(told, RatingHistory)
    assert [*told.items()] == [(10, 5.0), (20, 1.0), (30, 3.0)]


def test_own_stars_come_after_adopted_ones_and_go_before_them() -> None:
    feedback = Feedback(rated={20: 1.0, 10: 5.0}, adopted={40: 4.0, 10: 2.0, 30: 3.0})
    assert [*feedback.ratings.items()] == [(40, 4.0), (30, 3.0), (10, 5.0), (20, 1.0)]
