"""What the bot tells a server by itself, and when: that it has learned from new ratings, and the week's digest."""

from dataclasses import dataclass, replace

from data.store import GuildSettings, Store

DAY_S = 86_400
WEEK_S = 7 * DAY_S
ANNOUNCED_EVERY_S = DAY_S
"""A model may be new four times a day; a server hears of it once."""
LATE_UP_TO_S = DAY_S
"""A digest that could not go out for longer, as while the bot was off, waits for the next week."""

_EPOCHS_WEEKDAY = 3
"""1970 began on a Thursday."""


@dataclass(frozen=True, slots=True)
class NewModel:
    """Trained up to the change `write_id`; `ratings` have come in since the server heard of a model last."""

    write_id: int
    ratings: int


def last_moment(settings: GuildSettings, now: int) -> int:
    """When the server's digest was due last, up to now."""
    days = (settings.digest_weekday - _EPOCHS_WEEKDAY) % 7
    return now - (now - days * DAY_S - settings.digest_hour * 3_600) % WEEK_S


def next_moment(settings: GuildSettings, now: int) -> int:
    """When it will be due next, after now."""
    return last_moment(settings, now) + WEEK_S


def due_digest(settings: GuildSettings, now: int) -> int | None:
    """The moment a digest is due for that was not settled yet; None where there is nothing to do."""
    moment = last_moment(settings, now)
    if settings.digest_in is None or (settings.digest_at is not None and settings.digest_at >= moment):
        return None
    return moment


def is_late(moment: int, now: int) -> bool:
    return now - moment > LATE_UP_TO_S


class NewsService:
    """Settles what is due before it is said, so that nothing is said twice, whatever happens between."""

    def __init__(self, store: Store) -> None:
        self._guilds = store.guilds
        self._ratings = store.ratings
        self._runs = store.runs

    async def newest_model(self) -> int | None:
        """The newest change of a rating that the newest model knows."""
        newest = await self._runs.last("promoted")
        return None if newest is None else newest.last_write_id

    async def new_model(self, settings: GuildSettings, write_id: int, now: int) -> NewModel | None:
        """What a server has to hear of the newest model, which knows changes up to `write_id`."""
        known = settings.announced_write_id or 0
        if settings.announces_in is None or write_id <= known:
            return None
        if settings.announced_at is not None and now - settings.announced_at < ANNOUNCED_EVERY_S:
            return None
        ratings = await self._ratings.writes_since(known) - await self._ratings.writes_since(write_id)
        return NewModel(write_id, ratings) if ratings > 0 else None

    async def settle_model(self, guild_id: int, write_id: int, now: int) -> GuildSettings:
        return await self._guilds.change(
            guild_id, lambda before: replace(before, announced_write_id=write_id, announced_at=now), now
        )

    async def settle_digest(self, guild_id: int, moment: int, now: int) -> GuildSettings:
        """The digest of that moment needs no more care."""
        return await self._guilds.change(guild_id, lambda before: replace(before, digest_at=moment), now)

    async def give_back(self, guild_id: int, was: GuildSettings, now: int) -> GuildSettings:
        """What was settled could not be delivered: it is due as before."""
        return await self._guilds.change(
            guild_id,
            lambda before: replace(
                before,
                announced_write_id=was.announced_write_id,
                announced_at=was.announced_at,
                digest_at=was.digest_at,
            ),
            now,
        )
