"""Text of strangers: nothing in it reverses or towers, and it is cut where it may be cut; numbers in words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.text import cut, in_minutes, many, plain
from tests.bot.hostile import anything

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
    if kept and not unicodedata.category(kept[-1]).startswith("C"):  # after a control a mark stands alone
        assert not unicodedata.category(text[len(kept)]).startswith("M")


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
        ("नमस्ते दुनिया", 6, "नम…"),
        ("\u0301" * 9, 4, "…"),
        ("abc", 1, "…"),
    ],
)
def test_cutting_by_example(text: str, limit: int, shown: str) -> None:
    assert cut(text, limit) == shown


# Words


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
