"""The shelf of models: what serves, what CURRENT says, and that a bad model never takes a good one's place."""

import logging
import os
from pathlib import Path

import pandas as pd
import pytest

from bot.models.registry import CURRENT, PENDING, POPULARITY, ModelRegistry, read_current
from data import Catalogue, Movie
from recommender import DamagedModelError, Recommender, TrainingConfig, train

FILMS = {10: "Heat", 20: "Alien", 30: "Up"}
OLDEST, MIDDLE, NEWEST = "20260101-000000-aaaa", "20260102-000000-aaaa", "20260103-000000-aaaa"


def catalogue(*movie_ids: int) -> Catalogue:
    return Catalogue(Movie(one, FILMS[one], 2000, ("Drama",), FILMS[one]) for one in movie_ids)


def popularity() -> Recommender:
    rows = [(user, movie_id, 4.0, user) for user in range(4) for movie_id in FILMS]
    ratings = pd.DataFrame(rows, columns=["user_id", "movie_id", "rating", "timestamp"])
    return train(ratings, config=TrainingConfig.popularity())


@pytest.fixture(scope="session")
def model() -> Recommender:
    return popularity()


@pytest.fixture
def shelf(tmp_path: Path) -> ModelRegistry:
    return ModelRegistry(tmp_path / "models", catalogue(10, 20, 30), "movielens", keep=2, popularity=popularity)


def put(shelf: ModelRegistry, model: Recommender, version: str, **card: object) -> Path:
    folder = shelf.folder / version
    model.save(folder, {"version": version, "id_space": "movielens"} | card)
    return folder


def point(shelf: ModelRegistry, version: str) -> None:
    (shelf.folder / CURRENT).write_text(version, "utf-8")


def again(shelf: ModelRegistry) -> ModelRegistry:
    """The shelf as the next process finds it."""
    return ModelRegistry(shelf.folder, shelf.catalogue, shelf.id_space, shelf.keep, shelf.popularity)


# What serves


def test_nothing_serves_before_the_shelf_is_opened(shelf: ModelRegistry) -> None:
    with pytest.raises(AttributeError):
        _ = shelf.serving


@pytest.mark.parametrize("is_there", [False, True])
def test_an_empty_shelf_serves_popularity(shelf: ModelRegistry, is_there: bool) -> None:
    if is_there:
        shelf.folder.mkdir()
    serving = shelf.open()
    assert serving is shelf.serving
    assert (serving.version, serving.is_trained, serving.card) == (POPULARITY, False, {})
    assert len(serving.model.recommend({}, 3)) == 3
    assert serving.model.rating_range[1] == 4.0
    assert shelf.versions() == []
    assert shelf.config() is None


def test_current_serves_even_if_a_newer_one_is_there(shelf: ModelRegistry, model: Recommender) -> None:
    put(shelf, model, OLDEST)
    put(shelf, model, NEWEST)
    point(shelf, f"{OLDEST}\n")
    serving = shelf.open()
    assert serving.version == OLDEST
    assert serving.is_trained
    assert serving.card["version"] == OLDEST
    assert shelf.config() == TrainingConfig.popularity()


@pytest.mark.parametrize("pointer", [None, b"", b"nothing", b"../models/" + NEWEST.encode(), b"\xff\xfe", b"x" * 10**5])
def test_a_pointer_that_leads_nowhere_gives_way_to_the_newest(
    shelf: ModelRegistry, model: Recommender, pointer: bytes | None
) -> None:
    put(shelf, model, OLDEST)
    put(shelf, model, NEWEST)
    if pointer is not None:
        (shelf.folder / CURRENT).write_bytes(pointer)
    assert shelf.open().version == NEWEST


def test_damaged_ones_are_passed_over_newest_first_and_stay(
    shelf: ModelRegistry, model: Recommender, caplog: pytest.LogCaptureFixture
) -> None:
    put(shelf, model, OLDEST)
    (put(shelf, model, MIDDLE) / "model.safetensors").unlink()
    (put(shelf, model, NEWEST) / "card.json").write_text("[]")
    point(shelf, MIDDLE)
    with caplog.at_level(logging.WARNING):
        assert shelf.open().version == OLDEST
    told = [record.getMessage() for record in caplog.records]
    assert [text.split()[1] for text in told] == [MIDDLE, NEWEST]
    assert shelf.serving.instead_of == MIDDLE
    assert shelf.versions() == [NEWEST, MIDDLE, OLDEST]
    assert read_current(shelf.folder) == MIDDLE


def test_with_all_damaged_popularity_serves(shelf: ModelRegistry, model: Recommender) -> None:
    for version in (OLDEST, NEWEST):
        (put(shelf, model, version) / "model.safetensors").write_bytes(b"")
    assert (shelf.open().version, shelf.serving.instead_of) == (POPULARITY, NEWEST)
    assert len(shelf.versions()) == 2


def test_a_model_of_the_other_film_ids_is_passed_over(shelf: ModelRegistry, model: Recommender) -> None:
    put(shelf, model, OLDEST)
    put(shelf, model, NEWEST, id_space="100k")
    assert shelf.open().version == OLDEST


def test_films_that_the_catalogue_lacks_are_known_as_such(shelf: ModelRegistry, model: Recommender) -> None:
    put(shelf, model, OLDEST)
    smaller = ModelRegistry(shelf.folder, catalogue(10, 30), "movielens", 2, popularity)
    assert smaller.open().outside_catalogue == (20,)
    assert shelf.open().outside_catalogue == ()


# Putting one in use


def test_promoting_moves_the_pointer_and_what_serves(shelf: ModelRegistry, model: Recommender) -> None:
    put(shelf, model, OLDEST)
    shelf.open()
    put(shelf, model, NEWEST)
    assert shelf.promote(NEWEST).version == NEWEST
    assert shelf.serving.version == NEWEST
    assert read_current(shelf.folder) == NEWEST
    assert again(shelf).open().version == NEWEST


@pytest.mark.parametrize("version", [NEWEST, "20260109-000000-none"])
def test_a_bad_model_is_never_promoted(shelf: ModelRegistry, model: Recommender, version: str) -> None:
    put(shelf, model, OLDEST)
    (put(shelf, model, NEWEST) / "model.safetensors").write_bytes(b"half")
    shelf.open()
    shelf.promote(OLDEST)
    with pytest.raises(DamagedModelError):
        shelf.promote(version)
    assert shelf.serving.version == OLDEST
    assert read_current(shelf.folder) == OLDEST
    assert shelf.versions() == [NEWEST, OLDEST]


def test_a_full_disk_leaves_the_old_one_in_use(
    shelf: ModelRegistry, model: Recommender, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in (OLDEST, NEWEST):
        put(shelf, model, version)
    shelf.open()
    shelf.promote(OLDEST)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        shelf.promote(NEWEST)
    assert shelf.serving.version == OLDEST
    assert read_current(shelf.folder) == OLDEST
    assert {path.name for path in shelf.folder.iterdir()} == {CURRENT, OLDEST, NEWEST}


def test_going_back_to_an_older_one(shelf: ModelRegistry, model: Recommender) -> None:
    put(shelf, model, OLDEST)
    put(shelf, model, NEWEST)
    assert shelf.open().version == NEWEST
    assert shelf.promote(OLDEST).version == OLDEST
    assert again(shelf).open().version == OLDEST


# Put in use by another process


def test_what_another_process_points_at_is_served_once_it_is_asked_for(
    shelf: ModelRegistry, model: Recommender, caplog: pytest.LogCaptureFixture
) -> None:
    put(shelf, model, OLDEST)
    shelf.open()
    shelf.promote(OLDEST)
    assert shelf.refresh() is None
    put(shelf, model, MIDDLE)
    assert shelf.refresh() is None, "only CURRENT says what is to be served"
    trainer = again(shelf)
    trainer.open()
    trainer.promote(MIDDLE)
    found = shelf.refresh()
    assert found is shelf.serving
    assert shelf.serving.version == MIDDLE
    assert shelf.refresh() is None

    (put(shelf, model, NEWEST) / "model.safetensors").write_bytes(b"half")
    point(shelf, NEWEST)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert shelf.refresh() is None
    assert len(caplog.records) == 1, "it is told once"
    assert (shelf.serving.version, shelf.serving.instead_of) == (MIDDLE, NEWEST)
    (shelf.folder / CURRENT).unlink()
    assert shelf.refresh() is None


def test_what_another_process_has_put_in_use_is_kept(shelf: ModelRegistry, model: Recommender) -> None:
    for version in (OLDEST, MIDDLE, NEWEST):
        put(shelf, model, version)
    shelf.keep = 1
    shelf.open()
    shelf.promote(NEWEST)
    put(shelf, model, OLDEST)
    point(shelf, OLDEST)
    shelf._prune()
    assert shelf.versions() == [NEWEST, OLDEST]


# Finished, and not yet put in use


def test_one_that_was_to_follow_is_put_in_use_at_the_next_opening(shelf: ModelRegistry, model: Recommender) -> None:
    put(shelf, model, OLDEST)
    point(shelf, OLDEST)
    shelf.open()
    pending = put(shelf, model, NEWEST, parent=OLDEST) / PENDING
    pending.touch()
    assert again(shelf).open().version == NEWEST
    assert read_current(shelf.folder) == NEWEST
    assert not pending.exists()
    point(shelf, OLDEST)  # a way back is not undone
    assert again(shelf).open().version == OLDEST


def test_a_first_one_is_put_in_use_too(shelf: ModelRegistry, model: Recommender) -> None:
    (put(shelf, model, NEWEST, parent=None) / PENDING).touch()
    assert shelf.open().version == NEWEST
    assert read_current(shelf.folder) == NEWEST


@pytest.mark.parametrize("card", [{"parent": MIDDLE}, {"parent": OLDEST, "id_space": "100k"}])
def test_one_that_was_to_follow_another_or_cannot_be_used_is_not(
    shelf: ModelRegistry, model: Recommender, card: dict[str, str]
) -> None:
    put(shelf, model, OLDEST)
    point(shelf, OLDEST)
    pending = put(shelf, model, NEWEST, **card) / PENDING
    pending.touch()
    assert shelf.open().version == OLDEST
    assert read_current(shelf.folder) == OLDEST
    assert not pending.exists(), "it had its time"


def test_promoting_ends_the_waiting(shelf: ModelRegistry, model: Recommender) -> None:
    shelf.folder.mkdir()
    shelf.open()
    pending = put(shelf, model, NEWEST) / PENDING
    pending.touch()
    shelf.promote(NEWEST)
    assert not pending.exists()


# Keeping


def test_only_the_newest_are_kept(shelf: ModelRegistry, model: Recommender) -> None:
    versions = [f"2026010{day}-000000-aaaa" for day in range(1, 6)]
    shelf.folder.mkdir()
    shelf.open()
    for version in versions:
        put(shelf, model, version)
        shelf.promote(version)
        assert len(shelf.versions()) <= shelf.keep
    assert shelf.versions() == versions[:-3:-1]


def test_the_one_in_use_is_kept_however_old(shelf: ModelRegistry, model: Recommender) -> None:
    for version in (OLDEST, MIDDLE, NEWEST):
        put(shelf, model, version)
    shelf.open()
    shelf.promote(OLDEST)
    assert shelf.versions() == [NEWEST, MIDDLE, OLDEST]
    shelf.promote(NEWEST)
    assert shelf.versions() == [NEWEST, MIDDLE]


def test_half_written_and_foreign_folders_are_no_versions_and_stay(shelf: ModelRegistry, model: Recommender) -> None:
    put(shelf, model, OLDEST)
    put(shelf, model, f".{NEWEST}")
    (shelf.folder / "notes").mkdir()
    (shelf.folder / "readme.txt").write_text("mine")
    shelf.open()
    shelf.promote(OLDEST)
    assert shelf.versions() == [OLDEST]
    assert {path.name for path in shelf.folder.iterdir()} == {CURRENT, OLDEST, f".{NEWEST}", "notes", "readme.txt"}


def test_what_a_killed_training_left_is_removed_after_a_day(shelf: ModelRegistry, model: Recommender) -> None:
    put(shelf, model, OLDEST)
    abandoned, fresh = put(shelf, model, f".{MIDDLE}"), put(shelf, model, f".{NEWEST}")
    two_days_ago = abandoned.stat().st_mtime - 2 * 86_400
    os.utime(abandoned, (two_days_ago, two_days_ago))
    shelf.open()
    shelf.promote(OLDEST)
    assert not abandoned.exists()
    assert fresh.exists()


# Beside the model


def test_the_picture_of_a_model(shelf: ModelRegistry, model: Recommender) -> None:
    folder = put(shelf, model, OLDEST)
    assert shelf.picture(OLDEST) is None
    (folder / "loss.png").write_bytes(b"png")
    assert shelf.picture(OLDEST) == b"png"
    assert shelf.picture(POPULARITY) is None
