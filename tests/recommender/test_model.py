"""The contract of the trained recommender, under every kind of configuration."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender import InvalidRatingError, Recommender, TrainingConfig, UnknownMovieError, train
from recommender.config import Kind, NetworkConfig
from tests.recommender.worlds import EVEN, ODD, checkerboard, ladder, random_ratings

KINDS: tuple[Kind, ...] = ("factors", "notebook", "popularity")
LOVES_EVEN = {1000: 5.0, 1002: 5.0, 1004: 5.0, 1001: 1.0, 1003: 1.0}
LOVES_ODD = {1000: 1.0, 1002: 1.0, 1001: 5.0, 1003: 5.0, 1005: 5.0}

SMALL = random_ratings(5, users=25, movies=18, ratings=250)
SMALL_IDS = sorted({*SMALL["movie_id"].tolist(), 90, 91})
SMALL_MOVIES = pd.DataFrame({"movie_id": [90, 91], "title": "x", "year": 2000, "genres": ""})
SMALL_MODELS = {
    kind: train(SMALL, SMALL_MOVIES, config=TrainingConfig(kind=kind, network=NetworkConfig(epochs=1)))
    for kind in KINDS
}

profiles = st.dictionaries(
    st.sampled_from([*SMALL_IDS, 1, 7777]), st.sampled_from([0.5, 2.0, 3.5, 4.0, 5.0]), max_size=22
)
models = st.sampled_from(KINDS).map(SMALL_MODELS.__getitem__)
counts = st.integers(0, 25)


@given(model=models, profile=profiles, n=counts)
def test_a_list_has_no_rated_film_no_double_and_all_there_are(
    model: Recommender, profile: dict[int, float], n: int
) -> None:
    listed = [one.movie_id for one in model.recommend(profile, n)]
    left = set(SMALL_IDS) - set(profile)
    assert len(set(listed)) == len(listed) == min(n, len(left))
    assert set(listed) <= left


@given(model=models, profile=profiles, n=counts, seed=st.randoms(use_true_random=False))
def test_a_list_is_the_same_again_in_any_order_of_ratings(
    model: Recommender, profile: dict[int, float], n: int, seed: "st.Random"
) -> None:
    items = list(profile.items())
    seed.shuffle(items)
    assert model.recommend(dict(items), n) == model.recommend(profile, n)


@given(model=models, several=st.lists(profiles, max_size=4), n=counts)
def test_a_batch_is_the_lists_one_by_one(model: Recommender, several: list[dict[int, float]], n: int) -> None:
    batch = model.recommend_batch(several, n)
    assert batch.shape == (len(several), n)
    assert batch.dtype == np.int64
    for row, profile in zip(batch.tolist(), several, strict=True):
        listed = [one.movie_id for one in model.recommend(profile, n)]
        assert row == listed + [-1] * (n - len(listed))


@given(
    model=models,
    profile=profiles,
    n=counts,
    exclude=st.sets(st.sampled_from([*SMALL_IDS, 1]), max_size=8),
    candidates=st.none() | st.sets(st.sampled_from([*SMALL_IDS, 1]), max_size=12),
    depth=st.sampled_from([-1.0, 0.0, 0.5, 1.0]),
    diversity=st.sampled_from([0.0, 0.3, 1.0]),
)
def test_filters_and_re_ranking_keep_the_promises(
    model: Recommender,
    profile: dict[int, float],
    n: int,
    exclude: set[int],
    candidates: set[int] | None,
    depth: float,
    diversity: float,
) -> None:
    best = model.recommend(profile, n, exclude=exclude, candidates=candidates, depth=depth, diversity=diversity)
    listed = [one.movie_id for one in best]
    left = set(SMALL_IDS) - set(profile) - exclude
    left &= candidates if candidates is not None else left
    assert len(set(listed)) == len(listed) == min(n, len(left))
    assert set(listed) <= left
    if not diversity:
        scores = [one.score for one in best]
        assert scores == sorted(scores, reverse=True)


@given(model=models, profile=profiles)
def test_stars_are_within_the_range_and_agree_with_the_list(model: Recommender, profile: dict[int, float]) -> None:
    best = model.recommend(profile, 25)
    stars, deviation = model.predict(profile, [one.movie_id for one in best], return_std=True)
    assert [one.stars for one in best] == stars.tolist()
    assert [one.stars_sd for one in best] == deviation.tolist()
    assert all(0.5 <= one <= 5.0 for one in stars)
    assert (deviation > 0).all()


@given(model=models, profile=profiles, movie_id=st.sampled_from(SMALL_IDS))
def test_an_explanation_adds_up(model: Recommender, profile: dict[int, float], movie_id: int) -> None:
    told = model.explain(profile, movie_id)
    total = told.base + sum(reason.contribution for reason in told.reasons)
    assert told.linear == pytest.approx(total, abs=1e-6)
    assert told.stars == pytest.approx(min(max(total, 0.5), 5.0), abs=1e-5)
    # The base may know which films are rated, never how.
    others = model.explain(dict.fromkeys(profile, 3.0), movie_id)
    assert told.base == pytest.approx(others.base, abs=1e-6)
    assert {reason.movie_id for reason in told.reasons} == set(profile) & set(SMALL_IDS)
    assert math.isclose(sum(reason.share for reason in told.reasons), 1.0) or not any(
        reason.contribution for reason in told.reasons
    )


@given(
    model=models,
    profile=profiles,
    exclude=st.sets(st.sampled_from(SMALL_IDS), max_size=10),
    depth=st.sampled_from([0.0, 0.5]),
    diversity=st.sampled_from([0.0, 0.2, 1.0]),
)
def test_a_rank_is_a_place_in_the_list(
    model: Recommender, profile: dict[int, float], exclude: set[int], depth: float, diversity: float
) -> None:
    listed = model.recommend(profile, 10, exclude=exclude, depth=depth, diversity=diversity)
    for place, one in enumerate(listed, 1):
        assert model.rank(profile, one.movie_id, exclude=exclude, depth=depth, diversity=diversity) == place


@given(model=models, profile=profiles, diversity=st.sampled_from([0.0, 0.2]))
def test_every_film_that_is_not_rated_has_a_rank_of_its_own(
    model: Recommender, profile: dict[int, float], diversity: float
) -> None:
    unrated = [one for one in SMALL_IDS if one not in profile]
    places = sorted(model.rank(profile, one, diversity=diversity) for one in unrated)
    assert places == list(range(1, len(unrated) + 1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(model=models, profile=profiles, n=counts)
def test_a_loaded_model_gives_identical_lists(
    model: Recommender, profile: dict[int, float], n: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("model")
    model.save(folder)
    again = Recommender.load(folder)
    assert again.recommend(profile, n) == model.recommend(profile, n)
    assert again.similar(SMALL_IDS[0], n) == model.similar(SMALL_IDS[0], n)
    assert (again.config, again.history, again.counts) == (model.config, model.history, model.counts)


@pytest.mark.parametrize("kind", ["factors", "notebook"])
def test_tastes_are_told_apart(kind: Kind) -> None:
    model = train(checkerboard(), config=TrainingConfig(kind=kind))
    assert all(one.movie_id in EVEN for one in model.recommend(LOVES_EVEN, 20))
    assert all(one.movie_id in ODD for one in model.recommend(LOVES_ODD, 20))


def test_stars_follow_the_taste(board: Recommender) -> None:
    even, odd = board.predict(LOVES_EVEN, [1020, 1021])
    assert even > 4.0
    assert odd < 2.0


def test_neighbours_are_of_the_same_kind(board: Recommender) -> None:
    near = board.similar(1000, 15)
    assert 1000 not in [one.movie_id for one in near]
    assert sum(one.movie_id in EVEN for one in near) >= 14
    assert [one.score for one in near] == sorted((one.score for one in near), reverse=True)
    assert all(one.support == board.support(one.movie_id) for one in near)


def test_a_new_rating_moves_the_list_at_once(board: Recommender) -> None:
    before = [one.movie_id for one in board.recommend({1000: 5.0, 1002: 5.0})]
    after = [one.movie_id for one in board.recommend({1000: 5.0, 1002: 1.0, 1001: 5.0, 1003: 5.0, 1005: 5.0})]
    assert all(movie_id in EVEN for movie_id in before)
    assert all(movie_id in ODD for movie_id in after)


def test_a_reason_is_a_rated_film_that_pulled(board: Recommender) -> None:
    for one in board.recommend(LOVES_EVEN):
        assert one.reasons
        assert {reason.movie_id for reason in one.reasons} <= set(LOVES_EVEN)
        assert one.reasons[0].movie_id in (1000, 1002, 1004)  # what was loved, not what was hated
        shares = [reason.share for reason in one.reasons]
        assert shares == sorted(shares, reverse=True)
        assert 0 < sum(shares) <= 1 + 1e-9
        told = {reason.movie_id: reason for reason in board.explain(LOVES_EVEN, one.movie_id).reasons}
        for reason in one.reasons:
            assert reason.contribution == pytest.approx(told[reason.movie_id].contribution)


def test_who_has_said_nothing_gets_what_is_popular(any_model: Recommender) -> None:
    supports = checkerboard()["movie_id"].value_counts()
    expected = sorted(supports.index, key=lambda movie_id: (-supports[movie_id], movie_id))[:10]
    cold = any_model.recommend({})
    assert [one.movie_id for one in cold] == expected
    assert [one.movie_id for one in any_model.recommend({99: 5.0})] == expected  # an unknown film
    assert [one.support for one in cold] == [supports[movie_id] for movie_id in expected]
    assert all(one.reasons == () for one in cold)


def test_films_few_have_rated_stand_behind() -> None:
    for kind in KINDS:
        model = train(ladder(), config=TrainingConfig(kind=kind))
        for asked in ({}, {"depth": 1.0}, {"diversity": 1.0}, {"depth": 1.0, "diversity": 0.5}):
            assert model.recommend({10: 4.0}, 12, **asked)[-1].movie_id == 500
        assert [one.movie_id for one in model.recommend({10: 4.0}, candidates=[500, 21])] == [21, 500]
        assert model.similar(10, 12)[-1].movie_id == 500


def test_in_a_small_community_few_ratings_are_enough() -> None:
    """Two of ninety are as many as seven of three hundred, so the film they love may come first."""
    model = train(ladder(users=90), config=TrainingConfig.notebook())
    assert model.recommend({10: 4.0})[0].movie_id == 500


def test_depth_prefers_films_fewer_have_rated() -> None:
    model = train(ladder(), config=TrainingConfig.popularity())
    means = [np.mean([one.support for one in model.recommend({}, 5, depth=depth)]) for depth in (-1.0, 0.0, 1.0)]
    assert means[0] == means[1] > means[2]


def test_deep_cuts_for_somebody_new_are_what_few_loved() -> None:
    """Popularity alone would be taken away by the depth, and leave no order at all."""
    ratings = ladder()
    ratings.loc[ratings["movie_id"] % 2 == 0, "rating"] = 3.0
    model = train(ratings, config=TrainingConfig.popularity())
    assert [one.movie_id for one in model.recommend({}, 4)] == [10, 11, 12, 13]
    assert [one.movie_id for one in model.recommend({}, 4, depth=0.5)] == [21, 19, 17, 15]


def test_unknown_films(any_model: Recommender) -> None:
    for ask in (
        lambda: any_model.predict({}, [1000, 99]),
        lambda: any_model.similar(99),
        lambda: any_model.support(99),
        lambda: any_model.explain({}, 99),
        lambda: any_model.rank({}, 99),
    ):
        with pytest.raises(UnknownMovieError) as caught:
            ask()
        assert caught.value.movie_id == 99


def test_a_film_that_is_rated_or_excluded_has_no_rank(board: Recommender) -> None:
    with pytest.raises(ValueError, match="1000"):
        board.rank({1000: 4.0}, 1000)
    with pytest.raises(ValueError, match="1000"):
        board.rank({}, 1000, exclude=[1000])


def test_unknown_ids_are_ignored(board: Recommender) -> None:
    expected = board.recommend(LOVES_EVEN, candidates=EVEN, exclude=[1010])
    assert board.recommend({**LOVES_EVEN, 1: 5.0}, candidates=[*EVEN, 2], exclude=[1010, 3]) == expected
    assert board.recommend(LOVES_EVEN, candidates=[]) == []
    assert board.recommend(LOVES_EVEN, candidates=[2]) == []


@pytest.mark.parametrize("wrong", [{"n": -1}, {"depth": 1.5}, {"diversity": -0.1}])
def test_what_makes_no_sense_is_refused(board: Recommender, wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=str(next(iter(wrong.values())))):
        board.recommend({}, **wrong)


@pytest.mark.parametrize("rating", [math.nan, math.inf, 99, -5, "4", None])
def test_a_rating_must_be_a_number_on_the_scale(any_model: Recommender, rating: float) -> None:
    with pytest.raises(InvalidRatingError, match=re.escape(f"the rating {rating!r} of film 1002")) as caught:
        any_model.recommend({1000: 4.0, 1002: rating})
    assert "1 to 5" in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_a_finer_scale_than_the_data_s_will_do(any_model: Recommender) -> None:
    """A server rates in half stars whatever its data set does."""
    assert any_model.recommend({1000: 0.5}) != []
    assert any_model.recommend({1000: np.float32(4.5), 1002: np.int64(4)}) == any_model.recommend({1000: 4.5, 1002: 4})


@pytest.mark.parametrize("unknown", ["1000", 1000.5, (1000,), None])
def test_what_is_no_id_of_the_model_is_unknown(board: Recommender, unknown: object) -> None:
    assert not board.knows(unknown)
    assert board.recommend({unknown: 5.0, 1002: 4.0}, exclude=[unknown]) == board.recommend({1002: 4.0})
    with pytest.raises(UnknownMovieError):
        board.similar(unknown)


def test_a_model_says_what_it_is(any_model: Recommender) -> None:
    kind = any_model.config.kind
    assert repr(any_model) == f"<Recommender {kind}: 80 users, 60 movies, 3,205 ratings from 1 to 5>"


def test_predict_of_nothing_is_nothing(any_model: Recommender) -> None:
    assert any_model.predict(LOVES_EVEN, []).tolist() == []
    assert any_model.recommend(LOVES_EVEN, 0) == []
    assert any_model.recommend_batch([], 10).shape == (0, 10)


@pytest.mark.parametrize("kind", ["factors", "notebook"])
def test_tastes_are_embedded_near_their_like(kind: Kind) -> None:
    model = train(checkerboard(), config=TrainingConfig(kind=kind))
    some, others = {1010: 5.0, 1012: 4.5, 1011: 1.0, 1021: 1.0}, {1020: 5.0, 1030: 5.0, 1031: 0.5, 1033: 1.0}
    vectors = model.embed([LOVES_EVEN, some, others, LOVES_ODD, {}, {7777: 5.0}])
    assert np.allclose(np.linalg.norm(vectors[:4], axis=1), 1.0)
    assert not vectors[4:].any()  # nothing is known of them
    cosine = vectors @ vectors.T
    assert cosine[:3, :3].min() > 0.5
    assert cosine[:3, 3].max() < -0.5
    assert np.array_equal(model.embed([LOVES_EVEN])[0], vectors[0])  # whoever else is asked about
    assert model.embed([]).shape == (0, vectors.shape[1])


@given(model=models, several=st.lists(profiles, max_size=4))
def test_an_embedding_is_of_unit_length_or_nothing(model: Recommender, several: list[dict[int, float]]) -> None:
    vectors = model.embed(several)
    assert vectors.shape == (len(several), len(SMALL_IDS))
    length = np.linalg.norm(vectors, axis=1)
    assert (np.isclose(length, 1.0) | (length == 0)).all()


@given(model=models, several=st.lists(profiles, min_size=1, max_size=4))
def test_stars_of_many_are_those_of_each(model: Recommender, several: list[dict[int, float]]) -> None:
    tastes = model.tastes(several)
    assert len(tastes) == len(several)
    together = model.stars_of(tastes, SMALL_IDS)
    for row, profile in zip(together, several, strict=True):
        np.testing.assert_allclose(row, model.predict(profile, SMALL_IDS), atol=1e-4)
    np.testing.assert_allclose(model.usual_stars(SMALL_IDS), model.predict({}, SMALL_IDS))
    with pytest.raises(UnknownMovieError):
        model.stars_of(tastes, [SMALL_IDS[0], 123_456])


def test_the_most_rated_films_come_first() -> None:
    model = SMALL_MODELS["factors"]
    counts = SMALL.groupby("movie_id").size()
    first = model.most_rated(3)
    assert [counts[one] for one in first] == sorted(counts, reverse=True)[:3]
    assert model.known([first[0], 123_456, first[1]]) == [first[0], first[1]]


def test_likeness_to_several_films_is_to_what_they_have_in_common(board: Recommender) -> None:
    alike = dict(zip(board.movie_ids.tolist(), board.alike(EVEN[:3]).tolist(), strict=True))
    assert min(alike[one] for one in EVEN) > max(alike[one] for one in ODD)
    assert not board.alike([999_999]).any()
