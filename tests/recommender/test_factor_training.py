import numpy as np

from recommender.config import RankingConfig
from recommender.factor_ranking import train_factor_ranking
from recommender.interactions import Interactions
from recommender.profile import Profile
from tests.recommender.worlds import checkerboard, frame


def test_the_ranking_separates_the_two_kinds() -> None:
    data = Interactions.from_frame(checkerboard())
    head = train_factor_ranking(data, RankingConfig(dimensions=4), seed=0, on_progress=None)
    even = data.movies.ids % 2 == 0
    cosines = head.directions() @ head.directions().T
    assert cosines[np.ix_(even, even)].mean() > 0.6
    assert cosines[np.ix_(even, ~even)].mean() < 0.2


def test_sweeps_lower_the_loss() -> None:
    losses = []
    data = Interactions.from_frame(checkerboard())
    train_factor_ranking(data, RankingConfig(dimensions=4), 0, lambda now: losses.append(now.loss))
    seen = [loss for loss in losses if loss is not None]
    assert seen[-1] < seen[0]


def test_who_likes_nothing_at_all_leaves_popularity() -> None:
    data = Interactions.from_frame(frame([(1, 10, 0.5, 0), (1, 11, 1.0, 0), (2, 10, 1.0, 0), (3, 12, 5.0, 0)]))
    rows = np.flatnonzero(data.rating < 3)
    only_bad = Interactions(
        data.users, data.movies, *(one[rows] for one in (data.user_idx, data.movie_idx, data.rating))
    )
    config = RankingConfig(liked_at=5.0)
    head = train_factor_ranking(only_bad, config, 0, None)
    assert head.features.shape == (3, 0)
    assert head.scores(Profile(np.array([0]), np.array([5.0]))) is None
