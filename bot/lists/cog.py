"""`recommend`, and the controls under a list."""

import re
from dataclasses import replace
from typing import Any, ClassVar, get_args

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.ask import Ask
from bot.chat.components import Press
from bot.chat.declaring import by_prefix, by_slash, examples_of
from bot.chat.language import gettext, gettext_noop
from bot.errors import UsageError
from bot.lists import replies, wish_replies
from bot.lists.asking import followed, with_posters
from bot.lists.dials import DIALS
from bot.lists.filter_replies import genre_choices
from bot.lists.filters import LIST_LENGTH, Depth, ListSource
from bot.lists.following import asks_for_more
from bot.lists.service import ListService
from bot.lists.wishes import Reading
from bot.lists.wishes.reading import OfferKind
from bot.movies.asking import places_named
from bot.movies.pronouns import begins_with_place
from bot.tmdb import TmdbService
from data import Movie

OFFERED = 25
"""Discord shows no more."""

_LIKE = re.compile(r"\b(?:like|similar to|wie)\b", re.IGNORECASE)

OFFER_KINDS: dict[str, OfferKind] = {kind: kind for kind in get_args(OfferKind)}


class ListsCog(commands.Cog, name="Lists", description="Find something to watch"):
    hears_anything: ClassVar[bool] = True

    def __init__(self, lists: ListService, tmdb: TmdbService) -> None:
        self._lists = lists
        self._tmdb = tmdb

    @by_prefix(
        name="recommend",
        aliases=("rec", "recs"),
        kind="list",
        examples=(
            "recommend",
            "recommend 5",
            gettext_noop("recommend something funny from the 90s, not romance"),
            gettext_noop("recommend like Up but darker"),
            gettext_noop("recommend sci-fi under 2h by Nolan"),
            gettext_noop("recommend watchlist 1990-1999 popular"),
        ),
    )
    async def recommend_text(self, ask: Ask, *, wishes: str = "") -> None:
        """Ten films for you; say what you are in the mood for to narrow them."""
        await self._recommend(ask, wishes)

    @by_prefix(name="more", aliases=("next", "mehr", "weiter"), hidden=True, kind="list", examples=("more",))
    async def more_text(self, ask: Ask, *, wishes: str = "") -> None:
        """The films behind those you were just shown, or a list of what you wish for."""
        if asks_for_more(wishes) or asks_for_more(f"next {wishes}") or asks_for_more(f"more {wishes}"):
            wishes = "more"  # next page, more of these
        reading = self._lists.words.read(wishes)
        if wishes != "more" and reading.filters.is_plain and not reading.unread:  # next week?
            raise UsageError(examples_of(self.more_text)[0], wishes)
        await self._recommend(ask, wishes)

    async def _recommend(self, ask: Ask, wishes: str) -> None:
        if (following := followed(ask, self._lists, wishes)) is not None:
            shown = await self._lists.follow(ask.user_id, *following, ask.at, ask.guild_id)
            await ask.reply(await with_posters(ask, shown, self._tmdb))
            return
        wishes, words = self._with_places_named(ask, wishes), self._lists.words
        await self._answer(ask, words.read(wishes), words.namesake(wishes))

    def hears(self, ask: Ask, text: str) -> str | None:
        """`something funny for tonight`, said to the bot; who names others there asks for all of them."""
        command = None if ask.ctx is None else ask.ctx.command
        if "<@" in text or (command is not None and command.name == "recommend"):
            return None
        text = self._with_places_named(ask, text)
        return f"recommend {text}" if self._lists.is_wish(text, like=command is not None) else None

    def _with_places_named(self, ask: Ask, text: str) -> str:
        """`like number 3 but newer`, right after a list, or `number 3 but newer`, with the film's name."""
        wish = f"like {text}" if begins_with_place(text) else text
        named = places_named(ask, self._lists.search, wish)
        return named if named != wish and _LIKE.search(wish) else text

    @by_slash(name="recommend", kind="list")
    @app_commands.describe(
        wish="In your own words: something funny from the 90s, like Up but darker",
        genre="One genre or several; “and” between them asks for all of them",
        without="Genres to leave out",
        years="Such as 1994, 90s, 1990-1999 or since 2010",
        length="Such as under 2h or over 90 minutes",
        people="Such as by Nolan or with Tom Hanks",
        origin="A language or country, such as Korean",
        depth="What many people know, or what few have seen",
        source="All films, or those on your watchlist",
        count="How many films, 1 to 10",
    )
    async def recommend_slash(
        self,
        ask: Ask,
        wish: str = "",
        genre: str = "",
        without: str = "",
        years: str = "",
        length: str = "",
        people: str = "",
        origin: str = "",
        depth: Depth = "balanced",
        source: ListSource = "all",
        count: app_commands.Range[int, 1, LIST_LENGTH] = LIST_LENGTH,
    ) -> None:
        """Films you have not seen and will like."""
        words = self._lists.words
        parts = (genre, without, years, length, people, origin)
        named = words.read_parts(*parts, depth=depth, source=source, count=count)
        reading = words.read(wish)
        says = reading.says_something or not named.is_plain or not wish.strip()
        await self._answer(ask, replace(reading, filters=reading.filters.joined(named), says_something=says))

    async def _answer(self, ask: Ask, reading: Reading, namesake: Movie | None = None) -> None:
        """A list of what was understood; a question where nothing was. A `namesake` is a film that is called so too."""
        if reading.unread and not reading.says_something:
            draft_id = await self._lists.ask_back(ask.user_id, reading.filters, ask.at)
            await ask.reply(wish_replies.ask_back(reading.unread, ask.user_id, draft_id, ask.prefix))
            return
        shown = await self._lists.make(ask.user_id, reading.filters, ask.at, guild_id=ask.guild_id)
        await ask.reply(await with_posters(ask, shown, self._tmdb, reading.unread, namesake))

    @action("wish_also", command="recommend", kind="list")
    async def also(self, ask: Ask, press: Press) -> None:
        list_id, kind, value = press.number(0), press.word(1, OFFER_KINDS), press.text(2)
        shown = await self._lists.make_also(ask.user_id, list_id, kind, value, ask.at, ask.guild_id)
        await ask.reply(await with_posters(ask, shown, self._tmdb))

    @recommend_slash.autocomplete("genre")
    @recommend_slash.autocomplete("without")
    async def complete_genre(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return genre_choices(self._lists.words.complete(current, OFFERED))

    @recommend_slash.autocomplete("origin")
    async def complete_origin(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        named = ((gettext(one), one) for one in self._lists.places())
        found = [(name, one) for name, one in named if name.casefold().startswith(current.strip().casefold())]
        return [app_commands.Choice(name=name, value=one) for name, one in found[:OFFERED]]

    @recommend_slash.autocomplete("years")
    async def complete_years(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        decades = [gettext("{decade}s", decade=first) for first in reversed(self._lists.decades())]
        found = [one for one in decades if current.strip() in one][:OFFERED]
        return [app_commands.Choice(name=one, value=one) for one in found]

    @action("more", command="recommend", kind="list")
    async def more(self, ask: Ask, press: Press) -> None:
        shown = await self._lists.more(ask.user_id, press.number(0), ask.guild_id)
        await ask.reply(await with_posters(ask, shown, self._tmdb))

    @action("list_turn", command="recommend", kind="list", of_list=True)
    async def turn(self, ask: Ask, press: Press) -> None:
        """The same list with one thing otherwise."""
        list_id, first = press.numbers(2)
        dial = press.chosen_word(DIALS)
        shown = await self._lists.turned(ask.user_id, list_id, first, dial, ask.at, ask.guild_id)
        await ask.reply(await with_posters(ask, shown, self._tmdb))

    @action("why_list", command="recommend", of_list=True)
    async def why(self, ask: Ask, press: Press) -> None:
        list_id, first = press.numbers(2)
        movies = await self._lists.page(ask.user_id, list_id, first)
        await ask.reply(replies.why(ask.user_id, movies))
