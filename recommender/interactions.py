"""The ratings table as index arrays: what every training starts from."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recommender.errors import NotEnoughDataError, RecommenderError
from recommender.processes import ALONE, Processes
from recommender.vocabulary import FloatArray, IndexArray, Vocabulary, grouping

COLUMNS = ("user_id", "movie_id", "rating", "timestamp")


@dataclass(frozen=True, slots=True)
class Interactions:
    """One row per rating, in the table's order; no (user, movie) occurs twice.

    Of a training in several processes each holds the ratings of its own users; the films are everybody's, and so is
    what is said of them: `support`, `rating_range` and the counts ask all processes.
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
        support = np.bincount(self.movie_idx, minlength=len(self.movies)).astype(np.int64)
        self.processes.sum(support)
        return support

    @property
    def rating_range(self) -> tuple[float, float]:
        ends = (self.rating.min(initial=np.inf), self.rating.max(initial=-np.inf))
        everybodys = self.processes.joined(np.array([ends], dtype=np.float64))
        return float(everybodys[:, 0].min()), float(everybodys[:, 1].max())

    @property
    def ratings_count(self) -> int:
        """Of all processes."""
        return self.processes.count(len(self))

    @property
    def users_count(self) -> int:
        """Of all processes."""
        return self.processes.count(len(self.users))

    @property
    def activity(self) -> IndexArray:
        """[users] the number of ratings of each."""
        return np.bincount(self.user_idx, minlength=len(self.users)).astype(np.int64)

    def subset(self, rows: IndexArray) -> "Interactions":
        """These rows alone, under the same vocabularies."""
        return Interactions(
            self.users,
            self.movies,
            self.user_idx[rows],
            self.movie_idx[rows],
            self.rating[rows],
            self.timestamp[rows],
            self.processes,
        )

    def in_time(self) -> IndexArray:
        """[ratings] the rows user by user, each user's in the order they were given."""
        by_time = grouping(self.timestamp - self.timestamp.min(initial=np.iinfo(np.int64).max))
        return by_time[grouping(self.user_idx[by_time])]


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
