"""When a chosen film is watched, who is interested, who came, and what becomes of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.movienight.errors import EveningGoneError, NoEveningError, NotHostError, NotYetError
from bot.movienight.evening import History, Plan
from bot.movienight.service import EVENINGS_REMEMBERED, OWED_FROM, MovieNightService, weights_of
from bot.movienight.times import When, read_offset, read_time
from bot.movienight.wishes import Wishes
from bot.movies import MovieSearch
from data.store import Evening, EveningMember, Store

EARLY_S = 1_800
"""So long before it begins people gather."""

LASTS_S = 4 * 3_600
NEXT_DAY_S = 16 * 3_600
"""After its beginning: at noon, for an evening at eight."""

ASKED_UNTIL_S = 4 * 86_400
"""Nobody is asked about an evening that the bot slept through for longer."""

HISTORY = 10


@dataclass(frozen=True, slots=True)
class Due:
    """What time has come for: `polls` may have ended, `gathering` are on, `to_ask` are those of yesterday."""

    polls: tuple[Evening, ...]
    gathering: tuple[Evening, ...]
    to_ask: tuple[Evening, ...]


class PlanningService:
    """Use cases of planned evenings. Members are Discord ids; times are UTC epoch seconds."""

    def __init__(self, store: Store, search: MovieSearch, nights: MovieNightService) -> None:
        self._store = store
        self._search = search
        self._nights = nights

    async def see(self, evening_id: int) -> Plan:
        """A chosen film with its time, if it has one; raises EveningGoneError."""
        evening = await self._store.evenings.get(evening_id)
        if evening is None or evening.movie_id is None:
            raise EveningGoneError
        return await self._plan(evening)

    async def get(self, evening_id: int) -> Evening:
        """Also one without a film; raises EveningGoneError."""
        return await self._nights.get(evening_id)

    async def offset_of(self, discord_id: int) -> int | None:
        """The offset from UTC, in minutes, that the member gave last."""
        profile = await self._store.profiles.find(discord_id)
        return None if profile is None else await self._store.evenings.utc_offset_of(profile.user_id)

    async def read(self, discord_id: int, text: str, at: int) -> When:
        """When that is for the member; raises what `read_time` does."""
        return read_time(text, at, await self.offset_of(discord_id))

    async def set_time(
        self, evening_id: int, discord_id: int, text: str, offset: str, at: int, *, may_all: bool = False
    ) -> Plan:
        """Give the evening a time, or another one, as it was written.

        `may_all` is who may change what others have planned. Raises what `read_time` does, and EveningGoneError.
        """
        await self.check_may(evening_id, discord_id, may_all=may_all)
        said = read_offset(offset)
        when: When = read_time(text, at, said if said is not None else await self.offset_of(discord_id))
        profile = await self._store.profiles.get_or_create(discord_id, at)
        if not await self._store.evenings.plan(evening_id, when.at, host=profile.user_id, utc_offset=when.utc_offset):
            raise EveningGoneError
        return await self.see(evening_id)

    async def keep_time(self, evening_id: int, now: int) -> Plan:
        """Plan a chosen film for the time that was said with its list, if that is still to come."""
        at = Wishes.from_json((await self.get(evening_id)).wishes).at
        if at is not None and at > now:
            await self._store.evenings.plan(evening_id, at)
        return await self.see(evening_id)

    async def moved(self, evening: Evening, starts_at: int) -> None:
        """Its event was moved in Discord."""
        if evening.state == "planned" and evening.starts_at != starts_at:
            await self._store.evenings.plan(evening.evening_id, starts_at)

    async def cancel(self, evening_id: int, discord_id: int, *, may_all: bool = False) -> Plan:
        """Call it off; raises EveningGoneError where it is over or off already."""
        await self.check_may(evening_id, discord_id, may_all=may_all)
        plan = await self.see(evening_id)
        if not await self._store.evenings.cancel(evening_id):
            raise EveningGoneError
        return plan

    async def called_off(self, evening: Evening) -> None:
        """Its event was cancelled in Discord."""
        await self._store.evenings.cancel(evening.evening_id)

    async def check_may(self, evening_id: int, discord_id: int, *, may_all: bool) -> None:
        evening = await self._nights.get(evening_id)
        host = self._nights.host_of(await self._store.evenings.members(evening.evening_id))
        if host != discord_id and not may_all:
            raise NotHostError

    async def of_host(self, guild_id: int, discord_id: int) -> Evening | None:
        """The member's newest evening to come."""
        profile = await self._store.profiles.find(discord_id)
        return None if profile is None else await self._store.evenings.of_host(guild_id, profile.user_id)

    async def of_guest(self, guild_id: int, discord_id: int) -> tuple[Plan, int]:
        """The newest evening to come that the member takes part in, and its host; raises NoEveningError.

        The host is 0 where they may not be shown.
        """
        for evening in await self._store.evenings.newest(guild_id, ("chosen", "planned"), HISTORY):
            members = await self._store.evenings.members(evening.evening_id)
            if any(one.discord_id == discord_id and one.is_counted for one in members):
                host = self._nights.host_of(members)
                return await self._plan(evening), host if host in await self._nights.visible(guild_id, members) else 0
        raise NoEveningError

    async def note_event(self, evening_id: int, event_id: int | None, voice_id: int | None) -> None:
        await self._store.evenings.set_event(evening_id, event_id, voice_id)

    async def by_event(self, event_id: int) -> Evening | None:
        return await self._store.evenings.by_event(event_id)

    async def was_there(self, evening_id: int, discord_id: int, at: int) -> Plan:
        """Somebody says that they came; raises NotYetError and EveningGoneError."""
        evening = await self._nights.get(evening_id)
        if evening.starts_at is None or at < evening.starts_at - EARLY_S:
            raise NotYetError
        profile = await self._store.profiles.get_or_create(discord_id, at)
        await self._store.evenings.note_came(evening_id, [profile.user_id], at)
        return await self.see(evening_id)

    async def note_came(self, evening: Evening, discord_ids: Collection[int], at: int) -> None:
        """They are in its voice channel now: noted of those who are counted in or may be shown to others there."""
        await self._store.evenings.note_came(evening.evening_id, await self._known(evening, discord_ids), at)

    async def note_interested(self, evening: Evening, discord_ids: Collection[int], at: int) -> None:
        """They are all that its event has."""
        await self._store.evenings.note_interested(evening.evening_id, await self._known(evening, discord_ids), at)

    async def due(self, now: int) -> Due:
        """What is to be done now; evenings that have lasted long enough are over from now on."""
        pending = await self._store.evenings.pending()
        planned = [one for one in pending if one.state == "planned" and one.starts_at is not None]
        gathering = tuple(one for one in planned if (one.starts_at or 0) - EARLY_S <= now)
        for one in gathering:
            if (one.starts_at or 0) + LASTS_S <= now:
                await self._store.evenings.end(one.evening_id)
        over = [one for one in pending if one.state == "over" and (one.starts_at or 0) + NEXT_DAY_S <= now]
        for one in over:
            if (one.starts_at or 0) + ASKED_UNTIL_S <= now:
                await self._store.evenings.note_asked(one.evening_id, now)
        return Due(
            polls=tuple(one for one in pending if one.state == "open"),
            gathering=gathering,
            to_ask=tuple(one for one in over if (one.starts_at or 0) + ASKED_UNTIL_S > now),
        )

    async def ask_for_stars(self, evening: Evening, at: int) -> Plan | None:
        """The evening whose guests are to be asked, once; None where they were."""
        is_new = await self._store.evenings.note_asked(evening.evening_id, at)
        return await self.see(evening.evening_id) if is_new else None

    async def next_in(self, guild_id: int) -> Plan | None:
        """A server's next evening that has a time."""
        to_come = await self._store.evenings.newest(guild_id, ("planned",), HISTORY)
        return await self._plan(to_come[-1]) if to_come else None

    async def history(self, guild_id: int) -> History:
        """What a server has watched, what it has chosen, and who has lost most so far."""
        evenings = await self._store.evenings.newest(guild_id, ("chosen", "planned", "over"), HISTORY)
        return History(
            tuple([await self._plan(one) for one in evenings if one.movie_id is not None]),
            await self._owed(guild_id, evenings),
        )

    async def _owed(self, guild_id: int, evenings: Sequence[Evening]) -> tuple[int, ...]:
        people: dict[int, EveningMember] = {}
        for evening in evenings:
            people |= {one.user_id: one for one in await self._store.evenings.members(evening.evening_id)}
        visible = await self._nights.visible(guild_id, list(people.values()))
        user_ids = [user_id for user_id, one in people.items() if one.discord_id in visible]
        if len(user_ids) < 2:
            return ()
        history = await self._store.evenings.appeals(guild_id, user_ids, EVENINGS_REMEMBERED)
        weights = weights_of(history, user_ids)
        if weights is None or max(weights) < OWED_FROM / len(user_ids):
            return ()
        return (people[user_ids[weights.index(max(weights))]].discord_id,)

    async def _plan(self, evening: Evening) -> Plan:
        members = await self._store.evenings.members(evening.evening_id)
        visible = await self._nights.visible(evening.guild_id, members)
        came = [one for one in members if one.came_at is not None]
        return Plan(
            evening=evening,
            movie=self._search.named(evening.movie_id or 0),
            size=sum(one.is_counted for one in members),
            came=tuple(one.discord_id for one in came if one.discord_id in visible),
            interested_count=sum(one.interested_at is not None for one in members),
            came_count=len(came),
        )

    async def _known(self, evening: Evening, discord_ids: Collection[int]) -> list[int]:
        counted = {one.discord_id: one.user_id for one in await self._store.evenings.members(evening.evening_id)}
        found = []
        for discord_id in discord_ids:
            if discord_id in counted:
                found.append(counted[discord_id])
            elif (member := await self._store.memberships.find(evening.guild_id, discord_id)) is not None:
                found.append(member.user_id)
        return found
