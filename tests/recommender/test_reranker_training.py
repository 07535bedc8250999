"""The re-ranker on a world in which only the order of ratings tells what comes next."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recommender import Progress, Recommender, TrainingCancelled, TrainingConfig, recommend_for_group, train
from recommender.candidate_features import CANDIDATE_FEATURES, USER_FEATURES
from recommender.config import RankingConfig
from recommender.reranker import Expert
from recommender.vocabulary import Profile, RatingHistory
from tests.recommender.worlds import FIRST_PARTS, PREQUELS, SECOND_PARTS, SEQUELS, checkerboard, frame, serials

WATCHED = {movie_id: 5.0 for serial in range(14) for movie_id in (FIRST_PARTS[serial], SECOND_PARTS[serial])}


QUICK = replace(TrainingConfig(), ranking=RankingConfig(rerank_networks=1, told_epochs=2, history_epochs=16))


ROUNDS = 3
"""Fewer than usual: these trainings are many."""


@pytest.fixture(scope="module", autouse=True)
def few_rounds() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recommender.simulated_profiles.ROUNDS", ROUNDS)
        yield


@pytest.fixture(scope="module")
def world() -> pd.DataFrame:
    return serials()


@pytest.fixture(scope="module")
def model(world: pd.DataFrame) -> Recommender:
    return train(world, config=QUICK)


def listed(model: Recommender, films: range, profile: dict[int, float] = WATCHED) -> int:
    """How many of the first ten are of this kind."""
    return sum(film.movie_id in films for film in model.recommend(profile))


def test_what_comes_next_leads_the_list(model: Recommender, world: pd.DataFrame) -> None:
    assert listed(model, SEQUELS) == 10
    first_stage = train(world, config=TrainingConfig.fast())
    assert listed(first_stage, PREQUELS) >= 3


def test_what_is_liked_whenever_it_is_seen(model: Recommender) -> None:
    """Who has seen the parts would like prequels as much, though nobody sees those next."""

    def leading(*, timeless: bool) -> list[int]:
        scores = model.scored(WATCHED, timeless=timeless)
        return [int(movie_id) for movie_id in model.movie_ids[np.argsort(-scores, kind="stable")[:28]]]

    assert leading(timeless=False)[:10] == [film.movie_id for film in model.recommend(WATCHED)]
    by_history, by_taste = (
        sum(movie_id in PREQUELS for movie_id in leading(timeless=timeless)) for timeless in (False, True)
    )
    assert by_taste > by_history
    own = [pick.movie_id for pick in recommend_for_group(model, [WATCHED, WATCHED], 28)]
    assert own == leading(timeless=True)
    alone = [pick.movie_id for pick in recommend_for_group(model, [WATCHED], 28)]
    assert alone == [film.movie_id for film in model.recommend(WATCHED, 28)] != own


def test_the_whole_list_keeps_every_film_once_and_in_order(model: Recommender) -> None:
    films = model.recommend(WATCHED, 1000)
    assert {film.movie_id for film in films} == set(model.movie_ids.tolist()) - set(WATCHED)
    assert len(films) == len({film.movie_id for film in films})
    assert all(one.score >= other.score for one, other in pairwise(films))


def test_ranks_are_places_in_the_list(model: Recommender) -> None:
    films = model.recommend(WATCHED, 300)
    for place in (1, 2, 10, 199, 201, 300):
        assert model.rank(WATCHED, films[place - 1].movie_id) == place


def test_a_choice_is_made_among_the_candidates_alone(model: Recommender) -> None:
    films = model.recommend(WATCHED, candidates=[*PREQUELS[:4], *WATCHED])
    assert {film.movie_id for film in films} == set(PREQUELS[:4])


def test_a_saved_model_gives_the_same_list(model: Recommender, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert Recommender.load(tmp_path).recommend(WATCHED) == model.recommend(WATCHED)


def test_the_same_seed_gives_the_same_model(model: Recommender, world: pd.DataFrame) -> None:
    assert train(world, config=QUICK).recommend(WATCHED, 50) == model.recommend(WATCHED, 50)
    assert train(world, config=replace(QUICK, seed=7)).recommend(WATCHED, 50) != model.recommend(WATCHED, 50)


def test_lists_in_a_batch_are_the_same_lists(model: Recommender) -> None:
    profiles: list[dict[int, float]] = [WATCHED, {}, {FIRST_PARTS[3]: 5.0}, {5000: 1.0}]
    batch = model.recommend_batch(profiles)
    for profile, row in zip(profiles, batch, strict=True):
        assert [film.movie_id for film in model.recommend(profile)] == row.tolist()


def test_what_is_known_of_somebody_is_the_same_among_others(model: Recommender) -> None:
    reranker = model.reranker
    assert reranker is not None
    told = [WATCHED, {FIRST_PARTS[3]: 5.0}, {5000: 1.0}, {SEQUELS[0]: 2.5, PREQUELS[1]: 0.5, SECOND_PARTS[2]: 4.0}]
    profiles = [Profile.of(one, model.movies) for one in told]
    candidates = np.stack([np.arange(place, place + 20) for place in range(len(told))])
    features = reranker.features
    together = features.of(features.users(profiles), candidates)
    for place, profile in enumerate(profiles):
        alone = features.of(features.users([profile]), candidates[[place]])
        for of_all, of_one in zip(together, alone, strict=True):
            assert of_all[place] == pytest.approx(of_one[0], abs=1e-4)


def test_what_is_recent_is_what_came_last(model: Recommender) -> None:
    reranker = model.reranker
    assert reranker is not None
    last = {SEQUELS[0]: 2.5}
    long_ago = {1000: 5.0} | dict.fromkeys(range(9_000, 9_100), 1.0)  # the model knows none of these hundred
    whole = RatingHistory({**WATCHED, **long_ago, **last})
    history, ended, unordered = (Profile.of(one, model.movies) for one in (whole, last, dict(whole)))
    users = reranker.features.users([history, ended, unordered])
    assert users.explicit[0, 2] == pytest.approx(users.explicit[1, 2], abs=1e-4)
    assert users.implicit[0, 3] == pytest.approx(users.implicit[1, 3], abs=1e-4)
    assert users.explicit[0, 0] == pytest.approx(users.explicit[2, 0], abs=1e-4)
    assert users.explicit[2, 2] == pytest.approx(users.explicit[2, 0])  # nothing is more recent than the rest


def test_lists_follow_what_was_rated_last(model: Recommender) -> None:
    backwards = dict(reversed(WATCHED.items()))
    assert model.recommend(backwards) == model.recommend(WATCHED)
    ways = [model.scored(RatingHistory(one)).tolist() for one in (WATCHED, backwards)]
    assert ways[0] != ways[1]


def test_a_handful_of_ratings_has_no_order(model: Recommender) -> None:
    told = {FIRST_PARTS[3]: 5.0, PREQUELS[1]: 0.5, SECOND_PARTS[2]: 4.0}
    for one in (told, WATCHED):
        assert model.scored(RatingHistory(one), timeless=True).tolist() == model.scored(one, timeless=True).tolist()


def test_one_hated_film_still_gets_a_list(model: Recommender) -> None:
    assert len(model.recommend({5000: 1.0})) == 10


def test_where_there_is_nothing_to_choose_the_first_stage_decides() -> None:
    slow, fast = train(checkerboard()), train(checkerboard(), config=TrainingConfig.fast())
    assert slow.recommend({1000: 5.0}) == fast.recommend({1000: 5.0})


def test_an_expert_is_a_network_of_one_hidden_layer() -> None:
    random = np.random.default_rng(0)
    features = len(CANDIDATE_FEATURES) + len(USER_FEATURES)
    linear, hidden, bias, out = (random.normal(size=size) for size in (features, (features, 3), 3, 3))
    x = random.normal(size=(5, features))
    x[:, len(CANDIDATE_FEATURES) :] = x[0, len(CANDIDATE_FEATURES) :]
    found = Expert(linear, hidden, bias, out)(x[:, : len(CANDIDATE_FEATURES)], x[0, len(CANDIDATE_FEATURES) :])
    expected = x @ linear + np.tanh(x @ hidden + bias) @ out
    assert found - found[0] == pytest.approx(expected - expected[0])


def test_the_configuration_says_how_wide_it_is(world: pd.DataFrame, tmp_path: Path) -> None:
    narrow = replace(QUICK, ranking=replace(QUICK.ranking, rerank_hidden=2, history_epochs=1))
    train(world, config=narrow).save(tmp_path)
    assert Recommender.load(tmp_path).config == narrow


@pytest.mark.parametrize("stage", ["simulated members", "re-ranking"])
def test_it_can_be_cancelled_on_the_way(world: pd.DataFrame, stage: str) -> None:
    with pytest.raises(TrainingCancelled) as caught:
        train(world, config=QUICK, on_progress=lambda now: (now.stage, now.step) != (stage, 1))
    assert (caught.value.stage, caught.value.step) == (stage, 1)


def test_every_step_is_reported(world: pd.DataFrame) -> None:
    seen: list[Progress] = []
    train(world, config=QUICK, on_progress=seen.append)
    for stage, steps in (("simulated members", 2 * ROUNDS), ("re-ranking", 18)):
        reported = [one for one in seen if one.stage == stage]
        assert {one.step for one in reported} == set(range(steps + 1))
        assert {one.steps for one in reported} == {steps}


def test_one_member_with_many_films_is_no_reason_to_fail() -> None:
    alone = frame([(1, movie_id, 4.0 + movie_id % 2, movie_id) for movie_id in range(300)])
    assert len(train(alone, config=QUICK).recommend({})) == 10
