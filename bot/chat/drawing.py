"""What all pictures share: colours, a figure without a screen, and text that the font has.

Matplotlib is loaded with the first picture: most of what a bot answers has none.
"""

import unicodedata
from functools import cache
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from bot.chat.text import cut, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK = "#e8e6e3"
PALE = "#a9b1ba"
PAPER = "#1f2328"
RAISED = "#2a3038"
GOLD = "#e0a526"
BLUE = "#6cb6ff"

FONT = "DejaVu Sans"
"""Comes with matplotlib; Latin, Greek, Cyrillic and the like, and no Chinese, Japanese or Korean."""

ONE_AT_A_TIME = Lock()
"""Matplotlib's fonts are shared by all threads."""

_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def figure(*, figsize: tuple[float, float], dpi: int, layout: Literal["constrained"] | None = None) -> "Figure":
    """`figsize` in inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    made = Figure(figsize=figsize, dpi=dpi, facecolor=PAPER, layout=layout)
    FigureCanvasAgg(made)
    return made


def png(drawn: "Figure") -> bytes:
    picture = BytesIO()
    drawn.savefig(picture, format="png")
    return picture.getvalue()


def drawable(text: str) -> str | None:
    """The text on one line without the emoji that the font lacks.

    None where the font lacks a letter, where it is written from right to left (which matplotlib draws backwards before
    3.11), or where nothing readable is left: then words have to say it.
    """
    glyphs = _glyphs()
    kept = []
    for character in plain(text):
        category = unicodedata.category(character)
        if unicodedata.bidirectional(character) in _RIGHT_TO_LEFT:
            return None
        if (
            ord(character) in glyphs
            and category != "Cf"
            and not unicodedata.name(character, "").startswith("VARIATION")
        ):
            kept.append(character)
        elif category[0] in "LN":
            return None
    shown = " ".join("".join(kept).split())
    return shown if any(character.isalnum() for character in shown) else None


def fitted(drawn: "Figure", text: str, width: float, sizes: tuple[float, ...], **font: Any) -> tuple[str, float]:
    """The text and the first of these sizes (in points) in which it is at most `width` pixels wide.

    At the last of them it is cut.
    """
    for size in sizes:
        if text_width(drawn, text, size, **font) <= width:
            return text, size
    fits, too_long = 1, len(text)
    while too_long - fits > 1:  # measuring takes a while
        middle = (fits + too_long) // 2
        if text_width(drawn, cut(text, middle), sizes[-1], **font) <= width:
            fits = middle
        else:
            too_long = middle
    return cut(text, fits), sizes[-1]


def text_width(drawn: "Figure", text: str, size: float, **font: Any) -> float:
    """In pixels."""
    from matplotlib.font_manager import FontProperties

    properties = FontProperties(family=FONT, size=size, **font)
    canvas: Any = drawn.canvas
    return float(canvas.get_renderer().get_text_width_height_descent(text, properties, ismath=False)[0])


@cache
def _glyphs() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return frozenset(get_font(findfont(FontProperties(family=FONT))).get_charmap())
