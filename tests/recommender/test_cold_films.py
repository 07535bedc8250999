"""A world of comedies that most love and dramas that few do, and films of both that nobody has rated yet."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recommender import Recommender, TrainingConfig, recommend_for_group, swipe_deck, train
from tests.recommender.worlds import frame

RATED, NEW, OLD = range(1000, 1120), range(3000, 3020), range(4000, 4020)
"""Film ids; odd ones are comedies. Those of OLD have one rating each and came out before all others."""

END = int(pd.Timestamp("2018-06-01").timestamp())
DAY = 86400


def movies() -> pd.DataFrame:
    every = [*RATED, *NEW, *OLD]
    years = [2000 + one % 10 for one in RATED] + [2025] * len(NEW) + [1990] * len(OLD)
    genres = ["Comedy" if one % 2 else "Drama" for one in every]
    return pd.DataFrame({"movie_id": every, "title": [f"Film {one}" for one in every], "year": years, "genres": genres})


def ratings() -> pd.DataFrame:
    """Half of the people love comedies and have seen dramas too, for the others it is the other way round."""
    random = np.random.default_rng(0)
    rows = []
    for user in range(240):
        for movie_id in RATED:
            if random.random() < (0.6 if movie_id % 2 == user % 2 else 0.25):
                stars = 4.5 if movie_id % 2 == user % 2 else 2.0
                rows.append(
                    (user, movie_id, stars + 0.5 * int(random.integers(-1, 2)), END - int(random.integers(3000)) * DAY)
                )
    rows += [(one % 240, one, 3.0, END) for one in OLD]
    return frame(rows)


@pytest.fixture(scope="module", params=["fast", "default"])
def model(request: pytest.FixtureRequest) -> Recommender:
    config = TrainingConfig() if request.param == "default" else TrainingConfig.fast()
    return train(ratings(), movies(), config=config)


LOVER = {movie_id: 5.0 if movie_id % 2 else 1.0 for movie_id in RATED[:12]}


NEWCOMER = {RATED[0]: 2.0}


def test_a_film_that_nobody_has_rated_is_liked_as_its_genre_is(model: Recommender) -> None:
    stars = model.predict(LOVER, NEW)
    assert min(stars[1::2]) > 4.0 > 3.0 > max(stars[::2])


def test_it_stands_where_its_genre_does_and_not_behind_all_others(model: Recommender) -> None:
    listed = [one.movie_id for one in model.recommend(LOVER, 1000)]
    comedies, dramas = (np.mean([listed.index(movie_id) for movie_id in kind]) for kind in (NEW[1::2], NEW[::2]))
    assert comedies < dramas
    assert comedies < np.mean([place for place, one in enumerate(listed) if one in RATED and one % 2 == 0])
    assert model.support(NEW[1]) == 0


def test_one_that_few_have_rated_in_all_the_years_stays_behind(model: Recommender) -> None:
    listed = [one.movie_id for one in model.recommend(LOVER, 1000)]
    assert set(listed[-len(OLD) :]) == set(OLD)


def test_what_many_have_rated_is_not_touched() -> None:
    without = movies().set_index("movie_id").loc[[*RATED, *OLD]].reset_index()
    known = [movie_id for movie_id in RATED if movie_id not in LOVER]
    config = TrainingConfig.fast()
    with_new, alone = (train(ratings(), films, config=config) for films in (movies(), without))
    assert np.allclose(with_new.predict(LOVER, known), alone.predict(LOVER, known), atol=0.05)
    ranked = [[one.movie_id for one in each.recommend(LOVER, 30, candidates=known)] for each in (with_new, alone)]
    assert len(set(ranked[0]) & set(ranked[1])) >= 27


def test_an_old_film_is_new_if_the_catalogue_says_so() -> None:
    films = movies()
    films["year"] = 1995
    told = films.assign(is_new=films["movie_id"].isin(NEW))
    for catalogue, is_last in ((films, True), (films.assign(is_new=None), True), (told, False)):
        model = train(ratings(), catalogue, config=TrainingConfig.fast())
        listed = [one.movie_id for one in model.recommend(LOVER, 1000)]
        behind = set(listed[-len(NEW) - len(OLD) :])
        assert (set(NEW) <= behind) == is_last


def test_the_fewer_ratings_the_less_sure(model: Recommender) -> None:
    _, deviation = model.predict(LOVER, [RATED[20], OLD[0], NEW[0]], return_std=True)
    assert deviation[0] < min(deviation[1:])


def test_stars_given_later_move_a_film_at_once(model: Recommender) -> None:
    film = NEW[1]
    before, sd_before = model.predict(NEWCOMER, [film], return_std=True)
    stars = [before[0]]
    for number in (1, 3, 10):
        after, sd = model.predict(NEWCOMER, [film], return_std=True, film_stars={film: (1.0 * number, number)})
        assert after[0] < stars[-1]
        assert sd[0] < sd_before[0]
        stars.append(after[0])
    best = {film: (5.0 * 10, 10)}
    worst = {film: (1.0 * 10, 10)}
    assert (
        model.rank(LOVER, film, film_stars=best) <= model.rank(LOVER, film) < model.rank(LOVER, film, film_stars=worst)
    )
    assert model.predict(NEWCOMER, [film]) == before  # nothing is kept
    assert model.predict(NEWCOMER, [film], film_stars={film: (0.0, 0)}) == before


def test_groups_and_decks_are_told_by_the_others_of_each_member(model: Recommender) -> None:
    """LOVER gave the film its stars, so they move it for the other alone."""
    film, given = NEW[1], {NEW[1]: (50.0, 10)}
    together = [LOVER, NEWCOMER]
    (plain,) = recommend_for_group(model, together, candidates=[film])
    (moved,) = recommend_for_group(model, together, candidates=[film], film_stars=[{}, given])
    assert moved.members[0] == plain.members[0]
    assert moved.members[1].stars > plain.members[1].stars
    alone = [one.movie_id for one in recommend_for_group(model, [LOVER], 50, film_stars=[given])]
    assert alone == [one.movie_id for one in model.recommend(LOVER, 50, film_stars=given)]
    (swiped,) = swipe_deck(model, together, candidates=[film], film_stars=[{}, given])
    assert swiped.members == moved.members
    with pytest.raises(ValueError, match="one mapping a member"):
        recommend_for_group(model, together, film_stars=[given])


def test_a_cold_film_is_swiped_as_often_as_films_like_it(model: Recommender) -> None:
    """Of films that appeal alike the better known come first, and a new one is as well known as it will be."""
    deck = [one.movie_id for one in swipe_deck(model, [LOVER, LOVER], 1000)]
    comedies, dramas = (np.mean([deck.index(one) for one in kind]) for kind in (NEW[1::2], RATED[12::2]))
    assert comedies < dramas


def test_lists_explanations_and_batches_see_the_same(model: Recommender) -> None:
    given = dict.fromkeys(NEW[1::2], (6.0, 6)) | {NEW[0]: (30.0, 6)}
    listed = model.recommend(LOVER, 200, film_stars=given)
    assert model.recommend_batch([LOVER], 200, film_stars=given)[0].tolist()[: len(listed)] == [
        one.movie_id for one in listed
    ]
    ids = [one.movie_id for one in listed]
    stars, deviation = model.predict(LOVER, ids, return_std=True, film_stars=given)
    assert np.allclose([one.stars for one in listed], stars)
    assert np.allclose([one.stars_sd for one in listed], deviation)
    made = model.explain(LOVER, NEW[1], film_stars=given)
    assert np.isclose(made.stars, stars[ids.index(NEW[1])])
    assert np.isclose(made.base + sum(reason.contribution for reason in made.reasons), made.linear)


def test_enough_stars_bring_a_film_from_behind_all_others(model: Recommender) -> None:
    film = OLD[1]
    places = [model.rank(LOVER, film, film_stars=given) for given in (None, {film: (15.0, 3)})]
    assert places[1] < places[0] - 5


def test_a_member_who_agrees_with_all_others_says_little_of_themselves(model: Recommender) -> None:
    """Five stars for a film that all give five do not make somebody generous."""
    film = NEW[0]
    mine = LOVER | {film: 5.0}
    others = [movie_id for movie_id in RATED if movie_id not in LOVER]
    alone, agreed = (model.predict(mine, others, film_stars=one).mean() for one in (None, {film: (50.0, 10)}))
    assert agreed < alone


def test_of_a_settled_or_unknown_film_nothing_is_taken(model: Recommender) -> None:
    given = {RATED[30]: (5.0 * 40, 40), 99: (5.0, 1)}
    assert model.recommend(LOVER, film_stars=given) == model.recommend(LOVER)
    assert model.recommend(LOVER, film_stars={}) == model.recommend(LOVER)


@pytest.mark.parametrize("wrong", [(float("nan"), 1), (4.0, -1)])
def test_what_is_no_number_is_refused(model: Recommender, wrong: tuple[float, int]) -> None:
    with pytest.raises(ValueError, match="film 3000"):
        model.predict(LOVER, [NEW[0]], film_stars={NEW[0]: wrong})


def test_all_of_it_is_saved(model: Recommender, tmp_path: Path) -> None:
    model.save(tmp_path)
    loaded = Recommender.load(tmp_path)
    given = {NEW[1]: (4.0, 1)}
    assert loaded.recommend(LOVER, 100, film_stars=given) == model.recommend(LOVER, 100, film_stars=given)
    assert [one.movie_id for one in loaded.similar(NEW[1])] == [one.movie_id for one in model.similar(NEW[1])]


def test_votes_of_another_source_vouch_for_a_film() -> None:
    """A third of the films are seen by an eighth of the people; votes say which of the new ones are like those."""
    films, world = movies(), ratings()
    is_rare = world["movie_id"].isin([one for one in RATED if one % 6 < 2])
    world = world[~is_rare | (world["user_id"] % 8 == 0)]
    counts = world["movie_id"].value_counts().to_dict()
    new = {one: 100 if one % 4 < 2 else 200_000 for one in NEW}
    votes = [new.get(one, 1000 * counts.get(one, 0)) for one in films["movie_id"].tolist()]
    model = train(world, films.assign(source_votes=votes), config=TrainingConfig.fast())
    listed = [one.movie_id for one in model.recommend(LOVER, 1000)]
    few, many = ([listed.index(one) for one in NEW[1::2] if (new[one] == 100) == is_few] for is_few in (True, False))
    assert np.mean(many) < np.mean(few)


def test_the_votes_of_another_source_tell_the_little_known_from_the_others() -> None:
    """Films with one rating have a hundredth of the votes: new ones with so few are as little known as these."""
    films = movies()
    few = {*OLD, *NEW[::2]}
    films["source_votes"] = [100.0 + one % 7 if one in few else 10_000.0 + one for one in films["movie_id"]]
    more = pd.DataFrame(
        {"movie_id": range(5000, 5060), "title": "x", "year": 1995, "genres": "Drama", "source_votes": 90.0}
    )
    rated = [(one % 240, one, 3.0, END) for one in range(5000, 5060)]
    model = train(pd.concat([ratings(), frame(rated)]), pd.concat([films, more]), config=TrainingConfig.fast())
    expected = dict(zip(model.movie_ids.tolist(), model.expected_supports.tolist(), strict=True))
    assert max(expected[one] for one in NEW[::2]) < 5 < 50 < min(expected[one] for one in NEW[1::2])
    listed = [one.movie_id for one in model.recommend(LOVER, 1000)]
    assert max(listed.index(one) for one in NEW[1::2]) < min(listed.index(one) for one in NEW[::2])
