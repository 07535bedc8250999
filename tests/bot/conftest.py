"""The real bot inside a simulated Discord, over a small data set whose answers are known by construction."""

import asyncio
import csv
import math
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import discord
import numpy as np
import pytest
import pytest_asyncio
from discord.http import Route
from simcord import Env
from simcord.actors import MemberActor
from simcord.backend.models import User
from simcord.builders import UserHandle
from simcord.results import to_discord_message

from bot.app import create_bot
from bot.chat.plots import loss_plot
from bot.client import Marquee
from bot.demo.event import blocks_of, components_of
from bot.demo.world import QuickEnv
from bot.models.registry import PENDING
from bot.settings import Settings
from bot.training.job import TrainingJob, run
from bot.waiting import wait_directly
from bot.wiring import Services
from data import load_dataset
from data.store import Store
from recommender import TrainingConfig
from tests.bot.serving import Serve, serving

T = TypeVar("T")

ACTION = ("Heat", "Alien", "Die Hard", "Speed", "Predator", "The Matrix", "Rambo", "Jaws", "Gladiator", "Top Gun")
ROMANCE = (
    "Notting Hill", "Titanic", "Ghost", "Amelie", "Emma", "Sabrina", "Pretty Woman", "Casablanca", "Clueless", "Grease",
)  # fmt: skip
BOTH = ("Toy Story", "Toy Story 2", "300", "Apollo 13")
TICK_S = 0.1
STRIDE_S = 600.0
OPERATOR = "admin"
"""The name of the one whose id stands in OPERATOR_IDS."""
OPERATOR_ID = 4242


def write_films(folder: Path, users: int = 60) -> Path:
    """A data set in the csv layout: half of the people love action and no romance, the others the reverse."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng(7)
    films = [(title, "Action") for title in ACTION] + [(title, "Romance") for title in ROMANCE]
    films += [(title, "Comedy") for title in BOTH] + [("Sabrina", "Comedy")]
    years = [1995 + index for index in range(len(films) - 1)] + [1954]
    with (folder / "movies.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["movieId", "title", "genres"])
        for index, ((title, genre), year) in enumerate(zip(films, years, strict=True)):
            filed = f"{title[4:]}, The" if title.startswith("The ") else title
            writer.writerow([10 * (index + 1), f"{filed} ({year})", genre])
    with (folder / "ratings.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["userId", "movieId", "rating", "timestamp"])
        for user in range(1, users + 1):
            for index, (_, genre) in enumerate(films):
                if genre == "Comedy" and rng.random() < 0.5:
                    continue
                if genre != "Comedy" and (genre == "Action") != (user % 2 == 0):
                    if rng.random() < 0.3:
                        writer.writerow([user, 10 * (index + 1), 1.0, 10**9 + user * 100 + index])
                    continue
                if rng.random() < 0.75:
                    stars = float(rng.choice([4.0, 4.5, 5.0]))
                    writer.writerow([user, 10 * (index + 1), stars, 10**9 + user * 100 + index])
    return folder


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_films(tmp_path_factory.mktemp("films") / "films")


@pytest.fixture(scope="session")
def trained(films: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the data set in its cache and a model in use, to be copied.

    MARQUEE_TEST_TRAINED names one that another Python has trained, where this one has no torch.
    """
    if handed_over := os.environ.get("MARQUEE_TEST_TRAINED"):
        return Path(handed_over)
    return train_films(films, tmp_path_factory.mktemp("trained"))


def train_films(films: Path, folder: Path) -> Path:
    dataset = load_dataset(str(films), folder / "datasets")
    snapshot = folder / "none.feather"
    dataset.load_ratings().head(0).to_feather(snapshot)
    models, config = folder / "models", TrainingConfig()
    job = TrainingJob(dataset.path, snapshot, models, config, None, None, force=True, plot=loss_plot, last_write_id=0)
    report = run(job)
    assert report.version is not None
    (folder / "models" / "CURRENT").write_text(report.version)
    (folder / "models" / report.version / PENDING).unlink()
    snapshot.unlink()
    return folder


@dataclass
class Stage:
    """A guild with one channel, and people who talk in it."""

    env: Env
    bot: Marquee
    settings: Settings
    guild: Any
    channel: Any
    members: dict[str, Any] = field(default_factory=dict)

    def member(self, name: str) -> Any:
        if name not in self.members:
            user = operator(self.env) if name == OPERATOR else self.env.create_user(name)
            self.members[name] = self.guild.add_member(user)
        return self.members[name]

    @property
    def owner(self) -> Any:
        """The guild's owner, who may do anything in it and is nobody to the bot."""
        return MemberActor(self.env, self.guild, self.guild.owner)

    async def say(self, name: str, text: str) -> discord.Message:
        """Send a message and give the newest message of the channel."""
        await self.member(name).send(self.channel, text)
        await self.env.advance_time(10)
        return self.last

    @property
    def last(self) -> discord.Message:
        """The newest message that the whole channel sees; to make one of each before it takes long."""
        messages = self.env.backend.messages[self.channel.id].values()
        newest = max((one for one in messages if one.visible_to(None)), key=lambda one: one.id)
        return to_discord_message(self.env, newest)

    def user(self, name: str) -> UserHandle:
        """Somebody outside of any guild, in direct messages."""
        return UserHandle(self.env, self.env.backend.users[self.member(name).id])

    def private(self, name: str) -> discord.Message:
        """The newest message between somebody and the bot."""
        message: discord.Message = self.user(name).dm_channel.last_message
        return message

    def message(self, message_id: int) -> discord.Message:
        """A message of the channel as it reads now."""
        found: discord.Message = next(one for one in self.channel.history() if one.id == message_id)
        return found

    async def advance(self, seconds: float) -> None:
        """Let simulated time pass, in strides: the minutely schedule asks the database at each."""
        for _ in range(math.ceil(seconds / STRIDE_S)):
            await self.env.advance_time(STRIDE_S)

    async def finish_training(self) -> None:
        """Let time pass until the running training has ended and told so."""
        while self.bot.retraining.running:
            await asyncio.sleep(TICK_S)
            await self.env.advance_time(TICK_S)
        await self.env.settle()

    async def restart(self, *, message_content: bool = True) -> None:
        """End the bot as a service manager would and start a new one over the same files."""
        await self.bot.close()
        self.bot = make_bot(self.settings, self, message_content=message_content)
        await self.env.restart_bot(self.bot)


def text_of(message: Any) -> str:
    """Everything a person would read in a message or response."""
    embeds = [embed.to_dict() for embed in message.embeds]
    return "\n".join(block.text for block in blocks_of(message.content, embeds, _wire(message)))


def labels_of(message: Any) -> list[str]:
    """Labels of the buttons of a message or response."""
    return [one.label for one in components_of(_wire(message)) if one.type == "button"]


def options_of(message: Any, placeholder: str) -> list[str]:
    """Labels of the options of the select with that placeholder."""
    (found,) = [one for one in components_of(_wire(message)) if one.type == "select" and one.label == placeholder]
    return list(found.options)


def _wire(message: Any) -> list[dict[str, Any]]:
    return [one if isinstance(one, dict) else one.to_dict() for one in message.components]


def select_id(message: Any, placeholder: str) -> str:
    """The custom id of the select with that placeholder, to choose in it where a message has several."""
    (found,) = [one for one in components_of(_wire(message)) if one.type == "select" and one.label == placeholder]
    return found.custom_id


def operator(env: Env) -> UserHandle:
    """The account of the operator, whose id the settings know before there is an account."""
    env.backend.users[OPERATOR_ID] = User(env.backend.reserve_id(OPERATOR_ID), OPERATOR)
    return UserHandle(env, env.backend.users[OPERATOR_ID])


def make_bot(settings: Settings, holder: Any, *, message_content: bool = True) -> Marquee:
    async def wait(awaitable: Awaitable[T]) -> T:
        result: T = await holder.env.external_wait(awaitable, reason="a training process")
        return result

    return create_bot(settings, message_content=message_content, wait=wait)


OpenStage = Callable[..., Awaitable[Stage]]


@pytest_asyncio.fixture
async def open_stage(films: Path, trained: Path, empty_database: Path, tmp_path: Path) -> AsyncIterator[OpenStage]:
    """Opens the bot in a guild; keyword arguments are settings, `is_trained=False` starts it without a model."""
    opened: list[Stage] = []

    async def make(*, is_trained: bool = True, **settings: Any) -> Stage:
        data_dir = tmp_path / "data"
        if not data_dir.exists():
            shutil.copytree(trained, data_dir, ignore=None if is_trained else shutil.ignore_patterns("models"))
            shutil.copy(empty_database, data_dir)
        holder = type("Holder", (), {})()
        values = Settings(
            _env_file=None,  # type: ignore[call-arg]
            **{
                "dataset": str(films),
                "data_dir": data_dir,
                "retrain_every": None,
                "operator_ids": frozenset({OPERATOR_ID}),
            }
            | settings,
        )
        bot = make_bot(values, holder)
        env = holder.env = QuickEnv(bot, shard_count=1, check_errors=False)
        env.backend.advance_clock(40 * 86_400)  # before the bot starts: nobody's account is brand new
        await env.start()
        guild = env.create_guild()
        stage = Stage(env, bot, values, guild, guild.create_text_channel("movies"))
        opened.append(stage)
        return stage

    yield make
    for stage in opened:
        await stage.bot.close()
        await stage.env.shutdown()


@pytest_asyncio.fixture
async def stage(open_stage: OpenStage) -> Stage:
    return await open_stage()


@pytest.fixture
def serve(films: Path, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Runs the bot over sockets; see `tests.bot.serving`."""
    shutil.copytree(trained, tmp_path / "data")
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # put back afterwards
    return lambda discord: serving(discord, films, tmp_path / "data")


def settings_for(data_dir: Path, films: Path) -> Settings:
    return Settings(_env_file=None, data_dir=data_dir, dataset=str(films), retrain_every=None)  # type: ignore[call-arg]


@pytest_asyncio.fixture
async def store(empty_database: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty database of the newest schema; no bot."""
    shutil.copy(empty_database, tmp_path)
    opened = await Store.open(tmp_path / "marquee.db")
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def services(films: Path, trained: Path, empty_database: Path, tmp_path: Path) -> AsyncIterator[Services]:
    """The services over a real store, the small data set and a trained model; no Discord."""
    shutil.copytree(trained, tmp_path / "data")
    shutil.copy(empty_database, tmp_path / "data")
    opened = await Services.open(settings_for(tmp_path / "data", films), plot=loss_plot, wait=wait_directly)
    yield opened
    await opened.close()
