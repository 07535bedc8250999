"""All that a bot answers from a model, in a process that is refused whatever only trainings and pictures need.

`python -m tests.bot.without_torch DATA_DIR DATASET` prints the answers as JSON.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

REFUSED = ("torch", "matplotlib", "PIL", "scipy", "sympy", "optuna", "simcord")

ALICE, NOW = 1, 1_800_000_000
HEAT, ALIEN = 10, 20
"""Films of `tests.bot.conftest.write_films`."""


async def answers(data_dir: Path, dataset: str) -> dict[str, Any]:
    """A rating, lists, stars, reasons, likeness and the questions of `start`."""
    from bot.app import create_bot
    from bot.chat.plots import loss_plot
    from bot.lists.filters import PLAIN
    from bot.settings import Settings
    from bot.waiting import wait_directly
    from bot.wiring import Services

    settings = Settings(_env_file=None, data_dir=data_dir, dataset=dataset, retrain_every=None)  # type: ignore[call-arg]
    create_bot(settings)
    services = await Services.open(settings, plot=loss_plot, wait=wait_directly)
    try:
        heat, alien = services.search.by_id(HEAT), services.search.by_id(ALIEN)
        choices = await services.start.start(ALICE, NOW)
        question = await services.start.begin(ALICE, [HEAT], NOW)
        await services.ratings.rate(ALICE, heat.movie_id, 4.5, NOW)
        listed = await services.lists.make(ALICE, PLAIN, NOW)
        explained = await services.why.why(ALICE, alien.movie_id)
        similar = await services.movies.similar(ALICE, heat.movie_id)
        card = await services.movies.card(ALICE, alien.movie_id)
        return {
            "version": services.models.serving.version,
            "tastes": type(choices).__name__,
            "question": question.movie.movie_id,  # type: ignore[union-attr]
            "list": [(one.movie.movie_id, one.stars) for one in listed.movies],
            "why": [explained.base, explained.stars],
            "similar": [one.movie.movie_id for one in similar.similar],
            "stars": card.predicted,
        }
    finally:
        await services.close()


if __name__ == "__main__":
    sys.modules.update(dict.fromkeys(REFUSED))  # None: to import one of them is an ImportError
    print(json.dumps(asyncio.run(answers(Path(sys.argv[1]), sys.argv[2]))))
