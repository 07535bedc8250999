"""Every button and every select there is still does its work after the bot was restarted, and says nothing in English.

Spoken is a language in which all that has a translation is marked.
"""

from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.demo.tmdb import LoopbackTmdb, told
from tests.bot.conftest import OPERATOR, OpenStage, Stage
from tests.bot.crawl import Crawler
from tests.bot.guilds.conftest import MANAGER, add_manager
from tests.bot.marked import speak_marked, unmarked_in, words_of
from tests.shelved import shelve

TWELVE = (*range(10, 110, 10), 160, 250)
LETTERBOXD = (
    "Date,Name,Year,Letterboxd URI,Rating\n"
    "2024-05-01,Alien,1996,https://boxd.it/1,4.5\n"
    "2024-05-02,Sabrina,,https://boxd.it/2,3\n"
    "2024-05-03,No Such Film Anywhere,1990,https://boxd.it/3,2\n"
)
SCENES: dict[str, tuple[str, ...]] = {
    "rater": (
        "!rate Heat 4.5", "!rate Toy Story 2", "!rate Sabrina 4", "!rate Top Gun", "!rate Alien 4\nSpeed 3",
        "!rate Jwas 4", "!unrate Heat",
    ),
    "asker": (
        "!rate Heat 5\nTitanic 2", "!defaults never comedy", "!recommend 5", "!recommend qwomance", "!movie Alien",
        "!similar Alien",
        "!movie Sabrina",
        "!similar Sabrina", "!unrate Sabrina", "!why Sabrina", "!why Alien",
    ),
    "settled": ("!defaults never romance", "!recommend 5"),
    "finder": ("!random", "!search toy story", "!rate Heat 85%", "!rate I loved Alien"),
    "adder": ("!rate Oppenheimer 5", "!movie Barbie"),
    "collector": ("!rate " + "\n".join(f"id:{film} 4" for film in TWELVE), "!ratings"),
    "shelver": ("!watchlist", "!hide list", "!watchlist pick", "!watchlist remove Sabrina"),
    "chooser": ("!watchlist add Sabrina", "!watchlist add Jaws", "!hide Sabrina", "!hide Ghost"),
    "profiled": ("!rate Heat 5\nAlien 5\nSpeed 4", "!profile", "!profile adopt", "!profile adopt 2", "!profile reset"),
    "carded": ("!rate Heat 5\nAlien 5\nSpeed 4\nTitanic 1\nGhost 1", "!tastecard"),
    "mapped": ("!rate Heat 5\nAlien 5\nSpeed 4\nTitanic 1\nGhost 1", "!tastemap"),
    "historian": ("!seen", "!history"),
    "forgetful": ("!rate Heat 5\nAlien 5\nSpeed 4", "!profile reset"),
    "undecided": ("!rate Heat 5\nAlien 5", "!profile reset"),
    "beginner": ("!start",),
    "importer": ("!import",),
    "doubter": ("!import",),
    "bringer": ("!ping", "!import"),
    "leaver": ("!rate Heat 5", "!privacy"),
    "keeper": ("!rate Heat 5", "!privacy"),
    "host": ("!rate Heat 5", "!movienight"),
    "swiper": ("!rate Heat 5", "!movienight <@{rater}>"),
    "player": ("!guess",),
    "guessed": ("!rate Heat 5\nAlien 5\nSpeed 4\nJaws 4\nGhost 1", "!guess", "!guess table"),
    "twin": ("!rate " + "\n".join(f"id:{film} 5" for film in TWELVE), "!top"),
    "matched": ("!rate Heat 5\nAlien 4", "!match <@{rater}>", "!whorated Sabrina", "!whowants Sabrina"),
    "bridging": ("!rate Heat 5\nAlien 4", "!match <@{rater}>", "!whorated Heat"),
    OPERATOR: ("!retrain",),
    MANAGER: ("!config", "!blocked"),
}  # fmt: skip
"""Each by a member of their own, so that what one presses is not in another's way."""

COMPARED = {"guessed": ("guessed",), "bridging": ("bridging", "rater")}
"""Who lets their taste be compared from whose scene on."""

LAST = {
    "undecided": ("undo", "reset_ratings"),
    "historian": ("!seen", "!history"),
    "forgetful": ("undo",),
    "doubter": ("import_cancel",),
    "keeper": ("ask_delete", "keep_everything", "delete_for_good"),
    "host": ("night_deck", "night_pick", "night_cancel"),
    "swiper": ("night_reroll", "night_poll", "night_pick", "night_cancel"),
}
FINAL = ("none_of_these", "start_finish", "import_confirm", "ask_delete", "delete_for_good", "keep_everything")
"""What ends a wizard, in the order in which it is pressed; some have another one."""


NAMES = ("Marquee", "MovieLens", "Letterboxd", "Trakt", "IMDb", "TMDB", "JustWatch", "export", "min")
"""Sites, a word of a command, a unit: the same in German."""

EARLIER = {"undo_all", "shelf_undo", "reset_restore"}
"""Stand under messages of earlier versions alone: `journal/test_cog.py` and `shelves/test_service.py` press those."""
UNDER_WAY = {"import_look_up", "import_go_on"}
"""Stand there while TMDB is asked, or where it did not answer: `imports/test_filling.py` presses those."""


async def play(stage: Stage, name: str) -> None:
    """Let a member say their lines.

    The importer sends a file, the shelver has full shelves; who is guessed, or compared with, has agreed to it.
    """
    person = stage.member(name)
    if name == "shelver":
        profile = await stage.bot.services.store.profiles.get_or_create(person.id, 0)
        others = [film for film in range(10, 260, 10) if film not in TWELVE]
        await shelve(stage.bot.services.store, profile.user_id, "watchlist", TWELVE, 0)
        await shelve(stage.bot.services.store, profile.user_id, "hidden", others, 0)
    if name == "historian":
        profile = await stage.bot.services.store.profiles.get_or_create(person.id, 0)
        await shelve(stage.bot.services.store, profile.user_id, "seen", TWELVE, 0)
    files = [("ratings.csv", LETTERBOXD.encode())] if SCENES[name] == ("!import",) else []
    for agreeing in COMPARED.get(name, ()):
        profile = await stage.bot.services.store.profiles.get_or_create(stage.member(agreeing).id, 0)
        await stage.bot.services.store.profiles.set_compares(profile.user_id, True, 0)
    for line in SCENES[name]:
        said = line.replace("{rater}", str(stage.member("rater").id))
        await person.send(stage.channel, said, attachments=files)
        await stage.env.advance_time(30)


@pytest.fixture
async def tmdb() -> AsyncIterator[LoopbackTmdb]:
    films = [told(872585, "Oppenheimer", 2023, 15398776), told(346698, "Barbie", 2023, 1517268)]
    async with LoopbackTmdb(films).served() as served:
        yield served


async def test_every_component_works_after_a_restart(
    open_stage: OpenStage, tmdb: LoopbackTmdb, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_marked(monkeypatch)
    stage = await open_stage(**tmdb.settings)
    add_manager(stage)
    for name in SCENES:
        await play(stage, name)
    assert stage.bot.bugs == 0
    pressed: set[str] = set()
    everybodys: Counter[str] = Counter()
    for name in SCENES:
        crawler = Crawler(stage, name, LAST.get(name, FINAL), everybodys)
        await crawler.press_everything()
        assert crawler.bugs == 0, name
        assert not crawler.unanswered, name
        pressed |= set(crawler.actions)
    assert set(stage.bot._actions) - pressed == EARLIER | UNDER_WAY
    assert not (left := unmarked(stage, tmdb)), left


def unmarked(stage: Stage, tmdb: LoopbackTmdb) -> set[str]:
    """Words of all that was said and is no name: of a film, of somebody, of a site, or of a command."""
    films = [movie.label for movie in stage.bot.services.search.catalogue.values()]
    people = [*SCENES, "admin"]
    told = [str(value) for film in tmdb.films.values() for value in film.values()]
    known = words_of([*films, *people, *told, *NAMES])
    backend = stage.env.backend
    written = [one for place in backend.messages.values() for one in place.values()]
    return set().union(*(unmarked_in(one, known) for one in written if one.author_id == backend.bot_user.id))
