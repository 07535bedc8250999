"""Lists of films: a line of one, and films like another."""

import discord

from bot.chat.reply import ACCENT, Reply
from bot.chat.stars import guess, stars
from bot.chat.text import EMBED_LIMIT, bold, cut, many, name
from bot.movies.service import ListedFilm, SimilarFilms

TITLE_LIMIT = 256


def embed(title: str, text: str, colour: discord.Colour = ACCENT) -> discord.Embed:
    return discord.Embed(title=cut(title, TITLE_LIMIT), description=cut(text, EMBED_LIMIT), colour=colour)


def line(film: ListedFilm) -> str:
    """`1. **Heat (1995)** ★ 4.3 ± 0.6 · 102 ratings`, or `you gave ★★★★` in place of a guess."""
    own = film.own_stars
    told = guess(film.stars, film.stars_sd) if own is None else f"you gave {stars(own)}"
    return f"{film.rank}. {bold(film.movie)} {told} · {many(film.support, 'rating')}"


def similar(films: SimilarFilms, *, ephemeral: bool = False) -> Reply:
    if not films.films:
        text = f"I know {bold(films.movie)}, but too few people rated it to say what is like it."
        return Reply(text, ephemeral=ephemeral)
    card = embed(f"Films like {name(films.movie)}", "\n".join(line(one) for one in films.films))
    card.set_footer(text="Liked by the same people · ★ my guess for you")
    return Reply(embed=card, ephemeral=ephemeral)
