import numpy as np
import pytest

from recommender.profile import Profile
from recommender.ranking import FactorRanking, Liking, unit_rows

LIKING = Liking(liked_at=0.61, slope=13.5, limits=(0.5, 5.0))


def head() -> FactorRanking:
    generator = np.random.default_rng(0)
    features = generator.normal(size=(6, 3))
    return FactorRanking(
        offset=np.linspace(0, 0.1, 6),
        features=features,
        precision=0.3 * features.T @ features + np.eye(3),
        information=np.array([0.1, 0.0, 0.2]),
        liking=LIKING,
    )


def profile(*ratings: float) -> Profile:
    return Profile(np.arange(len(ratings)), np.array(ratings))


def test_liking_rises_with_the_rating() -> None:
    weights = LIKING(np.array([0.5, 2.0, 3.5, 5.0]))
    assert (np.diff(weights) > 0).all()
    assert weights[0] < 0.01
    assert weights[2] > 0.5
    assert weights[3] > 0.98


def test_scores_are_the_weighted_least_squares_solution() -> None:
    model = head()
    somebody = profile(5.0, 4.0)
    weight = LIKING(somebody.rating)
    features = model.features[:2]
    system = model.precision + features.T @ np.diag(weight) @ features
    vector = np.linalg.solve(system, model.information + features.T @ weight)
    assert model.scores(somebody) == pytest.approx(model.offset + model.features @ vector)


@pytest.mark.parametrize("ratings", [(), (0.5,), (3.0, 1.0)])
def test_who_likes_nothing_says_nothing(ratings: tuple[float, ...]) -> None:
    assert head().scores(profile(*ratings)) is None


def test_pulls_are_what_the_ratings_add_to_the_prior() -> None:
    model = head()
    somebody = profile(5.0, 4.5, 2.0)
    weight = LIKING(somebody.rating)
    features = model.features[:3]
    system = model.precision + features.T @ np.diag(weight) @ features
    scores = model.scores(somebody)
    assert scores is not None
    of_prior = model.offset + model.features @ np.linalg.solve(system, model.information)
    assert model.pulls(somebody, np.arange(6)).sum(axis=1) == pytest.approx(scores - of_prior)


def test_unit_rows_keep_zeros() -> None:
    assert unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[0.6, 0.8], [0.0, 0.0]]
