"""Trains the model of `tests.bot.conftest.trained`, for a Python that has no torch to do so.

`python -m tests.bot.train_films FOLDER` makes the folder that MARQUEE_TEST_TRAINED names.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bot.conftest import train_films, write_films

if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        train_films(write_films(Path(scratch) / "films"), Path(sys.argv[1]))
