"""`retrain` with a real training process, `model`, and the schedule."""

import asyncio
import gc
import logging
import os
import re
import signal
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat import delivery
from bot.chat.plots import loss_plot
from bot.models.registry import CURRENT
from bot.training import cog as training
from bot.training.job import TrainingJob, run
from bot.training.service import NoRetrainRunningError
from bot.training.snapshot import snapshot_file
from data.files import write_durably
from recommender import TrainingConfig
from tests.bot.conftest import OPERATOR, OpenStage, Stage, labels_of, text_of
from tests.bot.serving import SOON_S, Serve
from tests.fake_discord import FakeDiscord


@pytest.mark.training
async def test_a_retrain_is_one_message_from_progress_to_result(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.training.service")
    before = stage.bot.services.models.serving.version
    started = await stage.say(OPERATOR, "!retrain")
    assert "Training a model" in text_of(started)
    assert labels_of(started) == ["Cancel"]

    # While it trains, the bot answers as usual and starts no second one.
    rated = await stage.say("alice", "!rate Heat 5")
    assert "Heat (1995)" in text_of(rated)
    assert stage.bot.retraining.running
    second = await stage.say(OPERATOR, "!retrain")
    assert "running already" in text_of(second)
    status = await stage.say("bob", "!model")
    assert "Training the next one" in text_of(status)
    assert before in text_of(status)

    await stage.finish_training()
    ended = stage.message(started.id)
    text = text_of(ended)
    after = stage.bot.services.models.serving.version
    assert after != before
    assert "A new model is in use" in text
    assert after in text
    assert "NDCG@10" in text
    assert "popularity" in text
    assert labels_of(ended) == []
    assert [one.filename for one in ended.attachments] == ["loss.png"]
    assert (ended.attachments[0].description or "").startswith("Line chart: training and validation loss")
    assert (stage.settings.models_dir / "CURRENT").read_text() == after
    assert stage.bot.bugs == 0

    status = await stage.say("bob", "!model")
    assert after in text_of(status)
    assert not any(word in text_of(status) for word in ("linear autoencoder", "NDCG", "loss"))
    assert "linear autoencoder for lists" in text_of(await stage.say(OPERATOR, "!model"))
    run = await stage.bot.services.store.runs.last()
    assert run is not None
    assert (run.outcome, run.version) == ("promoted", after)
    assert run.requested_by == stage.member(OPERATOR).id
    began, ended_so = (record.getMessage() for record in caplog.records)
    assert began == f"training run 1: asked for by member {run.requested_by}; films and 0 chat ratings"
    memory = r"; at most \d+ MB in its process and \d+ MB in the bot" if sys.platform == "linux" else ""
    assert re.fullmatch(rf"training run 1: promoted {after} after \d+ s{memory}", ended_so)


@pytest.mark.training
async def test_ratings_of_members_are_trained_on(stage: Stage) -> None:
    before = stage.bot.services.models.serving.model.counts
    await stage.say("alice", "!rate Heat 5\nAlien 4\nTitanic 1")
    stage.env.backend.advance_clock(8 * 86_400)  # Discord's clock alone: the minutely schedule need not run till then
    await stage.say(OPERATOR, "!retrain")
    await stage.finish_training()
    after = stage.bot.services.models.serving.model.counts
    assert after["ratings"] == before["ratings"] + 3
    assert after["users"] == before["users"] + 1


@pytest.mark.training
@pytest.mark.parametrize(("status", "code"), [(404, 10008), (503, 0)], ids=["gone", "cannot be changed"])
async def test_the_result_is_posted_anew_where_its_message_cannot_tell_it(
    serve: Serve, status: int, code: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE_S", 0.5)
    monkeypatch.setattr(training, "EDIT_EVERY_S", 0.0)
    async with FakeDiscord() as discord, serve(discord) as (bot, *_):
        await discord.until_ready(SOON_S)
        discord.fail("PATCH channels/*/messages/*", status, None, code=code)
        started = await discord.ask("owner", "!retrain", SOON_S)
        assert started["embeds"][0]["title"] == "Training a model"
        result = await asyncio.wait_for(discord.sent.get(), 2 * SOON_S)
        assert result["embeds"][0]["title"] == "A new model is in use"
        assert result["id"] != started["id"]
        assert bot.bugs == 0
    gc.collect()
    assert not [line for line in caplog.messages if "never retrieved" in line]


@pytest.mark.training
async def test_cancel_ends_the_training_and_the_model_in_use_stays(stage: Stage) -> None:
    before = stage.bot.services.models.serving
    started = await stage.say(OPERATOR, "!retrain")
    stranger = await stage.member("alice").click(started, label="Cancel")
    assert stranger.response.ephemeral
    assert "operator" in stranger.response.content
    assert stage.bot.retraining.running

    pressed = await stage.member(OPERATOR).click(started, label="Cancel")
    assert pressed.response.ephemeral
    assert "Cancelling" in pressed.response.content
    await stage.finish_training()
    ended = stage.message(started.id)
    assert "Training cancelled" in text_of(ended)
    assert labels_of(ended) == []
    assert stage.bot.services.models.serving is before
    run = await stage.bot.services.store.runs.last()
    assert run is not None
    assert run.outcome == "cancelled"
    with pytest.raises(NoRetrainRunningError):
        await stage.bot.retraining.cancel()


@pytest.mark.training
async def test_the_gate_refuses_a_worse_model_and_force_takes_it(stage: Stage) -> None:
    stage.bot.services.training.config = TrainingConfig.popularity()
    before = stage.bot.services.models.serving
    started = await stage.say(OPERATOR, "!retrain")
    await stage.finish_training()
    text = text_of(stage.message(started.id))
    assert "The new model was refused" in text
    assert "those of the model in use" in text
    assert stage.bot.services.models.serving is before

    await stage.env.advance_time(60)
    started = await stage.say(OPERATOR, "!retrain force")
    await stage.finish_training()
    assert "A new model is in use" in text_of(stage.message(started.id))
    serving = stage.bot.services.models.serving
    assert serving.model.config == TrainingConfig.popularity()
    assert serving.card["forced"] is True
    assert serving.card["parent"] == before.version


@pytest.mark.training
async def test_a_training_process_that_dies_is_told_and_the_model_in_use_stays(stage: Stage) -> None:
    before = stage.bot.services.models.serving
    started = await stage.say(OPERATOR, "!retrain")
    run = stage.bot.retraining.run
    assert run is not None
    assert run.process is not None
    while (pid := run.process.pid) is None:  # noqa: ASYNC110 (a thread sets it)
        await asyncio.sleep(0.01)
    os.kill(pid, signal.SIGKILL)
    await stage.finish_training()
    text = text_of(stage.message(started.id))
    assert "ended by the system, probably for lack of memory" in text
    last = await stage.bot.services.store.runs.last()
    assert last is not None
    assert (last.outcome, last.reason) == ("failed", "process_killed")
    assert stage.bot.services.models.serving is before
    assert "Heat" in text_of(await stage.say("alice", "!rate Heat 5"))


async def trained_beside(stage: Stage) -> str:
    """A model that another process has finished and not yet put in use."""
    dataset, models = stage.bot.services.dataset, stage.settings.models_dir
    with snapshot_file(models) as snapshot:
        dataset.load_ratings().head(0).to_feather(snapshot)
        parent = stage.bot.services.models.serving.version
        config = TrainingConfig.popularity()
        job = TrainingJob(dataset.path, snapshot, models, config, None, parent, force=True, plot=loss_plot)
        version = (await asyncio.to_thread(run, job)).version
    assert version is not None
    return version


async def test_a_model_put_in_use_by_another_process_is_served(stage: Stage) -> None:
    version = await trained_beside(stage)
    await stage.env.advance_time(120)
    assert stage.bot.services.models.serving.version != version
    write_durably(stage.settings.models_dir / CURRENT, version)
    await stage.env.advance_time(120)
    assert version in text_of(await stage.say("alice", "!model"))
    assert "no training" not in text_of(stage.last)
    assert "no training: the most rated films" in text_of(await stage.say(OPERATOR, "!model"))


async def test_a_model_finished_just_before_the_bot_was_killed_is_put_in_use(stage: Stage) -> None:
    version = await trained_beside(stage)
    await stage.restart()
    assert version in text_of(await stage.say("alice", "!model"))
    assert (stage.settings.models_dir / CURRENT).read_text() == version


async def test_a_damaged_model_is_named_and_what_serves_instead(stage: Stage) -> None:
    good = stage.bot.services.models.serving.version
    damaged = await trained_beside(stage)
    write_durably(stage.settings.models_dir / CURRENT, damaged)
    card = stage.settings.models_dir / damaged / "card.json"
    card.write_text("[" * 200_000)
    await stage.restart()
    text = text_of(await stage.say("alice", "!model"))
    assert f"Version {good}" in text.replace("*", "")
    assert f"Instead of {damaged}, which cannot be used" in text.replace("*", "")

    (stage.settings.models_dir / good / "card.json").write_text("{}")
    await stage.restart()
    text = text_of(await stage.say("alice", "!model"))
    assert f"The model {damaged} cannot be used, so lists show what most people like" in text
    await stage.finish_training()
    assert "cannot be used" not in text_of(await stage.say("alice", "!model"))


@pytest.mark.training
async def test_slash_retrain_is_checked_and_answered_in_the_same_way(stage: Stage) -> None:
    refused = await stage.member("alice").slash(stage.channel, "retrain")
    assert refused.response.ephemeral
    assert "operator" in refused.response.content
    assert not stage.bot.retraining.running
    result = await stage.member(OPERATOR).slash(stage.channel, "retrain", force=True)
    assert "Training a model" in (result.response.embeds[0].title or "")
    await stage.member(OPERATOR).click(result.response.message, label="Cancel")
    await stage.finish_training()
    assert "Training cancelled" in text_of(stage.message(result.response.id))


async def test_members_and_owners_of_servers_are_no_operators(stage: Stage) -> None:
    assert "operator" in text_of(await stage.say("alice", "!retrain"))
    await stage.owner.send(stage.channel, "!retrain")
    assert "operator" in text_of(stage.last)
    assert not stage.bot.retraining.running


async def test_guild_admins_are_bound_by_the_minimum_of_new_ratings(open_stage: OpenStage) -> None:
    stage = await open_stage(retrain_by="guild_admins", retrain_min_new_ratings=2)
    assert "operator" in text_of(await stage.say("alice", "!retrain"))
    await stage.owner.send(stage.channel, "!retrain")
    assert "2 more ratings" in text_of(stage.last)
    await stage.say("alice", "!rate Heat 5\nAlien 4")
    await stage.owner.send(stage.channel, "!retrain")
    assert "Training a model" in text_of(stage.last)
    cancelled = await stage.owner.click(stage.last, label="Cancel")
    assert "Cancelling" in cancelled.response.content
    await stage.finish_training()


@pytest.mark.parametrize("words", ["!retrain nonsense", "!retrain force now"])
async def test_a_word_that_is_not_force_is_a_sentence(stage: Stage, words: str) -> None:
    reply = await stage.say(OPERATOR, words)
    assert "!retrain force" in text_of(reply)
    assert not stage.bot.retraining.running


@pytest.mark.training
async def test_the_schedule_trains_when_time_and_ratings_are_reached(open_stage: OpenStage) -> None:
    stage = await open_stage(retrain_every=timedelta(hours=1), retrain_min_new_ratings=3)
    before = stage.bot.services.models.serving.version
    await stage.advance(7200)
    assert not stage.bot.retraining.running, "there are no new ratings"
    await stage.say("alice", "!rate Heat 5\nAlien 4\nTitanic 1")
    await stage.env.advance_time(120)
    await stage.finish_training()
    assert stage.bot.services.models.serving.version != before
    await stage.say("alice", "!rate Ghost 1\nSpeed 4\nJaws 4")
    await stage.advance(1800)
    assert not stage.bot.retraining.running, "an hour has not passed"


async def scheduled(stage: Stage, rated: str) -> None:
    """A new rating, the time that the schedule waits for, and the training that is due then."""
    await stage.say("alice", f"!rate {rated}")
    await stage.advance(3600)
    await stage.finish_training()


def told(stage: Stage) -> list[str]:
    """What the operator was written privately."""
    private = stage.user(OPERATOR).dm_channel.history()
    return [text_of(one) for one in reversed(private)]


@pytest.mark.training
async def test_operators_are_told_once_of_a_training_that_was_refused_by_itself(open_stage: OpenStage) -> None:
    stage = await open_stage(retrain_every=timedelta(hours=1), retrain_min_new_ratings=1)
    stage.member(OPERATOR)
    stage.bot.services.training.config = TrainingConfig.popularity()
    await scheduled(stage, "Heat 5")
    (first,) = told(stage)
    assert "trained by the schedule" in first
    assert "The new model was refused" in first
    assert "its lists are worse than those of the model in use" in first

    await scheduled(stage, "Alien 4")
    assert await outcomes(stage) == ["refused", "refused"]
    assert told(stage) == [first]
    await stage.restart()
    stage.bot.services.training.config = replace(TrainingConfig.popularity(), min_support=1)
    await scheduled(stage, "Jaws 4")
    assert await outcomes(stage) == ["refused", "refused", "refused"]
    assert len(told(stage)) == 2, "another configuration is news"
    assert stage.bot.bugs == 0


async def outcomes(stage: Stage) -> list[str]:
    return [run.outcome for run in reversed(await stage.bot.services.store.runs.recent(10))]


@pytest.mark.training
async def test_a_refusal_that_reached_no_operator_is_told_the_next_time(open_stage: OpenStage) -> None:
    stage = await open_stage(retrain_every=timedelta(hours=1), retrain_min_new_ratings=1)
    stage.bot.services.training.config = TrainingConfig.popularity()
    await scheduled(stage, "Heat 5")  # the operator has no account yet
    stage.member(OPERATOR)
    await scheduled(stage, "Alien 4")
    assert len(told(stage)) == 1
    assert stage.bot.bugs == 0


async def test_without_named_operators_the_application_s_owner_is_one(open_stage: OpenStage) -> None:
    stage = await open_stage(operator_ids=frozenset())
    (owner,) = await stage.bot.operators()
    assert await stage.bot.is_operator(owner)


@pytest.mark.training
async def test_a_first_start_trains_in_the_background(open_stage: OpenStage) -> None:
    stage = await open_stage(is_trained=False)
    assert stage.bot.retraining.running
    assert "no trained model yet" in text_of(await stage.say("alice", "!model"))
    await stage.finish_training()
    assert stage.bot.services.models.serving.is_trained
    assert stage.bot.services.models.serving.version in text_of(await stage.say("alice", "!model"))


@pytest.mark.training
async def test_a_training_ends_with_the_bot_and_is_recorded_as_interrupted(stage: Stage) -> None:
    await stage.say(OPERATOR, "!retrain")
    await stage.restart()
    run = await stage.bot.services.store.runs.last()
    assert run is not None
    assert run.outcome == "interrupted"
    assert not stage.bot.retraining.running
    assert "Heat" in text_of(await stage.say("alice", "!rate Heat 5"))
