"""Slash commands in what the bot says, as links that put them before the reader."""

import re
from collections.abc import Mapping
from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.chat.cards import TEXT_LIMIT
from bot.chat.reply import Reply
from bot.chat.text import EMBED_LIMIT, MESSAGE_LIMIT


class Clickable:
    """Makes `/rate` a link, alone in a code span too; what is written behind it, or has no room, stays as it is."""

    def __init__(self, links: Mapping[str, str]) -> None:
        self._links = links
        names = "|".join(map(re.escape, sorted(links, key=len, reverse=True)))
        self._named = re.compile(rf"`/({names})`|(?<![\w`/:.<\\])/({names})(?![\w-])") if links else None

    @classmethod
    def of(cls, bot: commands.Bot | commands.AutoShardedBot, ids: Mapping[str, int]) -> "Clickable":
        """The bot's commands by their ids at Discord; a group by its bare form, since only its commands are links."""
        links = {}
        for command in bot.tree.walk_commands():
            root = command.root_parent or command
            if isinstance(command, app_commands.Command) and root.name in ids:
                links[command.qualified_name] = f"</{command.qualified_name}:{ids[root.name]}>"
        for group in bot.commands:
            if isinstance(group, commands.HybridGroup) and (link := links.get(f"{group.name} {group.fallback}")):
                links[group.name] = link
        return cls(links)

    def __call__(self, reply: Reply) -> Reply:
        if self._named is None:
            return reply
        if reply.layout is not None:
            texts = [one for one in reply.layout.walk_children() if isinstance(one, discord.ui.TextDisplay)]
            linked = [self._text(one.content) for one in texts]
            if sum(map(len, linked)) <= TEXT_LIMIT:
                for one, text in zip(texts, linked, strict=True):
                    one.content = text
            return reply
        if reply.embed is not None and reply.embed.description:
            embed = reply.embed.copy()
            embed.description = self._within(reply.embed.description, EMBED_LIMIT)
            reply = replace(reply, embed=embed)
        return replace(reply, content=self._within(reply.content, MESSAGE_LIMIT)) if reply.content else reply

    def _within(self, text: str, limit: int) -> str:
        linked = self._text(text)
        return linked if len(linked) <= limit else text

    def _text(self, text: str) -> str:
        assert self._named is not None
        return self._named.sub(lambda one: self._links[one[1] or one[2]], text)
