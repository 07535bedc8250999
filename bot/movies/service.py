"""What the model makes of one film, and the films like it."""

import asyncio
from dataclasses import dataclass, replace

from bot.errors import UserError
from bot.members import FeedbackReader
from bot.models import ModelRegistry
from bot.movies.search import MovieSearch
from bot.servers import ServerRatingsReader
from data import Movie

SIMILAR = 10

FEW_RATINGS = 10
"""What fewer people like says less of a film than its genres and its year."""


@dataclass(eq=False)
class NotLearnedError(UserError):
    """The film came into the catalogue after the model was trained."""

    movie: Movie


@dataclass(frozen=True, slots=True)
class MovieCard:
    """All that is known of one film, for one member; no prediction where the model does not know the film yet."""

    movie: Movie
    own_stars: float | None
    predicted: float | None = None
    predicted_sd: float | None = None
    support: int = 0
    server: "ServerMean | None" = None


@dataclass(frozen=True, slots=True)
class ServerMean:
    """What the members of a server think of a film, by the votes that count."""

    stars: float
    votes: int


@dataclass(frozen=True, slots=True)
class SimilarMovie:
    """A film like another one: the stars the member gave it (`own_stars`), or would, and their standard deviation.

    `support` is how many ratings stand behind the film; `is_seen` where they have seen it without giving stars.
    """

    rank: int
    movie: Movie
    stars: float
    stars_sd: float
    support: int
    own_stars: float | None = None
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class SimilarMovies:
    """The films nearest to one; `support` is how many ratings stand behind that one."""

    movie: Movie
    similar: tuple[SimilarMovie, ...]
    support: int

    @property
    def is_by_content(self) -> bool:
        """Whether too few people rated the film for their taste to say much."""
        return self.support < FEW_RATINGS


class MovieService:
    """Use cases of one film. Members are Discord ids; every answer is a fold-in of their ratings as they are now."""

    def __init__(
        self, search: MovieSearch, models: ModelRegistry, feedback: FeedbackReader, servers: ServerRatingsReader
    ) -> None:
        self.search = search
        self._servers = servers
        self._models = models
        self._feedback = feedback

    async def card(self, discord_id: int, movie_id: int, guild_id: int | None = None) -> MovieCard:
        """What the model thinks of one film for one member, from all their other ratings; and what the server does."""
        found = await self._card(discord_id, movie_id)
        if guild_id is None or (mean := (await self._servers.tally_of(guild_id)).of(movie_id)) is None:
            return found
        return replace(found, server=ServerMean(*mean))

    async def _card(self, discord_id: int, movie_id: int) -> MovieCard:
        movie = self.search.by_id(movie_id)
        feedback = await self._feedback.of(discord_id)
        ratings = feedback.ratings
        ratings.pop(movie_id, None)
        model = self._models.serving.model
        own_stars = feedback.rated.get(movie_id)
        if not model.knows(movie_id):
            return MovieCard(movie, own_stars)
        stars, sd = await asyncio.to_thread(
            model.predict, ratings, [movie_id], return_std=True, film_stars=feedback.film_stars
        )
        return MovieCard(movie, own_stars, float(stars[0]), float(sd[0]), model.support(movie_id))

    async def similar(self, discord_id: int, movie_id: int) -> SimilarMovies:
        """The films nearest to one, without hidden ones, with the stars this member gave or would give them.

        Raises NotLearnedError.
        """
        movie = self.search.by_id(movie_id)
        feedback = await self._feedback.of(discord_id)
        model = self._models.serving.model
        if not model.knows(movie_id):
            raise NotLearnedError(movie)

        def nearest() -> list[SimilarMovie]:
            nearest_ids = [one.movie_id for one in model.similar(movie_id, n=SIMILAR + len(feedback.hidden))]
            near = self.search.of_ids([one for one in nearest_ids if one not in feedback.hidden][:SIMILAR])
            ids = [one.movie_id for one in near]
            if not ids:
                return []
            stars, sds = model.predict(feedback.ratings, ids, return_std=True, film_stars=feedback.film_stars)
            return [
                SimilarMovie(
                    rank,
                    one,
                    float(star),
                    float(sd),
                    model.support(one.movie_id),
                    feedback.rated.get(one.movie_id),
                    one.movie_id in feedback.seen,
                )
                for rank, (one, star, sd) in enumerate(zip(near, stars, sds, strict=True), 1)
            ]

        return SimilarMovies(movie, tuple(await asyncio.to_thread(nearest)), model.support(movie_id))
