import numpy as np
import torch

from recommender.implicit_factors import ITEM_DAMPING, ITEM_SHRINKAGE, ImplicitFactors
from recommender.interactions import Interactions
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
        activity[data.user_idx] ** -0.5 * (data.support[data.movie_idx] + ITEM_DAMPING) ** -0.5
    )
    return matrix


def test_they_are_the_leading_singular_vectors() -> None:
    data = two_circles()
    vectors = ImplicitFactors.of(data, 2, seed=1, tick=no_tick).vectors.double().numpy()
    exact = np.linalg.svd(scaled_matrix(data))[2][:2].T
    assert np.abs(np.linalg.svd(vectors.T @ exact)[1] - 1).max() < 1e-5  # the same plane
    assert np.abs(vectors.T @ vectors - np.eye(2)).max() < 1e-5


def test_films_of_one_circle_point_one_way() -> None:
    data = two_circles()
    factors = ImplicitFactors.of(data, 2, seed=1, tick=no_tick)
    assert (factors.embeddings.norm(dim=1) <= 1).all()
    assert torch.allclose(
        factors.embeddings.norm(dim=1), torch.from_numpy(data.support / (data.support + ITEM_SHRINKAGE)).float()
    )
    alike = factors.embeddings @ factors.embeddings.T
    assert alike[:20, :20].min() > 0.2
    assert alike[:20, 20:].abs().max() < 0.1


def test_refreshing_the_same_ratings_changes_nothing() -> None:
    data = two_circles()
    factors = ImplicitFactors.of(data, 2, seed=1, tick=no_tick)
    again = factors.refreshed(data)
    assert torch.allclose(again.vectors, factors.vectors, atol=1e-3)
    assert torch.allclose(again.loadings, factors.loadings, atol=1e-3)


def test_a_film_nobody_has_rated_has_no_pattern() -> None:
    data = two_circles()
    without = data.subset(np.flatnonzero(data.movie_idx != 3))
    factors = ImplicitFactors.of(without, 2, seed=1, tick=no_tick)
    assert factors.embeddings[3].abs().max() < 1e-6
    assert factors.loadings[3].abs().max() < 1e-6
    assert ImplicitFactors.of(without, 0, seed=1, tick=no_tick).embeddings.shape == (40, 0)
