"""Pictures, drawn without a screen and without Discord, so that the training process can draw too.

Matplotlib is loaded with the first picture: most of what a bot answers has none.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.chat.drawing import BLUE, GOLD, INK, ONE_AT_A_TIME, PAPER, figure, png
from bot.chat.language import gettext
from recommender import Epoch

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TRAINING = GOLD
VALIDATION = BLUE


def loss_plot(history: Sequence[Epoch]) -> bytes:
    """Training and validation loss per epoch, as a PNG; the lowest validation loss is marked."""
    from matplotlib.ticker import MaxNLocator

    drawn = figure(figsize=(6.4, 3.6), dpi=120, layout="constrained")
    axes = drawn.add_subplot(facecolor=PAPER)
    epochs = [epoch.epoch for epoch in history]
    axes.plot(epochs, [epoch.loss for epoch in history], "o-", color=TRAINING, label="training")
    validated = [(epoch.epoch, epoch.val_loss) for epoch in history if epoch.val_loss is not None]
    if validated:
        xs, ys = zip(*validated, strict=True)
        axes.plot(xs, ys, "s--", color=VALIDATION, label="validation")
        best = min(validated, key=lambda one: one[1])
        axes.annotate(
            f"best: epoch {best[0]}",
            best,
            textcoords="offset points",
            # Beside the point, on the side where there is room.
            xytext=(6, -16) if best[0] == epochs[0] else (-6, -16),
            ha="left" if best[0] == epochs[0] else "right",
            color=VALIDATION,
            fontsize=9,
        )
        axes.margins(y=0.2)
    axes.set_xlabel("epoch", color=INK)
    axes.set_ylabel("loss", color=INK)
    axes.set_title("Loss by epoch", color=INK, loc="left")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.tick_params(colors=INK)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("bottom", "left"):
        axes.spines[side].set_color(INK)
    axes.grid(color=INK, alpha=0.12)
    if history:
        # Beside the title, where no curve can run through it.
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, borderaxespad=0, frameon=False, labelcolor=INK)
    return png(drawn)


def stars_plot(own: Sequence[int], others: Sequence[float] | None) -> bytes:
    """How often a member gives 0.5, 1, … 5 stars, as a PNG that can be read at a phone's width.

    `own` are ten counts, `others` the ten shares that MovieLens gives the same films: an outline over the bars.
    """
    with ONE_AT_A_TIME:
        return png(_stars_figure(own, others))


def _stars_figure(own: Sequence[int], others: Sequence[float] | None) -> "Figure":
    from matplotlib.ticker import MaxNLocator

    # Fixed margins: to have them computed takes longer than the drawing.
    drawn = figure(figsize=(5.0, 2.8), dpi=160)
    drawn.subplots_adjust(left=0.135, right=0.985, bottom=0.2, top=0.87)
    axes = drawn.add_subplot(facecolor=PAPER)
    places, total = range(len(own)), max(sum(own), 1)
    axes.bar(places, [100 * count / total for count in own], width=0.8, color=TRAINING, label=gettext("these ratings"))
    if others is not None:
        edges = [place - 0.5 for place in range(len(others) + 1)]
        axes.stairs(
            [100 * share for share in others],
            edges,
            color=VALIDATION,
            linewidth=2.2,
            label=gettext("MovieLens, same films"),
        )
    axes.set_xticks(places, ["½", "1", "1½", "2", "2½", "3", "3½", "4", "4½", "5"])
    axes.set_xlim(-0.6, len(own) - 0.4)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.set_major_formatter("{x:g} %")
    axes.tick_params(colors=INK, labelsize=13, length=0)
    axes.set_xlabel(gettext("stars"), color=INK, fontsize=13)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(INK)
    axes.grid(axis="y", color=INK, alpha=0.12)
    axes.set_axisbelow(True)
    # Above the bars, where none can reach it.
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 1),
        ncols=2,
        reverse=True,
        frameon=False,
        labelcolor=INK,
        fontsize=13,
        handlelength=1.2,
        columnspacing=1.2,
        borderaxespad=0.1,
    )
    return drawn
