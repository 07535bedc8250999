"""Reading stars: every way to write them, what only looks like them, and films that end in a number."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.ratings.lines import MAX_LINES, RatingRequest, TooManyLinesError, lines_of, split_rating
from bot.ratings.stars import InvalidStarsError, fold, neighbours, parse_folded

HALF_STARS = [halves / 2 for halves in range(1, 11)]


def spellings(stars: float) -> list[str]:
    """Every way to write so many stars."""
    whole, half = divmod(stars, 1)
    signs = int(whole)
    fraction = "½" if half else ""
    empty = "☆" * (5 - signs - bool(half))
    return [
        f"{stars}",
        f"{stars:g}",
        f"{stars:.2f}",
        f"{stars}".replace(".", ","),
        f"{stars:g}/5",
        f"{stars:g} / 5",
        f"{stars:g}⁄5",
        f"{stars * 2:.0f}/10",
        f"{stars * 2:.0f} / 10",
        f"{stars * 2:.1f}/10".replace(".", ","),
        f"{stars * 20:.0f}%",
        f"{stars * 20:.0f} %",
        f"{stars:g} stars",
        f"{stars:g} star",
        f"{stars:g}stars",
        f"{stars:g} STARS",
        f"{stars:g}★",
        f"{stars:g}⭐",
        f"{signs or ''}{fraction}" if half else f"{signs}",
        f"{signs} ½" if signs and half else f"{signs}.0" if signs else ".5",
        "★" * signs + fraction,
        "★" * signs + fraction + empty,
        " ".join("★" * signs + fraction),
        "⭐" * signs + fraction,
        "⭐\N{VARIATION SELECTOR-16}" * signs + fraction,
        "".join(chr(ord(sign) - ord("!") + ord("！")) for sign in f"{stars}/5"),  # full-width
    ]


SPELLINGS = st.sampled_from([(text, stars) for stars in HALF_STARS for text in spellings(stars)])
OFF_THE_SCALE = [
    "0", "0.0", "5.5", "6", "7", "10", "100", "300", "999", "-1", "-4.5", "+3", "−2", "4.25", "3,3",
    "0/5", "6/5", "11/10", "9/11", "4/0", "3/4", "1/2", "85/100", "8.5/10", "0%", "95%", "110%", "6 stars",
    "★★★★★★", "★★★★★½", "☆☆☆☆☆", "5½", "8½", "6★", "1995.5", "99999/10", "0 star", "4.75",
]  # fmt: skip
NO_STARS = [
    "", " ", "nan", "NaN", "inf", "-inf", "infinity", "1e1", "4e0", "1_0", "0x4", "٤", "٤٫٥", "४", "fourth",
    "★★★★x", "4 5", "4..5", "4.5.5", "4,5,", "4.", "/5", "4/", "%", "-", "Heat", "1995", "1408", "2049",
    "4 ★★", "--4", "- 4", "4 %%", "4/5/5", "¼", "4¾", "9" * 5000, "4" + "\u200b", "5 ⭐ x", "0004", "stars",
]  # fmt: skip


@pytest.mark.parametrize("stars", HALF_STARS)
def test_every_spelling_of_every_half_star(stars: float) -> None:
    for text in spellings(stars):
        assert (text, parse_folded(fold(text))) == (text, stars)
        assert (text, parse_folded(fold(f"  {text}\t"))) == (text, stars)


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("five", 5.0), ("five stars", 5.0), ("One Star", 1.0), ("half a star", 0.5), ("a half", None),
        ("four and a half", 4.5), ("3 and a half stars", 3.5), ("two and a half stars out of five", 2.5),
        ("eight out of ten", 4.0), ("nine/ten", 4.5), ("ten/ten", 5.0), ("eleven", None), ("twofold", None),
    ],
)  # fmt: skip
def test_stars_in_words(text: str, stars: float | None) -> None:
    assert parse_folded(fold(text)) == stars


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("3.7", (3.5, 4.0)), ("85%", (4.0, 4.5)), ("7.5/10", (3.5, 4.0)), ("4,9", (4.5, 5.0)),
        ("4", None), ("0.3", None), ("7", None), ("-3.7", None), ("101%", None), ("3.7 or so", None),
    ],
)  # fmt: skip
def test_stars_between_two_half_steps_have_two_neighbours(text: str, between: tuple[float, float] | None) -> None:
    assert neighbours(text) == between


@pytest.mark.parametrize("text", OFF_THE_SCALE)
def test_off_the_scale_or_the_grid_is_told_and_never_clamped(text: str) -> None:
    with pytest.raises(InvalidStarsError) as caught:
        parse_folded(fold(text))
    assert caught.value.text == text


@pytest.mark.parametrize("text", NO_STARS)
def test_what_is_no_stars_at_all(text: str) -> None:
    assert parse_folded(fold(text)) is None


@pytest.mark.parametrize(
    ("text", "title", "stars"),
    [
        ("Heat 4.5", "Heat", 4.5),
        ("  Heat   4,5 ", "Heat", 4.5),
        ("Heat (1995) - 8/10", "Heat (1995)", 4.0),
        ("Heat (1995) 4", "Heat (1995)", 4.0),
        ("Heat – 4", "Heat", 4.0),
        ("Heat — 4", "Heat", 4.0),
        ("Heat: 4", "Heat", 4.0),
        ("Heat:4", "Heat", 4.0),
        ("Heat | 90%", "Heat", 4.5),
        ("Heat|3", "Heat", 3.0),
        ("Heat = 3", "Heat", 3.0),
        ("Heat-4", "Heat", 4.0),
        ("Heat, 4", "Heat", 4.0),
        ("Heat 4 stars", "Heat", 4.0),
        ("Heat 8 / 10", "Heat", 4.0),
        ("Heat 4 ½", "Heat", 4.5),
        ("Heat★★★★", "Heat", 4.0),
        ("Heat -★★", "Heat", 2.0),
        ("Heat ★ ★ ½", "Heat", 2.5),
        ("Toy Story 2 4", "Toy Story 2", 4.0),
        ("Toy Story 2 ★★½", "Toy Story 2", 2.5),
        ("Toy Story 2 ½", "Toy Story", 2.5),
        ("1408 ½", "1408", 0.5),
        ("Toy Story 2★★", "Toy Story 2", 2.0),
        ("Toy Story 2", "Toy Story", 2.0),  # the catalogue knows better; the caller asks it
        ("The 40 Year Old Virgin: ★★★", "The 40 Year Old Virgin", 3.0),
        ("Spider-Man 3", "Spider-Man", 3.0),
        ("Blade Runner 2049 5", "Blade Runner 2049", 5.0),
        ("Fahrenheit 9/11 4/5", "Fahrenheit 9/11", 4.0),
        ("2:22 3", "2:22", 3.0),
        ("300 5", "300", 5.0),
        ("1408 3.5", "1408", 3.5),
        ("8½ 5", "8½", 5.0),
        ("Ｈｅａｔ　４", "Heat", 4.0),
        ("id:318 5", "id:318", 5.0),
        ("4.5", "", 4.5),
    ],
)
def test_the_longest_tail_that_is_stars_is_the_rating(text: str, title: str, stars: float) -> None:
    found = split_rating(text)
    assert (found.title, found.stars, found.stars_error) == (title, stars, None)


@pytest.mark.parametrize(
    ("text", "title", "error"),
    [
        ("Heat 7", "Heat", "7"),
        ("Heat 0", "Heat", "0"),
        ("Heat 4.25", "Heat", "4.25"),
        ("Heat -4", "Heat", "-4"),
        ("Heat: -4", "Heat", "-4"),
        ("Heat 7 / 5", "Heat", "7 / 5"),  # and not a 5
        ("Heat 4 1/2", "Heat 4", "1/2"),
        ("Heat ★★★★★★", "Heat", "★★★★★★"),
        ("Heat 6 stars", "Heat", "6 stars"),
        ("Apollo 13", "Apollo", "13"),
        ("U-571", "U", "571"),
        ("300", "", "300"),
        ("8½", "", "8½"),
    ],
)
def test_wrong_stars_are_left_to_the_caller(text: str, title: str, error: str) -> None:
    assert split_rating(text) == RatingRequest(title, None, text, stars_error=error)


@pytest.mark.parametrize(
    "text",
    [
        "Heat", "Heat (1995)", "1408", "Blade Runner 2049", "2:22", "Heat 4-5", "Heat nan", "Heat 1e1",
        "Heat 1_0", "Heat ٤", "Naked Gun 33⅓", "Se7en", "3:10 to Yuma", "id:318", "ID:4", "4 Rooms", "",
    ],
)  # fmt: skip
def test_a_line_without_stars_is_all_title(text: str) -> None:
    assert split_rating(text) == RatingRequest(text, None, text)


def test_a_sky_full_of_stars_is_no_rating() -> None:
    found = split_rating("Heat " + "★" * 150)
    assert (found.stars, found.stars_error) == (None, "★" * 100)


def test_the_whole_line_is_kept_for_the_catalogue_to_judge() -> None:
    assert split_rating(" Toy  Story: 2 ").whole == "Toy  Story: 2"


@given(SPELLINGS, st.sampled_from(["Heat", "Toy Story 2", "1408", "Blade Runner 2049 (2017)", "2:22", "M*A*S*H"]))
def test_stars_are_found_behind_any_title_and_separator(spelling: tuple[str, float], title: str) -> None:
    text, stars = spelling
    assume(text != "½" or not title.endswith("2"))  # "Toy Story 2 ½" has two and a half
    for separator in (" ", " - ", " – ", ": ", " | ", " = ", ", "):
        found = split_rating(title + separator + text)
        assert (found.title, found.stars) == (title, stars), title + separator + text


def parse_if_right(text: str) -> float | None:
    try:
        return parse_folded(fold(text))
    except InvalidStarsError:
        return None


@given(st.text() | st.text("0123456789.,/%½★⭐☆ -−:|stars\n", max_size=30))
@example("9" * 5000)
@example("★ " * 5000 + "x")
def test_nothing_but_half_stars_comes_out(text: str) -> None:
    stars = parse_if_right(text)
    assert stars is None or stars in HALF_STARS
    found = split_rating(text)
    assert found.stars is None or found.stars in HALF_STARS
    assert found.stars is None or found.stars_error is None
    assert found.whole.startswith(found.title)
    if found.stars is None and found.stars_error is None:
        assert found.title == found.whole
    else:
        # The line is its title, separators, and stars that parse alone.
        rest = found.whole[len(found.title) :]
        assert found.stars_error is None or rest.endswith(found.stars_error)
        assert found.stars is None or any(parse_if_right(rest[skipped:]) == found.stars for skipped in range(len(rest)))


def test_one_film_per_line() -> None:
    assert lines_of("Heat 4.5\n\n  \r\nToy Story 2: 4\nCasino\n") == ["Heat 4.5", "Toy Story 2: 4", "Casino"]
    assert lines_of(" \n ") == []


def test_only_so_many_lines() -> None:
    assert len(lines_of("Heat 4\n\n" * MAX_LINES)) == MAX_LINES
    with pytest.raises(TooManyLinesError) as caught:
        lines_of("Heat 4\n" * (MAX_LINES + 1))
    assert (caught.value.given, caught.value.limit) == (MAX_LINES + 1, MAX_LINES)
