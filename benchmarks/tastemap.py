"""What the map of tastes is worth: users the model has not seen are placed by each half of their ratings."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from rich.table import Table

from benchmarks.timing import scratch, table
from bot.tastemap.projection import Projection, projection
from data import Catalogue, load_dataset
from recommender import TrainingConfig, train
from recommender.vocabulary import FloatArray

LEFT_OUT, LEAST_RATED, SEED = 5, 40, 7
"""One user in so many is kept from the training, and measured with so many ratings at least; the seed of the halves."""

NEAREST, NEAR_ON_MAP = 5, 25
LEAST_OF_GENRE, SHRINKAGE = 3, 3.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Shares in [0, 1]; what chance gives stands behind it."""

    users: int
    variance: float  # of all dimensions, that is left on the map
    across: float  # correlation between the halves
    up: float
    neighbours: float  # the nearest in all dimensions that are among the nearest on the map
    neighbours_by_chance: float
    genre: float  # genres the user likes less, on average over their mean, than the one they stand nearest to
    genre_by_chance: float


def measure(dataset: str) -> Measured:
    """Train without some users, on one thread, and place them."""
    torch.set_num_threads(1)
    with scratch() as folder:
        loaded = load_dataset(dataset, folder)
        catalogue, ratings = Catalogue.from_dataset(loaded), loaded.load_ratings()
    is_left_out = ratings["user_id"] % LEFT_OUT == 0
    model = train(ratings[~is_left_out], catalogue.frame(), config=TrainingConfig.fast())
    made = projection(model, catalogue.values())
    assert made is not None
    generator = np.random.default_rng(SEED)
    whole: list[dict[int, float]] = []
    halves: tuple[list[dict[int, float]], list[dict[int, float]]] = [], []
    for _, rows in ratings[is_left_out].groupby("user_id"):
        profile = dict(zip(rows["movie_id"].tolist(), rows["rating"].tolist(), strict=True))
        if len(profile) >= LEAST_RATED:
            films = generator.permutation(list(profile))
            whole.append(profile)
            for half, part in zip(halves, np.array_split(films, 2), strict=True):
                half.append({int(film): profile[int(film)] for film in part})
    vectors = model.embed(whole)
    places, first, second = made.of(vectors), *(made.of(model.embed(half)) for half in halves)
    liked, by_chance = _genres(whole, places, made, catalogue)
    return Measured(
        users=len(whole),
        variance=float(places.var(axis=0).sum() / vectors.var(axis=0).sum()),
        across=float(np.corrcoef(first[:, 0], second[:, 0])[0, 1]),
        up=float(np.corrcoef(first[:, 1], second[:, 1])[0, 1]),
        neighbours=_neighbours(vectors, places),
        neighbours_by_chance=NEAR_ON_MAP / (len(whole) - 1),
        genre=liked,
        genre_by_chance=by_chance,
    )


def _neighbours(vectors: FloatArray, places: FloatArray) -> float:
    near = -(vectors @ vectors.T)
    on_map = np.linalg.norm(places[:, None] - places, axis=2)
    for distances in (near, on_map):
        np.fill_diagonal(distances, np.inf)
    found = zip(near.argsort(axis=1)[:, :NEAREST], on_map.argsort(axis=1)[:, :NEAR_ON_MAP], strict=True)
    return float(np.mean([np.isin(one, other).mean() for one, other in found]))


def _genres(
    profiles: list[dict[int, float]], places: FloatArray, made: Projection, catalogue: Catalogue
) -> tuple[float, float]:
    """The share of a user's genres that they like less than the nearest one; than any one."""
    of_nearest: list[float] = []
    of_any: list[float] = []
    for profile, place in zip(profiles, places, strict=True):
        lifts = _lifts(profile, made, catalogue)
        nearest = made.genres[int(np.linalg.norm(made.places - place, axis=1).argmin())]
        below = {genre: float(np.mean([other < lift for other in lifts.values()])) for genre, lift in lifts.items()}
        of_any += below.values()
        of_nearest += [below[nearest]] if nearest in below else []
    return float(np.mean(of_nearest)), float(np.mean(of_any))


def _lifts(profile: Mapping[int, float], made: Projection, catalogue: Catalogue) -> dict[str, float]:
    mean = sum(profile.values()) / len(profile)
    above: defaultdict[str, list[float]] = defaultdict(list)
    for movie_id, stars in profile.items():
        for genre in catalogue[movie_id].genres:
            above[genre].append(stars - mean)
    return {
        genre: float(sum(each) / (len(each) + SHRINKAGE))
        for genre, each in above.items()
        if len(each) >= LEAST_OF_GENRE and genre in made.genres
    }


def report(measured: Measured) -> Table:
    shown = table("Map of tastes", "", "measured", "by chance")
    shown.add_row("users the model has not seen", f"{measured.users:,}", "")
    shown.add_row("variance left on the map", f"{measured.variance:.2f}", "")
    shown.add_row("correlation of a user's halves, across", f"{measured.across:.2f}", "0")
    shown.add_row("correlation of a user's halves, up", f"{measured.up:.2f}", "0")
    neighbours = f"{NEAREST} nearest in taste among the {NEAR_ON_MAP} nearest on the map"
    shown.add_row(neighbours, f"{measured.neighbours:.2f}", f"{measured.neighbours_by_chance:.2f}")
    genre = "own genres liked less than the nearest genre"
    shown.add_row(genre, f"{measured.genre:.2f}", f"{measured.genre_by_chance:.2f}")
    return shown
