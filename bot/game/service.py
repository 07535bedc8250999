"""Rounds of the guess game: begun, guessed in, ended, and added up week by week."""

import asyncio
import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

import numpy as np

from bot.errors import UserError
from bot.game.choosing import choose
from bot.game.scoring import EXACT, WEEK_S, bounds, points, week_of
from bot.members import FeedbackReader, choose_comparing
from bot.models import ModelRegistry
from bot.movies import MovieSearch
from bot.servers import ServerRatings, ServerRatingsReader
from data import Movie
from data.store import Round, Standing, Store
from data.store.games import GuessMade

ROUND_S = 120

LEAST_RATINGS = 5
"""Of whoever has rated fewer there is little to guess from."""

NO_RATERS: Mapping[int, int] = {}

DRAWN = 10
"""So many are drawn, since some may have left without a word, or have no film left."""

WELL_KNOWN = 400
"""So many of the films that most people have rated may be asked about anywhere."""

KNOWN_HERE = 2
"""And, of the films that so many members of the server have rated, as many again."""

AGAIN_AFTER_S = 8 * WEEK_S
"""A film comes up for the same member no sooner."""


@dataclass(eq=False)
class RoundRunningError(UserError):
    """The channel has a round that runs until then, in epoch seconds."""

    ends_at: int


class RoundOverError(UserError):
    """The round has ended."""


class AboutYouError(UserError):
    """Whom a round is about could look the answer up."""


class NobodyToGuessError(UserError):
    """No member lets their taste be compared and has rated enough."""


class NoFilmLeftError(UserError):
    """Of those who are there every film was asked about lately, or rated."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whom a round may be about, by Discord id, in the order to try them; not all, where there are many.

    `raters` is how many members of the server rated each film that several have.
    """

    discord_ids: tuple[int, ...]
    raters: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Begun:
    """A round, and whom it is about by Discord id."""

    round: Round
    movie: Movie
    about_id: int


@dataclass(frozen=True, slots=True)
class Guess:
    """What a member has guessed, until when they may change it; `is_changed` where they had guessed before."""

    movie: Movie
    stars: float
    ends_at: int
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """How a round ended: `guesses` of those who may be shown, the nearest first, who guessed sooner before who later.

    `about_id` and `predicted` are None, and there are no guesses, where the member may not be shown any more.
    """

    round: Round
    movie: Movie
    about_id: int | None = None
    predicted: float | None = None
    guesses: tuple[GuessMade, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The points of one week that begins at `first`; `rated` are the films that were rated since they were asked about.

    `own_points` are those of the bot, whose guess was the prediction.
    """

    week: int
    first: int
    is_now: bool
    rows: tuple[Standing, ...]
    own_points: int
    rated: int


class GameService:
    """Members are Discord ids; who of them is still in the server is for the caller to ask Discord."""

    def __init__(
        self,
        store: Store,
        search: MovieSearch,
        models: ModelRegistry,
        feedback: FeedbackReader,
        ratings: ServerRatingsReader,
        chance: Random | None = None,
    ) -> None:
        self._store = store
        self._games = store.games
        self._search = search
        self._models = models
        self._feedback = feedback
        self._ratings = ratings
        self._chance = chance or Random()

    async def check_free(self, channel_id: int) -> None:
        """Raises RoundRunningError where the channel has a round that runs."""
        running = await self._games.running(channel_id)
        if running is not None:
            raise RoundRunningError(running.ends_at)

    async def subjects(self, guild_id: int, asker_id: int) -> Subjects:
        """By chance; the asker, who could not guess, comes last. Raises NobodyToGuessError."""
        ratings = await self._ratings.of(guild_id)

        def draw() -> Subjects:
            counts = np.diff(ratings.starts).tolist()
            found = [
                one.discord_id
                for one, count in zip(ratings.members, counts, strict=True)
                if one.compares and count >= LEAST_RATINGS
            ]
            some = self._chance.sample(found, min(len(found), DRAWN))
            return Subjects(tuple(sorted(some, key=lambda one: one == asker_id)), self._known_here(ratings))

        drawn = await asyncio.to_thread(draw)
        if not drawn.discord_ids:
            raise NobodyToGuessError
        return drawn

    async def begin(
        self, guild_id: int, channel_id: int, about_id: int, at: int, raters: Mapping[int, int] = NO_RATERS
    ) -> Begun | None:
        """A round about a member; None where no film is left to ask about. Raises RoundRunningError."""
        member = await self._store.memberships.find(guild_id, about_id)
        if member is None or not member.compares:
            return None
        feedback = await self._feedback.of(about_id)
        asked = await self._games.asked_about(member.user_id, at - AGAIN_AFTER_S)
        model = self._models.serving.model

        def find() -> tuple[int, float] | None:
            return choose(model, feedback, self._well_known, raters, asked, self._chance)

        chosen = await asyncio.to_thread(find)
        if chosen is None:
            return None
        movie_id, stars = chosen
        begun = await self._games.begin(guild_id, channel_id, member.user_id, movie_id, stars, at, at + ROUND_S)
        if begun is None:
            await self.check_free(channel_id)
            return None
        return Begun(begun, self._search.by_id(movie_id), about_id)

    async def sent(self, round_id: int, message_id: int | None) -> None:
        """The round's message is that one; a round whose message nobody has seen never was."""
        if message_id is None:
            await self._games.drop(round_id)
        else:
            await self._games.sent(round_id, message_id)

    async def guess(self, guild_id: int, round_id: int, discord_id: int, stars: float, at: int) -> Guess:
        """Guess, or guess otherwise. Raises RoundOverError and AboutYouError."""
        round_ = await self._games.get(round_id)
        if round_ is None:
            raise RoundOverError
        profile = await self._store.profiles.get_or_create(discord_id, at)
        outcome = await self._games.guess(round_id, guild_id, profile.user_id, stars, at)
        if outcome == "over":
            raise RoundOverError
        if outcome == "own":
            raise AboutYouError
        return Guess(self._search.named(round_.movie_id), stars, round_.ends_at, outcome == "changed")

    async def join(self, discord_id: int, at: int) -> bool:
        """The member lets their taste be compared, and may be guessed; whether they keep their ratings private."""
        return (await choose_comparing(self._store, discord_id, at)).visibility == "private"

    async def to_tell(self) -> tuple[Round, ...]:
        """The rounds that run, and those whose end was not told before the bot itself ended."""
        return await self._games.to_tell()

    async def running(self, guild_id: int, round_id: int) -> Round:
        """A round of that server that has not ended; raises RoundOverError."""
        round_ = await self._games.get(round_id)
        if round_ is None or round_.guild_id != guild_id or round_.ended_at is not None:
            raise RoundOverError
        return round_

    async def about(self, round_id: int) -> int | None:
        """Whom it is about; None where they may not be shown any more."""
        subject = await self._games.subject(round_id)
        return None if subject is None else subject.discord_id

    async def end(self, round_id: int, at: int, *, is_here: bool) -> bool:
        """End a round; False where it had ended. `is_here`: whom it is about is still in the server."""
        return await self._games.end(round_id, at, is_here=is_here, score=points)

    async def ended(self, round_: Round) -> Ended:
        """How it ended, as it may be shown now."""
        movie = self._search.named(round_.movie_id)
        subject = await self._games.subject(round_.round_id)
        if subject is None:
            return Ended(round_, movie)
        made = [one for one in await self._games.guesses(round_.round_id) if one.points is not None]
        nearest = sorted(made, key=lambda one: round(abs(one.stars - subject.stars), 1))
        return Ended(round_, movie, subject.discord_id, subject.stars, tuple(nearest))

    async def told(self, round_id: int, at: int) -> None:
        """The end stands in the round's message."""
        await self._games.told(round_id, at)

    async def table(self, guild_id: int, at: int, week: int | None = None) -> Table:
        """The points of a week; of the one that `at` is in unless another is named."""
        now = week_of(at)
        week = now if week is None else min(max(week, 0), now)
        first, last = bounds(week)
        rows = await self._games.standings(guild_id, first, last, EXACT)
        rated = await self._games.rated_since(guild_id, first, last)
        return Table(week, first, week == now, rows, sum(points(given, stars) for stars, given in rated), len(rated))

    @cached_property
    def _well_known(self) -> Sequence[int]:
        best = heapq.nlargest(WELL_KNOWN, self._search.catalogue.values(), key=lambda movie: movie.ratings_count)
        return [movie.movie_id for movie in best]

    def _known_here(self, ratings: ServerRatings) -> Mapping[int, int]:
        """How many members rated each film that several have; of many films those that most have."""
        by_movie = ratings.by_movie
        counts = np.diff(by_movie.starts)
        best = np.argsort(-counts, kind="stable")[:WELL_KNOWN]
        best = best[counts[best] >= KNOWN_HERE]
        found = zip(by_movie.movie_ids[best].tolist(), counts[best].tolist(), strict=True)
        return {movie_id: count for movie_id, count in found if movie_id in self._search.catalogue}
