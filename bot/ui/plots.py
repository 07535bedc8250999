"""Pictures, drawn without a screen and without Discord, so that the training process can draw too."""

from collections.abc import Sequence
from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from recommender import Epoch

INK = "#e8e6e3"
PAPER = "#1f2328"
TRAINING = "#e0a526"
VALIDATION = "#6cb6ff"


def loss_plot(history: Sequence[Epoch]) -> bytes:
    """Training and validation loss per epoch, as a PNG; the lowest validation loss is marked."""
    figure = Figure(figsize=(6.4, 3.6), dpi=120, facecolor=PAPER, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(facecolor=PAPER)
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
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()
