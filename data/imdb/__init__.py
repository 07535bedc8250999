"""IMDb's non-commercial data sets as a source of films: https://developer.imdb.com/non-commercial-datasets/."""

CREDIT = "Information courtesy of IMDb (https://www.imdb.com). Used with permission."
LICENCE = "IMDb's non-commercial data sets: for personal and non-commercial use only."
