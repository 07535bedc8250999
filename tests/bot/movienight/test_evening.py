"""A planned evening: its event, who comes, the day after, moved and called off."""

import re
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta

import discord
from simcord.actors import MemberActor

from bot.chat.components import ANYBODY, ActionButton, view
from bot.movienight.planning import LASTS_S, NEXT_DAY_S
from tests.bot.conftest import labels_of, text_of
from tests.bot.movienight.conftest import Party

STAMP = re.compile(r"<t:(\d+):F>")


def starts_at(text: str) -> int:
    found = STAMP.search(text)
    assert found is not None, text
    return int(found[1])


async def until(party: Party, moment: float) -> None:
    await party.stage.advance(moment - party.stage.env.now().timestamp())


async def test_the_chosen_film_becomes_an_event_at_the_time_that_was_said(party: Party) -> None:
    party.stage.guild.create_voice_channel("Cinema")
    shown = await party.plan("tomorrow 20:00", "+2", "cinema")
    (event,) = party.events
    assert starts_at(text_of(shown)) == int(datetime.fromisoformat(event.scheduled_start_time).timestamp())
    assert datetime.fromisoformat(event.scheduled_start_time).hour == 18
    assert event.name.startswith("Movie night: ")
    assert event.channel_id is not None
    assert f"/{event.id})" in text_of(shown)
    assert labels_of(shown) == ["Another time", "Call it off", "I was there"]


async def test_a_time_that_is_said_with_those_who_watch_is_that_of_the_film_picked(party: Party) -> None:
    assert "I do not know your time zone" in text_of(await party.ask("tomorrow 8pm"))
    shown = await party.ask("comedy tomorrow at 8pm UTC+2")
    assert text_of(shown).startswith("## Films for alice, bob and carol\n-# Comedy · <t:")
    moment = starts_at(text_of(shown))
    assert moment % 86_400 == 18 * 3_600
    await party.stage.restart()
    await party.pick(shown)
    assert starts_at(text_of(party.stage.last)) == moment
    (event,) = party.events
    assert int(datetime.fromisoformat(event.scheduled_start_time).timestamp()) == moment
    assert labels_of(party.stage.last) == ["Another time", "Call it off", "I was there"]


async def test_a_day_without_an_hour_is_asked_about(party: Party) -> None:
    for text in ("friday", "tomorrow evening", "the weekend", "am Freitag"):
        assert f"You said “{text}”, but not at what time" in text_of(await party.ask(f"comedy {text}"))
    assert "not at what time" not in text_of(await party.ask("tonight"))
    shown = await party.ask("tomorrow")
    await party.pick(shown)
    text = text_of(party.stage.last)
    assert "Tonight it is" not in text
    assert "You said “tomorrow”: at what time?" in text
    form = await party.press("alice", party.stage.last, "Set the time")
    await party.stage.member("alice").submit_modal(form, {"when": "tomorrow 20:00", "zone": "+2"})
    await party.pick(await party.ask("tomorrow"))
    form = await party.press("alice", party.stage.last, "Set the time")
    tomorrow = party.stage.env.now() + timedelta(days=1, hours=2)
    assert f"{tomorrow:%Y-%m-%d}" in str(form.modal)
    assert "At what time? “friday” is a day" in text_of(await party.stage.say("alice", "!mn move friday"))


async def test_a_day_and_an_hour_apart_are_one_time(party: Party) -> None:
    moment = starts_at(text_of(await party.ask("friday comedy 8pm UTC")))
    assert datetime.fromtimestamp(moment, UTC).strftime("%a %H") == "Fri 20"


async def test_an_offset_said_with_a_list_is_known_next_time(party: Party) -> None:
    await party.ask("tomorrow 8pm UTC+2")
    await party.stage.restart()
    assert starts_at(text_of(await party.ask("tomorrow 8pm"))) % 86_400 == 18 * 3_600


async def test_times_that_cannot_be_read_are_no_wishes(party: Party) -> None:
    for text in ("half past eight", "25:00", "4/5 8pm"):
        assert f"I cannot read “{text}” as a time" in text_of(await party.ask(text))
    assert "I cannot read “Europe/Berlin” as a time zone" in text_of(await party.ask("20:00 Europe/Berlin"))
    assert starts_at(text_of(await party.ask("in 2 hours")))


async def test_elsewhere_than_in_a_voice_channel_it_is_external(party: Party) -> None:
    await party.plan(where="Bob's sofa")
    (event,) = party.events
    assert (event.entity_type, event.entity_metadata) == (3, {"location": "Bob's sofa"})


async def test_the_time_is_asked_again_where_it_cannot_be_read(party: Party) -> None:
    shown = await party.plan("at some point")
    assert party.events == []
    assert labels_of(shown) == ["Set the time", "Call it off"]


async def test_another_time_moves_the_event_by_button_and_by_command(party: Party) -> None:
    shown = await party.plan("tomorrow 20:00", "+2")
    await party.stage.restart()
    result = await party.press("bob", shown, "Another time")
    assert "up to whoever asked" in text_of(result.response)
    form = await party.press("alice", shown, "Another time")
    assert "UTC+2" in str(form.modal)
    await party.stage.restart()
    await party.stage.member("alice").submit_modal(form, {"when": "tomorrow 21:30", "zone": "UTC+2"})
    (event,) = party.events
    assert datetime.fromisoformat(event.scheduled_start_time).strftime("%H:%M") == "19:30"
    said = await party.stage.say("alice", "!movienight move tomorrow 22:00")
    (event,) = party.events
    assert datetime.fromisoformat(event.scheduled_start_time).strftime("%H:%M") == "20:00"
    assert starts_at(text_of(said)) == int(datetime.fromisoformat(event.scheduled_start_time).timestamp())
    for text in ("!movienight move 20:00", "!mn cancel"):
        answer = text_of(await party.stage.say("bob", text))
        assert re.search(r"alice planned the evening with .+ \(\d{4}\) and can move it or call it off", answer)
    assert "You have no movie night to come" in text_of(await party.stage.say("dave", "!movienight move 20:00"))


async def test_another_place_moves_the_event_too(party: Party) -> None:
    cinema = party.stage.guild.create_voice_channel("cinema")
    shown = await party.plan(where="Bob's sofa")
    form = await party.press("alice", shown, "Another time")
    await party.stage.member("alice").submit_modal(form, {"when": "tomorrow 20:00", "zone": "+2", "where": "cinema"})
    (event,) = party.events
    assert (event.entity_type, event.channel_id) == (2, cinema.id)
    assert f"You meet in <#{cinema.id}>" in text_of(party.again(shown))


async def test_of_another_server_nothing_is_shown_or_changed(party: Party) -> None:
    await party.plan()
    elsewhere = party.stage.env.create_guild("elsewhere")
    channel = elsewhere.create_text_channel("movies")
    boss = MemberActor(party.stage.env, elsewhere, elsewhere.owner)  # may do anything there
    buttons = [
        ActionButton("…", action, ANYBODY, *arguments)
        for action, arguments in (
            ("night_why", (1, 0)), ("night_when", (1,)), ("night_cancel", (1,)), ("night_came", (1,)),
        )
    ]  # fmt: skip
    found = party.stage.bot.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    await found.send("Press me", view=view(*buttons))
    for button in buttons:
        result = await boss.click(channel.last_message, custom_id=button.custom_id)
        assert result.modal is None
        assert "called off, or is over" in text_of(result.response), button.custom_id
    assert party.stage.bot.bugs == 0
    assert [one.status for one in party.events] == [1]


async def test_called_off_in_the_chat_and_in_discord(party: Party) -> None:
    shown = await party.plan()
    assert "is off" in text_of(await party.stage.say("alice", "!movienight cancel"))
    assert "is off" in text_of(party.again(shown))
    assert labels_of(party.again(shown)) == []
    assert [one.status for one in party.events] == [4]
    assert "You have no movie night" in text_of(await party.stage.say("alice", "!movienight cancel"))
    await party.plan()
    event = party.events[-1]
    party.stage.env.backend.edit_scheduled_event(party.stage.guild.id, event.id, {"status": 4})
    await party.stage.env.advance_time(10)
    assert "You have no movie night" in text_of(await party.stage.say("alice", "!movienight cancel"))


async def test_an_event_that_is_moved_in_discord_moves_the_evening(party: Party) -> None:
    await party.plan()
    (event,) = party.events
    later = "2026-12-31T20:00:00+00:00"
    party.stage.env.backend.edit_scheduled_event(party.stage.guild.id, event.id, {"scheduled_start_time": later})
    await party.stage.env.advance_time(10)
    evening = await party.stage.bot.services.store.evenings.by_event(event.id)
    assert evening is not None
    assert evening.starts_at == int(datetime.fromisoformat(later).timestamp())


async def test_guests_are_noted_and_asked_the_day_after(party: Party) -> None:
    cinema = party.stage.guild.create_voice_channel("cinema")
    shown = await party.plan(where="cinema")
    begins = starts_at(text_of(shown))
    (event,) = party.events
    early = await party.press("bob", shown, "I was there")
    assert "has not begun yet" in text_of(early.response)
    await party.stage.member("bob").subscribe_event(event.id)
    await party.stage.member("stranger").subscribe_event(event.id)
    await until(party, begins)
    await party.stage.member("alice").join_voice(cinema)
    await party.stage.member("stranger").join_voice(cinema)
    await party.stage.advance(900)
    await party.stage.restart()
    assert "there" in text_of((await party.press("carol", shown, "I was there")).response)
    await until(party, begins + LASTS_S + 900)
    asked = party.stage.last.id
    await until(party, begins + NEXT_DAY_S + 900)
    message = party.stage.last
    assert message.id != asked
    text = text_of(message)
    assert "How was it?" in text
    assert "alice and carol watched it" in text
    assert "stranger" not in text
    assert labels_of(message) == ["Rate", "I was there"]
    result = await party.press("alice", message, "Rate")
    assert result.ephemeral
    await party.stage.advance(7200)
    assert party.stage.last.id == message.id  # asked once
    history = text_of(await party.stage.say("bob", "!movienight history"))
    assert "alice and carol came" in history
    members = await party.stage.bot.services.store.evenings.members(1)
    assert {one.discord_id for one in members if one.interested_at} == {party.stage.member("bob").id}


async def test_whoever_lost_has_more_to_say_next_time(party: Party) -> None:
    shown = await party.plan("today 23:59", "+0")
    await until(party, starts_at(text_of(shown)) + LASTS_S + 900)
    again = await party.ask()
    evenings = party.stage.bot.services.store.evenings
    appeals = {one.discord_id: one.appeal for one in await evenings.members(1)}
    assert all(one is not None for one in appeals.values())
    loser = min(appeals, key=lambda one: appeals[one] or 0)
    (name,) = [name for name, one in party.stage.members.items() if one.id == loser]
    night = await party.stage.bot.services.nights.see(2)
    assert loser in night.owed
    over = await evenings.get(1)
    assert over is not None
    assert over.movie_id not in night.evening.shown  # watched, though nobody has rated it
    assert f"{name} has more to say tonight" in text_of(again)
    assert f"{name} has most to say next time" in text_of(await party.stage.say("bob", "!mn history"))


async def test_without_the_permission_for_events_the_time_stands(party: Party) -> None:
    party.forbid(manage_events=True, create_events=True)
    shown = await party.plan()
    assert party.events == []
    assert "I could not make an event of it" in text_of(shown)
    assert starts_at(text_of(shown))


async def test_what_is_kept_of_an_evening_is_exported_and_deleted(party: Party) -> None:
    await party.plan()
    store = party.stage.bot.services.store
    bob = party.stage.member("bob").id
    assert (await store.personal.holdings(bob)).count("evening_members") == 1
    await store.personal.delete(bob, 2_000_000_000)
    assert {one.discord_id for one in await store.evenings.members(1)} == {
        party.stage.member(name).id for name in ("alice", "carol")
    }
    await store.personal.delete(party.stage.member("alice").id, 2_000_000_000)
    assert not any(one.is_host for one in await store.evenings.members(1))


async def test_the_digest_tells_of_the_next_evening(party: Party) -> None:
    def told() -> Awaitable[str | None]:
        return party.stage.bot.services.digests.next_evening(party.stage.guild.id)

    assert await told() is None
    shown = await party.plan("tomorrow 20:00", "+2")
    (event,) = party.events
    line = await told()
    assert line is not None
    assert event.name.removeprefix("Movie night: ") in line
    assert starts_at(line) == starts_at(text_of(shown))
    await party.press("alice", shown, "Call it off")
    assert await told() is None
