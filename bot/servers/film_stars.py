"""Stars that members gave since the training of the model that answers: they move films of few ratings at once."""

import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from bot.servers.votes import MIN_ACCOUNT_AGE_S, STANDING, has_standing
from data.store import Store
from recommender import FilmStars


class FilmStarsReader:
    """Reads who may count anew for each request, and their stars only where one of them has changed some.

    The rules are those of a training: consent, account age, quarantine and standing. Herds are left to the next
    training, which sees all ratings; so many stars at once move a film for hours at most.
    """

    def __init__(self, store: Store, trained_to: Callable[[], int | None], clock: Callable[[], float] = time.time):
        self._votes = store.votes
        self._trained_to = trained_to
        self._clock = clock
        self._kept: tuple[object, npt.NDArray[np.void]] | None = None

    async def of_others(self, user_id: int | None) -> FilmStars:
        """Sum and number of the stars of everybody but one member, by movie id.

        `trained_to` names the last write that the model knows of; None where that is not known, and nothing moves.
        """
        since = self._trained_to()
        if since is None:
            return {}
        created_before = int(self._clock()) - MIN_ACCOUNT_AGE_S
        voters = await self._votes.voters_since(since, created_before=created_before, count_to=2 * STANDING)
        if not len(voters):
            return {}
        state = since, voters[["user_id", "rating_changes"]].tobytes()
        if self._kept is None or self._kept[0] != state:
            self._kept = state, await self._votes.votes_since(since)
        counted = voters[voters["may_count"] & has_standing(voters["ratings"]) & (voters["user_id"] != (user_id or 0))]
        return _summed(self._kept[1], counted["user_id"])


def _summed(votes: npt.NDArray[np.void], user_ids: npt.NDArray[np.int64]) -> FilmStars:
    votes = votes[np.isin(votes["user_id"], user_ids)]
    movie_ids, film, number = np.unique(votes["movie_id"], return_inverse=True, return_counts=True)
    total = np.bincount(film, votes["stars"], len(movie_ids))
    return dict(zip(movie_ids.tolist(), zip(total.tolist(), number.tolist(), strict=True), strict=True))
