"""`new` and `search`."""

from dataclasses import replace as changed
from typing import ClassVar

from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.cards import ControlRow
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.reply import Reply
from bot.finding import replies
from bot.finding.asking import card_of
from bot.finding.service import FindingService
from bot.lists import ListService
from bot.lists.asking import with_posters
from bot.lists.filters import PLAIN
from bot.movies import MovieService
from bot.movies.asking import places_named
from bot.tmdb import TmdbService


class FindingCog(commands.Cog, name="Finding", description="Find something to watch"):
    hears_anything: ClassVar[bool] = False

    def __init__(self, finding: FindingService, lists: ListService, movies: MovieService, tmdb: TmdbService) -> None:
        self._finding = finding
        self._lists = lists
        self._movies = movies
        self._tmdb = tmdb

    @hybrid(aliases=("newest",), kind="list", examples=("new", "new horror"))
    @app_commands.describe(wishes="Genres, as in comedy drama")
    async def new(self, ask: Ask, *, wishes: str = "") -> None:
        """The newest films I know that you should like."""
        shown = await self._lists.make(ask.user_id, self._finding.new(wishes), ask.at, guild_id=ask.guild_id)
        await ask.reply(await with_posters(ask, shown, self._tmdb))

    @hybrid(aliases=("find",), kind="list", examples=("search lord of the rings",))
    @app_commands.describe(title="A title, or a part of one")
    async def search(self, ask: Ask, *, title: str) -> None:
        """Films by a part of their title."""
        if (wanted := self._finding.wanted(title)) is not None:
            (movie, *others) = wanted.movies
            await ask.reply(
                replies.titled(ask.user_id, wanted)
                if others
                else await self._card(ask, movie.movie_id, await self._to_theme(ask, wanted.text))
            )
            return
        await ask.reply(replies.titled(ask.user_id, self._finding.titled(title)))

    async def _to_theme(self, ask: Ask, title: str) -> list[ControlRow]:
        """From the card of *Alien* to films with aliens."""
        theme = self._finding.theme(title)
        return (
            []
            if theme is None
            else replies.to_theme(ask.user_id, await self._lists.ask_back(ask.user_id, PLAIN, ask.at), theme)
        )

    def hears(self, ask: Ask, text: str) -> str | None:
        """`i want to watch Heat`, `is Heat any good?` and `heat` alone, said to the bot; or `films like Heat`."""
        if self._lists.asks_alike(text):
            return f"recommend {text}"
        if self._finding.wanted(text) is not None:
            return f"search {text}"
        title = self._finding.asked_about(places_named(ask, self._lists.search, text))  # is number 3 any good?
        if title is None:
            return None
        return f"movie {title}" if self._finding.theme(title) is None else f"search I want to watch {title}"

    async def _card(self, ask: Ask, movie_id: int, ways_on: list[ControlRow]) -> Reply:
        return await card_of(ask, self._movies, self._tmdb, movie_id, ways_on)

    @action("found_film", command="search", film=0)
    async def show(self, ask: Ask, press: Press) -> None:
        """A card tells what its asker gave the film, so it is for their eyes alone."""
        await ask.reply(changed(await self._card(ask, press.subject, []), ephemeral=True))
