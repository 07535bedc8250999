"""What a benchmark hands back: a table, and the two numbers that describe times."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.table import Table


def median(values: Sequence[float]) -> float:
    return float(np.median(values))


def p95(values: Sequence[float]) -> float:
    """The 95th percentile, interpolated between neighbours."""
    return float(np.percentile(values, 95))


def p99(values: Sequence[float]) -> float:
    """The 99th percentile, interpolated between neighbours."""
    return float(np.percentile(values, 99))


def table(title: str, *columns: str) -> Table:
    """Names to the left, figures to the right."""
    made = Table(title=title)
    for index, column in enumerate(columns):
        made.add_column(column, justify="left" if index == 0 else "right", no_wrap=True)
    return made


@contextmanager
def scratch() -> Iterator[Path]:
    """A data folder that is gone afterwards."""
    with TemporaryDirectory(prefix="marquee-bench-") as folder:
        yield Path(folder)
