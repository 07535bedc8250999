"""Genres as people read them."""

from bot.chat.language import gettext, gettext_noop

GENRES = (
    gettext_noop("Action"),
    gettext_noop("Adventure"),
    gettext_noop("Animation"),
    gettext_noop("Biography"),
    gettext_noop("Children"),
    gettext_noop("Comedy"),
    gettext_noop("Crime"),
    gettext_noop("Documentary"),
    gettext_noop("Drama"),
    gettext_noop("Family"),
    gettext_noop("Fantasy"),
    gettext_noop("Film-Noir"),
    gettext_noop("History"),
    gettext_noop("Horror"),
    gettext_noop("IMAX"),
    gettext_noop("Music"),
    gettext_noop("Musical"),
    gettext_noop("Mystery"),
    gettext_noop("Romance"),
    gettext_noop("Sci-Fi"),
    gettext_noop("Sport"),
    gettext_noop("Thriller"),
    gettext_noop("War"),
    gettext_noop("Western"),
)
"""Those of MovieLens and IMDb; a data set may have others, which stay as they are."""


def genre_name(genre: str) -> str:
    """A genre of the catalogue in the language of the reader."""
    return gettext(genre)
