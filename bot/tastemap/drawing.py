"""A taste map as a picture: 1,100 pixels wide, so that its smallest text is 10 pixels high on a phone (350 wide)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.chat.drawing import BLUE, FONT, GOLD, INK, ONE_AT_A_TIME, PALE, RAISED, figure, fitted, png, text_width

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 1_100, 1_000, 200
REACH_X, REACH_Y = 470, 430
"""Pixels from the middle to the rim."""

SIZE = 12.0
LABEL_HEIGHT = 40
LABEL_WIDTH = 250
POINT = 11
NEAR, FAR = (18, 34), (56, 84, 120, 164, 216, 280)
"""Pixels between a point and its label; from the far ones a line leads back."""

Kind = Literal["genre", "me", "other"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point within the unit circle and its name."""

    name: str
    x: float
    y: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    bottom: float
    width: float
    height: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.bottom < other.bottom + other.height
            and other.bottom < self.bottom + self.height
        )

    @property
    def is_inside(self) -> bool:
        return (
            self.left >= 6
            and self.bottom >= 6
            and self.left + self.width <= WIDTH - 6
            and self.bottom + self.height <= HEIGHT - 6
        )


@dataclass(frozen=True, slots=True)
class Label:
    """`text` in its box; `is_far` where a line leads from it to its point."""

    mark: Mark
    text: str
    box: Box
    is_far: bool


def taste_map(marks: Sequence[Mark]) -> bytes:
    """The map as a PNG; takes a second. People first, who asks before all others."""
    with ONE_AT_A_TIME:
        made = figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI)
        _draw(made, marks, labels(made, marks))
        return png(made)


def labels(made: "Figure", marks: Sequence[Mark]) -> list[Label]:
    """Labels that neither meet nor lie on a person's point; what finds no room has none.

    Genres come first, close to their points or not at all; then people, in their order.
    """
    points = [_around(mark) for mark in marks if mark.kind != "genre"]
    found: list[Label] = []
    for mark in sorted(marks, key=lambda one: one.kind != "genre"):
        weight = "normal" if mark.kind == "other" else "bold"
        text, size = fitted(made, mark.name, LABEL_WIDTH, (SIZE,), weight=weight)
        width = text_width(made, text, size, weight=weight) + 8
        for box, is_far in _boxes(mark, width):
            taken = [*points, *(one.box for one in found)]
            if box.is_inside and not any(box.meets(one) for one in taken):
                found.append(Label(mark, text, box, is_far))
                break
    return found


def _boxes(mark: Mark, width: float) -> Iterator[tuple[Box, bool]]:
    """Where a label may lie, the best first."""
    x, y = _pixels(mark)
    for gap in NEAR if mark.kind == "genre" else (*NEAR, *FAR):
        for step in range(12):
            angle = math.pi / 6 * ((step + 1) // 2 * (-1) ** step)  # to the right, then to both sides of that
            middle_x = x + (width / 2 + gap) * math.cos(angle)
            middle_y = y + (LABEL_HEIGHT / 2 + gap) * math.sin(angle)
            yield Box(middle_x - width / 2, middle_y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT), gap in FAR


def _pixels(mark: Mark) -> tuple[float, float]:
    """From the lower left corner; who stands outside of the circle stands on its rim."""
    length = max(1.0, math.hypot(mark.x, mark.y))
    return WIDTH / 2 + REACH_X * mark.x / length, HEIGHT / 2 + REACH_Y * mark.y / length


def _around(mark: Mark) -> Box:
    x, y = _pixels(mark)
    return Box(x - POINT, y - POINT, 2 * POINT, 2 * POINT)


def _draw(made: "Figure", marks: Sequence[Mark], placed: Sequence[Label]) -> None:
    from matplotlib.patches import Ellipse

    axes = made.add_axes((0, 0, 1, 1), facecolor="none")
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, HEIGHT)
    axes.set_axis_off()
    for share in (1.0, 0.5):
        middle = (WIDTH / 2, HEIGHT / 2)
        ring = Ellipse(
            middle, 2 * share * REACH_X, 2 * share * REACH_Y, facecolor="none", edgecolor=RAISED, linewidth=2
        )
        axes.add_patch(ring)
    labelled = {id(label.mark) for label in placed}
    for mark in marks:
        x, y = _pixels(mark)
        if mark.kind == "me":
            axes.plot(x, y, marker="*", markersize=17, color=GOLD, markeredgecolor=INK, markeredgewidth=0.8, zorder=5)
        elif mark.kind == "other":
            axes.plot(x, y, marker="o", markersize=7, color=GOLD, zorder=4)
        elif id(mark) in labelled:
            axes.plot(x, y, marker="D", markersize=5, color=BLUE, zorder=3)
    for label in placed:
        box = label.box
        middle_x, middle_y = box.left + box.width / 2, box.bottom + box.height / 2
        if label.is_far:
            x, y = _pixels(label.mark)
            end = min(max(x, box.left), box.left + box.width), min(max(y, box.bottom), box.bottom + box.height)
            axes.plot([x, end[0]], [y, end[1]], color=PALE, linewidth=0.7, alpha=0.7, zorder=2)
        axes.text(
            middle_x,
            middle_y,
            label.text,
            fontsize=SIZE,
            fontfamily=FONT,
            fontweight="normal" if label.mark.kind == "other" else "bold",
            color={"genre": BLUE, "me": GOLD, "other": INK}[label.mark.kind],
            ha="center",
            va="center",
            parse_math=False,
            zorder=6,
        )
