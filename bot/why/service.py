"""Why a film is predicted the stars it is: what each rating did, and the stars without it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.lists import DIVERSITY
from bot.lists.choosing import kept_out
from bot.members import Feedback, FeedbackReader
from bot.models import ModelRegistry, Serving
from bot.movies import MovieSearch, NotLearnedError
from data import Movie
from recommender import RatingHistory, Reason

NAMED = 5
"""Rated films that are named; the rest is told as one sum."""

VISIBLE = 0.005
"""Stars: what a film does is named only where it is not shown as 0.00."""


@dataclass(frozen=True, slots=True)
class Influence:
    """A rated film and what it does to the predicted stars of another one.

    `without` are the stars once the member is solved again as if they had never rated this film: the base then
    changes too, so the differences do not add up as the contributions do.
    """

    movie: Movie
    given: float
    is_adopted: bool
    contribution: float
    without: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """base + contributions of `strongest` + `rest` = `linear`; `stars` is that within the range of ratings.

    The base is what people who have rated the same films give this one, whatever their stars for those.
    `strongest` go from the greatest lift to the greatest fall, `others` films make up the rest. `place` is that
    in the member's list, None where they hid the film or, `is_kept_out`, their defaults leave it out. A film of the
    member's own is left out of its own guess.
    """

    movie: Movie
    own_stars: float | None
    base: float
    strongest: tuple[Influence, ...]
    others: int
    rest: float
    linear: float
    stars: float
    place: int | None
    is_kept_out: bool = False

    @property
    def rests_on(self) -> int:
        """How many of the member's ratings are in it."""
        return len(self.strongest) + self.others


class WhyService:
    """Asks the model about a member's ratings, and again without each of the strongest."""

    def __init__(self, search: MovieSearch, models: ModelRegistry, feedback: FeedbackReader) -> None:
        self._search = search
        self._models = models
        self._feedback = feedback

    async def why(self, discord_id: int, movie_id: int) -> Explanation:
        """Take apart what this member would give a film; raises NotLearnedError for one the model lacks."""
        movie = self._search.by_id(movie_id)
        feedback = await self._feedback.of(discord_id)
        serving = self._models.serving
        if not serving.model.knows(movie.movie_id):
            raise NotLearnedError(movie)
        return await asyncio.to_thread(self._explained, serving, feedback, movie)

    def _explained(self, serving: Serving, feedback: Feedback, movie: Movie) -> Explanation:
        ratings = _without(feedback.ratings, movie.movie_id)
        made = serving.model.explain(ratings, movie.movie_id, film_stars=feedback.film_stars)
        strongest = tuple(
            self._influence(serving, feedback, ratings, movie.movie_id, reason) for reason in named(made.reasons)
        )
        return Explanation(
            movie=movie,
            own_stars=feedback.rated.get(movie.movie_id),
            base=made.base,
            strongest=strongest,
            others=len(made.reasons) - len(strongest),
            rest=made.linear - made.base - sum(one.contribution for one in strongest),
            linear=made.linear,
            stars=made.stars,
            place=self._place(serving, feedback, ratings, movie.movie_id),
            is_kept_out=movie.movie_id in kept_out(self._search.facets, feedback),
        )

    def _place(self, serving: Serving, feedback: Feedback, ratings: RatingHistory, movie_id: int) -> int | None:
        exclude = {*serving.outside_catalogue, *feedback.left_out, *kept_out(self._search.facets, feedback).tolist()}
        if movie_id in exclude:
            return None
        others = feedback.film_stars
        return serving.model.rank(ratings, movie_id, exclude=exclude, diversity=DIVERSITY, film_stars=others)

    def _influence(
        self,
        serving: Serving,
        feedback: Feedback,
        ratings: RatingHistory,
        movie_id: int,
        reason: Reason,
    ) -> Influence:
        left = _without(ratings, reason.movie_id)
        return Influence(
            movie=self._search.named(reason.movie_id),
            given=ratings[reason.movie_id],
            is_adopted=reason.movie_id not in feedback.rated,
            contribution=reason.contribution,
            without=float(serving.model.predict(left, [movie_id], film_stars=feedback.film_stars)[0]),
        )


def named(reasons: Sequence[Reason]) -> list[Reason]:
    """The strongest, given strongest first; the last makes room where only it could show the other direction.

    From the greatest lift to the greatest fall.
    """
    visible = [one for one in reasons if abs(one.contribution) >= VISIBLE]
    chosen, left = visible[:NAMED], visible[NAMED:]
    if chosen and len({one.contribution > 0 for one in chosen}) == 1:
        is_lift = chosen[0].contribution > 0
        chosen[NAMED - 1 :] = next(([one] for one in left if (one.contribution > 0) != is_lift), chosen[NAMED - 1 :])
    return sorted(chosen, key=lambda one: -one.contribution)


def _without(ratings: RatingHistory, movie_id: int) -> RatingHistory:
    return RatingHistory({one: stars for one, stars in ratings.items() if one != movie_id})
