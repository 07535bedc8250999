"""Registering slash commands with Discord: on demand, or when they changed since the last start."""

import hashlib
import json
from typing import Any

from discord import app_commands

from data.store import Facts

TREE_FACT = "command_tree_sha256"


def tree_hash(tree: app_commands.CommandTree[Any]) -> str:
    """A hash of all commands as Discord would see them."""
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()


async def sync_if_changed(tree: app_commands.CommandTree[Any], facts: Facts) -> bool:
    """Sync where the commands differ from those of the last sync; Discord limits syncs a day."""
    current = tree_hash(tree)
    if await facts.get(TREE_FACT) == current:
        return False
    await sync(tree, facts)
    return True


async def sync(tree: app_commands.CommandTree[Any], facts: Facts) -> int:
    """Sync now; returns how many commands Discord has accepted."""
    accepted = await tree.sync()
    await facts.set(TREE_FACT, tree_hash(tree))
    return len(accepted)
