"""The bot itself: it owns the services, routes presses, and turns every error into words."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Protocol, cast

import discord
from discord import app_commands
from discord.ext import commands
from discord.ext.commands.view import StringView

from bot.chat import errors
from bot.chat.actions import Action, NotYoursError, actions_of
from bot.chat.ask import Ask, Source
from bot.chat.clickable import Clickable
from bot.chat.components import ANYBODY, PERSISTENT, Press, is_ours, sent_form
from bot.chat.cooldowns import CooldownError, CooldownKind, Cooldowns, cooldown_kind
from bot.chat.courtesies import courtesy
from bot.chat.declaring import works_everywhere
from bot.chat.deferring import deferred_in_time
from bot.chat.delivery import ALREADY_ACKNOWLEDGED, has_code, is_late, note_undelivered
from bot.chat.host import Day
from bot.chat.language import Language, load_catalogues, speak
from bot.chat.listening import Listener, begins_with_name, is_more_than, nearest, said_to
from bot.chat.options import check_options
from bot.chat.places import ElsewhereError, Places, allowed, is_among
from bot.chat.reply import Reply
from bot.chat.transient import Pause, growing_pause
from bot.chat.translating import CommandTranslator
from bot.chat.turns import Turns
from bot.connection import SteadyBot
from bot.errors import StaleComponentError
from bot.movies.asking import MovieNamed
from bot.settings import Settings
from bot.training.service import TrainingService
from bot.wiring import Services, cogs
from data.store import GuildSettings, StoreError

log = logging.getLogger(__name__)

MESSAGES_CACHED = 100
LAST_ANSWERS_S = 3.0
"""How long the end of the bot waits for what members have asked for."""
EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
BY_ALL = app_commands.AppInstallationType(guild=True, user=True)
IN_SERVERS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
BY_SERVERS = app_commands.AppInstallationType(guild=True, user=False)
WISHFUL = ("like", "film", "movie", "find", "search", "top", "recommend", "rec", "recs")
"""Commands whose names also begin a wish: like Heat but newer, top 5 heist movies, recommend a film for @bob and me."""
PRESSES = (discord.InteractionType.component, discord.InteractionType.modal_submit)


class OpenServices(Protocol):
    async def __call__(self) -> Services: ...


class Tree(app_commands.CommandTree["Marquee"]):
    """Slash commands under the same cooldowns and the same error table as all others.

    They work wherever Discord has any: in servers, direct messages and groups, of those too who have added the bot to
    their account alone. What is about a server is there only where the bot is a member.
    """

    def add_command(self, command: Any, /, **arguments: Any) -> None:
        if command.guild_only:
            command.allowed_contexts, command.allowed_installs = IN_SERVERS, BY_SERVERS
        super().add_command(command, **arguments)

    async def _call(self, interaction: discord.Interaction["Marquee"]) -> None:
        """Completing waits for nothing. discord.py has no other place around the whole of a slash command."""
        if interaction.type is discord.InteractionType.autocomplete:
            speak(interaction.client.language_of(interaction))
            await super()._call(interaction)
            return
        async with interaction.client.asked(interaction) as is_new:
            if is_new:
                try:
                    check_options(interaction)
                    await super()._call(interaction)
                except app_commands.AppCommandError as error:
                    await self.on_error(interaction, error)

    async def interaction_check(self, interaction: discord.Interaction["Marquee"], /) -> bool:
        command = interaction.command
        # A hybrid's cooldown is spent by the check of its prefix side, which discord.py runs for both.
        if (
            interaction.type is discord.InteractionType.application_command
            and isinstance(command, app_commands.Command | app_commands.ContextMenu)
            and not hasattr(command, "wrapped")
        ):
            try:
                if isinstance(command, app_commands.Command):  # a menu is chosen at what is there
                    interaction.client.check_place(command, interaction)
                interaction.client.spend(interaction.user, cooldown_kind(command), interaction)
            except (CooldownError, ElsewhereError) as error:
                raise app_commands.CheckFailure from error
        return True

    async def on_error(
        self, interaction: discord.Interaction["Marquee"], error: app_commands.AppCommandError, /
    ) -> None:
        if interaction.type is discord.InteractionType.autocomplete:
            interaction.client.note_bug(error, "autocomplete")
            return
        await interaction.client.explain(interaction, error)


class Marquee(SteadyBot):
    """A discord.py bot over its services, opened in `setup_hook` and closed with the bot."""

    def __init__(
        self,
        settings: Settings,
        open_services: OpenServices,
        *,
        message_content: bool = True,
        pause: Pause = growing_pause,
    ) -> None:
        intents = discord.Intents.default()
        intents.message_content = message_content
        super().__init__(
            command_prefix=self._prefixes,
            intents=intents,
            help_command=None,
            case_insensitive=True,
            strip_after_prefix=True,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=MESSAGES_CACHED,
            tree_cls=Tree,
            allowed_contexts=EVERYWHERE,
            allowed_installs=BY_ALL,
            pause=pause,
        )
        self.settings = settings
        self.cooldowns = Cooldowns()
        self.turns = Turns()
        self.bugs = 0
        self.day = Day()
        self._in_hand = 0
        self._has_nothing_in_hand = asyncio.Event()
        self._is_ending = False
        self._open_services = open_services
        self._actions: dict[str, Action] = {}
        self.film_places: dict[str, int] = {}
        self.list_actions: set[str] = set()
        self.guild_settings: dict[int, GuildSettings] = {}
        self.without_pictures: set[int] = set()
        self.languages: dict[int, Language] = {}
        self.clickable = Clickable({})
        self._places = Places()
        self.add_check(self._check_place)
        self.add_check(self._check_cooldown)

    @property
    def retraining(self) -> TrainingService:
        return self.services.training

    async def setup_hook(self) -> None:
        self.services = await self._open_services()
        self.guild_settings = await self.services.store.guilds.all()
        self.without_pictures = set(await self.services.store.profiles.without_pictures())
        for user_id, language in (await self.services.store.profiles.languages()).items():
            self.give_language(user_id, language)
        await asyncio.to_thread(load_catalogues)
        await self.tree.set_translator(CommandTranslator())
        self.add_dynamic_items(*PERSISTENT)
        for cog in cogs(self, self.services):
            await self.add_cog(cog)
        await self.services.training.start_first(int(discord.utils.utcnow().timestamp()))

    async def close(self) -> None:
        """Begin nothing more, answer what is in hand while that takes no longer than it may, and close everything."""
        self._is_ending = True
        if self._in_hand:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._has_nothing_in_hand.wait(), LAST_ANSWERS_S)
        await super().close()
        if hasattr(self, "services"):
            await self.services.close()

    async def on_ready(self) -> None:
        log.info("ready as %s in %s servers", self.user, len(self.guilds))
        if not self.intents.message_content:
            log.info("without the message-content intent: members use slash, mention and direct messages")

    async def on_message(self, message: discord.Message, /) -> None:
        """Commands of members, and what is one but for its name; the rest gets a hint where it seems meant for us."""
        if message.author.bot or message.webhook_id is not None or message.is_system():
            return
        speak(self.language_of(message))
        ctx = await self.get_context(message)
        command, is_typed = ctx.command, ctx.prefix == self.prefix_in(ctx.guild)
        if command is not None and not is_typed and is_more_than(command, ctx.view):
            ctx.command = None
        self._listen(ctx)
        ctx.command = ctx.command or command
        hint = None if ctx.command is not None else self._hint(ctx)
        if ctx.command is None and hint is None:
            return
        async with self.asked(message) as is_new:
            if not is_new:
                return
            if hint is None:
                await self.invoke(ctx)
            else:
                await self._give(ctx, hint)

    def _listen(self, ctx: commands.Context[Any]) -> None:
        """Take what is said to the bot without a command for the one that a cog hears in it."""
        hearers, text = self._hearers(ctx), said_to(ctx)
        if (
            not hearers
            or text is None
            or not (text or ctx.message.attachments)
            or courtesy(text, "") is not None
            or (ctx.prefix is None and ctx.guild is not None and not self._may_hint(ctx.guild, ctx.channel))
        ):
            return
        ask = Ask(ctx)
        for cog in hearers:
            if (heard := cog.hears(ask, text)) is not None:
                name, _, rest = heard.partition(" ")
                ctx.command, ctx.invoked_with, ctx.view = self.all_commands[name], name, StringView(rest)
                return

    def _hearers(self, ctx: commands.Context[Any]) -> list[Listener]:
        """Who may hear something in a message, though it begin with a command, those who hear it in anything last.

        Of these the first cog of all, which makes a list of any wish, comes behind those that want to know more.
        """
        found: list[Listener] = [cog for cog in self.cogs.values() if isinstance(cog, Listener)]
        found = [one for one in found if not one.hears_anything] + [one for one in found[::-1] if one.hears_anything]
        if ctx.command is None:
            return found
        is_wish = (ctx.invoked_with or "").lower() in WISHFUL  # Heat but newer is more than like Heat
        is_film = ctx.prefix != self.prefix_in(ctx.guild) and begins_with_name(said_to(ctx) or "", self._is_film)
        return [one for one in found if (is_wish if one.hears_anything else is_film)]

    def _is_film(self, text: str) -> bool:
        return self.services.search.is_name(text)

    def _hint(self, ctx: commands.Context[Any]) -> Reply | None:
        """In direct messages every message is meant for the bot; elsewhere a near miss, and what names it."""
        if ctx.prefix is None or (ctx.guild is not None and not self._may_hint(ctx.guild, ctx.channel)):
            return None
        offered = [one for one in self.commands if not (one.hidden or is_more_than(one, ctx.view))]
        names = [name for command in offered for name in (command.name, *command.aliases)]
        typed = (ctx.invoked_with or "").lower()
        near = nearest(typed, names) if typed else None
        is_addressed = ctx.guild is None or ctx.prefix != self.prefix_in(ctx.guild)
        if is_addressed and (answer := courtesy(said_to(ctx) or "", Ask(ctx).prefix)) is not None:
            return answer
        if near is None and not is_addressed:
            return None
        if near is None and not (typed and ctx.prefix):
            return errors.no_command(Ask(ctx).prefix)
        return errors.unknown_command(near, ctx.view.read_rest(), Ask(ctx).prefix)

    def _may_hint(self, guild: discord.Guild, channel: object) -> bool:
        settings = self.settings_in(guild.id)
        return not settings.is_quiet and is_among(channel, allowed(settings, guild))

    async def _give(self, ctx: commands.Context[Any], hint: Reply) -> None:
        try:
            self.spend(ctx.author, "other", ctx.message)
        except CooldownError as error:
            await self.explain(ctx, error)
        else:
            await Ask(ctx).reply(hint)

    @asynccontextmanager
    async def asked(self, source: discord.Message | discord.Interaction[Any]) -> AsyncIterator[bool]:
        """Everything that members ask for goes through here: each in its turn, and whether it is the first time.

        From here on the asker's language is spoken.

        Messages and interactions come in tasks of their own, in order; to keep it, nothing is awaited before this.
        """
        if self._is_ending:
            yield False
            return
        user = source.author if isinstance(source, discord.Message) else source.user
        handled, is_new, came_s = self.services.store.handled, False, time.perf_counter()
        self._in_hand += 1
        self._has_nothing_in_hand.clear()
        try:
            async with AsyncExitStack() as stack:
                if isinstance(source, discord.Interaction):
                    await stack.enter_async_context(deferred_in_time(source))
                await stack.enter_async_context(self.turns.of(user.id))
                speak(self.language_of(source))  # which the turn before may have chosen
                is_new = await handled.begin(source.id)
                yield is_new
            is_press = isinstance(source, discord.Interaction) and source.type in PRESSES
            if is_new and is_press:
                self.day.presses += 1
            elif is_new:
                self.day.commands += 1
                self.day.latencies_s.append(time.perf_counter() - came_s)
        finally:
            try:
                if is_new:
                    await self._finish(source.id)
                    if (guild := self.joined(source.guild)) is not None:
                        await self._note_member(guild.id, user.id, int(source.created_at.timestamp()))
            finally:
                self._in_hand -= 1
                if not self._in_hand:
                    self._has_nothing_in_hand.set()

    async def _note_member(self, guild_id: int, user_id: int, at: int) -> None:
        """A server's members are those who have spoken to the bot there."""
        try:
            await self.services.store.memberships.note(guild_id, user_id, at)
        except StoreError as error:
            log.warning("a member of a server could not be noted: %s", error)

    async def _finish(self, ask_id: int) -> None:
        """After the turn: nobody waits for it."""
        try:
            await self.services.store.handled.finish(ask_id)
        except StoreError as error:
            log.warning("what was asked could not be marked as done: %s", error)

    async def add_cog(self, cog: commands.Cog, /, **arguments: Any) -> None:
        await super().add_cog(cog, **arguments)
        for command in cog.walk_commands():
            command.error(_explain)
        found = actions_of(cog)
        self._actions |= found
        self.film_places |= {name: one.film for name, one in found.items() if one.film is not None}
        self.list_actions |= {name for name, one in found.items() if one.of_list}

    @staticmethod
    async def _prefixes(bot: "Marquee", message: discord.Message) -> list[str]:
        mentioned = commands.when_mentioned(bot, message)
        bare = () if message.guild else ("",)  # in a direct message every word is said to the bot
        return [*mentioned, *(one.rstrip() for one in mentioned), bot.prefix_in(message.guild), *bare]

    def spend(
        self, user: discord.abc.User, kind: CooldownKind, source: discord.Message | discord.Interaction[Any]
    ) -> None:
        """Count a use against the member's cooldown; raises CooldownError."""
        self.cooldowns.spend(user.id, kind, source.created_at.timestamp())

    def check_place(self, command: Any, source: discord.Message | discord.Interaction[Any]) -> None:
        """Raise ElsewhereError where the server wants no answer to this command."""
        guild, channel = self.joined(source.guild), source.channel
        if guild is None or channel is None or works_everywhere(command):
            return
        settings = self.settings_in(guild.id)
        channels = allowed(settings, guild)
        if is_among(channel, channels):
            return
        if isinstance(source, discord.Interaction):
            raise ElsewhereError(channels, is_silent=False)
        at = source.created_at.timestamp()
        self._places.point(guild.id, source.author.id, channels, at, is_silent=settings.is_quiet)

    def _check_place(self, ctx: commands.Context[Any]) -> bool:
        try:
            self.check_place(ctx.command, ctx.interaction or ctx.message)
        except ElsewhereError as error:
            raise commands.CheckFailure from error
        return True

    def _check_cooldown(self, ctx: commands.Context[Any]) -> bool:
        try:
            self.spend(ctx.author, cooldown_kind(ctx.command), ctx.interaction or ctx.message)
        except CooldownError as error:
            raise commands.CheckFailure from error
        return True

    async def press(self, interaction: discord.Interaction[Any], press: Press | None) -> None:
        """A button or select was used: check whose it is and do what it says."""
        async with self.asked(interaction) as is_new:
            if is_new:
                try:
                    await self._act(interaction, press)
                except Exception as error:
                    await self.explain(interaction, error)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """A component of no version of ours is answered too, and every form; discord.py passes them over."""
        if interaction.type is discord.InteractionType.component:
            custom_id = cast("dict[str, Any]", interaction.data)["custom_id"]
            if not is_ours(custom_id):
                await self.press(interaction, None)
        elif interaction.type is discord.InteractionType.modal_submit:
            await self.press(interaction, sent_form(interaction))

    async def _act(self, interaction: discord.Interaction[Any], press: Press | None) -> None:
        if press is None or press.action not in self._actions:  # forged, or of a version that could do more
            raise StaleComponentError
        pressed = self._actions[press.action]
        if press.owner_id not in (ANYBODY, interaction.user.id):
            raise NotYoursError(pressed.command)
        self.spend(interaction.user, pressed.kind, interaction)
        await pressed.handler(Ask(interaction), press)

    async def explain(self, source: Source, error: BaseException) -> None:
        """Answer an error: a sentence or a question for what a member can mend, an incident id for a bug."""
        cause, ask = errors.cause_of(error), Ask(source)
        if self.is_closed():
            log.warning("%s took too long at the end of the bot and was not answered (%s)", _place(source), cause)
            return
        if is_late(cause) or has_code(cause, ALREADY_ACKNOWLEDGED):
            note_undelivered(cause, f"what {_place(source)} had to say")
            return
        if isinstance(cause, CooldownError) and cause.was_told and ask.interaction is None:
            return
        if isinstance(cause, ElsewhereError) and cause.is_silent:
            return
        reply = errors.explanation(cause, ask)
        if reply is None:
            reply = errors.bug(self.note_bug(cause, _place(source)))
        try:
            await ask.reply(reply)
        except discord.HTTPException as refusal:
            log.info("an error could not be explained to its cause: %s", refusal)


async def _explain(cog: commands.Cog, ctx: commands.Context[Marquee], error: commands.CommandError) -> None:
    """The handler of every command: awaited within the member's turn, where the event of an error is a task apart.

    A command that lacks its film takes the one of the message it replies to.
    """
    lacks_film = isinstance(error, commands.MissingRequiredArgument) and isinstance(error.param.converter, MovieNamed)
    film = Ask(ctx).film_spoken_of if lacks_film else None
    if film is None:
        await ctx.bot.explain(ctx, error)
        return
    ctx.view.buffer += f" id:{film}"
    ctx.view.end = len(ctx.view.buffer)
    try:
        await ctx.reinvoke(restart=False)
    except Exception as failure:
        await ctx.bot.explain(ctx, failure)


def _place(source: Source) -> str:
    command = source.command
    return command.qualified_name if command is not None else "a component"
