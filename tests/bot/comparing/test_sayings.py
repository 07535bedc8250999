"""What is asked of people here, said to the bot."""

import pytest

from bot.comparing.sayings import Saying, saying
from tests.bot.conftest import Stage, text_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who has seen Heat?", Saying("whorated", "Heat")),
        ("Who else here rated Toy Story 2", Saying("whorated", "Toy Story 2")),
        ("has anyone here seen Up", Saying("whorated", "Up")),
        ("what did people give Heat", Saying("whorated", "Heat")),
        ("wer hat Heat schon gesehen?", Saying("whorated", "Heat")),
        ("hat jemand Up gesehen", Saying("whorated", "Up")),
        ("who would like to see Up with me?", Saying("whowants", "Up")),
        ("who wants to watch Heat tonight", Saying("whowants", "Heat")),
        ("wer will Up sehen?", Saying("whowants", "Up")),
        ("how alike are bob and I", Saying("match", member="bob")),
        ("how similar are me and <@12>?", Saying("match", member="<@12>")),
        ("compare me with @bob", Saying("match", member="bob")),
        ("do bob and I have the same taste?", Saying("match", member="bob")),
        ("vergleich mich mit bob", Saying("match", member="bob")),
    ],
)
def test_a_saying_is_a_command(text: str, said: Saying) -> None:
    assert saying(text) == said


@pytest.mark.parametrize("text", ["who are you", "compare Heat with Alien", "how similar is Heat", "who" * 99, ""])
def test_what_only_sounds_like_it(text: str) -> None:
    assert saying(text) is None


async def test_people_ask_of_each_other_in_words(stage: Stage) -> None:
    name = stage.bot.user.mention if stage.bot.user else ""
    await stage.say("alice", "!rate Heat 4.5\nSpeed 5")
    await stage.say("Bob", "!rate Heat 3")
    listed = text_of(await stage.say("alice", "!recommend"))
    third = listed.split("\n3. **")[1].split("**")[0]
    for text, told in {
        "who has seen number 3?": f"has rated **{third}**",
        "who has seen Heat?": "Who rated Heat (1995)",
        "who wants to see Speed": "**Speed (1998)**",
        "how alike are bob and I?": "Comparing tastes is for those who want it",
        "how alike are zebulon and I?": "I do not know that member.",
        "what did bob rate?": "Ratings of Bob",
        "BOB's ratings": "Ratings of Bob",
        "what did zebulon rate?": "called “zebulon”. Mention them, or write one of newest, highest, lowest.",
        "what do people here like?": "What this server loves",
        "die besten Filme hier": "What this server loves",
        "who has rated most?": "Who rates most here",
        "what should I rate next?": "Pick what you like",
        "how many films have I rated?": "Profile of alice",
        "my favourite film is Ghost": "Is that ★★★★★ for **Ghost (2007)**?",
        "Ghost ist mein Lieblingsfilm": "Is that ★★★★★ for **Ghost (2007)**?",
        "Ghost is the best film of all time": "Is that ★★★★★ for **Ghost (2007)**?",
        "Heat has a good rating": "I did not get that",
        "my highest rated films": "highest first",
        "my worst films": "lowest first",
        "I'm bored": "Films for you",
        "who has seen my keys?": "I did not get that",
        "who wants to see it?": "I did not get that",
        "what has anyone rated": "I did not get that",
    }.items():
        assert told in text_of(await stage.say("alice", f"{name} {text}")), text
    assert "Profile of Bob" in text_of(await stage.say("alice", "!profile bob"))
    assert stage.bot.bugs == 0
