"""What members do with films goes every way there is: by prefix, slash, mention, direct message and reply."""

from dataclasses import dataclass, field
from typing import Any

from tests.bot.conftest import Stage, labels_of, text_of

HEAT = 10
Kept = tuple[dict[int, float], dict[int, str]]
NOTHING: Kept = ({}, {})
RATED: Kept = ({HEAT: 4.5}, {})


def on(shelf: str) -> Kept:
    return {}, {HEAT: shelf}


@dataclass(frozen=True)
class Flow:
    """How it is asked for each way; in a reply it is said under the card of Heat.

    `told` stands in the answer, `untold` does not; `kept` are the stars and shelves of whoever asked afterwards. A
    `press` is done under the answer to the flow before.
    """

    told: str
    kept: Kept
    prefix: str = ""
    slash: tuple[str, dict[str, Any]] = ("", {})
    mention: str = ""
    direct: str = ""
    reply: str = ""
    press: str = ""
    untold: tuple[str, ...] = field(default=())


THE_FILM = {"movie": "Heat"}
FLOWS = (
    Flow(
        "**Heat (1995)** ★★★★½", RATED,
        "!rate Heat 4.5", ("rate", {**THE_FILM, "stars": "4.5"}), "heat four and a half stars", "Heat 4.5", "4.5",
    ),
    Flow("It is no longer rated", NOTHING, "!undo", ("undo", {}), "undo", "!undo", "!undo"),
    Flow("**Heat (1995)** has ★★★★½ again", RATED, press="Restore"),
    Flow(
        "Action · without Romance", RATED,
        "!recommend action, not romance", ("recommend", {"wish": "action, not romance"}),
        "something with action, no romance", "an action film without romance", "action but no romance",
        untold=("Titanic", "**Heat"),
    ),
    Flow(
        "What you changed", RATED, "!history", ("history", {}), "history", "!history", "!history",
    ),
    Flow(
        "is no longer rated", NOTHING,
        "!unrate Heat", ("unrate", THE_FILM), "unrate heat", "!unrate heat", "!unrate",
    ),
    Flow(
        "**Heat (1995)** is one you have seen", on("seen"),
        "!seen Heat", ("seen add", THE_FILM), "seen heat", "!seen heat", "seen it already",
    ),
    Flow(
        "**Heat (1995)** is hidden", on("hidden"),
        "!hide Heat", ("hide add", THE_FILM), "never recommend heat again", "hide Heat", "hide it",
    ),
    Flow("It is one you have seen again", on("seen"), press="Undo"),
    Flow(
        "**Heat (1995)** is on your watchlist", on("watchlist"),
        "!wl Heat", ("watchlist add", THE_FILM), "put heat on my list", "add Heat to my watchlist",
        "add it to my watchlist",
    ),
    Flow(
        "**Heat (1995)**", on("watchlist"),
        "!watchlist", ("watchlist show", {}), "what's on my watchlist?", "my watchlist", "show me my watchlist",
    ),
    Flow("Heat (1995)", on("watchlist"), "!why Heat", ("why", THE_FILM), "why heat", "!why heat", "!why"),
    Flow(
        "Films like Heat (1995)", on("watchlist"),
        "!similar Heat", ("similar", THE_FILM), "similar heat", "!like heat", "!similar",
        untold=("Titanic",),
    ),
    Flow("Heat (1995)", on("watchlist"), "!movie Heat", ("movie", THE_FILM), "movie heat", "!film heat", "!movie"),
    Flow(
        "Toy Story 2 (2016)", on("watchlist"),
        "!search toy story", ("search", {"title": "toy story"}), "search toy story", "!find toy story",
        "!search toy story",
        untold=("Heat",),
    ),
)  # fmt: skip
WAYS = ("prefix", "slash", "mention", "direct", "reply")
"""Each by a member of their own."""


async def ask(stage: Stage, way: str, flow: Flow, card: Any, before: Any) -> Any:
    """The answer."""
    member, person, said = stage.member(way), stage.user(way), getattr(flow, way)
    actor = person if way == "direct" else member
    if flow.press:
        return (await actor.click(before, label=flow.press)).response.message
    if way == "slash":
        name, options = said
        return (await member.slash(stage.channel, name, **options)).response.message
    if way == "direct":
        await person.send_dm(said)
        return stage.private(way)
    name = stage.bot.user.mention if stage.bot.user is not None else ""
    answers_to = {"reply_to": card} if way == "reply" else {}
    await member.send(stage.channel, f"{name} {said}" if way == "mention" else said, **answers_to)
    if labels_of(stage.last) == ["Open"]:  # for their eyes only
        return (await member.click(stage.last, label="Open")).response.message
    return stage.last


async def kept(stage: Stage, way: str) -> Kept:
    store = stage.bot.services.store
    profile = await store.profiles.find(stage.member(way).id)
    if profile is None:
        return NOTHING
    rated, shelved = await store.ratings.with_shelves(profile.user_id)
    return rated, {film: str(shelf) for film, shelf in shelved.items()}


async def test_every_flow_goes_every_way(stage: Stage) -> None:
    card = await stage.say("bob", "!movie Heat")
    answers: dict[str, Any] = {}
    for flow in FLOWS:
        for way in WAYS:
            answers[way] = await ask(stage, way, flow, card, answers.get(way))
            told, about = text_of(answers[way]), (flow.told, way)
            assert flow.told in told, (about, told)
            assert not [one for one in flow.untold if one in told], (about, told)
            assert await kept(stage, way) == flow.kept, about
        await stage.env.advance_time(10)
    assert stage.bot.bugs == 0
