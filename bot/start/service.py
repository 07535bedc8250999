"""The first ninety seconds: pick tastes, answer the most telling questions, get the first list."""

import asyncio
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal
from weakref import WeakValueDictionary

import numpy as np
import numpy.typing as npt

from bot.errors import StaleComponentError
from bot.lists import PLAIN, ListService, MovieList
from bot.members import Feedback, FeedbackReader
from bot.models import ModelRegistry, Serving
from bot.movies import MovieSearch
from bot.ratings import Rated, RatingService
from bot.start.tastes import of_its_time, own_years, telling_genres, words
from data import Movie
from data.store import ShownList, Store
from recommender import TasteCluster

QUESTIONS = 10
"""With the button, the choice of tastes and every question answered, the list comes after twelve clicks."""

KIND = "start"
"""How a wizard's row is told from other shown lists."""

OVER = 0
"""Stands behind the asked films once the wizard has ended; no film has this id."""


@dataclass(frozen=True, slots=True)
class TasteChoice:
    """A taste as a member picks it: what it is called, well-known films of it, its genres and years.

    `movie_id`, of the best-known film, names it, also after a retrain has drawn the borders anew.
    """

    movie_id: int
    words: tuple[str, ...]
    faces: tuple[Movie, ...]
    genres: tuple[str, ...]
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Choices:
    """The first step: which tastes?"""

    owner_id: int
    tastes: tuple[TasteChoice, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A film was seen, without stars, by the change `change_id`."""

    movie: Movie
    change_id: int


@dataclass(frozen=True, slots=True)
class StartQuestion:
    """Film `number` of at most `of`; `last` is the answer just given, `went_on` whether there is a step to undo."""

    owner_id: int
    list_id: int
    movie: Movie
    number: int
    of: int = QUESTIONS
    last: Rated | Seen | None = None
    went_on: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """The wizard is over; the list is None where it came before. `rated` are the films rated on the way."""

    owner_id: int
    rated: int
    movies: MovieList | None


Step = Choices | StartQuestion | Finished


class StartService:
    """Use cases of `start`. Members are Discord ids; times are UTC epoch seconds. Wizards are kept as shown lists."""

    def __init__(
        self,
        store: Store,
        search: MovieSearch,
        models: ModelRegistry,
        feedback: FeedbackReader,
        ratings: RatingService,
        lists: ListService,
    ) -> None:
        self._store = store
        self._search = search
        self._models = models
        self._feedback = feedback
        self._ratings = ratings
        self._lists = lists
        self._entropies = {
            movie.movie_id: movie.ratings_entropy
            for movie in search.catalogue.values()
            if movie.ratings_entropy is not None
        }
        self._clusters: tuple[str, tuple[TasteCluster, ...]] | None = None
        self._parting = asyncio.Lock()
        self._answering: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def start(self, discord_id: int, at: int) -> Step:
        """The tastes to choose from; the first question where the model cannot tell tastes apart."""
        tastes = await self._choices()
        return Choices(discord_id, tastes) if tastes else await self.begin(discord_id, (), at)

    async def _choices(self) -> tuple[TasteChoice, ...]:
        clusters = await self._taste_clusters(self._models.serving)
        films = [self._search.of_ids(cluster.movie_ids) for cluster in clusters]
        everywhere = [movie for some in films for movie in some]
        return tuple(
            TasteChoice(
                faces[0].movie_id, words(some, everywhere), faces, telling_genres(some, everywhere), own_years(some)
            )
            for cluster, some in zip(clusters, films, strict=True)
            if (faces := self._search.of_ids(cluster.faces))
        )

    async def begin(self, discord_id: int, chosen: Sequence[int], at: int) -> Step:
        """The first question, about films of the tastes that hold the `chosen` films, and of their time."""
        clusters = await self._taste_clusters(self._models.serving)
        tastes = [
            [movie.movie_id for movie in of_its_time(self._search.of_ids(cluster.movie_ids))]
            for cluster in clusters
            if {*chosen} & {*cluster.movie_ids}
        ]
        profile = await self._store.profiles.get_or_create(discord_id, at)
        query = json.dumps({"kind": KIND, "tastes": tastes})
        list_id = await self._store.lists.create(profile.user_id, [], query, at)
        async with self._turn(list_id):
            return await self._ask_next(discord_id, ShownList(list_id, profile.user_id, query, ()), at)

    async def answer(
        self, discord_id: int, list_id: int, movie_id: int, stars: float | Literal["seen"] | None, at: int
    ) -> Step:
        """Take the stars for the film in question, None for one not seen, and ask on.

        An answer to another question than the present one changes nothing: the present one is shown. Raises
        StaleComponentError and what `RatingService.rate` raises.
        """
        async with self._turn(list_id):
            wizard = await self._own(discord_id, list_id)
            if _present(wizard) != movie_id:
                return await self._show(discord_id, wizard)
            last: Rated | Seen | None = None
            if stars == "seen":
                change = await self._store.shelves.move(wizard.user_id, movie_id, "seen", at)
                last = Seen(self._search.by_id(movie_id), change.change_id) if change is not None else None
            elif stars is not None:
                last = await self._ratings.rate(discord_id, movie_id, stars, at)
            return await self._ask_next(discord_id, wizard, at, last)

    async def undo(self, discord_id: int, list_id: int, movie_id: int, change_id: int) -> Step:
        """From the film in question back to the one before; its rating, if it was given one, is taken back."""
        async with self._turn(list_id):
            wizard = await self._own(discord_id, list_id)
            if _present(wizard) != movie_id or len(wizard.movie_ids) < 2:
                return await self._show(discord_id, wizard)
            if change_id:
                await self._store.journal.undo(wizard.user_id, change_id)
            await self._store.lists.retract(list_id, movie_id)
            return StartQuestion(
                discord_id, list_id, self._search.by_id(wizard.movie_ids[-2]), number=len(wizard.movie_ids) - 1
            )

    async def finish(self, discord_id: int, list_id: int, at: int) -> Step:
        """End before the last question."""
        async with self._turn(list_id):
            wizard = await self._own(discord_id, list_id)
            if _present(wizard) == OVER:
                return await self._show(discord_id, wizard)
            return await self._end(discord_id, wizard, at)

    def _turn(self, list_id: int) -> asyncio.Lock:
        # One press after the other, or a double click would answer two questions.
        return self._answering.setdefault(list_id, asyncio.Lock())

    async def _own(self, discord_id: int, list_id: int) -> ShownList:
        profile = await self._store.profiles.find(discord_id)
        wizard = await self._store.lists.get(list_id)
        if profile is None or wizard is None or wizard.user_id != profile.user_id:
            raise StaleComponentError
        if wizard.kind != KIND or not wizard.movie_ids:
            raise StaleComponentError
        return wizard

    async def _show(self, discord_id: int, wizard: ShownList) -> Step:
        """Where the wizard stands, for a press that came too late."""
        present = _present(wizard)
        if present == OVER:
            return Finished(discord_id, _rated_in(wizard, await self._feedback.of(discord_id)), None)
        return StartQuestion(discord_id, wizard.list_id, self._search.by_id(present), number=len(wizard.movie_ids))

    async def _ask_next(self, discord_id: int, wizard: ShownList, at: int, last: Rated | Seen | None = None) -> Step:
        asked = len(wizard.movie_ids)
        movie_id = await self._most_telling(discord_id, wizard) if asked < QUESTIONS else None
        if movie_id is None:
            return await self._end(discord_id, wizard, at)
        await self._store.lists.append(wizard.list_id, [movie_id])
        movie = self._search.by_id(movie_id)
        return StartQuestion(discord_id, wizard.list_id, movie, asked + 1, last=last, went_on=asked > 0)

    async def _most_telling(self, discord_id: int, wizard: ShownList) -> int | None:
        feedback = await self._feedback.of(discord_id)
        before = await self._store.lists.shown_by_kind(wizard.user_id, KIND)
        return await asyncio.to_thread(self._next_question, self._models.serving, wizard, feedback, before)

    def _next_question(
        self, serving: Serving, wizard: ShownList, feedback: Feedback, before: Collection[int]
    ) -> int | None:
        """Of the years of the chosen tastes, where there is a film left."""
        tastes = _tastes(wizard)
        closed = np.array([*serving.outside_catalogue, *feedback.left_out, *before], dtype=np.int64)
        for exclude in (np.concatenate([closed, self._of_other_years(tastes)]), closed):
            found: int | None = serving.model.next_question(
                feedback.ratings, self._entropies, asked=wizard.movie_ids, exclude=exclude, tastes=tastes
            )
            if found is not None:
                return found
        return None

    def _of_other_years(self, tastes: Sequence[Sequence[int]]) -> npt.NDArray[np.int64]:
        """Films that are older or newer than all those of the tastes."""
        years = [movie.year for taste in tastes for movie in self._search.of_ids(taste) if movie.year is not None]
        if not years:
            return np.array([], dtype=np.int64)
        facets = self._search.facets
        return facets.ids[~facets.dated(min(years), max(years))]

    async def _end(self, discord_id: int, wizard: ShownList, at: int) -> Finished:
        await self._store.lists.append(wizard.list_id, [OVER])
        feedback = await self._feedback.of(discord_id)
        # The tastes are all that is known of somebody who has rated nothing.
        among = None if feedback.ratings else [one for taste in _tastes(wizard) for one in taste] or None
        films = await self._lists.make(discord_id, PLAIN, at, among=among)
        return Finished(discord_id, _rated_in(wizard, feedback), films)

    async def _taste_clusters(self, serving: Serving) -> tuple[TasteCluster, ...]:
        """Those of the serving model, parted once for all members: that takes a tenth of a second."""
        async with self._parting:
            if self._clusters is None or self._clusters[0] != serving.version:
                self._clusters = serving.version, await asyncio.to_thread(serving.model.taste_clusters)
            return self._clusters[1]


def _present(wizard: ShownList) -> int:
    """The film in question, or OVER."""
    return wizard.movie_ids[-1]


def _tastes(wizard: ShownList) -> list[list[int]]:
    """Films of each taste that was chosen; older wizards kept them as one."""
    query = json.loads(wizard.query)
    tastes: list[list[int]] = query["tastes"] if "tastes" in query else [query["towards"]]
    return tastes


def _rated_in(wizard: ShownList, feedback: Feedback) -> int:
    """How many of the films asked about have been rated."""
    return len({*wizard.movie_ids} & feedback.rated.keys())
