"""Times as people write them. Now is Sunday, 29 November 2026, 15:00 UTC."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.movienight.times import (
    NoHourError,
    NoOffsetError,
    TimeOutOfReachError,
    UnreadOffsetError,
    UnreadTimeError,
    date_of,
    day_among,
    offset_words,
    read_offset,
    read_time,
    time_among,
)

NOW = int(datetime(2026, 11, 29, 15, 0, tzinfo=UTC).timestamp())


def read(text: str, utc_offset: int | None = 0) -> str:
    return f"{datetime.fromtimestamp(read_time(text, NOW, utc_offset).at, UTC):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "time", "rest"),
    [
        ("comedy tomorrow 8pm, not long", "tomorrow 8pm", "comedy  , not long"),
        ("next fri at 20:30 UTC+2 horror", "next fri at 20:30 UTC+2", "horror"),
        ("morgen Abend um 20 Uhr lustig", "morgen Abend um 20 Uhr", "lustig"),
        ("24.12. 18:00", "24.12. 18:00", ""),
        ("20:30 tomorrow", "20:30 tomorrow", ""),
        ("since 2010, under 90 minutes, 60%", "", "since 2010, under 90 minutes, 60%"),
        ("not so sad 90s", "", "not so sad 90s"),
        ("comedy tonight at 9", "tonight at 9", "comedy"),
        ("in 2 hours horror", "in 2 hours", "horror"),
        ("12/24 8pm", "12/24 8pm", ""),
        ("fri 20:00 +05:30 funny", "fri 20:00 +05:30", "funny"),
        ("8pm UTC+2 tomorrow", "8pm UTC+2 tomorrow", ""),
        ("sunny 8pm", "8pm", "sunny"),
        ("set in one day", "", "set in one day"),
        ("friday 3 comedies", "", "friday 3 comedies"),
        ("under 2h30, rated at 8 stars, um 2 Brüder", "", "under 2h30, rated at 8 stars, um 2 Brüder"),
    ],
)
def test_a_time_among_wishes(text: str, time: str, rest: str) -> None:
    found, others = time_among(text)
    assert (found, others.strip()) == (time, rest)
    assert not time or read_time(time, NOW, 0)


@pytest.mark.parametrize(
    ("text", "time", "error"),
    [
        ("20:00 Europe/Berlin comedy", "20:00 Europe/Berlin", UnreadOffsetError),
        ("8pm EST", "8pm EST", UnreadOffsetError),
        ("half past eight", "half past eight", UnreadTimeError),
        ("halb neun lustig", "halb neun", UnreadTimeError),
        ("25:00 action", "25:00", UnreadTimeError),
        ("4/5 8pm", "4/5 8pm", UnreadTimeError),  # in May or in April
        ("weekend 8pm", "weekend 8pm", UnreadTimeError),
        ("20:00-22:00", "20:00-22:00", UnreadTimeError),
        ("friday at 8", "friday at 8", UnreadTimeError),
    ],
)
def test_what_looks_like_a_time_among_wishes_is_answered_as_one(text: str, time: str, error: type[UserError]) -> None:
    assert time_among(text)[0] == time
    with pytest.raises(error):
        read_time(time, NOW, None)


@pytest.mark.parametrize(
    ("text", "day", "on"),
    [
        ("comedy friday", "friday", "12-04"),
        ("tomorrow evening", "tomorrow evening", "11-30"),
        ("lustig am Freitag", "am Freitag", "12-04"),
        ("24.12. comedy", "24.12.", "12-24"),
        ("on the weekend", "on the weekend", None),
    ],
)
def test_a_day_alone(text: str, day: str, on: str | None) -> None:
    assert time_among(text)[0] == ""
    assert day_among(text)[0] == day
    found = date_of(day, NOW, 0)
    assert on == (None if found is None else f"{found:%m-%d}")
    with pytest.raises(NoHourError):
        read_time(day, NOW, None)


@pytest.mark.parametrize("text", ["films of today's youth", "a friday film", "not so sad"])
def test_no_day(text: str) -> None:
    assert day_among(text) == ("", text)


@pytest.mark.parametrize(
    ("text", "utc_offset", "at"),
    [
        ("20:30", 0, "11-29 20:30"),
        ("20.30", 0, "11-29 20:30"),
        ("20h30", 60, "11-29 19:30"),
        ("8pm", 0, "11-29 20:00"),
        ("8:30 p.m.", 0, "11-29 20:30"),
        ("12am", 0, "11-30 00:00"),
        ("12 pm", 0, "11-30 12:00"),
        ("10:00", 0, "11-30 10:00"),  # over for today
        ("16:30", 120, "11-30 14:30"),  # it is 17:00 there
        ("tomorrow 20:00", 120, "11-30 18:00"),
        ("Tomorrow at 8 PM", -300, "12-01 01:00"),
        ("tonight, 21:00", 0, "11-29 21:00"),
        ("fri 8pm", -300, "12-05 01:00"),
        ("on friday at 20:00", 0, "12-04 20:00"),
        ("sun 20:00", 0, "11-29 20:00"),
        ("sunday 10:00", 0, "12-06 10:00"),
        ("thurs 20:00", 0, "12-03 20:00"),
        ("2026-12-24 18:00", 60, "12-24 17:00"),
        ("20:30 utc+2", None, "11-29 18:30"),
        ("20:30 UTC", 120, "11-29 20:30"),
        ("fri 20:00 +05:30", None, "12-04 14:30"),
        ("8pm gmt-5", None, "11-30 01:00"),
        ("in 3 hours", None, "11-29 18:00"),
        ("morgen 20:00", 60, "11-30 19:00"),
        ("heute Abend um 20:30", 60, "11-29 19:30"),
        ("Fr 20 Uhr", 60, "12-04 19:00"),
        ("am Donnerstag um 20 Uhr", 60, "12-03 19:00"),
        ("24.12. 18:00", 60, "12-24 17:00"),
        ("am 5. 12. 2026 um 20 Uhr", 60, "12-05 19:00"),
        ("3.1. 20:00", 60, "01-03 19:00"),
        ("in 2 Tagen", None, "12-01 15:00"),
        ("in 2 days", None, "12-01 15:00"),
        ("in 90 minutes", None, "11-29 16:30"),
        ("in an hour", None, "11-29 16:00"),
        ("tonight at 9", 0, "11-29 21:00"),
        ("tonight 16:30", 0, "11-29 16:30"),
        ("this evening at 8", 0, "11-29 20:00"),
        ("friday night 8:30", 0, "12-04 20:30"),
        ("morgen Abend um 8 Uhr", 60, "11-30 19:00"),
        ("saturday afternoon at 3", 0, "12-05 15:00"),
        ("sunday morning at 10", 0, "12-06 10:00"),
        ("12/24 8pm", 0, "12-24 20:00"),
        ("24/12 8pm", 0, "12-24 20:00"),
        (f"<t:{NOW + 60}:F>", None, "11-29 15:01"),
    ],
)
def test_what_is_understood(text: str, utc_offset: int | None, at: str) -> None:
    assert read(text, utc_offset) == at


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", UnreadTimeError),
        ("8", UnreadTimeError),
        ("fri", NoHourError),
        ("tonight at 1", UnreadTimeError),
        ("25:00", UnreadTimeError),
        ("20:61", UnreadTimeError),
        ("13pm", UnreadTimeError),
        ("0am", UnreadTimeError),
        ("some day 20:30", UnreadTimeError),
        ("2026-02-30 20:00", UnreadTimeError),
        ("2026-11-29 14:00", TimeOutOfReachError),
        ("today 10:00", TimeOutOfReachError),
        ("2028-11-29 14:00", TimeOutOfReachError),
        ("<t:1:F>", TimeOutOfReachError),
        ("20:30 utc+15", UnreadOffsetError),
    ],
)
def test_what_is_not(text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        read_time(text, NOW, 0)


def test_without_an_offset_nobody_knows_when_that_is() -> None:
    with pytest.raises(NoOffsetError):
        read_time("20:30", NOW, None)


def test_a_duration_tells_nothing_of_where_somebody_lives() -> None:
    assert read_time("in 3 hours", NOW, 120).utc_offset is None
    assert read_time("20:30 utc-3:30", NOW, 120).utc_offset == -210


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("+2", 120),
        ("2", 120),
        ("utc-5", -300),
        ("UTC", 0),
        ("GMT+1", 60),
        ("+05:30", 330),
        ("-3:30", -210),
        (" ", None),
    ],
)
def test_offsets(text: str, minutes: int | None) -> None:
    assert read_offset(text) == minutes


@pytest.mark.parametrize("text", ["Berlin", "+20", "-13", "+2:75", "utc+2 or so"])
def test_no_offsets(text: str) -> None:
    with pytest.raises(UnreadOffsetError):
        read_offset(text)


@given(st.integers(-12 * 60, 14 * 60))
def test_an_offset_in_words_is_read_back(minutes: int) -> None:
    assert read_offset(offset_words(minutes)) == minutes


@given(st.text(max_size=60), st.one_of(st.none(), st.integers(-720, 840)))
def test_any_text_is_a_time_to_come_or_an_error_of_ours(text: str, utc_offset: int | None) -> None:
    with contextlib.suppress(UserError):
        assert read_time(text, NOW, utc_offset).at > NOW
