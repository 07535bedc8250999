"""`train` on a small data set, from the command line to the files."""

import asyncio
import json
from pathlib import Path

import pytest

from data.store import Store
from recommender import Recommender, TrainingConfig
from tests.bot.cli.conftest import Run, files_in
from tests.fake_discord import snowflake

PNG = b"\x89PNG\r\n\x1a\n"


def test_train_writes_a_model_and_puts_it_in_use(marquee: Run, data_dir: Path) -> None:
    ended = marquee("train")
    assert (ended.code, ended.out) == (0, "")
    models = data_dir / "models"
    version = (models / "CURRENT").read_text("utf-8")
    folder = models / version
    assert {path.name for path in models.iterdir()} == {"CURRENT", version}
    assert {path.name for path in folder.iterdir()} == {"model.safetensors", "card.json", "CARD.md", "loss.png"}
    assert (folder / "loss.png").read_bytes().startswith(PNG)
    card = json.loads((folder / "card.json").read_text("utf-8"))
    assert (card["version"], card["parent"], card["dataset"], card["id_space"]) == (version, None, "films", "movielens")
    assert card["forced"] is False
    assert card["counts"]["users"] == 60
    assert Recommender.load(folder).config == TrainingConfig()
    said = ended.err.splitlines()[-1]
    assert version in said
    assert str(folder / "loss.png") in said
    assert "validation" in ended.err  # the bar shows both losses


def test_chat_ratings_are_trained_on(marquee: Run, data_dir: Path) -> None:
    async def rate() -> None:
        store = await Store.open(data_dir / "marquee.db")
        try:
            profile = await store.profiles.get_or_create(111, at=0)
            await store.ratings.rate(profile.user_id, [(10, 4.5), (20, 1.0)], at=0)
            # An account made today: as in the bot's own trainings, its ratings wait.
            profile = await store.profiles.get_or_create(int(snowflake()), at=0)
            await store.ratings.rate(profile.user_id, [(10, 4.5)], at=0)
        finally:
            await store.close()

    def ratings() -> int:
        version = (data_dir / "models" / "CURRENT").read_text("utf-8")
        return int(json.loads((data_dir / "models" / version / "card.json").read_text("utf-8"))["counts"]["ratings"])

    assert marquee("train").code == 0
    before = ratings()
    asyncio.run(rate())
    assert marquee("train").code == 0
    assert ratings() == before + 2


def test_a_worse_model_is_refused_unless_forced(marquee: Run, trained_dir: Path) -> None:
    """Popularity alone cannot tell those who love action from those who love romance."""
    before = files_in(trained_dir / "models")
    refused = marquee("train", "--config", "popularity")
    assert (refused.code, refused.out) == (1, "")
    assert "The model was refused since its lists are worse than those of the model in use" in refused.err
    assert refused.err.splitlines()[-1] == "--force would use it all the same."
    assert files_in(trained_dir / "models") == before

    forced = marquee("train", "--config", "popularity", "--force")
    assert forced.code == 0
    version = (trained_dir / "models" / "CURRENT").read_text("utf-8")
    assert json.loads((trained_dir / "models" / version / "card.json").read_text("utf-8"))["forced"] is True


def test_only_the_newest_models_are_kept(marquee: Run, trained_dir: Path) -> None:
    for _ in range(2):
        assert marquee("train", KEEP_MODELS=2).code == 0
    kept = {path.name for path in (trained_dir / "models").iterdir()}
    assert len(kept) == 3
    assert (trained_dir / "models" / "CURRENT").read_text("utf-8") in kept


def test_ctrl_c_leaves_no_half_model(marquee: Run, trained_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    before = files_in(trained_dir / "models")
    monkeypatch.setattr(Recommender, "save", interrupt)
    ended = marquee("train")
    assert ended.code == 130
    assert "Traceback" not in ended.err
    assert files_in(trained_dir / "models") == before
    assert not list((trained_dir / "models").glob(".*"))


def test_a_path_in_square_brackets_is_shown_as_it_is(marquee: Run, tmp_path: Path) -> None:
    folder = tmp_path / "[red]data"
    trained = marquee("train", DATA_DIR=folder)
    assert str(folder / "models") in trained.err
    assert f"data folder: {folder}\n" in marquee("check", DATA_DIR=folder).out
    assert f"ready in {folder}" in marquee("data", "fetch", DATA_DIR=folder).out
