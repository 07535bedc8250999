import numpy as np

from recommender.attribute_map import AttributeMap


def test_a_linear_truth_is_found() -> None:
    random = np.random.default_rng(0)
    features, truth = random.normal(size=(400, 5)), random.normal(size=(5, 3))
    values = 2 + features @ truth
    known, films = np.arange(300), np.arange(300, 400)
    found, error = AttributeMap.of(features, known, np.ones(300))(values[known], films)
    assert np.abs(found - values[films]).max() < 0.1
    assert error.max() < 0.01


def test_of_features_that_say_nothing_the_mean_is_left_and_the_error_is_the_spread() -> None:
    random = np.random.default_rng(0)
    features, values = random.normal(size=(300, 30)), random.normal(size=(300, 1))
    found, error = AttributeMap.of(features, np.arange(250), np.ones(250))(values[:250], np.arange(250, 300))
    assert np.abs(found - values[:250].mean()).max() < 0.2
    assert 0.8 < error[0] / values[:250].var() < 1.1


def test_the_error_is_that_of_films_left_out() -> None:
    """By leaving out each film in turn, at the ridge that was chosen."""
    random = np.random.default_rng(1)
    features = random.normal(size=(40, 6))
    values = features @ random.normal(size=(6, 1)) + random.normal(size=(40, 1))
    every = np.arange(40)
    _, error = AttributeMap.of(features, every, np.ones(40))(values, every)

    def left_out(ridge: float) -> float:
        total = 0.0
        for one in range(40):
            others = np.delete(every, one)
            x, y = features[others] - features.mean(axis=0), values[others]
            design = np.concatenate([np.ones((39, 1)), x], axis=1)
            slope = np.linalg.solve(design.T @ design + np.diag([0.0] + [ridge] * 6), design.T @ y)
            total += float((values[one] - slope[0] - (features[one] - features.mean(axis=0)) @ slope[1:])[0] ** 2)
        return total / 40

    assert np.isclose(error[0], min(left_out(ridge) for ridge in (1.0, 10.0, 100.0)), rtol=1e-3)


def test_a_film_without_weight_says_nothing() -> None:
    features, values = np.ones((20, 1)), np.zeros((20, 1))
    values[0] = 100.0
    weight = np.ones(20)
    weight[0] = 0.0
    found, _ = AttributeMap.of(features, np.arange(20), weight)(values, np.arange(20))
    assert np.abs(found).max() < 1e-9
