"""What people really type, against the real catalogue: never the wrong film, and hardly ever no film at all."""

from collections import Counter

import pytest

from benchmarks.typed import FILES, read, verdict
from data import Catalogue, TitleIndex
from tests.data.typed import is_fair

ENOUGH = 0.97


@pytest.fixture(scope="module")
def index(real_catalogue: Catalogue) -> TitleIndex:
    return TitleIndex(real_catalogue)


@pytest.mark.parametrize("name", FILES)
def test_titles_are_understood_or_asked_about_and_never_mistaken(
    index: TitleIndex, real_catalogue: Catalogue, name: str
) -> None:
    texts = [typed for typed in read(FILES[name]) if is_fair(typed, real_catalogue)]
    verdicts = Counter(verdict(typed, index.resolve(typed.text)) for typed in texts)
    assert verdicts.total() >= 99
    assert verdicts["wrong"] == 0
    assert verdicts["right"] + verdicts["asked"] >= ENOUGH * verdicts.total()
