"""The list and what stands under it."""

from dataclasses import replace

import pytest

from bot.chat.components import ActionSelect
from bot.chat.reply import Reply
from bot.chat.stars import confidence
from bot.lists.filters import PLAIN, Filters, Years
from bot.lists.replies import recommendations
from bot.lists.service import Because, ListedMovie, Loosening, MovieList
from bot.movies import ServerMean
from tests.bot.hostile import film
from tests.bot.limits import check, described, labels

HEAT = ListedMovie(1, film(), 4.26, 0.61, 102, ("Crime", "Action", "Drama"))


def shown(*films: ListedMovie, filters: Filters = PLAIN, rated: int = 5, **facts: object) -> MovieList:
    return MovieList(3, 7, films, rated, filters, **facts)  # type: ignore[arg-type]


def said(films: MovieList) -> list[str]:
    return described(recommendations(films, "!")).splitlines()


async def test_of_each_film_is_told_what_it_is_and_what_sets_it_apart() -> None:
    alien, usual = film("Alien", 7, 1979), replace(HEAT, because=Because(film("Alien", 7, 1979), is_liked=True))
    lines = [
        usual,
        replace(usual, movie=film(movie_id=8), rank=2),
        replace(HEAT, movie=film(movie_id=9), rank=3, stars_sd=0.9, because=Because(alien, is_liked=False)),
        replace(HEAT, movie=film(movie_id=10), rank=4, support=7, server=ServerMean(3.1, 2)),
        replace(HEAT, movie=film(movie_id=11), rank=5, support=0, genres=()),
        replace(HEAT, movie=film(movie_id=12), rank=6, genres=()),
    ]
    assert said(shown(*lines, filters=Filters(count=6)))[1:] == [
        "1. **Heat (1995)** ★ 4.3",
        "-# Crime, Action · because you liked Alien",
        "2. **Heat (1995)** ★ 4.3",
        "-# Crime, Action",
        "3. **Heat (1995)** ★ 4.3",
        "-# Crime, Action · a guess · because of Alien",
        "4. **Heat (1995)** ★ 4.3",
        "-# Crime, Action · only 7 ratings · ★ 3.1 in this server",
        "5. **Heat (1995)** ★ 4.3",
        "-# nobody has rated it yet",
        "6. **Heat (1995)** ★ 4.3",
        "-# From your 5 ratings · ★ my guess for you, quite sure",
    ]


async def test_where_the_films_end_that_are_what_was_asked_for() -> None:
    close = [replace(HEAT, movie=film(movie_id=7 + rank), rank=rank, is_close=True) for rank in (2, 3)]
    lines = [line for line in said(shown(HEAT, *close, filters=Filters(moods=("cheesy",)))) if "Crime" not in line]
    assert [line[:24] for line in lines[2:6]] == ["1. **Heat (1995)** ★ 4.3", "-# And these come close:"] + [
        f"{rank}. **Heat (1995)** ★ 4.3" for rank in (2, 3)
    ]
    assert said(shown(*close))[1] == "-# These come close:"


async def test_controls_stand_in_the_card() -> None:
    reply = recommendations(shown(HEAT, filters=Filters(count=1)), "!")
    assert labels(reply) == ["More", "Why", "Filters"]
    assert labels(recommendations(shown(HEAT), "!")) == ["Why", "Filters"]  # there is no more than this
    assert reply.layout is not None
    selects = [item for item in reply.layout.walk_children() if isinstance(item, ActionSelect)]
    assert [item.item.placeholder for item in selects] == ["I've seen…", "Not for me", "Like these, but…"]
    assert all([option.value for option in item.item.options] == ["6"] for item in selects[:2])


@pytest.mark.parametrize(
    ("films", "footer"),
    [
        (shown(HEAT, rated=1), "From your 1 rating ·"),
        (shown(HEAT, rated=1234), "From your 1,234 ratings ·"),
        (shown(HEAT, rated=203, adopted=200), "From 3 ratings of yours and 200 you started from ·"),
        (shown(HEAT, rated=0), "What most people like, since you have rated nothing yet: !start finds out what you"),
        (shown(HEAT, rated=0, filters=Filters(depth="deep")), "What the few who know it like, since"),
    ],
)
async def test_what_a_list_rests_on(films: MovieList, footer: str) -> None:
    assert said(films)[-1].startswith(f"-# That is all that fits. {footer}")
    full = replace(films, filters=replace(films.filters, count=1))
    assert said(full)[-1].startswith(f"-# {footer}")


async def test_the_title_says_what_was_asked_for() -> None:
    filters = Filters(("Comedy", "Drama"), ("Romance",), Years(1990, 1999), "deep", "watchlist")
    lines = said(shown(HEAT, filters=filters, goes_on=True))
    assert lines[:2] == [
        "## More films for you",
        "-# Comedy or Drama · without Romance · 1990s · deep cuts · from your watchlist",
    ]
    assert said(shown(HEAT))[0] == "## Films for you"


@pytest.mark.parametrize(
    ("films", "text"),
    [
        (shown(), "That was the whole catalogue"),
        (shown(filters=Filters(depth="deep")), "That was the whole catalogue"),
        (
            shown(filters=Filters(("War",), years=Years(None, 1920)), loosen=Loosening("years", 12)),
            "No film fits: War · up to 1920. From any year I have 12 films for you.",
        ),
        (
            shown(filters=Filters(("War",), years=Years(1920, 1920)), goes_on=True, loosen=Loosening("genres", 1)),
            "That was all: War · 1920. Of any genre I have 1 film for you.",
        ),
        (
            shown(filters=Filters(without=("War",), years=Years(2010, None))),
            "No film fits: without War · since 2010. Take away more than one of these.",
        ),
        (
            shown(filters=Filters(source="watchlist", count=3), loosen=Loosening("source", 9)),
            "Your watchlist has no film that you have not rated. !watchlist add Heat puts one on it. Beyond your",
        ),
    ],
)
async def test_an_empty_list_says_what_to_loosen(films: MovieList, text: str) -> None:
    reply = recommendations(films, "!")
    assert (reply.content or "").startswith(text)
    check(reply)
    assert _has_filters(reply) is not films.filters.admits_all


def _has_filters(reply: Reply) -> bool:
    return reply.view is not None and labels(reply) == ["Filters"]


async def test_long_titles_take_the_small_print_first() -> None:
    because = Because(film("_" * 300), is_liked=True)
    long = [ListedMovie(n, film("*" * 300, n), 4.0, 0.5, 10**9, because=because) for n in range(1, 11)]
    text = described(recommendations(shown(*long), "!"))
    assert "\n10. **" in text
    assert text.endswith("my guess for you, quite sure")


@pytest.mark.parametrize(
    ("sd", "word"), [(0.4, "sure"), (0.649, "sure"), (0.65, "fairly sure"), (0.85, "a guess"), (2.0, "a guess")]
)
def test_confidence_in_a_word(sd: float, word: str) -> None:
    assert confidence(sd) == word
