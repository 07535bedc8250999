"""A group's list: who is counted in, which films it holds, and which of them is chosen."""

import asyncio
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.lists.choosing import candidates
from bot.lists.filter_words import FilterWords
from bot.lists.filters import PLAIN
from bot.members import Feedback, FeedbackReader
from bot.models import ModelRegistry, Serving
from bot.movienight.errors import (
    MOST_MEMBERS,
    AlreadyChosenError,
    EveningGoneError,
    NobodyElseError,
    NotHostError,
    TooManyMembersError,
)
from bot.movienight.evening import Fit, Night, NightFilm
from bot.movienight.wishes import Wishes
from bot.movies import MovieSearch
from data import Movie
from data.store import Evening, EveningMember, Store
from recommender import FilmStars
from recommender.groups import GroupPick, GroupTaste, recommend_for_group, weights_after

LISTED = 5
"""Unless another number of films is asked for."""

POLLED = 3
MOST_NAMED = 50
"""So many of a crowd in a voice channel are looked at."""
DECK = 40
"""Films to swipe, at most."""

EVENINGS_REMEMBERED = 20
OWED_FROM = 1.25
"""Who counts so many times their equal share is told to have more to say."""


@dataclass(frozen=True, slots=True)
class Group:
    """Who is counted in, the host first, what they think of films, how much each counts, and what any has `watched`."""

    members: tuple[EveningMember, ...]
    feedback: tuple[Feedback, ...]
    weights: tuple[float, ...] | None
    watched: frozenset[int]

    @property
    def profiles(self) -> list[dict[int, float]]:
        return [one.ratings for one in self.feedback]

    @property
    def film_stars(self) -> list[FilmStars]:
        """For each what everybody else gave films since the training."""
        return [one.film_stars for one in self.feedback]


class MovieNightService:
    """Use cases of lists for groups. Members are Discord ids; times are UTC epoch seconds."""

    def __init__(self, store: Store, search: MovieSearch, models: ModelRegistry, feedback: FeedbackReader) -> None:
        self._store = store
        self._search = search
        self._models = models
        self._feedback = feedback

    @property
    def words(self) -> FilterWords:
        """Reads wishes against the genres and years of the catalogue."""
        return FilterWords(self._search)

    async def begin(
        self,
        guild_id: int,
        channel_id: int,
        host_id: int,
        wishes: Wishes,
        at: int,
        *,
        voice_id: int | None = None,
        utc_offset: int | None = None,
    ) -> int:
        """A new evening of the host alone, who gave that offset from UTC with its time; its id."""
        profile = await self._store.profiles.get_or_create(host_id, at)
        return await self._store.evenings.create(
            guild_id, channel_id, profile.user_id, wishes.to_json(), at, voice_id=voice_id, utc_offset=utc_offset
        )

    async def invite(self, evening_id: int, host_id: int, discord_ids: Sequence[int]) -> Night:
        """Count in those who may be shown there, and list films for all.

        Raises NobodyElseError, TooManyMembersError, EveningGoneError and NotHostError.
        """
        evening = await self.own(evening_id, host_id)
        named = [one for one in dict.fromkeys(discord_ids) if one != host_id]
        found = [await self._store.memberships.find(evening.guild_id, one) for one in named[:MOST_NAMED]]
        user_ids = [one.user_id for one in found if one is not None]
        if not user_ids:
            raise NobodyElseError(len(named))
        if len(user_ids) >= MOST_MEMBERS:
            raise TooManyMembersError(len(user_ids) + 1)
        picked: tuple[GroupPick, ...] = ()
        if evening.state == "open" and not evening.movie_ids:
            await self._store.evenings.count_in(evening_id, user_ids)
            picked = await self._list(evening)
        return await self.see(evening_id, left_out=len(named) - len(user_ids), picked=picked)

    async def reroll(self, evening_id: int, host_id: int, first: int) -> Night:
        """Films that were not listed yet, where those from `first` on are the last that were."""
        evening = await self.own(evening_id, host_id)
        is_possible = evening.shown_from == first and evening.state == "open" and evening.poll_id is None
        is_all = is_possible and evening.deck is None and not await self._list(evening)
        return replace(await self.see(evening_id), is_all=is_all)

    async def see(self, evening_id: int, *, left_out: int = 0, picked: tuple[GroupPick, ...] = ()) -> Night:
        """The list as it stands, with what it is for whom now; raises EveningGoneError.

        A first list that was `picked` just now is not worked out again.
        """
        evening = await self.get(evening_id)
        group = await self._group(evening)
        visible = await self.visible(evening.guild_id, group.members)
        movies = [one for one in self._search.of_ids(evening.shown) if self._models.serving.model.knows(one.movie_id)]
        movie_ids = [one.movie_id for one in movies]
        is_as_picked = [one.movie_id for one in picked] == movie_ids
        if is_as_picked and all(len(one.members) == len(group.members) for one in picked):
            picks = picked
        else:
            picks = await asyncio.to_thread(self._fits, evening, group, movie_ids)
        shown_ids = tuple(one.discord_id for one in group.members if one.discord_id in visible)
        wishes = Wishes.from_json(evening.wishes)
        share = 1 / len(group.members)
        return Night(
            evening=evening,
            host_id=self.host_of(group.members),
            wishes=wishes,
            films=tuple(
                self._film(rank, movie, wishes, pick, group.members, visible)
                for rank, (movie, pick) in enumerate(zip(movies, picks, strict=True), evening.shown_from + 1)
            ),
            size=len(group.members),
            shown_ids=shown_ids,
            left_out=left_out,
            owed=tuple(
                one.discord_id
                for one, weight in zip(group.members, group.weights or [share] * len(group.members), strict=True)
                if one.discord_id in visible and weight >= OWED_FROM * share
            ),
        )

    async def choose(self, evening_id: int, movie_id: int) -> None:
        """Settle on a film, with what it is for each; raises AlreadyChosenError and EveningGoneError."""
        evening = await self.get(evening_id)
        movie = self._search.by_id(movie_id)
        if not await self._store.evenings.choose(evening_id, movie.movie_id):
            again = await self.get(evening_id)
            if again.movie_id != movie_id:
                raise AlreadyChosenError(again.movie_id)
            return
        await self.note_appeals(evening, movie_id)

    async def note_appeals(self, evening: Evening, movie_id: int) -> None:
        """Keep what the chosen film is for each, so that who loses has more to say next time."""
        if not self._models.serving.model.knows(movie_id):
            return
        group = await self._group(evening)
        (pick,) = await asyncio.to_thread(self._fits, evening, group, [movie_id])
        await self._store.evenings.set_appeals(
            evening.evening_id, {one.user_id: fit.appeal for one, fit in zip(group.members, pick.members, strict=True)}
        )

    async def deck(self, evening: Evening) -> tuple[int, ...]:
        """What is swiped: the films listed last, and then what would be listed next."""
        group = await self._group(evening)
        further = await asyncio.to_thread(self._picked, evening, group, DECK - len(evening.shown))
        return (*evening.shown, *(one.movie_id for one in further))

    async def polled(self, evening_id: int, poll_id: int | None) -> None:
        """The films that stand first are polled in that message; None where the poll is over."""
        await self._store.evenings.set_poll(evening_id, poll_id)

    def movies(self, movie_ids: Sequence[int]) -> tuple[Movie, ...]:
        return tuple(self._search.named(one) for one in movie_ids)

    async def own(self, evening_id: int, host_id: int) -> Evening:
        """An evening of the member's own; raises EveningGoneError and NotHostError."""
        evening = await self.get(evening_id)
        if self.host_of(await self._store.evenings.members(evening_id)) != host_id:
            raise NotHostError
        return evening

    async def get(self, evening_id: int) -> Evening:
        evening = await self._store.evenings.get(evening_id)
        if evening is None or evening.state == "cancelled":
            raise EveningGoneError
        return evening

    async def visible(self, guild_id: int, members: Sequence[EveningMember]) -> frozenset[int]:
        """Whose names and stars may be shown in that server."""
        found = [await self._store.memberships.find(guild_id, one.discord_id) for one in members]
        return frozenset(one.discord_id for one in found if one is not None)

    @staticmethod
    def host_of(members: Sequence[EveningMember]) -> int:
        """0 where the host has deleted what was kept about them."""
        return next((one.discord_id for one in members if one.is_host), 0)

    async def _list(self, evening: Evening) -> tuple[GroupPick, ...]:
        """List what has not been listed, none where nothing is left."""
        group, asked = await self._group(evening), Wishes.from_json(evening.wishes).filters.count
        count = LISTED if asked == PLAIN.count else asked
        picked = await asyncio.to_thread(self._picked, evening, group, count)
        if picked:
            await self._store.evenings.show(
                evening.evening_id, [one.movie_id for one in picked], len(evening.movie_ids)
            )
        return picked

    async def _group(self, evening: Evening) -> Group:
        members = tuple(one for one in await self._store.evenings.members(evening.evening_id) if one.is_counted)
        if not members:
            raise EveningGoneError
        feedback = [await self._feedback.of(one.discord_id) for one in members]
        user_ids = [one.user_id for one in members]
        history = await self._store.evenings.appeals(evening.guild_id, user_ids, EVENINGS_REMEMBERED)
        watched = await self._store.evenings.watched(evening.guild_id, user_ids)
        return Group(members, tuple(feedback), weights_of(history, user_ids), watched)

    def _picked(self, evening: Evening, group: Group, count: int) -> tuple[GroupPick, ...]:
        wishes = Wishes.from_json(evening.wishes)
        watched = () if wishes.rewatch else group.watched
        exclude = [*_excluded(self._models.serving, group, wishes), *watched, *evening.movie_ids]
        seen = () if wishes.rewatch else (movie_id for profile in group.profiles for movie_id in profile)
        return recommend_for_group(
            self._models.serving.model,
            group.profiles,
            max(count, 0),
            strategy=wishes.strategy,
            weights=group.weights,
            candidates=self._candidates(wishes, [*exclude, *seen], max(count, DECK)),
            exclude=exclude,
            rewatch=wishes.rewatch,
            film_stars=group.film_stars,
        )

    def _fits(self, evening: Evening, group: Group, movie_ids: Sequence[int]) -> tuple[GroupPick, ...]:
        wishes = Wishes.from_json(evening.wishes)
        taste = GroupTaste.of(
            self._models.serving.model,
            group.profiles,
            candidates=self._candidates(wishes),
            exclude=_excluded(self._models.serving, group, wishes),
            rewatch=wishes.rewatch,
            film_stars=group.film_stars,
        )
        return taste.picks(taste.model.movies.indices(movie_ids), np.zeros(len(movie_ids)))

    def _candidates(self, wishes: Wishes, taken: Collection[int] = (), count: int = DECK) -> Collection[int] | None:
        """The films of a mood are as many as are needed beside those that are `taken`."""
        if wishes.filters.admits_all:
            return None
        filters = replace(wishes.filters, count=count)
        return list(candidates(self._models.serving, self._search.facets, filters, taken).tolist())

    def _film(
        self,
        rank: int,
        movie: Movie,
        wishes: Wishes,
        pick: GroupPick,
        members: Sequence[EveningMember],
        visible: frozenset[int],
    ) -> NightFilm:
        return NightFilm(
            rank,
            movie,
            self._search.catalogue.telling_genres(movie, wishes.filters.wanted_genres),
            tuple(
                Fit(member.discord_id, fit.stars, fit.stars_sd)
                for member, fit in zip(members, pick.members, strict=True)
                if member.discord_id in visible
            ),
        )


def weights_of(history: Sequence[Mapping[int, float]], user_ids: Sequence[int]) -> tuple[float, ...] | None:
    """Whoever lost in earlier evenings with any of these people counts more; None where there was none."""
    shared = [one for one in history if len(one) > 1]
    if not shared:
        return None
    return weights_after([[evening.get(user_id, math.nan) for user_id in user_ids] for evening in shared])


def _excluded(serving: Serving, group: Group, wishes: Wishes) -> list[int]:
    """What no list may hold, what any of them wants to hear no more of, and what any has seen but for `rewatch`."""
    left_out = (one.hidden if wishes.rewatch else one.left_out for one in group.feedback)
    return [*serving.outside_catalogue, *{movie_id for films in left_out for movie_id in films}]
