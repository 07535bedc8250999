"""The measure of typed titles: what counts as understood, and that every key is timed."""

from pathlib import Path

import pytest

from benchmarks import typed
from benchmarks.typed import ASK, FILES, NONE, Typed, Verdict, verdict
from data import Ambiguous, Catalogue, Doubtful, Found, Movie, Resolution, TitleIndex, Unknown

HEAT, ALIEN = (Movie(number, title, 1990, (), f"{title} (1990)") for number, title in ((1, "Heat"), (2, "Alien")))


@pytest.mark.parametrize(
    ("meant", "answer", "expected"),
    [
        ("1", Found(HEAT), "right"),
        ("1", Found(ALIEN), "wrong"),
        (ASK, Found(HEAT), "wrong"),
        (NONE, Found(HEAT), "wrong"),
        ("1", Doubtful(HEAT), "asked"),
        ("1", Doubtful(ALIEN), "missed"),
        (ASK, Doubtful(HEAT), "asked"),
        (NONE, Doubtful(HEAT), "missed"),
        ("1", Ambiguous((ALIEN, HEAT)), "asked"),
        (ASK, Ambiguous((ALIEN, HEAT)), "asked"),
        ("1", Ambiguous((ALIEN,)), "missed"),
        (NONE, Ambiguous((ALIEN,)), "missed"),
        ("1", Unknown((HEAT,), None), "missed"),
        (NONE, Unknown((HEAT,), None), "right"),
    ],
)
def test_only_what_leads_to_the_film_meant_is_good(meant: str, answer: Resolution, expected: Verdict) -> None:
    assert verdict(Typed("heat", meant, "typo"), answer) == expected


def test_the_texts_are_each_there_once() -> None:
    texts = [one.text for path in FILES.values() for one in typed.read(path)]
    assert len(texts) == len(set(texts)) == 400


def test_every_key_is_timed_and_reported(tmp_path: Path) -> None:
    times = typed.asyncio.run(typed._complete(typed.generated(200), 5))
    assert len(times["all"]) == len(times["as it is"]) + len(times["with a slip"]) > 5
    verdicts = typed.judge(TitleIndex(Catalogue([HEAT])), FILES["300 texts"])
    judged, timed = typed.report(typed.Measured({"300 texts": verdicts}, {"all": times["all"]}))
    assert judged.row_count == len(verdicts) + 1
    assert timed.row_count == 1
