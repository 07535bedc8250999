"""A taste card as a picture: 1,100 pixels wide, so that its smallest text is 11 pixels high on a phone (350 wide)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.chat.drawing import BLUE, FONT, GOLD, INK, ONE_AT_A_TIME, PALE, RAISED, figure, fitted, png, text_width
from bot.chat.language import format_number, gettext

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 1_100, 860, 200
MARGIN = 44
TILE_HEIGHT, TILE_GAP = 150, 20
SPLIT = 690
"""Where the column of films ends and that of the stars begins."""

SMALL = 12.0
HALVES = ("½", "1", "1½", "2", "2½", "3", "3½", "4", "4½", "5")


@dataclass(frozen=True, slots=True)
class Told:
    """A film's title, and what it is told for."""

    headline: str
    title: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """All that stands on the picture; `tiles` are (value, what it is)."""

    title: str
    when: str
    tiles: Sequence[tuple[str, str]]
    films: Sequence[Told]
    histogram: Sequence[int]


def taste_card(drawn: Drawn) -> bytes:
    """The card as a PNG; takes half a second."""
    with ONE_AT_A_TIME:
        made = figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI)
        _head(made, drawn)
        _tiles(made, drawn.tiles)
        if drawn.films:
            _films(made, drawn.films)
        _stars(made, drawn.histogram, left=SPLIT if drawn.films else MARGIN)
        return png(made)


def _text(made: "Figure", x: float, y: float, text: str, size: float, colour: str, **font: Any) -> None:
    """At `x`, with its base line `y` pixels under the upper edge."""
    made.text(
        x / WIDTH,
        1 - y / HEIGHT,
        text,
        fontsize=size,
        color=colour,
        fontfamily=FONT,
        parse_math=False,
        va="baseline",
        **font,
    )


def _head(made: "Figure", drawn: Drawn) -> None:
    right = text_width(made, drawn.when, 20, weight="bold")
    title, size = fitted(made, drawn.title, WIDTH - 2 * MARGIN - right - 40, (22, 20, 18), weight="bold")
    _text(made, MARGIN, 96, title, size, INK, weight="bold")
    _text(made, WIDTH - MARGIN, 96, drawn.when, 20, GOLD, weight="bold", ha="right")


def _tiles(made: "Figure", tiles: Sequence[tuple[str, str]]) -> None:
    """As wide as what stands in them asks for."""
    from matplotlib.patches import FancyBboxPatch

    wanted = [max(text_width(made, value, 18, weight="bold"), text_width(made, name, SMALL)) for value, name in tiles]
    room = WIDTH - 2 * MARGIN - TILE_GAP * (len(tiles) - 1)
    left, top = float(MARGIN), 136
    for (value, name), width in zip(tiles, wanted, strict=True):
        width += (room - sum(wanted)) / len(tiles)
        box = FancyBboxPatch(
            (left, HEIGHT - top - TILE_HEIGHT),
            width,
            TILE_HEIGHT,
            boxstyle="round,pad=0,rounding_size=16",
            facecolor=RAISED,
            edgecolor="none",
            transform=None,
        )
        made.add_artist(box)
        shown, size = fitted(made, value, width - 16, (18, 16, 15), weight="bold")
        _text(made, left + width / 2, top + 76, shown, size, GOLD, weight="bold", ha="center")
        _text(made, left + width / 2, top + 124, name, SMALL, PALE, ha="center")
        left += width + TILE_GAP


def _films(made: "Figure", films: Sequence[Told]) -> None:
    room = SPLIT - 2 * MARGIN
    for place, film in enumerate(films):
        top = 330 + place * 172
        headline, size = fitted(made, film.headline, room, (SMALL, 11.5))
        _text(made, MARGIN, top + 28, headline, size, BLUE)
        for line, (text, size) in enumerate(_two_lines(made, film.title, room)):
            _text(made, MARGIN, top + 78 + 44 * line, text, size, INK, weight="bold")


def _two_lines(made: "Figure", title: str, room: float) -> list[tuple[str, float]]:
    """On one line where it fits, else on two, of which the second is cut; with the size in points of each."""
    if text_width(made, title, 14, weight="bold") <= room:
        return [fitted(made, title, room, (15, 14), weight="bold")]
    words, first = title.split(), ""
    while words and text_width(made, f"{first} {words[0]}", 13, weight="bold") <= room:
        first = f"{first} {words.pop(0)}".strip()
    lines = [first, " ".join(words)] if first else [title]
    return [fitted(made, line, room, (13,), weight="bold") for line in lines]


def _stars(made: "Figure", histogram: Sequence[int], left: float) -> None:
    bottom, top = 116, 350
    axes = made.add_axes(
        (left / WIDTH, bottom / HEIGHT, (WIDTH - MARGIN - left) / WIDTH, (HEIGHT - top - bottom) / HEIGHT),
        facecolor="none",
    )
    places = range(len(histogram))
    most = max(histogram)
    axes.bar(places, histogram, width=0.8, color=[GOLD if count == most else BLUE for count in histogram])
    for place, count in enumerate(histogram):
        if count == most:
            axes.text(
                place, count, format_number(count), ha="center", va="bottom", color=INK, fontsize=SMALL, fontfamily=FONT
            )
    axes.set_xticks([1, 3, 5, 7, 9], [HALVES[place] for place in (1, 3, 5, 7, 9)], fontfamily=FONT)
    axes.set_yticks([])
    axes.set_xlim(-0.6, len(histogram) - 0.4)
    axes.set_ylim(0, most * 1.18)
    axes.tick_params(colors=PALE, labelsize=SMALL, length=0)
    axes.set_xlabel(gettext("stars"), color=PALE, fontsize=SMALL, fontfamily=FONT)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(PALE)
