"""What is kept about a member, who sees it, what it is used for, and its end."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.errors import StaleComponentError, UserError
from data.store import Change, Holdings, Store, Visibility

log = logging.getLogger(__name__)

ASKED_FOR_S = 15 * 60
"""How long a member may think about a deletion until they are shown anew what would go."""


Forget = Callable[[int], Awaitable[None]]


class NothingStoredError(UserError):
    """An export or deletion where there is nothing of the member's."""


@dataclass(frozen=True, slots=True)
class PrivacyCard:
    """What is kept about `owner_id`; nothing, and the settings somebody new begins with, without a profile.

    `change_id` is that of a setting that was chosen now; None where none was, or it stood so already.
    """

    owner_id: int
    held: Holdings
    change_id: int | None = None


@dataclass(frozen=True, slots=True)
class Deletion:
    """A deletion that waits for the second step; `again` where it was asked before, and no longer is so."""

    owner_id: int
    held: Holdings
    asked_at: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was deleted, and when. The code stands in the log beside the time and is made of nothing."""

    held: Holdings
    deleted_at: int
    code: str


class PrivacyService:
    """Use cases of privacy. Members are Discord ids; times are UTC epoch seconds."""

    def __init__(self, store: Store, forget: Forget | None = None) -> None:
        """`forget` lets memory go of the member with a Discord id, once their rows are gone."""
        self._store = store
        self._forget = forget

    async def card(self, discord_id: int) -> PrivacyCard:
        """What is kept; looking makes no profile."""
        return PrivacyCard(discord_id, await self._store.personal.holdings(discord_id))

    async def show_to(self, discord_id: int, visibility: Visibility, at: int) -> PrivacyCard:
        """Choose who sees the member's ratings and profile."""
        profile = await self._store.profiles.get_or_create(discord_id, at)
        change = await self._store.profiles.set_visibility(profile.user_id, visibility, at)
        return await self._changed(discord_id, change)

    async def train_on(self, discord_id: int, trains: bool, at: int) -> PrivacyCard:
        """Choose whether the next training uses the member's ratings; their own lists need no training."""
        profile = await self._store.profiles.get_or_create(discord_id, at)
        change = await self._store.profiles.set_trains(profile.user_id, trains, at)
        return await self._changed(discord_id, change)

    async def compare(self, discord_id: int, compares: bool, at: int) -> PrivacyCard:
        """Choose whether the member's taste may be compared with that of others who want it too."""
        profile = await self._store.profiles.get_or_create(discord_id, at)
        change = await self._store.profiles.set_compares(profile.user_id, compares, at)
        return await self._changed(discord_id, change)

    async def _changed(self, discord_id: int, change: Change | None) -> PrivacyCard:
        return replace(await self.card(discord_id), change_id=None if change is None else change.change_id)

    async def ask_to_delete(self, discord_id: int, at: int, *, again: bool = False) -> Deletion:
        """The first step: what would go. Raises NothingStoredError."""
        held = await self._store.personal.holdings(discord_id)
        if not held.total:
            raise NothingStoredError
        return Deletion(discord_id, held, at, again)

    async def delete(self, discord_id: int, user_id: int, rows: int, asked_at: int, at: int) -> Receipt | Deletion:
        """The second step, for the profile and number of rows that were shown; asks again where they changed.

        Raises NothingStoredError, and StaleComponentError where the profile is another one by now.
        """
        asked = await self.ask_to_delete(discord_id, at, again=True)
        if (asked.held.user_id or 0) != user_id:
            raise StaleComponentError
        if asked.held.total != rows or at - asked_at > ASKED_FOR_S:
            return asked
        held = await self._store.personal.delete(discord_id, at)
        if not held.total:  # another press was faster
            raise NothingStoredError
        if self._forget is not None:
            await self._forget(discord_id)
        code = secrets.token_hex(4)
        log.info("a member was deleted: %s rows, receipt %s", held.total, code)
        return Receipt(held, at, code)
