"""Text of strangers: nothing in it pings, links or formats."""

import re

import pytest
from hypothesis import example, given

from bot.chat.markdown import bold, escape, moment, name, person, quote
from bot.chat.text import ECHO_LIMIT, OPTION_LIMIT, TITLE_LIMIT, option
from tests.bot.hostile import HOSTILE, HOSTILE_IDS, anything, film

BARE_MARKUP = re.compile(r"(?<!\\)(?:\\\\)*[*_~`|\[\]<>#]")


def is_harmless(text: str) -> bool:
    """Whether Discord finds no markup, no mention and no address in it."""
    return not (BARE_MARKUP.search(text) or re.search(r"@(everyone|here|[&!]?\d)", text) or "://" in text)


def read(text: str) -> str:
    """What a person reads where Discord shows an escaped text."""
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL).replace("\u200b", "")


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
    assert escape("[x](http://evil)") == "\\[x\\]\u200b(http:\u200b//evil)"
    assert escape("[**a**](b) [c](d)") == "\\[\\*\\*a\\*\\*\\]\u200b(b) \\[c\\]\u200b(d)"
    assert escape("- # [REC] - a\\#1") == "\\- \\# \\[REC\\] - a\\\\\\#1"
    assert escape("plain words, (1995)") == "plain words, (1995)"


def test_films_in_a_sentence_and_in_a_menu() -> None:
    movie = film(title="M*A*S*H", year=1970)
    assert bold(movie) == r"**M\*A\*S\*H (1970)**"
    assert option(movie) == "M*A*S*H (1970)"
    assert name(film(title="Heat", year=None)) == "Heat"
    assert quote(" toy\nstory* ") == "“toy story\\*”"


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        ("2026-11-24T13:42:04+00:00", "<t:1795527724> (<t:1795527724:R>)"),
        ("2026-11-24T23:42:04-02:30", "<t:1795572724> (<t:1795572724:R>)"),
        ("unknown", "unknown"),
    ],
)
def test_a_moment(stamp: str, words: str) -> None:
    assert moment(stamp) == words
