import numpy as np
import torch

from recommender.interactions import Interactions
from recommender.rated_patterns import FILM_DAMPING, FILM_SHRINKAGE, rated_patterns, refreshed_patterns
from tests.recommender.worlds import frame, no_tick


def two_circles() -> Interactions:
    """People of circle 0 rate films 0–19, those of circle 1 films 100–119; stars mean nothing."""
    generator = np.random.default_rng(0)
    rows = [
        (user, 100 * (user % 2) + film, 3.0, 0) for user in range(60) for film in range(20) if generator.random() < 0.7
    ]
    return Interactions.from_frame(frame(rows))


def scaled_matrix(data: Interactions) -> np.ndarray:
    matrix = np.zeros((len(data.users), len(data.movies)))
    activity = np.bincount(data.user_idx)
    matrix[data.user_idx, data.movie_idx] = (
        activity[data.user_idx] ** -0.5 * (data.support[data.movie_idx] + FILM_DAMPING) ** -0.5
    )
    return matrix


def test_they_are_the_leading_singular_vectors() -> None:
    data = two_circles()
    vectors = rated_patterns(data, 2, seed=1, tick=no_tick).vectors.double().numpy()
    exact = np.linalg.svd(scaled_matrix(data))[2][:2].T
    assert np.abs(np.linalg.svd(vectors.T @ exact)[1] - 1).max() < 1e-5  # the same plane
    assert np.abs(vectors.T @ vectors - np.eye(2)).max() < 1e-5


def test_films_of_one_circle_point_one_way() -> None:
    data = two_circles()
    patterns = rated_patterns(data, 2, seed=1, tick=no_tick)
    assert (patterns.of_films.norm(dim=1) <= 1).all()
    assert torch.allclose(
        patterns.of_films.norm(dim=1), torch.from_numpy(data.support / (data.support + FILM_SHRINKAGE)).float()
    )
    alike = patterns.of_films @ patterns.of_films.T
    assert alike[:20, :20].min() > 0.2
    assert alike[:20, 20:].abs().max() < 0.1


def test_refreshing_the_same_ratings_changes_nothing() -> None:
    data = two_circles()
    patterns = rated_patterns(data, 2, seed=1, tick=no_tick)
    again = refreshed_patterns(data, patterns.vectors)
    assert torch.allclose(again.vectors, patterns.vectors, atol=1e-3)
    assert torch.allclose(again.of_raters, patterns.of_raters, atol=1e-3)


def test_a_film_nobody_has_rated_has_no_pattern() -> None:
    data = two_circles()
    without = data.subset(np.flatnonzero(data.movie_idx != 3))
    patterns = rated_patterns(without, 2, seed=1, tick=no_tick)
    assert patterns.of_films[3].abs().max() < 1e-6
    assert patterns.of_raters[3].abs().max() < 1e-6
    assert rated_patterns(without, 0, seed=1, tick=no_tick).of_films.shape == (40, 0)
