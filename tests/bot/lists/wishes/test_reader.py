"""Wishes as people say them, read against films of which everything is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.language import speaking
from bot.lists.filters import PLAIN, Filters, Liked, Person, Runtime, Years
from bot.lists.wishes import ContradictionError, CountError, Offer, WishReader
from tests.bot.lists.wishes.conftest import FILMS

HEAT, INCEPTION, UP, ALIEN, BLADE_RUNNER = (Liked(FILMS[at].movie_id, FILMS[at].label) for at in range(5))
STALKER = Liked(13, "Stalker (1979)")
STAR_WARS, HARRY_POTTER = (
    tuple(Liked(one, name) for one in ids) for name, ids in (("Star Wars", (8, 9, 10)), ("Harry Potter", (11, 12)))
)
NOLAN = Person("Christopher Nolan", "director")


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("what should I watch tonight?", PLAIN),
        ("surprise me", PLAIN),
        ("something funny from the 90s", Filters(("Comedy",), years=Years(1990, 1999))),
        ("a sad film, but not too long", Filters(moods=("tearjerker",), runtime=Runtime(None, 90))),
        ("three good thrillers", Filters(("Thriller",), count=3)),
        ("nothing scary for my 6 year old", Filters(("Children",), without_moods=("scary",))),
        ("i'm sick of superheroes, give me a drama", Filters(("Drama",), without_moods=("superheroes",))),
        ("no romantic comedies", Filters(without=("Romance", "Comedy"))),
        ("not american comedy", Filters(("Comedy",), without_origins=("American",))),
        ("war but not world war 2", Filters(("War",), without_moods=("world war ii",))),
        ("comedy, no romcom", Filters(("Comedy",), without=("Romance",))),
        ("comedy but no romantic comedy", Filters(("Comedy",), without=("Romance",))),
        ("less drama, more action", Filters(("Action",), without=("Drama",))),
        ("my mum is 70, something from '99", Filters(years=Years(1999, 1999))),
        ("between 90 and 120 minutes", Filters(runtime=Runtime(90, 120))),
        ("not scary comedy", Filters(("Comedy",), without_moods=("scary",))),
        ("no superhero comedy", Filters(without=("Comedy",), without_moods=("superheroes",))),
        ("anything but musicals", Filters(without=("Musical",))),
        ("my dad likes westerns and war films", Filters(("Western", "War"))),
        ("nothing before 1980 and under two hours", Filters(years=Years(1980, None), runtime=Runtime(None, 120))),
        ("new sci-fi", Filters(("Sci-Fi",), years=Years(2016, None))),
        ("not mainstream", Filters(depth="deep")),
        ("not so dark, feel good", Filters(moods=("feel-good",), without_moods=("dark",))),
        ("not too scary, violent or sad", Filters(without_moods=("scary", "violent", "tearjerker"))),
        ("by Nolan", Filters(people=(NOLAN,))),
        ("directed by christopher nolan with leonardo dicaprio",
         Filters(people=(NOLAN, Person("Leonardo DiCaprio", "lead")))),
        ("al pacino and robert de niro", Filters(people=(Person("Al Pacino"), Person("Robert De Niro")))),
        ("al pacino or nolan movies",
         Filters(either_people=(Person("Al Pacino"), Person("Christopher Nolan")))),
        ("thriller without Al Pacino", Filters(("Thriller",), without_people=(Person("Al Pacino"),))),
        ("japanese, not american", Filters(origins=("Japanese",), without_origins=("American",))),
        ("in english, not english", Filters(origins=("English-language",), without_origins=("British",))),
        ("time loop", Filters(moods=("time travel",))),
        ("like Heat", Filters(like=(HEAT,))),
        ("al pacino, but not Heat", Filters(people=(Person("Al Pacino"),), without_films=(HEAT,))),
        ("drama without the alien", Filters(("Drama",), without_films=(ALIEN,))),
        ("drama without the alien invasion", Filters(("Drama",), without_moods=("aliens",))),
        ("drama, not Blade Runner or Inception", Filters(("Drama",), without_films=(BLADE_RUNNER, INCEPTION))),
        ("80s not star wars", Filters(years=Years(1980, 1989), without_films=STAR_WARS)),
        ("fantasy without harry potter or alien (1979)",
         Filters(("Fantasy",), without_films=(*HARRY_POTTER, ALIEN))),
        ("not Star Wars Episode V", Filters(without_films=(Liked(9, FILMS[8].label),))),
        ("like Stalker, but not Stalker (1979)", Filters(without_films=(STALKER,))),
        ("like stalker or Heat (1995)", Filters(like=(STALKER, HEAT))),
        ("like alien but not blade runner or heat, newer",
         Filters(like=(ALIEN,), without_films=(BLADE_RUNNER, HEAT), years=Years(1980, None))),
        ("movies like up but darker", Filters(like=(UP,), moods=("dark",))),
        ("like Up but newer and shorter", Filters(like=(UP,), years=Years(2010, None), runtime=Runtime(None, 95))),
        ("like alien and blade runner, but less known", Filters(like=(ALIEN, BLADE_RUNNER), depth="deep")),
        ("something like a romcom", Filters(every=("Comedy", "Romance"))),
        ("i loved Heat, something older", Filters(like=(HEAT,), years=Years(None, 1994))),
        ("I'd like horror", Filters(("Horror",))),
        ("rewatch a comedy", Filters(("Comedy",), seen="seen")),
        ("comedy, also films I have seen", Filters(("Comedy",), seen="any")),
        ("a comedy that is not on my watchlist", Filters(("Comedy",), source="not on watchlist")),
        ("no horror, without defaults", Filters(without=("Horror",), with_defaults=False)),
        ("without my defaults a comedy", Filters(("Comedy",), with_defaults=False)),
        ("not older than 10 years", Filters(years=Years(2009, None))),
        ("drama, nothing older than two decades", Filters(("Drama",), years=Years(1999, None))),
        ("sci-fi more than 30 years old", Filters(("Sci-Fi",), years=Years(None, 1988))),
        ("funny thriller, not from the 80s or 90s, korean",
         Filters(every=("Comedy", "Thriller"), origins=("Korean",),
                 without_years=(Years(1980, 1989), Years(1990, 1999)))),
        ("drama, nothing from this decade", Filters(("Drama",), years=Years(None, 2009))),
        ("80s or 90s", Filters(years=Years(1980, 1999))),
        ("80s horror and 2010s", Filters(("Horror",), years=Years(1980, 2019, ((1990, 2009),)))),
        ("before 1970 or after 1990", Filters(years=Years(None, None, ((1970, 1990),)))),
        ("80s, 90s or 2010s, after 1985", Filters(years=Years(1986, 2019, ((2000, 2009),)))),
        ("between the 70s and 1990", Filters(years=Years(1970, 1990))),
        ("no films before 1970", Filters(years=Years(1970, None))),
        ("sci-fi but not before 2000 or after 2010", Filters(("Sci-Fi",), years=Years(2000, 2010))),
        ("no horror or 80s films", Filters(without=("Horror",), without_years=(Years(1980, 1989),))),
        ("no horror, 80s films", Filters(without=("Horror",), years=Years(1980, 1989))),
        ("no 80s horror", Filters(without=("Horror",), without_years=(Years(1980, 1989),))),
        ("no movies over two hours", Filters(runtime=Runtime(None, 120))),
        ("nothing scary, under two hours", Filters(without_moods=("scary",), runtime=Runtime(None, 120))),
        ("not 3 hours", Filters(runtime=Runtime(None, 180))),
        ("best rated horror", Filters(("Horror",), moods=("best rated",))),
        ("top 5 comedies of all time", Filters(("Comedy",), count=5, moods=("best rated",))),
        ("the best horror movies of all time", Filters(("Horror",), moods=("best rated",))),
        ("sci-fi with high ratings on IMDb", Filters(("Sci-Fi",), moods=("best rated",))),
        ("the worst movies of all time", Filters(moods=("bad",))),
        ("one film for tonight", Filters(count=1)),
        ("one good thriller", Filters(("Thriller",), count=1)),
        ("I'm sad, cheer me up", Filters(moods=("feel-good",))),
        ("I'm sad, no horror", Filters(without=("Horror",), moods=("feel-good",))),
        ("i feel so lonely tonight", Filters(moods=("feel-good",))),
        ("i'm feeling down, something funny", Filters(("Comedy",))),
        ("I'm sad and want a good cry", Filters(moods=("tearjerker",))),
        ("feeling sad movies", Filters(moods=("tearjerker",))),
        ("scify from the ninties", Filters(("Sci-Fi",), years=Years(1990, 1999))),
        ("80s or seventys", Filters(years=Years(1970, 1989))),
        ("popular movies I missed", Filters(depth="popular")),
        ("horor and comdy", Filters(every=("Horror", "Comedy"))),
    ],
)  # fmt: skip
def test_what_is_read(reader: WishReader, text: str, filters: Filters) -> None:
    reading = reader.read(text)
    assert (reading.filters, reading.unread) == (filters, ())


@pytest.mark.parametrize(
    ("text", "named", "rest"),
    [
        ("purple sci-fi", ["purple"], Filters(("Sci-Fi",))),
        ("bechdel approved drama", ["bechdel approved"], Filters(("Drama",))),
        ("by Zzyzx", ["Zzyzx"], PLAIN),
        ("french new wave", ["new wave"], Filters(origins=("French",))),
        ("drama, no french new wave", ["french new wave"], Filters(("Drama",))),
        ("british loud wave", [], Filters(moods=("british loud wave",))),
        ("asdfgh", ["asdfgh"], PLAIN),
        ("my cousin frobnicated all day, horror please", [], Filters(("Horror",))),
        ("I want something frobnicated", ["frobnicated"], PLAIN),
        ("from when I was a kid, no war", ["when I was a kid"], Filters(without=("War",))),
        ("like Zzyzx", ["Zzyzx"], PLAIN),
        ("something like Lost", ["Lost"], PLAIN),
        ("drama from before I was born", ["before I was born"], Filters(("Drama",))),
        ("3 horror movies not 2 zzyzx", ["2 zzyzx"], Filters(("Horror",), count=3)),
        ("blade runner", [], Filters(like=(Liked(5, "Blade Runner (1982)"),))),
        ("never show me horror again", [], Filters(without=("Horror",))),
        ("horror, no Zzyzx komedy", ["Zzyzx komedy"], Filters(("Horror",))),
    ],
)
def test_what_is_not_known_is_named_once_and_the_rest_is_used(
    reader: WishReader, text: str, named: list[str], rest: Filters
) -> None:
    reading = reader.read(text)
    assert ([one.text for one in reading.unread], reading.filters) == (named, rest)
    for offer in (offer for one in reading.unread for offer in one.offers):
        assert reader.offered(offer.kind, offer.written) is not None


def test_of_years_that_no_film_has_together_the_last_ones_count(reader: WishReader) -> None:
    reading = reader.read("80s horror since 2000")
    assert reading.filters == Filters(("Horror",), years=Years(2000, None))
    assert [(one.text, one.instead) for one in reading.unread] == [("80s", "since 2000")]
    with speaking("de"):
        reading = reader.read("Komödien seit 2000 80er")
        assert reading.filters == Filters(("Comedy",), years=Years(1980, 1989))
        assert [(one.text, one.instead) for one in reading.unread] == [("seit 2000", "80er")]


def test_what_may_be_meant_is_offered_and_never_taken(reader: WishReader) -> None:
    (unread,) = reader.read("komedy").unread
    assert unread.offers[0].label == "Comedy"
    assert not reader.read("from when I was a kid").says_something  # the question alone is the answer
    (unread,) = reader.read("from when I was a kid").unread
    assert [one.value for one in unread.offers] == ["1970-1979", "1980-1989", "1990-1999", "2000-2009"]
    assert reader.offered("like", "1") == Filters(like=(HEAT,))
    assert reader.offered("like", "999") is reader.offered("genre", "polka") is reader.offered("mood", "x") is None


def test_what_is_a_wish_without_a_command(reader: WishReader) -> None:
    for text in ("funny", "not another superhero movie please", "nothing scary", "find me something"):
        assert reader.read(text).is_wish, text
    for text in ("not funny", "great film, not boring", "i hate horror movies", "no thanks", "thanks for the movie"):
        assert not reader.read(text).is_wish, text


def test_what_is_left_out_is_a_wish_and_not_what_is_told_of_a_film(reader: WishReader) -> None:
    for text, filters in {
        "no romance": Filters(without=("Romance",)),
        "films without romance": Filters(without=("Romance",)),
        "ok, anything but comedies": Filters(without=("Comedy",)),
        "kein Horror": Filters(without=("Horror",)),
        "not horror, not too violent, with a good plot": Filters(without=("Horror",), without_moods=("violent",)),
        "a movie without violence": Filters(without_moods=("violent",)),
        "nothing from the 80s": Filters(without_years=(Years(1980, 1989),)),
    }.items():
        reading = reader.read(text)
        assert (reading.filters, reading.is_wish) == (filters, True), text
    for text in ("not scary", "no one likes it", "no way", "no idea", "nothing", "nope, danke"):
        assert not reader.read(text).is_wish, text


def test_a_film_that_is_told_of_is_no_wish_for_its_theme(reader: WishReader) -> None:
    for text in ("Alien fand ich super", "mark alien as seen", "Which is better, Alien or Aliens?"):
        assert not reader.read(text).is_wish, text
    for text in ("alien", "alien movies please", "something with aliens", "do you know an alien movie?"):
        assert reader.read(text).is_wish, text
    assert reader.namesake("alien") == FILMS[3]
    assert reader.namesake("aliens and robots") is reader.namesake("horror") is reader.namesake("heat") is None


def test_old_films_are_asked_for_and_asked_about(reader: WishReader) -> None:
    for text in ("old movies", "some foreign films"):
        assert reader.read(text).is_wish, text
        assert reader.read(text).unread[0].topic is not None
    for text in ("that's an old movie", "what an old film", "old"):
        assert not reader.read(text).is_wish, text


def test_a_good_film_is_asked_for(reader: WishReader) -> None:
    assert reader.read("what's a good movie?").is_wish
    assert not reader.read("that's a good movie").is_wish
    assert not reader.read("one film I saw was great").is_wish


def test_what_is_offered_is_said_in_the_language_of_who_asks(reader: WishReader) -> None:
    with speaking("de"):
        (unread,) = reader.read("komedy").unread
        assert unread.offers[0].label == "Komödie"
        (unread,) = reader.read("from when I was a kid").unread
        assert unread.offers[0] == Offer("years", "1970-1979", "1970er")
        (unread,) = reader.read("scaryyyy stuff").unread
        assert unread.offers[0] == Offer("mood", "scary", "Gruselig")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("comedy, no comedy", ContradictionError),
        ("80s, but not from the 80s", ContradictionError),
        ("20 films", CountError),
        ("under 1h over 2h", ContradictionError),
    ],
)
def test_what_cannot_be(reader: WishReader, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        reader.read(text)


WORDS = (
    *("no", "not", "without", "like", "Heat", "but", "and", "or", ",", "horror", "scary", "90s", "under 2h", "5", "by"),
    *(
        "nolan",
        "not from 1999",
        "older than 3 years",
        "a",
        "something",
        "zzz",
        "-",
        "korean",
        "new",
        "funny",
        "too",
        "!",
        "w/o",
        "everything",
        "older",
        "for",
    ),
)


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)))
def test_nothing_that_is_typed_breaks_it(reader: WishReader, text: str) -> None:
    try:
        reading = reader.read(text)
    except (ContradictionError, CountError):
        return
    assert Filters.from_json(reading.filters.to_json()) == reading.filters
    assert not set(reading.filters.without) & set(reading.filters.wanted_genres)
