"""Text that wants to do harm, and films made of it."""

from hypothesis import strategies as st

from data import Movie

HOSTILE_IDS = [
    "everyone", "here", "role", "member", "channel", "link", "address", "spoiler", "code", "bold", "heading",
    "right-to-left", "isolate", "zalgo", "enclosed", "joined", "lines", "nul", "long", "all-at", "backslashes", "emoji",
]  # fmt: skip
HOSTILE = [
    "@everyone",
    "@here",
    "<@&123456789012345678>",
    "<@!123456789012345678>",
    "<#123456789012345678>",
    "[x](http://evil)",
    "https://evil.example/a_b_c",
    "||secret||",
    "```py\nprint()\n```",
    "***loud***~~gone~~__under__",
    "# heading\n> quote\n-# small",
    "\u202eevil\u202c",
    "a\u2066\u2067b\u2069",
    "Z" + "\u0301\u0302\u0303\u0304\u0305" * 100,
    "Z" + "\u0489" * 100,
    "Z" + "\u0301\u200d" * 200,
    "one\ntwo\r\nthree\u2028four",
    "nul\x00and\x1b[31mred",
    "x" * 4_000,
    "@" * 300,
    "\\" * 300,
    "👩🏽‍🚀" * 100,
]

nasty = st.text(alphabet="@everyone&<>[]()|`*_~#:/\\!1. \n\t\u202e\u2066\u0301\u0489\u200d\ufe0f\u200b👩🏽🇺🇸éa")
anything = st.one_of(st.text(), nasty, st.sampled_from(HOSTILE))


def film(title: str = "Heat", movie_id: int = 6, year: int | None = 1995, **facts: object) -> Movie:
    return Movie(movie_id=movie_id, title=title, year=year, genres=("Action", "Crime"), raw_title=title, **facts)  # type: ignore[arg-type]
