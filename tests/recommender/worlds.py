"""Small ratings tables whose right answers follow from how they are made."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

EVEN = range(1000, 1060, 2)
ODD = range(1001, 1060, 2)
"""Film ids of the checkerboard's two kinds; ids have gaps to everything else."""


def frame(rows: Iterable[tuple[int, int, float, int]]) -> pd.DataFrame:
    """(user_id, movie_id, rating, timestamp) rows as the contract's table."""
    table = pd.DataFrame(list(rows), columns=["user_id", "movie_id", "rating", "timestamp"])
    return table.astype({"user_id": "int64", "movie_id": "int64", "rating": "float64", "timestamp": "int64"})


def checkerboard(users: int = 80) -> pd.DataFrame:
    """Even users love even films and hate odd ones, odd users the other way round; each has seen two thirds."""
    generator = np.random.default_rng(0)
    rows = []
    for user in range(users):
        for movie_id in (*EVEN, *ODD):
            if generator.random() < 2 / 3:
                loves = movie_id % 2 == user % 2
                rows.append((7 * user + 5, movie_id, 5.0 if loves else 1.0, int(generator.integers(10**9))))
    return frame(rows)


def ladder(users: int = 300) -> pd.DataFrame:
    """Film 10 is rated by all users, 11 by half of them, 12 by a third…; everybody gives everything four stars.

    Two users also give five to film 500, which nobody else has seen.
    """
    rows = [(user, 10 + step, 4.0, user + step) for step in range(12) for user in range(0, users, step + 1)]
    return frame([*rows, (0, 500, 5.0, 10**6), (1, 500, 5.0, 10**6)])


def random_ratings(seed: int, users: int, movies: int, ratings: int) -> pd.DataFrame:
    """Noise: distinct (user, movie) pairs with half-star ratings."""
    generator = np.random.default_rng(seed)
    pairs = generator.permutation(users * movies)[:ratings]
    stars = generator.integers(1, 11, size=len(pairs)) / 2
    return frame(
        (int(pair) // movies, 3 * (int(pair) % movies), float(star), int(generator.integers(1000)))
        for pair, star in zip(pairs, stars, strict=True)
    )


def no_tick() -> None:
    """Nobody watches, nobody cancels."""


PREQUELS, FIRST_PARTS, SECOND_PARTS, SEQUELS = (range(begin, begin + 80) for begin in (1000, 2000, 3000, 4000))
"""Film ids of the serials: number i of each belongs to serial i."""


def serials(users: int = 150) -> pd.DataFrame:
    """Everybody loves both parts of ten of 80 serials, before these half of the prequels, then half of the sequels.

    Who has seen the parts has seen prequel and sequel equally often, but nobody sees a prequel afterwards.
    """
    generator = np.random.default_rng(0)
    rows = []
    for user in range(users):
        seen = generator.permutation(80)[:10]
        early, late = generator.random(10) < 0.5, generator.random(10) < 0.5
        history = [
            *(PREQUELS[serial] for serial in seen[early]),
            *(FIRST_PARTS[serial] for serial in seen),
            *(SECOND_PARTS[serial] for serial in seen),
            *(SEQUELS[serial] for serial in seen[late]),
        ]
        rows += [(user, movie_id, 5.0, place) for place, movie_id in enumerate(history)]
        hated = 5000 + generator.permutation(40)[:5]
        rows += [(user, int(movie_id), 1.0, int(generator.integers(60))) for movie_id in hated]
    return frame(rows)
