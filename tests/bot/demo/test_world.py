"""The simulated Discord around the bot."""

import asyncio
import time
from pathlib import Path
from time import perf_counter

import discord
import pytest
from discord.ext import commands
from simcord._dpy_internals import real_monotonic

from bot.demo.play import Player
from bot.demo.roster import FILE_NAME, OPERATOR_ID, Roster
from bot.demo.script import Say
from bot.demo.world import QuickEnv, World
from tests.bot.demo.conftest import Scene
from tests.bot.demo.toy_bot import ToyBot, toy_maker


async def test_nobody_is_a_new_account(scene: Scene) -> None:
    discord_id, age_days, *_ = (await scene.one("carol: !age")).text.split()
    assert int(discord_id) == scene.world.person("carol").id
    assert int(age_days) > 40


async def test_the_operator_has_the_id_that_settings_are_made_with(scene: Scene) -> None:
    assert (await scene.one("@admin: !age")).text.split()[0] == str(OPERATOR_ID)


async def test_the_clock_starts_in_the_present_and_moves_as_told(scene: Scene) -> None:
    before = float((await scene.one("!age")).text.split()[-1])
    await scene.world.advance(7 * 3600.0)
    *_, minutes, after = (await scene.one("!age")).text.split()
    assert float(after) - before == pytest.approx(7 * 3600, abs=0.2)
    assert int(minutes) == pytest.approx(7 * 60, abs=2)


async def test_time_advances_in_the_turn_in_which_a_timer_of_real_time_falls_due() -> None:
    """Both move the clock, and begun in one turn of the loop each waited for the other until the deadline."""
    bot = commands.Bot("!", intents=discord.Intents.all())
    rang: list[str] = []

    @bot.command()
    async def remind(_context: commands.Context[commands.Bot]) -> None:
        asyncio.get_running_loop().call_later(2.0, rang.append, "the timer")

    env = QuickEnv(bot, check_errors=False, settle_timeout=1.0)
    await env.start()
    try:
        guild = env.create_guild()
        await guild.add_member(env.create_user("alice")).send(guild.create_text_channel("movies"), "!remind")
        (timer,) = [one for one in env._work.callbacks if one.when is not None and one.real_handle]
        before_s = timer.real_handle.when() - real_monotonic() - 0.02
        asyncio.get_running_loop().call_later(before_s - 0.02, time.sleep, 0.06)  # over the instants of both
        await asyncio.sleep(before_s)
        await env.advance_time(0.1)
        assert rang == ["the timer"]
    finally:
        await env.shutdown()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a training takes more than the usual seconds to begin, and so to be cancelled."""
    monkeypatch.setattr("bot.demo.world.CANCEL_TIMEOUT_S", 300.0)


async def test_the_clock_moves_by_the_real_time_passed(scene: Scene) -> None:
    started_s = perf_counter()
    await scene.world.catch_up()
    before = scene.world.env.now()
    await scene.world.pass_time(0.2)
    passed = (scene.world.env.now() - before).total_seconds()
    assert 0.2 <= passed <= perf_counter() - started_s


async def test_a_training_in_a_process_holds_nobody_up(scene: Scene, patient: None) -> None:
    await scene.play("@admin: !retrain 60")
    assert (await scene.one("alice: !ping")).text == "pong alice"
    assert scene.world.is_training
    await scene.world.cancel_training()


async def test_a_training_tells_how_far_it_is(scene: Scene) -> None:
    await scene.play("@admin: !retrain 1.5")
    assert scene.world.is_training
    await scene.world.finish_training()
    assert not scene.world.is_training
    told = [event for event in scene.events if event.kind == "edit"]
    assert [event.text for event in told] == [*(f"training {step} of 6" for step in range(6)), "training done"]
    assert {event.to for event in told} == {"admin"}
    assert told[-1].ms > 1500


async def test_a_cancelled_training_says_so(scene: Scene, patient: None) -> None:
    await scene.play("@admin: !retrain 60")
    await scene.world.cancel_training()
    assert scene.events[-1].text == "training cancelled"
    await scene.world.cancel_training()  # nothing to cancel


async def test_a_restart_makes_a_new_bot_over_the_same_messages(scene: Scene) -> None:
    await scene.play("alice: !card")
    await scene.play("!bug")
    await scene.world.restart()
    first, second = scene.bots
    assert first.was_closed
    assert scene.world.bot is second
    assert scene.world.bugs == 1
    assert (await scene.one("alice: /click Undo")).kind == "edit"
    assert (await scene.one("alice: /slash ping")).text == "pong alice"


async def test_a_bot_is_closed_with_its_world_and_a_training_with_it() -> None:
    bots: list[ToyBot] = []
    async with World(toy_maker(bots), Roster(), lambda event: None) as world:
        await Player(world, print).play(Say(1, "", "admin", "!retrain 60"))
        assert world.is_training
    assert bots[0].was_closed
    assert not bots[0].retraining.running


async def test_a_kept_world_brings_people_commands_and_time_back(tmp_path: Path) -> None:
    path, synced, ids, times = tmp_path / FILE_NAME, set[str](), [], []
    for names in (("alice", "bob"), ("carol", "bob", "alice")):
        async with World(toy_maker(synced=synced), Roster(path), lambda event: None) as world:
            times.append(world.env.now())
            ids.append({name: world.person(name).id for name in names})
            # The second bot does not sync, since it did once: Discord remembers.
            result = await world.person("alice").slash(world.channel, "ping")
            assert result.response.content == "pong alice"
            await world.advance(3600)
    assert {name: ids[1][name] for name in ids[0]} == ids[0]
    assert (times[1] - times[0]).total_seconds() >= 3600


async def test_a_bot_that_cannot_start_is_closed() -> None:
    class Broken(ToyBot):
        async def setup_hook(self) -> None:
            raise RuntimeError("no data")

    bots: list[Broken] = []

    def make(wait: object) -> Broken:
        bots.append(Broken(wait, set()))  # type: ignore[arg-type]
        return bots[-1]

    with pytest.raises(RuntimeError, match="no data"):
        async with World(make, Roster(), lambda event: None):
            pass
    assert bots[0].was_closed
