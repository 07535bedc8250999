"""Languages: which one somebody is answered in, and that nothing said lacks German."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from discord import Locale

from bot.chat.translating import CommandTranslator, spoken_in
from tests.bot import messages
from tests.bot.conftest import Stage, text_of

DESCRIPTION_LIMIT = 100
"""Characters that Discord takes of a command, an option or a choice; of one that is longer it refuses them all."""

FOLDERS = [folder for folder in messages.folders() if folder.name not in ("cli", "demo")]


def names_in(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def is_whole(message: Message) -> bool:
    """Whether there is German for it, each form with names of its own among those of the English."""
    known = set.union(*map(names_in, messages.forms(message.id)))
    said = messages.forms(message.string)
    return all(said) and all(names_in(one) <= known for one in said) and names_in(said[-1]) == known


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_all_that_is_said_is_there_in_german_and_nothing_else(folder: Path) -> None:
    said, kept = messages.said_in(folder), messages.kept_in(folder)
    assert {(one.id, one.context) for one in kept} == {(one.id, one.context) for one in said}
    assert not [one.id for one in kept if one.id and not is_whole(one)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_discord_takes_what_commands_declare(folder: Path) -> None:
    german = {one.id: one.string for one in messages.kept_in(folder) if isinstance(one.string, str)}
    for path in folder.glob("*cog.py"):
        module = f"bot.{'.'.join(path.relative_to(messages.BOT).with_suffix('').parts)}"
        assert [text for text in messages.declared_in(module) if len(german.get(text, "")) > DESCRIPTION_LIMIT] == []


def test_the_same_is_said_alike_wherever_it_is_said() -> None:
    """All catalogues become one."""
    said: dict[tuple[object, object], set[tuple[str, ...]]] = {}
    for message in (one for folder in FOLDERS for one in messages.kept_in(folder) if one.id):
        said.setdefault((message.id, message.context), set()).add(messages.forms(message.string))
    assert not {key: forms for key, forms in said.items() if len(forms) > 1}


async def test_a_member_is_answered_as_they_chose(stage: Stage) -> None:
    assert "auf Deutsch" in text_of(await stage.say("alice", "!profile language deutsch"))
    assert "auf Deutsch" in text_of(await stage.say("alice", "!profile language deutsch"))
    assert "in English" in text_of(await stage.say("bob", "!profile language english"))
    stage.bot.languages.clear()
    await stage.restart()
    assert set(stage.bot.languages.values()) == {"de", "en"}
    await stage.say("alice", "!undo")
    assert [*stage.bot.languages.values()] == ["en"]


def test_the_languages_of_clients() -> None:
    assert [spoken_in(one) for one in (Locale.german, Locale.british_english, Locale.french, None)] == [
        "de",
        "en",
        None,
        None,
    ]


async def test_commands_are_shown_in_german(stage: Stage) -> None:
    command = stage.bot.tree.get_command("profile")
    assert command is not None
    payload = await command.get_translated_payload(stage.bot.tree, CommandTranslator())
    shown = {one["name"]: one.get("description_localizations") for one in payload["options"]}
    assert not payload["name_localizations"]
    assert shown["language"]["de"].startswith("Wähle die Sprache")
