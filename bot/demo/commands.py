"""Slash commands as the simulated Discord knows them: from words to a command, its options and their types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from discord import AppCommandOptionType, AppCommandType
from simcord import MemberActor

from bot.demo.aim import AimError, nothing_called, read_upload, same, yes_or_no
from bot.demo.event import Wire
from bot.demo.world import World

_NESTED = {AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value}


@dataclass(frozen=True, slots=True)
class Command:
    """A command that can be invoked: its full name, its options, and the words that were left over."""

    name: str
    options: tuple[Wire, ...]
    rest: tuple[str, ...]

    def option(self, name: str) -> Wire:
        for option in self.options:
            if same(option["name"], name):
                return option
        raise nothing_called("option", name, (option["name"] for option in self.options))


def find_command(world: World, person: MemberActor, words: Sequence[str]) -> Command:
    """The command that begins with these words, as deep as they lead."""
    first = words[0].removeprefix("/")
    node = world.env.backend.find_command(first, world.guild.id)
    if node is None:
        raise nothing_called("slash command", first, person.available_commands(world.channel))
    path, rest = [first], list(words[1:])
    while nested := [option for option in node.get("options") or [] if option["type"] in _NESTED]:
        chosen = [option for option in nested if rest and option["name"] == rest[0]]
        if not chosen:
            raise nothing_called(
                f"subcommand of /{' '.join(path)}", rest[0] if rest else "", (option["name"] for option in nested)
            )
        node = chosen[0]
        path.append(rest.pop(0))
    return Command(" ".join(path), tuple(node.get("options") or []), tuple(rest))


def typed_options(command: Command, given: Sequence[tuple[str, str]], entity: Callable[[str], Any]) -> dict[str, Any]:
    """Options with values of the types that the command declares."""
    if command.rest:
        raise AimError(f"“{' '.join(command.rest)}” is no option; options are written name=value")
    options = {}
    for name, word in given:
        option = command.option(name)
        options[option["name"]] = _typed(option, word, entity)
    return options


def _typed(option: Wire, word: str, entity: Callable[[str], Any]) -> Any:
    for choice in option.get("choices") or []:
        if same(choice["name"], word) or same(str(choice["value"]), word):
            return choice["value"]
    try:
        match AppCommandOptionType(option["type"]):
            case AppCommandOptionType.string:
                return word
            case AppCommandOptionType.integer:
                return int(word)
            case AppCommandOptionType.number:
                return float(word)
            case AppCommandOptionType.boolean:
                return yes_or_no(word)
            case AppCommandOptionType.attachment:
                return read_upload(word)
            case _:
                return entity(word)
    except ValueError:
        raise AimError(f"“{word}” is no number, and {option['name']} takes one") from None


def is_user_menu(world: World, name: str) -> bool:
    """Whether a context menu is about members rather than messages."""
    backend, guild_id = world.env.backend, world.guild.id
    if backend.find_command(name, guild_id, type=AppCommandType.user.value) is not None:
        return True
    if backend.find_command(name, guild_id, type=AppCommandType.message.value) is not None:
        return False
    menus = (AppCommandType.user.value, AppCommandType.message.value)
    names = [key[0] for scope in backend.commands.values() for key in scope if key[1] in menus]
    raise nothing_called("menu", name, names)
