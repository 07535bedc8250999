"""Discord's Markdown in a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.markup import render


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Heat (1995)** ★★★★½ (was 4)", "Heat (1995) ★★★★½ (was 4)"),
        ("*a* _b_ __c__ ~~d~~ ||e|| `f*g*`", "a b c d e f*g*"),
        (r"M\*A\*S\*H and \_x\_", "M*A*S*H and _x_"),
        (r"**M\*A\*S\*H**", "M*A*S*H"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("***both***", "both"),
        ("# Title\n-# small\n> said\n- point", "Title\nsmall\n▎ said\n• point"),
        ("```py\nx = **1**\n# y\n``` after", "x = **1**\n# y after"),
        ("[IMDb](https://imdb.com/title/tt1)", "IMDb (https://imdb.com/title/tt1)"),
        ("hello <@42> in <#7>", "hello @n42 in #n7"),
        ("<t:1709424000:D>, at <t:1795527724>", "3 Mar 2024, at 24 Nov 2026 13:42"),
        ("</rate:12345678> Heat, </watchlist add:1>", "/rate Heat, /watchlist add"),
        (r"\<t:0:D\> and <t:0:x>", "<t:0:D> and <t:0:x>"),
        ("beep\a \x1b[31mred \x7f", "beep [31mred "),
        ("unfinished **bold", "unfinished **bold"),
    ],
)
def test_what_a_person_sees(markdown: str, plain: str) -> None:
    assert render(markdown, lambda discord_id: f"n{discord_id}").plain == plain


def test_styles_nest() -> None:
    text = render("**a *b* c**")
    styles = {str(span.style): text.plain[span.start : span.end] for span in text.spans}
    assert styles == {"bold": "a b c", "italic": "b"}


@given(st.text(alphabet="ab*_~|`\\[]()<>@#-\n 1", max_size=40))
def test_any_text_can_be_shown(markdown: str) -> None:
    assert len(render(markdown).plain) <= len(markdown) + 3 * markdown.count("\n") + 3
