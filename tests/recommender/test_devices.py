"""The trainings on a GPU that is only pretended: all that meets in one operation is on one device."""

import numpy as np
import pytest
import torch

from recommender import TrainingConfig, bilinear_training, sparse, train
from recommender.candidate_features import CandidateFeatures
from recommender.interactions import Interactions
from recommender.item_statistics import ItemMetadata
from recommender.processes import ALONE, Alone, Processes
from recommender.reranker_training import candidate_features
from tests.recommender.pretend_gpu import OnGpu, pretended_gpu
from tests.recommender.worlds import no_tick, random_ratings


def test_the_pretended_gpu_is_as_strict_as_a_real_one() -> None:
    with pretended_gpu() as gpu:
        there, here = torch.ones(3, device=gpu), torch.ones(3)
        assert isinstance(there, OnGpu)
        assert there.device.type == "cuda"
        with pytest.raises(RuntimeError, match="both devices"):
            there + here
        with pytest.raises(RuntimeError, match="not supported"):
            there.numpy()
        there[torch.tensor([1])] = 5.0
        assert (there * 2).cpu().tolist() == [2.0, 10.0, 2.0]
        assert float(there.sum()) == 7.0
        assert not isinstance(there.cpu(), OnGpu)


@pytest.mark.parametrize("side", [4096, 16])
def test_a_training_stays_on_its_device(side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparse, "EXACT_SIDE", side)
    monkeypatch.setattr(bilinear_training, "SAMPLE", 800)
    ratings = random_ratings(3, users=60, movies=40, ratings=1200)
    config = TrainingConfig.fast()
    expected = train(ratings, config=config)
    with pretended_gpu() as gpu:
        found = train(ratings, config=config, processes=Alone(gpu))
    profile = {0: 5.0, 30: 1.0, 60: 4.5}
    ids = found.movie_ids
    np.testing.assert_allclose(found.predict(profile, ids), expected.predict(profile, ids), atol=1e-4)
    scores = [[film.score for film in model.recommend(profile)] for model in (found, expected)]
    np.testing.assert_allclose(*scores, rtol=1e-4)


def test_the_scorers_of_the_second_stage_stay_on_their_device() -> None:
    """Its experts are not trained here: torch's gradients want a real GPU."""
    ratings = random_ratings(4, users=50, movies=30, ratings=800)

    def features(processes: Processes) -> CandidateFeatures:
        data = Interactions.from_frame(ratings, None, processes)
        metadata = ItemMetadata.of(None, data.movies)
        return candidate_features(data, metadata, TrainingConfig(), data.rating_range, no_tick)

    expected = features(ALONE)
    with pretended_gpu() as gpu:
        found = features(Alone(gpu))
    for name, statistics in expected.statistics.tensors().items():
        np.testing.assert_allclose(found.statistics.tensors()[name], statistics, rtol=1e-5)
    # Singular vectors may have the other sign: products of two of them have not.
    for one in ("explicit", "implicit"):
        heads = getattr(found, one), getattr(expected, one)
        sequential = getattr(found, f"{one}_sequential"), getattr(expected, f"{one}_sequential")
        products = [after @ head.inputs.T for after, head in zip(sequential, heads, strict=True)]
        np.testing.assert_allclose(*products, atol=1e-5)
