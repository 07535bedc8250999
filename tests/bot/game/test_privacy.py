"""No reply of the game names anybody who should not be shown, whatever members do between."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import discord
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.chat.reply import Reply
from bot.game import replies
from bot.game.cog import GameCog
from bot.game.service import AboutYouError, NobodyToGuessError, NoFilmLeftError, RoundOverError, RoundRunningError
from bot.servers.presence import Presence
from bot.waiting import wait_directly
from bot.wiring import Services
from tests.bot.limits import check

NAMES = ("annabel", "bartholomew", "clementine", "desdemona")
GUILD, CHANNEL = 987, 5
STARS = (4.0, 4.5, 5.0, 3.5, 1.0)
STEP_S = 4_000
"""More than the hour for which a name is known."""

HIDING = ("private", "off", "block", "leave", "quarantine", "delete")
CHOICES = (*HIDING, "server", "public", "on", "unblock", "join", "release", "speak")

Step = tuple[str, int]


def everything_in(reply: Reply) -> str:
    """Every word of it, those of controls and their ids too."""
    check(reply)
    embed = reply.embed.to_dict() if reply.embed is not None else ""
    shown = reply.layout or reply.view
    return f"{reply.content} {embed} {shown.to_components() if shown is not None else ''}"


@dataclass
class Person:
    """What a member has chosen and what has become of them, as they know it themselves."""

    discord_id: int
    visibility: str = "server"
    compares: bool = True
    is_blocked: bool = False
    is_here: bool = True
    is_quarantined: bool = False
    exists: bool = True
    has_spoken: bool = True

    @property
    def may_be_shown(self) -> bool:
        return (
            self.exists
            and self.has_spoken
            and self.is_here
            and self.visibility != "private"
            and not self.is_blocked
            and not self.is_quarantined
        )


@dataclass
class Guild:
    """A server as Discord would tell of it: who is in it, asked one by one."""

    people: dict[int, tuple[str, Person]]
    id: int = GUILD

    async def fetch_member(self, discord_id: int) -> Any:
        name, person = self.people[discord_id]
        if not person.is_here:
            response = type("Response", (), {"status": 404, "reason": "Not Found"})()
            raise discord.NotFound(response, "Unknown Member")
        return type("Member", (), {"display_name": name})()


@dataclass
class World:
    services: Services
    cog: GameCog
    guild: Any
    people: list[Person]
    at: int
    rounds: list[tuple[Any, int]] = field(default_factory=list)
    named: int = 0
    """How often somebody was named at all."""

    @classmethod
    async def new(cls, services: Services, number: int) -> "World":
        """Others than before, who all let their taste be compared."""
        people = [Person(1_000 * number + place) for place in range(len(NAMES))]
        known = {person.discord_id: (name, person) for name, person in zip(NAMES, people, strict=True)}
        cog = GameCog(None, services.game, Presence(services.store), wait_directly)  # type: ignore[arg-type]
        world = cls(services, cog, Guild(known, GUILD + number), people, 1_800_000_000 + number * 10**6)
        for person in people:
            await world.speak(person)
        return world

    async def speak(self, person: Person) -> None:
        """Rate something, and be a member who wants to be compared."""
        store = self.services.store
        profile = await store.profiles.get_or_create(person.discord_id, self.at)
        if not person.exists:
            person.visibility, person.compares, person.is_blocked, person.is_quarantined = "server", False, False, False
        person.exists = True
        await store.ratings.rate(profile.user_id, [(10 * n, stars) for n, stars in enumerate(STARS, 1)], self.at)
        await store.profiles.set_compares(profile.user_id, person.compares, 0)
        if person.is_here:
            await store.memberships.note(self.guild.id, person.discord_id, self.at)
            person.has_spoken = True

    async def step(self, what: str, person: Person) -> None:
        self.at += STEP_S
        match what:
            case "speak":
                await self.speak(person)
            case "begin":
                await self.begin(person)
            case "guess":
                await self.guess(person)
            case "end":
                await self.end()
            case "table":
                await self.table(person)
            case "delete":
                await self.services.store.personal.delete(person.discord_id, self.at)
                person.exists = person.has_spoken = False
            case _:
                await self.choose(what, person)

    async def choose(self, what: str, person: Person) -> None:
        store = self.services.store
        profile = await store.profiles.find(person.discord_id)
        if what in ("leave", "join"):
            person.is_here = what == "join"
        if profile is None:
            return
        match what:
            case "private" | "server" | "public":
                await store.profiles.set_visibility(profile.user_id, what, 0)
                person.visibility = what
            case "on" | "off":
                await store.profiles.set_compares(profile.user_id, what == "on", 0)
                person.compares = what == "on"
            case "block":
                person.is_blocked = await store.memberships.block(self.guild.id, person.discord_id, self.at)
            case "unblock":
                await store.memberships.unblock(self.guild.id, person.discord_id)
                person.is_blocked = False
            case "quarantine" | "release":
                await (store.profiles.quarantine(person.discord_id, self.at) if what == "quarantine"
                       else store.profiles.release(person.discord_id))  # fmt: skip
                person.is_quarantined = what == "quarantine"

    async def begin(self, starter: Person) -> None:
        try:
            made, about = await self.cog._begun(self.guild, CHANNEL + self.guild.id, starter.discord_id, self.at)
        except (NobodyToGuessError, NoFilmLeftError, RoundRunningError):
            return
        subject = next(one for one in self.people if one.discord_id == made.about_id)
        assert subject.may_be_shown
        assert subject.compares
        self.rounds.append((made.round, made.about_id))
        self.check(replies.begun(starter.discord_id, made, about), may_name_others=False, about=subject)

    async def guess(self, person: Person) -> None:
        if not self.rounds or not person.is_here:
            return
        round_, _ = self.rounds[-1]
        try:
            made = await self.services.game.guess(
                self.guild.id, round_.round_id, person.discord_id, 4.0, round_.started_at + 1
            )
        except (RoundOverError, AboutYouError):
            return
        if not person.exists:
            person.visibility, person.compares, person.is_blocked, person.is_quarantined = "server", False, False, False
            person.exists = True
        await self.services.store.memberships.note(self.guild.id, person.discord_id, self.at)
        person.has_spoken = True
        self.check(replies.guessed(made), may_name_others=False, about=None)

    async def end(self) -> None:
        if not self.rounds:
            return
        round_, about_id = self.rounds[-1]
        subject = next(one for one in self.people if one.discord_id == about_id)
        reply = await self.cog._ended(self.guild, round_, self.at)
        if reply is None:  # it has ended; what a start after a crash would tell
            reply = await self.cog._told(self.guild, round_, self.at)
        self.check(reply, may_name_others=True, about=subject)
        if not (subject.may_be_shown and subject.compares):
            assert "I think" not in everything_in(reply)
            assert "★" not in everything_in(reply)

    async def table(self, asker: Person) -> None:
        shown, names = await self.cog._standings(self.guild, self.at, None)
        self.check(replies.table(asker.discord_id, shown, names, "!"), may_name_others=True, about=None)

    def check(self, reply: Reply, *, may_name_others: bool, about: Person | None) -> None:
        text = everything_in(reply)
        for name, person in zip(NAMES, self.people, strict=True):
            if name in text:
                self.named += 1
                assert person.may_be_shown, f"{name} is shown in {text}"
                assert may_name_others or person is about, f"{name} is named in {text}"
                assert person is not about or person.compares, f"{name} is compared in {text}"


PLACES = st.integers(0, len(NAMES) - 1)
SOME = st.lists(st.tuples(st.sampled_from(CHOICES), PLACES), max_size=3)


def a_round(before: list[Step], players: list[int], between: list[Step], after: list[Step]) -> list[Step]:
    """Members guess and choose, and the round and the table are read before and after some choose again."""
    guesses = [("guess", place) for place in players]
    return [*before, ("begin", 0), *guesses, *between, ("end", 0), ("table", 0), *after, ("end", 0), ("table", 0)]


ROUND = st.builds(a_round, SOME, st.lists(PLACES, min_size=2, max_size=5), SOME, SOME)
PLAN = st.lists(ROUND, min_size=1, max_size=3).map(lambda rounds: [step for one in rounds for step in one])
EVERYBODY = list(range(len(NAMES)))


def with_examples(test: Callable[[list[Step]], None]) -> Callable[[list[Step]], None]:
    """Everybody guesses, and one of them or all hide before the end or after it; who it is about is drawn."""
    for how in HIDING:
        everybody = [(how, place) for place in EVERYBODY]
        test = example(a_round([], EVERYBODY, [(how, 0)], [(how, 1)]))(test)
        test = example(a_round([], EVERYBODY, everybody, []))(test)
        test = example(a_round([], EVERYBODY, [], everybody))(test)
    return test


async def test_nobody_is_shown_who_should_not_be(services: Services) -> None:
    loop, number, named = asyncio.get_running_loop(), 0, 0

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @with_examples
    @given(PLAN)
    def play(plan: list[Step]) -> None:
        nonlocal number, named
        number += 1

        async def go() -> int:
            world = await World.new(services, number)
            for what, place in plan:
                await world.step(what, world.people[place])
            return world.named

        named += asyncio.run_coroutine_threadsafe(go(), loop).result()

    await asyncio.to_thread(play)
    assert named > 20  # the test sees names at all
