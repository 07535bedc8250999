"""Lists for groups: rules that hold for all, and worlds whose right lists are known."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import GroupPick, Recommender, TrainingConfig, recommend_for_group, train
from recommender.groups import (
    STRATEGIES,
    GroupTaste,
    Strategy,
    balanced,
    least_misery,
    normalised_weights,
    rank_appeal,
    weights_after,
)
from recommender.ranking import EXCLUDED
from recommender.vocabulary import FloatArray
from tests.recommender.worlds import EVEN, ODD, checkerboard, frame, random_ratings

LOVES_EVEN = {1000: 5.0, 1002: 5.0, 1004: 5.0, 1001: 1.0, 1003: 1.0}
LOVES_ODD = {1000: 1.0, 1002: 1.0, 1001: 5.0, 1003: 5.0, 1005: 5.0}

SMALL = random_ratings(5, users=25, movies=18, ratings=250)
SMALL_IDS = sorted({*SMALL["movie_id"].tolist(), 90, 91})
SMALL_MOVIES = pd.DataFrame({"movie_id": [90, 91], "title": "x", "year": 2000, "genres": ""})
SMALL_MODELS = [
    train(SMALL, SMALL_MOVIES, config=config) for config in (TrainingConfig.fast(), TrainingConfig.popularity())
]

NO_STARS = train(SMALL, config=TrainingConfig(implicit=True, kind="popularity"))
"""A model to which nothing is misery."""

profiles = st.dictionaries(
    st.sampled_from([*SMALL_IDS, 1, 7777]), st.sampled_from([0.5, 2.0, 3.5, 4.0, 5.0]), max_size=8
)
groups = st.lists(profiles, min_size=1, max_size=4)
models = st.sampled_from(SMALL_MODELS)
strategies = st.sampled_from(STRATEGIES)
some_ids = st.sets(st.sampled_from([*SMALL_IDS, 1]), max_size=8)


def films(picks: tuple[GroupPick, ...]) -> list[int]:
    return [pick.movie_id for pick in picks]


@given(
    model=models,
    group=groups,
    strategy=strategies,
    n=st.integers(0, 25),
    exclude=some_ids,
    candidates=st.none() | some_ids,
    rewatch=st.booleans(),
)
def test_a_list_keeps_its_promises(
    model: Recommender,
    group: list[dict[int, float]],
    strategy: Strategy,
    n: int,
    exclude: set[int],
    candidates: set[int] | None,
    rewatch: bool,
) -> None:
    """All there are, best first, the same again; no double, nothing excluded, nothing rated unless asked for."""

    def made() -> tuple[GroupPick, ...]:
        return recommend_for_group(
            model, group, n, strategy=strategy, exclude=exclude, candidates=candidates, rewatch=rewatch
        )

    picks = made()
    left = set(SMALL_IDS) - exclude
    left &= left if candidates is None else candidates
    left -= set() if rewatch else {movie_id for profile in group for movie_id in profile}
    assert set(films(picks)) <= left
    assert len(set(films(picks))) == len(picks) == min(n, len(left))
    assert [pick.score for pick in picks] == sorted((pick.score for pick in picks), reverse=True)
    assert all(len(pick.members) == len(group) for pick in picks)
    assert all(0 <= fit.appeal <= 1 and 0.5 <= fit.stars <= 5 for pick in picks for fit in pick.members)
    assert made() == picks


@given(model=models, profile=profiles, strategy=strategies, n=st.integers(0, 25), exclude=some_ids, candidates=some_ids)
def test_one_profile_gives_the_members_own_list(
    model: Recommender,
    profile: dict[int, float],
    strategy: Strategy,
    n: int,
    exclude: set[int],
    candidates: set[int],
) -> None:
    picks = recommend_for_group(model, [profile], n, strategy=strategy, exclude=exclude, candidates=candidates)
    own = model.recommend(profile, n, exclude=exclude, candidates=candidates)
    assert films(picks) == [one.movie_id for one in own]
    for pick, one in zip(picks, own, strict=True):
        assert (pick.members[0].stars, pick.members[0].stars_sd) == pytest.approx((one.stars, one.stars_sd))


def test_one_profile_gives_the_re_ranked_list_too(board: Recommender) -> None:
    for strategy in STRATEGIES:
        own = [one.movie_id for one in board.recommend(LOVES_EVEN, 50)]
        assert films(recommend_for_group(board, [LOVES_EVEN], 50, strategy=strategy)) == own


@given(model=models, group=groups, strategy=strategies, factor=st.sampled_from([1e-300, 0.5, 7.0, 1e300]))
def test_only_the_proportions_of_weights_count(
    model: Recommender, group: list[dict[int, float]], strategy: Strategy, factor: float
) -> None:
    plain = recommend_for_group(model, group, 5, strategy=strategy)
    assert films(recommend_for_group(model, group, 5, strategy=strategy, weights=[factor] * len(group))) == films(plain)


appeals = st.integers(0, 10**6).map(
    lambda seed: np.stack([rank_appeal(row) for row in np.random.default_rng(seed).random((3, 12))])
)


@given(appeal=appeals, member=st.integers(0, 2), more=st.sampled_from([1.5, 4.0, 50.0]), strategy=strategies)
def test_who_weighs_more_does_not_lose(appeal: FloatArray, member: int, more: float, strategy: Strategy) -> None:
    """The first film, and by the average the whole list, is at least as good for them."""
    heavier = [more if one == member else 1.0 for one in range(3)]
    before, after = (ordered(appeal, strategy, weights) for weights in (None, heavier))
    assert appeal[member, after[0]] >= appeal[member, before[0]]
    if strategy == "average":
        assert appeal[member, after].sum() >= appeal[member, before].sum() - 1e-9


def ordered(appeal: FloatArray, strategy: Strategy, weights: list[float] | None, n: int = 4) -> list[int]:
    everything = np.ones(appeal.shape[1], dtype=bool)
    order, _ = GroupTaste(NO_STARS, [{}] * len(appeal), [{}] * len(appeal), appeal, everything).ordered(
        n, strategy, weights
    )
    return [int(place) for place in order]


def test_opposite_tastes(board: Recommender) -> None:
    """Who alone has weight gets their kind of films; together both kinds are listed, and each finds their own early."""
    group = [LOVES_EVEN, LOVES_ODD]
    for strategy in STRATEGIES:
        assert set(films(recommend_for_group(board, group, strategy=strategy, weights=[1, 0]))) <= set(EVEN)
        assert set(films(recommend_for_group(board, group, strategy=strategy, weights=[0, 2]))) <= set(ODD)
    first, second = films(recommend_for_group(board, group, 2))
    assert first % 2 != second % 2
    listed = films(recommend_for_group(board, group, 10))
    assert 4 <= sum(movie_id in EVEN for movie_id in listed) <= 6


def test_what_one_of_them_hates_is_no_list_without_misery() -> None:
    """Two camps, and ten films that both give four stars: the camps' own films are misery for the other one."""
    camps = checkerboard()
    users = camps["user_id"].unique().tolist()
    both = frame((user, 2000 + film, 4.0, film) for user in users for film in range(10))
    model = train(pd.concat([camps, both], ignore_index=True), config=TrainingConfig.fast())
    listed = films(recommend_for_group(model, [LOVES_EVEN, LOVES_ODD], 10, strategy="average_without_misery"))
    assert set(listed) == set(range(2000, 2010))


def test_members_keep_their_order(board: Recommender) -> None:
    group = [LOVES_EVEN, LOVES_ODD, {}]
    for strategy in STRATEGIES:
        picks = recommend_for_group(board, group, strategy=strategy, weights=[3, 1, 1])
        turned = recommend_for_group(board, group[::-1], strategy=strategy, weights=[1, 1, 3])
        assert films(turned) == films(picks)
        assert [pick.members[::-1] for pick in turned] == [pick.members for pick in picks]


def test_another_evening_with_films_they_know(board: Recommender) -> None:
    """Their own stars are theirs, and what both love comes before what is only guessed."""
    group = [LOVES_EVEN | {1006: 5.0, 1008: 5.0}, LOVES_EVEN | {1006: 5.0, 1010: 2.0}]
    assert not {1006, 1000} & set(films(recommend_for_group(board, group, 60)))
    picks = recommend_for_group(board, group, 60, rewatch=True)
    by_id = {pick.movie_id: pick for pick in picks}
    assert {1000, 1002, 1004, 1006} == set(films(picks[:4]))
    assert [(fit.stars, fit.stars_sd, fit.appeal) for fit in by_id[1006].members] == [(5.0, 0.0, 1.0)] * 2
    assert (by_id[1008].members[0].stars, by_id[1008].members[0].stars_sd) == (5.0, 0.0)
    assert by_id[1008].members[1].stars_sd > 0
    assert by_id[1010].members[1].appeal == pytest.approx((0.25) ** 3)


def test_cold_members_take_what_is_popular() -> None:
    rows = [(user, movie_id, 4.0, movie_id) for movie_id in range(1, 11) for user in range(60 - 5 * movie_id)]
    model = train(frame(rows), config=TrainingConfig.fast())
    for strategy in STRATEGIES:
        assert films(recommend_for_group(model, [{}, {}, {}], 5, strategy=strategy)) == [1, 2, 3, 4, 5]


def test_unknown_films_change_nothing(board: Recommender) -> None:
    group = [LOVES_EVEN, LOVES_ODD]
    strangers = [{**profile, 7: 5.0} for profile in group]
    assert recommend_for_group(board, strangers, exclude=[8], rewatch=True) == recommend_for_group(
        board, group, rewatch=True
    )


def test_implicit_feedback_has_no_stars() -> None:
    seen = checkerboard().query("rating == 5").drop(columns="rating")
    model = train(seen, config=TrainingConfig.fast())
    group = [{1000: 1.0, 1002: 1.0}, {1000: 1.0, 1004: 1.0}]
    for strategy in STRATEGIES:
        picks = recommend_for_group(model, group, strategy=strategy, rewatch=True)
        assert picks[0].movie_id == 1000
        assert set(films(picks)) <= set(EVEN)
        assert all(math.isnan(fit.stars) and math.isnan(fit.stars_sd) for pick in picks for fit in pick.members)


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0], [0.0, 0.0], [1.0, math.nan], [1.0, math.inf]])
def test_weights_that_cannot_be(board: Recommender, weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights are one a member"):
        recommend_for_group(board, [{}, {}], weights=weights)


def test_groups_that_cannot_be(board: Recommender) -> None:
    with pytest.raises(ValueError, match="at least one member"):
        recommend_for_group(board, [])
    with pytest.raises(ValueError, match="-1 films"):
        recommend_for_group(board, [{}], -1)
    with pytest.raises(ValueError, match="no such strategy: dictator"):
        recommend_for_group(board, [{}], strategy="dictator")  # type: ignore[arg-type]


def test_appeal_by_hand() -> None:
    appeal = rank_appeal(np.array([0.5, EXCLUDED, 2.0, 0.5]))
    assert appeal.tolist() == pytest.approx([11 / 12, 0, 1, 11 / 13])


def test_misery_by_hand() -> None:
    appeal = np.array([[1.0, 0.5, 0.4], [0.0, 0.4, 0.5]])
    assert least_misery(appeal, np.array([0.5, 0.5])).tolist() == pytest.approx([0.0, 0.4, 0.4])
    # Half as much weight is half as much misery.
    assert least_misery(appeal, np.array([2 / 3, 1 / 3])).tolist() == pytest.approx([0.5, 0.5, 0.4])


def test_balance_by_hand() -> None:
    """The second film of the first member's kind is better on average, but they have had one."""
    appeal = np.array([[1.0, 0.9, 0.0], [0.0, 0.0, 0.8]])
    places, gains = balanced(appeal, np.array([0.5, 0.5]), 3)
    assert places.tolist() == [0, 2, 1]
    assert gains.tolist() == pytest.approx([0.5, 0.4, 0.5 * 0.75 * 0.9])


def test_weights_of_a_history() -> None:
    lost, won = weights_after([[0.2, 0.9], [0.1, 0.6]])
    assert lost / won == pytest.approx(math.exp(3 * 1.2))
    assert weights_after([[0.2, 0.9], [0.9, 0.2]]) == (0.5, 0.5)
    assert weights_after([[0.3, 0.3, 0.3]]) == pytest.approx((1 / 3,) * 3)
    # An evening without somebody neither helps nor harms them.
    absent = weights_after([[0.4, 0.4, 0.4], [1.0, 0.2, math.nan]])
    assert absent[1] > absent[2] > absent[0]
    assert weights_after([[math.nan, math.nan]]) == (0.5, 0.5)
    with pytest.raises(ValueError, match="a history has evenings"):
        weights_after([])
    with pytest.raises(ValueError, match="a history has evenings"):
        weights_after([[]])


values = st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=8)


@given(history=values)
def test_who_had_less_says_more(history: list[list[float]]) -> None:
    weights = weights_after(history)
    assert sum(weights) == pytest.approx(1)
    totals = np.sum(history, axis=0)
    assert [weights[one] for one in np.argsort(totals)] == sorted(weights, reverse=True)
    assert weights_after(history[::-1]) == pytest.approx(weights)
    assert normalised_weights(3, weights).tolist() == pytest.approx(weights)


def test_over_ten_evenings_the_outvoted_one_gets_their_share(board: Recommender) -> None:
    """Two love even films and one odd ones; one film an evening, never the same again."""
    group = [LOVES_EVEN, LOVES_EVEN, LOVES_ODD]

    def happiness(*, weighted: bool) -> FloatArray:
        history: list[list[float]] = []
        seen: list[int] = []
        for _ in range(10):
            weights = weights_after(history) if weighted and history else None
            (pick,) = recommend_for_group(board, group, 1, strategy="average", weights=weights, exclude=seen)
            seen.append(pick.movie_id)
            history.append([fit.appeal for fit in pick.members])
        return np.asarray(np.mean(history, axis=0))

    assert np.ptp(happiness(weighted=True)) <= np.ptp(happiness(weighted=False)) / 2
