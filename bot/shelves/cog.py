"""`watchlist`, `hide` and `seen`: films put aside by words, buttons and selects."""

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import hybrid, hybrid_group, subcommand
from bot.movies.asking import OFFERED, MoviesNamed, beyond_doubt, films_meant, offered, several_named
from bot.movies.pronouns import is_pronoun
from bot.shelves import replies
from bot.shelves.sayings import saying
from bot.shelves.service import ShelfService
from bot.shelves.watchlist import WatchlistOrder, WatchlistService
from bot.tmdb import TmdbService
from bot.tmdb.asking import posters_for
from data import Movie
from data.store import SHELVES, Shelf

BY_WORD: dict[str, Shelf] = {shelf: shelf for shelf in SHELVES}
Wanted = Annotated[tuple[Movie, ...], MoviesNamed("shelf_put", "watchlist")]
Unwanted = Annotated[tuple[Movie, ...], MoviesNamed("shelf_put", "hidden")]
Seen = Annotated[tuple[Movie, ...], MoviesNamed("shelf_put", "seen")]
_SEVERAL = frozenset({"watchlist add", "hide add", "seen add"})
"""The commands that take several films."""


class ShelvesCog(commands.Cog, name="Shelves", description="Your lists"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, shelves: ShelfService, watchlist: WatchlistService, tmdb: TmdbService) -> None:
        self._shelves = shelves
        self._watchlist = watchlist
        self._tmdb = tmdb

    def hears(self, ask: Ask, text: str) -> str | None:
        """`Add Heat to my watchlist` and `hide it`, said to the bot; loosely said, of a film that is known."""
        said, search = saying(text), self._shelves.search
        if said is None or search.is_name(text):  # there is a film called Hide and Seek
            return None
        genres = {genre.casefold() for genre in search.catalogue.genres}
        films = films_meant(ask, search, said.title) if said.title else ()
        if not films and said.may_name and not search.is_name(said.title):
            named = search.each_named(said.title)
            films = () if genres & {one.title.casefold() for one in named} else tuple(one.movie_id for one in named)
        if len(films) > 1 and said.command in _SEVERAL:
            return f"{said.command} {', '.join(f'id:{film}' for film in films)}"
        if len(films) == 1:
            return f"{said.command} id:{films[0]}"
        title = "" if is_pronoun(said.title) else said.title
        is_meant = said.is_plain or (said.may_name and bool(title) and search.is_name(title))
        if not is_meant or title.casefold() in genres:
            return None
        return f"{said.command} {title}".strip()

    @hybrid_group(
        fallback="show",
        aliases=("wl",),
        personal=True,
        examples=("watchlist", "watchlist add Heat", "wl Heat", "watchlist remove Heat", "watchlist pick"),
    )
    async def watchlist(self, ask: Ask) -> None:
        """The films you want to see; add, remove, or let me pick one for tonight."""
        if text := ask.rest:  # !wl Heat
            await self._put_named(ask, "watchlist", text)
        else:
            await self._show_watchlist(ask, "newest", 0)

    @subcommand(watchlist, name="add", kind="write", examples=("watchlist add Heat", "watchlist add Heat, Alien"))
    @app_commands.describe(movie="The film you want to see")
    async def watchlist_add(self, ask: Ask, *, movie: Wanted) -> None:
        """Put a film on your watchlist."""
        await self._put_all(ask, "watchlist", movie)

    @subcommand(watchlist, name="remove", kind="write", examples=("watchlist remove Heat",))
    @app_commands.describe(movie="A film on your watchlist")
    async def watchlist_remove(self, ask: Ask, *, movie: str) -> None:
        """Take a film off your watchlist."""
        await self._take_named(ask, "watchlist", movie)

    @subcommand(watchlist, kind="list")
    async def pick(self, ask: Ask) -> None:
        """One film of your watchlist for tonight."""
        await ask.reply(replies.picked(ask.user_id, await self._watchlist.pick(ask.user_id)))

    @hybrid_group(
        fallback="list",
        aliases=("notinterested",),
        personal=True,
        examples=("hide Heat", "hide", "hide remove Heat"),
    )
    async def hide(self, ask: Ask) -> None:
        """Keep a film out of your lists, or see which ones you keep out."""
        if text := ask.rest:  # !hide Heat
            await self._put_named(ask, "hidden", text)
        else:
            await self._show(ask, "hidden", 0)

    @subcommand(hide, name="add", kind="write", examples=("hide add Heat", "hide add Heat, Alien"))
    @app_commands.describe(movie="The film you want to hear no more of")
    async def hide_add(self, ask: Ask, *, movie: Unwanted) -> None:
        """Keep a film out of your lists."""
        await self._put_all(ask, "hidden", movie)

    @subcommand(hide, name="remove", kind="write", examples=("hide remove Heat",))
    @app_commands.describe(movie="A film you hid")
    async def hide_remove(self, ask: Ask, *, movie: str) -> None:
        """Let a film come up in your lists again."""
        await self._take_named(ask, "hidden", movie)

    @hybrid_group(fallback="list", personal=True, examples=("seen Heat", "seen", "unseen Heat"))
    async def seen(self, ask: Ask) -> None:
        """Note a film you have seen, without stars; it stays out of your lists."""
        if text := ask.rest:  # !seen Heat
            await self._put_named(ask, "seen", text)
        else:
            await self._show(ask, "seen", 0)

    @subcommand(seen, name="add", kind="write", examples=("seen add Heat", "seen add Heat, Alien"))
    @app_commands.describe(movie="The film you have seen")
    async def seen_add(self, ask: Ask, *, movie: Seen) -> None:
        """Note a film you have seen, without stars."""
        await self._put_all(ask, "seen", movie)

    @hybrid(kind="write", examples=("unseen Heat",))
    @app_commands.describe(movie="A film you have not seen after all")
    async def unseen(self, ask: Ask, *, movie: str) -> None:
        """Let a film come up again that you had noted as seen."""
        await self._take_named(ask, "seen", movie)

    @unseen.autocomplete("movie")
    async def complete_seen(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return offered(await self._shelves.complete(interaction.user.id, "seen", current, OFFERED))

    @watchlist_remove.autocomplete("movie")
    async def complete_wanted(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return offered(await self._shelves.complete(interaction.user.id, "watchlist", current, OFFERED))

    @hide_remove.autocomplete("movie")
    async def complete_hidden(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return offered(await self._shelves.complete(interaction.user.id, "hidden", current, OFFERED))

    async def _put_named(self, ask: Ask, shelf: Shelf, text: str) -> None:
        said = saying(f"hide {text}") if shelf == "hidden" and not self._shelves.search.is_name(text) else None
        text = text if said is None else said.title  # hide Heat from my lists
        search = self._shelves.search
        if several := several_named(ask, search, text):
            await self._put_all(ask, shelf, several)
            return
        films = films_meant(ask, search, text)  # @Marquee hide it
        movie_id = films[0] if films else beyond_doubt(search.look_up(text), "shelf_put", shelf).movie_id
        await self._put(ask, shelf, movie_id)

    async def _take_named(self, ask: Ask, shelf: Shelf, text: str) -> None:
        """Which of the films on the shelf is meant."""
        found = await self._shelves.look_up(ask.user_id, shelf, text)
        await self._take(ask, shelf, beyond_doubt(found, "shelf_take", shelf).movie_id)

    async def _put_all(self, ask: Ask, shelf: Shelf, movies: Sequence[Movie]) -> None:
        if len(movies) == 1:
            await self._put(ask, shelf, movies[0].movie_id)
            return
        result = await self._shelves.put_all(ask.user_id, shelf, [movie.movie_id for movie in movies], ask.at)
        await ask.reply(replies.shelved_all(ask.user_id, result))

    async def _put(self, ask: Ask, shelf: Shelf, movie_id: int) -> None:
        result = await self._shelves.put(ask.user_id, shelf, movie_id, ask.at)
        await ask.replace(replies.shelved(ask.user_id, result))

    async def _take(self, ask: Ask, shelf: Shelf, movie_id: int) -> None:
        result = await self._shelves.take(ask.user_id, shelf, movie_id, ask.at)
        await ask.replace(replies.shelved(ask.user_id, result))

    @action("shelf_put", command="watchlist", kind="write")
    async def put(self, ask: Ask, press: Press) -> None:
        """The film chosen where several had the typed name."""
        await self._put(ask, press.word(0, BY_WORD), press.chosen)

    @action("shelf_take", command="watchlist", kind="write")
    async def take(self, ask: Ask, press: Press) -> None:
        """The film chosen where several had the typed name, or that of a button."""
        await self._take(ask, press.word(0, BY_WORD), press.chosen if press.values else press.number(1))

    @action("shelf_card", command="watchlist", kind="write", film=1)
    async def put_from_card(self, ask: Ask, press: Press) -> None:
        """A card is everybody's: each learns for themselves where the film stands now, and how to take it off."""
        await self._put_privately(ask, press.word(0, BY_WORD), press.number(1))

    @action("list_hide", command="recommend", kind="write")
    async def hide_from_list(self, ask: Ask, press: Press) -> None:
        await self._put_privately(ask, "hidden", press.chosen)

    async def _put_privately(self, ask: Ask, shelf: Shelf, movie_id: int) -> None:
        result = await self._shelves.put(ask.user_id, shelf, movie_id, ask.at)
        await ask.reply(replies.shelved(ask.user_id, result, ephemeral=True))

    @action("shelf_undo", command="watchlist", kind="write", film=0)
    async def go_back(self, ask: Ask, press: Press) -> None:
        """`Undo` and `Restore` under messages of earlier versions."""
        movie_id, now, then = press.number(0), replies.read(press.text(1)), replies.read(press.text(2))
        result = await self._shelves.go_back(ask.user_id, movie_id, now, then, ask.at)
        await ask.replace(replies.shelved(ask.user_id, result))

    async def _show_watchlist(self, ask: Ask, order: WatchlistOrder, page: int) -> None:
        shown = await self._watchlist.page(ask.user_id, order, page)
        told = await posters_for(ask, self._tmdb, (one.movie for one in shown.movies))
        await ask.replace(replies.watchlist(shown, ask.prefix, told))

    async def _show(self, ask: Ask, shelf: Shelf, page: int) -> None:
        await ask.replace(replies.shelf(await self._shelves.page(ask.user_id, shelf, page), ask.prefix))

    @action("watchlist_page", command="watchlist")
    async def turn_watchlist(self, ask: Ask, press: Press) -> None:
        orders: dict[str, WatchlistOrder] = {"newest": "newest", "best": "best"}
        await self._show_watchlist(ask, press.word(0, orders), press.number(1, default=0))

    @action("hidden_page", command="hide")
    async def turn_hidden(self, ask: Ask, press: Press) -> None:
        await self._show(ask, "hidden", press.number(0))

    @action("seen_page", command="seen")
    async def turn_seen(self, ask: Ask, press: Press) -> None:
        await self._show(ask, "seen", press.number(0))

    @action("watchlist_pick", command="watchlist pick", kind="list")
    async def pick_press(self, ask: Ask, press: Press) -> None:
        """Under the list a pick is a message of its own; under a pick another one takes its place."""
        but = press.number(0) if press.arguments else None
        reply = replies.picked(ask.user_id, await self._watchlist.pick(ask.user_id, but))
        await (ask.reply if but is None else ask.replace)(reply)
