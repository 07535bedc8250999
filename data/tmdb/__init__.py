"""TMDB as a source of what is shown beside a film, never of what is trained on: https://developer.themoviedb.org/docs."""

CREDIT = "This product uses the TMDB API but is not endorsed or certified by TMDB."
JUSTWATCH = "Where to watch comes from JustWatch."
