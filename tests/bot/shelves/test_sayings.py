"""What people say to have a film put aside, and what only sounds like it."""

import pytest

from bot.shelves.sayings import saying
from tests.bot.conftest import Stage, text_of

SAID = {
    "add heat to my watchlist": ("watchlist add", "heat"),
    "Put “The Matrix” on my list!": ("watchlist add", "The Matrix"),
    "can you please save up on my watch list, thanks": ("watchlist add", "up"),
    "save Heat for later": ("watchlist add", "Heat"),
    "get Heat off my list": ("watchlist remove", "Heat"),
    "take Heat off my watchlist": ("watchlist remove", "Heat"),
    "remove Meet Me in St. Louis from the list please": ("watchlist remove", "Meet Me in St. Louis"),
    "what's on my watchlist?": ("watchlist", ""),
    "hide Cats": ("hide add", "Cats"),
    "don’t recommend Cats any more": ("hide add", "Cats"),
    "never show me that one again": ("hide add", "that one"),
    "I never want to see Cats again": ("hide add", "Cats"),
    "I'm not interested in Cats": ("hide add", "Cats"),
    "show Cats again": ("hide remove", "Cats"),
    "unhide Cats": ("hide remove", "Cats"),
    "i have already seen heat": ("seen add", "heat"),
    "I watched Speed yesterday": ("seen add", "Speed"),
    "seen it already": ("seen add", "it"),
    "already seen": ("seen add", "it"),
    "setz Heat auf meine Merkliste": ("watchlist add", "Heat"),
    "füg bitte „Das Boot“ zu meiner Liste hinzu": ("watchlist add", "Das Boot"),
    "merk dir Heat": ("watchlist add", "Heat"),
    "nimm ihn von meiner Merkliste runter": ("watchlist remove", "it"),
    "was steht auf meiner Merkliste?": ("watchlist", ""),
    "versteck ihn": ("hide add", "it"),
    "blende Cats bitte aus": ("hide add", "Cats"),
    "zeig mir nie wieder Cats": ("hide add", "Cats"),
    "zeig mir den bitte nie wieder": ("hide add", "it"),
    "ich will Cats nie wieder sehen": ("hide add", "Cats"),
    "Cats interessiert mich auch nicht, danke": ("hide add", "Cats"),
    "zeig mir Cats wieder": ("hide remove", "Cats"),
    "schon gesehen": ("seen add", "it"),
    "habe ich schon gesehen": ("seen add", "it"),
    "ich hab Heat schon gesehen": ("seen add", "Heat"),
    "Heat hab ich schon gesehen": ("seen add", "Heat"),
    "den kenn ich schon": ("seen add", "it"),
    "kenn ich schon": ("seen add", "it"),
    "will ich sehen": ("watchlist add", "it"),
    "Rocky auf die Merkliste": ("watchlist add", "Rocky"),
    "Heat nicht mehr vorschlagen": ("hide add", "Heat"),
    "nichts für mich": ("hide add", "it"),
    "I want to see this one": ("watchlist add", "this one"),
    "not interested": ("hide add", "it"),
}


@pytest.mark.parametrize("text", SAID)
def test_a_saying_is_a_command_and_a_film(text: str) -> None:
    said = saying(text)
    assert said is not None
    assert (said.command, said.title) == SAID[text]


@pytest.mark.parametrize(
    "text",
    ["show me something funny", "add some romance", "i want to see heat", "put it on", "something from my watchlist",
     "get me a comedy from my watchlist", "heat 4", "take me home", "a" * 9999],
)  # fmt: skip
def test_what_only_sounds_like_it_is_none(text: str) -> None:
    assert saying(text) is None


async def test_films_are_put_aside_by_what_is_said_to_the_bot(stage: Stage) -> None:
    alice, name = stage.member("alice"), stage.bot.user.mention if stage.bot.user else ""
    for text, told in {
        "add heat to my watchlist": "**Heat (1995)** is on your watchlist",
        "take heat off my list": "**Heat (1995)** is no longer on your watchlist",
        "put Sabrina on my list": "Which “Sabrina” do you mean?",
        "add Haet to my watchlist": "Do you mean **Heat (1995)**?",
        "save Top Gun for later": "**Top Gun (2004)** is on your watchlist",
        "what's on my watchlist?": "1. **Top Gun (2004)**",
        "never recommend Jaws again": "**Jaws (2002)** is hidden",
        "hide Speed from my lists please": "**Speed (1998)** is hidden",
        "unhide speed": "**Speed (1998)** is no longer hidden",
        "show me jaws again": "**Jaws (2002)** is no longer hidden",
        "add it to my watchlist": "!watchlist add Heat",  # which is it?
        "i have seen speed": "How many stars for **Speed (1998)**",
        "put Rambo and Notting Hill on my list": "On your watchlist: **Rambo (2001)** and **Notting Hill (2005)**.",
        "I've seen Rambo and Clueless": "Seen, and so out of your lists: **Rambo (2001)** and **Clueless (2013)**.",
        "put Rambo and Sabrina on my list": "I know no film called “Rambo and Sabrina”",  # which Sabrina?
    }.items():
        assert told in text_of(await stage.say("alice", f"{name} {text}")), text
    await alice.send_dm("hide Ghost")
    assert "**Ghost (2007)** is hidden" in text_of(stage.private("alice"))
    card = await stage.say("alice", "!movie Alien")
    for text, told in {
        "put it on my watchlist": "**Alien (1996)** is on your watchlist",
        f"{name} hide it": "**Alien (1996)** is hidden",
        f"{name} seen it": "**Alien (1996)** is one you have seen",
        "take that off my watchlist": "“Alien (1996)” is not on your watchlist",
    }.items():
        await alice.send(stage.channel, text, reply_to=card)
        assert told in text_of(stage.last), text
    await stage.say("alice", "!profile language deutsch")
    for text, told in {
        "setz Heat auf meine Merkliste": "**Heat (1995)** steht auf deiner Merkliste",
        "nimm Heat bitte von meiner Liste": "**Heat (1995)** steht nicht mehr auf deiner Merkliste",
        "zeig mir nie wieder Jaws": "**Jaws (2002)** ist ausgeblendet",
        "zeig mir nie wieder Liebesfilme": "Ab jetzt halten sich deine Vorschläge daran: ohne Liebesfilm",
        "zeig mir meine Vorgaben": "Daran halten sich deine Vorschläge: ohne Liebesfilm",
        "mach das rückgängig": "",
        "Rambo auf die Merkliste": "**Rambo (2001)** steht auf deiner Merkliste",
        "Predator hab ich schon gesehen": "**Predator (1999)** hast du schon gesehen",
        "Gladiator nicht mehr vorschlagen": "**Gladiator (2003)** ist ausgeblendet",
        "Ghost und Grease auf die Merkliste": "Auf deiner Merkliste: **Ghost (2007)** und **Grease (2014)**.",
        "ich habe Speed schon gesehen": "**Speed (1998)**",
    }.items():
        assert told in text_of(await stage.say("alice", f"{name} {text}")), text
    for text, told in {
        "setz ihn auf meine Merkliste": "**Alien (1996)** steht auf deiner Merkliste",
        f"{name} versteck ihn": "**Alien (1996)** ist ausgeblendet",
        "schon gesehen": "**Alien (1996)** hast du schon gesehen",
        f"{name} mach das rückgängig": "Er ist wieder ausgeblendet",
    }.items():
        await alice.send(stage.channel, text, reply_to=card)
        assert told in text_of(stage.last), text
    await alice.send_dm("versteck Heat")
    assert "**Heat (1995)** ist ausgeblendet" in text_of(stage.private("alice"))
    for text in ("add heat to my watchlist", "hide Jaws", "versteck Jaws"):  # to nobody
        assert (await stage.say("alice", text)).content == text
    assert stage.bot.bugs == 0
