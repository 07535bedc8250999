"""`rate`, `unrate`, `undo`, and the buttons under them."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.actions import action
from bot.chat.components import Press
from bot.chat.declaring import hybrid
from bot.chat.host import Host
from bot.chat.sending import answer, replace, respond, revise
from bot.chat.stars import number, stars
from bot.errors import InvalidStarsError, MissingArgumentError
from bot.imports import Imported
from bot.imports import replies as importing_ui
from bot.movies import replies as films_ui
from bot.movies.completion import complete_movie
from bot.movies.search import Choice
from bot.ratings import replies as ui
from bot.ratings.service import LastChange, TakenBack
from bot.ratings.stars import HALF_STARS, parse_stars
from bot.ratings.understanding import HowManyStars


class Rating(commands.Cog):
    """Rate films."""

    def __init__(self, bot: Host) -> None:
        self.bot = bot

    @commands.command(name="rate", aliases=["r"], extras={"cooldown": "write"})
    async def rate_text(self, ctx: commands.Context[Host], *, text: str = "") -> None:
        """Rate films, one per line: a title and 0.5 to 5 stars."""
        if not text.strip():
            raise MissingArgumentError("rate", "rate Heat 4.5")
        results = await self.bot.house.rating.rate_text(ctx.author.id, text, self.bot.time_of(ctx))
        await answer(ctx, ui.outcomes(ctx.author.id, results, self.bot.prefix_in(ctx.guild)))

    @app_commands.command(name="rate", extras={"cooldown": "write"})
    @app_commands.rename(given="stars")
    @app_commands.describe(movie="The film's title", given="0.5 to 5 in half steps, such as 4.5 or 9/10")
    @app_commands.autocomplete(movie=complete_movie)
    async def rate_slash(self, interaction: discord.Interaction[Host], movie: str, given: str) -> None:
        """Rate a film."""
        rating = parse_stars(given)
        if rating is None:
            raise InvalidStarsError(given)
        at = self.bot.time_of(interaction)
        result = await self.bot.house.rating.rate_title(interaction.user.id, movie, rating, at)
        await respond(interaction, ui.outcome(interaction.user.id, result, "/"))

    @rate_slash.autocomplete("given")
    async def complete_stars(
        self, interaction: discord.Interaction[Host], current: str
    ) -> list[app_commands.Choice[str]]:
        wanted = current.strip()
        return [
            app_commands.Choice(name=f"{stars(half)}  {number(half)}", value=number(half))
            for half in reversed(HALF_STARS)
            if number(half).startswith(wanted)
        ]

    @hybrid(kind="write")
    @app_commands.describe(movie="The film whose rating goes")
    @app_commands.autocomplete(movie=complete_movie)
    async def unrate(self, ctx: commands.Context[Host], *, movie: str = "") -> None:
        """Remove one of your ratings."""
        if not movie.strip():
            raise MissingArgumentError("unrate", "unrate Heat")
        found = self.bot.house.films.find(movie)
        if isinstance(found, Choice):
            await answer(ctx, films_ui.which(ctx.author.id, found, "unrate_film"))
            return
        result = await self.bot.house.rating.unrate(ctx.author.id, found, self.bot.time_of(ctx))
        await answer(ctx, ui.taken_back(ctx.author.id, result))

    @hybrid(kind="write")
    async def undo(self, ctx: commands.Context[Host]) -> None:
        """Take back your last rating."""
        result = await self.bot.house.rating.undo_last(ctx.author.id, self.bot.time_of(ctx))
        match result:
            case Imported():
                await answer(ctx, importing_ui.last_was_import(result))
            case LastChange():
                await answer(ctx, ui.last_change(result, self.bot.prefix_in(ctx.guild)))
            case TakenBack():
                await answer(ctx, ui.taken_back(ctx.author.id, result))

    @action("undo", command="undo", kind="write")
    async def undo_press(self, interaction: discord.Interaction[Host], press: Press) -> None:
        at = self.bot.time_of(interaction)
        result = await self.bot.house.rating.undo(interaction.user.id, press.number(0), at)
        await replace(interaction, ui.taken_back(interaction.user.id, result))

    @action("undo_all", command="undo", kind="write")
    async def undo_all(self, interaction: discord.Interaction[Host], press: Press) -> None:
        first_id, last_id = press.numbers(2)
        at = self.bot.time_of(interaction)
        results = await self.bot.house.rating.undo_all(interaction.user.id, first_id, last_id, at)
        await replace(interaction, ui.all_taken_back(interaction.user.id, results))

    @action("wrong_film", command="rate")
    async def wrong_film(self, interaction: discord.Interaction[Host], press: Press) -> None:
        write_id = press.number(0)
        movie = await self.bot.house.rating.written_film(interaction.user.id, write_id)
        candidates = self.bot.house.films.others_like(movie)
        message_id = interaction.message.id if interaction.message is not None else 0
        await respond(interaction, ui.wrong_film(interaction.user.id, write_id, message_id, movie, candidates))

    @action("correct", command="rate", kind="write")
    async def correct(self, interaction: discord.Interaction[Host], press: Press) -> None:
        write_id, message_id = press.numbers(2)
        movie = self.bot.house.films.by_id(press.chosen)
        at = self.bot.time_of(interaction)
        result = await self.bot.house.rating.correct(interaction.user.id, write_id, movie, at)
        reply = ui.rated(interaction.user.id, result)
        await replace(interaction, reply)
        await revise(interaction, message_id, reply)

    @action("rate_film", command="rate", kind="write")
    async def rate_chosen_film(self, interaction: discord.Interaction[Host], press: Press) -> None:
        movie = self.bot.house.films.by_id(press.chosen)
        if press.text(0) == "0":
            await replace(interaction, ui.outcome(interaction.user.id, HowManyStars(movie), "/"))
            return
        await self._rate(interaction, movie.movie_id, press.stars(0))

    @action("rate_stars", command="rate", kind="write")
    async def rate_chosen_stars(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await self._rate(interaction, press.number(0), press.chosen_stars)

    @action("rate_exactly", command="rate", kind="write")
    async def rate_exactly(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await self._rate(interaction, press.number(0), press.stars(1))

    async def _rate(self, interaction: discord.Interaction[Host], movie_id: int, given: float) -> None:
        movie = self.bot.house.films.by_id(movie_id)
        at = self.bot.time_of(interaction)
        result = await self.bot.house.rating.rate(interaction.user.id, movie, given, at)
        await replace(interaction, ui.rated(interaction.user.id, result))

    @action("which_stars", command="rate")
    async def ask_stars(self, interaction: discord.Interaction[Host], press: Press) -> None:
        movie = self.bot.house.films.by_id(press.subject)
        await respond(interaction, ui.how_many_stars(interaction.user.id, movie, ephemeral=True))

    @action("none_of_these", command="rate")
    async def none_of_these(self, interaction: discord.Interaction[Host], press: Press) -> None:
        await replace(interaction, films_ui.how_to_name(self.bot.house.films.catalogue.last_year))

    @action("unrate_film", command="unrate", kind="write")
    async def unrate_chosen(self, interaction: discord.Interaction[Host], press: Press) -> None:
        movie = self.bot.house.films.by_id(press.chosen)
        result = await self.bot.house.rating.unrate(interaction.user.id, movie, self.bot.time_of(interaction))
        await replace(interaction, ui.taken_back(interaction.user.id, result))


async def setup(bot: Host) -> None:
    await bot.add_cog(Rating(bot))
