"""What a member asks for, by a message, a slash command or a press: who, when and where, and the way to answer."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Any

import discord
from discord.ext import commands

from bot.chat import sending
from bot.chat.components import ActionForm, Press
from bot.chat.deferring import take_time
from bot.chat.host import Host
from bot.chat.language import speaking
from bot.chat.reply import Reply
from bot.chat.subject import Listed, film_of, list_in, lists_films, presses_of, replied_to

Source = commands.Context[Any] | discord.Interaction[Any]

JUST_BEFORE_S = 3600
"""How long a list is what somebody speaks of who replies to nothing."""


class Ask:
    """One for all of them; `interaction` is None for a message, `ctx` for a press and for what is slash only.

    `at` is when it was asked, by Discord's own stamp, in UTC epoch seconds; `prefix` what a command begins with for
    somebody who asks this way; `message` the one that was sent, or under which was pressed. `guild` is None in a server
    too of which the bot is no member, and came with who asks. `is_overheard`: others would read any answer, since a
    message in a server has no other. `is_direct`: nobody else reads along, in a direct message with the bot.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self.ctx = source if isinstance(source, commands.Context) else None
        self.interaction = source if isinstance(source, discord.Interaction) else source.interaction
        self.bot: Host = source.bot if isinstance(source, commands.Context) else source.client
        self.user = source.author if isinstance(source, commands.Context) else source.user
        self.user_id: int = self.user.id
        self.guild: discord.Guild | None = self.bot.joined(source.guild)
        self.message: discord.Message | None = source.message
        asked = self.interaction or self.message
        assert asked is not None  # a context without an interaction has a message
        self.at = int(asked.created_at.timestamp())
        self.prefix = "/" if self._is_by_slash() else self.bot.prefix_in(self.guild)
        self.is_overheard = self.interaction is None and self.guild is not None
        self.is_direct = source.guild is None and (self.interaction is None or self.bot.is_at(self.interaction))

    def _is_by_slash(self) -> bool:
        """By a slash command, under an answer to one, or where no message with a prefix can be read."""
        if self.interaction is None:
            return self.guild is not None and not self.bot.intents.message_content
        if self.interaction.type is discord.InteractionType.application_command or self.message is None:
            return True
        return self.message.flags.ephemeral or self.message.interaction_metadata is not None

    @property
    def channel_id(self) -> int:
        """0 where there is none that could be named."""
        return self._source.channel.id if self._source.channel is not None else 0

    @property
    def guild_id(self) -> int | None:
        """None where there is no server that the bot knows."""
        return None if self.guild is None else self.guild.id

    @property
    def has_pictures(self) -> bool:
        """Whether pictures are wanted here by who asks, and by the server."""
        return self.bot.has_pictures(self.guild_id, self.user_id)

    @property
    def _is_member(self) -> bool:
        """Of a server that has the bot: what somebody may do in another one says nothing here."""
        return self.guild is not None and isinstance(self.user, discord.Member)

    @property
    def is_guild_admin(self) -> bool:
        return self._is_member and self._source.permissions.administrator

    @property
    def manages_guild(self) -> bool:
        """Whether the member may manage the server this was asked in, as Discord's roles have it now."""
        permissions = self._source.permissions
        return self._is_member and (permissions.manage_guild or permissions.administrator)

    @property
    def may_manage_events(self) -> bool:
        return self._is_member and self._source.permissions.manage_events

    @property
    def may_poll(self) -> bool:
        """Whether the bot may send a poll in answer to a press."""
        return self.interaction is None or self.interaction.app_permissions.send_polls

    @property
    def rest(self) -> str:
        """What follows the name of a bare group on prefix; a slash command has no such text."""
        return "" if self.ctx is None or self.interaction is not None else self.ctx.view.read_rest().strip()

    @property
    def film_spoken_of(self) -> int | None:
        """The film of our message that this one replies to, if it is about one alone."""
        ours = self._replied_to
        return None if ours is None else film_of(ours, self.bot.film_places)

    @property
    def is_reply(self) -> bool:
        """Whether it replies to a message of ours."""
        return self._replied_to is not None

    @cached_property
    def list_spoken_of(self) -> Listed | None:
        """The list that this message replies to, or else the one its author was shown here last, just before.

        None where another list was shown since whose films cannot be told apart.
        """
        if self.interaction is not None or self.message is None:
            return None
        if self.message.reference is not None:
            ours = self._replied_to
            return None if ours is None else self._list_in(ours)
        for one in self._ours_here():
            listed, is_answer = self._list_in(one), self._answers_author(one)
            if listed is not None and (listed.owner_id == self.user_id or (is_answer and not listed.owner_id)):
                return listed
            if is_answer and lists_films(one):
                return None
        return None

    def offered(self, action: str) -> Press | None:
        """What an action of the message that this one replies to is about, or of our last one here for its author.

        None where that message has none such.
        """
        if self.interaction is not None or self.message is None:
            return None
        here = [self._replied_to] if self.message.reference is not None else self._ours_here()
        found = (presses_of(one, self.user_id) for one in here if one is not None)
        return next((one for one in next(filter(None, found), ()) if one.action == action), None)

    def _ours_here(self) -> Iterator[discord.Message]:
        """The messages of ours in this channel from just before, the newest first."""
        for one in reversed(self.bot.cached_messages):
            if self.at - one.created_at.timestamp() >= JUST_BEFORE_S:
                return
            if one.channel.id == self.channel_id and one.author == self.bot.user:
                yield one

    def _answers_author(self, ours: discord.Message) -> bool:
        """Whether a message of ours answered the author of this one."""
        asked = None if ours.reference is None else ours.reference.cached_message
        by_slash = ours.interaction_metadata
        return (asked is not None and asked.author.id == self.user_id) or (
            by_slash is not None and by_slash.user.id == self.user_id
        )

    @property
    def _replied_to(self) -> discord.Message | None:
        ours = replied_to(self.message) if self.interaction is None else None
        return ours if ours is not None and ours.author == self.bot.user else None

    def _list_in(self, message: discord.Message) -> Listed | None:
        return list_in(message, self.bot.film_places, self.bot.list_actions)

    def speaking_to_all(self) -> AbstractContextManager[None]:
        """Speak the server's language within: what is not for the asker alone."""
        return speaking(self.bot.language_in(self.guild))

    async def reply(self, reply: Reply) -> discord.Message | None:
        """Answer with a message of its own. None: not delivered, and in the log."""
        if isinstance(self._source, commands.Context):
            return await sending.answer(self._source, reply)
        return await sending.respond(self._source, reply)

    async def replace(self, reply: Reply) -> None:
        """Change the message under which was pressed; what is no press is answered."""
        if isinstance(self._source, discord.Interaction) and self._source.message is not None:
            await sending.replace(self._source, reply)
        else:
            await self.reply(reply)

    async def open(self, form: ActionForm) -> None:
        """Answer a press with a form; as long as it is not answered otherwise, within three seconds."""
        if self.interaction is not None:
            await sending.open_form(self.interaction, form)

    async def revise(self, message_id: int, reply: Reply) -> None:
        """Change another message of ours in the channel of a press, if it is still there and can be seen."""
        if self.interaction is not None:
            await sending.revise(self.interaction, message_id, reply)

    async def take_time(self) -> None:
        """Say at once that the answer will take a while; on prefix by typing."""
        await take_time(self._source)
