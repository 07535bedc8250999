from dataclasses import replace

import numpy as np
import pytest

from recommender.ranking import AutoencoderRanking, Dislikes, DislikeWeighting, PreferenceWeighting, unit_rows
from recommender.vocabulary import Profile

PREFERENCE = PreferenceWeighting(liked_at=0.61, slope=13.5, limits=(0.5, 5.0))


def head() -> AutoencoderRanking:
    generator = np.random.default_rng(0)
    return AutoencoderRanking(
        offset=np.linspace(0, 0.1, 6),
        inputs=generator.normal(size=(6, 3)),
        outputs=generator.normal(size=(6, 3)),
        spectrum=np.array([2.0, 1.0, 0.1]),
        weighting=PREFERENCE,
    )


def profile(*ratings: float) -> Profile:
    return Profile(np.arange(len(ratings)), np.array(ratings))


def test_preference_rises_with_the_rating() -> None:
    weights = PREFERENCE(np.array([0.5, 2.0, 3.5, 5.0]))
    assert (np.diff(weights) > 0).all()
    assert weights[0] < 0.01
    assert weights[2] > 0.5
    assert weights[3] > 0.98


def test_a_small_profile_is_shrunk_to_the_leading_dimensions() -> None:
    model = head()
    somebody = profile(5.0, 4.0)
    weighted = PREFERENCE(somebody.rating) @ model.inputs[:2]
    vector = weighted / (model.spectrum + 1 / 2)
    assert model.scores(somebody) == pytest.approx(model.offset + model.outputs @ vector)


def test_a_cold_user_has_no_scores() -> None:
    assert head().scores(profile()) is None


def test_contributions_are_what_the_ratings_add_to_the_offset() -> None:
    model = head()
    somebody = profile(5.0, 4.5, 2.0)
    scores = model.scores(somebody)
    assert scores is not None
    assert model.contributions(somebody, np.arange(6)).sum(axis=1) == pytest.approx(scores - model.offset)


def test_aversion_is_what_dislikes_outweigh_likes_by() -> None:
    dislikes = Dislikes(np.zeros((6, 3)), DislikeWeighting(disliked_at=0.4, slope=13.5, limits=(0.5, 5.0)))
    model = replace(head(), dislikes=dislikes)
    assert head().aversion(profile(0.5, 0.5)) == 0.0  # an old model knows likes alone
    assert model.aversion(profile(0.5, 0.5)) > 0.98
    assert 0.2 < model.aversion(profile(0.5, 0.5, 0.5, 0.5, 5.0)) < 0.4
    assert model.aversion(profile(0.5, 5.0, 5.0)) == 0.0


def test_unit_rows_keep_zeros() -> None:
    assert unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[0.6, 0.8], [0.0, 0.0]]
