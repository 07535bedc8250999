import pytest

from data.titles import read_name, read_title, split_subtitle


@pytest.mark.parametrize(
    ("raw", "title", "year", "others"),
    [
        ("Toy Story (1995)", "Toy Story", 1995, ()),
        ("Matrix, The (1999)", "The Matrix", 1999, ()),
        ("Boot, Das (Boat, The) (1981)", "Das Boot", 1981, ("The Boat",)),
        ("Avventura, L' (Adventure, The) (1960)", "L'Avventura", 1960, ("The Adventure",)),
        ("Vitelloni, I (1953)", "I Vitelloni", 1953, ()),
        ("96 Minutes (2011) ", "96 Minutes", 2011, ()),
        ("Death Note: Desu nôto (2006–2007)", "Death Note: Desu nôto", 2006, ()),
        ("Fawlty Towers (1975-1979)", "Fawlty Towers", 1975, ()),
        ("Big Bang Theory, The (2007-)", "The Big Bang Theory", 2007, ()),
        ("Babylon 5", "Babylon 5", None, ()),
        ("Film 108583", "Film 108583", None, ()),
        ("(1995)", "(1995)", 1995, ()),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", 2009, ()),
        ("Frontière(s) (2007)", "Frontière(s)", 2007, ()),
        ("Evangelion: 1.0 You Are (Not) Alone (Jo) (2007)", "Evangelion: 1.0 You Are (Not) Alone", 2007, ("Jo",)),
        (
            "Birdman: Or (The Unexpected Virtue of Ignorance) (2014)",
            "Birdman: Or (The Unexpected Virtue of Ignorance)",
            2014,
            (),
        ),
        ("Seven (a.k.a. Se7en) (1995)", "Seven", 1995, ("Se7en",)),
        ("European Vacation (aka National Lampoon's) (1985)", "European Vacation", 1985, ("National Lampoon's",)),
        (
            "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
            "The City of Lost Children",
            1995,
            ("La Cité des enfants perdus",),
        ),
        (
            "Léon: The Professional (a.k.a. The Professional) (Léon) (1994)",
            "Léon: The Professional",
            1994,
            ("The Professional", "Léon"),
        ),
        ("Nested (a.k.a. One (Two)) (2000)", "Nested", 2000, ("One (Two)",)),
        ("Unbalanced) (2000)", "Unbalanced)", 2000, ()),
        ("Good, the Bad and the Ugly, The (1966)", "The Good, the Bad and the Ugly", 1966, ()),
        ("I, Tonya (2017)", "I, Tonya", 2017, ()),
        ("Three Robots, Two (2001)", "Three Robots, Two", 2001, ()),
        ("Arabic digits (١٩٩٥)", "Arabic digits", None, ("١٩٩٥",)),
    ],
)
def test_a_title_is_taken_apart(raw: str, title: str, year: int | None, others: tuple[str, ...]) -> None:
    parts = read_title(raw)
    assert (parts.main.text, parts.year) == (title, year)
    assert tuple(name.text for name in parts.others) == others


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("The Matrix", "Matrix"),
        ("Matrix, The", "Matrix"),
        ("L'auberge espagnole", "auberge espagnole"),
        ("Das Boot", "Boot"),
        ("Niños, Los", "Niños"),
        ("Die Hard", "Die Hard"),
        ("I, Robot", "I, Robot"),
        ("As Good as It Gets", "As Good as It Gets"),
        ("The", "The"),
    ],
)
def test_only_an_article_is_dropped_from_the_bare_name(text: str, bare: str) -> None:
    assert read_name(text).bare == bare


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Heat", ["Heat"]),
        (
            "Star Wars: Episode V - The Empire Strikes Back",
            ["Star Wars", "Episode V", "The Empire Strikes Back"],
        ),
        ("Dr. Strangelove or: How I Learned to Stop", ["Dr. Strangelove", "How I Learned to Stop"]),
        ("Birdman: Or (The Unexpected Virtue)", ["Birdman", "(The Unexpected Virtue)"]),
        ("Spider-Man", ["Spider-Man"]),
    ],
)
def test_a_title_breaks_at_its_subtitle(title: str, parts: list[str]) -> None:
    assert split_subtitle(title) == parts
