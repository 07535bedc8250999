"""Which votes count: those of one-film accounts and of herds do not, whoever has an opinion of their own does."""

import numpy as np
import pytest

from bot.servers.votes import HERD, Tally, counted, tally

DAY_S = 86_400
START_S = 1_700_000_000
TARGET = 7

Rows = list[tuple[int, int, float, int]]


def columns(rows: Rows) -> tuple[np.ndarray, ...]:
    user, movie_id, stars, at = (np.array(part) for part in zip(*rows, strict=True))
    return user, movie_id, stars.astype(np.float32), at


def honest(members: int = 60, films: int = 30) -> Rows:
    """A member a week, each with twenty ratings of films that all know."""
    random = np.random.default_rng(3)
    return [
        (member, int(film), float(random.integers(4, 11)) / 2, START_S + 7 * DAY_S * member)
        for member in range(members)
        for film in random.choice(films, 20, replace=False)
    ]


def puppets(count: int, others: int, at: int = START_S + 300 * DAY_S, stars: float = 5.0) -> Rows:
    random = np.random.default_rng(4)
    return [
        (1000 + member, film, given, at + member)
        for member in range(count)
        for film, given in (
            (TARGET, stars),
            *((int(one), 3.5) for one in random.choice(np.arange(8, 30), others, replace=False)),
        )
    ]


def told(rows: Rows) -> Tally:
    return tally(*columns(rows))


def test_all_votes_of_honest_members_count() -> None:
    assert counted(*columns(honest())).all()


@pytest.mark.parametrize("others", [0, 3, 19])
@pytest.mark.parametrize("stars", [5.0, 0.5])
def test_a_herd_moves_nothing(others: int, stars: float) -> None:
    before, after = told(honest()), told(honest() + puppets(50, others, stars=stars))
    assert after.of(TARGET) == pytest.approx(before.of(TARGET), abs=0.06)
    assert abs(after.of(TARGET)[1] - before.of(TARGET)[1]) <= 1  # type: ignore[index]


def test_a_few_who_agree_are_no_herd() -> None:
    rows = honest() + puppets(HERD - 1, 19)
    assert counted(*columns(rows)).all()


def test_who_disagrees_counts() -> None:
    rows = [*honest(), *((999, film, 0.5, START_S + 200 * DAY_S + film) for film in range(20))]
    assert counted(*columns(rows)).all()


def test_a_young_server_has_nothing_to_expect_by() -> None:
    rows = [(member, film, 5.0, START_S + member) for member in range(20) for film in range(3)]
    assert counted(*columns(rows)).all()
    assert told(rows).of(2) == (5.0, 20)


def test_no_ratings_and_too_few() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    empty = tally(nothing, nothing, nothing.astype(np.float32), nothing)
    assert empty.of(TARGET) is None
    assert told([(1, TARGET, 5.0, START_S)]).of(TARGET) is None


def test_the_means_by_hand() -> None:
    found = told([(1, 1, 5.0, 1), (2, 1, 3.0, 2), (1, 2, 1.0, 3), (2, 2, 1.0, 4)])
    assert found.min_votes == 2
    assert found.bayesian_mean.tolist() == [(8 + 2 * 2.5) / 4, (2 + 2 * 2.5) / 4]
    assert found.spread.tolist() == pytest.approx([((2 + 2 * 2.75) / 4) ** 0.5, (2 * 2.75 / 4) ** 0.5])
