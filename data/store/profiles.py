"""Members as MovieLens users: one profile per Discord account."""

from dataclasses import dataclass
from typing import Literal

from data.store.changes import Change, set_setting
from data.store.database import Queries, Row

FIRST_USER_ID = 1_000_000_000  # above the user ids of every MovieLens set; the migration starts the sequence here

Visibility = Literal["private", "server", "public"]

_COLUMNS = (
    "user_id, discord_id, created_at, visibility, trains, adopted_user_id, compares, quarantined_at, list_defaults"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """`created_at` is the first contact; `trains` says whether the member's ratings may be trained on.

    `adopted_user_id` is the user of a data set whose ratings the member starts from; `compares` says whether their
    taste may be compared with others'; who is `quarantined` stands on no board and is not trained on. `list_defaults`
    is what all of their lists keep to, as whoever makes lists encodes it.
    """

    user_id: int
    discord_id: int
    created_at: int
    visibility: Visibility
    trains: bool
    adopted_user_id: int | None = None
    compares: bool = False
    quarantined: bool = False
    list_defaults: str | None = None


class Profiles(Queries):
    async def get_or_create(self, discord_id: int, at: int) -> Profile:
        """The member's profile, made at first contact; a user id is never given twice."""
        profile = await self.find(discord_id)
        if profile is not None:
            return profile
        async with self._database.write() as tx:
            await tx.rows(
                "INSERT INTO profiles (discord_id, created_at) VALUES (?, ?) ON CONFLICT (discord_id) DO NOTHING",
                (discord_id, at),
            )
            (row,) = await tx.rows(f"SELECT {_COLUMNS} FROM profiles WHERE discord_id = ?", (discord_id,))
        return _profile(row)

    async def find(self, discord_id: int) -> Profile | None:
        row = await self._database.row(f"SELECT {_COLUMNS} FROM profiles WHERE discord_id = ?", (discord_id,))
        return None if row is None else _profile(row)

    async def of_user(self, user_id: int) -> Profile | None:
        row = await self._database.row(f"SELECT {_COLUMNS} FROM profiles WHERE user_id = ?", (user_id,))
        return None if row is None else _profile(row)

    async def set_visibility(self, user_id: int, visibility: Visibility, at: int) -> Change | None:
        """Choose who sees the member's ratings. This and the next ones: None where it was chosen already."""
        async with self._database.write() as tx:
            return await set_setting(tx, user_id, "visibility", visibility, at)

    async def set_trains(self, user_id: int, trains: bool, at: int) -> Change | None:
        """Say whether the next training may use the member's ratings."""
        async with self._database.write() as tx:
            return await set_setting(tx, user_id, "trains", int(trains), at)

    async def set_compares(self, user_id: int, compares: bool, at: int) -> Change | None:
        """Say whether the member's taste may be compared with that of others who want it too."""
        async with self._database.write() as tx:
            return await set_setting(tx, user_id, "compares", int(compares), at)

    async def adopt(self, user_id: int, adopted_user_id: int | None, at: int) -> Change | None:
        """Start from the ratings of a data set's user, in place of another's; None for nobody's."""
        async with self._database.write() as tx:
            return await set_setting(tx, user_id, "adopted_user_id", adopted_user_id, at)

    async def set_pictures(self, user_id: int, has_pictures: bool, at: int) -> Change | None:
        """Say whether the member has pictures, or the same in words."""
        async with self._database.write() as tx:
            return await set_setting(tx, user_id, "has_pictures", int(has_pictures), at)

    async def set_list_defaults(self, user_id: int, defaults: str | None, at: int) -> Change | None:
        """Say what all of the member's lists keep to; None for nothing in particular."""
        async with self._database.write() as tx:
            return await set_setting(tx, user_id, "list_defaults", defaults, at)

    async def without_pictures(self) -> frozenset[int]:
        """Discord ids of those who have words in place of pictures."""
        rows = await self._database.rows("SELECT discord_id FROM profiles WHERE has_pictures = 0")
        return frozenset(discord_id for (discord_id,) in rows)

    async def set_language(self, user_id: int, language: str | None, at: int) -> Change | None:
        """Choose the language the member is answered in; None for that of whatever they ask with."""
        async with self._database.write() as tx:
            return await set_setting(tx, user_id, "language", language, at)

    async def languages(self) -> dict[int, str]:
        """The language that each has chosen who has, by Discord id."""
        return dict(await self._database.rows("SELECT discord_id, language FROM profiles WHERE language IS NOT NULL"))

    async def quarantine(self, discord_id: int, at: int) -> bool:
        """Take somebody off all boards and out of the next training; False where they have no profile."""
        rows = await self._database.run(
            "UPDATE profiles SET quarantined_at = coalesce(quarantined_at, ?) WHERE discord_id = ? RETURNING user_id",
            (at, discord_id),
        )
        return bool(rows)

    async def release(self, discord_id: int) -> bool:
        """End somebody's quarantine; whether they were in it."""
        rows = await self._database.run(
            "UPDATE profiles SET quarantined_at = NULL WHERE discord_id = ? AND quarantined_at IS NOT NULL"
            " RETURNING user_id",
            (discord_id,),
        )
        return bool(rows)

    async def quarantined(self) -> tuple[tuple[int, int], ...]:
        """Discord ids of those in quarantine and since when (epoch seconds), the newest first."""
        rows = await self._database.rows(
            "SELECT discord_id, quarantined_at FROM profiles WHERE quarantined_at IS NOT NULL"
            " ORDER BY quarantined_at DESC, user_id"
        )
        return tuple((discord_id, at) for discord_id, at in rows)

    async def count(self) -> int:
        return await self._database.count("SELECT count(*) FROM profiles")


def _profile(row: Row) -> Profile:
    user_id, discord_id, created_at, visibility, trains, adopted_user_id, compares, quarantined_at, list_defaults = row
    return Profile(
        user_id,
        discord_id,
        created_at,
        visibility,
        bool(trains),
        adopted_user_id,
        bool(compares),
        quarantined_at is not None,
        list_defaults,
    )
