"""Ratings like MovieLens's in any size, by a seed: many films hardly anybody has seen, a few people who rate thousands.

Who rates what follows the popularity of films (Zipf–Mandelbrot) and what people watch (genres and eras); how many
stars follows biases, what they watch, hidden tastes and noise. So there is something to learn for both heads.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from benchmarks.titles import GENRES, titles

LEAST_ACTIVITY = 20
"""Ratings that everybody has, where there are enough for all; in MovieLens nobody has fewer."""

ACTIVITY_SPREAD = 1.4
"""Of the logarithm of the ratings of a user: the mean is then more than twice the median."""

HEAD_SHARE, FALL = 0.006, 2.2
"""Popularity of the film of rank r among m: (r + HEAD_SHARE · m) ^ −FALL; the first has a fifth of a per cent."""

ERAS = (1925, 1965, 1985, 2000, 2012, 2024)
"""Years between which films are made."""

WANDERING = 0.02
"""Share of the films that people choose with no regard to what they usually watch; it doubles with every time that
they have to choose again, since they have seen the film."""

BROWSING = 5
"""Who wanders takes the film of rank m · u ^ BROWSING, u uniform: popular ones rather, but any."""

HIDDEN_TASTES = 6

FIRST_S, LAST_S = 825_000_000, 1_697_000_000
"""Seconds since 1970: the time of MovieLens, 1996 to 2023."""

CHUNK = 1 << 21
"""Ratings made at once."""

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]


def generated(users: int, movies: int, ratings: int, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ratings by user and film, with narrow types (int32, float32), and movies (`movie_id, title, year, genres`).

    Exactly so many rows, a third of the films from one person at most; raises ValueError where that cannot be.
    """
    if not users <= ratings <= users * (movies // 3):
        raise ValueError(f"{users} users cannot give {ratings} ratings to {movies} films")
    random = np.random.default_rng(seed)
    films = _Films.random(movies, random)
    activity = _activity(users, movies // 3, ratings, random)
    columns = {
        "user_id": np.empty(ratings, np.int32),
        "movie_id": np.empty(ratings, np.int32),
        "rating": np.empty(ratings, np.float32),
        "timestamp": np.empty(ratings, np.int32),
    }
    begin = 0
    for first, last in _chunks(activity):
        people = _People.random(last - first, random)
        user_idx, movie_idx = _seen(people, films, activity[first:last], random)
        rows = slice(begin, begin + len(user_idx))
        columns["user_id"][rows] = user_idx + first + 1
        columns["movie_id"][rows] = films.ids[movie_idx]
        columns["rating"][rows] = _stars(people, films, user_idx, movie_idx, random)
        columns["timestamp"][rows] = people.start_s[user_idx] + random.exponential(3e6, len(user_idx))
        begin += len(user_idx)
    return pd.DataFrame(columns, copy=False), films.frame(random)


def write_csv(folder: Path, ratings: pd.DataFrame, movies: pd.DataFrame) -> Path:
    """Write the layout of MovieLens's newer sets: ratings.csv, movies.csv, links.csv. The folder, made if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    table = pa.Table.from_pandas(ratings, preserve_index=False).rename_columns(
        ["userId", "movieId", "rating", "timestamp"]
    )
    arrow_csv.write_csv(table, str(folder / "ratings.csv"))
    with (folder / "movies.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["movieId", "title", "genres"])
        writer.writerows(zip(movies["movie_id"], movies["title"], movies["genres"], strict=True))
    with (folder / "links.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["movieId", "imdbId", "tmdbId"])
        writer.writerows((one, f"{one:07d}", one) for one in movies["movie_id"])
    return folder


@dataclass(frozen=True, slots=True)
class _Films:
    """The films by niche, which is a genre in an era; a film's chance is its popularity."""

    ids: IntArray  # [movies] ascending, with gaps
    niche: IntArray  # [movies]
    by_popularity: IntArray  # [movies] indices, the most popular first
    by_niche: IntArray  # [movies] indices, those of a niche together
    chances: npt.NDArray[np.float64]  # [movies] running sum of the popularity, in that order
    ends: npt.NDArray[np.float64]  # [niches + 1] of the niches in that sum
    bias: FloatArray  # [movies] stars
    tastes: FloatArray  # [movies, hidden]

    @classmethod
    def random(cls, movies: int, random: np.random.Generator) -> "_Films":
        popularity = (random.permutation(movies) + HEAD_SHARE * movies) ** -FALL
        niches = len(GENRES) * (len(ERAS) - 1)
        niche = random.integers(niches, size=movies)
        by_niche = np.argsort(niche, kind="stable")
        chances = np.cumsum(popularity[by_niche])
        ends = np.concatenate([[0.0], chances[np.cumsum(np.bincount(niche, minlength=niches)) - 1]])
        known = np.log(popularity)
        bias = 0.1 * (known - known.mean()) / known.std() + 0.4 * random.standard_normal(movies)
        return cls(
            ids=np.cumsum(random.integers(1, 4, movies)),
            niche=niche,
            by_popularity=np.argsort(-popularity),
            by_niche=by_niche,
            chances=chances,
            ends=np.maximum.accumulate(ends),
            bias=bias.astype(np.float32),
            tastes=random.standard_normal((movies, HIDDEN_TASTES), dtype=np.float32),
        )

    def frame(self, random: np.random.Generator) -> pd.DataFrame:
        """Genres and years say the niche; one film in three has a second genre, one in fifty none."""
        genre, era = np.divmod(self.niche, len(ERAS) - 1)
        begin, end = np.array(ERAS[:-1])[era], np.array(ERAS[1:])[era]
        year = random.integers(begin, end)
        second = (genre + random.integers(1, len(GENRES), len(genre))) % len(GENRES)
        names = np.array(GENRES, dtype=object)
        genres = names[genre]
        has_second = random.random(len(genre)) < 1 / 3
        genres[has_second] += "|" + names[second[has_second]]
        genres[random.random(len(genre)) < 0.02] = "(no genres listed)"
        labels = titles(year, random)
        return pd.DataFrame({"movie_id": self.ids, "title": labels, "year": year, "genres": genres})


@dataclass(frozen=True, slots=True)
class _People:
    """What some users watch and like."""

    interest: npt.NDArray[np.float64]  # [users, niches] how much more than popular they watch a niche
    bias: FloatArray  # [users] stars
    tastes: FloatArray  # [users, hidden]
    start_s: IntArray  # [users] seconds since 1970 of their first rating

    @classmethod
    def random(cls, users: int, random: np.random.Generator) -> "_People":
        of_genre = random.gamma(0.7, size=(users, len(GENRES), 1))
        of_era = random.gamma(1.0, size=(users, 1, len(ERAS) - 1))
        return cls(
            interest=(of_genre * of_era).reshape(users, -1) + 1e-3,
            bias=(0.4 * random.standard_normal(users)).astype(np.float32),
            tastes=(0.4 / HIDDEN_TASTES**0.5 * random.standard_normal((users, HIDDEN_TASTES))).astype(np.float32),
            start_s=random.integers(FIRST_S, LAST_S, users),
        )


def _activity(users: int, most: int, ratings: int, random: np.random.Generator) -> IntArray:
    """[users] ratings of each, log-normal above the least, at most `most`; their sum is `ratings`."""
    least = min(LEAST_ACTIVITY, ratings // users, most)
    share = random.lognormal(sigma=ACTIVITY_SPREAD, size=users)
    activity = np.full(users, least, dtype=np.int64)
    while missing := ratings - int(activity.sum()):
        open_ = np.flatnonzero(activity < most)
        more = np.floor(share[open_] / share[open_].sum() * missing).astype(np.int64)
        more[random.permutation(len(open_))[: missing - int(more.sum())]] += 1
        activity[open_] = np.minimum(activity[open_] + more, most)
    return activity


def _chunks(activity: IntArray) -> Iterator[tuple[int, int]]:
    """First and last + 1 of the users that are made at once."""
    ends = np.cumsum(activity)
    first = 0
    while first < len(activity):
        done = ends[first] - activity[first]
        last = max(first + 1, int(np.searchsorted(ends, done + CHUNK, side="right")))
        yield first, last
        first = last


def _seen(people: _People, films: _Films, activity: IntArray, random: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Users and films [ratings], no pair twice, by user and film. Who drew a film twice draws again."""
    movies = len(films.ids)
    weight = people.interest * np.diff(films.ends)
    running = np.cumsum(weight / weight.sum(axis=1, keepdims=True), axis=1)
    pairs = np.empty(0, dtype=np.int64)
    missing = activity.copy()
    wandering = WANDERING
    while missing.any():
        user_idx = np.repeat(np.arange(len(activity)), missing)
        wanders = random.random(len(user_idx)) < wandering
        rank = (movies * random.random(len(user_idx)) ** BROWSING).astype(np.int64)
        drawn = films.by_popularity[rank]
        drawn[~wanders] = _chosen(running, films, user_idx[~wanders], random)
        # Two sorted runs, which a stable sort merges in linear time.
        pairs = np.sort(np.concatenate([pairs, np.sort(user_idx * movies + drawn)]), kind="stable")
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        missing = activity - np.bincount(pairs // movies, minlength=len(activity))
        wandering = min(1.0, 2 * wandering)
    return np.divmod(pairs, movies)


def _chosen(
    running: npt.NDArray[np.float64], films: _Films, user_idx: IntArray, random: np.random.Generator
) -> IntArray:
    """[draws] films by what their users watch: first a niche, then a film in it by its popularity."""
    users, niches = running.shape
    steps = (running + np.arange(users)[:, None]).ravel()
    niche = np.searchsorted(steps, random.random(len(user_idx)) + user_idx) - user_idx * niches
    niche = np.clip(niche, 0, niches - 1)
    begin, end = films.ends[niche], films.ends[niche + 1]
    place = np.searchsorted(films.chances, begin + random.random(len(niche)) * (end - begin))
    return np.asarray(films.by_niche[np.minimum(place, len(films.by_niche) - 1)])


def _stars(
    people: _People, films: _Films, user_idx: IntArray, movie_idx: IntArray, random: np.random.Generator
) -> FloatArray:
    """[ratings] half stars."""
    interest = np.log(people.interest).astype(np.float32)
    interest -= interest.mean(axis=1, keepdims=True)
    hidden = np.einsum("ij,ij->i", people.tastes[user_idx], films.tastes[movie_idx])
    stars = 3.5 + people.bias[user_idx] + films.bias[movie_idx] + hidden
    stars += 0.1 * interest[user_idx, films.niche[movie_idx]]
    stars += np.float32(0.75) * random.standard_normal(len(user_idx), dtype=np.float32)
    return np.asarray(np.clip(np.rint(2 * stars) / 2, 0.5, 5.0), dtype=np.float32)
