import numpy as np
import pytest

from recommender.interactions import Interactions
from recommender.popularity import DAMPING, damped_bias
from recommender.rating import LinearRating
from recommender.vocabulary import Profile
from tests.recommender.worlds import frame, random_ratings


def head() -> LinearRating:
    """Three films that are certain but the last, one taste besides the bias."""
    covariance = np.zeros((3, 2, 2))
    covariance[2] = [[0.3, 0.1], [0.1, 0.4]]
    return LinearRating(
        offset=np.array([3.0, 3.5, 4.0]),
        features=np.array([[1.0, 1.0], [1.0, -1.0], [1.0, 0.5]]),
        covariance=covariance,
        prior_mean=np.array([0.1, 0.2]),
        prior_precision=np.diag([2.0, 1.0]),
        noise=0.5,
        limits=(1.0, 5.0),
    )


NOBODY = Profile(np.array([], dtype=np.int64), np.array([]))
SOMEBODY = Profile(np.array([0, 2]), np.array([4.0, 2.5]))


def test_somebody_without_ratings_gets_the_base() -> None:
    stars, _ = head().fold_in(NOBODY).predict(np.array([0, 1]))
    assert stars == pytest.approx([3.0 + 0.1 + 0.2, 3.5 + 0.1 - 0.2])


def test_certain_films_give_the_textbook_posterior() -> None:
    model = head()
    profile = Profile(np.array([0, 1]), np.array([4.0, 2.0]))
    features = model.features[:2]
    precision = model.prior_precision + features.T @ features / model.noise
    information = model.prior_precision @ model.prior_mean
    information = information + features.T @ (profile.rating - model.offset[:2]) / model.noise
    weights = np.linalg.solve(precision, information)
    stars, deviation = model.fold_in(profile).predict(np.array([1]))
    assert stars == pytest.approx([3.5 + features[1] @ weights])
    variance = features[1] @ np.linalg.inv(precision) @ features[1] + model.noise
    assert deviation == pytest.approx([variance**0.5])


def test_contributions_add_up() -> None:
    movie_idx = np.array([0, 1, 2])
    parts = head().fold_in(SOMEBODY).attribute(movie_idx)
    stars, _ = head().fold_in(SOMEBODY).predict(movie_idx)
    assert parts.contributions.shape == (3, 2)
    assert parts.base + parts.contributions.sum(axis=1) == pytest.approx(stars)


def test_stars_stay_within_the_range() -> None:
    enthusiast = Profile(np.array([0, 1, 2]), np.array([50.0, 50.0, 50.0]))
    assert head().fold_in(enthusiast).predict(np.array([0]))[0].tolist() == [5.0]


def test_ratings_and_knowledge_make_surer() -> None:
    of_nobody = head().fold_in(NOBODY).predict(np.array([0, 2]))[1]
    of_somebody = head().fold_in(SOMEBODY).predict(np.array([0, 2]))[1]
    assert (of_somebody < of_nobody).all()
    certain = LinearRating(**{**fields(head()), "covariance": np.zeros((3, 2, 2))})
    assert certain.fold_in(NOBODY).predict(np.array([2]))[1] < of_nobody[1]


def test_it_is_rebuilt_from_its_tensors() -> None:
    again = LinearRating.of(head().tensors(), (1.0, 5.0))
    for mine, kept in zip(
        head().fold_in(SOMEBODY).predict(np.arange(3)), again.fold_in(SOMEBODY).predict(np.arange(3)), strict=True
    ):
        assert mine.tolist() == kept.tolist()


@pytest.mark.parametrize("name", ["offset", "covariance", "prior_mean", "prior_precision", "noise"])
def test_a_tensor_of_another_shape_is_refused(name: str) -> None:
    tensors = head().tensors()
    with pytest.raises(ValueError, match=name):
        LinearRating.of({**tensors, name: tensors[name][..., None]}, (1.0, 5.0))


def test_biases_are_damped_means() -> None:
    # Without users' differences one sweep settles it: film 1 has four ratings a star above film 2's.
    data = Interactions.from_frame(
        frame([(user, 1, 4, 0) for user in range(4)] + [(user, 2, 3, 0) for user in range(4)])
    )
    model = damped_bias(data)
    half = 0.5 * 4 / (4 + DAMPING)
    assert model.offset == pytest.approx([3.5 + half, 3.5 - half])


def test_biases_solve_their_equations() -> None:
    data = Interactions.from_frame(random_ratings(0, users=30, movies=20, ratings=300))
    model = damped_bias(data)
    mean = data.rating.mean()
    for movie_idx in range(len(data.movies)):
        rows = np.flatnonzero(data.movie_idx == movie_idx)
        without_users = [data.rating[row] - mean - bias_of(data, model, int(data.user_idx[row])) for row in rows]
        assert model.offset[movie_idx] - mean == pytest.approx(sum(without_users) / (len(rows) + DAMPING), abs=1e-3)


def bias_of(data: Interactions, model: LinearRating, user_idx: int) -> float:
    """The fold-in's user bias: a damped mean of what is left."""
    rows = data.user_idx == user_idx
    left = data.rating[rows] - model.offset[data.movie_idx[rows]]
    return float(left.sum() / (rows.sum() + DAMPING))


def fields(model: LinearRating) -> dict[str, object]:
    return {name: getattr(model, name) for name in model.__slots__}
