"""Taking back what a member has changed, bringing it back, and pages of what that was."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from bot.chat.pages import PAGE, Page
from bot.errors import StaleComponentError, UserError
from bot.journal.sayings import What
from bot.movies import MovieSearch, UnknownTitleError
from data import Movie
from data.store import Change, Entry, Store
from data.store.changes import SETTINGS
from data.store.errors import AlreadySoError, ChangedSinceError


class NothingToUndoError(UserError):
    """The member has changed nothing that could be taken back."""


@dataclass(frozen=True, slots=True)
class ToldChange:
    """One change, and the film it was about; None for a setting."""

    change: Change
    movie: Movie | None


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """An entry with the films of its first changes."""

    entry: Entry
    changes: tuple[ToldChange, ...]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Entries were undone, or restored; several only by buttons of earlier versions."""

    owner_id: int
    entries: tuple[ToldEntry, ...]
    is_undo: bool


_CHOSEN = {*SETTINGS} - {"list_defaults"}
"""What is chosen by commands and buttons alone, and not said in passing."""
Why = Literal["large", "another", "several", "nothing", "more"]
"""It is an import; it may be another change than was meant; several were to be taken back; nothing of the film can be;
there is more in it than the film."""


@dataclass(frozen=True, slots=True)
class AskFirst:
    """An entry that is asked about before it is taken back; `film` is the one that was named."""

    owner_id: int
    told: ToldEntry
    why: Why
    film: Movie | None = None


@dataclass(frozen=True, slots=True)
class HistoryPage:
    owner_id: int
    page: Page
    entries: tuple[ToldEntry, ...]


class JournalService:
    """Members are Discord ids; an entry is named by any of its changes."""

    def __init__(self, store: Store, search: MovieSearch) -> None:
        self._store = store
        self._search = search

    async def undo(self, discord_id: int, *change_ids: int) -> TakenBack:
        """Take entries back, of several those that can be; raises StaleComponentError and what `Journal.undo` does."""
        user_id = await self._user_id(discord_id)
        return await self._each(
            discord_id, change_ids, lambda one: self._store.journal.undo(user_id, one), is_undo=True
        )

    async def restore(self, discord_id: int, *change_ids: int) -> TakenBack:
        """Bring back what was taken back; raises as `undo` does."""
        user_id = await self._user_id(discord_id)
        return await self._each(
            discord_id, change_ids, lambda one: self._store.journal.restore(user_id, one), is_undo=False
        )

    async def undo_last(self, discord_id: int, said: What | None = None) -> TakenBack | AskFirst:
        """Take back the member's newest entry; raises NothingToUndoError.

        It is asked about where it is an import, and where what was `said` may mean another change.
        """
        newest = await self._newest(discord_id)
        whats = {what for what, _ in newest.counts}
        why: Why | None = None
        if said == "several":
            why = "several"
        elif newest.source is not None:
            why = "large"
        elif (said == "it" and not whats.isdisjoint(_CHOSEN)) or (said == "rating" and "rating" not in whats):
            why = "another"
        if why is not None:
            return AskFirst(discord_id, self._told(newest), why)
        return await self.undo(discord_id, newest.entry_id)

    async def undo_of(self, discord_id: int, title: str) -> TakenBack | AskFirst:
        """Take back the newest entry of a film; asked about where more is in it. Raises NothingToUndoError."""
        last, film = await self._newest(discord_id), self.film(title)
        if film is None:
            return AskFirst(discord_id, self._told(last), "another")
        newest = await self._store.journal.newest(await self._user_id(discord_id), film.movie_id)
        if newest is None:
            return AskFirst(discord_id, self._told(last), "nothing", film)
        if {one.thing.movie_id for one in newest.changes} == {film.movie_id}:
            return await self.undo(discord_id, newest.entry_id)
        return AskFirst(discord_id, self._told(newest), "more", film)

    def film(self, title: str) -> Movie | None:
        """The film of that title, if that is beyond doubt."""
        try:
            found = self._search.find_kept(title)
        except UnknownTitleError:
            return None
        return found if isinstance(found, Movie) else None

    def is_name(self, title: str) -> bool:
        """Whether a film is called just that."""
        return self._search.is_name(title)

    async def _newest(self, discord_id: int) -> Entry:
        profile = await self._store.profiles.find(discord_id)
        newest = None if profile is None else await self._store.journal.newest(profile.user_id)
        if newest is None:
            raise NothingToUndoError
        return newest

    async def history(self, discord_id: int, number: int) -> HistoryPage:
        """One page of what the member has changed, counted from 0, the newest first."""
        profile = await self._store.profiles.find(discord_id)
        if profile is None:
            return HistoryPage(discord_id, Page.of(0, 0), ())
        page = Page.of(await self._store.journal.count_of(profile.user_id), number)
        entries = await self._store.journal.page(profile.user_id, limit=PAGE, offset=page.first)
        return HistoryPage(discord_id, page, tuple(map(self._told, entries)))

    async def press(self, discord_id: int, write_id: int) -> TakenBack:
        """What `Undo` does, and `Restore` of earlier versions, which named the write that had taken something back."""
        return await self.press_all(discord_id, write_id, write_id)

    async def press_all(self, discord_id: int, first: int, last: int) -> TakenBack:
        """The same for all that has a number from `first` to `last`."""
        user_id = await self._user_id(discord_id)
        if undone := await self._store.journal.restored_by(user_id, first, last):
            return await self.restore(discord_id, *undone)
        return await self.undo(discord_id, *await self._store.journal.entries_between(user_id, first, last))

    async def undo_import(self, discord_id: int, import_id: int) -> TakenBack:
        found = await self._store.journal.entry_of_import(await self._user_id(discord_id), import_id)
        return await self.undo(discord_id, *(() if found is None else (found,)))

    async def undo_removal(self, discord_id: int, at: int) -> TakenBack:
        """Bring back the ratings that were removed at that second."""
        found = await self._store.journal.removal_at(await self._user_id(discord_id), at)
        return await self.undo(discord_id, *(() if found is None else (found,)))

    async def _user_id(self, discord_id: int) -> int:
        profile = await self._store.profiles.find(discord_id)
        if profile is None:
            raise StaleComponentError
        return profile.user_id

    async def _each(
        self, discord_id: int, change_ids: tuple[int, ...], do: Callable[[int], Awaitable[Entry]], *, is_undo: bool
    ) -> TakenBack:
        done, refused = [], None
        for change_id in change_ids:
            try:
                done.append(self._told(await do(change_id)))
            except (AlreadySoError, ChangedSinceError) as error:
                refused = error
        if not done:
            raise refused or StaleComponentError
        return TakenBack(discord_id, tuple(done), is_undo)

    def _told(self, entry: Entry) -> ToldEntry:
        films = (
            None if one.thing.movie_id is None else self._search.named(one.thing.movie_id) for one in entry.changes
        )
        return ToldEntry(entry, tuple(map(ToldChange, entry.changes, films)))
