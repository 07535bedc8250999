"""Swiping: each says yes or no to one film after another, and the first that enough of them like is chosen."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import StaleComponentError
from bot.movienight.errors import NotCountedError
from bot.movienight.evening import Night
from bot.movienight.service import MovieNightService
from bot.movienight.wishes import Wishes
from bot.movies import MovieSearch
from data import Movie
from data.store import Evening, EveningMember, Store


@dataclass(frozen=True, slots=True)
class Turn:
    """What one member sees: the next film, `place` of `films`; None where they have seen all, or one is chosen.

    `chosen` is set for good; `has_ended` only for the answer that ended it, with a film or without.
    """

    evening_id: int
    movie: Movie | None
    place: int
    films: int
    chosen: Movie | None = None
    has_ended: bool = False


class SwipeService:
    """Members are Discord ids. What somebody answered is told to nobody but them."""

    def __init__(self, store: Store, search: MovieSearch, nights: MovieNightService) -> None:
        self._store = store
        self._search = search
        self._nights = nights

    async def start(self, evening_id: int, host_id: int) -> Night:
        """A deck in the group's own order; one that is being swiped goes on."""
        evening = await self._nights.own(evening_id, host_id)
        if evening.state == "open" and evening.deck is None:
            await self._store.evenings.start_swiping(evening_id, await self._nights.deck(evening))
        return await self._nights.see(evening_id)

    async def join(self, evening_id: int, discord_id: int) -> Turn:
        """The first film that the member has not answered; raises NotCountedError and EveningGoneError."""
        evening, member = await self._counted(evening_id, discord_id)
        return await self._turn(evening, member)

    async def answer(self, evening_id: int, discord_id: int, movie_id: int, at: int, *, likes: bool) -> Turn:
        """Keep an answer, once, and give the next film; raises what `join` does, and StaleComponentError."""
        evening, member = await self._counted(evening_id, discord_id)
        if movie_id not in (evening.deck or ()):
            raise StaleComponentError
        share = Wishes.from_json(evening.wishes).share
        answered = await self._store.evenings.answer(evening_id, member.user_id, movie_id, at, likes=likes, share=share)
        if answered.winner is not None:
            await self._nights.note_appeals(evening, answered.winner)
            return await self._turn(await self._nights.get(evening_id), member, has_ended=True)
        has_ended = answered.is_new and await self._settle(evening)
        return await self._turn(await self._nights.get(evening_id), member, has_ended=has_ended)

    async def _settle(self, evening: Evening) -> bool:
        """Whether all have now seen all films; then the one that most of them like is chosen, if any is liked."""
        members = await self._store.evenings.members(evening.evening_id)
        deck = evening.deck or ()
        liked, answers = await self._store.evenings.liked(evening.evening_id)
        if answers < len(deck) * sum(one.is_counted for one in members):
            return False
        best = max(deck, key=lambda movie_id: liked.get(movie_id, 0))
        if liked.get(best):
            await self._nights.choose(evening.evening_id, best)
        return True

    async def _turn(self, evening: Evening, member: EveningMember, *, has_ended: bool = False) -> Turn:
        deck: Sequence[int] = evening.deck or ()
        chosen = None if evening.movie_id is None else self._search.named(evening.movie_id)
        if chosen is not None:
            return Turn(evening.evening_id, None, len(deck), len(deck), chosen, has_ended)
        answered = await self._store.evenings.answers_of(evening.evening_id, member.user_id)
        place, movie_id = next(
            ((place, one) for place, one in enumerate(deck, 1) if one not in answered), (len(deck), None)
        )
        movie = None if movie_id is None else self._search.named(movie_id)
        return Turn(evening.evening_id, movie, place, len(deck), None, has_ended)

    async def _counted(self, evening_id: int, discord_id: int) -> tuple[Evening, EveningMember]:
        evening = await self._nights.get(evening_id)
        members = await self._store.evenings.members(evening_id)
        member = next((one for one in members if one.discord_id == discord_id and one.is_counted), None)
        if member is None:
            raise NotCountedError
        return evening, member


def needed(size: int, share: float) -> int:
    """How many of `size` people have to like a film."""
    return max(1, math.ceil(share * size - 1e-9))
