import numpy as np
import pytest

from recommender import sequential
from recommender.autoencoder import train_autoencoder, user_weights
from recommender.config import RankingConfig, TrainingConfig
from recommender.interactions import Interactions
from recommender.ranking import weightings_of
from recommender.sequential import PARTS, history_positions, sequential_outputs
from tests.recommender.worlds import FIRST_PARTS, PREQUELS, SECOND_PARTS, SEQUELS, frame, no_tick, serials

CONFIG = RankingConfig(dimensions=40, damping=1.0)


def test_where_ratings_stand_in_their_users_history() -> None:
    data = Interactions.from_frame(frame([(2, 1, 4, 30), (1, 2, 4, 9), (2, 3, 4, 10), (2, 4, 4, 40), (2, 5, 4, 20)]))
    assert history_positions(data, data.chronological()).tolist() == [0.5, 0.0, 0.0, 0.75, 0.25]


@pytest.mark.parametrize("together", [1, 500, sequential.TOGETHER])
def test_it_sums_over_the_earlier_parts_of_the_histories(together: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequential, "TOGETHER", together)
    data = Interactions.from_frame(serials(30))
    head = train_autoencoder(data, CONFIG, 0, no_tick, weightings_of(TrainingConfig(), data.rating_range))
    share = history_positions(data, data.chronological())
    assert head.dislikes is not None
    weight, disliked = head.weighting(data.rating), head.dislikes.weighting(data.rating)
    of_rating = user_weights(data, CONFIG)[1].numpy()
    expected = np.zeros((len(data.movies), 20))
    for row in range(len(data)):
        part = np.floor(share * PARTS)
        before = (data.user_idx == data.user_idx[row]) & (part < part[row])
        told = weight[before] @ head.inputs[data.movie_idx[before], :20]
        told += disliked[before] @ head.dislikes.inputs[data.movie_idx[before], :20]
        expected[data.movie_idx[row]] += of_rating[data.user_idx[row]] * weight[row] * told
    found = sequential_outputs(data, data.chronological(), head, CONFIG, 20, no_tick)
    assert found == pytest.approx(expected, rel=1e-3, abs=1e-4 * np.abs(expected).max())


def test_sequels_come_after_and_prequels_do_not() -> None:
    data = Interactions.from_frame(serials())
    head = train_autoencoder(data, CONFIG, 0, no_tick, weightings_of(TrainingConfig(), data.rating_range))
    later = sequential_outputs(data, data.chronological(), head, CONFIG, 40, no_tick)
    parts = data.movies.indices([*FIRST_PARTS, *SECOND_PARTS])
    vector = head.shrunk(head.inputs[parts].sum(axis=0), 20)
    sequels, prequels = data.movies.indices(SEQUELS), data.movies.indices(PREQUELS)
    assert (later @ vector)[sequels].mean() > 5 * np.abs((later @ vector)[prequels]).mean()
    both_ways = head.outputs @ vector
    assert both_ways[sequels].mean() == pytest.approx(both_ways[prequels].mean(), rel=0.2)
