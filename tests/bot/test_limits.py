"""A member of ten thousand ratings among films of two hundred characters: every reply is one that Discord takes.

The simulated Discord refuses what the real one would, and a refusal is a bug in the log.
"""

import csv
import random
from pathlib import Path

import pytest

from bot.chat.plots import loss_plot
from bot.training.job import TrainingJob, run
from data import load_dataset
from recommender import TrainingConfig
from tests.bot.conftest import OpenStage, Stage
from tests.bot.crawl import Crawler
from tests.shelved import shelve

FILMS, RATED, USERS, RATINGS_EACH = 10_060, 10_000, 30, 400
TITLE_LENGTH = 200
GENRES = (
    "Action|Adventure|Animation|Children|Comedy|Crime|Documentary|Drama|Fantasy|Film-Noir",
    "Horror",
    "War|Western",
)
LINES = (
    "!ratings", "!ratings highest", "!recommend", "!recommend war deep", "!recommend watchlist", "!why id:10050",
    "!movie id:10050", "!similar id:1", "!similar id:10055", "!watchlist", "!watchlist pick", "!hide list", "!profile",
    "!profile adopt", "!profile adopt 3", "!profile reset", "!tastecard all", "!rate id:10051 4", "!start",
    "!rate id:10052 5\nid:10053 1", "!rate A very long title 4", "!rate nothing at all 4", "!privacy", "!import",
)  # fmt: skip


def write_films(folder: Path) -> Path:
    """Films with long titles that begin alike, some rated by a few people."""
    folder.mkdir()
    chance = random.Random(3)
    with (folder / "movies.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["movieId", "title", "genres"])
        for film in range(1, FILMS + 1):
            title = f"A very long title, number {film}, of *many* [words]".ljust(TITLE_LENGTH - 7, "x")
            writer.writerow([film, f"{title} ({1950 + film % 70})", GENRES[film % 3]])
    with (folder / "ratings.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["userId", "movieId", "rating", "timestamp"])
        for user in range(1, USERS + 1):
            for film in sorted(chance.sample(range(1, FILMS + 1), RATINGS_EACH)):
                writer.writerow([user, film, chance.randrange(1, 11) / 2, 10**9 + user])
    return folder


@pytest.fixture
async def long_stage(open_stage: OpenStage, tmp_path: Path) -> Stage:
    films = write_films(tmp_path / "films")
    dataset = load_dataset(str(films), tmp_path / "data" / "datasets")
    snapshot = tmp_path / "none.feather"
    dataset.load_ratings().head(0).to_feather(snapshot)
    models = tmp_path / "data" / "models"
    job = TrainingJob(dataset.path, snapshot, models, TrainingConfig.fast(), None, None, force=True, plot=loss_plot)
    report = run(job)
    assert report.version is not None
    (models / "CURRENT").write_text(report.version)
    return await open_stage(dataset=str(films))


async def test_every_reply_keeps_within_the_limits(long_stage: Stage) -> None:
    stage, store = long_stage, long_stage.bot.services.store
    profile = await store.profiles.get_or_create(stage.member("alice").id, 0)
    stars = [(film, (film % 10 + 1) / 2) for film in range(1, RATED + 1)]
    await store.ratings.rate(profile.user_id, stars, 0)
    await shelve(store, profile.user_id, "watchlist", range(RATED + 1, RATED + 31), 0)
    await shelve(store, profile.user_id, "hidden", range(RATED + 31, RATED + 46), 0)
    for line in LINES:
        await stage.say("alice", line)
        await stage.env.advance_time(30)
        assert stage.bot.bugs == 0, line
    crawler = Crawler(stage, "alice", ("reset_ratings", "ask_delete", "delete_for_good"))
    await crawler.press_everything()
    assert crawler.bugs == 0
    assert not crawler.unanswered
