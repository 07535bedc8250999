"""What people really type, against the real catalogue: never the wrong film, and hardly ever no film at all."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.typed import FILES, judge
from data import Catalogue, TitleIndex, load_dataset

ENOUGH = 0.97


@pytest.fixture(scope="module")
def index(ml_latest_small: Path, tmp_path_factory: pytest.TempPathFactory) -> TitleIndex:
    folder = tmp_path_factory.mktemp("titles")
    return TitleIndex(Catalogue.from_dataset(load_dataset(str(ml_latest_small), folder)))


@pytest.mark.parametrize(("name", "texts"), [("300 texts", 300), ("100 held out", 100)])
def test_titles_are_understood_or_asked_about_and_never_mistaken(index: TitleIndex, name: str, texts: int) -> None:
    verdicts = sum(judge(index, FILES[name]).values(), Counter())
    assert verdicts.total() == texts
    assert verdicts["wrong"] == 0
    assert verdicts["right"] + verdicts["asked"] >= ENOUGH * texts
