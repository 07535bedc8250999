"""`CARD.md`: everything `card.json` knows, in words; and nothing depends on it."""

import json
from pathlib import Path
from typing import Any

import pytest

from recommender import Epoch, Recommender, TrainingConfig, train
from recommender.checkpoint import CARD, CARD_TEXT
from recommender.config import RankingConfig
from recommender.model_card import card_text
from recommender.model_facts import about
from tests.recommender.worlds import checkerboard, frame, serials

SECTIONS = [
    "What it is",
    "What it was trained on",
    "Configuration",
    "How the training went",
    "How good it is",
    "What it is for",
    "Where it fails",
    "Licence of the data",
]


def saved(model: Recommender, folder: Path, extra: dict[str, Any] | None = None) -> tuple[dict[str, Any], str]:
    model.save(folder, extra)
    return json.loads((folder / CARD).read_text("utf-8")), (folder / CARD_TEXT).read_text("utf-8")


def test_a_card_has_every_section_and_the_training_in_numbers(any_model: Recommender, tmp_path: Path) -> None:
    card, text = saved(any_model, tmp_path)
    titles = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert [title for title in titles if title != "Why it is not the default"] == SECTIONS
    counts = any_model.counts
    assert f"{counts['ratings']:,} ratings from 1 to 5 by {counts['users']} people" in text
    assert text.count("\n| ") == len(any_model.history) + 1  # the epochs and their heading
    for said in (*card["about"]["limits"], card["about"]["licence"], card["about"]["intended_use"]):
        assert said in text
    assert f"kind {any_model.config.kind}" in text


def test_the_facts_are_those_of_the_kind(tmp_path: Path) -> None:
    names = {train(checkerboard(), config=TrainingConfig(kind=kind)) for kind in ("factors", "notebook", "popularity")}
    cards = [saved(model, tmp_path / model.config.kind)[0]["about"] for model in names]
    assert len({card["name"] for card in cards}) == 3
    assert len({card["algorithm"]["stars"] for card in cards}) == 3
    assert all("order" not in card["algorithm"] for card in cards)  # too few films for a re-ranker


def test_a_re_ranker_is_named_where_there_is_one(tmp_path: Path) -> None:
    quick = RankingConfig(rerank_networks=1, told_epochs=1, history_epochs=1)
    card, text = saved(train(serials(), config=TrainingConfig(ranking=quick)), tmp_path)
    assert "the 200 best" in card["about"]["algorithm"]["order"]
    assert f"- Order of the best: {card['about']['algorithm']['order']}." in text


def test_what_the_caller_knows_is_said_too(any_model: Recommender, tmp_path: Path) -> None:
    extra = {
        "version": "20261124-1",
        "dataset": "ml-latest-small",
        "catalogue_hash": "abc123",
        "last_year": 2018,
        "community": {"members": 3, "ratings": 1200},
        "parent": None,
    }
    _, text = saved(any_model, tmp_path, extra)
    assert text.startswith("# 20261124-1: ")
    assert "- data set: ml-latest-small\n" in text
    assert "- hash of its catalogue: abc123\n" in text
    assert "- newest film of the catalogue: 2018\n" in text
    assert "1,200 ratings by 3 members" in text
    assert "the model before it" not in text


def test_names_have_no_meaning_in_markdown(any_model: Recommender, tmp_path: Path) -> None:
    _, text = saved(any_model, tmp_path, {"dataset": "# a_b\n## <img> [x](y)"})
    assert r"- data set: \# a\_b \#\# \<img\> \[x\](y)" in text


def test_metrics_of_the_gate_are_told_where_there_are_some(tmp_path: Path) -> None:
    model = train(frame([(1, 2, 3.0, 4)]), config=TrainingConfig.popularity())
    _, text = saved(model, tmp_path / "without")
    assert "Not measured on this data." in text
    model.metrics = {"ndcg@10": 0.1234, "popularity_ndcg@10": 0.0740, "current_ndcg@10": None, "users": 1591}
    card, text = saved(model, tmp_path / "with")
    assert "| lists, NDCG@10 | 0.1234 |" in text
    assert "| people measured | 1,591 |" in text
    assert "in use before" not in text
    assert card["about"]["measured"] in text


def test_the_notebooks_card_says_why_it_is_not_the_default() -> None:
    losses = [0.60, 0.62, 0.66]
    history = [Epoch(number, 0.5, loss, 1.0) for number, loss in enumerate(losses, 1)]
    said = about(TrainingConfig.notebook(), history, reranks=False)
    assert said["not_default"]["validation_loss"] == {
        "lowest": 0.60,
        "lowest_after_epoch": 1,
        "last": 0.66,
        "epochs": 3,
    }
    card = {
        "about": said,
        "config": TrainingConfig.notebook().to_dict(),
        "counts": {"users": 1, "movies": 1, "ratings": 1},
        "rating_range": [1, 5],
        "history": [],
        "metrics": {},
    }
    text = card_text(card)
    assert "lowest after epoch 1 of 3 (0.6000), 0.6600 at the end" in text
    assert "RMSE 0.9375 (default 0.788)" in text
    assert "NDCG@10 0.048 (popularity 0.074)" in text


@pytest.mark.parametrize("config", [TrainingConfig(), TrainingConfig.popularity()])
def test_the_others_need_no_excuse(config: TrainingConfig) -> None:
    assert about(config, [], reranks=False)["not_default"] is None


@pytest.mark.parametrize("text", [None, "", "nonsense"])
def test_nothing_depends_on_the_words(any_model: Recommender, tmp_path: Path, text: str | None) -> None:
    any_model.save(tmp_path)
    (tmp_path / CARD_TEXT).unlink() if text is None else (tmp_path / CARD_TEXT).write_text(text)
    assert Recommender.load(tmp_path).recommend({1000: 5.0}) == any_model.recommend({1000: 5.0})


def test_a_loaded_model_writes_the_same_facts(any_model: Recommender, tmp_path: Path) -> None:
    first = saved(any_model, tmp_path / "first")
    assert saved(Recommender.load(tmp_path / "first"), tmp_path / "second") == first
