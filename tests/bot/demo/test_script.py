"""The script language, line by line."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.script import (
    Advance,
    Attach,
    Autocomplete,
    Click,
    DirectMessage,
    Interested,
    Line,
    Menu,
    Restart,
    Say,
    ScriptError,
    Select,
    Slash,
    Submit,
    Voice,
    Vote,
    Wait,
    parse_line,
    parse_script,
)


def parsed(text: str) -> Line:
    line = parse_line(text, 7)
    assert line is not None
    assert (line.number, line.source) == (7, text.strip())
    return line


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("alice: !rate Heat 4.5", "alice", "!rate Heat 4.5"),
        ("  alice:   !rate Heat 4.5  ", "alice", "!rate Heat 4.5"),
        ("!recommend", "you", "!recommend"),
        ("@admin: !retrain", "admin", "!retrain"),
        ("admin: !retrain", "admin", "!retrain"),
        ("a.b-c_9: hi", "a.b-c_9", "hi"),
        ("rate Alien: Covenant 4", "you", "rate Alien: Covenant 4"),
        ("!rate Alien: Covenant 4", "you", "!rate Alien: Covenant 4"),
        ("alice: !rate Alien: Covenant 4", "alice", "!rate Alien: Covenant 4"),
        ("2001:a space odyssey", "you", "2001:a space odyssey"),
        ("@bob do you know Heat?", "you", "@bob do you know Heat?"),
        (f"{'x' * 33}: hi", "you", f"{'x' * 33}: hi"),
        ("alice: !rate Heat 4\\nAlien 5", "alice", "!rate Heat 4\nAlien 5"),
        ("alice: # no comment", "alice", "# no comment"),
    ],
)
def test_who_says_what(text: str, speaker: str, said: str) -> None:
    line = parsed(text)
    assert isinstance(line, Say)
    assert (line.speaker, line.text) == (speaker, said)


HEAD = (7, "", "you")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/click Wrong film", Click(*HEAD, "Wrong film")),
        ('/click "Wrong film"', Click(*HEAD, "Wrong film")),
        ('/select "Which film?" "Heat (1995)"', Select(*HEAD, "Which film?", ("Heat (1995)",))),
        ("/select Order newest oldest", Select(*HEAD, "Order", ("newest", "oldest"))),
        ('/submit "First year"="19 90" Genre=Drama', Submit(*HEAD, (("First year", "19 90"), ("Genre", "Drama")))),
        ('/submit Note="a \\"b\\" c"', Submit(*HEAD, (("Note", 'a "b" c'),))),
        ("/slash recommend genre=Drama", Slash(*HEAD, "recommend", (("genre", "Drama"),))),
        ("/slash rate movie=Toy Story stars=4.5", Slash(*HEAD, "rate", (("movie", "Toy Story"), ("stars", "4.5")))),
        ('/slash rate movie="a=b c"', Slash(*HEAD, "rate", (("movie", "a=b c"),))),
        ("/slash profile adopt user=42", Slash(*HEAD, "profile adopt", (("user", "42"),))),
        ("/SLASH ping", Slash(*HEAD, "ping", ())),
        ("/autocomplete rate movie toy st", Autocomplete(*HEAD, ("rate", "movie", "toy", "st"))),
        ("/dm !privacy show", DirectMessage(*HEAD, "!privacy show")),
        ('/attach ratings.csv !import 5" disc', Attach(*HEAD, "ratings.csv", '!import 5" disc')),
        ('/attach "my ratings.csv"', Attach(*HEAD, "my ratings.csv", "")),
        ('/menu "Rate this movie" last', Menu(*HEAD, "Rate this movie", "last")),
        ('/menu "Compare taste" @bob', Menu(*HEAD, "Compare taste", "@bob")),
        ("/wait retrain", Wait(*HEAD)),
        ("/advance 1d12h", Advance(*HEAD, timedelta(hours=36))),
        ("/restart", Restart(*HEAD)),
    ],
)
def test_steps(text: str, expected: Line) -> None:
    line = parsed(text)
    fields = [name for name in expected.__dataclass_fields__ if name != "source"]
    assert type(line) is type(expected)
    assert [getattr(line, name) for name in fields] == [getattr(expected, name) for name in fields]


@pytest.mark.parametrize("text", ["alice: /restart", "alice: /click Undo", "@admin: /slash retrain"])
def test_anybody_may_take_a_step(text: str) -> None:
    assert parsed(text).speaker in {"alice", "admin"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("alice:", "nothing is said"),
        ("@carol: !retrain", "the operator is @admin"),
        ("/rate Heat 4", "/slash rate"),
        ("/", "no step"),
        ("/click", "/click LABEL"),
        ("/select Order", '/select "LABEL" "OPTION"'),
        ("/select", '/select "LABEL" "OPTION"'),
        ('/select "Order newest', "no end"),
        ("/submit Genre", '/submit "FIELD"="VALUE"'),
        ("/submit", '/submit "FIELD"="VALUE"'),
        ("/slash", "/slash COMMAND"),
        ("/slash genre=Drama", "/slash COMMAND"),
        ("/autocomplete rate", "/autocomplete COMMAND OPTION"),
        ("/vote", "/vote"),
        ("/interested in it", "/interested alone"),
        ("/voice", "/voice join or /voice leave"),
        ("/dm", "/dm TEXT"),
        ("/attach", "/attach FILE"),
        ('/attach "my', "no end"),
        ("/menu Compare", '/menu "NAME" TARGET'),
        ("/wait", "/wait retrain"),
        ("/wait lunch", "/wait retrain"),
        ("/advance", "duration"),
        ("/advance soon", "duration"),
        ("/advance 9999w", "at most"),
        ("/restart now", "/restart alone"),
        ("/locale klingon", "/locale and a language"),
    ],
)
def test_malformed_lines_say_what_was_expected(text: str, reason: str) -> None:
    with pytest.raises(ScriptError) as caught:
        parse_line(text, 3)
    assert (caught.value.line_number, caught.value.text) == (3, text)
    assert reason in caught.value.reason
    assert str(caught.value).startswith("line 3: ")


def test_a_script_skips_blanks_and_comments_and_counts_them() -> None:
    script = ["# a tour", "", "alice: !ping", "   ", "  # more", "bob: !ping"]
    assert [(line.number, line.speaker) for line in parse_script(script)] == [(3, "alice"), (6, "bob")]


def test_a_script_is_refused_as_a_whole() -> None:
    with pytest.raises(ScriptError) as caught:
        parse_script(["alice: !ping", "alice: /jump", "alice: /skip"])
    assert caught.value.line_number == 2


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    line, reason = None, "nothing to read"
    try:
        line = parse_line(text, 1)
    except ScriptError as error:
        reason = error.reason
    assert reason
    assert line is None or line.speaker


@given(
    st.from_regex(r"[A-Za-z0-9_.-]{1,32}", fullmatch=True),
    st.from_regex(r"![a-z]{1,9}( [^\\\s]{1,9}){0,3}", fullmatch=True),
)
def test_a_bare_name_speaks(name: str, text: str) -> None:
    line = parse_line(f"{name}: {text}", 1)
    assert isinstance(line, Say)
    assert (line.speaker, line.text) == (name, text)


def test_what_a_server_does_together() -> None:
    assert parsed('alice: /vote "Heat (1995)"') == Vote(7, 'alice: /vote "Heat (1995)"', "alice", "Heat (1995)")
    assert parsed("alice: /interested") == Interested(7, "alice: /interested", "alice")
    assert parsed("/voice join") == Voice(7, "/voice join", "you", True)
    assert parsed("/voice leave") == Voice(7, "/voice leave", "you", False)
