"""What a server has chosen for itself, and whether the bot is still in it."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields

from data.store.database import Queries, Row, Value

_OF_GUILDS = (
    "SELECT name FROM sqlite_schema AS one WHERE type = 'table'"
    " AND EXISTS (SELECT 1 FROM pragma_table_info(one.name) AS part WHERE part.name = 'guild_id') ORDER BY name"
)
"""The tables whose rows belong to a server: what has a `guild_id` goes with it."""


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The defaults are what holds for a server that has chosen nothing.

    `channels` are those the bot answers in; none of them means everywhere. `announces_in` and `digest_in` are channels,
    None where nothing is told. The digest goes out at `digest_hour` (UTC) of `digest_weekday` (0 is Monday), and did so
    last for the moment `digest_at`. `announced_write_id` is the newest change of a rating in the model told of last.
    `language` is what is spoken there; None: what the server has set at Discord.
    """

    prefix: str | None = None
    channels: tuple[int, ...] = ()
    is_quiet: bool = False
    has_pictures: bool = True
    announces_in: int | None = None
    announced_write_id: int | None = None
    announced_at: int | None = None
    digest_in: int | None = None
    digest_weekday: int = 4
    digest_hour: int = 18
    digest_at: int | None = None
    language: str | None = None


_NAMES = tuple(field.name for field in fields(GuildSettings))
_COLUMNS = ", ".join(_NAMES)
_KEEP = (
    f"INSERT INTO guilds (guild_id, changed_at, {_COLUMNS}) VALUES (?, ?, {', '.join('?' * len(_NAMES))})"
    f" ON CONFLICT DO UPDATE SET changed_at = excluded.changed_at,"
    f" {', '.join(f'{name} = excluded.{name}' for name in _NAMES)}"
)


class Guilds(Queries):
    async def all(self) -> dict[int, GuildSettings]:
        """The settings of every server that has chosen any, by guild id."""
        rows = await self._database.rows(f"SELECT guild_id, {_COLUMNS} FROM guilds")
        return {guild_id: _settings(row) for guild_id, *row in rows}

    async def change(self, guild_id: int, change: Callable[[GuildSettings], GuildSettings], at: int) -> GuildSettings:
        """Change a server's settings in one unit of work; what they are then."""
        async with self._database.write() as tx:
            row = await tx.row(f"SELECT {_COLUMNS} FROM guilds WHERE guild_id = ?", (guild_id,))
            settings = change(GuildSettings() if row is None else _settings(row))
            await tx.rows(_KEEP, (guild_id, at, *_values(settings)))
        return settings

    async def leave(self, guild_id: int, at: int) -> None:
        """The bot is not in that server any more."""
        await self._database.run(
            "INSERT INTO guilds (guild_id, changed_at, left_at) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET left_at = coalesce(left_at, excluded.left_at)",
            (guild_id, at, at),
        )

    async def join(self, guild_id: int) -> None:
        """The bot is in that server, again perhaps."""
        await self._database.run("UPDATE guilds SET left_at = NULL WHERE guild_id = ?", (guild_id,))

    async def note_present(self, guild_ids: Collection[int], at: int) -> None:
        """The bot is in these servers, and has left all others that there are rows of."""
        present = json.dumps(list(guild_ids))
        async with self._database.write() as tx:
            tables = [name for (name,) in await tx.rows(_OF_GUILDS)]
            known = " UNION ".join(f"SELECT guild_id FROM {name}" for name in tables)
            await tx.rows(
                f"INSERT INTO guilds (guild_id, changed_at, left_at) SELECT guild_id, ?, ? FROM ({known})"
                " WHERE guild_id NOT IN (SELECT value FROM json_each(?))"
                " ON CONFLICT DO UPDATE SET left_at = coalesce(left_at, excluded.left_at)",
                (at, at, present),
            )
            await tx.rows(
                "UPDATE guilds SET left_at = NULL"
                " WHERE left_at IS NOT NULL AND guild_id IN (SELECT value FROM json_each(?))",
                (present,),
            )

    async def forget_left(self, before: int) -> tuple[int, ...]:
        """Remove every row of the servers that were left before that moment; their ids."""
        async with self._database.write() as tx:
            left = await tx.rows("SELECT guild_id FROM guilds WHERE left_at < ? ORDER BY guild_id", (before,))
            for (table,) in await tx.rows(_OF_GUILDS) if left else ():
                await tx.run_many(f"DELETE FROM {table} WHERE guild_id = ?", left)
        return tuple(guild_id for (guild_id,) in left)


def _settings(row: Row | list[Value]) -> GuildSettings:
    values = dict(zip(_NAMES, row, strict=True))
    values["channels"] = tuple(int(one) for one in str(values["channels"]).split(",") if one)
    values["is_quiet"], values["has_pictures"] = bool(values["is_quiet"]), bool(values["has_pictures"])
    return GuildSettings(**values)


def _values(settings: GuildSettings) -> list[Value]:
    values = {name: getattr(settings, name) for name in _NAMES}
    return [*(values | {"channels": ",".join(map(str, settings.channels))}).values()]
