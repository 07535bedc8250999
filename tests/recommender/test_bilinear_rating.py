from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.bilinear_rating import PRIOR_RATINGS, BilinearRating
from recommender.vocabulary import Profile

FILMS, X, Z, FACTORS = 12, 3, 2, 2
PRIOR = np.diag([0.2, 0.1, 0.1, 1.0, 1.0]) + 0.02
ALL = np.arange(FILMS)


def head(is_certain: bool = False) -> BilinearRating:
    generator = np.random.default_rng(0)
    features = generator.normal(size=(FILMS, X + FACTORS)) * 0.5
    features[:, 0] = 1.0
    return BilinearRating(
        item_features=features,
        item_weights=generator.normal(size=(FILMS, Z)) * 0.3,
        item_variance=np.full((FILMS, Z + FACTORS), 0.0 if is_certain else 0.05),
        implicit_factors=generator.normal(size=(FILMS, Z - 1)),
        prior_regression=generator.normal(size=(Z, X)) * 0.1,
        user_prior=PRIOR,
        centre=3.0,
        noise=0.5,
        training_error=0.4,
        calibration=1.0,
        limits=(-50.0, 50.0),
    )


def profile(ratings: dict[int, float]) -> Profile:
    films = sorted(ratings)
    return Profile(np.array(films, dtype=np.int64), np.array([ratings[film] for film in films]))


profiles = st.dictionaries(st.integers(0, FILMS - 1), st.floats(0.5, 5.0), max_size=FILMS)


def expectation(model: BilinearRating, of: Profile) -> np.ndarray:
    """[movies] stars before the ratings are looked at, written out."""
    z = np.array([1.0, model.implicit_factors[of.movie_idx, 0].sum() / max(len(of), 1) ** 0.5])
    observed = model.item_features[:, :X]
    return np.array(
        [model.centre + z @ model.item_weights[film] + z @ model.prior_regression @ observed[film] for film in ALL]
    )


@pytest.mark.parametrize("rated", [{}, {3: 4.0}, {1: 5.0, 2: 1.0}, dict.fromkeys(range(8), 4.5)])
def test_it_is_the_posterior_of_a_linear_regression(rated: dict[int, float]) -> None:
    """Fewer ratings than weights, and more: both ways of solving give the textbook's answer."""
    model, of = head(), profile(rated)
    features = model.item_features[of.movie_idx]
    item_variance = np.diag([0.0] * X + [0.05 * len(of)] * FACTORS)
    covariance = np.linalg.inv(np.linalg.inv(PRIOR) + (features.T @ features + item_variance) / model.noise)
    base = expectation(model, of)
    weights = covariance @ features.T @ (of.rating - base[of.movie_idx]) / model.noise
    stars, deviation = model.fold_in(of).predict(ALL)
    assert stars == pytest.approx(base + model.item_features @ weights)
    z = model._user_features(of)
    of_item = 0.05 * (z @ z + weights[X:] @ weights[X:] + np.trace(covariance[X:, X:]))
    residual = of.rating - base[of.movie_idx] - features @ weights
    inflation = (residual @ residual / model.training_error + PRIOR_RATINGS) / (len(of) + PRIOR_RATINGS)
    spread = np.einsum("md,de,me->m", model.item_features, covariance, model.item_features)
    assert deviation == pytest.approx(np.sqrt((spread + of_item + model.noise) * inflation))


@given(rated=profiles)
def test_contributions_add_up(rated: dict[int, float]) -> None:
    model, of = head(), profile(rated)
    predicted = model.fold_in(of).attribute(ALL)
    assert predicted.contributions.shape == (FILMS, len(rated))
    assert predicted.base + predicted.contributions.sum(axis=1) == pytest.approx(
        model.fold_in(of).predict(ALL)[0], abs=1e-9
    )


@given(rated=profiles, shares=st.floats(-2.0, 2.0))
def test_stars_are_linear_in_the_ratings_of_the_same_films(rated: dict[int, float], shares: float) -> None:
    model = head()
    low, high = (dict.fromkeys(rated, stars) for stars in (1.0, 5.0))
    mixed = profile({film: rated[film] + shares * (high[film] - low[film]) for film in rated})
    expected = model.fold_in(profile(rated)).predict(ALL)[0] + shares * (
        model.fold_in(profile(high)).predict(ALL)[0] - model.fold_in(profile(low)).predict(ALL)[0]
    )
    assert model.fold_in(mixed).predict(ALL)[0] == pytest.approx(expected, abs=1e-8)


@given(rated=profiles)
def test_the_base_knows_which_films_are_rated_not_how(rated: dict[int, float]) -> None:
    model = head()
    of, other = profile(rated), profile(dict.fromkeys(rated, 1.0))
    assert model.fold_in(of).attribute(ALL).base == pytest.approx(model.fold_in(other).attribute(ALL).base)
    assert model.fold_in(of).attribute(ALL).base == pytest.approx(expectation(model, of))


def test_what_is_expected_contributes_nothing() -> None:
    model = head()
    base = expectation(model, profile({1: 0.0, 5: 0.0}))
    as_expected = profile({1: float(base[1]), 5: float(base[5])})
    assert model.fold_in(as_expected).attribute(ALL).contributions == pytest.approx(np.zeros((FILMS, 2)))


def test_ratings_make_surer_and_surprises_less_sure() -> None:
    model = head()
    base = expectation(model, profile({1: 0.0, 5: 0.0}))
    nobody = model.fold_in(profile({})).predict(ALL)[1]
    usual = profile({1: float(base[1]) + 0.6, 5: float(base[5]) - 0.6})
    wild = profile({1: float(base[1]) + 30.0, 5: float(base[5]) - 30.0})
    assert (model.fold_in(usual).predict(ALL)[1] < nobody).all()
    assert (model.fold_in(wild).predict(ALL)[1] > nobody).all()
    assert (head(is_certain=True).fold_in(profile({})).predict(ALL)[1] < nobody).all()


def test_stars_stay_within_the_range_and_the_deviation_is_calibrated() -> None:
    of = profile({1: 40.0, 5: 40.0})
    model = replace(head(), limits=(1.0, 5.0), calibration=2.0)
    assert model.fold_in(of).predict(ALL)[0].max() == 5.0
    assert model.fold_in(of).predict(ALL)[1] == pytest.approx(2 * head().fold_in(of).predict(ALL)[1])


def test_one_film_is_predicted_as_among_many() -> None:
    user = head().fold_in(profile({1: 4.0, 5: 2.5}))
    many = np.tile(ALL, 5)
    assert len(many) > len(user.precision) > 1
    stars, deviation = user.predict(many)
    for place, film in enumerate(ALL):
        (own_stars,), (own_deviation,) = user.predict(ALL[place : place + 1])
        assert own_stars == stars[place]
        assert own_deviation == pytest.approx(deviation[place], rel=1e-9), film


def test_it_is_rebuilt_from_its_tensors() -> None:
    again = BilinearRating.of(head().tensors(), (-50.0, 50.0))
    of = profile({2: 4.0, 7: 1.5})
    for mine, kept in zip(head().fold_in(of).predict(ALL), again.fold_in(of).predict(ALL), strict=True):
        assert mine.tolist() == kept.tolist()


@pytest.mark.parametrize("name", ["weights", "variance", "pattern", "prior", "centre", "noise", "calibration"])
def test_a_tensor_of_another_shape_is_refused(name: str) -> None:
    tensors = head().tensors()
    with pytest.raises(ValueError, match=name):
        BilinearRating.of({**tensors, name: tensors[name][..., None]}, (1.0, 5.0))
    del tensors[name]
    with pytest.raises(KeyError):
        BilinearRating.of(tensors, (1.0, 5.0))
