"""Registering slash commands with Discord: on demand, or beside the bot when they changed since the last start."""

import asyncio
import hashlib
import json
import logging
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.chat.language import gettext
from bot.chat.sentences import sentence, short
from bot.chat.text import in_minutes
from bot.chat.transient import Pause, in_words, retry_after
from bot.errors import UserError
from data.store import Facts

log = logging.getLogger(__name__)

TREE_FACT = "command_tree_sha256"
IDS_FACT = "command_ids"
"""Discord's numbers of the slash commands by name, JSON."""
LONGEST_PAUSE_S = 3600.0


@dataclass(eq=False)
class CommandsNotRegisteredError(UserError):
    """Discord would not take the slash commands, or not before so many seconds."""

    reason: str
    retry_after_s: float


@sentence.register
def _(error: CommandsNotRegisteredError, prefix: str = "!") -> str:
    said = gettext(
        "Discord would not register the slash commands ({reason}), so members see the ones of before.",
        reason=short(error.reason),
    )
    if not error.retry_after_s:
        return f"{said} {gettext('Try again later.')}"
    return f"{said} {gettext('Try again in {wait}.', wait=in_minutes(error.retry_after_s))}"


async def tree_hash(tree: app_commands.CommandTree[Any]) -> str:
    """A hash of all commands as Discord would see them."""
    translator = tree.translator
    payload = [
        command.to_dict(tree) if translator is None else await command.get_translated_payload(tree, translator)
        for command in tree.get_commands()
    ]
    return hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()


def sync_pause(failures: int) -> float:
    """1, 2, 4… minutes, at most an hour: what Discord refuses, it will mostly refuse again."""
    return float(min(LONGEST_PAUSE_S, 60.0 * 2 ** min(failures - 1, 10)))


async def keep_synced(tree: app_commands.CommandTree[Any], facts: Facts, pause: Pause = sync_pause) -> bool:
    """Sync where the commands differ from those of the last sync, and try until Discord takes them.

    Until then members see the commands of before; everything else works. False where there was nothing to do.
    """
    hashed = await tree_hash(tree)
    if await facts.get(TREE_FACT) == hashed:  # Discord limits syncs a day
        return False
    failures = 0
    while True:
        try:
            count = await sync(tree, facts, hashed)
        except CommandsNotRegisteredError as error:
            failures += 1
            wait_s = max(pause(failures), error.retry_after_s)
            log.warning(
                "the slash commands at Discord are outdated, it would not register them (%s); trying again in %.0f s",
                error.reason,
                wait_s,
            )
            await asyncio.sleep(wait_s)
        else:
            log.info("%s slash commands registered", count)
            return True


async def registered_ids(facts: Facts) -> dict[str, int]:
    """Discord's numbers of the slash commands by name, as of the last sync; none before the first."""
    ids: dict[str, int] = json.loads(await facts.get(IDS_FACT) or "{}")
    return ids


async def sync(tree: app_commands.CommandTree[Any], facts: Facts, hashed: str | None = None) -> int:
    """Sync now; returns how many commands Discord has accepted. Raises CommandsNotRegisteredError.

    `hashed` is the tree's hash where it is known, which takes as long to make as the tree is large.
    """
    try:
        accepted = await tree.sync()
    except discord.app_commands.CommandSyncFailure as error:  # says which command and what is wrong with it
        raise CommandsNotRegisteredError(" ".join(str(error).split()), 0.0) from error
    except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
        raise CommandsNotRegisteredError(in_words(error), retry_after(error)) from error
    ids = {one.name: one.id for one in accepted if one.type is discord.AppCommandType.chat_input}
    await facts.set(IDS_FACT, json.dumps(ids))
    await facts.set(TREE_FACT, hashed or await tree_hash(tree))
    return len(accepted)
