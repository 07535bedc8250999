"""The pictures that several topics draw."""

from typing import get_args

import pytest

from bot.chat.language import Language, speaking
from bot.chat.plots import _stars_figure


@pytest.mark.parametrize("language", get_args(Language))
def test_the_legend_of_the_stars_has_room(language: Language) -> None:
    with speaking(language):
        drawn = _stars_figure([1] * 10, [0.1] * 10)
    drawn.canvas.draw()
    legend = drawn.axes[0].get_legend()
    assert legend is not None
    assert legend.get_window_extent().x1 <= drawn.bbox.width
