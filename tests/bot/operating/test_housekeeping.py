"""What the bot does by itself once a day."""

from tests.bot.conftest import Stage

HALF_A_DAY_S = 43_200.0
CSV = b"Date,Name,Year,Letterboxd URI,Rating\n2024-05-01,Alien,1996,https://boxd.it/1,4.5\n"


async def test_a_preview_that_nobody_decides_on_is_gone_within_two_days(stage: Stage) -> None:
    alice = stage.member("alice")
    await alice.send(stage.channel, "!import", attachments=[("ratings.csv", CSV)])
    stored = await stage.bot.services.store.imports.get(1)
    assert stored is not None
    assert stored.plan is not None
    for _ in range(4):
        await stage.advance(HALF_A_DAY_S)
    assert await stage.bot.services.store.imports.get(1) is None
    assert stage.bot.bugs == 0


async def test_a_bad_day_does_not_end_it(stage: Stage) -> None:
    tidied = []

    async def fail(now: int) -> None:
        tidied.append(now)
        raise OSError("the disk is full")

    object.__setattr__(stage.bot.services.store.imports, "prune", fail)
    for _ in range(4):
        await stage.advance(HALF_A_DAY_S)
    assert len(tidied) == 2
    assert stage.bot.bugs == 2
