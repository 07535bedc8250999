"""What the model would have said of films just before members rated them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.store.changes import Change
from data.store.database import Queries, Transaction


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess beside the stars the film has now."""

    movie_id: int
    guessed: float
    stars: float


class Guesses(Queries):
    async def of(self, user_id: int) -> tuple[Guess, ...]:
        """The guesses for films that have stars now, by movie id.

        Left out are those of films that lost their stars and got others from an import: no guess was made of these.
        """
        rows = await self._database.rows(
            "SELECT movie_id, guesses.stars, ratings.stars FROM guesses JOIN ratings USING (user_id, movie_id)"
            " WHERE user_id = ? AND NOT EXISTS ("
            "SELECT 1 FROM changes WHERE changes.user_id = guesses.user_id AND changes.movie_id = guesses.movie_id"
            " AND what = 'rating' AND import_id IS NOT NULL AND before IS NULL AND undone = 0 AND at >= guessed_at"
            ") ORDER BY movie_id",
            (user_id,),
        )
        return tuple(Guess(*row) for row in rows)


async def keep_guesses(tx: Transaction, user_id: int, changes: Sequence[Change], guesses: Mapping[int, float]) -> None:
    """Keep what was guessed for the films that these changes rated for the first time; some have no guess.

    Either takes the place of what was guessed when the film had been rated before, and its rating removed.
    """
    first = {one.thing.movie_id or 0: one.at for one in changes if one.thing.what == "rating" and one.before is None}
    await tx.run_many("DELETE FROM guesses WHERE user_id = ? AND movie_id = ?", [(user_id, one) for one in first])
    await tx.run_many(
        "INSERT INTO guesses (user_id, movie_id, stars, guessed_at) VALUES (?, ?, ?, ?)",
        [(user_id, movie_id, guesses[movie_id], at) for movie_id, at in first.items() if movie_id in guesses],
    )
