import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.titles import HOSTILE
from data import Ambiguous, Catalogue, Doubtful, Found, Movie, Resolution, TitleIndex, Unknown, lookup
from data.search import Tier
from tests.data.films import catalogue, film

FILMS = catalogue()
INDEX = TitleIndex(FILMS)


def labels(resolution: Resolution) -> list[str]:
    match resolution:
        case Found(movie) | Doubtful(movie):
            return [movie.label]
        case Ambiguous(candidates):
            return [movie.label for movie in candidates]
        case Unknown(nearest):
            return [movie.label for movie in nearest]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        # as it is written, however it is typed
        ("heat", "Heat (1995)"),
        ("HEAT!!", "Heat (1995)"),
        ("  heat  ", "Heat (1995)"),
        ("the heat", "The Heat (2013)"),
        ("heat, the", "The Heat (2013)"),
        ("matrix", "The Matrix (1999)"),
        ("The Matrix", "The Matrix (1999)"),
        ("Matrix, The", "The Matrix (1999)"),
        ("matrix the", "The Matrix (1999)"),
        ("the seven", "Seven (1995)"),
        ("godfather", "The Godfather (1972)"),
        ("ｍａｔｒｉｘ", "The Matrix (1999)"),
        ("\u202ematrix", "The Matrix (1999)"),
        ("H̷̛e̵̡a̶t̴", "Heat (1995)"),
        # years
        ("heat 1995", "Heat (1995)"),
        ("heat (1995)", "Heat (1995)"),
        ("heat, 1995", "Heat (1995)"),
        ("heat (1996)", "Heat (1995)"),
        ("heat 2013", "The Heat (2013)"),
        ("sabrina 1954", "Sabrina (1954)"),
        ("Sabrina (1995)", "Sabrina (1995)"),
        ("1984 (1984)", "1984 (1984)"),
        ("2001 a space odyssey", "2001: A Space Odyssey (1968)"),
        ("300", "300 (2007)"),
        ("Apollo 13", "Apollo 13 (1995)"),
        ("apollo 13 1995", "Apollo 13 (1995)"),
        ("blade runner", "Blade Runner (1982)"),
        ("blade runner 2049", "Blade Runner 2049 (2017)"),
        ("blade runner 2049 2017", "Blade Runner 2049 (2017)"),
        ("death note desu noto 2006", "Death Note: Desu nôto (2006)"),
        # numbers
        ("toy story", "Toy Story (1995)"),
        ("toy story 2", "Toy Story 2 (1999)"),
        ("Toy Story II", "Toy Story 2 (1999)"),
        ("toy story three", "Toy Story 3 (2010)"),
        ("se7en", "Seven (1995)"),
        ("7", "Seven (1995)"),
        ("7 samurai", "Seven Samurai (1954)"),
        ("12 monkeys", "Twelve Monkeys (1995)"),
        ("ocean's 12", "Ocean's Twelve (2004)"),
        ("twenty one grams", "21 Grams (2003)"),
        ("20000 leagues under the sea", "20,000 Leagues Under the Sea (1954)"),
        ("8½", "8 1/2 (1963)"),
        ("rocky 5", "Rocky V (1990)"),
        ("v for vendetta", "V for Vendetta (2006)"),
        ("alien 3", "Alien³ (1992)"),
        ("alien³", "Alien³ (1992)"),
        ("9", "9 (2009)"),
        ("godfather 2", "The Godfather: Part II (1974)"),
        ("the godfather part 2", "The Godfather: Part II (1974)"),
        ("kill bill 2", "Kill Bill: Vol. 2 (2004)"),
        ("Kill Bill Volume 2", "Kill Bill: Vol. 2 (2004)"),
        ("back to the future 2", "Back to the Future Part II (1989)"),
        ("mission impossible 2", "Mission: Impossible II (2000)"),
        ("star wars 5", "Star Wars: Episode V - The Empire Strikes Back (1980)"),
        # signs, blanks, short forms
        ("doctor strangelove", "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb (1964)"),
        ("amélie", "Amelie (2001)"),
        ("spiderman", "Spider-Man (2002)"),
        ("spider man", "Spider-Man (2002)"),
        ("xmen", "X-Men (2000)"),
        ("wall-e", "WALL·E (2008)"),
        ("walle", "WALL·E (2008)"),
        ("et the extraterrestrial", "E.T. the Extra-Terrestrial (1982)"),
        ("mash", "M*A*S*H (1970)"),
        ("thelma and louise", "Thelma & Louise (1991)"),
        ("romeo & juliet", "Romeo and Juliet (1968)"),
        ("the good, the bad & the ugly", "The Good, the Bad and the Ugly (1966)"),
        # other names
        ("leon", "Léon: The Professional (1994)"),
        ("braindead", "Dead Alive (1992)"),
        ("la haine", "Hate (1995)"),
        ("haine", "Hate (1995)"),
        ("das boot", "Das Boot (1981)"),
        ("boot", "Das Boot (1981)"),
        ("le fabuleux destin d’amelie poulain", "Amelie (2001)"),
        # parts of names
        ("empire strikes back", "Star Wars: Episode V - The Empire Strikes Back (1980)"),
        ("a new hope", "Star Wars: Episode IV - A New Hope (1977)"),
        ("fellowship of the ring", "The Lord of the Rings: The Fellowship of the Ring (2001)"),
        (
            "dr strangelove",
            "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb (1964)",
        ),
        # slips
        ("shawshenk redemtion", "The Shawshank Redemption (1994)"),
        ("the shawshank redemptoin", "The Shawshank Redemption (1994)"),
        ("jurasic park", "Jurassic Park (1993)"),
        ("pulp ficton", "Pulp Fiction (1994)"),
        ("intersteller", "Interstellar (2014)"),
        ("godfater", "The Godfather (1972)"),
        ("silense of the lambs 1991", "The Silence of the Lambs (1991)"),
        # numbers
        ("1984", "1984 (1984)"),
        ("id:1", "Heat (1995)"),
        (" ID: 4 ", "The Matrix (1999)"),
    ],
)
def test_a_text_beyond_doubt_finds_its_film(text: str, label: str) -> None:
    resolution = INDEX.resolve(text)
    assert isinstance(resolution, Found), labels(resolution)
    assert resolution.movie.label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Babylon 5", "Babylon 5"),
        ("96 minutes", "96 Minutes (2011)"),
        ("$", "$ (1971)"),
        ("七人の侍", "七人の侍 (1954)"),
        ("L'avventura", "L'Avventura (1960)"),
        ("avventura", "L'Avventura (1960)"),
        ("dollars", "$ (1971)"),
    ],
)
def test_the_one_film_of_that_name_may_be_little_known(text: str, label: str) -> None:
    resolution = INDEX.resolve(text)
    assert isinstance(resolution, Doubtful), labels(resolution)
    assert resolution.movie.label == label
    assert isinstance(INDEX.resolve(f"{text} ({resolution.movie.year})"), Found) or resolution.movie.year is None


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("sabrina", ["Sabrina (1995)", "Sabrina (1954)"]),
        ("ocean's eleven", ["Ocean's Eleven (2001)", "Ocean's Eleven (1960)"]),
        ("les miserables", ["Les Misérables (1995)", "Les Misérables (1998)"]),
        ("mask", ["The Mask (1994)", "Mask (1985)"]),
        ("the professional", ["Léon: The Professional (1994)", "The Professional (1981)"]),
        ("kill bill", ["Kill Bill: Vol. 1 (2003)", "Kill Bill: Vol. 2 (2004)"]),
        (
            "star wars",
            [
                "Star Wars: Episode IV - A New Hope (1977)",
                "Star Wars: Episode V - The Empire Strikes Back (1980)",
                "Star Wars: Episode VI - Return of the Jedi (1983)",
            ],
        ),
        (
            "lord of the rings",
            [
                "The Lord of the Rings: The Fellowship of the Ring (2001)",
                "The Lord of the Rings: The Two Towers (2002)",
                "The Lord of the Rings (1978)",
            ],
        ),
        ("nine", ["9 (2009)", "Nine (2009)"]),
        ("2001", ["2001: A Space Odyssey (1968)"]),
        ("shawshank", ["The Shawshank Redemption (1994)"]),
        ("lambs silence", ["The Silence of the Lambs (1991)"]),
        ("joker", ["Batman Beyond: Return of the Joker (2000)"]),
        ("haet", ["Heat (1995)", "Hate (1995)"]),
        ("heat 1980", ["Heat (1995)", "The Heat (2013)"]),
        ("story toy", ["Toy Story (1995)", "Toy Story 2 (1999)", "Toy Story 3 (2010)"]),
    ],
)
def test_a_text_in_doubt_asks(text: str, candidates: list[str]) -> None:
    resolution = INDEX.resolve(text)
    assert isinstance(resolution, Ambiguous), labels(resolution)
    assert labels(resolution) == candidates


@pytest.mark.parametrize(
    ("text", "nearest", "year"),
    [
        ("toy story 4", "Toy Story 2 (1999)", None),
        ("die hard 3", "Die Hard 2 (1990)", None),
        ("heat 2022", "Heat (1995)", 2022),
        ("alien resurection 2040", "Alien (1979)", 2040),
    ],
)
def test_an_unknown_title_gets_the_nearest(text: str, nearest: str, year: int | None) -> None:
    resolution = INDEX.resolve(text)
    assert isinstance(resolution, Unknown), labels(resolution)
    assert resolution.asked_year == year
    assert nearest in labels(resolution)
    assert len(resolution.nearest) <= 3


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b", "\u0301", "🎬", "!!!", "qqqqqqqq", "id:999999", "id:99999999999999999", "x" * 4000]
)
def test_what_names_no_film_is_unknown(text: str) -> None:
    assert INDEX.resolve(text) == Unknown((), None)


def test_a_film_listed_twice_is_the_one_with_more_ratings() -> None:
    resolution = INDEX.resolve("emma 1996")
    assert isinstance(resolution, Found)
    assert resolution.movie.ratings_count == 30
    assert [movie.ratings_count for movie in INDEX.exact("Emma")] == [30]
    twin = max(FILMS)
    assert INDEX.resolve(f"id:{twin}") == Found(FILMS[twin])


@pytest.mark.parametrize(
    ("known", "known_year", "other", "other_year", "is_found"),
    [
        (150, 1993, 10, 1947, True),
        (149, 1993, 10, 1947, False),  # not so much better known
        (150, 1957, 10, 1997, False),  # a newer one may be meant
        (150, 1993, 10, None, False),
    ],
)
def test_a_film_that_outshines_its_namesakes_is_meant(
    known: int, known_year: int, other: int, other_year: int | None, is_found: bool
) -> None:
    label = "The Fugitive" if other_year is None else f"The Fugitive ({other_year})"
    films = [film(1, f"The Fugitive ({known_year})", known), film(2, label, other), film(3, "Newest (2018)", 1)]
    resolution = TitleIndex(Catalogue(films)).resolve("the fugitive")
    assert isinstance(resolution, Found if is_found else Ambiguous)


def test_one_word_of_a_longer_title_is_taken_only_for_a_well_known_film() -> None:
    others = [film(number, f"Film {number} (1990)", 10) for number in range(2, 12)]
    known = TitleIndex(Catalogue([film(1, "2001: A Space Odyssey (1968)", 11), *others]))
    obscure = TitleIndex(Catalogue([film(1, "2001: A Space Odyssey (1968)", 9), *others]))
    assert isinstance(known.resolve("2001"), Found)
    assert isinstance(obscure.resolve("2001"), Ambiguous)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Toy Story 2", ["Toy Story 2 (1999)"]),
        ("Apollo 13", ["Apollo 13 (1995)"]),
        ("300", ["300 (2007)"]),
        ("die hard 2", ["Die Hard 2 (1990)"]),
        ("rocky 5", ["Rocky V (1990)"]),
        ("alien 3", ["Alien³ (1992)"]),
        ("kill bill 2", ["Kill Bill: Vol. 2 (2004)"]),
        ("Blade Runner 2049", ["Blade Runner 2049 (2017)"]),
        ("sabrina", ["Sabrina (1995)", "Sabrina (1954)"]),
        ("heat 4", []),
        ("pulp", []),
        ("pulp ficton", []),
        ("", []),
    ],
)
def test_only_a_whole_name_is_exact(text: str, found: list[str]) -> None:
    assert [movie.label for movie in INDEX.exact(text)] == found


def test_a_search_goes_from_sure_to_unsure() -> None:
    matches = INDEX.search("heat", limit=5)
    assert [(match.movie.label, match.tier) for match in matches[:3]] == [
        ("Heat (1995)", Tier.EXACT),
        ("The Heat (2013)", Tier.EXACT),
        ("Heathers (1989)", Tier.PREFIX),
    ]
    assert [match.tier for match in matches] == sorted(match.tier for match in matches)
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
    assert len(matches) == 5


def test_whole_words_go_before_longer_ones_in_a_finished_text() -> None:
    index = TitleIndex(Catalogue([film(1, "Heathers (1989)", 900), film(2, "Dead Heat Two (1988)", 1)]))
    assert [match.movie.movie_id for match in index.search("heat")] == [1, 2]
    index = TitleIndex(Catalogue([film(1, "Heathers (1989)", 900), film(2, "Heat Wave (1988)", 1)]))
    assert [match.movie.movie_id for match in index.search("heat")] == [2, 1]
    assert [movie.movie_id for movie in index.autocomplete("heat")] == [1, 2]


def test_a_year_leaves_the_films_of_that_year() -> None:
    found = INDEX.search("sabrina 1954")
    assert found[0].movie.label == "Sabrina (1954)"
    assert {match.movie.year for match in found} == {1954}
    assert [match.movie.label for match in INDEX.search("sabrina 1970")][:2] == [
        "Sabrina (1995)",
        "Sabrina (1954)",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("toy st", ["Toy Story (1995)", "Toy Story 2 (1999)", "Toy Story 3 (2010)"]),
        ("the mat", ["The Matrix (1999)", "The Matrix Reloaded (2003)"]),
        ("seve", ["Seven (1995)", "Seven Samurai (1954)"]),
        ("heat (19", ["Heat (1995)", "The Heat (2013)"]),
        ("sabrina (1954", ["Sabrina (1954)"]),
        ("sabrina (1954)", ["Sabrina (1954)"]),
        ("redem shaw", ["The Shawshank Redemption (1994)"]),
        ("redemption shaw", ["The Shawshank Redemption (1994)"]),
        ("shawshenk", ["The Shawshank Redemption (1994)"]),
        ("spiderm", ["Spider-Man (2002)"]),
        ("id:4", ["The Matrix (1999)"]),
        ("id:999999", []),
        ("x" * 4000, []),
    ],
)
def test_completion(text: str, first: list[str]) -> None:
    assert [movie.label for movie in INDEX.autocomplete(text)][: max(1, len(first))] == first


def test_nothing_typed_completes_to_the_most_rated() -> None:
    labelled = [movie.label for movie in INDEX.autocomplete(" ", limit=3)]
    assert labelled == ["The Shawshank Redemption (1994)", "Pulp Fiction (1994)", "The Silence of the Lambs (1991)"]


def test_completion_keeps_its_limit() -> None:
    assert len(INDEX.autocomplete("t", limit=4)) == 4


def test_an_empty_catalogue_knows_nothing() -> None:
    index = TitleIndex(Catalogue([]))
    assert index.resolve("heat") == Unknown((), None)
    assert index.search("heat") == []
    assert index.autocomplete("") == []
    assert index.exact("heat") == ()


@pytest.mark.parametrize("movie", FILMS.values(), ids=lambda movie: str(movie.movie_id))
def test_every_label_finds_its_film(movie: Movie) -> None:
    assert movie.label in labels(INDEX.resolve(movie.label))


def test_a_much_better_known_film_whose_name_goes_on_may_be_meant() -> None:
    films = [film(1, "Blair Witch Project, The (1999)", 50), film(2, "Blair Witch (2016)", 4)]
    known = TitleIndex(Catalogue([*films, *(film(number, f"Film {number} (1990)", 40) for number in range(3, 9))]))
    assert labels(known.resolve("blair witch")) == ["The Blair Witch Project (1999)", "Blair Witch (2016)"]
    assert labels(known.resolve("blair witch 2016")) == ["Blair Witch (2016)"]
    assert isinstance(known.resolve("blair witch project"), Found)


def test_a_much_better_known_film_one_slip_away_may_be_meant() -> None:
    films = [film(1, "Inglourious Basterds (2009)", 90), film(2, "Inglorious Bastards (1978)", 1)]
    known = TitleIndex(Catalogue([*films, *(film(number, f"Film {number} (1990)", 40) for number in range(3, 9))]))
    assert isinstance(known.resolve("inglorious bastards"), Ambiguous)
    assert known.resolve("inglorious bastards (1978)") == Found(films[1])


def test_a_title_of_another_year_offers_the_longer_title_of_that_year() -> None:
    films = [film(1, "Romeo and Juliet (1968)", 9), film(2, "William Shakespeare's Romeo + Juliet (1996)", 9)]
    assert set(labels(TitleIndex(Catalogue(films)).resolve("romeo and juliet 1996"))) == {one.label for one in films}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("heat '95", "Heat (1995)"),
        ("sabrina ’54", "Sabrina (1954)"),
        ("sabrina [1954]", "Sabrina (1954)"),
        ("~~sabrina (1954)~~", "Sabrina (1954)"),
        ("Ｓａｂｒｉｎａ　（１９５４）", "Sabrina (1954)"),
        ("eight and a half", "8 1/2 (1963)"),
    ],
)
def test_years_and_halves_in_any_writing(text: str, meant: str) -> None:
    found = INDEX.resolve(text)
    assert isinstance(found, Found)
    assert found.movie.label == meant


def test_a_remark_in_brackets_is_asked_about() -> None:
    assert labels(INDEX.resolve("Heat (De Niro and Pacino)")) == ["Heat (1995)", "The Heat (2013)"]
    assert isinstance(INDEX.resolve("Qqqzz (De Niro and Pacino)"), Unknown)


WORDS = st.sampled_from(["heat", "the", "a", "2", "ii", "part", "x", "é", "&", "-", ":", "1995", "(b)", ", The", "l'"])
RAW_TITLES = st.builds(
    lambda words, year: " ".join(words) + (f" ({year})" if year else ""),
    st.lists(WORDS | st.text(max_size=6), min_size=1, max_size=5),
    st.none() | st.integers(1900, 2018),
).filter(lambda raw: raw.strip() != "")


@given(st.lists(RAW_TITLES, min_size=1, max_size=12), st.data())
def test_the_label_of_any_film_finds_it_or_asks(raws: list[str], data: st.DataObject) -> None:
    films = Catalogue(film(number, raw, number % 4) for number, raw in enumerate(raws, start=1))
    index = TitleIndex(films)
    movie = films[data.draw(st.sampled_from(sorted(films)))]
    resolution = index.resolve(movie.label)
    if any(letter.isalnum() for letter in movie.title):
        assert not isinstance(resolution, Unknown)
        assert movie.label.strip() in [label.strip() for label in labels(resolution)]


@given(st.text(max_size=400))
@example("$")  # the whole name of a little-known film
def test_no_text_is_an_error(text: str) -> None:
    assert isinstance(INDEX.resolve(text), Resolution)
    assert len(INDEX.search(text, 3)) <= 3
    assert len(INDEX.autocomplete(text, 3)) <= 3
    found = {match.movie.movie_id for match in INDEX.search(text, 100)}
    assert {movie.movie_id for movie in INDEX.exact(text)} <= found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_means_no_film_and_is_compared_with_few(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are like it and are asked for. How long it takes, `python -m benchmarks large` measures."""
    index = TitleIndex(Catalogue(film(number, f"{number} {text[:200]}", 1) for number in range(1, 1001)))
    compared: list[str] = []

    def counted(folded: str, name: str) -> float:
        compared.append(name)
        return likeness(folded, name)

    likeness = lookup._likeness
    monkeypatch.setattr(lookup, "_likeness", counted)
    assert isinstance(index.resolve(text), Ambiguous | Unknown)
    compared.clear()
    index.search(text, 2000)
    assert len(compared) <= lookup._FUZZY_CANDIDATES


def test_every_label_of_the_real_set_finds_its_film(real_catalogue: Catalogue) -> None:
    films = real_catalogue
    index = TitleIndex(films)
    wrong = [movie.label for movie in films.values() if movie.label not in labels(index.resolve(movie.label))]
    assert wrong == []
    raws = [movie for movie in films.values() if movie.label not in labels(index.resolve(movie.raw_title))]
    assert len(raws) < 0.01 * len(films)


@pytest.mark.parametrize(
    ("text", "is_name"),
    [("heat", True), ("Heat (1995)", True), ("heat 1996", True), ("Heat (1942)", False), ("heet", False), ("", False)],
)
def test_a_whole_name_may_have_its_year_behind(text: str, is_name: bool) -> None:
    index = TitleIndex(Catalogue([Movie(6, "Heat", 1995, (), "Heat (1995)")]))
    assert index.is_name(text) is is_name
