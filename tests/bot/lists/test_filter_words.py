"""Filters as members type them."""

import pytest

from bot.chat.language import speaking
from bot.lists.filter_replies import genre_choices
from bot.lists.filter_words import ContradictionError, CountError, FilterWords, LackingError, UnknownFilterError
from bot.lists.filters import PLAIN, Filters, Years
from bot.movies import MovieSearch
from data import Catalogue, Movie, TitleIndex

GENRES = (
    "Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama", "Fantasy", "Film-Noir",
    "Horror", "IMAX", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
)  # fmt: skip


def words(last_year: int) -> FilterWords:
    """Of a catalogue with a film of that year, which is of all genres."""
    catalogue = Catalogue([Movie(1, "Everything", last_year, GENRES, f"Everything ({last_year})")])
    return FilterWords(MovieSearch(catalogue, TitleIndex(catalogue)))


WORDS = words(2018)


def read(text: str) -> Filters:
    return WORDS.read_strictly(text)


def test_all_at_once_in_any_order() -> None:
    expected = Filters(("Comedy", "Drama"), ("Romance",), Years(1990, 1999), "popular", "watchlist", 5)
    assert read("comedy or drama without:romance 90s popular watchlist 5") == expected
    assert read("5 WATCHLIST -romance 1990-1999 Comedy, Drama popular") == expected
    assert read("") == read("  ") == read("balanced all 10") == PLAIN


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("scifi", "Sci-Fi"), ("sci-fi", "Sci-Fi"), ("science fiction", "Sci-Fi"), ('"Science Fiction"', "Sci-Fi"),
        ("sci fi films", "Sci-Fi"), ("kids", "Children"), ("Children's", "Children"), ("noir", "Film-Noir"),
        ("film noir", "Film-Noir"), ("docs", "Documentary"), ("documentaries", "Documentary"), ("COMEDIES", "Comedy"),
        ("westerns", "Western"), ("ｃｏｍｅｄｙ", "Comedy"), ("romantic movies", "Romance"),
    ],
)  # fmt: skip
def test_genres_by_the_names_people_use(text: str, genre: str) -> None:
    assert read(text) == Filters(genres=(genre,))


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("without:romance", ["Romance"]),
        ("without romance", ["Romance"]),
        ("no romance not war", ["Romance", "War"]),
        ("-romance,horror", ["Romance", "Horror"]),
        ("without:science fiction", ["Sci-Fi"]),
        ("WITHOUT: noir", ["Film-Noir"]),
        ("without horror, thriller", ["Horror", "Thriller"]),
        ("no horror or thriller", ["Horror", "Thriller"]),
        ("no horror or thriller please", ["Horror", "Thriller"]),
        ("not horror nor thrillers", ["Horror", "Thriller"]),
        ("no horror/thriller", ["Horror", "Thriller"]),
        ("without:horror & thriller", ["Horror", "Thriller"]),
        ("without horror, thriller, and science fiction", ["Horror", "Thriller", "Sci-Fi"]),
        ("no horror films or war movies", ["Horror", "War"]),
        ("no horror, no thriller", ["Horror", "Thriller"]),
        ("-horror, thriller", ["Horror", "Thriller"]),
        ("no horror, comedy", ["Horror", "Comedy"]),  # a comma goes on with the list
        ("no horror or thriller children", ["Horror", "Thriller", "Children"]),
        ("no horror comedy", ["Horror", "Comedy"]),
        ("neither war nor crime", ["War", "Crime"]),
        ("anything but romance", ["Romance"]),
        ("i hate horror, something else", ["Horror"]),
    ],
)
def test_genres_that_are_left_out(text: str, without: list[str]) -> None:
    assert read(text) == Filters(without=tuple(without))


@pytest.mark.parametrize(
    ("text", "genres", "without"),
    [
        ("not horror, but thriller", ["Thriller"], ["Horror"]),
        ("no horror or war but comedy or drama", ["Comedy", "Drama"], ["Horror", "War"]),
        ("without horror, with drama", ["Drama"], ["Horror"]),
        ("-horror comedy", ["Comedy"], ["Horror"]),
        ("fantasy -children", ["Fantasy"], ["Children"]),
        ("comedy without horror and romance", ["Comedy"], ["Horror", "Romance"]),
        ("comedy, drama, no horror", ["Comedy", "Drama"], ["Horror"]),
        ("comedy/drama without war", ["Comedy", "Drama"], ["War"]),
    ],
)
def test_a_list_that_is_left_out_ends_where_nothing_joins(text: str, genres: list[str], without: list[str]) -> None:
    assert read(text) == Filters(genres=tuple(genres), without=tuple(without))


@pytest.mark.parametrize("between", ["90s", "5", "popular", "watchlist"])
def test_a_list_that_is_left_out_ends_at_another_wish(between: str) -> None:
    filters = read(f"no horror, {between}, comedy")
    assert (filters.genres, filters.without) == (("Comedy",), ("Horror",))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1994", 1994, 1994), ("90s", 1990, 1999), ("'90s", 1990, 1999), ("1990s", 1990, 1999), ("00s", 2000, 2009),
        ("20s", 1920, 1929), ("10s", 2010, 2019), ("1990-1999", 1990, 1999), ("1990 – 1999", 1990, 1999),
        ("1999-1990", 1990, 1999), ("1990-95", 1990, 1995), ("80s-90s", 1980, 1999), ("80s 90s", 1980, 1999),
        ("from 1990 to 1995", 1990, 1995), ("since:2010", 2010, None), ("since 90s", 1990, None),
        ("from 2005", 2005, 2005), ("from 2005 on", 2005, None), ("2005 or later", 2005, None),
        ("last 5 years", 2014, None),
        ("1979 or earlier", None, 1979), ("nothing from before 1990", 1990, None), ("past decade", 2009, None),
        ("after 2010", 2011, None), ("before:1980", None, 1979), ("before 80s", None, 1979), ("until 1980", None, 1980),
        ("since 1980 before 1990", 1980, 1989), ("90s since:1995", 1995, 1999),
    ],
)  # fmt: skip
def test_years(text: str, first: int | None, last: int | None) -> None:
    assert read(text) == Filters(years=Years(first, last))


def test_twenty_is_of_this_century_once_the_catalogue_is() -> None:
    assert words(2023).read_strictly("20s").years == Years(2020, 2029)


@pytest.mark.parametrize("text", ["deep", "deep cuts", "Deep-Cuts", "hidden gems", "obscure"])
def test_depth(text: str) -> None:
    assert read(text) == Filters(depth="deep")


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("comedy without:comedy", "comedy", "without:comedy"),
        ("popular deep", "popular", "deep"),
        ("5 6", "5", "6"),
        ("80s since:1995", "80s", "since:1995"),
        ("since:2010 before:2000", "since:2010", "before:2000"),
        ("watchlist all", "watchlist", "all"),
    ],
)
def test_wishes_that_contradict_each_other(text: str, one: str, other: str) -> None:
    with pytest.raises(ContradictionError) as caught:
        read(text)
    assert (caught.value.one, caught.value.other) == (one, other)


@pytest.mark.parametrize("text", ["0", "11", "-1", "+5", "1e1", "٣", "999", "9999", "1_0", "5.5"])
def test_a_length_outside_of_what_is_offered(text: str) -> None:
    with pytest.raises(CountError) as caught:
        read(f"comedy {text}")
    assert caught.value.given == text


@pytest.mark.parametrize(
    ("text", "word", "nearest"),
    [
        ("drama komedy 5", "komedy", "Comedy"),
        ("qwertz", "qwertz", None),
        ("@everyone", "@everyone", None),
        ("without:polka", "polka", None),
    ],
)
def test_a_word_nobody_knows(text: str, word: str, nearest: str | None) -> None:
    with pytest.raises(UnknownFilterError) as caught:
        read(text)
    assert (caught.value.word, caught.value.nearest, caught.value.genres) == (word, nearest, GENRES)


def test_each_wish_in_a_place_of_its_own() -> None:
    filters = WORDS.read_parts("Comedy, Drama", "romance horror", "90s", depth="deep", source="watchlist", count=3)
    assert filters == Filters(("Comedy", "Drama"), ("Romance", "Horror"), Years(1990, 1999), "deep", "watchlist", 3)
    assert WORDS.read_parts() == PLAIN
    with pytest.raises(UnknownFilterError):
        WORDS.read_parts("", "90s")
    with pytest.raises(ContradictionError):
        WORDS.read_parts("comedy", "comedies")


@pytest.mark.parametrize("text", ["by Nolan", "with Tom Hanks", "under 2h", "korean", "something short"])
def test_what_the_films_do_not_tell(text: str) -> None:
    with pytest.raises(LackingError):
        read(text)


@pytest.mark.parametrize(
    ("text", "every", "genres"),
    [
        ("comedy and romance", ["Comedy", "Romance"], []),
        ("horror comedy", ["Horror", "Comedy"], []),
        ("romcom", ["Comedy", "Romance"], []),
        ("comedy & romance", ["Comedy", "Romance"], []),
        ("comedy, drama and war", ["Comedy", "Drama", "War"], []),
        ("comedy or romance", [], ["Comedy", "Romance"]),
        ("comedy, romance", [], ["Comedy", "Romance"]),
        ("comedy/romance", [], ["Comedy", "Romance"]),
        ("action or adventure comedy", ["Comedy"], ["Action", "Adventure"]),
    ],
)
def test_all_of_the_genres_or_any_of_them(text: str, every: list[str], genres: list[str]) -> None:
    assert read(text) == Filters(every=tuple(every), genres=tuple(genres))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("sci", ["Sci-Fi"]),
        ("Ki", ["Children"]),
        ("no", ["Film-Noir"]),
        ("Comedy, dr", ["Comedy, Drama"]),
        ("comedy,dr", ["comedy, Drama"]),
        ("zzz", []),
    ],
)
def test_completing_genres(typed: str, offered: list[str]) -> None:
    assert WORDS.complete(typed, 25) == offered


def test_completing_genres_as_they_are_called_in_german() -> None:
    with speaking("de"):
        assert WORDS.complete("kom", 25) == ["Comedy"]
        (choice,) = genre_choices(WORDS.complete("Krimi, lieb", 25))
    assert (choice.name, choice.value) == ("Krimi, Liebesfilm", "Krimi, Romance")


def test_completing_nothing_offers_all_that_are_not_named_yet() -> None:
    assert WORDS.complete("", 25) == list(GENRES)
    assert WORDS.complete("Action, ", 3) == ["Action, Adventure", "Action, Animation", "Action, Children"]
