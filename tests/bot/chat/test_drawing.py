"""What can be drawn is drawn; what the font lacks is said in words."""

import pytest

from bot.chat.drawing import drawable, figure, fitted, text_width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("anna", "anna"),
        ("  Łukasz  Żółć ", "Łukasz Żółć"),
        ("Ирина", "Ирина"),
        ("🎬 film club 🏳️‍🌈", "film club"),
        ("$x$ \\alpha", "$x$ \\alpha"),
        ("李小龍", None),
        ("anna 李", None),
        ("עדי", None),
        ("علي", None),
        ("\u202egnp.exe", "gnp.exe"),
        ("🎬🎬", None),
        ("", None),
        ("***", None),
    ],
)
def test_only_what_the_font_has(text: str, shown: str | None) -> None:
    assert drawable(text) == shown


def test_a_text_shrinks_before_it_is_cut() -> None:
    made = figure(figsize=(5, 5), dpi=200)
    assert fitted(made, "short", 500, (20, 10)) == ("short", 20)
    wide = text_width(made, "a longer text", 20)
    assert fitted(made, "a longer text", wide - 1, (20, 10)) == ("a longer text", 10)
    shown, size = fitted(made, "a longer text " * 9, 300, (20, 10))
    assert size == 10
    assert shown.endswith("…")
    assert text_width(made, shown, size) <= 300
