"""What a line means: a film and its stars beyond doubt, or a question; above all never a wrong film or wrong stars."""

from itertools import cycle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.typed import ASK, FILES, NONE, read
from bot.errors import UsageError, UserError
from bot.movies.search import Choice, MovieSearch
from bot.ratings.lines import lines_of, split_rating
from bot.ratings.stars import InvalidStarsError, fold, parse_folded
from bot.ratings.understanding import (
    HowManyStars,
    MaybeRating,
    RatingQuestion,
    TitleOrStars,
    ToRate,
    Understood,
    UnknownFilm,
    WhichFilm,
    WhichStars,
    films_of_line,
    is_about_rating,
    understand,
)
from data import Catalogue, Movie, TitleIndex
from tests.data.films import TITLES, film
from tests.data.typed import is_fair

NUMBERED = {
    "District 9 (2009)": 60,
    "1408 (2007)": 20,
    "Fahrenheit 9/11 (2004)": 60,
    "U-571 (2000)": 20,
    "12 Angry Men (1957)": 57,
    "10 Things I Hate About You (1999)": 54,
    "Stand by Me (1986)": 90,
    "Four Rooms (1995)": 20,
}
"""Films whose titles have to do with numbers, beside those of the title search's tests."""


def films_of(titles: dict[str, int]) -> MovieSearch:
    catalogue = Catalogue(film(number, *entry) for number, entry in enumerate(titles.items(), start=1))
    return MovieSearch(catalogue, TitleIndex(catalogue))


FILMS = films_of(TITLES | NUMBERED)


def read_line(text: str, films: MovieSearch = FILMS) -> ToRate | RatingQuestion:
    return understand(films, split_rating(text))


@pytest.mark.parametrize(
    ("text", "title", "stars"),
    [
        ("Heat (1995) 4.5", "Heat", 4.5),
        ("heat ★★★★", "Heat", 4.0),
        ("Toy Story 2 4", "Toy Story 2", 4.0),
        ("Toy Story 2: ★★", "Toy Story 2", 2.0),
        ("Apollo 13 - 4/5", "Apollo 13", 4.0),
        ("District 9 9/10", "District 9", 4.5),
        ("300 3", "300", 3.0),
        ("1408 3,5", "1408", 3.5),
        ("Die Hard 2 80%", "Die Hard 2", 4.0),
        ("Blade Runner 2049 5", "Blade Runner 2049", 5.0),
        ("Se7en 5", "Seven", 5.0),
        ("8½ 5", "8 1/2", 5.0),
        ("Fahrenheit 9/11 4", "Fahrenheit 9/11", 4.0),
        ("10 Things I Hate About You 4", "10 Things I Hate About You", 4.0),
        ("12 Angry Men 5", "12 Angry Men", 5.0),
        ("id:1 4", "Heat", 4.0),
        ("shawshenk redemption 5", "The Shawshank Redemption", 5.0),
        ("pulp fiction 4 out of 5", "Pulp Fiction", 4.0),
        ("pulp fiction 9/10 stars", "Pulp Fiction", 4.5),
        ("Stand by Me 4.5 loved it", "Stand by Me", 4.5),
        ("4/5 Stand by Me", "Stand by Me", 4.0),
        ("4,5 Sterne für Heat", "Heat", 4.5),
        ("Ich gebe Heat 9 von 10", "Heat", 4.5),
        ("heat bekommt 4 Sterne", "Heat", 4.0),
        ("Stand by Me (4.5!)", "Stand by Me", 4.5),
        ("★★★ stand by me", "Stand by Me", 3.0),
        ("Apollo 13 4.5, what a film", "Apollo 13", 4.5),
        ("I'd give stand by me four and a half", "Stand by Me", 4.5),
        ("five stars for heat!", "Heat", 5.0),
        ("heat gets a solid 4", "Heat", 4.0),
        ("my rating for heat is 4", "Heat", 4.0),
        ("1. heat [4/5]", "Heat", 4.0),
        ("four rooms four stars", "Four Rooms", 4.0),
    ],
)
def test_a_film_and_its_stars(text: str, title: str, stars: float) -> None:
    understood = read_line(text)
    assert isinstance(understood, ToRate)
    assert (understood.movie.title, understood.stars) == (title, stars)


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("Toy Story 2", "Toy Story 2", "Toy Story"),
        ("toy story: 3", "Toy Story 3", "Toy Story"),
        ("die hard 2", "Die Hard 2", "Die Hard"),
        ("kill bill 2", "Kill Bill: Vol. 2", None),
        ("godfather 2", "The Godfather: Part II", "The Godfather"),
        ("toy stroy 2", "Toy Story 2", "Toy Story"),
        ("godfahter 2", "The Godfather: Part II", "The Godfather"),
        ("toy story 2 ½", "Toy Story 2", "Toy Story"),
        ("toy story 2 / 5", "Toy Story 2", "Toy Story"),
        ("8½", "8 1/2", None),
    ],
)
def test_the_number_of_a_title_is_never_taken_for_stars(text: str, whole: str, part: str | None) -> None:
    asked = read_line(text)
    if isinstance(asked, HowManyStars):  # more stars than there are
        assert (asked.movie.title, part) == (whole, None)
        return
    assert isinstance(asked, TitleOrStars)
    assert (asked.whole.title, asked.part.title if isinstance(asked.part, Movie) else None) == (whole, part)


def test_stars_for_one_of_a_series_can_still_be_given() -> None:
    asked = read_line("star wars 5")
    assert isinstance(asked, TitleOrStars)
    assert asked.whole.title.startswith("Star Wars: Episode V ")
    assert isinstance(asked.part, Choice)
    assert any(movie.title.startswith("Star Wars: Episode IV ") for movie in asked.part.candidates)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Apollo 13", "Apollo 13"),
        ("apolo 13", "Apollo 13"),
        ("300", "300"),
        ("1408", "1408"),
        ("Blade Runner 2049", "Blade Runner 2049"),
        ("blade runer 2049", "Blade Runner 2049"),
        ("Se7en", "Seven"),
        ("Fahrenheit 9/11", "Fahrenheit 9/11"),
        ("U-571", "U-571"),
        ("District 9", "District 9"),
        ("12 Angry Men", "12 Angry Men"),
        ("4 Rooms", "Four Rooms"),
    ],
)
def test_a_title_alone_is_asked_for_stars(text: str, title: str) -> None:
    asked = read_line(text)
    assert isinstance(asked, HowManyStars)
    assert asked.movie.title == title


@pytest.mark.parametrize(
    ("text", "title", "stars"),
    [
        ("heat 4 no wait 3", "Heat", 4.0),
        ("heat 4 or more?", "Heat", 4.0),
        ("Heat 2 is out next year", "Heat", 2.0),
        ("heat 4 stand by me", "Heat", 4.0),
        ("Die Hard 3", "Die Hard", 3.0),  # there is a second one
        ("I hated Stand by Me", "Stand by Me", 1.0),
        ("heat 👍🏽", "Heat", 4.0),
        ("heat was really great", "Heat", 4.5),
        ("didn't like Heat", "Heat", 2.0),
        ("heat sucked", "Heat", 1.0),
        ("Ich fand Heat großartig", "Heat", 5.0),
        ("heat war echt stark!", "Heat", 4.0),
        ("Heat hat mir nicht gefallen", "Heat", 2.0),
        ("ich hasste heat", "Heat", 1.0),
        ("I thought heat was a masterpiece", "Heat", 5.0),
        ("i found heat pretty boring", "Heat", 2.0),
    ],
)
def test_what_may_say_something_else_is_asked_about(text: str, title: str, stars: float) -> None:
    asked = read_line(text)
    assert isinstance(asked, MaybeRating)
    assert (asked.movie.title, asked.stars) == (title, stars)


@pytest.mark.parametrize(
    "text",
    [
        *("Heat is overrated", "honestly, heat was way too long", "heat wasn't bad", "I think Heat is so underrated"),
        *("Heat ist überbewertet", "heat war nicht gut", "habe ich heat schon gesehen"),
    ],
)
def test_what_says_no_stars_is_asked_for_them(text: str) -> None:
    assert is_about_rating(FILMS, text, None)
    asked = read_line(text)
    assert isinstance(asked, HowManyStars)
    assert asked.movie.title == "Heat"


def test_several_films_and_none() -> None:
    which = read_line("Sabrina 4")
    assert isinstance(which, WhichFilm)
    assert (which.stars, len(which.choice.candidates)) == (4.0, 2)
    unknown = read_line("Shawshank Returns Again 4")
    assert isinstance(unknown, UnknownFilm)
    assert unknown.stars == 4.0
    assert 0 < len(unknown.error.nearest) <= 3
    without_stars = read_line("Qqzzxx")
    assert isinstance(without_stars, UnknownFilm)
    assert without_stars.stars is None


@pytest.mark.parametrize(
    ("text", "error"),
    [("6 stars", InvalidStarsError), ("85%", InvalidStarsError), ("4.5", UsageError), ("loved it", UsageError)],
)
def test_what_cannot_be_read_says_why(text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        read_line(text)


PIECES = st.sampled_from(
    [*TITLES, *NUMBERED, *"0123456789½★⭐%/.,-–:|=()&'", "4.5", "9/10", "2", "the", "id:", "\n", " "]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), min_size=1, max_size=6).map(" ".join) | st.text(max_size=2_000)


@given(TEXTS)
@example("Heat (1995) 1:<")
def test_no_text_breaks_it_and_only_the_film_that_was_named_is_rated(text: str) -> None:
    try:
        requests = [split_rating(one) for line in lines_of(text) for one in films_of_line(FILMS, line)]
    except UserError:
        return
    for request in requests:
        try:
            understood = understand(FILMS, request)
        except UserError:
            continue
        if isinstance(understood, ToRate):
            assert 0.5 <= understood.stars <= 5
            assert (2 * understood.stars).is_integer()
            if request.stars is not None and FILMS.titled(request.whole):
                assert FILMS.titled(request.whole) == FILMS.titled(request.title)
            if understood.stars == request.stars and FILMS.look_up(request.title) == understood.movie:
                continue
            words = request.whole.replace("(", " (").split()
            runs = [" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)]
            assert any(FILMS.is_name(run) and FILMS.look_up(run) == understood.movie for run in runs)
            assert any(stars_at_its_begin(run) == understood.stars for run in runs)


def stars_at_its_begin(text: str) -> float | None:
    """The longest stars that `text` begins with, whatever sign follows them: 1 of `1:<`."""
    text = text.lstrip("()!.,:-–|=;'&")
    ends = (end for end in range(len(text), 0, -1) if not text[end - 1 : end + 1].isalnum() or end == len(text))
    return next((stars for end in ends if (stars := parsed(text[:end])) is not None), None)


def parsed(text: str) -> float | None:
    try:
        return parse_folded(fold(text))
    except InvalidStarsError:
        return None


@pytest.mark.parametrize(
    ("text", "title", "stars"),
    [
        ("I finally saw Heat, and I would give it four and a half stars.", "Heat", 4.5),
        ("put Heat down as a 5 pls", "Heat", 5.0),
        ("could you kindly save three stars for Heat?", "Heat", 3.0),
        ("rewatched Stand by Me last night. Still a 5.", "Stand by Me", 5.0),
        ("Ich hab gestern Heat gesehen, von mir gibts viereinhalb Sterne", "Heat", 4.5),
        ("We drove two hours to see Heat, the projector broke, and it was still 5 stars", "Heat", 5.0),
        ("Heat again. What a diner, what an ending! Where did the music go? Anyway, four and a half.", "Heat", 4.5),
        ("My wife and I got round to Stand by Me and I would award it four stars", "Stand by Me", 4.0),
        ("heat is a 5 and thats that", "Heat", 5.0),
        ("Finished Stand by Me. I understood maybe 40% of it. 4/5 anyway bc of the trains", "Stand by Me", 4.0),
        ("My kids picked Die Hard. Two hours of noise. 2 stars", "Die Hard", 2.0),
        ("one measly star for Heat", "Heat", 1.0),
        ("heat: solid 4", "Heat", 4.0),
        ("I've seen Die Hard 2 times, 5 stars", "Die Hard", 5.0),
        ("can u log heat as 3.5 for me", "Heat", 3.5),
        ("Heat ****½", "Heat", 4.5),
        ("watched heat, 4 starss", "Heat", 4.0),
    ],
)
def test_stars_in_a_clause_of_harmless_words_are_a_rating(text: str, title: str, stars: float) -> None:
    assert is_about_rating(FILMS, text, None)
    understood = read_line(text)
    assert isinstance(understood, ToRate)
    assert (understood.movie.title, understood.stars) == (title, stars)


@pytest.mark.parametrize(
    "text",
    [
        "Heat. Oh sure, five stars, best nap of my life",
        "Heat is 5 stars, for the parking lot",
        "I watched Heat. 5 stars. My brother would say 2",
        "Heat was a 5, not so sure anymore",
        "Heat came on at the hotel. 4 stars, bedbugs",
        "Heat got a 4 last year, now it's a 5",
        "Heat 4 stars or 4.5?",
        "Heat: five stars said nobody",
        "5 stars from my dad for Heat",
        "Heat is 5 stars. Not",
        "raise Heat by one star",
        "5 stars for Heat is too high",
        "It's like Heat on steroids. 4 stars",
        "Heat was ok. Oppenheimer was amazing. 5 stars",
        "Heat 4 out of 5, my wife says 2",
        "thinking of giving Heat a 4.5, let me sleep on it",
        "please be so kind as to note three stars for Heat",
        "Heat would be 4.5 stars",
        "Heat is 5 dollars on amazon",
        "Heat gets 4 oscars",
    ],
)
def test_a_word_in_doubt_makes_a_question_of_a_rating(text: str) -> None:
    assert is_about_rating(FILMS, text, None)
    asked = read_line(text)
    assert isinstance(asked, MaybeRating | HowManyStars)
    assert asked.movie.title == "Heat"


WORDY = (
    "The Godfather", "Goodfellas", "Goon", "Mean Girls", "The Truman Show", "Up", "Her", "Big",
    "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", "Honey, I Shrunk the Kids",
)  # fmt: skip
"""Films whose names are words that mean something beside stars, or begin as such."""


@pytest.mark.parametrize("wordy", WORDY)
def test_no_name_puts_another_film_in_doubt(wordy: str) -> None:
    films = films_of(TITLES | NUMBERED | {f"{title} (1972)": 50 for title in WORDY})

    def read(text: str) -> list[tuple[str, float | None]]:
        requests = map(split_rating, films_of_line(films, text))
        return [(one.title, one.stars) for one in requests]

    for other in (films.catalogue.get(movie_id) for movie_id in films.catalogue):
        assert other is not None
        if other.title == wordy:
            continue
        first, second = (split_rating(f"{title.lower()} 4.5").title for title in (wordy, other.title))
        assert read(f"{first} 4.5, {second} 3.5") == [(first, 4.5), (second, 3.5)]
        assert read(f"{second} 3.5, {first} 4.5") == [(second, 3.5), (first, 4.5)]


@pytest.mark.parametrize("text", ["heat 4, wait 3", "heat 4, no 3", "heat 4, the game 3", "heat 4, once 3"])
def test_a_word_in_doubt_stays_one_though_a_film_is_called_so(text: str) -> None:
    films = films_of({"Heat (1995)": 50, "Wait (2013)": 50, "No (2012)": 50, "The Game (1997)": 50, "Once (2006)": 50})
    assert films_of_line(films, text) == (text,)


def test_a_film_that_may_have_its_number_for_stars_is_asked_about_and_not_dropped() -> None:
    films = films_of({"Final Destination 4 (2009)": 50, "Rumble in the Bronx (1995)": 50, "I, Robot (2004)": 50})
    lines = ("final destination 4", "rumble in the bronx 3", "i, robot 2.5")
    assert films_of_line(films, ", ".join(lines)) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Heat invented diners. Five stars. Stand by Me copied it. One star.", ("Heat ★★★★★", "Stand by Me ★")),
        ("five stars for Heat and four for Stand by Me, no questions", ("Heat five stars", "Stand by Me four")),
        ("Heat 4, xyzzyq 3, Stand by Me 5", ("Heat 4", "xyzzyq 3", "Stand by Me 5")),
        ("Toy Story 1, 2 and 3 are all 5 stars", ("Toy Story 5 stars", "Toy Story 2 5 stars", "Toy Story 3 5 stars")),
        ("my dad: Heat 4, Stand by Me 5", ("my dad: Heat 4, Stand by Me 5",)),
        ("ebert gave Heat 4, Stand by Me 5", ("ebert gave Heat 4, Stand by Me 5",)),
        ("1. Heat - 5 stars 2. Stand by Me - 4 stars", ("Heat ★★★★★", "Stand by Me ★★★★")),
    ],
)
def test_each_stars_are_of_the_film_before_them(text: str, lines: tuple[str, ...]) -> None:
    assert films_of_line(FILMS, text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "we watched {} yesterday, its a solid 3.5",
        "My kids picked {}. Two hours of noise. 2 stars",
        "ok {} then. honestly better than i thought, 4 stars",
    ],
)
@pytest.mark.parametrize(
    "unknown",
    ["Heat: Reloaded", "heat: the second heist", "Heat - Part Two", "Heat II", "The Ghost in the Heat", "Heat & Dust"],
)
def test_a_film_that_nobody_knows_is_not_taken_for_one_in_its_name(text: str, unknown: str) -> None:
    assert not isinstance(read_line(text.format(unknown)), ToRate)


@pytest.mark.parametrize(
    "text",
    [
        "masterpiece. 5.", "eh, 3", "That's a 4 from me", "you can put down a 2 for me, sorry guys",
        "hmm 4? nah make it 4.5", "bro i didnt know. that reload tho. 5 🔥🔥", "9/10 no question",
        "I'd go with four, the shoot-out alone is worth the rental", "from me it has 4,5 stars",
    ],
)  # fmt: skip
def test_a_reply_to_a_film_rates_it(text: str) -> None:
    heat = FILMS.look_up("Heat")
    assert isinstance(heat, Movie)
    assert is_about_rating(FILMS, text, heat)
    understood = understand(FILMS, split_rating(text), heat)
    assert isinstance(understood, ToRate)
    assert understood.movie is heat


@pytest.mark.parametrize(
    "text",
    [
        "val kilmer's ponytail: ★★★★★", "the sequel novel: three stars", "gonna be the weirdo and say 3",
        "somewhere around 3 to 4 i guess", "had it at 4 but after tonight its a full 5", "He says 2, I say 4.5",
        "my dad: 5 stars", "saw knives out, 4 stars", "4 is too high", "Not as good as Stand by Me, 3.5",
        "The restaurant got 2 stars, the film gets 4", "11/10",
        "yeah right, 5 stars, and I'm the pope",
    ],
)  # fmt: skip
def test_a_reply_that_may_mean_something_else_is_asked_about(text: str) -> None:
    heat = FILMS.look_up("Heat")
    assert isinstance(heat, Movie)
    assert is_about_rating(FILMS, text, heat)
    assert isinstance(understand(FILMS, split_rating(text), heat), MaybeRating | HowManyStars | WhichFilm)


@pytest.mark.parametrize(
    "text",
    [
        "my brother gave Heat 5 stars",
        "is Heat a 5?",
        "Heat has 4.5 stars on imdb",
        "something like Heat with at least 4 stars",
        "I'd never give Heat 5 stars",
        "films with 4.5 stars",
        "can we see Heat at 5",
    ],
)
def test_other_peoples_stars_and_wishes_are_no_ratings(text: str) -> None:
    assert not is_about_rating(FILMS, text, None)


def test_a_list_is_read_in_either_order_and_of_the_film_spoken_of() -> None:
    heat = FILMS.look_up("Heat")
    assert isinstance(heat, Movie)
    assert films_of_line(FILMS, "5 stars: Heat, Stand by Me") == ("Heat 5 stars", "Stand by Me 5 stars")
    assert films_of_line(FILMS, "Heat and Stand by Me both 4.5") == ("Heat 4.5", "Stand by Me 4.5")
    assert films_of_line(FILMS, "this 4.5, Stand by Me 4", heat) == ("4.5", "Stand by Me 4")


FILM = FILMS.look_up("Heat")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("4", ToRate), ("a 4.5", ToRate), ("I give it four stars", ToRate), ("4, great film", ToRate),
        ("4 of us went", MaybeRating), ("4 stars great film", ToRate),
        ("85%", WhichStars), ("7", HowManyStars), ("loved it!", MaybeRating), ("👎", MaybeRating),
        ("seen it", HowManyStars), ("stand by me 4", ToRate), ("5 stand bye me", ToRate),
    ],
)  # fmt: skip
def test_a_line_without_a_title_is_about_the_film_spoken_of(text: str, made: type[Understood]) -> None:
    assert isinstance(FILM, Movie)
    understood = understand(FILMS, split_rating(text), FILM)
    assert isinstance(understood, made)
    assert (getattr(understood, "movie", None) == FILM) == ("stand" not in text)
    assert is_about_rating(FILMS, text, FILM) == (text not in ("5 stand bye me", "7"))


@pytest.mark.parametrize(
    "text",
    [
        "lol",
        "what should I watch?",
        "a good film",
        "heat is better than alien",
        "like heat",
        "5 comedies",
        "toy story 2",
        "thanks",
    ],
)
def test_what_is_no_rating_is_not_taken_for_one(text: str) -> None:
    assert not is_about_rating(FILMS, text, None)


@pytest.mark.parametrize(
    ("line", "films"),
    [
        ("heat 4, stand by me 5", ["heat 4", "stand by me 5"]),
        ("heat 4,5; stand by me 5 and apollo 13 4", ["heat 4,5", "stand by me 5", "apollo 13 4"]),
        ("4 heat, 5 stand by me", ["4 heat", "5 stand by me"]),
        ("heat 4, stand by me", ["heat 4", "stand by me"]),
        ("heat 4, great film", ["heat 4, great film"]),
        ("haet 4, apolo 13 4.5", ["haet 4", "apolo 13 4.5"]),
        ("heat three and a half", ["heat three and a half"]),
        ("heat, 4", ["heat, 4"]),
        ("apollo 13, heat 4", ["apollo 13", "heat 4"]),
        ("heat 4 | stand by me 8 / 10", ["heat 4", "stand by me 8 / 10"]),
    ],
)
def test_a_line_is_cut_behind_each_film_with_its_stars(line: str, films: list[str]) -> None:
    assert list(films_of_line(FILMS, line)) == films


NOTATIONS = {
    " 4": 4.0, " 4.5": 4.5, " 3,5": 3.5, " 9/10": 4.5, " - 4/5": 4.0, ": ★★★½": 3.5, " ⭐⭐⭐⭐": 4.0, " | 90%": 4.5,
    " – 2": 2.0, " 4 stars": 4.0, " = 1": 1.0, " ½": 0.5, " ５": 5.0, " 7 / 10": 3.5, " 3.5 out of 5": 3.5,
}  # fmt: skip


@pytest.fixture(scope="module")
def real_films(real_catalogue: Catalogue) -> MovieSearch:
    return MovieSearch(real_catalogue, TitleIndex(real_catalogue))


def test_messy_titles_with_stars_in_every_notation_write_nothing_wrong(real_films: MovieSearch) -> None:
    texts = [one for path in FILES.values() for one in read(path)]
    notations = cycle(NOTATIONS.items())
    wrong, taken = [], 0
    for typed, (notation, stars) in ((one, next(notations)) for one in texts for _ in range(3)):
        if not is_fair(typed, real_films.catalogue):
            continue
        try:
            understood = read_line(typed.text.strip() + notation, real_films)
        except UserError:
            continue
        if isinstance(understood, ToRate):
            taken += 1
            if (str(understood.movie.movie_id), understood.stars) != (typed.meant, stars):
                wrong.append((typed.text + notation, understood.movie.label, understood.stars))
    assert wrong == []
    assert taken > 0.7 * 3 * len([one for one in texts if one.meant not in (ASK, NONE)])
