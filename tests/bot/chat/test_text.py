"""Text of strangers: nothing in it pings, links, formats, reverses or towers, and it is cut where it may be cut."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.text import (
    ECHO_LIMIT,
    OPTION_LIMIT,
    TITLE_LIMIT,
    bold,
    cut,
    escape,
    in_minutes,
    many,
    moment,
    name,
    option,
    person,
    plain,
    quote,
)
from tests.bot.hostile import HOSTILE, HOSTILE_IDS, film

nasty = st.text(alphabet="@everyone&<>[]()|`*_~#:/\\!1. \n\t\u202e\u2066\u0301\u0489\u200d\ufe0f\u200b👩🏽🇺🇸éa")
anything = st.one_of(st.text(), nasty, st.sampled_from(HOSTILE))

BARE_MARKUP = re.compile(r"(?<!\\)(?:\\\\)*[*_~`|\[\]<>#]")


def is_harmless(text: str) -> bool:
    """Whether Discord finds no markup, no mention and no address in it."""
    return not (BARE_MARKUP.search(text) or re.search(r"@(everyone|here|[&!]?\d)", text) or "://" in text)


def read(text: str) -> str:
    """What a person reads where Discord shows an escaped text."""
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL).replace("\u200b", "")


# Escaping


@given(anything)
@example("\\")
@example("\\*")
def test_what_is_escaped_is_harmless_and_reads_the_same(text: str) -> None:
    escaped = escape(text)
    assert is_harmless(escaped)
    assert read(escaped) == text.replace("\u200b", "")


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE_IDS)
def test_hostile_text_is_harmless_in_every_place(text: str) -> None:
    movie = film(title=text)
    for shown in (quote(text), name(movie), person(text)):
        assert is_harmless(shown)
        assert "\n" not in shown
    assert is_harmless(bold(movie)[2:-2])
    assert len(read(quote(text))) <= ECHO_LIMIT + 2
    assert len(read(name(movie))) <= TITLE_LIMIT
    assert len(option(movie)) <= OPTION_LIMIT


def test_escaping_by_example() -> None:
    assert escape("M*A*S*H_") == r"M\*A\*S\*H\_"
    assert escape("@everyone") == "@\u200beveryone"
    assert escape("<@&123>") == "\\<@\u200b&123\\>"
    assert escape("[x](http://evil)") == "\\[x\\](http:\u200b//evil)"
    assert escape("plain words, (1995)") == "plain words, (1995)"


# One calm line


@given(anything)
def test_a_calm_line(text: str) -> None:
    calm = plain(text)
    assert calm == " ".join(calm.split())
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Co", "Zl", "Zp"} for one in calm)
    assert not any(unicodedata.category(one) == "Cf" and one != "\u200d" for one in calm)
    marks = 0
    for one in calm:
        marks = marks + 1 if unicodedata.category(one) in {"Mn", "Me"} or one == "\u200d" else 0
        assert marks <= 2


@pytest.mark.parametrize(
    ("text", "calm"),
    [
        ("  two\n\tlines  ", "two lines"),
        ("\u202egnihtemos", "gnihtemos"),
        ("a\u2066b\u2069c", "abc"),
        ("nul\x00l", "null"),
        ("a" + "\u0301" * 50, "á\u0301\u0301"),
        ("a" + "\u0489" * 50, "a\u0489\u0489"),
        ("a" + "\u0301\u0302\u200d" * 50, "á\u0302\u200d"),
        ("no\u00a0break", "no break"),
        ("Amélie", "Amélie"),
        ("Ame\u0301lie", "Amélie"),
        ("千と千尋の神隠し", "千と千尋の神隠し"),
        ("👩🏽‍🚀 ❤️‍🔥 🏴‍☠️", "👩🏽‍🚀 ❤️‍🔥 🏴‍☠️"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("", ""),
    ],
)
def test_calm_by_example(text: str, calm: str) -> None:
    assert plain(text) == unicodedata.normalize("NFC", calm)


# Cutting


@given(anything, st.integers(1, 40))
def test_a_cut_text_is_short_and_begins_as_it_was(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= limit
    if len(text) <= limit:
        assert shown == text
        return
    assert shown.endswith("…")
    kept = shown[:-1]
    assert text.startswith(kept)
    assert not kept or not unicodedata.category(text[len(kept)]).startswith("M")


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("Heat", 4, "Heat"),
        ("Heat!", 4, "Hea…"),
        ("one two", 5, "one…"),
        ("ab" + "e\u0301" + "cd", 4, "ab…"),
        ("ab👍🏽cd", 4, "ab…"),
        ("ab👍🏽cd", 5, "ab👍🏽…"),
        ("a👩‍👩‍👧b", 5, "a…"),
        ("a❤️b!", 3, "a…"),
        ("🇫🇷🇩🇪🇮🇹", 4, "🇫🇷…"),
        ("🇫🇷🇩🇪🇮🇹", 5, "🇫🇷🇩🇪…"),
        ("a🇫🇷🇩🇪", 3, "a…"),
        ("नमस्ते दुनिया", 6, "नमस्…"),
        ("\u0301" * 9, 4, "…"),
        ("abc", 1, "…"),
    ],
)
def test_cutting_by_example(text: str, limit: int, shown: str) -> None:
    assert cut(text, limit) == shown


# Words


def test_films_in_a_sentence_and_in_a_menu() -> None:
    movie = film(title="M*A*S*H", year=1970)
    assert bold(movie) == r"**M\*A\*S\*H (1970)**"
    assert option(movie) == "M*A*S*H (1970)"
    assert name(film(title="Heat", year=None)) == "Heat"
    assert quote(" toy\nstory* ") == "“toy story\\*”"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 ratings"), (1, "1 rating"), (2, "2 ratings"), (1204, "1,204 ratings")]
)
def test_many(number: int, words: str) -> None:
    assert many(number, "rating") == words


def test_many_people() -> None:
    assert (many(1, "person", "people"), many(2, "person", "people")) == ("1 person", "2 people")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 s"),
        (0.4, "1 s"),
        (40, "40 s"),
        (89, "89 s"),
        (90, "2 min"),
        (5_399, "90 min"),
        (5_400, "2 h"),
        (172_799, "48 h"),
        (172_800, "2 days"),
        (10**7, "116 days"),
    ],
)
def test_a_duration_in_words(seconds: float, words: str) -> None:
    assert in_minutes(seconds) == words


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        ("2026-11-24T13:42:04+00:00", "2026-11-24 13:42 UTC"),
        ("2026-11-24T23:42:04-02:30", "2026-11-25 02:12 UTC"),
        ("unknown", "unknown"),
    ],
)
def test_a_moment(stamp: str, words: str) -> None:
    assert moment(stamp) == words
