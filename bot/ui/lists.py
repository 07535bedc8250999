"""Lists of films: recommendations and films like another."""

import discord

from bot.services.recommending import FilmList, ListedFilm, SimilarFilms
from bot.ui.components import ActionButton, view
from bot.ui.reply import ACCENT, Reply
from bot.ui.stars import guess
from bot.ui.text import EMBED_LIMIT, bold, cut, many, name

TITLE_LIMIT = 256


def embed(title: str, text: str, colour: discord.Colour = ACCENT) -> discord.Embed:
    return discord.Embed(title=cut(title, TITLE_LIMIT), description=cut(text, EMBED_LIMIT), colour=colour)


def line(film: ListedFilm) -> str:
    """`1. **Heat (1995)** ★ 4.3 ± 0.6 · 102 ratings`"""
    return f"{film.rank}. {bold(film.movie)} {guess(film.stars, film.stars_sd)} · {many(film.support, 'rating')}"


def recommendations(films: FilmList, prefix: str) -> Reply:
    """The list, what it rests on, and how to go on."""
    if not films.films:
        return Reply("That was the whole catalogue: there is no film left that you have not rated or seen here.")
    offset = films.films[0].rank > 1
    card = embed("More films for you" if offset else "Films for you", "\n".join(line(one) for one in films.films))
    card.set_footer(text=_basis(films.rated, prefix))
    return Reply(embed=card, view=view(ActionButton("More", "more", films.owner_id, films.list_id)))


def _basis(rated: int, prefix: str) -> str:
    if rated == 0:
        return f"What most people like, since you have rated nothing yet: {prefix}start finds out what you like"
    return f"From your {many(rated, 'rating')} · ★ our guess for you, ± its usual error"


def similar(films: SimilarFilms, *, ephemeral: bool = False) -> Reply:
    if not films.films:
        text = f"I know {bold(films.movie)}, but too few people rated it to say what is like it."
        return Reply(text, ephemeral=ephemeral)
    card = embed(f"Films like {name(films.movie)}", "\n".join(line(one) for one in films.films))
    card.set_footer(text="Liked by the same people · ★ our guess for you")
    return Reply(embed=card, ephemeral=ephemeral)
