"""The words that people use, and what films go by them."""

from bot.lists.wishes.everyday import codes_of, everyday, key
from bot.lists.wishes.moods import carriers
from bot.lists.wishes.shown import PLACES, QUALITIES, THEMES
from data import Movie
from data.facets import Facets
from data.tmdb.film import read_film
from tests.bot.lists.test_filter_words import GENRES

UNSPOKEN = {
    *("American", "Argentinian", "Australian", "Austrian", "Belgian", "Brazilian", "British", "Canadian", "Irish"),
    *("Hong Kong", "Mexican", "New Zealand", "Swiss", "Taiwanese"),
}
"""Countries that share their language with a larger one."""


def test_names_are_compared_without_what_does_not_matter() -> None:
    assert key("Sci-Fi") == key("sci fi") == key("SCIFI") == "scifi"
    assert key("comedies") == key("Comedy") == "comedy"
    assert key("à la") == "ala"
    assert key("🎃") == "🎃"


def test_every_genre_place_and_mood_can_be_asked_for() -> None:
    meant = {(one.kind, one.value) for one in everyday().meanings.values() if one.kind in ("mood", "place")}
    assert {("mood", mood) for mood in everyday().moods} <= meant
    assert {("place", place) for place in everyday().codes} <= meant
    assert {*QUALITIES, *THEMES} == {*everyday().moods}
    assert not {*QUALITIES} & {*THEMES}
    assert [*PLACES] == [*everyday().codes]
    assert all(codes_of(place) for place in everyday().codes)
    assert {genre for one in everyday().meanings.values() if one.kind == "genre" for genre in one.value} == {*GENRES}
    assert all(set(mood.genres) <= {*GENRES} for mood in everyday().moods.values())
    assert everyday().people["hitchcock"] == ("Alfred Hitchcock", "director")


def test_films_of_every_place_go_by_what_tmdb_tells() -> None:
    for place, codes in everyday().codes.items():
        letters = [one for one in codes if len(one) == 2]
        told = read_film({"id": 1, "origin_country": [one.upper() for one in letters]}, "US", "")
        spoken = [read_film({"id": 1, "original_language": one}, "US", "") for one in letters]
        named = [{one.casefold() for one in film.origins or ()} for film in (told, *spoken) if film is not None]
        assert named[0] & {*codes} or place == "English-language", f"the country of {place}"
        assert any(names & {*codes} for names in named[1:]) or place in UNSPOKEN, f"the language of {place}"


def test_a_mood_goes_by_tags_or_by_genres_where_there_are_none() -> None:
    films = [
        Movie(1, "A", 2000, ("Horror",), "A", tags=("creepy",)),
        Movie(2, "B", 2000, ("Horror",), "B"),
        Movie(3, "C", 2000, ("Comedy",), "C", tags=("prison",)),
    ]
    assert Facets(films).ids[carriers(Facets(films), "scary")].tolist() == [1]
    assert Facets(films).ids[carriers(Facets(films), "prison")].tolist() == [3]
    untagged = Facets([films[1]])
    assert untagged.ids[carriers(untagged, "scary")].tolist() == [2]
    assert untagged.ids[carriers(untagged, "boring")].tolist() == []
