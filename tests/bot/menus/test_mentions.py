"""Films in what people write: found where they are named, and not where words only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.menus.mentions import LIMIT, find_movies
from bot.movies.search import MovieSearch
from data import Catalogue, Movie, TitleIndex
from tests.data.films import TITLES, film

MORE = {
    "Up (2009)": 90, "Her (2013)": 60, "LOL (2012)": 2, "Black Swan (2010)": 80, "Dune (1984)": 40, "Dune (2000)": 9,
    "Spirited Away (2001)": 87, "Terminator 2: Judgment Day (1991)": 224, "Terminator, The (1984)": 131,
    "Big Lebowski, The (1998)": 106, "O Brother, Where Art Thou? (2000)": 94, "Good Morning (1959)": 1,
    "Transformers: The Movie (1986)": 9, "Room, The (2003)": 10, "Fight Club (1999)": 218,
}  # fmt: skip
LINKED = Movie(999, "The Prestige", 2006, (), "Prestige, The (2006)", imdb_id=482571, tmdb_id=1124, ratings_count=100)


def make_films() -> MovieSearch:
    films = [film(number, *entry) for number, entry in enumerate((TITLES | MORE).items(), start=1)]
    catalogue = Catalogue([*films, LINKED])
    return MovieSearch(catalogue, TitleIndex(catalogue))


FILMS = make_films()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://www.imdb.com/title/tt0482571/ is a must", ["The Prestige (2006)"]),
        ("m.imdb.com/de/title/tt0482571?ref=x", ["The Prestige (2006)"]),
        ("look: <https://www.themoviedb.org/movie/1124-the-prestige>", ["The Prestige (2006)"]),
        ("https://letterboxd.com/somebody/film/the-prestige/", ["The Prestige (2006)"]),
        ("https://letterboxd.com/film/sabrina-1954/", ["Sabrina (1954)"]),
        ("https://example.com/Pulp-Fiction", []),
        ("“Pulp Fiction” is overrated", ["Pulp Fiction (1994)"]),
        ("rate 'The Big Lebowski' please", ["The Big Lebowski (1998)"]),
        ("I'd say **Heat (1995)** ★★★★½, I guessed 4.1", ["Heat (1995)"]),
        ("\"Sabrina\" (1954) again", ["Sabrina (1954)"]),
        ("*sabrina* is lovely", ["Sabrina (1995)", "Sabrina (1954)"]),
        ("||fight club|| spoiler", ["Fight Club (1999)"]),
        ("“shawshenk redemption” then", ["The Shawshank Redemption (1994)"]),
        ("Have you seen Spirited Away (2001)?", ["Spirited Away (2001)"]),
        ("we put on seven samurai (1954) yesterday", ["Seven Samurai (1954)"]),
        ("My top three:\n1. Alien\n2. Aliens 5/5\n- blade runner 2049", [
            "Alien (1979)", "Aliens (1986)", "Blade Runner 2049 (2017)",
        ]),
        ("pulp fiction", ["Pulp Fiction (1994)"]),
        ("shawshenk redemption 5/5", ["The Shawshank Redemption (1994)"]),
        ("Up 5/5", ["Up (2009)"]),
        ("What did you think of The Godfather Part II? I prefer the first.", ["The Godfather: Part II (1974)"]),
        ("Alien is better than Aliens. Fight me.", ["Alien (1979)", "Aliens (1986)"]),
        ("Her performance in Black Swan was great", ["Black Swan (2010)"]),
        ("Anyone for Lord of the Rings: The Two Towers tonight?", ["The Lord of the Rings: The Two Towers (2002)"]),
        ("Terminator 2: Judgment Day > The Terminator", [
            "Terminator 2: Judgment Day (1991)", "The Terminator (1984)",
        ]),
        ("The new Dune is great", ["Dune (1984)", "Dune (2000)"]),
        ("Movie night on Friday at 8: The Room?", ["The Room (2003)"]),
        ("O Brother, Where Art Thou? It rules", ["O Brother, Where Art Thou? (2000)"]),
        ("just watched heat last night, amazing", ["Heat (1995)"]),
        ("rewatching toy story 2 with the kids", ["Toy Story 2 (1999)"]),
        ("so we talked about pulp fiction all night", ["Pulp Fiction (1994)"]),
        ("i quote jurassic park every day", ["Jurassic Park (1993)"]),
        ("Up was so sad", []),
        ("lol", []),
        ("good for her", []),
        ("I love it when a plan comes together", []),
        ("we should do a movie night", []),
        ("<@123456789012345678> <:heat:123456789012345678>", []),
        ("", []),
        ("!!! 🎬", []),
        ("x" * 5_000, []),
    ],
)  # fmt: skip
def test_the_films_of_a_message(text: str, found: list[str]) -> None:
    assert [movie.label for movie in find_movies(FILMS, text)] == found


def test_a_list_of_ten_is_found_in_its_order() -> None:
    labels = [movie.label for movie in FILMS.catalogue.values() if movie.year][:20:2]
    text = "\n".join(f"{rank}. **{label}** ★ 4.3 ± 0.6 · 102 ratings" for rank, label in enumerate(labels, 1))
    assert [movie.label for movie in find_movies(FILMS, text)] == labels


@given(
    st.lists(st.sampled_from([*TITLES, "“", "”", "**", "(1995)", "\n", "watched", ".", "?", "tt1"]) | st.text()).map(
        " ".join
    )
)
def test_no_text_is_too_strange(text: str) -> None:
    found = find_movies(FILMS, text)
    assert len(found) <= LIMIT
    assert len(set(found)) == len(found)
