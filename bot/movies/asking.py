"""A film as an argument of a command: looked up, offered while it is typed, and asked about where it is in doubt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.ask import Ask
from bot.chat.errors import explanation
from bot.chat.host import Host
from bot.chat.reply import Reply
from bot.chat.text import option
from bot.errors import UserError
from bot.movies.adding import AddingService, NewFilm
from bot.movies.pronouns import is_it, is_spoken_of, names_place, placed, with_places_named
from bot.movies.replies import new_film, which
from bot.movies.search import Choice, MovieSearch, NarrowedError, PlaceError, UnknownTitleError
from data import Movie

COG = "Movies"
"""The cog whose `search` and `adding` are used."""

OFFERED = 25
"""Discord shows no more."""


@dataclass(eq=False)
class WhichMovieError(UserError):
    """It is in doubt which film is meant. Choosing one performs `action`, which gets the `arguments` too."""

    choice: Choice
    action: str
    arguments: tuple[object, ...] = ()


@dataclass(eq=False)
class NewFilmError(UserError):
    """Nobody here knows the film yet, and it may be added."""

    film: NewFilm


_NUMBER_APART = re.compile(r"(?:^|,|&|\b(?:and|und))\s*#?\d{1,2}\s*(?:$|,|&|(?:and|und)\b)", re.IGNORECASE)
_PLACE = re.compile(r"(?:(?:number|no\.?|nr\.?|nummer|#) ?)\d{1,2}[\s.!?]*", re.IGNORECASE)


@explanation.register
def _(error: NewFilmError, ask: Ask) -> Reply:
    return new_film(ask.user_id, error.film)


@explanation.register
def _(error: WhichMovieError, ask: Ask) -> Reply:
    return which(ask.user_id, error.choice, error.action, *error.arguments)


def beyond_doubt(found: Movie | Choice, action: str, *arguments: object) -> Movie:
    """The film that was found; raises WhichMovieError where there are several."""
    if isinstance(found, Choice):
        raise WhichMovieError(found, action, arguments)
    return found


def films_meant(ask: Ask, search: MovieSearch, title: str) -> tuple[int, ...]:
    """The film spoken of that a pronoun stands for, or those of a list that are named by their places; else none.

    A film that is called so goes before a place, unless the list is replied to or numbers are said: that of a list just
    read is meant far more often than *9 (2009)*.
    """
    if is_it(title):
        film = ask.film_spoken_of
        return () if film is None else (film,)
    listed = ask.list_spoken_of if is_spoken_of(title) else None
    is_numbers = not any(map(str.isalpha, title))
    if listed is None or not (ask.is_reply or is_numbers or not search.is_name(title)):
        return ()
    return tuple(dict.fromkeys(placed(title, listed.films, listed.first)))


def several_named(ask: Ask, search: MovieSearch, text: str) -> tuple[Movie, ...]:
    """The films of a list that are named by their places, or those named one after another; none where it is one.

    None either where, right after a list, a number may be a place or a film: `1 and Heat`.
    """
    if len(films := films_meant(ask, search, text)) > 1:
        return search.of_ids(films)
    named = tuple({one.movie_id: one for one in search.each_named(text)}.values())
    is_mixed = _NUMBER_APART.search(text) is not None and ask.list_spoken_of is not None
    return named if len(named) > 1 and not is_mixed else ()


def places_named(ask: Ask, search: MovieSearch, text: str) -> str:
    """`is number 3 any good`, right after a list, with the film in place of where it stands there."""
    if not names_place(text) or search.is_name(text):
        return text

    def name(said: str) -> str:
        films = films_meant(ask, search, said)
        return search.named(films[0]).label if len(films) == 1 else said

    return with_places_named(text, name)


class MovieNamed(commands.Converter[Movie], app_commands.Transformer):
    """For `movie: Annotated[Movie, MovieNamed("why_chosen")]`; `action` is performed by who had to choose.

    With `strictly` a little-known film of that name is asked about, too: for what is written. With `is_kept` a film is
    found that the catalogue has no more: for what is taken back.
    """

    def __init__(self, action: str, *arguments: object, strictly: bool = False, is_kept: bool = False) -> None:
        super().__init__()
        self._action = action
        self._arguments = arguments
        self._strictly = strictly
        self._is_kept = is_kept

    async def convert(self, ctx: commands.Context[Any], argument: str) -> Movie:
        return await self._meant(Ask(ctx), argument)

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> Movie:
        return await self._meant(Ask(interaction), value)

    def title_in(self, search: MovieSearch, text: str) -> str:
        """The title in what was typed, for a command that is asked in more words than that."""
        return text

    async def _meant(self, ask: Ask, text: str) -> Movie:
        search = _search(ask.bot)
        films = () if is_it(text) and search.is_name(text) else films_meant(ask, search, text)
        if len(films) == 1:  # why the second one?
            text = f"id:{films[0]}"
        try:
            return self._found(ask.bot, self.title_in(_search(ask.bot), text))
        except UnknownTitleError as error:
            if _PLACE.fullmatch(error.text):
                raise PlaceError(error.text) from None
            if (
                not self._is_kept
                and (found := await _adding(ask.bot).find(ask.user_id, error.text, ask.at)) is not None
            ):
                if isinstance(found, NewFilm):
                    raise NewFilmError(found) from None
                return beyond_doubt(found, self._action, *self._arguments)
            raise

    def _found(self, bot: Host, text: str) -> Movie:
        search = _search(bot)
        if self._is_kept:
            found = search.find_kept(text)
        else:
            found = search.look_up(text) if self._strictly else search.find(text)
        return beyond_doubt(found, self._action, *self._arguments)

    async def autocomplete(  # type: ignore[override]
        self, interaction: discord.Interaction[Any], current: str, /
    ) -> list[app_commands.Choice[str]]:
        if self._is_kept:
            return offered(_search(interaction.client).complete_kept(current, OFFERED))
        return await complete_movie(interaction, current)


class MoviesNamed(commands.Converter[tuple[Movie, ...]], app_commands.Transformer):
    """For `movies: Annotated[tuple[Movie, ...], MoviesNamed("shelf_put", "watchlist")]`: one film, or several in a row.

    Several are taken where each is beyond doubt; else the text names one film, as for `MovieNamed`.
    """

    def __init__(self, action: str, *arguments: object) -> None:
        super().__init__()
        self._one = MovieNamed(action, *arguments, strictly=True)

    async def convert(self, ctx: commands.Context[Any], argument: str) -> tuple[Movie, ...]:
        return several_named(Ask(ctx), _search(ctx.bot), argument) or (await self._one.convert(ctx, argument),)

    async def transform(self, interaction: discord.Interaction[Any], value: str, /) -> tuple[Movie, ...]:
        several = several_named(Ask(interaction), _search(interaction.client), value)
        return several or (await self._one.transform(interaction, value),)

    async def autocomplete(  # type: ignore[override]
        self, interaction: discord.Interaction[Any], current: str, /
    ) -> list[app_commands.Choice[str]]:
        return await complete_movie(interaction, current)


_BUT = re.compile(r"(?P<title>.+?),? (?:but|aber) .+", re.IGNORECASE)


class SimilarNamed(MovieNamed):
    """Raises NarrowedError for a film with a wish behind it, which is a list's matter."""

    def title_in(self, search: MovieSearch, text: str) -> str:
        said = None if search.is_name(text) else _BUT.fullmatch(text)
        if said is not None and search.is_name(said["title"]):
            raise NarrowedError(text)
        return text


def _search(bot: Host | commands.Bot) -> MovieSearch:
    return cast("MovieSearch", getattr(bot.get_cog(COG), "search"))  # noqa: B009 - a cog of this topic


def _adding(bot: Host) -> AddingService:
    return cast("AddingService", getattr(bot.get_cog(COG), "adding"))  # noqa: B009 - a cog of this topic


async def complete_movie(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
    """For `@app_commands.autocomplete(movie=complete_movie)`."""
    return offered(_search(interaction.client).complete(current, OFFERED))


def offered(movies: Iterable[Movie]) -> list[app_commands.Choice[str]]:
    """Each film by its label; its value is its number, which names it beyond doubt."""
    return [app_commands.Choice(name=option(movie), value=f"id:{movie.movie_id}") for movie in movies]
