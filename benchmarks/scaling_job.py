"""One training, alone or as one of the processes that torchrun starts: `-m benchmarks.scaling_job FOLDER`.

FOLDER holds ratings.feather, movies.feather and config.json. The first process writes the model and cost.json there.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import torch

from bot.cli.launched import launched
from recommender import TrainingConfig, train
from recommender.evaluation.memory import PeakMemory
from recommender.sharing import share_of
from recommender.together import Together


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    config = TrainingConfig.from_dict(json.loads((folder / "config.json").read_text("utf-8")))
    ratings, movies = pd.read_feather(folder / "ratings.feather"), pd.read_feather(folder / "movies.feather")
    with launched("cpu") as launch:
        processes = launch.processes
        own = share_of(ratings, processes.rank, processes.size).reset_index(drop=True)
        del ratings
        processes.count(0)  # all begin together
        started, cpu_started = time.perf_counter(), time.process_time()
        with PeakMemory() as memory:
            model = train(own, movies, config=config, processes=processes)
        cost = {
            "seconds": time.perf_counter() - started,
            "cpu_seconds": processes.totals(time.process_time() - cpu_started)[0],
            "peak_mb": float(processes.joined(np.array([memory.peak_mb])).max()),
            "sent_mb": processes.sent_bytes / 1e6 if isinstance(processes, Together) else 0.0,
        }
        if launch.is_first:
            model.save(folder / "model")
            (folder / "cost.json").write_text(json.dumps(cost), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
