"""Films to choose from while a title is being typed into a slash command."""

from collections.abc import Iterable

import discord
from discord import app_commands

from bot.chat.host import Host
from bot.chat.text import option
from data import Movie

CHOICES = 25
"""Discord shows no more."""


async def complete_movie(interaction: discord.Interaction[Host], current: str) -> list[app_commands.Choice[str]]:
    """For `@app_commands.autocomplete(movie=complete_movie)`."""
    return choices(interaction.client.house.films.complete(current, CHOICES))


def choices(movies: Iterable[Movie]) -> list[app_commands.Choice[str]]:
    """Each film by its label; its value is its number, which names it beyond doubt."""
    return [app_commands.Choice(name=option(movie), value=f"id:{movie.movie_id}") for movie in movies]
