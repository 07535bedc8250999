"""A taste map as a picture: 1,100 pixels wide, so that its smallest text is 11 pixels high on a phone (350 wide)."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from bot.chat.drawing import BLUE, FONT, GOLD, INK, ONE_AT_A_TIME, PALE, RAISED, figure, fitted, png, text_width

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 1_100, 1_000, 200
MARGIN_X, MARGIN_Y = 170, 110
"""Pixels beside the outermost points, for their labels."""

SMALLEST, LARGEST = 430.0, 900.0
"""Pixels for the map's radius: the whole circle, and what shows a small crowd apart."""

GROUND = "#24292f"
"""Of the circle that all tastes lie in."""

SIZE = 12.5
LABEL_HEIGHT = 41
LABEL_WIDTH = 330
POINT = 11
STAR = 22
"""Pixels from the middle of a mark to its edge: of most, and of who asks."""

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
class View:
    """The part of the map that is shown: what lies in its middle, and pixels for the radius."""

    x: float
    y: float
    scale: float

    @classmethod
    def of(cls, marks: Sequence[Mark]) -> Self:
        """All people, and of each the nearest genre; the whole circle where they are spread over it."""
        people = [mark for mark in marks if mark.kind != "genre"]
        genres = [mark for mark in marks if mark.kind == "genre"]
        shown = people + [
            min(genres, key=lambda one: math.dist(_place(one), _place(mark))) for mark in people if genres
        ]
        xs, ys = [mark.x for mark in shown], [mark.y for mark in shown]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        scale = min(LARGEST, (WIDTH - 2 * MARGIN_X) / max(wide, 1e-9), (HEIGHT - 2 * MARGIN_Y) / max(high, 1e-9))
        if scale <= SMALLEST:
            return cls(0.0, 0.0, SMALLEST)
        return cls((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2, scale)

    def pixels(self, mark: Mark) -> tuple[float, float]:
        """From the lower left corner."""
        return WIDTH / 2 + (mark.x - self.x) * self.scale, HEIGHT / 2 + (mark.y - self.y) * self.scale

    def around(self, mark: Mark) -> Box:
        """What the mark itself takes."""
        x, y = self.pixels(mark)
        half = STAR if mark.kind == "me" else POINT
        return Box(x - half, y - half, 2 * half, 2 * half)

    def shows(self, mark: Mark) -> bool:
        return self.around(mark).is_inside


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
        view = View.of(marks)
        seen = [mark for mark in marks if view.shows(mark)]
        _draw(made, view, seen, labels(made, view, seen))
        return png(made)


def labels(made: "Figure", view: View, marks: Sequence[Mark]) -> list[Label]:
    """Labels that neither meet one another nor lie on a mark; what finds no room has none.

    Genres come first, close to their marks or not at all; then people, in their order.
    """
    found: list[Label] = []
    for mark in sorted(marks, key=lambda one: one.kind != "genre"):
        taken = [*(view.around(one) for one in marks if one is not mark), *(one.box for one in found)]
        weight = "normal" if mark.kind == "other" else "bold"
        text, size = fitted(made, mark.name, LABEL_WIDTH, (SIZE,), weight=weight)
        width = text_width(made, text, size, weight=weight) + 8
        for box, is_far in _boxes(*view.pixels(mark), width, mark.kind):
            if box.is_inside and not any(box.meets(one) for one in taken):
                found.append(Label(mark, text, box, is_far))
                break
    return found


def _boxes(x: float, y: float, width: float, kind: Kind) -> Iterator[tuple[Box, bool]]:
    """Where a label may lie, the best first."""
    for gap in NEAR if kind == "genre" else (*NEAR, *FAR):
        away = gap + (STAR - POINT if kind == "me" else 0)
        steps = 24 if gap in FAR else 12
        for step in range(steps):
            # To the right, then to both sides of that.
            angle = 2 * math.pi / steps * ((step + 1) // 2 * (-1) ** step)
            middle_x = x + (width / 2 + away) * math.cos(angle)
            middle_y = y + (LABEL_HEIGHT / 2 + away) * math.sin(angle)
            yield Box(middle_x - width / 2, middle_y - LABEL_HEIGHT / 2, width, LABEL_HEIGHT), gap in FAR


def _place(mark: Mark) -> tuple[float, float]:
    return mark.x, mark.y


def _draw(made: "Figure", view: View, marks: Sequence[Mark], placed: Sequence[Label]) -> None:
    from matplotlib.patches import Circle

    axes = made.add_axes((0, 0, 1, 1), facecolor="none")
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, HEIGHT)
    axes.set_axis_off()
    for share, colour in ((1.0, GROUND), (0.5, "none")):
        middle = WIDTH / 2 - view.x * view.scale, HEIGHT / 2 - view.y * view.scale
        axes.add_patch(Circle(middle, share * view.scale, facecolor=colour, edgecolor=RAISED, linewidth=2))
    labelled = {id(label.mark) for label in placed}
    for mark in marks:
        x, y = view.pixels(mark)
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
            x, y = view.pixels(label.mark)
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
