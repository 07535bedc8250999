"""Whatever members have chosen and wherever they are, no reply of any topic shows who should not be shown.

Asked by somebody who names them all; read are all words, names of files, descriptions of pictures, polls, options and
ids of people in selects. What was sent before they chose is pressed as well.
"""

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from simcord import ResponseMessage
from simcord.backend.models import Message

from bot.demo.event import components_of
from tests.bot.conftest import Stage
from tests.bot.standing import LOVED, PRESENCE_S, Standing, bring_about, standings

PEOPLE = ("zoe", "yuri", "xena")
OFTEN_S = 30
ROUND_S = 130
LEAST_NAMED = 3
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
EVERYBODY = Standing("server", True, True, True, False, False, False, False)
LINES = (
    "!match <@{zoe}>", "!bridge <@{yuri}>", "!whorated Heat", "!whowants The Matrix", "!top", "!top raters",
    "!tastemap", "!movienight <@{zoe}> <@{yuri}> <@{xena}>", "!guess", "!guess table",
)  # fmt: skip
AGAIN = (
    "board_page", "night_reroll", "night_why", "night_poll", "night_deck", "game_reveal", "game_table", "game_again",
    "tastemap_show", "bridge_to", "whorated_page",
)  # fmt: skip
"""What is pressed again on messages from before, where they have it."""


def everything_in(message: Message) -> str:
    """All that stands in a message and in what is attached to it."""
    poll: Any = message.poll
    files = [(one.get("filename"), one.get("description")) for one in message.attachments]
    return f"{message.content} {message.embeds} {message.components} {files} {poll}"


def messages(stage: Stage) -> list[Message]:
    """Whatever the bot has written anywhere, private answers too."""
    written = [one for place in stage.env.backend.messages.values() for one in place.values()]
    return [one for one in written if one.author_id == stage.env.backend.bot_user.id]


async def ask_everything(stage: Stage) -> None:
    ids = {name: stage.member(name).id for name in PEOPLE}
    for line in LINES:
        await stage.member("alice").send(stage.channel, line.format(**ids))
        await stage.env.advance_time(OFTEN_S)
    await stage.env.advance_time(ROUND_S)


async def press_again(stage: Stage, before: list[Message]) -> None:
    for message in before:
        for action in AGAIN:
            await stage.env.advance_time(OFTEN_S)
            buttons = [one for one in components_of(message.components) if one.type == "button" and not one.disabled]
            for custom_id in [one.custom_id for one in buttons if one.custom_id.split(":")[1:2] == [action]][:1]:
                await stage.member("alice").click(ResponseMessage(stage.env, message), custom_id=custom_id)


def check(stage: Stage, found: list[Standing], seen: dict[int, str]) -> None:
    """Look at what was written or changed since `seen`."""
    new = [one for one in messages(stage) if seen.get(one.id) != everything_in(one)]
    assert new
    for name, standing in zip(PEOPLE, found, strict=True):
        shown = [text for one in new if name in (text := everything_in(one)) or str(stage.member(name).id) in text]
        assert standing.is_shown or not shown, (standing, shown)


@settings(
    max_examples=3, deadline=None, phases=WITHOUT_SHRINKING, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(found=st.lists(standings, min_size=len(PEOPLE), max_size=len(PEOPLE)))
async def test_no_topic_shows_who_should_not_be_shown(stage: Stage, found: list[Standing]) -> None:
    store = stage.bot.services.store
    alice = await store.profiles.get_or_create(stage.member("alice").id, 1)
    await store.ratings.rate(alice.user_id, [(movie_id, 4.5) for movie_id in LOVED], 1)
    await store.profiles.set_compares(alice.user_id, True, 0)
    for name in PEOPLE:
        await bring_about(stage, name, EVERYBODY)
    await ask_everything(stage)
    before = messages(stage)
    for name in PEOPLE:
        assert sum(name in everything_in(one) for one in before) >= LEAST_NAMED  # else the rest sees no names at all
    for name, standing in zip(PEOPLE, found, strict=True):
        await bring_about(stage, name, standing)
    await stage.env.advance_time(PRESENCE_S)
    seen = {one.id: everything_in(one) for one in messages(stage)}
    await press_again(stage, before)
    await ask_everything(stage)
    check(stage, found, seen)
    assert stage.bot.bugs == 0
