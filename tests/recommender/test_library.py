"""docs/LIBRARY.md does what it says, on a table as somebody might have one."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import recommender

LIBRARY = Path(__file__).parents[2] / "docs" / "LIBRARY.md"


def write_books(path: Path) -> None:
    """Forty readers and forty books; even readers love the first twenty, odd readers the others."""
    random = np.random.default_rng(3)
    rows = [
        (f"reader {reader}", f"b{book:02}", 5 if (book < 20) == (reader % 2 == 0) else int(random.integers(1, 3)))
        for reader in range(40)
        for book in random.permutation(40)[:25]
    ]
    table = pd.DataFrame(rows, columns=["reader", "isbn", "stars"])
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 700, len(table)), unit="D")
    table.assign(date=days).to_csv(path, index=False)


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    write_books(tmp_path / "ratings.csv")
    names: dict[str, object] = {}
    examples = re.findall(r"```python\n(.*?)```", LIBRARY.read_text("utf-8"), flags=re.DOTALL)
    first, groups, new, implicit, evaluation = examples
    exec(first, names)
    about, *books = capsys.readouterr().out.splitlines()
    assert about == "<Recommender factors: 40 users, 40 movies, 1,000 ratings from 1 to 5>"
    assert [int(line[1:3]) < 20 for line in books] == [True] * 3
    lists = pd.read_csv("lists.csv")
    assert lists.columns[:3].tolist() == ["reader", "isbn", "rank"]
    assert len(lists) == 400

    exec(groups, names)
    listed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [len(line) for line in listed] == [1 + 3] * 3
    assert not {book for book, *_ in listed} & {"b07", "b12", "b30", "b31"}

    exec(new, names)
    assert names["before"] == names["after"]  # every book of this table has been rated by many

    exec(implicit, names)
    model = names["model"]
    assert isinstance(model, recommender.Recommender)
    assert model.config.implicit

    exec(evaluation, names)
    ours, popularity = map(float, capsys.readouterr().out.split())
    assert ours > popularity


def test_what_is_named_here_is_there() -> None:
    for name in ("InvalidDataError", "InvalidRatingError", "NoStarsError"):
        assert name in LIBRARY.read_text("utf-8")
    assert all(hasattr(recommender, name) for name in recommender.__all__)
    with pytest.raises(AttributeError, match="magic"):
        recommender.magic  # noqa: B018
