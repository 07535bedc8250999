"""The ratings table as index arrays: what every training starts from."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from recommender.errors import NotEnoughDataError, RecommenderError
from recommender.processes import ALONE, Number, Processes
from recommender.vocabulary import FloatArray, IndexArray, Vocabulary, stable_argsort

if TYPE_CHECKING:
    from recommender.processes import Device, Tensor

COLUMNS = ("user_id", "movie_id", "rating", "timestamp")


@dataclass(frozen=True, slots=True)
class Interactions:
    """One row per rating, in the table's order; no (user, movie) occurs twice.

    The table of a training may be shared out among processes by users (`recommender.processes`). Then this is one
    part of it: figures of users and ratings are of the part alone, figures of films and every count are of the
    whole table. `reduce`, `totals` and `gather` make the one of the other; a table that is whole they leave as it is.
    """

    users: Vocabulary
    movies: Vocabulary
    user_idx: IndexArray  # [ratings]
    movie_idx: IndexArray  # [ratings]
    rating: FloatArray  # [ratings] float32 stars
    timestamp: IndexArray  # [ratings] seconds
    processes: Processes = ALONE

    @classmethod
    def from_frame(
        cls, ratings: pd.DataFrame, movies: pd.DataFrame | None = None, processes: Processes = ALONE
    ) -> "Interactions":
        """Read the two frames; raises NotEnoughDataError, and RecommenderError for a missing column."""
        missing = [name for name in COLUMNS if name not in ratings.columns]
        if missing:
            raise RecommenderError(f"the ratings lack the columns {', '.join(missing)}")
        if ratings.empty:
            raise NotEnoughDataError(0)
        ratings = newest_only(ratings)
        user_id = ratings["user_id"].to_numpy(np.int64)
        movie_id = ratings["movie_id"].to_numpy(np.int64)
        users = Vocabulary.of(user_id)
        own = Vocabulary.of(movie_id, [] if movies is None else movies["movie_id"].to_numpy(np.int64))
        catalogue = Vocabulary.of(processes.joined(own.ids))
        return cls(
            users=users,
            movies=catalogue,
            user_idx=users.indices(user_id),
            movie_idx=catalogue.indices(movie_id),
            # A copy: pandas gives read-only views, which torch does not take.
            rating=ratings["rating"].to_numpy(np.float32, copy=True),
            timestamp=ratings["timestamp"].to_numpy(np.int64),
            processes=processes,
        )

    def __len__(self) -> int:
        return len(self.rating)

    @property
    def support(self) -> IndexArray:
        """[movies] the number of ratings of each film."""
        return self.movie_sums(self.movie_idx)

    @property
    def activity(self) -> IndexArray:
        """[users] the number of ratings of each user."""
        return np.bincount(self.user_idx, minlength=len(self.users)).astype(np.int64)

    @property
    def rating_range(self) -> tuple[float, float]:
        """Lowest and highest rating, stars."""
        ends = (self.rating.min(initial=np.inf), self.rating.max(initial=-np.inf))
        every = self.gather(np.array([ends], dtype=np.float64))
        return float(every[:, 0].min()), float(every[:, 1].max())

    @property
    def ratings_count(self) -> int:
        return self.count(len(self))

    @property
    def users_count(self) -> int:
        return self.count(len(self.users))

    @property
    def own_users(self) -> slice:
        """Where these users stand among all of the whole table."""
        return self.processes.place(len(self.users))

    @property
    def own_ratings(self) -> slice:
        """Where these ratings stand among all of the whole table."""
        return self.processes.place(len(self))

    def subset(self, rows: IndexArray) -> "Interactions":
        """These rows alone, under the same vocabularies."""
        columns = {name: getattr(self, name)[rows] for name in ("user_idx", "movie_idx", "rating", "timestamp")}
        return replace(self, **columns)

    def chronological(self) -> IndexArray:
        """[ratings] the rows user by user, each user's in the order they were given."""
        by_time = stable_argsort(self.timestamp - self.timestamp.min(initial=np.iinfo(np.int64).max))
        return by_time[stable_argsort(self.user_idx[by_time])]

    def reduce(self, *sums: "Tensor | npt.NDArray[Any]") -> None:
        """In place, from sums over these users or ratings to those over the whole table. All of one dtype."""
        self.processes.sum(*sums)

    def totals(self, *sums: float) -> list[float]:
        """The same for numbers, in double precision."""
        return self.processes.totals(*sums)

    def count(self, number: int) -> int:
        """The same for a number of things."""
        return self.processes.count(number)

    def per_rating(self, total: float) -> float:
        """A sum over these ratings, made the mean over those of the whole table."""
        total, ratings = self.totals(total, len(self))
        return total / max(ratings, 1)

    def movie_sums(self, movie_idx: IndexArray, values: FloatArray | None = None) -> npt.NDArray[Any]:
        """[movies] `values` [n] of films [n] summed over the whole table, float64; without values their number."""
        sums = np.bincount(movie_idx, weights=values, minlength=len(self.movies))
        self.reduce(sums)
        return sums

    def gather(self, rows: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """[…] the rows of all parts of the table, one part's after another's."""
        return self.processes.joined(rows)

    def agreed(self, tensor: "Tensor") -> "Tensor":
        """One tensor for all parts of the table, where machines may differ in the last digit, or in a sign."""
        return self.processes.agreed(tensor)

    @property
    def device(self) -> "Device":
        """Where the training computes."""
        return self.processes.device

    def tensor(self, array: npt.NDArray[Any]) -> "Tensor":
        """The array on that device."""
        return self.processes.tensor(array)


def newest_only(ratings: pd.DataFrame) -> pd.DataFrame:
    """Of each (user, movie) keep the newest rating: by timestamp, then by place in the table."""
    if not _repeats(ratings["user_id"].to_numpy(np.int64), ratings["movie_id"].to_numpy(np.int64)):
        return ratings
    in_time = ratings.reset_index(drop=True).sort_values("timestamp", kind="stable")
    return in_time.drop_duplicates(["user_id", "movie_id"], keep="last").sort_index()


def _repeats(user_id: IndexArray, movie_id: IndexArray) -> bool:
    """Whether any pair occurs twice. A vectorised sort of pairs in one number each: a fraction of a hash table."""
    if not len(user_id):
        return False
    if min(user_id.min(), movie_id.min()) < 0 or user_id.max() >= 1 << 32 or movie_id.max() >= 1 << 31:
        return bool(pd.DataFrame({"user_id": user_id, "movie_id": movie_id}).duplicated().any())
    pairs = (user_id << 31) | movie_id
    pairs.sort()
    return bool((pairs[1:] == pairs[:-1]).any())
