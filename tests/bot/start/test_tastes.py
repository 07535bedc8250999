"""What a taste is called."""

from bot.chat.components import ActionSelect
from bot.start import replies
from bot.start.service import Choices, TasteChoice
from bot.start.tastes import of_its_time, own_years, telling_genres, words
from data import Movie


def films(*genres: tuple[str, ...], tags: tuple[str, ...] = (), year: int | None = 2000) -> list[Movie]:
    return [Movie(n, "x", year, some, "x", tags=tags) for n, some in enumerate(genres)]


def test_genres_are_named_by_what_sets_them_apart_not_by_how_frequent_they_are() -> None:
    here = films(("Drama", "War"), ("Drama", "War"), ("Drama", "IMAX"))
    everywhere = [*here, *films(*[("Drama",)] * 20)]
    assert telling_genres(here, everywhere) == ("War",)
    assert telling_genres(films(("Drama",)), films(("Drama",))) == ("Drama",)
    assert telling_genres(films(()), films(())) == ()


def test_a_genre_of_few_films_names_no_taste() -> None:
    here = [*films(*[("Drama",)] * 8), *films(*[("Drama", "Horror")] * 2)]
    everywhere = [*here, *films(*[("Drama",)] * 20, *[("Comedy",)] * 20)]
    assert words(here, everywhere)[0] == "drama"


def test_a_taste_is_called_by_its_kind_and_its_themes() -> None:
    space = films(*[("Sci-Fi",)] * 4, tags=("outer space", "aliens", "owned"))
    robots = films(*[("Sci-Fi",)] * 3, tags=("android",))
    others = films(*[("Comedy", "Romance")] * 20, tags=("owned",))
    assert words([*space, *robots], [*space, *robots, *others]) == ("science fiction", "space", "robots")
    assert words(others, [*space, *robots, *others]) == ("comedy", "romance")
    assert words(space[:2], [*space[:2], *others]) == ("science fiction",)  # two films are no theme
    old = films(*[("Drama",)] * 5, year=1950)
    assert words(old, [*old, *films(("Drama",)), *others]) == ("classics", "drama")
    assert words(films(()), films(())) == ()


def test_the_years_of_a_taste_are_those_of_most_of_its_films() -> None:
    some = [Movie(n, "x", 1980 + n, (), "x") for n in range(20)]
    oldest, newest, unknown = (Movie(99, "x", year, (), "x") for year in (1920, 2020, None))
    assert own_years([oldest, *some, newest, unknown]) == (1980, 1999)
    assert of_its_time([oldest, *some, newest, unknown]) == [*some, unknown]
    assert own_years([unknown]) is None
    assert of_its_time([unknown]) == [unknown]
    assert own_years(some[:2]) == (1980, 1981)
    old = [Movie(n, "x", 1940 + 10 * n, (), "x") for n in range(7)]
    assert own_years(old) == (1940, 1989)  # newer ones are not what classics are chosen for
    assert [movie.year for movie in of_its_time(old)] == [1940, 1950, 1960, 1970, 1980]


def option(*titles: str, called: tuple[str, ...] = ("science fiction", "space")) -> tuple[str, str | None]:
    faces = tuple(Movie(n, title, 1980, (), title) for n, title in enumerate(titles, 1))
    taste = TasteChoice(1, called, faces, ("Sci-Fi", "Action"), (1977, 1999))
    select = replies.step(Choices(1, (taste, taste)), "!").layout
    assert select is not None
    (made,) = [item.item.options[0] for item in select.walk_children() if isinstance(item, ActionSelect)]
    return made.label, made.description


def test_a_choice_names_its_films_whole_and_as_many_as_there_is_room_for() -> None:
    label, hint = option("The Matrix", "Star Wars: Episode IV - A New Hope", "Star Wars: Episode V - Another One")
    assert label == "Science fiction and space: The Matrix, Star Wars"
    assert hint == "Sci-Fi, Action · 1977–1999"
    assert option("Mission: Impossible", "x" * 90, "Up", called=())[0] == "Mission: Impossible, Up"
